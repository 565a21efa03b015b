//! A server that runs in a thread of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::{fmt, io, thread};

use imap_proto::{InternalDate, MailboxAttribute, Mechanism};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::faults::{self, QuirkName, Quirks, Received, Script, Shout, UnknownQuirk};
use crate::net::{self, Door, Tls};
use crate::seed::{SeedMessage, Source};
use crate::settings::Settings;
use crate::shared::{self, Shared};
use crate::store::{Fault, Store, normal_name};
use crate::view::UserView;

/// A server that listens on this machine until it is dropped.
///
/// It is there when [`start`](Self::start) returns, and works for blocking and for async tests alike,
/// since it has a thread of its own.
#[derive(Debug)]
pub struct TestServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    tls_address: SocketAddr,
    ca_pem: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl TestServer {
    /// Starts a server with the user `user`, who has the password `pass`.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// A server to be set before it is started.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens without TLS.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens with TLS from the first octet.
    pub const fn tls_address(&self) -> SocketAddr {
        self.tls_address
    }

    /// The certificate of the authority that a client has to trust for TLS and STARTTLS, in PEM.
    ///
    /// The server's own certificate is for `localhost`, `127.0.0.1` and `::1`.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Adds a user, with the mailboxes that each has; one who is there gets the password.
    pub fn add_user(&self, name: &str, password: &str) {
        add_account(&mut self.shared.store(), name, password);
    }

    /// Does something wrong from now on, beside the other faults that are set.
    pub fn fault(&self, fault: faults::Fault) {
        self.shared.script.add(fault);
    }

    /// Does nothing wrong any more. Connections that send in their own way go on with it.
    pub fn clear_faults(&self) {
        self.shared.script.clear();
    }

    /// Departs from the grammar from the next command on, as one of [`QuirkName::all`] says, beside the
    /// quirks that are on.
    ///
    /// ```
    /// let server = imap_testserver::TestServer::start()?;
    /// server.with_quirk("yandex-missing-body")?.with_quirk("missing-text")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no quirk of this name.
    pub fn with_quirk(&self, name: &str) -> Result<&Self, UnknownQuirk> {
        let quirk = QuirkName::find(name).ok_or_else(|| UnknownQuirk(name.to_owned()))?;
        self.shared.script.add_quirk(quirk);
        Ok(self)
    }

    /// Departs from the grammar no more.
    pub fn clear_quirks(&self) {
        self.shared.script.clear_quirks();
    }

    /// Sends octets, line ends included, to all clients at once, whatever they do.
    pub fn say(&self, octets: impl AsRef<[u8]>) {
        let octets = octets.as_ref().to_vec();
        self.shared.script.shout(Shout::Say(octets));
    }

    /// Closes all connections; new ones can be made.
    pub fn disconnect(&self) {
        self.shared.script.shout(Shout::Close);
    }

    /// What clients have sent, in the order in which it came: commands with their literals, and the lines
    /// of AUTHENTICATE and IDLE.
    pub fn received(&self) -> Vec<Received> {
        self.shared.script.received()
    }

    /// A user; `None` where there is no such one.
    pub fn user(&self, name: &str) -> Option<UserView> {
        UserView::new(&self.shared, name)
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the server has been told of by itself.
            let _ = thread.join();
        }
    }
}

/// How a server is to be.
///
/// Without users, there is `user` with the password `pass`. Each user has INBOX, and the mailboxes
/// Archive, Drafts, Junk, Sent and Trash.
#[derive(Debug, Default)]
pub struct Builder {
    settings: Settings,
    faults: Vec<faults::Fault>,
    quirks: Vec<String>,
    users: Vec<(String, String)>,
    seeds: Vec<Seed>,
    port: u16,
    tls_port: u16,
}

impl Builder {
    /// Adds a user.
    #[must_use]
    pub fn user(mut self, name: &str, password: &str) -> Self {
        self.users.push((name.to_owned(), password.to_owned()));
        self
    }

    /// Adds an empty mailbox of a user; the name is text.
    #[must_use]
    pub fn mailbox(self, user: &str, name: &str) -> Self {
        self.seed(user, name, Source::Nothing)
    }

    /// Adds a message to a mailbox of a user, which is made if it is not there.
    #[must_use]
    pub fn message(self, user: &str, mailbox: &str, message: impl Into<SeedMessage>) -> Self {
        self.seed(user, mailbox, Source::Message(message.into()))
    }

    /// Adds the messages of an mbox file, in which `From ` at the start of a line has `>` in front.
    #[must_use]
    pub fn mbox(self, user: &str, mailbox: &str, path: impl Into<PathBuf>) -> Self {
        self.seed(user, mailbox, Source::Mbox(path.into()))
    }

    /// Adds the messages of a Maildir, with their flags; folders in it are left out.
    #[must_use]
    pub fn maildir(self, user: &str, mailbox: &str, path: impl Into<PathBuf>) -> Self {
        self.seed(user, mailbox, Source::Maildir(path.into()))
    }

    /// Lacks a capability, such as `MOVE`, or all with this in front of `=`, such as `THREAD`.
    ///
    /// Commands and arguments that belong to it get `BAD`, unless another capability has them: to be without
    /// MOVE, a server has to be without `IMAP4rev2` too. Literals that do not wait are always taken,
    /// mechanisms are for [`mechanisms`](Self::mechanisms) to say, and codes such as `APPENDUID` stay.
    #[must_use]
    pub fn without_capability(mut self, name: &str) -> Self {
        self.settings.hidden.push(name.to_owned());
        self
    }

    /// Offers these mechanisms of AUTHENTICATE and no others.
    ///
    /// Without it there are PLAIN, LOGIN, CRAM-MD5 and SCRAM with SHA-1, SHA-256 and SHA-512; over TLS
    /// also the `-PLUS` forms of SCRAM, with `tls-exporter` and `tls-server-end-point`; OAUTHBEARER and
    /// XOAUTH2 if there is a [`token`](Self::token), and ANONYMOUS if there is a [`guest`](Self::guest).
    #[must_use]
    pub fn mechanisms(mut self, mechanisms: &[Mechanism<'static>]) -> Self {
        self.settings.login.mechanisms = Some(mechanisms.to_vec());
        self
    }

    /// Lets a user log in by a bearer token of OAuth 2.0; any other token is told to be invalid.
    #[must_use]
    pub fn token(mut self, user: &str, token: &str) -> Self {
        let token = (user.to_owned(), token.to_owned());
        self.settings.login.tokens.push(token);
        self
    }

    /// Lets anybody in by ANONYMOUS, with the mailboxes of a user.
    #[must_use]
    pub fn guest(mut self, user: &str) -> Self {
        self.settings.login.guest = Some(user.to_owned());
        self
    }

    /// Refuses passwords and tokens without TLS, and tells LOGINDISABLED there.
    ///
    /// [RFC 9051 section 6.2.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3)
    #[must_use]
    pub const fn login_needs_tls(mut self) -> Self {
        self.settings.login.tls_required = true;
        self
    }

    /// Departs from the grammar as one of [`QuirkName::all`] says.
    #[must_use]
    pub fn quirk(mut self, name: &str) -> Self {
        self.quirks.push(name.to_owned());
        self
    }

    /// Shows a certificate that is valid no more.
    #[must_use]
    pub const fn expired_certificate(mut self) -> Self {
        self.settings.certificate.is_expired = true;
        self
    }

    /// Shows a certificate for these hosts or addresses, in place of `localhost`, `127.0.0.1` and `::1`.
    #[must_use]
    pub fn certificate_for(mut self, names: &[&str]) -> Self {
        self.settings.certificate.names = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Does something wrong from the beginning.
    #[must_use]
    pub fn fault(mut self, fault: faults::Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The largest message that APPEND takes, in octets; 64 MiB unless it is set.
    #[must_use]
    pub const fn append_limit(mut self, octets: u32) -> Self {
        self.settings.append_limit = octets;
        self
    }

    /// The port to listen on without TLS; any free one unless it is set.
    #[must_use]
    pub const fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The port to listen on with TLS; any free one unless it is set.
    #[must_use]
    pub const fn tls_port(mut self, port: u16) -> Self {
        self.tls_port = port;
        self
    }

    /// How many messages one FETCH, STORE, COPY or MOVE is about at most; the last ones of a larger set.
    ///
    /// [RFC 9738](https://www.rfc-editor.org/rfc/rfc9738)
    #[must_use]
    pub const fn message_limit(mut self, messages: NonZeroU32) -> Self {
        self.settings.message_limit = Some(messages);
        self
    }

    /// Lets SEARCH, SORT, THREAD, COPY and MOVE tell how far they are after each of so many messages.
    ///
    /// [RFC 9585](https://www.rfc-editor.org/rfc/rfc9585)
    #[must_use]
    pub const fn progress_step(mut self, messages: NonZeroU32) -> Self {
        self.settings.progress_step = Some(messages);
        self
    }

    /// Says that the same mail is in JMAP, and where.
    ///
    /// [RFC 9698](https://www.rfc-editor.org/rfc/rfc9698)
    #[must_use]
    pub fn jmap_url(mut self, url: &str) -> Self {
        self.settings.jmap_url = Some(url.to_owned());
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// When a port cannot be had, messages cannot be read, or a mailbox is for a user who is not there, or
    /// has a name that no mailbox can have.
    pub fn start(self) -> Result<TestServer, StartError> {
        let store = self.store()?;
        let tls = Tls::new(&self.settings.certificate).map_err(StartError::Io)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StartError::Io)?;
        let (plain, address) = bind(&runtime, self.port).map_err(StartError::Io)?;
        let (secure, tls_address) = bind(&runtime, self.tls_port).map_err(StartError::Io)?;
        let script = Script::new(self.faults, quirks(&self.quirks)?);
        let shared = Arc::new(Shared::new(self.settings, script, store));
        let (stop, stopped) = oneshot::channel();
        let door = |tls_first| Door {
            shared: Arc::clone(&shared),
            tls: tls.clone(),
            tls_first,
        };
        let (plain_door, tls_door) = (door(false), door(true));
        let thread = thread::Builder::new()
            .name("imap-testserver".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = net::listen(plain, plain_door) => {}
                        () = net::listen(secure, tls_door) => {}
                        _ = stopped => {}
                    }
                });
            })
            .map_err(StartError::Io)?;
        Ok(TestServer {
            shared,
            address,
            tls_address,
            ca_pem: tls.ca_pem,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    fn seed(mut self, user: &str, mailbox: &str, source: Source) -> Self {
        self.seeds.push(Seed {
            user: user.to_owned(),
            mailbox: normal_name(mailbox),
            source,
        });
        self
    }

    fn store(&self) -> Result<Store, StartError> {
        let now = shared::now();
        let mut store = Store::new(u32::try_from(now.to_unix()).unwrap_or(1));
        let default = [("user".to_owned(), "pass".to_owned())];
        let users = match &*self.users {
            [] => &default[..],
            users => users,
        };
        for (name, password) in users {
            add_account(&mut store, name, password);
        }
        for seed in &self.seeds {
            seed.sow(&mut store, now)?;
        }
        Ok(store)
    }
}

/// What a mailbox has when the server starts.
#[derive(Debug)]
struct Seed {
    user: String,
    mailbox: String,
    source: Source,
}

impl Seed {
    fn sow(&self, store: &mut Store, now: InternalDate) -> Result<(), StartError> {
        add_mailbox(store, &self.user, &self.mailbox)?;
        let messages = self.source.read().map_err(StartError::Seed)?;
        let id = store.find(&self.user, &self.mailbox);
        if let Some(mailbox) = id.and_then(|id| store.mailbox_mut(id)) {
            for message in messages {
                message.sow(mailbox, now);
            }
        }
        Ok(())
    }
}

/// Listens on a port, or any free one for 0.
fn bind(runtime: &Runtime, port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = runtime.block_on(TcpListener::bind(address))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// The mailboxes that each user has beside INBOX, and what they are for.
const FOLDERS: [(&str, MailboxAttribute<'static>); 5] = [
    ("Archive", MailboxAttribute::Archive),
    ("Drafts", MailboxAttribute::Drafts),
    ("Junk", MailboxAttribute::Junk),
    ("Sent", MailboxAttribute::Sent),
    ("Trash", MailboxAttribute::Trash),
];

/// Adds a user with the mailboxes that each has.
fn add_account(store: &mut Store, name: &str, password: &str) {
    store.add_account(name, password);
    for (folder, purpose) in FOLDERS {
        // It may be there already: that is as well.
        let id = store.create(name, folder).ok();
        if let Some(mailbox) = id.and_then(|id| store.mailbox_mut(id)) {
            mailbox.uses = vec![purpose];
        }
    }
}

fn quirks(names: &[String]) -> Result<Quirks, StartError> {
    names.iter().try_fold(Quirks::default(), |all, name| {
        let unknown = || StartError::Quirk(UnknownQuirk(name.clone()));
        Ok(all.with(QuirkName::find(name).ok_or_else(unknown)?))
    })
}

/// Makes a mailbox if it is not there.
fn add_mailbox(store: &mut Store, user: &str, name: &str) -> Result<(), StartError> {
    match store.create(user, name) {
        Ok(_) | Err(Fault::AlreadyExists) => Ok(()),
        Err(Fault::NonExistent) => Err(StartError::NoUser(user.to_owned())),
        Err(Fault::Cannot) => Err(StartError::MailboxName(name.to_owned())),
    }
}

/// Why a server does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// A port or a thread cannot be had.
    Io(io::Error),
    /// No mailbox can have this name.
    MailboxName(String),
    /// A mailbox is for this user, who is not there.
    NoUser(String),
    /// No quirk has this name.
    Quirk(UnknownQuirk),
    /// Messages cannot be read from a file or a Maildir.
    Seed(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(_) => f.write_str("no port or thread for the server"),
            Self::MailboxName(name) => write!(f, "no mailbox can be called {name:?}"),
            Self::NoUser(name) => write!(f, "no user {name:?}"),
            Self::Quirk(error) => error.fmt(f),
            Self::Seed(_) => f.write_str("the messages to begin with cannot be read"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) | Self::Seed(error) => Some(error),
            _ => None,
        }
    }
}
