//! SEARCH and CANCELUPDATE.

use imap_proto::command::{CancelUpdate, Search, SearchReturnOption};
use imap_proto::{IString, SearchKey};

use super::mailbox::other_parameter;
use crate::encode::{Encode, Encoder};

impl Encode for Search<'_> {
    /// `search`; UID SEARCH is [`Command::UidSearch`](imap_proto::Command::UidSearch).
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"SEARCH ");
        search_arguments(self.return_options, self.charset, self.keys, out);
    }
}

impl Encode for SearchReturnOption<'_> {
    /// `search-return-opt`
    fn encode(&self, out: &mut Encoder) {
        let name: &[u8] = match self {
            Self::All => b"ALL",
            Self::Context => b"CONTEXT",
            Self::Count => b"COUNT",
            Self::Max => b"MAX",
            Self::Min => b"MIN",
            Self::Partial(range) => {
                out.raw(b"PARTIAL ");
                return range.encode(out);
            }
            Self::Relevancy => b"RELEVANCY",
            Self::Save => b"SAVE",
            Self::Update([]) => b"UPDATE",
            Self::Update(items) => {
                out.raw(b"UPDATE ");
                return out.list(items);
            }
            Self::Other(item) => return other_parameter(item, out),
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
    }
}

impl Encode for CancelUpdate<'_> {
    /// `"CANCELUPDATE" 1*(SP quoted)`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"CANCELUPDATE");
        if self.tags.is_empty() {
            out.argument("list of tags");
            out.refuse_empty();
        }
        for tag in self.tags {
            out.raw(b" ");
            IString(tag.as_bytes()).encode(out);
        }
    }
}

/// What SEARCH and ESEARCH have in common: `[search-return-opts SP] search-program`
pub(super) fn search_arguments(
    return_options: Option<&[SearchReturnOption<'_>]>,
    charset: Option<IString<'_>>,
    keys: &[SearchKey<'_>],
    out: &mut Encoder,
) {
    search_return_opts(return_options, out);
    if let Some(charset) = charset {
        out.raw(b"CHARSET ");
        out.argument("charset");
        out.astring(charset);
        out.raw(b" ");
    }
    search_keys(keys, out);
}

/// The options, if there are any, with the blank behind them.
pub(super) fn search_return_opts(options: Option<&[SearchReturnOption<'_>]>, out: &mut Encoder) {
    if let Some(options) = options {
        out.raw(b"RETURN ");
        out.list(options);
        out.raw(b" ");
    }
}

/// `search-criteria = charset 1*(SP search-key)`
pub(super) fn search_criteria(charset: IString<'_>, keys: &[SearchKey<'_>], out: &mut Encoder) {
    out.argument("charset");
    out.astring(charset);
    out.raw(b" ");
    search_keys(keys, out);
}

/// `search-key *(SP search-key)`
fn search_keys(keys: &[SearchKey<'_>], out: &mut Encoder) {
    if keys.is_empty() {
        out.argument("list of search keys");
        out.refuse_empty();
    }
    out.joined(keys, b" ");
}
