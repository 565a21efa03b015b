//! Conversions between media types.

use imap_proto::ConversionParameter;

use crate::encode::{Encode, Encoder};

impl Encode for ConversionParameter<'_> {
    /// `transcoding-param`, both as strings as in the examples of the RFC.
    fn encode(&self, out: &mut Encoder) {
        out.argument("parameter name");
        self.name.encode(out);
        out.raw(b" ");
        out.argument("parameter value");
        self.value.encode(out);
    }
}
