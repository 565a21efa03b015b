//! LOGIN and AUTHENTICATE.

use core::fmt;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, opt_sp, run, sp};
use crate::value::capability::auth_type;
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
    pub initial_response: Option<InitialResponse<'a>>,
}

/// A first response in AUTHENTICATE, still in base64. `Debug` does not show it.
///
/// [RFC 4959](https://www.rfc-editor.org/rfc/rfc4959)
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct InitialResponse<'a>(&'a [u8]);

impl<'a> InitialResponse<'a> {
    /// The response that is empty, but there: `=` on the wire.
    pub const EMPTY: InitialResponse<'static> = InitialResponse(b"");

    /// A response in base64, or nothing if the text is not made of the characters of base64.
    ///
    /// `=`, as on the wire, is the empty response.
    pub fn from_base64(text: &'a str) -> Option<Self> {
        if text == "=" {
            return Some(Self::EMPTY);
        }
        let octets = text.as_bytes();
        octets
            .iter()
            .all(|b| is_base64_char(*b))
            .then_some(Self(octets))
    }

    /// The base64 text; empty for the empty response.
    pub fn as_base64(&self) -> &'a str {
        // cannot fail: base64 is ASCII
        core::str::from_utf8(self.0).unwrap_or_default()
    }
}

impl fmt::Debug for InitialResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InitialResponse").finish_non_exhaustive()
    }
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
        let response = match run(i, is_base64_char) {
            [] => return fail(i, Expected::Base64),
            b"=" => InitialResponse::EMPTY,
            base64 => InitialResponse(base64),
        };
        initial_response = Some(response);
    }
    Ok(Authenticate {
        mechanism,
        initial_response,
    })
}
