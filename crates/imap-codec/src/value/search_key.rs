//! Search keys.

use imap_proto::{Atom, EntryType, Flag, IString, ModSeqEntry, OtherItem, SearchKey, Verbatim};

use crate::encode::{Encode, Encoder, Reason};

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
            Self::Fuzzy(key) => out.nested(|out| argument_key(b"FUZZY ", *key, out)),
            Self::Not(key) => out.nested(|out| argument_key(b"NOT ", *key, out)),
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
        SearchKey::Annotation(key) => return argument_key(b"ANNOTATION ", *key, out),
        SearchKey::Answered => b"ANSWERED",
        SearchKey::Bcc(text) => return text_key(b"BCC ", *text, out),
        SearchKey::Before(date) => return argument_key(b"BEFORE ", date, out),
        SearchKey::Body(text) => return text_key(b"BODY ", *text, out),
        SearchKey::Cc(text) => return text_key(b"CC ", *text, out),
        SearchKey::Deleted => b"DELETED",
        SearchKey::Draft => b"DRAFT",
        SearchKey::EmailId(id) => return argument_key(b"EMAILID ", id, out),
        SearchKey::Filter(name) => {
            out.raw(b"FILTER ");
            return filter_name(*name, out);
        }
        SearchKey::Flagged => b"FLAGGED",
        SearchKey::From(text) => return text_key(b"FROM ", *text, out),
        SearchKey::Header(field, text) => return header_key(*field, *text, out),
        SearchKey::Keyword(keyword) => return argument_key(b"KEYWORD ", keyword, out),
        SearchKey::Larger(octets) => return number_key(b"LARGER ", *octets, out),
        SearchKey::ModSeq(entry, mod_seq) => return mod_seq_key(*entry, *mod_seq, out),
        SearchKey::New => b"NEW",
        SearchKey::Old => b"OLD",
        SearchKey::Older(seconds) => return number_key(b"OLDER ", seconds.get().into(), out),
        SearchKey::On(date) => return argument_key(b"ON ", date, out),
        SearchKey::Recent => b"RECENT",
        SearchKey::SaveDateSupported => b"SAVEDATESUPPORTED",
        SearchKey::SavedBefore(date) => return argument_key(b"SAVEDBEFORE ", date, out),
        SearchKey::SavedOn(date) => return argument_key(b"SAVEDON ", date, out),
        SearchKey::SavedSince(date) => return argument_key(b"SAVEDSINCE ", date, out),
        SearchKey::Seen => b"SEEN",
        SearchKey::SentBefore(date) => return argument_key(b"SENTBEFORE ", date, out),
        SearchKey::SentOn(date) => return argument_key(b"SENTON ", date, out),
        SearchKey::SentSince(date) => return argument_key(b"SENTSINCE ", date, out),
        SearchKey::Since(date) => return argument_key(b"SINCE ", date, out),
        SearchKey::Smaller(octets) => return number_key(b"SMALLER ", *octets, out),
        SearchKey::Subject(text) => return text_key(b"SUBJECT ", *text, out),
        SearchKey::Text(text) => return text_key(b"TEXT ", *text, out),
        SearchKey::ThreadId(id) => return argument_key(b"THREADID ", id, out),
        SearchKey::To(text) => return text_key(b"TO ", *text, out),
        SearchKey::Uid(set) => return argument_key(b"UID ", set, out),
        SearchKey::Unanswered => b"UNANSWERED",
        SearchKey::Undeleted => b"UNDELETED",
        SearchKey::Undraft => b"UNDRAFT",
        SearchKey::Unflagged => b"UNFLAGGED",
        SearchKey::Unkeyword(keyword) => return argument_key(b"UNKEYWORD ", keyword, out),
        SearchKey::Unseen => b"UNSEEN",
        SearchKey::XGmLabels(text) => return text_key(b"X-GM-LABELS ", *text, out),
        SearchKey::XGmMsgId(id) => return number_key(b"X-GM-MSGID ", *id, out),
        SearchKey::XGmRaw(text) => return text_key(b"X-GM-RAW ", *text, out),
        SearchKey::XGmThrId(id) => return number_key(b"X-GM-THRID ", *id, out),
        SearchKey::Younger(seconds) => return number_key(b"YOUNGER ", seconds.get().into(), out),
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

/// `filter-name`, an atom without `/`
pub(crate) fn filter_name(name: Atom<'_>, out: &mut Encoder) {
    out.argument("filter name");
    if let Some(offset) = name.as_bytes().iter().position(|b| *b == b'/') {
        out.refuse(offset, Reason::Syntax);
    }
    name.encode(out);
}

fn mod_seq_key(entry: Option<&ModSeqEntry<'_>>, mod_seq: u64, out: &mut Encoder) {
    out.raw(b"MODSEQ ");
    if let Some(entry) = entry {
        entry.encode(out);
        out.raw(b" ");
    }
    out.number(mod_seq);
}

impl Encode for ModSeqEntry<'_> {
    /// `entry-name SP entry-type-req`
    fn encode(&self, out: &mut Encoder) {
        out.argument("flag");
        out.raw(b"\"/flags/");
        let start = out.position();
        match self.flag {
            Flag::Any | Flag::Recent => out.refuse(0, Reason::Syntax),
            Flag::Keyword(_) => {}
            // In a quoted string the backslash in front of the name is escaped.
            _ => out.raw(b"\\"),
        }
        self.flag.encode(out);
        if !out.written_from(start).is_ascii() {
            out.refuse(0, Reason::Syntax);
        }
        out.raw(b"\" ");
        self.entry_type.encode(out);
    }
}

impl Encode for EntryType {
    /// `entry-type-req`
    fn encode(&self, out: &mut Encoder) {
        out.raw(match self {
            Self::All => b"all",
            Self::Private => b"priv",
            Self::Shared => b"shared",
        });
    }
}
