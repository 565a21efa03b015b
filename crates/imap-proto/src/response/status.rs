//! Status responses: OK, NO, BAD, BYE, PREAUTH, and continuation requests.

use super::code::{self, Code};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, atom, end, fold, opt_sp, run};
use crate::quirks::Quirk;
use crate::value::{Tag, Text};

/// The condition of a status response.
///
/// [RFC 9051 section 7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Status {
    /// `OK`: done, or information.
    Ok,
    /// `NO`: the command failed, or a warning.
    No,
    /// `BAD`: the command was not understood or not allowed now.
    Bad,
    /// `PREAUTH`: a greeting; the client is logged in already.
    PreAuth,
    /// `BYE`: the server is about to close the connection.
    Bye,
}

impl Status {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::No => "NO",
            Self::Bad => "BAD",
            Self::PreAuth => "PREAUTH",
            Self::Bye => "BYE",
        }
    }
}

/// A condition with a code and a text for people; with a tag it ends the command of that tag.
///
/// `S: a1 OK [READ-ONLY] done` has the tag `a1`, [`Status::Ok`], the code [`Code::ReadOnly`] and the
/// text `done`.
///
/// [RFC 9051 section 7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct StatusResponse<'a> {
    /// The tag of the command that this ends; nothing where the response is untagged.
    pub tag: Option<Tag<'a>>,
    /// The condition.
    pub status: Status,
    /// The response code in brackets.
    pub code: Option<Code<'a>>,
    /// The text for people.
    pub text: Text<'a>,
}

/// `+ text`: the server is ready for the rest of a command.
///
/// In an AUTHENTICATE exchange the text is a base64 challenge.
///
/// [RFC 9051 section 7.6](https://www.rfc-editor.org/rfc/rfc9051#section-7.6)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct ContinuationRequest<'a> {
    /// The response code in brackets.
    pub code: Option<Code<'a>>,
    /// The text for people, or the challenge.
    pub text: Text<'a>,
}

#[inline(always)]
pub(super) fn condition(i: &mut Input<'_>) -> Option<Status> {
    let mut after = *i;
    let status = fold(atom(&mut after).ok()?.as_bytes(), condition_name)?;
    *i = after;
    Some(status)
}

#[inline(always)]
fn condition_name(name: &[u8]) -> Option<Status> {
    Some(match name {
        b"OK" => Status::Ok,
        b"NO" => Status::No,
        b"BAD" => Status::Bad,
        b"BYE" => Status::Bye,
        b"PREAUTH" => Status::PreAuth,
        _ => return None,
    })
}

/// What follows the condition.
///
/// ```abnf
/// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
/// ```
#[inline(always)]
pub(super) fn resp_text<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    tag: Option<Tag<'a>>,
    status: Status,
) -> PResult<StatusResponse<'a>> {
    cx.set_rule("status response");
    if !opt_sp(i) {
        // quirk: MissingText
        cx.forgive_or(i, Quirk::MissingText, Expected::Space)?;
        end(i, cx)?;
        return Ok(StatusResponse {
            tag,
            status,
            code: None,
            text: Text::default(),
        });
    }
    let (code, text) = code_and_text(i, cx)?;
    Ok(StatusResponse {
        tag,
        status,
        code,
        text,
    })
}

/// `["[" resp-text-code "]" SP] text CRLF`
#[inline(always)]
pub(super) fn code_and_text<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<(Option<Code<'a>>, Text<'a>)> {
    let mut code = None;
    if at(i, b'[') {
        code = Some(code::resp_text_code(i, cx)?);
        opt_sp(i);
    }
    let start = *i;
    let text = text_line(i, cx)?;
    if text.is_empty() {
        // quirk: MissingText
        cx.forgive_or(start, Quirk::MissingText, Expected::Text)?;
    }
    Ok((code, text))
}

/// The text up to the end of the line.
#[inline(always)]
fn text_line<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Text<'a>> {
    if let Some(text) = i.strip_suffix(b"\r\n").and_then(Text::from_line) {
        *i = &[];
        return Ok(text);
    }
    let start = *i;
    let line = run(i, |b| !matches!(b, b'\r' | b'\n'));
    end(i, cx)?;
    match Text::from_line(line) {
        Some(text) => Ok(text),
        None => fail(start, Expected::Text),
    }
}

/// A status line that lacks its condition: `* [COPYUID 1 2 3]`, or even the asterisk.
#[cold]
pub(super) fn without_condition<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<StatusResponse<'a>> {
    cx.set_rule("status response");
    // quirk: MissingCondition
    cx.forgive_or(i, Quirk::MissingCondition, Expected::Keyword)?;
    let (code, text) = code_and_text(i, cx)?;
    Ok(StatusResponse {
        tag: None,
        status: Status::Ok,
        code,
        text,
    })
}

/// What follows the plus sign.
///
/// ```abnf
/// continue-req = "+" SP (resp-text / base64) CRLF
/// ```
pub(super) fn continue_req<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<ContinuationRequest<'a>> {
    cx.set_rule("continuation request");
    if !opt_sp(i) {
        // quirk: BareContinuation
        cx.forgive_or(i, Quirk::BareContinuation, Expected::Space)?;
    }
    let code = if at(i, b'[') {
        let code = code::resp_text_code(i, cx)?;
        opt_sp(i);
        Some(code)
    } else {
        None
    };
    // RFC 9051 9: base64 may be empty, so that there need not be a text.
    Ok(ContinuationRequest {
        code,
        text: text_line(i, cx)?,
    })
}
