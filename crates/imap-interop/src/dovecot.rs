//! Dovecot 2.3.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{env, io, thread};

use crate::account::Account;
use crate::certificate::Certificate;
use crate::error::StartError;
use crate::guard::{Guard, OUTPUT};
use crate::ports::free_ports;
use crate::state::StateDir;
use crate::user::User;

/// A running Dovecot with accounts, TLS and mailboxes of its own.
///
/// It listens on 127.0.0.1: on one port for IMAP with STARTTLS, on another for TLS from the start.
/// Every account has the mailboxes INBOX, Drafts, Sent and Trash, the last three with their
/// special use, and `/` between the levels of a name.
#[derive(Debug)]
pub struct Dovecot {
    // Dropped in this order: the folder goes after the server.
    _guard: Guard,
    state: StateDir,
    imap_port: u16,
    imaps_port: u16,
    ca_pem: PathBuf,
    users: AtomicU32,
}

impl Dovecot {
    /// Starts a server of one's own and waits until it greets.
    ///
    /// # Errors
    ///
    /// [`StartError::Missing`] where Dovecot is not installed; it says what to install. The others
    /// tell what failed, with the end of the server's log.
    pub fn start() -> Result<Self, StartError> {
        let program = find_program()?;
        let mut tries = 1;
        loop {
            match Self::start_once(&program) {
                // Somebody else was quicker to use a port that had been free.
                Err(StartError::Ended { log }) if tries < TRIES && log.contains(PORT_TAKEN) => {
                    tries += 1;
                }
                result => return result,
            }
        }
    }

    /// The one server that all tests of this process share; it ends with the process.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start); the next call tries again.
    pub fn shared() -> Result<&'static Self, StartError> {
        static SHARED: OnceLock<Dovecot> = OnceLock::new();
        static STARTING: Mutex<()> = Mutex::new(());
        let _one_at_a_time = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = SHARED.get() {
            return Ok(server);
        }
        let server = Self::start()?;
        Ok(SHARED.get_or_init(|| server))
    }

    /// The address for IMAP with STARTTLS.
    pub fn addr(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.imap_port).into()
    }

    /// An account with an awkward name and password, the same on each call.
    ///
    /// The password has a quotation mark, a backslash, a space and a letter outside ASCII.
    pub fn awkward_user(&self) -> User {
        self.account(AWKWARD_NAME, AWKWARD_PASSWORD)
    }

    /// The file with the certificate of the authority that a client has to trust, in PEM.
    ///
    /// The server's certificate is good for `localhost`, `127.0.0.1` and `::1`.
    pub fn ca_pem(&self) -> &Path {
        &self.ca_pem
    }

    /// The port for IMAP with STARTTLS.
    pub fn imap_port(&self) -> u16 {
        self.imap_port
    }

    /// The port for IMAP over TLS from the start.
    pub fn imaps_port(&self) -> u16 {
        self.imaps_port
    }

    /// The last lines of the server's log, for the message of a failing test.
    pub fn log_tail(&self) -> String {
        log_tail(&self.state)
    }

    /// A fresh account: nobody has logged in as this user before.
    ///
    /// The label `append` gives the name `t-append-1` or with another number; what isn't an ASCII
    /// letter or digit becomes `-`.
    pub fn user(&self, label: &str) -> User {
        let number = self.users.fetch_add(1, Ordering::Relaxed) + 1;
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        let label = String::from_iter(label.chars().map(plain));
        self.account(&format!("t-{label}-{number}"), PASSWORD)
    }

    fn account(&self, name: &str, password: &str) -> User {
        User {
            name: name.to_owned(),
            password: password.to_owned(),
            maildir: self.state.path().join("mail").join(name).join("Maildir"),
            account: self.state.account().clone(),
        }
    }

    fn start_once(program: &Path) -> Result<Self, StartError> {
        let state = StateDir::create("dovecot", Account::for_server(&["dovecot", "nobody"])?)?;
        let [imap_port, imaps_port] = free_ports().map_err(StartError::io("find free ports"))?;
        let greeting = format!("imap-interop {}", state.path().display());

        let certificate = Certificate::generate()?;
        state.make_folder("tls")?;
        let ca_pem = state.write("tls/ca.pem", &certificate.ca_pem)?;
        state.write("tls/server.pem", &certificate.pem)?;
        state.write("tls/server.key", &certificate.key_pem)?;
        state.make_folder("mail")?;
        state.write(
            "users",
            &format!("{AWKWARD_NAME}:{{PLAIN}}{AWKWARD_PASSWORD}::::::\n"),
        )?;
        let config = config(&state, [imap_port, imaps_port], &greeting);
        let config = state.write("dovecot.conf", &config)?;

        let mut guard = Guard::start(program, &["-F", "-c", &config.to_string_lossy()], &state)?;
        await_greeting(&mut guard, &state, imap_port, &greeting)?;
        let users = AtomicU32::new(0);
        Ok(Self {
            _guard: guard,
            state,
            imap_port,
            imaps_port,
            ca_pem,
            users,
        })
    }
}

/// Finds the server and makes sure that it has its IMAP service and the right version.
fn find_program() -> Result<PathBuf, StartError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(PROGRAM_FOLDERS.map(PathBuf::from));
    let program = find("dovecot", folders)?;
    find("imap", SERVICE_FOLDERS.map(PathBuf::from))?;
    let output = Command::new(&program).arg("--version").output();
    let output = output.map_err(StartError::io(format!("run {}", program.display())))?;
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !found.starts_with(VERSION) {
        return Err(StartError::Version {
            found,
            needed: VERSION,
        });
    }
    Ok(program)
}

fn find(
    program: &'static str,
    folders: impl IntoIterator<Item = PathBuf>,
) -> Result<PathBuf, StartError> {
    let mut searched = Vec::new();
    for folder in folders {
        let path = folder.join(program);
        if path.is_file() {
            return Ok(path);
        }
        searched.push(folder.display().to_string());
    }
    let searched = searched.join(":");
    Err(StartError::Missing {
        program,
        searched,
        install: "apt-get install dovecot-imapd",
    })
}

fn config(state: &StateDir, [imap_port, imaps_port]: [u16; 2], greeting: &str) -> String {
    let account = state.account();
    include_str!("dovecot/dovecot.conf")
        .replace("@DIR@", &state.path().to_string_lossy())
        .replace("@GREETING@", greeting)
        .replace("@USER@", &account.user)
        .replace("@GROUP@", &account.group)
        .replace("@UID@", &account.uid.to_string())
        .replace("@GID@", &account.gid.to_string())
        .replace("@PASSWORD@", PASSWORD)
        .replace("@IMAP_PORT@", &imap_port.to_string())
        .replace("@IMAPS_PORT@", &imaps_port.to_string())
}

/// Waits for this very server's greeting: a stranger that took the port has another text.
fn await_greeting(
    guard: &mut Guard,
    state: &StateDir,
    port: u16,
    greeting: &str,
) -> Result<(), StartError> {
    let deadline = Instant::now() + START_TIME;
    loop {
        if read_greeting(port).is_ok_and(|line| line.contains(greeting)) {
            return Ok(());
        }
        if guard.has_ended() {
            return Err(StartError::Ended {
                log: log_tail(state),
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

const VERSION: &str = "2.3.";
const PASSWORD: &str = "testpw";
const AWKWARD_NAME: &str = "awkward user";
const AWKWARD_PASSWORD: &str = r#"p"a\ss wörd"#;
const PROGRAM_FOLDERS: [&str; 3] = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];
const SERVICE_FOLDERS: [&str; 4] = [
    "/usr/lib/dovecot",
    "/usr/libexec/dovecot",
    "/usr/local/libexec/dovecot",
    "/opt/homebrew/libexec/dovecot",
];
const PORT_TAKEN: &str = "Address already in use";
const TRIES: u32 = 5;
const START_TIME: Duration = Duration::from_secs(30);
const LOG_LINES: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_program_names_where_it_was_sought_and_what_to_install() {
        let error = find("imap", ["/no/such", "/no/folder"].map(PathBuf::from)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "imap not found in /no/such:/no/folder; install it: apt-get install dovecot-imapd"
        );
    }

    #[test]
    fn config_has_no_blank_left() {
        let account = Account::for_server(&["nobody"]).unwrap();
        let state = StateDir::create("test", account).unwrap();
        let config = config(&state, [1143, 1993], "ready");
        let blanks: Vec<&str> = config
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains('@'))
            .collect();
        assert_eq!(blanks, [""; 0]);
        assert!(config.contains("port = 1993\n"));
    }
}
