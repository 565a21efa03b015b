//! SORT.

use imap_util::Atom;

use super::SearchReturnOption;
use super::search::{search_keys, search_return_opts};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, atom, exact_word, fold, list, sp};
use crate::value::{IString, SearchKey};

/// `SORT` or `UID SORT`: find messages, and have them in order.
///
/// `C: A282 SORT (SUBJECT REVERSE DATE) UTF-8 SINCE 1-Feb-1994` sorts by subject, and by date where the
/// subjects are the same.
///
/// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Sort<'a> {
    /// What to tell of the messages, as for [`Search`](super::Search), RFC 5267.
    pub return_options: Option<&'a [SearchReturnOption<'a>]>,
    /// The order; at least one.
    pub criteria: &'a [SortCriterion<'a>],
    /// The charset of the strings in the keys.
    pub charset: IString<'a>,
    /// What a message must be like: all of these; at least one.
    pub keys: &'a [SearchKey<'a>],
}

/// One of the things that messages are sorted by.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SortCriterion<'a> {
    /// `REVERSE`: the highest first.
    pub reverse: bool,
    /// What is compared.
    pub key: SortKey<'a>,
}

/// What is compared of messages to sort them.
///
/// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SortKey<'a> {
    /// `ANNOTATION`: the value of an annotation,
    /// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257).
    Annotation {
        /// The name of the entry.
        entry: IString<'a>,
        /// The name of the attribute: `value.priv` or `value.shared`.
        attribute: IString<'a>,
    },
    /// `ARRIVAL`: the internal date.
    Arrival,
    /// `CC`: the local part of the first `Cc` address.
    Cc,
    /// `DATE`: the sent date.
    Date,
    /// `DISPLAYFROM`: the first `From` address as it is shown, RFC 5957.
    DisplayFrom,
    /// `DISPLAYTO`: the first `To` address as it is shown, RFC 5957.
    DisplayTo,
    /// `FROM`: the local part of the first `From` address.
    From,
    /// `RELEVANCY`: how well the message fits, the best first, RFC 6203.
    Relevancy,
    /// `SIZE`: the size in octets.
    Size,
    /// `SUBJECT`: the subject without `Re:` and the like.
    Subject,
    /// `TO`: the local part of the first `To` address.
    To,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> SortKey<'a> {
    /// The name, without what follows it.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::Annotation { .. } => "ANNOTATION",
            Self::Arrival => "ARRIVAL",
            Self::Cc => "CC",
            Self::Date => "DATE",
            Self::DisplayFrom => "DISPLAYFROM",
            Self::DisplayTo => "DISPLAYTO",
            Self::From => "FROM",
            Self::Relevancy => "RELEVANCY",
            Self::Size => "SIZE",
            Self::Subject => "SUBJECT",
            Self::To => "TO",
            Self::Other(name) => name.as_str(),
        }
    }
}

impl<'a> From<SortKey<'a>> for SortCriterion<'a> {
    fn from(key: SortKey<'a>) -> Self {
        Self {
            reverse: false,
            key,
        }
    }
}

/// What follows the word SORT.
///
/// ```abnf
/// sort            = ["UID" SP] "SORT" SP sort-criteria SP search-criteria
/// sort            =/ extended-sort                              ; RFC 5267
/// extended-sort   = ["UID" SP] "SORT" search-return-opts SP sort-criteria SP search-criteria
/// sort-criteria   = "(" sort-criterion *(SP sort-criterion) ")"
/// search-criteria = charset 1*(SP search-key)
/// ```
pub(super) fn sort<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Sort<'a>> {
    cx.set_rule("SORT command");
    let return_options = search_return_opts(i, cx)?;
    let start = *i;
    let criteria = list(i, cx, |i| sort_criterion(i, cx))?;
    if criteria.is_empty() {
        return fail(start, Expected::Keyword);
    }
    sp(i)?;
    let charset = astring(i, cx)?;
    sp(i)?;
    Ok(Sort {
        return_options,
        criteria,
        charset,
        keys: search_keys(i, cx)?,
    })
}

/// `sort-criterion = ["REVERSE" SP] sort-key`
fn sort_criterion<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SortCriterion<'a>> {
    let reverse = exact_word(i, "REVERSE").is_ok();
    if reverse {
        sp(i)?;
    }
    Ok(SortCriterion {
        reverse,
        key: sort_key(i, cx)?,
    })
}

/// One key.
///
/// ```abnf
/// sort-key = "ARRIVAL" / "CC" / "DATE" / "FROM" / "SIZE" / "SUBJECT" / "TO"
/// sort-key =/ "ANNOTATION" SP entry SP attrib   ; RFC 5257
/// sort-key =/ "DISPLAYFROM" / "DISPLAYTO"   ; RFC 5957
/// sort-key =/ "RELEVANCY"                   ; RFC 6203
/// ```
fn sort_key<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SortKey<'a>> {
    let name = atom(i)?;
    if name.eq_ignore_ascii_case("ANNOTATION") {
        sp(i)?;
        let entry = astring(i, cx)?;
        sp(i)?;
        let attribute = astring(i, cx)?;
        return Ok(SortKey::Annotation { entry, attribute });
    }
    Ok(fold(name.as_bytes(), by_name).unwrap_or(SortKey::Other(name)))
}

fn by_name(name: &[u8]) -> Option<SortKey<'static>> {
    Some(match name {
        b"ARRIVAL" => SortKey::Arrival,
        b"CC" => SortKey::Cc,
        b"DATE" => SortKey::Date,
        b"DISPLAYFROM" => SortKey::DisplayFrom,
        b"DISPLAYTO" => SortKey::DisplayTo,
        b"FROM" => SortKey::From,
        b"RELEVANCY" => SortKey::Relevancy,
        b"SIZE" => SortKey::Size,
        b"SUBJECT" => SortKey::Subject,
        b"TO" => SortKey::To,
        _ => return None,
    })
}
