//! ESEARCH.

use super::SearchReturnOption;
use super::search::{Search, search_arguments};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, close, collect, exact_word, open, other_parameter, parameters, sp,
    tagged_ext_label,
};
use crate::value::mailbox_filter::filter_mailboxes;
use crate::value::{IString, MailboxFilter, OtherItem, SearchKey};

/// `ESEARCH`: find messages in several mailboxes.
///
/// The answer is one [ESEARCH response](crate::response::Esearch) with UIDs for each mailbox that has
/// such messages.
///
/// `C: tag1 ESEARCH IN (mailboxes "folder1" subtree "folder2") UNSEEN`
///
/// [RFC 7377 section 2](https://www.rfc-editor.org/rfc/rfc7377#section-2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Esearch<'a> {
    /// The mailboxes; the selected one if there are no filters.
    pub sources: &'a [MailboxFilter<'a>],
    /// More about the mailboxes, if there are filters; no options are known yet.
    pub scope_options: &'a [OtherItem<'a>],
    /// What to tell of the messages, as for [`Search`].
    pub return_options: Option<&'a [SearchReturnOption<'a>]>,
    /// The charset of the strings in the keys; US-ASCII if nothing is said, UTF-8 in `IMAP4rev2`.
    pub charset: Option<IString<'a>>,
    /// What a message must be like: all of these; at least one.
    pub keys: &'a [SearchKey<'a>],
}

/// What follows the word ESEARCH.
///
/// ```abnf
/// esearch = "ESEARCH" [SP esearch-source-opts] [search-return-opts] SP search-program
/// ```
pub(super) fn esearch<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Esearch<'a>> {
    cx.set_rule("ESEARCH command");
    let (mut sources, mut scope_options) = (&[][..], &[][..]);
    if exact_word(i, "IN").is_ok() {
        sp(i)?;
        (sources, scope_options) = source_opts(i, cx)?;
        sp(i)?;
    }
    let Search {
        return_options,
        charset,
        keys,
    } = search_arguments(i, cx)?;
    Ok(Esearch {
        sources,
        scope_options,
        return_options,
        charset,
        keys,
    })
}

/// The list of the source options.
///
/// ```abnf
/// esearch-source-opts = "IN" SP "(" source-mbox [SP "(" scope-options ")"] ")"
/// source-mbox         = filter-mailboxes *(SP filter-mailboxes)
/// scope-options       = scope-option *(SP scope-option)
/// scope-option        = scope-option-name [SP scope-option-value]
/// ```
fn source_opts<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<(&'a [MailboxFilter<'a>], &'a [OtherItem<'a>])> {
    open(i)?;
    let sources = collect(i, cx, |i, first| match **i {
        _ if first => source(i, cx).map(Some),
        [b' ', b'(', ..] => Ok(None),
        [b' ', ..] => {
            sp(i)?;
            source(i, cx).map(Some)
        }
        _ => Ok(None),
    })?;
    let scope_options = parameters(i, cx, |i| {
        let name = tagged_ext_label(i)?;
        other_parameter(i, cx, name)
    })?;
    close(i)?;
    Ok((sources, scope_options))
}

/// `filter-mailboxes`, without what RFC 7377 forbids.
fn source<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<MailboxFilter<'a>> {
    let start = *i;
    match filter_mailboxes(i, cx, |value, _| is_string(value))? {
        MailboxFilter::SelectedDelayed => fail(start, Expected::Keyword),
        filter => Ok(filter),
    }
}

/// Whether a value is a string. A list behind the filters has the options of the scope, and a word is the
/// next filter.
fn is_string(value: &[u8]) -> bool {
    matches!(value, [b'"' | b'{', ..] | [b'~', b'{', ..])
}
