//! CONNECT of HTTP.
//!
//! [RFC 9110 section 9.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6)

use std::net::Ipv6Addr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Buf as _, BytesMut};
use httparse::{EMPTY_HEADER, Response, Status};
use imap_codec::Reason;
use zeroize::Zeroizing;

use super::{Login, ProxyError, bad_argument};
use crate::error::Error;

/// The request; nothing is said after it.
pub(in crate::driver) struct HttpConnect {
    pub(super) output: Zeroizing<Vec<u8>>,
}

impl HttpConnect {
    pub(super) fn new(host: &str, port: u16, login: Option<&Login>) -> Result<Self, Error> {
        let target = match host.parse::<Ipv6Addr>() {
            Ok(_) => format!("[{host}]:{port}"),
            Err(_) => format!("{host}:{port}"),
        };
        let head = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
        let mut output = Zeroizing::new(head.into_bytes());
        if let Some(login) = login {
            let basic = basic(login)?;
            // No octet of the login is left behind where a buffer grew out of.
            output.reserve_exact(basic.len() + 40);
            output.extend_from_slice(b"Proxy-Authorization: Basic ");
            output.extend_from_slice(basic.as_bytes());
            output.extend_from_slice(b"\r\n");
        }
        output.extend_from_slice(b"\r\n");
        Ok(Self { output })
    }
}

/// Takes the proxy's reply; see [`Negotiation::advance`](super::Negotiation::advance).
pub(super) fn advance(input: &mut BytesMut) -> Result<bool, ProxyError> {
    loop {
        let mut headers = [EMPTY_HEADER; MAX_HEADERS];
        let mut response = Response::new(&mut headers);
        let length = match response.parse(input) {
            Ok(Status::Complete(length)) => length,
            Ok(Status::Partial) if input.len() < MAX_REPLY => return Ok(false),
            Ok(Status::Partial) => return Err(ProxyError::Protocol("reply over the limit")),
            Err(_) => return Err(ProxyError::Protocol("reply is not of HTTP")),
        };
        match response.code.unwrap_or_default() {
            // What comes before the reply proper.
            100..=199 => input.advance(length),
            200..=299 => {
                input.advance(length);
                return Ok(true);
            }
            407 => return Err(ProxyError::Login),
            status => {
                let reason = response.reason.unwrap_or_default().to_owned();
                return Err(ProxyError::Http { status, reason });
            }
        }
    }
}

/// [RFC 7617 section 2](https://www.rfc-editor.org/rfc/rfc7617#section-2)
fn basic(login: &Login) -> Result<Zeroizing<String>, Error> {
    if let Some(offset) = login.user_name.find(':') {
        return Err(bad_argument("user name", offset, Reason::Syntax));
    }
    let plain = [login.user_name.as_bytes(), b":", login.password.as_bytes()];
    let plain = Zeroizing::new(plain.concat());
    Ok(Zeroizing::new(STANDARD.encode(&*plain)))
}

/// Octets that a reply may have.
const MAX_REPLY: usize = 16 << 10;

/// Headers that a reply may have.
const MAX_HEADERS: usize = 64;
