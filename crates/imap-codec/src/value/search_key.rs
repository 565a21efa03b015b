//! Search keys.

use imap_proto::{IString, OtherItem, SearchKey, Verbatim};

use crate::encode::{Encode, Encoder};

impl Encode for SearchKey<'_> {
    /// `search-key`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::And(keys) => out.nested(|out| {
                if keys.is_empty() {
                    out.argument("list of search keys");
                    out.refuse_empty();
                }
                out.list(keys);
            }),
            Self::Not(key) => out.nested(|out| {
                out.raw(b"NOT ");
                key.encode(out);
            }),
            Self::Or(left, right) => out.nested(|out| {
                out.raw(b"OR ");
                left.encode(out);
                out.raw(b" ");
                right.encode(out);
            }),
            Self::SequenceSet(set) => set.encode(out),
            Self::Other(OtherItem { name, value }) => {
                out.argument("search key");
                out.verbatim_item(Verbatim::SearchKey, name, value);
            }
            key => named(key, out),
        }
    }
}

/// A key that begins with its name.
fn named(key: &SearchKey<'_>, out: &mut Encoder) {
    let name: &[u8] = match key {
        SearchKey::All => b"ALL",
        SearchKey::Answered => b"ANSWERED",
        SearchKey::Bcc(text) => return text_key(b"BCC ", *text, out),
        SearchKey::Before(date) => return argument_key(b"BEFORE ", date, out),
        SearchKey::Body(text) => return text_key(b"BODY ", *text, out),
        SearchKey::Cc(text) => return text_key(b"CC ", *text, out),
        SearchKey::Deleted => b"DELETED",
        SearchKey::Draft => b"DRAFT",
        SearchKey::Flagged => b"FLAGGED",
        SearchKey::From(text) => return text_key(b"FROM ", *text, out),
        SearchKey::Header(field, text) => return header_key(*field, *text, out),
        SearchKey::Keyword(keyword) => return argument_key(b"KEYWORD ", keyword, out),
        SearchKey::Larger(octets) => return number_key(b"LARGER ", *octets, out),
        SearchKey::New => b"NEW",
        SearchKey::Old => b"OLD",
        SearchKey::On(date) => return argument_key(b"ON ", date, out),
        SearchKey::Recent => b"RECENT",
        SearchKey::Seen => b"SEEN",
        SearchKey::SentBefore(date) => return argument_key(b"SENTBEFORE ", date, out),
        SearchKey::SentOn(date) => return argument_key(b"SENTON ", date, out),
        SearchKey::SentSince(date) => return argument_key(b"SENTSINCE ", date, out),
        SearchKey::Since(date) => return argument_key(b"SINCE ", date, out),
        SearchKey::Smaller(octets) => return number_key(b"SMALLER ", *octets, out),
        SearchKey::Subject(text) => return text_key(b"SUBJECT ", *text, out),
        SearchKey::Text(text) => return text_key(b"TEXT ", *text, out),
        SearchKey::To(text) => return text_key(b"TO ", *text, out),
        SearchKey::Uid(set) => return argument_key(b"UID ", set, out),
        SearchKey::Unanswered => b"UNANSWERED",
        SearchKey::Undeleted => b"UNDELETED",
        SearchKey::Undraft => b"UNDRAFT",
        SearchKey::Unflagged => b"UNFLAGGED",
        SearchKey::Unkeyword(keyword) => return argument_key(b"UNKEYWORD ", keyword, out),
        SearchKey::Unseen => b"UNSEEN",
        _ => return out.refuse_unknown(),
    };
    out.raw(name);
}

fn argument_key(name: &[u8], argument: &impl Encode, out: &mut Encoder) {
    out.raw(name);
    argument.encode(out);
}

fn number_key(name: &[u8], number: u64, out: &mut Encoder) {
    out.raw(name);
    out.number(number);
}

fn text_key(name: &[u8], text: IString<'_>, out: &mut Encoder) {
    out.raw(name);
    out.argument("search text");
    out.astring(text);
}

fn header_key(field: IString<'_>, text: IString<'_>, out: &mut Encoder) {
    out.raw(b"HEADER ");
    out.argument("header field name");
    out.astring(field);
    out.raw(b" ");
    out.argument("search text");
    out.astring(text);
}
