//! ESEARCH.

use imap_proto::MailboxFilter;
use imap_proto::command::Esearch;

use super::mailbox::{other_parameter, parameters};
use super::search::search_arguments;
use crate::encode::{Encode, Encoder, Reason};

impl Encode for Esearch<'_> {
    /// `esearch`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"ESEARCH ");
        if !self.sources.is_empty() {
            out.raw(b"IN (");
            out.joined(self.sources, b" ");
            parameters(self.scope_options, other_parameter, out);
            out.raw(b") ");
        } else if !self.scope_options.is_empty() {
            out.argument("list of mailbox filters");
            out.refuse_empty();
        }
        if self.sources.contains(&MailboxFilter::SelectedDelayed) {
            out.argument("mailbox filter");
            out.refuse(0, Reason::Syntax);
        }
        search_arguments(self.return_options, self.charset, self.keys, out);
    }
}
