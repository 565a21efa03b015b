//! Parameters of commands: a name, and a value where there is one.

use super::{Context, Input, at, non_empty_list, run, skip_value, sp, taken};
use crate::error::{Expected, PResult, fail};
use crate::value::OtherItem;

/// Parameters behind what a command has without them, or none.
///
/// ```abnf
/// select-params = SP "(" select-param *(SP select-param) ")"   ; RFC 4466, and alike for others
/// ```
#[inline]
pub(crate) fn parameters<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    parameter: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    if !i.starts_with(b" (") {
        return Ok(&[]);
    }
    sp(i)?;
    non_empty_list(i, cx, parameter)
}

/// The name of a parameter.
///
/// ```abnf
/// tagged-ext-label   = tagged-label-fchar *tagged-label-char   ; RFC 4466
/// tagged-label-fchar = ALPHA / "-" / "_" / "."
/// tagged-label-char  = tagged-label-fchar / DIGIT / ":"
/// ```
///
/// What begins like a value is no name: see [`other_parameter`].
pub(crate) fn tagged_ext_label<'a>(i: &mut Input<'a>) -> PResult<&'a [u8]> {
    let is_first = |b: u8| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_' | b'.');
    if begins_value(i) || !i.first().is_some_and(|b| is_first(*b)) {
        return fail(i, Expected::Keyword);
    }
    Ok(run(i, |b| is_first(b) || b.is_ascii_digit() || b == b':'))
}

/// A parameter that is not known and has this name: its value is kept as it came.
///
/// Names do not begin like values, so that a value is told from the next name.
///
/// ```abnf
/// select-param      = select-param-name [SP select-param-value]      ; RFC 4466, and alike for others
/// tagged-ext-val    = tagged-ext-simple / "(" [tagged-ext-comp] ")"
/// tagged-ext-simple = sequence-set / number
/// tagged-ext-simple =/ partial-range-last                            ; RFC 9394
/// ```
#[cold]
pub(crate) fn other_parameter<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<OtherItem<'a>> {
    let mut value = &[][..];
    if i.strip_prefix(b" ").is_some_and(begins_value) {
        sp(i)?;
        value = tagged_ext_val(i, cx)?;
    }
    Ok(OtherItem { name, value })
}

/// Whether a `tagged-ext-val` begins here, as no name does; see [`other_parameter`].
fn begins_value(i: &[u8]) -> bool {
    matches!(
        i,
        [b'(' | b'0'..=b'9' | b'*' | b'$', ..] | [b'-', b'0'..=b'9', ..]
    )
}

/// An option that is not known and has this name: its value is kept as it came.
///
/// ```abnf
/// option-extension = (option-standard-tag / option-vendor-tag) [SP option-value]   ; RFC 5258
/// option-value     = "(" option-val-comp ")"
/// ```
#[cold]
pub(crate) fn other_option<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<OtherItem<'a>> {
    let mut value = &[][..];
    if i.starts_with(b" (") {
        sp(i)?;
        value = skip_value(i, cx)?;
    }
    Ok(OtherItem { name, value })
}

/// `tagged-ext-val`, passed over; see [`other_parameter`].
fn tagged_ext_val<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    if at(i, b'(') {
        return skip_value(i, cx);
    }
    let start = *i;
    run(i, |b| {
        b.is_ascii_digit() || matches!(b, b'*' | b':' | b',' | b'$' | b'-')
    });
    Ok(taken(start, i))
}
