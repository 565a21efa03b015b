//! COMPRESS.

use imap_util::Atom;

use crate::error::PResult;
use crate::lexeme::{Context, Input, atom};

/// `COMPRESS`: compress all that follows, in both directions.
///
/// `C: a COMPRESS DEFLATE` asks for [`Deflate`](Self::Deflate). The octets behind the line end of the
/// answer OK are compressed.
///
/// [RFC 4978 section 3](https://www.rfc-editor.org/rfc/rfc4978#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Compress<'a> {
    /// `DEFLATE`: RFC 1951.
    Deflate,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> Compress<'a> {
    /// The name of the algorithm.
    pub const fn as_str(&self) -> &'a str {
        match self {
            Self::Deflate => "DEFLATE",
            Self::Other(name) => name.as_str(),
        }
    }
}

/// `compress = "COMPRESS" SP algorithm`; RFC 4978
pub(super) fn compress<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Compress<'a>> {
    cx.set_rule("COMPRESS command");
    let name = atom(i)?;
    Ok(if name.eq_ignore_ascii_case("DEFLATE") {
        Compress::Deflate
    } else {
        Compress::Other(name)
    })
}
