//! STORE.

use imap_proto::command::{Store, StoreAction, StoreData, StoreModifier};
use imap_proto::{MessageNumber, OtherItem, Verbatim};

use super::mailbox::{other_parameter, parameters};
use crate::encode::{Encode, Encoder, Reason};
use crate::value::annotation::set_annotations;
use crate::verbatim::name_fault;

impl<N: MessageNumber> Encode for Store<'_, N> {
    /// `store`, with `UID` in front for UIDs; the flags are in parentheses, also if there is one.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"STORE ");
        self.set.encode(out);
        parameters(self.modifiers, Encode::encode, out);
        out.raw(b" ");
        self.action.encode(out);
        match self.data {
            StoreData::Annotation(_) => out.raw(b"ANNOTATION"),
            StoreData::Flags(_) => out.raw(b"FLAGS"),
            StoreData::XGmLabels(_) => out.raw(b"X-GM-LABELS"),
            StoreData::Other(item) => name(item.name, out),
            _ => out.refuse_unknown(),
        }
        if self.silent {
            out.raw(b".SILENT");
        }
        match self.data {
            StoreData::Annotation(annotations) => {
                if self.silent || self.action != StoreAction::Replace {
                    out.argument("item name");
                    out.refuse(0, Reason::Syntax);
                }
                out.raw(b" ");
                set_annotations(annotations, out);
            }
            StoreData::Flags(flags) => {
                out.raw(b" ");
                out.list(flags);
            }
            StoreData::XGmLabels(labels) => {
                out.raw(b" ");
                out.labels(labels);
            }
            StoreData::Other(OtherItem { value, .. }) => {
                out.argument("value");
                if value.is_empty() {
                    out.refuse_empty();
                }
                out.verbatim_sp(Verbatim::Values, value);
            }
            _ => {}
        }
    }
}

impl Encode for StoreModifier<'_> {
    /// `store-modifier`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::UnchangedSince(mod_seq) => {
                out.raw(b"UNCHANGEDSINCE ");
                out.number(*mod_seq);
            }
            Self::Other(item) => other_parameter(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for StoreAction {
    /// `["+" / "-"]`
    fn encode(&self, out: &mut Encoder) {
        out.raw(match self {
            Self::Add => b"+",
            Self::Remove => b"-",
            Self::Replace => b"",
        });
    }
}

/// The name of what is changed, which has no sign of its own.
fn name(name: &[u8], out: &mut Encoder) {
    out.argument("item name");
    match name_fault(Verbatim::Values, name) {
        None if !matches!(name, [b'+' | b'-', ..]) => out.raw(name),
        fault => out.refuse(fault.unwrap_or(0), Reason::Syntax),
    }
}
