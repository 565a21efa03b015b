//! SEARCH.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, collect, exact_word, opt_sp, sp};
use crate::value::search_key::search_key;
use crate::value::{IString, SearchKey};

/// `SEARCH` or `UID SEARCH`: find messages.
///
/// ```
/// use imap_proto::SearchKey;
/// use imap_proto::command::{Command, Search};
///
/// let keys = [SearchKey::Unseen, SearchKey::From("ann".into())];
/// let command = Command::UidSearch(Search { charset: None, keys: &keys });
/// # let _ = command;
/// ```
///
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Search<'a> {
    /// The charset of the strings in the keys; US-ASCII if nothing is said, UTF-8 in `IMAP4rev2`.
    pub charset: Option<IString<'a>>,
    /// What a message must be like: all of these; at least one.
    pub keys: &'a [SearchKey<'a>],
}

/// What follows the word SEARCH.
///
/// ```abnf
/// search         = "SEARCH" SP search-program
/// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
/// ```
pub(super) fn search<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Search<'a>> {
    cx.set_rule("SEARCH command");
    let mut charset = None;
    if exact_word(i, "CHARSET").is_ok() {
        sp(i)?;
        charset = Some(astring(i, cx)?);
        sp(i)?;
    }
    let keys = collect(i, cx, |i, first| {
        if first || opt_sp(i) {
            search_key(i, cx, cx.max_depth()).map(Some)
        } else {
            Ok(None)
        }
    })?;
    if keys.is_empty() {
        return fail(i, Expected::Keyword);
    }
    Ok(Search { charset, keys })
}
