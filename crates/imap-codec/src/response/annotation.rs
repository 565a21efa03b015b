//! The response codes ANNOTATE, ANNOTATEMORE and ANNOTATIONS.

use imap_proto::response::{AnnotateCode, AnnotationsCode};

use crate::encode::{Encode, Encoder};

impl Encode for AnnotateCode {
    /// `"TOOBIG" / "TOOMANY"`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}

impl Encode for AnnotationsCode {
    /// `"NONE" / (nz-number / "READ-ONLY") [SP "NOPRIVATE"]`
    fn encode(&self, out: &mut Encoder) {
        let no_private = match *self {
            Self::None => {
                out.raw(b"NONE");
                false
            }
            Self::ReadOnly { no_private } => {
                out.raw(b"READ-ONLY");
                no_private
            }
            Self::ReadWrite {
                max_octets,
                no_private,
            } => {
                out.number(max_octets.get().into());
                no_private
            }
        };
        if no_private {
            out.raw(b" NOPRIVATE");
        }
    }
}
