//! LIST and its likes, and STATUS.

use core::fmt;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    self, Context, Input, astring, at, exact_word, fold, list_mailbox, non_empty_list, opt_sp,
    other_option, sp, word,
};
use crate::value::mailbox::mailbox;
use crate::value::status_item::status_att;
use crate::value::{IString, Mailbox, OtherItem, StatusItemName};

/// `LIST`: list mailboxes.
///
/// `C: A03 LIST (SUBSCRIBED) "" (INBOX Sent/%) RETURN (CHILDREN STATUS (UNSEEN))` has one selection
/// option, an empty reference, two patterns and two return options.
///
/// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9),
/// [RFC 5258](https://www.rfc-editor.org/rfc/rfc5258)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct List<'a> {
    /// Which kinds of mailboxes; nothing in a LIST as of RFC 3501.
    pub select_options: Option<&'a [ListSelectOption<'a>]>,
    /// The name that the patterns are relative to; mostly empty.
    pub reference: Mailbox<'a>,
    /// Which mailboxes.
    pub patterns: ListPatterns<'a>,
    /// What to tell of them; nothing in a LIST as of RFC 3501.
    pub return_options: Option<&'a [ListReturnOption<'a>]>,
}

impl<'a> List<'a> {
    /// A LIST as of RFC 3501: without options.
    pub const fn new(reference: Mailbox<'a>, pattern: ListPattern<'a>) -> Self {
        Self {
            select_options: None,
            reference,
            patterns: ListPatterns::One(pattern),
            return_options: None,
        }
    }
}

/// `LSUB`, `RLIST`, `RLSUB` or `XLIST`: a list command that has no options.
///
/// [RFC 3501 section 6.3.9](https://www.rfc-editor.org/rfc/rfc3501#section-6.3.9),
/// [RFC 2193 section 5](https://www.rfc-editor.org/rfc/rfc2193#section-5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BasicList<'a> {
    /// The name that the pattern is relative to; mostly empty.
    pub reference: Mailbox<'a>,
    /// Which mailboxes.
    pub pattern: ListPattern<'a>,
}

/// One pattern, or several in parentheses.
///
/// [RFC 5258 section 3](https://www.rfc-editor.org/rfc/rfc5258#section-3), `mbox-or-pat`
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ListPatterns<'a> {
    /// `a/%`
    One(ListPattern<'a>),
    /// `(INBOX a/%)`: at least one.
    Several(&'a [ListPattern<'a>]),
}

impl<'a> From<&'a str> for ListPatterns<'a> {
    fn from(pattern: &'a str) -> Self {
        Self::One(pattern.into())
    }
}

/// A mailbox name with wildcards: `*` stands for anything, `%` for anything within one level.
///
/// Wildcards cannot be escaped: a mailbox whose name has a `*` is found by its pattern, among others.
///
/// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9)
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct ListPattern<'a>(pub IString<'a>);

impl<'a> From<&'a str> for ListPattern<'a> {
    fn from(pattern: &'a str) -> Self {
        Self(pattern.into())
    }
}

impl fmt::Debug for ListPattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListPattern({:?})", self.0)
    }
}

/// Which kinds of mailboxes a LIST is to find.
///
/// [RFC 5258 section 3.1](https://www.rfc-editor.org/rfc/rfc5258#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ListSelectOption<'a> {
    /// `RECURSIVEMATCH`: those, too, that have what the other options ask for below them.
    ///
    /// It cannot stand alone, nor with `REMOTE` and `SPECIAL-USE` only.
    RecursiveMatch,
    /// `REMOTE`: those, too, that live on other servers.
    Remote,
    /// `SPECIAL-USE`: those for a purpose, [RFC 6154](https://www.rfc-editor.org/rfc/rfc6154).
    SpecialUse,
    /// `SUBSCRIBED`: those that the user subscribed to.
    Subscribed,
    /// An option that is not known.
    Other(&'a OtherItem<'a>),
}

/// What a LIST is to tell of the mailboxes that it finds.
///
/// [RFC 5258 section 3.2](https://www.rfc-editor.org/rfc/rfc5258#section-3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ListReturnOption<'a> {
    /// `CHILDREN`: whether there are mailboxes below.
    Children,
    /// `METADATA`: the values of these entries, in METADATA responses; at least one.
    ///
    /// [RFC 9590](https://www.rfc-editor.org/rfc/rfc9590)
    Metadata(&'a [IString<'a>]),
    /// `MYRIGHTS`: what the user may do, in MYRIGHTS responses.
    ///
    /// [RFC 8440](https://www.rfc-editor.org/rfc/rfc8440)
    MyRights,
    /// `SPECIAL-USE`: what they are for, [RFC 6154](https://www.rfc-editor.org/rfc/rfc6154).
    SpecialUse,
    /// `STATUS`: these items, in STATUS responses; at least one.
    ///
    /// [RFC 5819](https://www.rfc-editor.org/rfc/rfc5819)
    Status(&'a [StatusItemName<'a>]),
    /// `SUBSCRIBED`: whether the user subscribed to them.
    Subscribed,
    /// An option that is not known.
    Other(&'a OtherItem<'a>),
}

/// `STATUS`: ask for the state of a mailbox without selecting it.
///
/// [RFC 9051 section 6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Status<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// What to tell; at least one item.
    pub items: &'a [StatusItemName<'a>],
}

/// What follows the word LIST.
///
/// ```abnf
/// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
/// ```
pub(super) fn list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<List<'a>> {
    cx.set_rule("LIST command");
    let mut select_options = None;
    if at(i, b'(') {
        select_options = Some(list_select_opts(i, cx)?);
        sp(i)?;
    }
    let reference = mailbox(i, cx)?;
    sp(i)?;
    let patterns = mbox_or_pat(i, cx)?;
    let mut return_options = None;
    if opt_sp(i) {
        exact_word(i, "RETURN")?;
        sp(i)?;
        return_options = Some(lexeme::list(i, cx, |i| return_option(i, cx))?);
    }
    Ok(List {
        select_options,
        reference,
        patterns,
        return_options,
    })
}

/// What follows the word LSUB, RLIST, RLSUB or XLIST.
///
/// ```abnf
/// lsub  = "LSUB" SP mailbox SP list-mailbox
/// rlist = "RLIST" SPACE mailbox SPACE list_mailbox   ; RFC 2193
/// rlsub = "RLSUB" SPACE mailbox SPACE list_mailbox   ; RFC 2193
/// ```
pub(super) fn basic_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<BasicList<'a>> {
    cx.set_rule("list command");
    let reference = mailbox(i, cx)?;
    sp(i)?;
    Ok(BasicList {
        reference,
        pattern: ListPattern(list_mailbox(i, cx)?),
    })
}

/// One pattern, or several.
///
/// ```abnf
/// mbox-or-pat = list-mailbox / patterns
/// patterns    = "(" list-mailbox *(SP list-mailbox) ")"
/// ```
fn mbox_or_pat<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ListPatterns<'a>> {
    if !at(i, b'(') {
        return list_mailbox(i, cx).map(|pattern| ListPatterns::One(ListPattern(pattern)));
    }
    let start = *i;
    match lexeme::list(i, cx, |i| list_mailbox(i, cx).map(ListPattern))? {
        [] => fail(start, Expected::Mailbox),
        patterns => Ok(ListPatterns::Several(patterns)),
    }
}

/// The selection options.
///
/// ```abnf
/// list-select-opts = "(" [(*(list-select-opt SP) list-select-base-opt *(SP list-select-opt)) /
///                    (list-select-independent-opt *(SP list-select-independent-opt))] ")"
/// ```
fn list_select_opts<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [ListSelectOption<'a>]> {
    use ListSelectOption::{Other, RecursiveMatch, Subscribed};
    let start = *i;
    let options = lexeme::list(i, cx, |i| list_select_opt(i, cx))?;
    let is_base = |option: &ListSelectOption<'_>| matches!(option, Subscribed | Other(_));
    if options.contains(&RecursiveMatch) && !options.iter().any(is_base) {
        return fail(start, Expected::Keyword);
    }
    Ok(options)
}

/// One selection option.
///
/// ```abnf
/// list-select-base-opt        = "SUBSCRIBED" / option-extension
/// list-select-independent-opt = "REMOTE" / "SPECIAL-USE" / option-extension   ; RFC 6154
/// list-select-mod-opt         = "RECURSIVEMATCH" / option-extension
/// ```
fn list_select_opt<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ListSelectOption<'a>> {
    let name = word(i)?;
    Ok(match fold(name, select_opt_by_name) {
        Some(option) => option,
        None => {
            let other = other_option(i, cx, name)?;
            ListSelectOption::Other(cx.alloc(i, other)?)
        }
    })
}

fn select_opt_by_name(name: &[u8]) -> Option<ListSelectOption<'static>> {
    Some(match name {
        b"RECURSIVEMATCH" => ListSelectOption::RecursiveMatch,
        b"REMOTE" => ListSelectOption::Remote,
        b"SPECIAL-USE" => ListSelectOption::SpecialUse,
        b"SUBSCRIBED" => ListSelectOption::Subscribed,
        _ => return None,
    })
}

/// How the value of a return option is read.
#[derive(Clone, Copy)]
enum Return {
    Alone(ListReturnOption<'static>),
    Metadata,
    Status,
}

fn return_by_name(name: &[u8]) -> Option<Return> {
    Some(match name {
        b"CHILDREN" => Return::Alone(ListReturnOption::Children),
        b"METADATA" => Return::Metadata,
        b"MYRIGHTS" => Return::Alone(ListReturnOption::MyRights),
        b"SPECIAL-USE" => Return::Alone(ListReturnOption::SpecialUse),
        b"STATUS" => Return::Status,
        b"SUBSCRIBED" => Return::Alone(ListReturnOption::Subscribed),
        _ => return None,
    })
}

/// One return option.
///
/// ```abnf
/// return-option =  "SUBSCRIBED" / "CHILDREN" / option-extension
/// return-option =/ "SPECIAL-USE"                                      ; RFC 6154
/// return-option =/ "STATUS" SP "(" status-att *(SP status-att) ")"    ; RFC 5819
/// ```
fn return_option<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ListReturnOption<'a>> {
    let name = word(i)?;
    match fold(name, return_by_name) {
        Some(Return::Alone(option)) => Ok(option),
        Some(Return::Metadata) => {
            sp(i)?;
            non_empty_list(i, cx, |i| astring(i, cx)).map(ListReturnOption::Metadata)
        }
        Some(Return::Status) => {
            sp(i)?;
            status_atts(i, cx).map(ListReturnOption::Status)
        }
        None => {
            let other = other_option(i, cx, name)?;
            cx.alloc(i, other).map(ListReturnOption::Other)
        }
    }
}

/// `status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"`
pub(super) fn status<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Status<'a>> {
    cx.set_rule("STATUS command");
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let items = status_atts(i, cx)?;
    Ok(Status { mailbox, items })
}

/// `"(" status-att *(SP status-att) ")"`
fn status_atts<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [StatusItemName<'a>]> {
    let start = *i;
    match lexeme::list(i, cx, status_att)? {
        [] => fail(start, Expected::Keyword),
        items => Ok(items),
    }
}
