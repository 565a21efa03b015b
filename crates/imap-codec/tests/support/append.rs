//! Messages on their way into a mailbox.

use imap_proto::command::{Append, AppendData, AppendExtension, AppendMessage, CatenatePart};
use imap_proto::{IString, OtherItem};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn append(&mut self) -> Append<'a> {
        Append {
            mailbox: self.mailbox(),
            messages: self.list1(Self::append_message),
        }
    }

    pub(crate) fn append_message(&mut self) -> AppendMessage<'a> {
        AppendMessage {
            flags: self.flags(),
            date: self.option(Self::internal_date),
            extensions: if self.one_in(4) {
                self.list(Self::append_extension)
            } else {
                &[]
            },
            data: self.append_data(),
        }
    }

    fn append_extension(&mut self) -> AppendExtension<'a> {
        if self.one_in(2) {
            AppendExtension::Annotation(self.annotations(true))
        } else {
            AppendExtension::Other(self.tagged_ext())
        }
    }

    fn append_data(&mut self) -> AppendData<'a> {
        match self.below(8) {
            0..=2 => AppendData::Literal(self.string()),
            3 => AppendData::Literal8(self.binary()),
            4 => AppendData::Utf8(self.binary()),
            5 | 6 => AppendData::Catenate(self.list1(|g| match g.below(3) {
                0 => CatenatePart::Text(g.string()),
                1 => CatenatePart::Url(g.string()),
                _ => CatenatePart::Utf8(g.binary()),
            })),
            _ => AppendData::Other(self.tagged_ext()),
        }
    }

    /// What a literal8 can hold.
    pub(crate) fn binary(&mut self) -> IString<'a> {
        if self.one_in(4) {
            IString(self.pick(&[&b"\0"[..], b"a\0\r\n", b"\xff\0)"]))
        } else {
            IString(self.octets())
        }
    }

    /// A label that is not known, and its value.
    fn tagged_ext(&mut self) -> OtherItem<'a> {
        OtherItem {
            name: self.word(),
            value: self.pick(&[&b"1"[..], b"1:4,9:*", b"()", b"(a (\")\" ~{1}\r\n\0))"]),
        }
    }
}
