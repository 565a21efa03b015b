//! How a URL is authorized.

use imap_util::Atom;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Input, run};

/// A mechanism that makes and checks the authorization of an IMAP URL.
///
/// `C: a1 GENURLAUTH "imap://joe@example.com/INBOX/;uid=20;urlauth=anonymous" INTERNAL` uses
/// [`Internal`](Self::Internal). Case does not matter.
///
/// [RFC 4467 section 2](https://www.rfc-editor.org/rfc/rfc4467#section-2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UrlMechanism<'a> {
    /// `INTERNAL`: known to the server only.
    Internal,
    /// Any other: letters, digits, `-` and `.`.
    Other(Atom<'a>),
}

impl<'a> UrlMechanism<'a> {
    /// The name.
    pub const fn as_str(&self) -> &'a str {
        match self {
            Self::Internal => "INTERNAL",
            Self::Other(name) => name.as_str(),
        }
    }
}

impl<'a> From<Atom<'a>> for UrlMechanism<'a> {
    fn from(name: Atom<'a>) -> Self {
        if name.eq_ignore_ascii_case("INTERNAL") {
            Self::Internal
        } else {
            Self::Other(name)
        }
    }
}

/// `mechanism = "INTERNAL" / 1*(ALPHA / DIGIT / "-" / ".")`
pub(crate) fn mechanism<'a>(i: &mut Input<'a>) -> PResult<UrlMechanism<'a>> {
    let start = *i;
    let name = run(i, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    match Atom::split_prefix(name) {
        Some((name, [])) => Ok(name.into()),
        _ => fail(start, Expected::Atom),
    }
}
