#![doc = include_str!("../README.md")]

mod client;
mod driver;
mod error;
pub mod exchange;
pub mod sasl;
pub mod session;
mod state;

pub use client::{AppendOptions, Client, ListOptions};
#[cfg(feature = "rustls")]
pub use driver::Tls;
#[cfg(feature = "tokio")]
pub use driver::tokio;
pub use driver::{Config, Driver, Idled, LogInOptions, blocking};
pub use error::{Error, Refusal, Unreadable};
pub use exchange::{
    AclEntry, Annotation, Appended, Comparator, Copied, Criteria, FetchedUrls, Found,
    GrantableRights, ListEntry, MailboxFound, MailboxName, MessageSet, Metadata, MetadataValue,
    Namespace, Namespaces, Numbers, PartialFound, Query, QuotaRoot, QuotaUsage, RawReply, ServerId,
    SpecialUse, StatusData, ThreadMessage, Threads, UrlAuthMechanism,
};
pub use session::{Event, Session, SessionOptions};
pub use state::{Capabilities, ConnectionState, OwnedFlags, Selected, State};
