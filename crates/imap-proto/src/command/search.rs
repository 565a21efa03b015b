//! SEARCH and CANCELUPDATE.

use crate::arena::Arena;
use crate::error::{Expected, Fail, PResult, ParseError, fail};
use crate::lexeme::{
    Context, Input, Role, astring, at, collect, exact_word, fold, istring, list, non_empty_list,
    opt_sp, other_parameter, separated, sp, tagged_ext_label,
};
use crate::options::Options;
use crate::value::fetch_item_name::fetch_att;
use crate::value::partial_range::partial_range;
use crate::value::search_key::search_key;
use crate::value::{FetchItemName, IString, OtherItem, PartialRange, SearchKey, Tag};

/// `SEARCH` or `UID SEARCH`: find messages.
///
/// ```
/// use imap_proto::SearchKey;
/// use imap_proto::command::{Command, Search, SearchReturnOption};
///
/// let command = Command::UidSearch(Search {
///     return_options: Some(&[SearchReturnOption::Min, SearchReturnOption::Count]),
///     charset: None,
///     keys: &[SearchKey::Unseen, SearchKey::From("ann".into())],
/// });
/// # let _ = command;
/// ```
///
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Search<'a> {
    /// What to tell of the messages; an empty list means [`SearchReturnOption::All`].
    ///
    /// If there is no list a server answers by a [SEARCH response](crate::response::Search), unless
    /// `IMAP4rev2` was enabled, and else by an [ESEARCH response](crate::response::Esearch). Some
    /// answer a list by a SEARCH response, too.
    pub return_options: Option<&'a [SearchReturnOption<'a>]>,
    /// The charset of the strings in the keys; US-ASCII if nothing is said, UTF-8 in `IMAP4rev2`.
    pub charset: Option<IString<'a>>,
    /// What a message must be like: all of these; at least one.
    pub keys: &'a [SearchKey<'a>],
}

/// What a search is to tell, and to do, with the messages that it finds.
///
/// `C: A284 SEARCH RETURN (MIN COUNT) FLAGGED` has two.
///
/// [RFC 4731 section 3.1](https://www.rfc-editor.org/rfc/rfc4731#section-3.1),
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SearchReturnOption<'a> {
    /// `ALL`: their numbers.
    All,
    /// `CONTEXT`: the same search will be asked for again, RFC 5267.
    Context,
    /// `COUNT`: how many they are.
    Count,
    /// `MAX`: the highest number.
    Max,
    /// `MIN`: the lowest number.
    Min,
    /// `PARTIAL`: some of their numbers, RFC 5267 and RFC 9394.
    Partial(PartialRange),
    /// `RELEVANCY`: how well they fit, RFC 6203.
    Relevancy,
    /// `SAVE`: keep them for `$`, RFC 5182.
    Save,
    /// `UPDATE`: tell when others come to be found or no longer are, RFC 5267.
    ///
    /// Where there are items, a server that knows NOTIFY tells them of each message that comes.
    ///
    /// [RFC 5465 section 7](https://www.rfc-editor.org/rfc/rfc5465#section-7)
    Update(&'a [FetchItemName<'a>]),
    /// An option that is not known.
    Other(&'a OtherItem<'a>),
}

/// `CANCELUPDATE`: stop to tell what searches find.
///
/// `C: B04 CANCELUPDATE "B01"` ends the updates of the search with the tag `B01`.
///
/// [RFC 5267 section 4.3.5](https://www.rfc-editor.org/rfc/rfc5267#section-4.3.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct CancelUpdate<'a> {
    /// The tags of the searches; at least one.
    pub tags: &'a [Tag<'a>],
}

impl<'a> SearchKey<'a> {
    /// Reads keys as they stand in a command, with a blank between, literals included.
    ///
    /// ```
    /// use imap_proto::{Arena, SearchKey};
    ///
    /// let arena = Arena::new();
    /// let keys = SearchKey::parse_all(b"UNSEEN NOT FROM \"ann\"", &arena)?;
    /// let not_from_ann = SearchKey::Not(&SearchKey::From("ann".into()));
    /// assert_eq!(keys, [SearchKey::Unseen, not_from_ann]);
    /// # Ok::<(), imap_proto::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is anything else, or has no keys.
    pub fn parse_all(text: &'a [u8], arena: &'a Arena) -> Result<&'a [Self], ParseError> {
        let cx = Context::new(text, arena, &Options::lenient(), Role::Client);
        cx.set_rule("search keys");
        let mut i = text;
        match search_keys(&mut i, &cx) {
            Ok(keys) if i.is_empty() => Ok(keys),
            Ok(_) => Err(Fail::new(i, Expected::End).locate(text, cx.rule())),
            Err(error) => Err(error.locate(text, cx.rule())),
        }
    }
}

/// What follows the word SEARCH.
///
/// ```abnf
/// search         = "SEARCH" [search-return-opts] SP search-program
/// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
/// ```
pub(super) fn search<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Search<'a>> {
    cx.set_rule("SEARCH command");
    search_arguments(i, cx)
}

/// What SEARCH and ESEARCH have in common.
pub(super) fn search_arguments<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Search<'a>> {
    let return_options = search_return_opts(i, cx)?;
    let mut charset = None;
    if exact_word(i, "CHARSET").is_ok() {
        sp(i)?;
        charset = Some(astring(i, cx)?);
        sp(i)?;
    }
    Ok(Search {
        return_options,
        charset,
        keys: search_keys(i, cx)?,
    })
}

/// `search-key *(SP search-key)`
pub(super) fn search_keys<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [SearchKey<'a>]> {
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
    Ok(keys)
}

/// The options, if there are any, with the blank behind them.
///
/// ```abnf
/// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"
/// ```
pub(super) fn search_return_opts<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Option<&'a [SearchReturnOption<'a>]>> {
    if exact_word(i, "RETURN").is_err() {
        return Ok(None);
    }
    sp(i)?;
    let options = list(i, cx, |i| search_return_opt(i, cx))?;
    sp(i)?;
    Ok(Some(options))
}

#[derive(Clone, Copy)]
enum Name {
    Alone(SearchReturnOption<'static>),
    Partial,
    Update,
}

fn by_name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"ALL" => Name::Alone(SearchReturnOption::All),
        b"CONTEXT" => Name::Alone(SearchReturnOption::Context),
        b"COUNT" => Name::Alone(SearchReturnOption::Count),
        b"MAX" => Name::Alone(SearchReturnOption::Max),
        b"MIN" => Name::Alone(SearchReturnOption::Min),
        b"PARTIAL" => Name::Partial,
        b"RELEVANCY" => Name::Alone(SearchReturnOption::Relevancy),
        b"SAVE" => Name::Alone(SearchReturnOption::Save),
        b"UPDATE" => Name::Update,
        _ => return None,
    })
}

/// One option.
///
/// ```abnf
/// search-return-opt  = "MIN" / "MAX" / "ALL" / "COUNT" / "SAVE" / search-ret-opt-ext
/// search-ret-opt-ext = search-modifier-name [SP search-mod-params]
/// search-return-opt  =/ modifier-context / modifier-partial / modifier-update   ; RFC 5267
/// search-return-opt  =/ "RELEVANCY"                                             ; RFC 6203
/// modifier-partial   = "PARTIAL" SP partial-range                               ; RFC 9394
/// modifier-update    = "UPDATE" ["(" fetch-att *(SP fetch-att) ")"]             ; RFC 5465
/// ```
fn search_return_opt<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SearchReturnOption<'a>> {
    let name = tagged_ext_label(i)?;
    match fold(name, by_name) {
        Some(Name::Alone(option)) => Ok(option),
        Some(Name::Partial) => {
            sp(i)?;
            partial_range(i, cx).map(SearchReturnOption::Partial)
        }
        Some(Name::Update) => update_items(i, cx).map(SearchReturnOption::Update),
        None => {
            let other = other_parameter(i, cx, name)?;
            cx.alloc(i, other).map(SearchReturnOption::Other)
        }
    }
}

/// What follows the word UPDATE: items, with a blank in front as in the example of the RFC or without
/// as in its syntax.
fn update_items<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [FetchItemName<'a>]> {
    if i.starts_with(b" (") {
        sp(i)?;
    }
    if !at(i, b'(') {
        return Ok(&[]);
    }
    non_empty_list(i, cx, |i| fetch_att(i, cx))
}

/// `"CANCELUPDATE" 1*(SP quoted)`, without the name and the first blank; RFC 5267
pub(super) fn cancel_update<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<CancelUpdate<'a>> {
    cx.set_rule("CANCELUPDATE command");
    separated(i, cx, b' ', |i| quoted_tag(i, cx)).map(|tags| CancelUpdate { tags })
}

/// A tag as a quoted string.
pub(crate) fn quoted_tag<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Tag<'a>> {
    if !at(i, b'"') {
        return fail(i, Expected::String);
    }
    let start = *i;
    let tag = istring(i, cx)?;
    Tag::from_octets(tag.0).ok_or_else(|| Fail::new(start, Expected::Tag))
}
