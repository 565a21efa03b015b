//! NAMESPACE responses.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, blanks, collect, is_line_end, istring, nil, non_empty_list, open, opt,
    opt_blanks, sp,
};
use crate::quirks::Quirk;
use crate::value::mailbox::{delimiter, string_mailbox};
use crate::value::{IString, Mailbox};

/// Where mailboxes are: the answer to NAMESPACE.
///
/// `S: * NAMESPACE (("" "/")) NIL (("Public Folders/" "/"))` has one personal namespace, none for other
/// users, and a shared one.
///
/// [RFC 9051 section 7.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.2),
/// [RFC 2342](https://www.rfc-editor.org/rfc/rfc2342)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Namespaces<'a> {
    /// The mailboxes of the user.
    pub personal: &'a [Namespace<'a>],
    /// Those of other users.
    pub other_users: &'a [Namespace<'a>],
    /// Those that belong to nobody.
    pub shared: &'a [Namespace<'a>],
}

/// A namespace: mailboxes whose names begin alike.
///
/// `("#mh/" "/" "X-PARAM" ("FLAG1" "FLAG2"))` has the prefix `#mh/`, the delimiter `/` and one extension.
///
/// [RFC 9051 section 6.3.10](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.10)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Namespace<'a> {
    /// What the names begin with, mostly with the delimiter at its end; it can be empty.
    pub prefix: Mailbox<'a>,
    /// What separates the levels of the hierarchy; nothing where there are no levels.
    pub delimiter: Option<u8>,
    /// Extensions; mostly none.
    pub extensions: &'a [NamespaceExtension<'a>],
}

/// What else is said of a namespace: a name and its values.
///
/// [RFC 2342 section 5](https://www.rfc-editor.org/rfc/rfc2342#section-5),
/// `Namespace_Response_Extension`
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct NamespaceExtension<'a> {
    /// The name, such as `TRANSLATION` or `X-PARAM`.
    pub name: IString<'a>,
    /// The values; at least one.
    pub values: &'a [IString<'a>],
}

/// What follows the word NAMESPACE.
///
/// ```abnf
/// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace
/// ```
pub(super) fn namespace_response<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Namespaces<'a>> {
    cx.set_rule("NAMESPACE response");
    blanks(i, cx)?;
    Ok(Namespaces {
        personal: namespace(i, cx)?,
        other_users: next_namespace(i, cx)?,
        shared: next_namespace(i, cx)?,
    })
}

/// A namespace behind the first, which some servers leave out.
fn next_namespace<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Namespace<'a>]> {
    if is_line_end(i) {
        // quirk: ShortNamespace
        cx.forgive_or(i, Quirk::ShortNamespace, Expected::Space)?;
        return Ok(&[]);
    }
    blanks(i, cx)?;
    namespace(i, cx)
}

/// `namespace = nil / "(" 1*namespace-descr ")"`
fn namespace<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Namespace<'a>]> {
    if !at(i, b'(') {
        return nil(i).map(|()| &[][..]);
    }
    let start = *i;
    open(i)?;
    let namespaces = collect(i, cx, |i, _| {
        opt_blanks(i, cx)?;
        if opt(i, b')') {
            return Ok(None);
        }
        namespace_descr(i, cx).map(Some)
    })?;
    if namespaces.is_empty() {
        // quirk: EmptyList
        cx.forgive_or(start, Quirk::EmptyList, Expected::OpenParen)?;
    }
    Ok(namespaces)
}

/// One namespace.
///
/// ```abnf
/// namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil)
///                   [namespace-response-extensions] ")"
/// ```
fn namespace_descr<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Namespace<'a>> {
    open(i)?;
    let prefix = string_mailbox(i, cx)?;
    sp(i)?;
    let delimiter = delimiter(i, cx)?;
    let extensions = collect(i, cx, |i, _| {
        if opt(i, b')') {
            return Ok(None);
        }
        namespace_response_extension(i, cx).map(Some)
    })?;
    Ok(Namespace {
        prefix,
        delimiter,
        extensions,
    })
}

/// `namespace-response-extension = SP string SP "(" string *(SP string) ")"`
fn namespace_response_extension<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<NamespaceExtension<'a>> {
    if !at(i, b' ') {
        return fail(i, Expected::CloseParen);
    }
    sp(i)?;
    let name = istring(i, cx)?;
    sp(i)?;
    Ok(NamespaceExtension {
        name,
        values: non_empty_list(i, cx, |i| istring(i, cx))?,
    })
}
