//! Commands about a mailbox as a whole.

use imap_proto::command::{Create, CreateParameter, Delete, Rename, Subscribe, Unsubscribe};
use imap_proto::{Mailbox, OtherItem, Verbatim};

use crate::encode::{Encode, Encoder};

impl Encode for Create<'_> {
    /// `create`
    fn encode(&self, out: &mut Encoder) {
        about(b"CREATE ", self.mailbox, out);
        parameters(self.parameters, Encode::encode, out);
    }
}

impl Encode for CreateParameter<'_> {
    /// `create-param`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Use(attributes) => {
                out.raw(b"USE ");
                out.list(attributes);
            }
            Self::Other(item) => other_parameter(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for Delete<'_> {
    /// `delete`
    fn encode(&self, out: &mut Encoder) {
        about(b"DELETE ", self.mailbox, out);
    }
}

impl Encode for Rename<'_> {
    /// `rename`
    fn encode(&self, out: &mut Encoder) {
        about(b"RENAME ", self.from, out);
        out.raw(b" ");
        out.argument("new mailbox name");
        self.to.encode(out);
        parameters(self.parameters, other_parameter, out);
    }
}

impl Encode for Subscribe<'_> {
    /// `subscribe`
    fn encode(&self, out: &mut Encoder) {
        about(b"SUBSCRIBE ", self.mailbox, out);
    }
}

impl Encode for Unsubscribe<'_> {
    /// `unsubscribe`
    fn encode(&self, out: &mut Encoder) {
        about(b"UNSUBSCRIBE ", self.mailbox, out);
    }
}

/// The name of a command, with a blank, and the mailbox that it is about.
pub(super) fn about(name: &[u8], mailbox: Mailbox<'_>, out: &mut Encoder) {
    out.raw(name);
    out.argument("mailbox");
    mailbox.encode(out);
}

/// `SP "(" parameter *(SP parameter) ")"`, or nothing if there are none.
pub(crate) fn parameters<T>(
    parameters: &[T],
    encode: impl Fn(&T, &mut Encoder),
    out: &mut Encoder,
) {
    let mut before = &b" ("[..];
    for parameter in parameters {
        out.raw(before);
        encode(parameter, out);
        before = b" ";
    }
    if !parameters.is_empty() {
        out.raw(b")");
    }
}

/// A parameter that is kept as it came.
pub(super) fn other_parameter(item: &OtherItem<'_>, out: &mut Encoder) {
    out.argument("parameter");
    out.verbatim_item(Verbatim::Parameter, item.name, item.value);
}
