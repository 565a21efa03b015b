//! SOCKS, version 5.
//!
//! [RFC 1928](https://www.rfc-editor.org/rfc/rfc1928)

use std::net::IpAddr;

use bytes::{Buf as _, BytesMut};
use zeroize::Zeroizing;

use super::{Login, ProxyError, check_length};
use crate::error::Error;

/// Where the conversation is: three questions at most, and an answer to each.
pub(in crate::driver) struct Socks5 {
    pub(super) output: Zeroizing<Vec<u8>>,
    /// What proves who the user is, if the proxy wants that.
    login: Option<Zeroizing<Vec<u8>>>,
    request: Vec<u8>,
    awaited: Awaited,
}

/// What the proxy has to say next.
#[derive(Clone, Copy)]
enum Awaited {
    Method,
    LoginStatus,
    Reply,
}

impl Socks5 {
    pub(super) fn new(host: &str, port: u16, login: Option<&Login>) -> Result<Self, Error> {
        let login = login.map(login_message).transpose()?;
        let methods: &[u8] = match login {
            Some(_) => &[VERSION, 2, NO_LOGIN, PASSWORD],
            None => &[VERSION, 1, NO_LOGIN],
        };
        Ok(Self {
            output: Zeroizing::new(methods.to_vec()),
            login,
            request: request(host, port)?,
            awaited: Awaited::Method,
        })
    }

    /// See [`Negotiation::advance`](super::Negotiation::advance).
    pub(super) fn advance(&mut self, input: &mut BytesMut) -> Result<bool, ProxyError> {
        let length = match (self.awaited, &input[..]) {
            (Awaited::Method, [VERSION, method, ..]) => {
                self.method(*method)?;
                2
            }
            (Awaited::LoginStatus, [_, 0, ..]) => {
                self.ask();
                2
            }
            (Awaited::LoginStatus, [_, _, ..]) => return Err(ProxyError::Login),
            (Awaited::Reply, [VERSION, 0, rest @ ..]) => {
                let Some(length) = address_length(rest)? else {
                    return Ok(false);
                };
                if input.len() < length {
                    return Ok(false);
                }
                input.advance(length);
                return Ok(true);
            }
            (Awaited::Reply, [VERSION, code, ..]) => return Err(ProxyError::Socks(*code)),
            (_, [] | [VERSION]) | (Awaited::LoginStatus, [_]) => return Ok(false),
            _ => return Err(ProxyError::Protocol("not SOCKS 5")),
        };
        input.advance(length);
        Ok(false)
    }

    /// The proxy has chosen how the user logs in.
    fn method(&mut self, method: u8) -> Result<(), ProxyError> {
        match (method, self.login.take()) {
            (NO_LOGIN, _) => self.ask(),
            (PASSWORD, Some(login)) => {
                self.output = login;
                self.awaited = Awaited::LoginStatus;
            }
            (NONE_ACCEPTED, _) => return Err(ProxyError::Login),
            _ => return Err(ProxyError::Protocol("login of a kind not offered")),
        }
        Ok(())
    }

    /// The user may ask for a connection.
    fn ask(&mut self) {
        self.output = Zeroizing::new(std::mem::take(&mut self.request));
        self.awaited = Awaited::Reply;
    }
}

/// Octets of a reply, as soon as they can be told from what follows the code.
fn address_length(rest: &[u8]) -> Result<Option<usize>, ProxyError> {
    let address = match rest {
        [_, IPV4, ..] => 4,
        [_, IPV6, ..] => 16,
        [_, NAME, length, ..] => 1 + usize::from(*length),
        [_, NAME] | [_] | [] => return Ok(None),
        _ => return Err(ProxyError::Protocol("address of an unknown kind")),
    };
    // Version, code, reserved, kind; the port.
    Ok(Some(4 + address + 2))
}

fn request(host: &str, port: u16) -> Result<Vec<u8>, Error> {
    let mut request = vec![VERSION, CONNECT, 0];
    match host.parse() {
        Ok(IpAddr::V4(address)) => {
            request.push(IPV4);
            request.extend(address.octets());
        }
        Ok(IpAddr::V6(address)) => {
            request.push(IPV6);
            request.extend(address.octets());
        }
        Err(_) => {
            request.push(NAME);
            push_counted(&mut request, "host", host.as_bytes())?;
        }
    }
    request.extend(port.to_be_bytes());
    Ok(request)
}

/// [RFC 1929 section 2](https://www.rfc-editor.org/rfc/rfc1929#section-2)
fn login_message(login: &Login) -> Result<Zeroizing<Vec<u8>>, Error> {
    // The longest, so that no copy is left behind by growing.
    let mut message = Zeroizing::new(Vec::with_capacity(3 + 2 * 255));
    message.push(1);
    push_counted(&mut message, "user name", login.user_name.as_bytes())?;
    push_counted(&mut message, "password", login.password.as_bytes())?;
    Ok(message)
}

/// Appends octets behind their number.
fn push_counted(to: &mut Vec<u8>, argument: &'static str, octets: &[u8]) -> Result<(), Error> {
    check_length(argument, octets)?;
    // cannot fail: the length was checked
    to.push(u8::try_from(octets.len()).unwrap_or(u8::MAX));
    to.extend_from_slice(octets);
    Ok(())
}

/// A code of the proxy in words.
pub(super) fn reason(code: u8) -> &'static str {
    match code {
        1 => "general failure",
        2 => "connection not allowed",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "time to live expired",
        7 => "command not supported",
        8 => "kind of address not supported",
        _ => "unknown reason",
    }
}

const VERSION: u8 = 5;
const CONNECT: u8 = 1;

// How a user logs in.
const NO_LOGIN: u8 = 0;
const PASSWORD: u8 = 2;
const NONE_ACCEPTED: u8 = 0xFF;

// Kinds of addresses.
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;
