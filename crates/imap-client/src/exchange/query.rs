//! What a search looks for.

use std::fmt;
use std::ops::Not;

use imap_codec::{Encode as _, EncodeError, EncodeOptions, Encoder, Reason};
use imap_proto::{Arena, Date, Expected, Keyword, SearchKey, SequenceSet, Uid};

use super::MessageSet;

/// What messages must be like to be found.
///
/// Search keys, all of which must apply; a [`Query`]; or a text with keys as they stand in a
/// command, such as `UNSEEN FROM "ann"`, which is read before it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Criteria<'k>(Inner<'k>);

#[derive(Clone, Copy, Debug)]
enum Inner<'k> {
    Keys(&'k [SearchKey<'k>]),
    Query(&'k Query),
    Text(&'k str),
}

impl<'k> Criteria<'k> {
    /// The keys, in the arena where they are not given as such.
    ///
    /// # Errors
    ///
    /// If a query has a text that cannot be sent, a text is none of search keys, or keys are nested
    /// too deeply.
    pub fn keys<'a>(&self, arena: &'a Arena) -> Result<&'a [SearchKey<'a>], EncodeError>
    where
        'k: 'a,
    {
        match self.0 {
            Inner::Keys(keys) => Ok(keys),
            Inner::Query(query) => query.keys(arena),
            Inner::Text(text) => read(text.as_bytes(), arena),
        }
    }
}

impl<'k> From<&'k [SearchKey<'k>]> for Criteria<'k> {
    fn from(keys: &'k [SearchKey<'k>]) -> Self {
        Self(Inner::Keys(keys))
    }
}

impl<'k, const K: usize> From<&'k [SearchKey<'k>; K]> for Criteria<'k> {
    fn from(keys: &'k [SearchKey<'k>; K]) -> Self {
        Self(Inner::Keys(keys))
    }
}

impl<'k> From<&'k Query> for Criteria<'k> {
    fn from(query: &'k Query) -> Self {
        Self(Inner::Query(query))
    }
}

impl<'k> From<&'k str> for Criteria<'k> {
    fn from(text: &'k str) -> Self {
        Self(Inner::Text(text))
    }
}

/// A search that is put together at run time.
///
/// It owns its texts. Where one of them cannot be sent, the command that uses the query is refused
/// before it is sent.
///
/// ```
/// use imap_client::Query;
/// use imap_proto::Date;
///
/// let query = Query::unseen()
///     .and(Query::from("ann").or(Query::larger(1 << 20)))
///     .and(!Query::since(Date::new(2024, 2, 1)?));
/// assert_eq!(query.to_string(), "UNSEEN OR FROM ann LARGER 1048576 NOT SINCE 1-Feb-2024");
/// # Ok::<(), imap_proto::DateError>(())
/// ```
///
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
#[derive(Clone, Eq, PartialEq)]
pub struct Query {
    /// The keys as they stand in a command, with literals that nobody waits for.
    ///
    /// A text does not nest, so that copying and dropping a query of any depth is safe.
    text: Vec<u8>,
    /// How many keys there are side by side.
    keys: usize,
    error: Option<EncodeError>,
}

impl Query {
    /// What the key says, of which there are more kinds than functions here.
    pub fn key(key: SearchKey<'_>) -> Self {
        let mut out = Encoder::new(EncodeOptions::SERVER.with_line_breaks(false));
        key.encode(&mut out);
        match out.finish() {
            Ok(encoded) => Self {
                text: encoded.into_bytes(),
                keys: 1,
                error: None,
            },
            Err(error) => Self {
                text: Vec::new(),
                keys: 1,
                error: Some(error),
            },
        }
    }

    /// Any of the queries applies; no message at all where there are none.
    pub fn any(queries: impl IntoIterator<Item = Self>) -> Self {
        let mut queries: Vec<Self> = queries.into_iter().collect();
        // In pairs, so that the keys are not nested deeper than need be.
        while queries.len() > 1 {
            let mut pairs = queries.into_iter();
            queries = Vec::new();
            while let Some(left) = pairs.next() {
                queries.push(match pairs.next() {
                    Some(right) => left.or(right),
                    None => left,
                });
            }
        }
        queries.pop().unwrap_or_else(|| !Self::all())
    }

    /// Both queries apply.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.text.push(b' ');
        self.text.extend(other.text);
        Self {
            text: self.text,
            keys: self.keys + other.keys,
            error: self.error.or(other.error),
        }
    }

    /// One of the queries applies, or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut text = b"OR ".to_vec();
        self.write_single(&mut text);
        text.push(b' ');
        other.write_single(&mut text);
        Self {
            text,
            keys: 1,
            error: self.error.or(other.error),
        }
    }

    /// Every message.
    pub fn all() -> Self {
        Self::key(SearchKey::All)
    }

    /// Has `\Answered`.
    pub fn answered() -> Self {
        Self::key(SearchKey::Answered)
    }

    /// Has `\Deleted`.
    pub fn deleted() -> Self {
        Self::key(SearchKey::Deleted)
    }

    /// Has `\Draft`.
    pub fn draft() -> Self {
        Self::key(SearchKey::Draft)
    }

    /// Has `\Flagged`.
    pub fn flagged() -> Self {
        Self::key(SearchKey::Flagged)
    }

    /// Has `\Seen`.
    pub fn seen() -> Self {
        Self::key(SearchKey::Seen)
    }

    /// Does not have `\Answered`.
    pub fn unanswered() -> Self {
        Self::key(SearchKey::Unanswered)
    }

    /// Does not have `\Deleted`.
    pub fn undeleted() -> Self {
        Self::key(SearchKey::Undeleted)
    }

    /// Does not have `\Flagged`.
    pub fn unflagged() -> Self {
        Self::key(SearchKey::Unflagged)
    }

    /// Does not have `\Seen`.
    pub fn unseen() -> Self {
        Self::key(SearchKey::Unseen)
    }

    /// Has this keyword.
    pub fn keyword(keyword: Keyword<'_>) -> Self {
        Self::key(SearchKey::Keyword(keyword))
    }

    /// A blind copy went to an address with this text.
    pub fn bcc(text: &str) -> Self {
        Self::key(SearchKey::Bcc(text.into()))
    }

    /// The body has this text.
    pub fn body(text: &str) -> Self {
        Self::key(SearchKey::Body(text.into()))
    }

    /// A copy went to an address with this text.
    pub fn cc(text: &str) -> Self {
        Self::key(SearchKey::Cc(text.into()))
    }

    /// Comes from an address with this text.
    pub fn from(text: &str) -> Self {
        Self::key(SearchKey::From(text.into()))
    }

    /// Has a header field of this name with this text in it; with any text if that is empty.
    pub fn header(field: &str, text: &str) -> Self {
        Self::key(SearchKey::Header(field.into(), text.into()))
    }

    /// The subject has this text.
    pub fn subject(text: &str) -> Self {
        Self::key(SearchKey::Subject(text.into()))
    }

    /// Header or body have this text.
    pub fn text(text: &str) -> Self {
        Self::key(SearchKey::Text(text.into()))
    }

    /// Went to an address with this text.
    pub fn to(text: &str) -> Self {
        Self::key(SearchKey::To(text.into()))
    }

    /// Arrived before this day.
    pub fn before(date: Date) -> Self {
        Self::key(SearchKey::Before(date))
    }

    /// Arrived on this day.
    pub fn on(date: Date) -> Self {
        Self::key(SearchKey::On(date))
    }

    /// Arrived on this day or later.
    pub fn since(date: Date) -> Self {
        Self::key(SearchKey::Since(date))
    }

    /// Its `Date` is before this day.
    pub fn sent_before(date: Date) -> Self {
        Self::key(SearchKey::SentBefore(date))
    }

    /// Its `Date` is this day.
    pub fn sent_on(date: Date) -> Self {
        Self::key(SearchKey::SentOn(date))
    }

    /// Its `Date` is this day or later.
    pub fn sent_since(date: Date) -> Self {
        Self::key(SearchKey::SentSince(date))
    }

    /// Has more octets than this.
    pub fn larger(octets: u64) -> Self {
        Self::key(SearchKey::Larger(octets))
    }

    /// Has fewer octets than this.
    pub fn smaller(octets: u64) -> Self {
        Self::key(SearchKey::Smaller(octets))
    }

    /// Is one of these messages, by sequence number.
    pub fn sequence_set<'s>(set: impl Into<MessageSet<'s>>) -> Self {
        let set = set.into();
        set.as_set().map_or_else(
            || !Self::all(),
            |set| Self::key(SearchKey::SequenceSet(set)),
        )
    }

    /// Is one of these messages, by UID.
    pub fn uid<'s>(set: impl Into<MessageSet<'s, Uid>>) -> Self {
        let set = set.into();
        set.as_set()
            .map_or_else(|| !Self::all(), |set| Self::key(SearchKey::Uid(set)))
    }

    /// Is one of the messages that the last search with `SAVE` found, RFC 5182.
    pub fn saved() -> Self {
        Self::key(SearchKey::SequenceSet(SequenceSet::SAVED))
    }

    /// The keys, in the arena.
    ///
    /// # Errors
    ///
    /// If a text cannot be sent, or the keys are nested too deeply.
    pub fn keys<'a>(&self, arena: &'a Arena) -> Result<&'a [SearchKey<'a>], EncodeError> {
        match self.error {
            Some(error) => Err(error),
            None => read(arena.alloc_bytes(&self.text), arena),
        }
    }

    /// Writes the query as one key.
    fn write_single(&self, text: &mut Vec<u8>) {
        if self.keys == 1 {
            text.extend(&self.text);
        } else {
            text.push(b'(');
            text.extend(&self.text);
            text.push(b')');
        }
    }
}

impl Not for Query {
    type Output = Self;

    /// The query does not apply.
    fn not(self) -> Self {
        let mut text = b"NOT ".to_vec();
        self.write_single(&mut text);
        Self {
            text,
            keys: 1,
            error: self.error,
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.text))
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({self})")
    }
}

/// Reads keys from a text.
fn read<'a>(text: &'a [u8], arena: &'a Arena) -> Result<&'a [SearchKey<'a>], EncodeError> {
    SearchKey::parse_all(text, arena).map_err(|error| EncodeError {
        argument: "search keys",
        offset: error.offset,
        reason: if error.expected == Expected::LessNesting {
            Reason::Nesting
        } else {
            Reason::Syntax
        },
    })
}
