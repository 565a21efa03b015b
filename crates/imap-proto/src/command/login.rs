//! LOGIN, AUTHENTICATE and PROXYAUTH.

use core::fmt;

use super::whole;
use crate::arena::Arena;
use crate::error::{Expected, PResult, ParseError, fail};
use crate::lexeme::{Context, Input, astring, end, opt, opt_sp, run, sp};
use crate::options::Options;
use crate::value::mechanism::auth_type;
use crate::value::{IString, Mechanism};

/// `LOGIN`: log in with a name and a password, in clear unless there is TLS.
///
/// `Debug` does not show the password.
///
/// [RFC 9051 section 6.2.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3)
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Login<'a> {
    /// The name of the user.
    pub user_name: IString<'a>,
    /// The password.
    pub password: IString<'a>,
}

impl fmt::Debug for Login<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut login = f.debug_struct("Login");
        login
            .field("user_name", &self.user_name)
            .finish_non_exhaustive()
    }
}

/// `AUTHENTICATE`: log in by a SASL mechanism.
///
/// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Authenticate<'a> {
    /// The mechanism.
    pub mechanism: Mechanism<'a>,
    /// The first response of the client, sent along to save a round trip; RFC 4959.
    pub initial_response: Option<SaslResponse<'a>>,
}

/// A line of the client after AUTHENTICATE, which answers a challenge of the server or gives up.
///
/// ```text
/// C: a1 AUTHENTICATE PLAIN
/// S: +
/// C: AHRpbQB0YW5zdGFhZnRhbnN0YWFm     Response
/// ```
///
/// An empty line is the empty response; `=` stands for it in AUTHENTICATE itself only.
///
/// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum AuthenticateData<'a> {
    /// `*`: the client gives up, and the server answers AUTHENTICATE with BAD.
    Cancel,
    /// The response to the challenge.
    Response(SaslResponse<'a>),
}

impl<'a> AuthenticateData<'a> {
    /// Reads one line, line end included, with [`Options::strict`].
    ///
    /// ```
    /// use imap_proto::Arena;
    /// use imap_proto::command::{AuthenticateData, SaslResponse};
    ///
    /// let arena = Arena::new();
    /// let read = |line| AuthenticateData::parse(line, &arena);
    /// assert_eq!(read(b"*\r\n"), Ok(AuthenticateData::Cancel));
    /// assert_eq!(read(b"\r\n"), Ok(AuthenticateData::Response(SaslResponse::EMPTY)));
    /// assert!(read(b"AA\r\n").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// If the line is not base64. The server then answers AUTHENTICATE with BAD.
    pub fn parse(line: &'a [u8], arena: &'a Arena) -> Result<Self, ParseError> {
        Self::parse_with(line, arena, &Options::strict())
    }

    /// Reads one line with these options.
    ///
    /// # Errors
    ///
    /// If the line is not base64; see [`AuthenticateData::parse`].
    pub fn parse_with(
        line: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Self, ParseError> {
        whole(line, arena, options, authenticate_data)
    }
}

/// A response of the client in AUTHENTICATE, still in base64. `Debug` does not show it.
///
/// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct SaslResponse<'a>(&'a [u8]);

impl<'a> SaslResponse<'a> {
    /// The response that is empty, but there.
    pub const EMPTY: SaslResponse<'static> = SaslResponse(b"");

    /// A response in base64, or nothing if the text is not base64 with its padding.
    ///
    /// `=`, as in AUTHENTICATE on the wire, is the empty response.
    ///
    /// ```
    /// use imap_proto::command::SaslResponse;
    ///
    /// assert!(SaslResponse::from_base64("AGFubgBwdw==").is_some());
    /// assert!(SaslResponse::from_base64("AGFubgBwdw").is_none());
    /// ```
    pub fn from_base64(text: &'a str) -> Option<Self> {
        if text == "=" {
            return Some(Self::EMPTY);
        }
        let octets = text.as_bytes();
        is_base64(octets).then_some(Self(octets))
    }

    /// The base64 text; empty for the empty response.
    pub fn as_base64(&self) -> &'a str {
        // cannot fail: base64 is ASCII
        core::str::from_utf8(self.0).unwrap_or_default()
    }
}

impl fmt::Debug for SaslResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaslResponse").finish_non_exhaustive()
    }
}

/// `PROXYAUTH`: act for another user, as an administrator who has logged in.
///
/// `C: a1 PROXYAUTH joe` is of no RFC; servers of Netscape's line have it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ProxyAuth<'a> {
    /// The name of the other user.
    pub user_name: IString<'a>,
}

/// Whether octets are base64.
///
/// ```abnf
/// base64          = *(4base64-char) [base64-terminal]
/// base64-terminal = (2base64-char "==") / (3base64-char "=")
/// ```
fn is_base64(octets: &[u8]) -> bool {
    let one = octets.strip_suffix(b"=").unwrap_or(octets);
    let digits = one.strip_suffix(b"=").unwrap_or(one);
    let is_digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    octets.len().is_multiple_of(4) && digits.iter().all(is_digit)
}

fn is_base64_char(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')
}

/// `login = "LOGIN" SP userid SP password`
pub(super) fn login<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Login<'a>> {
    cx.set_rule("LOGIN command");
    let user_name = astring(i, cx)?;
    sp(i)?;
    Ok(Login {
        user_name,
        password: astring(i, cx)?,
    })
}

/// `"PROXYAUTH" SP astring`
pub(super) fn proxyauth<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ProxyAuth<'a>> {
    cx.set_rule("PROXYAUTH command");
    astring(i, cx).map(|user_name| ProxyAuth { user_name })
}

/// What follows the word AUTHENTICATE.
///
/// ```abnf
/// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]
/// initial-resp = base64 / "="
/// ```
pub(super) fn authenticate<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Authenticate<'a>> {
    cx.set_rule("AUTHENTICATE command");
    let mechanism = auth_type(i)?;
    let mut initial_response = None;
    if opt_sp(i) {
        let start = *i;
        let response = match run(i, is_base64_char) {
            b"=" => SaslResponse::EMPTY,
            base64 if !base64.is_empty() && is_base64(base64) => SaslResponse(base64),
            _ => return fail(start, Expected::Base64),
        };
        initial_response = Some(response);
    }
    Ok(Authenticate {
        mechanism,
        initial_response,
    })
}

/// What follows the line of AUTHENTICATE, line by line.
///
/// ```abnf
/// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)
/// ```
fn authenticate_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<AuthenticateData<'a>> {
    cx.set_rule("AUTHENTICATE response");
    let data = if opt(i, b'*') {
        AuthenticateData::Cancel
    } else {
        let start = *i;
        let base64 = run(i, is_base64_char);
        if !is_base64(base64) {
            return fail(start, Expected::Base64);
        }
        AuthenticateData::Response(SaslResponse(base64))
    };
    end(i, cx)?;
    Ok(data)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::{AuthenticateData, SaslResponse};
    use crate::{Arena, Options};

    #[test]
    fn ok_lines_of_authenticate() {
        let response = |text| SaslResponse::from_base64(text).map(AuthenticateData::Response);
        for (line, data) in [
            ("*\r\n", Some(AuthenticateData::Cancel)),
            ("\r\n", response("")),
            ("AGEAYg==\r\n", response("AGEAYg==")),
            ("ab+/\r\n", response("ab+/")),
        ] {
            let arena = Arena::new();
            let read = AuthenticateData::parse(line.as_bytes(), &arena);
            assert_eq!(read.ok(), data, "{line:?}");
        }
    }

    #[test]
    fn err_lines_of_authenticate() {
        for (line, error) in [
            (
                "AA\r\n",
                "expected base64 text at byte 0 of AUTHENTICATE response",
            ),
            (
                "=\r\n",
                "expected base64 text at byte 0 of AUTHENTICATE response",
            ),
            (
                "=AAA\r\n",
                "expected base64 text at byte 0 of AUTHENTICATE response",
            ),
            (
                "AAA=BBB=\r\n",
                "expected base64 text at byte 0 of AUTHENTICATE response",
            ),
            (
                "*AAA\r\n",
                "expected end of line at byte 1 of AUTHENTICATE response",
            ),
            (
                "AAAA{3}\r\n",
                "expected end of line at byte 4 of AUTHENTICATE response",
            ),
            (
                "",
                "expected end of line at byte 0 of AUTHENTICATE response",
            ),
        ] {
            let arena = Arena::new();
            let read = AuthenticateData::parse_with(line.as_bytes(), &arena, &Options::lenient());
            assert_eq!(read.unwrap_err().to_string(), error, "{line:?}");
        }
    }

    #[test]
    fn ok_base64_with_its_padding() {
        for text in ["", "AAAA", "AA==", "AAA=", "ab+/", "AAAAAA=="] {
            let response = SaslResponse::from_base64(text);
            assert_eq!(response.map(|r| r.as_base64()), Some(text));
        }
        assert_eq!(SaslResponse::from_base64("="), Some(SaslResponse::EMPTY));
    }

    #[test]
    fn err_what_is_no_base64() {
        for text in [
            "A", "AA", "AAA", "A===", "====", "==", "AA=A", "A=AA", "AAA$", "AA\r\n", "AAAA=",
        ] {
            assert_eq!(SaslResponse::from_base64(text), None, "{text:?}");
        }
    }
}
