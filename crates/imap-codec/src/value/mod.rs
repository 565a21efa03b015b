//! Values that commands and responses share.

mod attribute;
mod body_structure;
mod capability;
mod date;
mod envelope;
mod fetch_item;
mod fetch_item_name;
mod flag;
mod id;
mod label;
pub(crate) mod mailbox;
mod mailbox_filter;
mod mechanism;
mod message_number;
mod number_set;
mod object_id;
mod partial_range;
mod quota;
mod rights;
pub(crate) mod search_key;
mod section;
mod sequence_set;
mod status_item;
mod tag;
mod text;
mod thread_algorithm;
mod url_mechanism;
