//! LOGIN, AUTHENTICATE and PROXYAUTH.

use core::fmt;

use super::whole;
use crate::arena::Arena;
use crate::error::{Expected, PResult, ParseError, fail};
use crate::lexeme::{Context, Input, astring, end, opt, opt_sp, sp};
use crate::options::Options;
use crate::value::base64::base64;
use crate::value::mechanism::auth_type;
use crate::value::{Base64, IString, Mechanism};

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
pub struct SaslResponse<'a>(Base64<'a>);

impl<'a> SaslResponse<'a> {
    /// The response that is empty, but there.
    pub const EMPTY: SaslResponse<'static> = SaslResponse(Base64::EMPTY);

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
        Base64::new(text).map(Self)
    }

    /// The base64 text; empty for the empty response.
    pub fn as_base64(&self) -> &'a str {
        self.0.as_str()
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
/// ```
pub(super) fn authenticate<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Authenticate<'a>> {
    cx.set_rule("AUTHENTICATE command");
    let mechanism = auth_type(i)?;
    let mut initial_response = None;
    if opt_sp(i) {
        initial_response = Some(initial_resp(i)?);
    }
    Ok(Authenticate {
        mechanism,
        initial_response,
    })
}

/// `initial-resp = base64 / "="`
fn initial_resp<'a>(i: &mut Input<'a>) -> PResult<SaslResponse<'a>> {
    let start = *i;
    if opt(i, b'=') {
        return Ok(SaslResponse::EMPTY);
    }
    let base64 = base64(i)?;
    if base64.is_empty() {
        return fail(start, Expected::Base64);
    }
    Ok(SaslResponse(base64))
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
        AuthenticateData::Response(SaslResponse(base64(i)?))
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
    fn ok_an_equals_sign_is_the_empty_response() {
        for text in ["", "="] {
            let response = SaslResponse::from_base64(text);
            assert_eq!(response, Some(SaslResponse::EMPTY));
        }
        let response = SaslResponse::from_base64("AA==").unwrap();
        assert_eq!(response.as_base64(), "AA==");
        assert_eq!(SaslResponse::from_base64("AA="), None);
    }
}
