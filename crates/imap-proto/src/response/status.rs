//! Status responses: OK, NO, BAD, BYE, PREAUTH, and continuation requests.

use super::code::{self, Code};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, atom, behind, end, first_odd_octet, fold, opt_sp, peek, run,
};
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
    if let Some(rest) = behind(i, b"OK") {
        *i = rest;
        return Some(Status::Ok);
    }
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
        no_text(i, cx)?;
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

/// The end of a line where a blank was expected.
#[cold]
fn no_text(i: Input<'_>, cx: &Context<'_>) -> PResult<()> {
    if !matches!(peek(&i), Some(b'\r' | b'\n')) {
        return fail(i, Expected::Space);
    }
    // quirk: MissingText
    cx.forgive_or(i, Quirk::MissingText, Expected::Space)
}

/// `["[" resp-text-code "]" SP] [text] CRLF`
#[inline(always)]
pub(super) fn code_and_text<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<(Option<Code<'a>>, Text<'a>)> {
    let mut code = None;
    if at(i, b'[') {
        code = Some(code::resp_text_code(i, cx)?);
        match peek(i) {
            Some(b' ') => *i = i.get(1..).unwrap_or_default(),
            Some(b'\r' | b'\n') => no_text(i, cx)?,
            // quirk: MissingCodeBlank
            _ => cx.forgive_or(i, Quirk::MissingCodeBlank, Expected::Space)?,
        }
    }
    Ok((code, text_line(i, cx)?))
}

/// The text up to the end of the line.
#[inline(always)]
fn text_line<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Text<'a>> {
    match i.strip_suffix(b"\r\n").and_then(Text::from_line) {
        Some(text) => {
            *i = &[];
            Ok(text)
        }
        None => odd_text_line(i, cx),
    }
}

/// A text with octets that should not be in it.
#[cold]
#[inline(never)]
fn odd_text_line<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Text<'a>> {
    let start = *i;
    let line = run(i, |b| !matches!(b, b'\r' | b'\n'));
    let text = Text::longest_prefix(line);
    if let Some(n) = first_odd_octet(text.as_bytes(), cx) {
        // quirk: EightBitText
        let odd = start.get(n..).unwrap_or_default();
        cx.forgive_or(odd, Quirk::EightBitText, Expected::Text)?;
    }
    if let Some(nul) = start
        .get(text.as_bytes().len()..)
        .filter(|rest| at(rest, 0))
    {
        // quirk: NulOctet
        cx.forgive_or(nul, Quirk::NulOctet, Expected::Text)?;
    }
    end(i, cx)?;
    Ok(text)
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
    let (code, text) = code_and_text(i, cx)?;
    Ok(ContinuationRequest { code, text })
}
