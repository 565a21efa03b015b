//! LIST and its likes, and STATUS.

use imap_proto::command::{
    BasicList, List, ListPattern, ListPatterns, ListReturnOption, ListSelectOption, Status,
};
use imap_proto::{OtherItem, StatusItemName, Verbatim};

use crate::encode::{Encode, Encoder, Reason};

impl Encode for List<'_> {
    /// `list`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"LIST ");
        if let Some(options) = self.select_options {
            select_options(options, out);
            out.raw(b" ");
        }
        out.argument("reference");
        self.reference.encode(out);
        out.raw(b" ");
        out.argument("pattern");
        self.patterns.encode(out);
        if let Some(options) = self.return_options {
            out.raw(b" RETURN ");
            out.list(options);
        }
    }
}

impl Encode for ListPatterns<'_> {
    /// `mbox-or-pat`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::One(pattern) => pattern.encode(out),
            Self::Several([]) => out.refuse_empty(),
            Self::Several(patterns) => out.list(patterns),
        }
    }
}

impl Encode for ListPattern<'_> {
    /// `list-mailbox`
    fn encode(&self, out: &mut Encoder) {
        out.list_mailbox(self.0);
    }
}

impl Encode for ListSelectOption<'_> {
    /// `list-select-opt`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::RecursiveMatch => out.raw(b"RECURSIVEMATCH"),
            Self::Remote => out.raw(b"REMOTE"),
            Self::SpecialUse => out.raw(b"SPECIAL-USE"),
            Self::Subscribed => out.raw(b"SUBSCRIBED"),
            Self::Other(item) => other_option(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for ListReturnOption<'_> {
    /// `return-option`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Children => out.raw(b"CHILDREN"),
            Self::Metadata(entries) => {
                out.raw(b"METADATA ");
                out.argument("entry");
                out.astring_list(entries);
            }
            Self::MyRights => out.raw(b"MYRIGHTS"),
            Self::SpecialUse => out.raw(b"SPECIAL-USE"),
            Self::Status(items) => {
                out.raw(b"STATUS ");
                status_items(items, out);
            }
            Self::Subscribed => out.raw(b"SUBSCRIBED"),
            Self::Other(item) => other_option(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for Status<'_> {
    /// `status`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"STATUS ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        status_items(self.items, out);
    }
}

/// LSUB, RLIST, RLSUB or XLIST, which differ in their name.
pub(super) fn basic_list(name: &[u8], list: &BasicList<'_>, out: &mut Encoder) {
    out.raw(name);
    out.argument("reference");
    list.reference.encode(out);
    out.raw(b" ");
    out.argument("pattern");
    list.pattern.encode(out);
}

/// `list-select-opts`, where RECURSIVEMATCH needs another that it can work on.
fn select_options(options: &[ListSelectOption<'_>], out: &mut Encoder) {
    use ListSelectOption::{Other, RecursiveMatch, Subscribed};
    let is_base = |option: &ListSelectOption<'_>| matches!(option, Subscribed | Other(_));
    if options.contains(&RecursiveMatch) && !options.iter().any(is_base) {
        out.argument("selection options");
        out.refuse(0, Reason::Syntax);
    }
    out.list(options);
}

/// An option that is kept as it came.
fn other_option(item: &OtherItem<'_>, out: &mut Encoder) {
    out.argument("option");
    out.verbatim_item(Verbatim::ListOption, item.name, item.value);
}

/// `"(" status-att *(SP status-att) ")"`
fn status_items(items: &[StatusItemName<'_>], out: &mut Encoder) {
    if items.is_empty() {
        out.argument("list of items");
        out.refuse_empty();
    }
    out.list(items);
}
