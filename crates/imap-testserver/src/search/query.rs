//! Whether messages are what a search asks for.
//!
//! [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;

use imap_proto::{
    Address, AddressEntry, Arena, Bound, Date, Flag, IString, InternalDate, Keyword, MessageNumber,
    SearchKey, SeqNum, SequenceSet, SequenceSetBuf, Uid,
};

use super::collation::casemap;
use super::{Candidate, Scope, thread_id};
use crate::mime::{decode_words, field, fields};

/// The charsets that texts in keys may have.
pub const CHARSETS: [&str; 2] = ["US-ASCII", "UTF-8"];

/// Whether texts in keys may have this charset.
pub fn knows_charset(charset: IString<'_>) -> bool {
    CHARSETS
        .iter()
        .any(|known| charset.eq_ignore_ascii_case(known))
}

/// Keys that are ready to be held against many messages.
///
/// # Example
///
/// ```
/// use imap_proto::{Arena, SearchKey, UidSetBuf};
/// use imap_testserver::search::{Query, Scope};
///
/// let arena = Arena::new();
/// let keys = SearchKey::parse_all(b"UNSEEN LARGER 100", &arena)?;
/// let saved = UidSetBuf::new();
/// let scope = Scope { last_seq: None, last_uid: None, saved: &saved, now: 0 };
/// assert!(!Query::new(keys, &scope)?.uses_mod_seq());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Query<'a> {
    key: Key<'a>,
    now: i64,
    uses_mod_seq: bool,
}

/// A key with what it takes to apply it.
#[derive(Clone, Debug)]
enum Key<'a> {
    And(Vec<Self>),
    /// A field that addresses stand in, and the text in one of them.
    Address(&'static str, String),
    Body(String),
    Header(IString<'a>, String),
    Not(Box<Self>),
    Or(Box<(Self, Self)>),
    Plain(SearchKey<'a>),
    SeqNums(Numbers<SeqNum>),
    Text(String),
    Uids(Numbers<Uid>),
}

/// A set, and the number that `*` stands for if it has one.
#[derive(Clone, Debug)]
struct Numbers<N: MessageNumber> {
    set: SequenceSetBuf<N>,
    last: Option<N>,
}

/// A key or an algorithm that this server does not have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Unsupported {
    /// What it is: `search key FILTER`.
    pub what: &'static str,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unsupported {}", self.what)
    }
}

impl Error for Unsupported {}

impl<'a> Query<'a> {
    /// Makes keys ready, all of which have to apply.
    ///
    /// # Errors
    ///
    /// If one of them belongs to an extension that the server does not have.
    pub fn new(keys: &[SearchKey<'a>], scope: &Scope<'_>) -> Result<Self, Unsupported> {
        let mut uses_mod_seq = false;
        let key = all_keys(keys, scope, &mut uses_mod_seq)?;
        Ok(Self {
            key,
            now: scope.now,
            uses_mod_seq,
        })
    }

    /// Whether there is a MODSEQ key, so that the answer has to tell the highest one found.
    ///
    /// [RFC 7162 section 3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5)
    pub const fn uses_mod_seq(&self) -> bool {
        self.uses_mod_seq
    }

    /// Whether a message is what they ask for.
    pub fn matches(&self, message: &Candidate<'_>) -> bool {
        self.applies(&self.key, message)
    }

    fn applies(&self, key: &Key<'_>, message: &Candidate<'_>) -> bool {
        match key {
            Key::Address(name, text) => has_address(message, name, text),
            Key::And(keys) => keys.iter().all(|key| self.applies(key, message)),
            Key::Body(text) => has_body(message, text),
            Key::Header(name, text) => has_field(message, *name, text),
            Key::Not(key) => !self.applies(key, message),
            Key::Or(keys) => self.applies(&keys.0, message) || self.applies(&keys.1, message),
            Key::Plain(key) => self.applies_plain(key, message),
            Key::SeqNums(numbers) => numbers.contains(message.seq),
            Key::Text(text) => has_text(message, text),
            Key::Uids(numbers) => numbers.contains(message.uid),
        }
    }

    /// A key that needs no preparation.
    fn applies_plain(&self, key: &SearchKey<'_>, message: &Candidate<'_>) -> bool {
        let has = |flag: Flag<'_>| message.flags.contains(&flag);
        let keyword = |keyword: &Keyword<'_>| has(Flag::Keyword(*keyword));
        let age = self.now.saturating_sub(message.internal_date.to_unix());
        match key {
            SearchKey::All => true,
            SearchKey::Answered => has(Flag::Answered),
            SearchKey::Deleted => has(Flag::Deleted),
            SearchKey::Draft => has(Flag::Draft),
            SearchKey::EmailId(wanted) => message.mail.email_id() == wanted.as_str(),
            SearchKey::Flagged => has(Flag::Flagged),
            SearchKey::Keyword(name) => keyword(name),
            SearchKey::Larger(size) => message.mail.size() > *size,
            SearchKey::ModSeq(_, mod_seq) => message.mod_seq >= *mod_seq,
            SearchKey::New => has(Flag::Recent) && !has(Flag::Seen),
            SearchKey::Old => !has(Flag::Recent),
            SearchKey::Older(seconds) => age >= i64::from(seconds.get()),
            SearchKey::Recent => has(Flag::Recent),
            SearchKey::SaveDateSupported => message.save_date.is_some(),
            SearchKey::Seen => has(Flag::Seen),
            SearchKey::Smaller(size) => message.mail.size() < *size,
            SearchKey::ThreadId(wanted) => thread_id(message.mail) == wanted.as_str(),
            SearchKey::Unanswered => !has(Flag::Answered),
            SearchKey::Undeleted => !has(Flag::Deleted),
            SearchKey::Undraft => !has(Flag::Draft),
            SearchKey::Unflagged => !has(Flag::Flagged),
            SearchKey::Unkeyword(name) => !keyword(name),
            SearchKey::Unseen => !has(Flag::Seen),
            SearchKey::Younger(seconds) => age <= i64::from(seconds.get()),
            key => is_of_day(key, message),
        }
    }
}

/// Keys that tell a day. Time and zone do not count.
fn is_of_day(key: &SearchKey<'_>, message: &Candidate<'_>) -> bool {
    let arrived = || day_of(&message.internal_date);
    // RFC 8514 4.3: where it is not known when a message was saved, the day of arrival counts.
    let saved = || day_of(message.save_date.as_ref().unwrap_or(&message.internal_date));
    let sent = || Some(message.mail.sent_date()?.day);
    let is = |day: Option<Date>, wanted: &Date, orders: &[Ordering]| {
        day.is_some_and(|day| orders.contains(&day.cmp(wanted)))
    };
    let before = &[Ordering::Less];
    let on = &[Ordering::Equal];
    let since = &[Ordering::Equal, Ordering::Greater];
    match key {
        SearchKey::Before(day) => is(arrived(), day, before),
        SearchKey::On(day) => is(arrived(), day, on),
        SearchKey::SavedBefore(day) => is(saved(), day, before),
        SearchKey::SavedOn(day) => is(saved(), day, on),
        SearchKey::SavedSince(day) => is(saved(), day, since),
        SearchKey::SentBefore(day) => is(sent(), day, before),
        SearchKey::SentOn(day) => is(sent(), day, on),
        SearchKey::SentSince(day) => is(sent(), day, since),
        SearchKey::Since(day) => is(arrived(), day, since),
        _ => false,
    }
}

fn day_of(date: &InternalDate) -> Option<Date> {
    Date::new(date.year(), date.month(), date.day()).ok()
}

impl<N: MessageNumber> Numbers<N> {
    fn new(set: SequenceSet<'_, N>, last: Option<N>) -> Self {
        let is_open = |bound| bound == Bound::Largest;
        let mut ranges = set.ranges().iter();
        let is_open = ranges.any(|range| is_open(range.start) || is_open(range.end));
        Self {
            set: set.into(),
            last: last.filter(|_| is_open),
        }
    }

    /// RFC 9051 9: a range with `*` has the last message even if it begins behind it.
    fn contains(&self, number: N) -> bool {
        self.last == Some(number) || self.set.contains(number)
    }
}

/// Keys of which all have to apply.
fn all_keys<'a>(
    keys: &[SearchKey<'a>],
    scope: &Scope<'_>,
    uses_mod_seq: &mut bool,
) -> Result<Key<'a>, Unsupported> {
    let keys = keys.iter().map(|key| ready(key, scope, uses_mod_seq));
    keys.collect::<Result<_, _>>().map(Key::And)
}

/// Makes a key ready. Its depth is limited by whatever read it.
fn ready<'a>(
    key: &SearchKey<'a>,
    scope: &Scope<'_>,
    uses_mod_seq: &mut bool,
) -> Result<Key<'a>, Unsupported> {
    let saved = || Numbers {
        set: scope.saved.clone(),
        last: None,
    };
    Ok(match key {
        SearchKey::And(keys) => all_keys(keys, scope, uses_mod_seq)?,
        SearchKey::Bcc(text) => Key::Address("Bcc", needle(text)),
        SearchKey::Body(text) => Key::Body(needle(text)),
        SearchKey::Cc(text) => Key::Address("Cc", needle(text)),
        SearchKey::From(text) => Key::Address("From", needle(text)),
        // RFC 6203 3: a server may do no more than without FUZZY.
        SearchKey::Fuzzy(key) => ready(key, scope, uses_mod_seq)?,
        SearchKey::Header(name, text) => Key::Header(*name, needle(text)),
        SearchKey::Not(key) => Key::Not(Box::new(ready(key, scope, uses_mod_seq)?)),
        SearchKey::Or(left, right) => {
            let left = ready(left, scope, uses_mod_seq)?;
            let right = ready(right, scope, uses_mod_seq)?;
            Key::Or(Box::new((left, right)))
        }
        SearchKey::SequenceSet(set) if set.is_saved() => Key::Uids(saved()),
        SearchKey::SequenceSet(set) => Key::SeqNums(Numbers::new(*set, scope.last_seq)),
        SearchKey::Subject(text) => Key::Header("Subject".into(), needle(text)),
        SearchKey::Text(text) => Key::Text(needle(text)),
        SearchKey::To(text) => Key::Address("To", needle(text)),
        SearchKey::Uid(set) if set.is_saved() => Key::Uids(saved()),
        SearchKey::Uid(set) => Key::Uids(Numbers::new(*set, scope.last_uid)),
        SearchKey::ModSeq(..) => {
            *uses_mod_seq = true;
            Key::Plain(*key)
        }
        key => match unsupported(key) {
            Some(what) => return Err(Unsupported { what }),
            None => Key::Plain(*key),
        },
    })
}

/// A key of an extension that the server does not have.
const fn unsupported(key: &SearchKey<'_>) -> Option<&'static str> {
    Some(match key {
        SearchKey::Annotation(_) => "search key ANNOTATION",
        SearchKey::Filter(_) => "search key FILTER",
        SearchKey::XGmLabels(_) => "search key X-GM-LABELS",
        SearchKey::XGmMsgId(_) => "search key X-GM-MSGID",
        SearchKey::XGmRaw(_) => "search key X-GM-RAW",
        SearchKey::XGmThrId(_) => "search key X-GM-THRID",
        SearchKey::Other(_) => "search key",
        _ => return None,
    })
}

fn needle(text: &IString<'_>) -> String {
    casemap(&text.to_str_lossy())
}

/// Whether a text has another in it, which is in the form that is compared.
fn contains(text: &str, needle: &str) -> bool {
    needle.is_empty() || casemap(text).contains(needle)
}

/// Whether the text is in one of the fields with this name.
fn has_field(message: &Candidate<'_>, name: IString<'_>, needle: &str) -> bool {
    let mut fields = fields(message.mail.header());
    fields.any(|field| {
        field.name.eq_ignore_ascii_case(name.as_bytes())
            && contains(&decode_words(field.value), needle)
    })
}

/// Whether the text is in one of the addresses as they are shown: `Ann <ann@example.org>`.
///
/// RFC 9051 6.4.4: these keys look at the envelope.
fn has_address(message: &Candidate<'_>, name: &str, needle: &str) -> bool {
    if field(message.mail.header(), name).is_none() {
        return false;
    }
    let arena = Arena::new();
    let addresses = message.mail.addresses(name, &arena);
    let mut shown = String::new();
    for entry in Address::entries(addresses) {
        match entry {
            AddressEntry::Group(group) => {
                shown += &decode_words(group.name.as_bytes());
                shown += ": ";
                group
                    .members
                    .iter()
                    .for_each(|address| show(address, &mut shown));
                shown += ";";
            }
            AddressEntry::Mailbox(address) => show(address, &mut shown),
        }
    }
    contains(&shown, needle)
}

fn show(address: &Address<'_>, out: &mut String) {
    if !out.is_empty() {
        *out += ", ";
    }
    let spec = address.addr_spec().map(|spec| spec.to_string());
    match (address.name, spec) {
        (Some(name), spec) => {
            *out += &decode_words(name.as_bytes());
            *out += &format!(" <{}>", spec.unwrap_or_default());
        }
        (None, Some(spec)) => *out += &spec,
        (None, None) => {
            let mailbox = address.mailbox.unwrap_or_default();
            *out += &mailbox.to_str_lossy();
        }
    }
}

/// Whether the text is in one of the parts that have text.
fn has_body(message: &Candidate<'_>, needle: &str) -> bool {
    needle.is_empty() || message.mail.texts().any(|text| contains(&text, needle))
}

/// Whether the text is in a header, those of parts included, or in the body.
fn has_text(message: &Candidate<'_>, needle: &str) -> bool {
    let in_header = |header: &[u8]| {
        fields(header).any(|field| {
            let name = String::from_utf8_lossy(field.name);
            contains(&format!("{name}: {}", decode_words(field.value)), needle)
        })
    };
    message.mail.headers().any(in_header) || has_body(message, needle)
}
