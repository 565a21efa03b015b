//! URLs in response codes.

use super::code_lenient::check_text;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, run};
use crate::value::IString;

/// A URL: what stands up to a blank or a bracket.
///
/// ```abnf
/// referral_response_code = "[" "REFERRAL" 1*(SPACE <url>) "]"   ; RFC 2193
/// ```
pub(super) fn url<'a>(i: &mut Input<'a>) -> PResult<IString<'a>> {
    match run(i, |b| b.is_ascii_graphic() && b != b']') {
        [] => fail(i, Expected::Text),
        url => Ok(IString(url)),
    }
}

/// `url-resp-text = 1*<any TEXT-CHAR except "]">`, RFC 4469
pub(super) fn url_resp_text<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    let start = *i;
    let url = run(i, |b| !matches!(b, 0 | b'\r' | b'\n' | b']'));
    if url.is_empty() {
        return fail(start, Expected::Text);
    }
    check_text(start, cx, url)?;
    Ok(IString(url))
}
