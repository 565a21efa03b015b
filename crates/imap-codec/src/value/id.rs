//! What clients and servers say about themselves.

use imap_proto::{Id, IdField};

use crate::encode::{Encode, Encoder};

impl Encode for Id<'_> {
    /// `id_params_list`: no fields are `NIL`.
    fn encode(&self, out: &mut Encoder) {
        out.list_or_nil(self.fields);
    }
}

impl Encode for IdField<'_> {
    /// `string SPACE nstring`
    fn encode(&self, out: &mut Encoder) {
        out.argument("field name");
        self.name.encode(out);
        out.raw(b" ");
        out.argument("field value");
        out.or_nil(self.value);
    }
}
