//! Authentication mechanisms.

use imap_util::Atom;

use crate::error::PResult;
use crate::lexeme::{Input, atom, fold};

/// A SASL mechanism.
///
/// `C: a1 AUTHENTICATE PLAIN` uses [`Plain`](Self::Plain). Case does not matter.
///
/// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Mechanism<'a> {
    /// `ANONYMOUS`: RFC 4505.
    Anonymous,
    /// `CRAM-MD5`: RFC 2195.
    CramMd5,
    /// `DIGEST-MD5`: RFC 2831, given up by RFC 6331.
    DigestMd5,
    /// `EXTERNAL`: RFC 4422.
    External,
    /// `GSSAPI`: Kerberos, RFC 4752.
    GssApi,
    /// `LOGIN`: never standardized.
    Login,
    /// `NTLM`: Microsoft's.
    Ntlm,
    /// `OAUTHBEARER`: RFC 7628.
    OAuthBearer,
    /// `PLAIN`: RFC 4616.
    Plain,
    /// `SCRAM-SHA-1`: RFC 5802.
    ScramSha1,
    /// `SCRAM-SHA-1-PLUS`: RFC 5802.
    ScramSha1Plus,
    /// `SCRAM-SHA-256`: RFC 7677.
    ScramSha256,
    /// `SCRAM-SHA-256-PLUS`: RFC 7677.
    ScramSha256Plus,
    /// `SCRAM-SHA-512`: RFC 5802 with another hash.
    ScramSha512,
    /// `SCRAM-SHA-512-PLUS`: RFC 5802 with another hash.
    ScramSha512Plus,
    /// `XOAUTH2`: Google's and Microsoft's.
    XOAuth2,
    /// Any other.
    Other(Atom<'a>),
}

const NAMES: [(&str, Mechanism<'static>); 16] = [
    ("ANONYMOUS", Mechanism::Anonymous),
    ("CRAM-MD5", Mechanism::CramMd5),
    ("DIGEST-MD5", Mechanism::DigestMd5),
    ("EXTERNAL", Mechanism::External),
    ("GSSAPI", Mechanism::GssApi),
    ("LOGIN", Mechanism::Login),
    ("NTLM", Mechanism::Ntlm),
    ("OAUTHBEARER", Mechanism::OAuthBearer),
    ("PLAIN", Mechanism::Plain),
    ("SCRAM-SHA-1", Mechanism::ScramSha1),
    ("SCRAM-SHA-1-PLUS", Mechanism::ScramSha1Plus),
    ("SCRAM-SHA-256", Mechanism::ScramSha256),
    ("SCRAM-SHA-256-PLUS", Mechanism::ScramSha256Plus),
    ("SCRAM-SHA-512", Mechanism::ScramSha512),
    ("SCRAM-SHA-512-PLUS", Mechanism::ScramSha512Plus),
    ("XOAUTH2", Mechanism::XOAuth2),
];

impl<'a> Mechanism<'a> {
    /// The name.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::Other(name) => name.as_str(),
            known => NAMES
                .iter()
                .find(|(_, m)| m == known)
                .map_or("", |(name, _)| name),
        }
    }
}

impl<'a> From<Atom<'a>> for Mechanism<'a> {
    fn from(name: Atom<'a>) -> Self {
        fold(name.as_bytes(), by_name).unwrap_or(Self::Other(name))
    }
}

fn by_name(name: &[u8]) -> Option<Mechanism<'static>> {
    Some(match name {
        b"ANONYMOUS" => Mechanism::Anonymous,
        b"CRAM-MD5" => Mechanism::CramMd5,
        b"DIGEST-MD5" => Mechanism::DigestMd5,
        b"EXTERNAL" => Mechanism::External,
        b"GSSAPI" => Mechanism::GssApi,
        b"LOGIN" => Mechanism::Login,
        b"NTLM" => Mechanism::Ntlm,
        b"OAUTHBEARER" => Mechanism::OAuthBearer,
        b"PLAIN" => Mechanism::Plain,
        b"SCRAM-SHA-1" => Mechanism::ScramSha1,
        b"SCRAM-SHA-1-PLUS" => Mechanism::ScramSha1Plus,
        b"SCRAM-SHA-256" => Mechanism::ScramSha256,
        b"SCRAM-SHA-256-PLUS" => Mechanism::ScramSha256Plus,
        b"SCRAM-SHA-512" => Mechanism::ScramSha512,
        b"SCRAM-SHA-512-PLUS" => Mechanism::ScramSha512Plus,
        b"XOAUTH2" => Mechanism::XOAuth2,
        _ => return None,
    })
}

/// `auth-type = atom`
pub(crate) fn auth_type<'a>(i: &mut Input<'a>) -> PResult<Mechanism<'a>> {
    atom(i).map(Mechanism::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_each_name_is_found_in_any_case() {
        for (name, mechanism) in NAMES {
            assert_eq!(Mechanism::from(Atom::new(name).unwrap()), mechanism);
            let lower = name.to_ascii_lowercase();
            assert_eq!(Mechanism::from(Atom::new(&lower).unwrap()), mechanism);
            assert_eq!(mechanism.as_str(), name);
        }
    }
}
