//! Why a server did not start.

use std::error::Error;
use std::{fmt, io};

/// Why a server did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The test authority or the server's certificate could not be made.
    Certificate(rcgen::Error),
    /// The server ended before it greeted; `log` holds the end of its log.
    Ended {
        /// The last lines that the server wrote.
        log: String,
    },
    /// Something around the server failed: a file, a process, a port.
    Io {
        /// What was being done, for instance `write /tmp/imap-x/users`.
        doing: String,
        /// The cause.
        source: io::Error,
    },
    /// The server is not installed.
    Missing {
        /// What was looked for, for instance `dovecot`.
        program: &'static str,
        /// The folders in which it was looked for.
        searched: String,
        /// How to install it on Debian.
        install: &'static str,
    },
    /// Another process took one of the server's ports before the server could.
    PortTaken,
    /// The server runs but did not greet within the time allowed; `log` holds the end of its log.
    Silent {
        /// The last lines that the server wrote.
        log: String,
    },
    /// The server that was found is of a version whose configuration differs.
    Version {
        /// What the server says of itself.
        found: String,
        /// The version that is needed.
        needed: &'static str,
    },
}

impl StartError {
    /// Makes a closure that names what was being done when an I/O error came up.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            doing: doing.into(),
            source,
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certificate(_) => f.write_str("no certificate for the test server"),
            Self::Ended { log } => write!(f, "server ended before its greeting, log:\n{log}"),
            Self::Io { doing, .. } => write!(f, "could not {doing}"),
            Self::Missing {
                program,
                searched,
                install,
            } => {
                write!(
                    f,
                    "{program} not found in {searched}; install it: {install}"
                )
            }
            Self::PortTaken => f.write_str("another process took the port of the test server"),
            Self::Silent { log } => write!(f, "no greeting from the server, log:\n{log}"),
            Self::Version { found, needed } => {
                write!(f, "expected server version {needed}, found `{found}`")
            }
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificate(source) => Some(source),
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<rcgen::Error> for StartError {
    fn from(source: rcgen::Error) -> Self {
        Self::Certificate(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_server_says_what_to_install() {
        let error = StartError::Missing {
            program: "dovecot",
            searched: "/usr/sbin".into(),
            install: "apt-get install dovecot-imapd",
        };
        assert_eq!(
            error.to_string(),
            "dovecot not found in /usr/sbin; install it: apt-get install dovecot-imapd"
        );
    }

    #[test]
    fn io_error_keeps_its_cause() {
        let error = StartError::io("write /x")(io::Error::other("disk full"));
        assert_eq!(error.to_string(), "could not write /x");
        assert_eq!(
            error.source().map(ToString::to_string).as_deref(),
            Some("disk full")
        );
    }
}
