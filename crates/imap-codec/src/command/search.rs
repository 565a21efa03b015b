//! SEARCH.

use imap_proto::command::Search;

use crate::encode::{Encode, Encoder};

impl Encode for Search<'_> {
    /// `search`; UID SEARCH is [`Command::UidSearch`](imap_proto::Command::UidSearch).
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"SEARCH ");
        if let Some(charset) = self.charset {
            out.raw(b"CHARSET ");
            out.argument("charset");
            out.astring(charset);
            out.raw(b" ");
        }
        if self.keys.is_empty() {
            out.argument("list of search keys");
            out.refuse_empty();
        }
        out.joined(self.keys, b" ");
    }
}
