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
    AclEntry, Annotation, Appended, Comparator, Copied, FetchedUrls, GrantableRights, ListEntry,
    MailboxName, Metadata, MetadataValue, Namespace, Namespaces, QuotaRoot, QuotaUsage, RawReply,
    ServerId, SpecialUse, StatusData, UrlAuthMechanism,
};
pub use session::{Event, Session, SessionOptions};
pub use state::{Capabilities, ConnectionState, OwnedFlags, Selected, State};
