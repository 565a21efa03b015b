//! Values that commands and responses share.

pub(crate) mod attribute;
pub(crate) mod body_structure;
pub(crate) mod capability;
pub(crate) mod date;
pub(crate) mod envelope;
pub(crate) mod fetch_item;
pub(crate) mod fetch_item_name;
pub(crate) mod flag;
pub(crate) mod id;
pub(crate) mod label;
pub(crate) mod mailbox;
pub(crate) mod mechanism;
mod message_number;
mod number_set;
pub(crate) mod object_id;
mod other;
pub(crate) mod partial_range;
mod preview;
pub(crate) mod quota;
pub(crate) mod rights;
pub(crate) mod search_key;
pub(crate) mod section;
pub(crate) mod sequence_set;
pub(crate) mod status_item;
mod string;
mod tag;
mod text;
mod thread_algorithm;

pub use attribute::MailboxAttribute;
pub use body_structure::{
    BodyExtension, BodyStructure, Disposition, MultiPart, Parameter, PartKind, SinglePart,
};
pub use capability::Capability;
pub use date::{Date, DateError};
pub use envelope::{Address, Envelope};
pub use fetch_item::{BinarySection, BinarySize, BodySection, FetchItem};
pub use fetch_item_name::{FetchItemName, FetchItems};
pub use id::{Id, IdField};
pub use mailbox::Mailbox;
pub use mechanism::Mechanism;
pub use message_number::{MessageNumber, NumberError, SeqNum, Uid, UidValidity};
pub use number_set::{SequenceSetBuf, UidSetBuf};
pub use object_id::{ObjectId, ObjectIdError};
pub use other::{Malformed, OtherItem};
pub use partial_range::PartialRange;
pub use preview::PreviewModifier;
pub use quota::QuotaResource;
pub use rights::{Rights, RightsError};
pub use search_key::{EntryType, ModSeqEntry, SearchKey};
pub use section::{Part, PartError, Section, SectionText};
pub use sequence_set::{Bound, Range, SequenceSet, SequenceSetError, UidSet};
pub use status_item::{StatusItem, StatusItemName};
pub use string::IString;
pub use tag::{Tag, TagError};
pub use text::{Text, TextError};
pub use thread_algorithm::ThreadAlgorithm;
