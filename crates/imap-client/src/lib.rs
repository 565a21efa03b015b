#![doc = include_str!("../README.md")]

mod client;
mod driver;
mod error;
pub mod exchange;
pub mod sasl;
pub mod session;
mod state;

pub use client::{AppendOptions, Client, ListOptions, StoreOptions};
#[cfg(feature = "rustls")]
pub use driver::Tls;
#[cfg(feature = "tokio")]
pub use driver::tokio;
pub use driver::{Config, Driver, Idled, LogInOptions, Proxy, ProxyError, blocking};
pub use error::{Error, Refusal, Unreadable};
pub use exchange::{
    AclEntry, Annotation, Appended, Comparator, Copied, Criteria, Expunged, Fetched, FetchedUrls,
    Found, GrantableRights, ListEntry, MailboxFound, MailboxName, MessageSet, Metadata,
    MetadataValue, Moved, Namespace, Namespaces, Numbers, PartialFound, Query, QuotaRoot,
    QuotaUsage, RawReply, Replaced, Resynced, ServerId, SpecialUse, StatusData, Stored,
    ThreadMessage, Threads, UrlAuthMechanism,
};
pub use session::{Event, OwnedFetch, Session, SessionOptions, Trace, TraceLine};
pub use state::{Capabilities, ConnectionState, OwnedFlags, Selected, State};

/// The examples of the document for those who come from Python.
#[cfg(all(doctest, feature = "rustls"))]
#[doc = include_str!("../../../docs/IMAPLIB.md")]
struct FromImaplib;
