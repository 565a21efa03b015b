//! Strings, numbers, words and what is made of them alone.

use std::num::NonZeroU32;

use imap_proto::{
    Atom, Bound, Capability, Date, Flag, IString, InternalDate, Keyword, Mailbox, MailboxAttribute,
    Mechanism, MessageNumber, Range, Rights, SeqNum, SequenceSet, Tag, Text, Uid, UidValidity,
};

use super::Gen;

const ATOM_CHARS: &[u8] = b"aZ09bcdefghijkXYZ-.!#$&'+,/:;<=>?@[^_`|}~";
const WORD_CHARS: &[u8] = b"XabcYZ019-.";

impl<'a> Gen<'a> {
    /// The octets of a string: none, some that are like syntax, or any but NUL.
    pub(crate) fn octets(&mut self) -> &'a [u8] {
        const SAMPLES: [&[u8]; 16] = [
            b"",
            b"a",
            b"NIL",
            b"nil",
            b"a b",
            b"\"",
            b"\\",
            b"a\"b\\c",
            b"{3}",
            b"{3}\r\nabc",
            b"\r\n",
            b"* 1 EXPUNGE\r\na OK x\r\n",
            "Z\u{fc}rich \u{1f600}".as_bytes(),
            b"\xff\xfe",
            b"tab\t\x01\x7f",
            b"a*b%c]",
        ];
        match self.below(8) {
            0..=2 => self.word(),
            3..=5 => self.pick(&SAMPLES),
            6 => {
                let length = self.length();
                self.list_of(length, |g| g.byte().max(1))
            }
            _ => {
                let length = self.pick(&[7, 63, 1024, 1025, 4096, 4097]);
                let unit = self.pick(&[&b"x"[..], b"x ", b"\"", b"\r\n", b"\xc3\xa9"]);
                let octets: Vec<u8> = unit.iter().copied().cycle().take(length).collect();
                self.keep(&octets)
            }
        }
    }

    pub(crate) fn string(&mut self) -> IString<'a> {
        if self.nul && self.one_in(8) {
            return IString(self.pick(&[&b"\0"[..], b"a\0", b"a\r\0", b"\0\n"]));
        }
        IString(self.octets())
    }

    pub(crate) fn nstring(&mut self) -> Option<IString<'a>> {
        self.option(Self::string)
    }

    /// A word that begins with a letter and is no keyword of the grammar.
    pub(crate) fn word(&mut self) -> &'a [u8] {
        let length = 1 + self.below(12);
        let mut word = b"X".to_vec();
        word.extend((0..length).map(|_| self.pick(WORD_CHARS)));
        self.keep(&word)
    }

    pub(crate) fn new_atom(&mut self) -> Atom<'a> {
        let word = std::str::from_utf8(self.word()).unwrap();
        Atom::new(word).unwrap()
    }

    pub(crate) fn atom(&mut self) -> Atom<'a> {
        let length = 1 + self.below(12);
        let text: String = (0..length)
            .map(|_| char::from(self.pick(ATOM_CHARS)))
            .collect();
        Atom::new(self.keep_str(&text)).unwrap()
    }

    pub(crate) fn tag(&mut self) -> Tag<'a> {
        let length = 1 + self.below(6);
        let tag_chars = b"a0Z9[].-";
        let text: String = (0..length)
            .map(|_| char::from(self.pick(tag_chars)))
            .collect();
        Tag::new(self.keep_str(&text)).unwrap()
    }

    /// A text that is not empty and does not look like a response code.
    pub(crate) fn text(&mut self) -> Text<'a> {
        let text = match self.below(4) {
            0 => "done",
            1 => " two  blanks ",
            2 => "see {5}",
            _ if self.strict => "\"quoted\" (text",
            _ => self.pick(&["", "Postf\u{e4}cher", "don't \\ [x]", "]"]),
        };
        Text::new(text).unwrap()
    }

    pub(crate) fn number(&mut self) -> u32 {
        match self.below(4) {
            0 => u32::from(self.byte()),
            1 => u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()]),
            2 => self.pick(&[0, 1, 9, 10, 99, 100, 9_999_999, 10_000_000, 99_999_999]),
            _ => u32::MAX,
        }
    }

    pub(crate) fn number64(&mut self) -> u64 {
        match self.below(3) {
            0 => self.number().into(),
            1 => u64::from(self.number()) << 31,
            _ if self.strict => u64::MAX >> 1,
            _ => u64::MAX,
        }
    }

    pub(crate) fn non_zero(&mut self) -> NonZeroU32 {
        NonZeroU32::new(self.number()).unwrap_or(NonZeroU32::MIN)
    }

    pub(crate) fn seq(&mut self) -> SeqNum {
        self.non_zero().into()
    }

    pub(crate) fn uid(&mut self) -> Uid {
        self.non_zero().into()
    }

    pub(crate) fn uid_validity(&mut self) -> UidValidity {
        self.non_zero().into()
    }

    pub(crate) fn set<N: MessageNumber>(&mut self) -> SequenceSet<'a, N> {
        if self.one_in(8) {
            return SequenceSet::SAVED;
        }
        let ranges = self.list1(|g| Range {
            start: g.bound(),
            end: g.bound(),
        });
        SequenceSet::new(ranges).unwrap()
    }

    fn bound<N: MessageNumber>(&mut self) -> Bound<N> {
        if self.one_in(6) {
            Bound::Largest
        } else {
            Bound::Number(self.non_zero().into())
        }
    }

    /// A set of numbers, without `*` and `$`.
    pub(crate) fn uid_set(&mut self) -> SequenceSet<'a, Uid> {
        self.known_set()
    }

    /// The same of any numbers.
    pub(crate) fn known_set<N: MessageNumber>(&mut self) -> SequenceSet<'a, N> {
        let ranges = self.list1(|g| Range::from(N::from(g.non_zero())));
        SequenceSet::new(ranges).unwrap()
    }

    pub(crate) fn date(&mut self) -> Date {
        let (year, month, day) = self.day();
        Date::new(year, month, day).unwrap()
    }

    pub(crate) fn internal_date(&mut self) -> InternalDate {
        let (year, month, day) = self.day();
        let hour = self.below(24) as u8;
        let minute = self.below(60) as u8;
        let second = self.below(60) as u8;
        let offset = self.pick(&[0, 60, -60, 330, -720, 840, 1]);
        InternalDate::new(year, month, day, hour, minute, second, offset).unwrap()
    }

    fn day(&mut self) -> (u16, u8, u8) {
        let year = self.pick(&[1996, 1, 99, 2024, 9999]);
        (year, 1 + self.below(12) as u8, 1 + self.below(28) as u8)
    }

    pub(crate) fn mailbox(&mut self) -> Mailbox<'a> {
        match self.below(4) {
            0 => self.pick(&["INBOX", "inbox", "InBox", "INBOX/a"]).into(),
            1 => self
                .pick(&["a b", "Entw&APw-rfe", "%", "*", "~peter/m", "&-"])
                .into(),
            _ => self.string().into(),
        }
    }

    pub(crate) fn flags(&mut self) -> &'a [Flag<'a>] {
        self.list(Self::flag)
    }

    pub(crate) fn flag(&mut self) -> Flag<'a> {
        let known = ["\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen"];
        match self.below(8) {
            0..=4 => Flag::new(self.pick(&known)).unwrap(),
            5 => Flag::Keyword(self.keyword()),
            6 => Flag::Other(self.new_atom().into()),
            _ if self.strict => Flag::Keyword(Keyword::JUNK),
            _ => Flag::new(self.pick(&["\\*", "\\Recent", "a]", "Entw\u{fc}rfe"])).unwrap(),
        }
    }

    pub(crate) fn keyword(&mut self) -> Keyword<'a> {
        self.atom().into()
    }

    pub(crate) fn attribute(&mut self) -> MailboxAttribute<'a> {
        use MailboxAttribute as A;
        let known = [
            A::All,
            A::AllMail,
            A::Archive,
            A::Drafts,
            A::Flagged,
            A::HasChildren,
            A::HasNoChildren,
            A::Important,
            A::Inbox,
            A::Junk,
            A::Marked,
            A::NoInferiors,
            A::NonExistent,
            A::NoSelect,
            A::Remote,
            A::Sent,
            A::Spam,
            A::Starred,
            A::Subscribed,
            A::Trash,
            A::Unmarked,
        ];
        if self.one_in(4) {
            A::Other(self.new_atom().into())
        } else {
            self.pick(&known)
        }
    }

    /// Capabilities among which there is a version, as there has to be.
    pub(crate) fn capabilities(&mut self) -> &'a [Capability<'a>] {
        let version = self.pick(&["IMAP4rev1", "IMAP4rev2"]);
        let mut first = true;
        self.list1(|g| {
            if std::mem::take(&mut first) {
                Capability::from(Atom::new(version).unwrap())
            } else {
                g.capability()
            }
        })
    }

    pub(crate) fn capability(&mut self) -> Capability<'a> {
        let names = [
            "ACL",
            "ANNOTATE-EXPERIMENT-1",
            "ANNOTATEMORE",
            "APPENDLIMIT",
            "BINARY",
            "CATENATE",
            "CHILDREN",
            "COMPRESS=DEFLATE",
            "CONDSTORE",
            "CONTEXT=SEARCH",
            "CONTEXT=SORT",
            "CONVERT",
            "CREATE-SPECIAL-USE",
            "ENABLE",
            "ESEARCH",
            "ESORT",
            "FILTERS",
            "ID",
            "IDLE",
            "IMAP4",
            "INPROGRESS",
            "JMAPACCESS",
            "LANGUAGE",
            "LIST-EXTENDED",
            "LIST-METADATA",
            "LIST-MYRIGHTS",
            "LIST-STATUS",
            "LITERAL+",
            "LITERAL-",
            "LOGIN-REFERRALS",
            "LOGINDISABLED",
            "MAILBOX-REFERRALS",
            "METADATA",
            "METADATA-SERVER",
            "MOVE",
            "MULTIAPPEND",
            "MULTISEARCH",
            "NAMESPACE",
            "NOTIFY",
            "OBJECTID",
            "PARTIAL",
            "PREVIEW",
            "PREVIEW=FUZZY",
            "QRESYNC",
            "QUOTA",
            "QUOTASET",
            "REPLACE",
            "SASL-IR",
            "SAVEDATE",
            "SEARCH=FUZZY",
            "SEARCHRES",
            "SNIPPET=FUZZY",
            "SORT",
            "SORT=DISPLAY",
            "SPECIAL-USE",
            "STARTTLS",
            "STATUS=SIZE",
            "UIDBATCHES",
            "UIDONLY",
            "UIDPLUS",
            "UNAUTHENTICATE",
            "UNSELECT",
            "URL-PARTIAL",
            "URLAUTH",
            "URLAUTH=BINARY",
            "UTF8=ACCEPT",
            "UTF8=ONLY",
            "WITHIN",
            "X-GM-EXT-1",
            "XAPPLEPUSHSERVICE",
            "XLIST",
        ];
        match self.below(8) {
            0 | 1 => Capability::Auth(self.mechanism()),
            2 => Capability::Other(self.new_atom()),
            3 => self.capability_with_value(),
            _ => Capability::from(Atom::new(self.pick(&names)).unwrap()),
        }
    }

    fn capability_with_value(&mut self) -> Capability<'a> {
        match self.below(8) {
            0 => Capability::AppendLimit(Some(self.number())),
            1 => Capability::I18nLevel(self.number()),
            2 => Capability::ImapSieve(self.atom()),
            3 => Capability::MessageLimit(self.number()),
            4 => Capability::QuotaRes(self.quota_resource()),
            5 => Capability::Rights(self.rights().with(Rights::EXPUNGE)),
            6 => Capability::SaveLimit(self.number()),
            _ => Capability::Thread(self.thread_algorithm()),
        }
    }

    pub(crate) fn mechanism(&mut self) -> Mechanism<'a> {
        let names = [
            "ANONYMOUS",
            "CRAM-MD5",
            "DIGEST-MD5",
            "EXTERNAL",
            "GSSAPI",
            "LOGIN",
            "NTLM",
            "OAUTHBEARER",
            "PLAIN",
            "SCRAM-SHA-1",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-256",
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-512",
            "SCRAM-SHA-512-PLUS",
            "XOAUTH2",
        ];
        if self.one_in(4) {
            Mechanism::Other(self.new_atom())
        } else {
            Mechanism::from(Atom::new(self.pick(&names)).unwrap())
        }
    }

    /// A value as it is on the wire: a word, a number, a string or a list.
    pub(crate) fn raw_value(&mut self) -> &'a [u8] {
        let mut value = Vec::new();
        self.write_raw_value(&mut value, 3);
        self.keep(&value)
    }

    /// Values with blanks between, or none.
    pub(crate) fn raw_values(&mut self) -> &'a [u8] {
        let length = self.below(4);
        let values: Vec<&[u8]> = (0..length).map(|_| self.raw_value()).collect();
        self.keep(&values.join(&b' '))
    }

    /// A string as it is on the wire.
    pub(crate) fn raw_string(&mut self) -> &'a [u8] {
        if self.one_in(2) {
            return self.pick(&[&b"\"\""[..], b"\"a)]\"", b"\"\\\"{3}\\\\\"", b"\" \""]);
        }
        let data = self.octets();
        let mut literal = format!("{{{}}}\r\n", data.len()).into_bytes();
        literal.extend_from_slice(data);
        self.keep(&literal)
    }

    fn write_raw_value(&mut self, out: &mut Vec<u8>, depth: u8) {
        match self.below(6) {
            0 | 1 => out.extend_from_slice(self.word()),
            2 => out.extend_from_slice(self.number().to_string().as_bytes()),
            3 | 4 if depth > 0 => {
                out.push(b'(');
                for n in 0..self.below(4) {
                    if n > 0 {
                        out.push(b' ');
                    }
                    self.write_raw_value(out, depth - 1);
                }
                out.push(b')');
            }
            _ => out.extend_from_slice(self.raw_string()),
        }
    }
}
