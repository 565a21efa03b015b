//! THREAD.

use super::search::search_keys;
use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, atom, sp};
use crate::value::{IString, SearchKey, ThreadAlgorithm};

/// `THREAD` or `UID THREAD`: find messages, and have them in threads.
///
/// `C: A284 THREAD REFERENCES UTF-8 SINCE 5-MAR-2000`
///
/// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Thread<'a> {
    /// How they are gathered.
    pub algorithm: ThreadAlgorithm<'a>,
    /// The charset of the strings in the keys.
    pub charset: IString<'a>,
    /// What a message must be like: all of these; at least one.
    pub keys: &'a [SearchKey<'a>],
}

/// What follows the word THREAD.
///
/// ```abnf
/// thread          = ["UID" SP] "THREAD" SP thread-alg SP search-criteria
/// search-criteria = charset 1*(SP search-key)
/// ```
pub(super) fn thread<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Thread<'a>> {
    cx.set_rule("THREAD command");
    let algorithm = atom(i)?.into();
    sp(i)?;
    let charset = astring(i, cx)?;
    sp(i)?;
    Ok(Thread {
        algorithm,
        charset,
        keys: search_keys(i, cx)?,
    })
}
