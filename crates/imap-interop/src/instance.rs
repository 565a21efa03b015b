//! A running server.

use std::io::{self, BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use imap_testserver::TestServer;

use crate::append::Connection;
use crate::certificate::{Authority, Certificate};
use crate::cyrus::TRANSCRIPTS;
use crate::error::StartError;
use crate::guard::{Guard, OUTPUT};
use crate::ports::free_ports;
use crate::server::Server;
use crate::settings::Settings;
use crate::state::StateDir;
use crate::token::{bearer_token, expired_token};
use crate::user::{
    ADMIN_NAME, AWKWARD_NAME, AWKWARD_PASSWORD, PASSWORD, SMALL_COUNT, SMALL_PREFIX, SMALL_STORAGE,
    Store, User,
};
use crate::{dovecot, in_memory};

/// What serves.
#[derive(Debug)]
pub(crate) enum Running {
    InMemory(TestServer),
    Process(Guard),
}

/// A running server with accounts, TLS and mailboxes of its own.
///
/// It listens on 127.0.0.1: on one port for IMAP with STARTTLS, on another for TLS from the start.
/// Every account has the mailboxes INBOX, Drafts, Sent and Trash, the last three with their
/// special use, and `/` between the levels of a name.
#[derive(Debug)]
pub struct Instance {
    // Dropped in this order: the folder goes after the server.
    running: Running,
    state: StateDir,
    server: Server,
    authority: Authority,
    imap_port: u16,
    imaps_port: u16,
    ca_pem: PathBuf,
    users: AtomicU32,
}

impl Instance {
    /// Starts the server on ports that are free now.
    pub(crate) fn start_once(server: Server) -> Result<Self, StartError> {
        let state = StateDir::create(server.name(), server.account()?)?;
        let ports = free_ports().map_err(StartError::io("find free ports"))?;
        let authority = Authority::generate()?;
        let certificate = authority.sign_server()?;
        state.make_folder("tls")?;
        let ca_pem = state.write("tls/ca.pem", &authority.pem())?;
        state.write("tls/server.pem", &certificate.pem)?;
        state.write("tls/server.key", &certificate.key_pem)?;

        let mut running = server.launch(&Settings::new(&state, ports))?;
        let [imap_port, imaps_port] = ports;
        if let Running::Process(guard) = &mut running {
            await_greeting(server, guard, &state, imap_port)?;
        }
        Ok(Self {
            running,
            state,
            server,
            authority,
            imap_port,
            imaps_port,
            ca_pem,
            users: AtomicU32::new(0),
        })
    }

    /// The address for IMAP with STARTTLS.
    pub fn addr(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.imap_port).into()
    }

    /// An account that may act as any other by the authorization identity of SASL's PLAIN.
    ///
    /// On Cyrus it also sets quotas and reaches all mailboxes, which have names like `user/t-a-1`
    /// there.
    pub fn admin(&self) -> User {
        self.account(ADMIN_NAME, PASSWORD)
    }

    /// An account with an awkward name and password, the same on each call.
    ///
    /// The password has a quotation mark, a backslash, a space and a letter outside ASCII.
    pub fn awkward_user(&self) -> User {
        self.account(AWKWARD_NAME, AWKWARD_PASSWORD)
    }

    /// A token for OAUTHBEARER and XOAUTH2 that is good for an hour; only Dovecot takes it.
    pub fn bearer_token(&self, user: &User) -> String {
        bearer_token(&self.state.mark(), user.name())
    }

    /// A token as that of [`bearer_token`](Self::bearer_token) that was good until a minute ago.
    pub fn expired_bearer_token(&self, user: &User) -> String {
        expired_token(&self.state.mark(), user.name())
    }

    /// A certificate by which a client authenticates as the user with EXTERNAL.
    ///
    /// # Errors
    ///
    /// [`StartError::Certificate`] if none can be made.
    pub fn client_certificate(&self, user: &User) -> Result<Certificate, StartError> {
        Ok(self.authority.sign_client(user.name())?)
    }

    /// The file with the certificate of the authority that a client has to trust, in PEM.
    ///
    /// The server's certificate is good for `localhost`, `127.0.0.1` and `::1`.
    pub fn ca_pem(&self) -> &Path {
        &self.ca_pem
    }

    /// The host to connect to, which the certificate is good for: `localhost`.
    pub fn host(&self) -> &'static str {
        "localhost"
    }

    /// The port for IMAP with STARTTLS.
    pub fn imap_port(&self) -> u16 {
        self.imap_port
    }

    /// The port for IMAP over TLS from the start.
    pub fn imaps_port(&self) -> u16 {
        self.imaps_port
    }

    /// A command that talks IMAP over its standard input and output, with the user logged in already:
    /// for Dovecot only.
    pub fn preauth_command(&self, user: &User) -> Option<Command> {
        match self.server {
            Server::Cyrus | Server::InMemory => None,
            Server::Dovecot => dovecot::preauth_command(&self.state, user.name()),
        }
    }

    /// The last lines of the server's log, for the message of a failing test.
    ///
    /// Cyrus logs to the system only: of its log there is what it says when it can't start.
    pub fn log_tail(&self) -> String {
        log_tail(&self.state)
    }

    /// A fresh account that holds at most 5 messages and 20 times 1024 octets.
    ///
    /// # Errors
    ///
    /// Those of the connection, and what the server says when it refuses.
    pub fn small_user(&self, label: &str) -> io::Result<User> {
        let user = self.fresh_account(SMALL_PREFIX, label);
        match &self.running {
            Running::InMemory(server) => {
                in_memory::limit(server, &user, SMALL_STORAGE, Some(SMALL_COUNT));
            }
            Running::Process(_) if self.server == Server::Cyrus => {
                // The first login makes the mailboxes, and with them a wide quota.
                Connection::log_in(self.addr(), &user)?;
                let limits = format!("(STORAGE {SMALL_STORAGE} MESSAGE {SMALL_COUNT})");
                let command = format!("SETQUOTA user/{} {limits}", user.name());
                Connection::log_in(self.addr(), &self.admin())?
                    .run(command.as_bytes())?
                    .map_err(io::Error::other)?;
            }
            Running::Process(_) => {}
        }
        Ok(user)
    }

    /// The host in the URLs that this server makes and takes for URLAUTH.
    pub fn url_host(&self) -> String {
        match self.server {
            Server::Cyrus => self.state.mark(),
            Server::Dovecot | Server::InMemory => format!("localhost:{}", self.imap_port),
        }
    }

    /// Which server it is.
    pub fn server(&self) -> Server {
        self.server
    }

    /// A fresh account: nobody has logged in as this user before.
    ///
    /// The label `append` gives the name `t-append-1` or with another number; what isn't an ASCII
    /// letter or digit becomes `-`.
    pub fn user(&self, label: &str) -> User {
        self.fresh_account("t-", label)
    }

    fn fresh_name(&self, prefix: &str, label: &str) -> String {
        let number = self.users.fetch_add(1, Ordering::Relaxed) + 1;
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        let label = String::from_iter(label.chars().map(plain));
        format!("{prefix}{label}-{number}")
    }

    fn account(&self, name: &str, password: &str) -> User {
        let store = match self.server {
            Server::Cyrus => {
                if self.state.is_kept() {
                    // It may be there already, and no test depends on it.
                    let _ = self.state.make_folder(&format!("{TRANSCRIPTS}/{name}"));
                }
                Store::Server(self.addr())
            }
            Server::InMemory => Store::Server(self.addr()),
            Server::Dovecot => Store::Maildir {
                folder: self.state.path().join("mail").join(name).join("Maildir"),
                owner: self.state.account().clone(),
            },
        };
        User {
            name: name.to_owned(),
            password: password.to_owned(),
            store,
        }
    }

    fn fresh_account(&self, prefix: &str, label: &str) -> User {
        let user = self.account(&self.fresh_name(prefix, label), PASSWORD);
        if let Running::InMemory(server) = &self.running {
            // cannot fail: the user is there and has these mailboxes
            in_memory::add(server, &user).expect("a fresh user of the server in memory");
        }
        user
    }
}

/// Waits for this very server's greeting: a stranger that took the port has another text.
fn await_greeting(
    server: Server,
    guard: &mut Guard,
    state: &StateDir,
    port: u16,
) -> Result<(), StartError> {
    let deadline = Instant::now() + START_TIME;
    let mark = state.mark();
    loop {
        match read_greeting(port) {
            Ok(line) if line.contains(&*mark) => return Ok(()),
            Ok(line) if !line.is_empty() => return Err(StartError::PortTaken),
            _ => {}
        }
        if let Some(status) = guard.ended() {
            let log = log_tail(state);
            return Err(if server.found_port_taken(status, &log) {
                StartError::PortTaken
            } else {
                StartError::Ended { log }
            });
        }
        if Instant::now() >= deadline {
            return Err(StartError::Silent {
                log: log_tail(state),
            });
        }
        thread::sleep(Duration::from_millis(10));
    }
}

fn read_greeting(port: u16) -> io::Result<String> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}

/// What the server said before it could open its log, and the end of the log.
fn log_tail(state: &StateDir) -> String {
    [state.tail(OUTPUT, LOG_LINES), state.tail("log", LOG_LINES)].join("\n")
}

const START_TIME: Duration = Duration::from_secs(30);
const LOG_LINES: usize = 40;
