//! How far a long command is.

use imap_proto::response::InProgress;

use crate::encode::{Encode, Encoder};

impl Encode for InProgress<'_> {
    /// The value of the code, in its parentheses.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(\"");
        self.tag.encode(out);
        out.raw(b"\"");
        for number in [self.done, self.goal] {
            match number {
                Some(n) => {
                    out.raw(b" ");
                    out.number(n.into());
                }
                None => out.raw(b" NIL"),
            }
        }
        out.raw(b")");
    }
}
