//! A server at the other end of a real connection, on a thread of its own.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use imap_client::{Config, Error, blocking};

/// Which client connects.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Driver {
    Blocking,
    #[cfg(feature = "tokio")]
    Tokio,
}

pub(crate) const DRIVERS: &[Driver] = &[
    Driver::Blocking,
    #[cfg(feature = "tokio")]
    Driver::Tokio,
];

/// How a client connects.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Security {
    Plain,
    #[cfg(feature = "rustls")]
    StartTls,
    #[cfg(feature = "rustls")]
    Tls,
}

/// The host that servers are on.
pub(crate) const HOST: &str = "localhost";

/// What [`visit`] says after it has connected.
pub(crate) const VISIT: &str = "
    C: A1 NOOP
    S: A1 OK done
    C: A2 LOGOUT
    S: * BYE see you
    S: A2 OK done
";

/// Connects to a port of this machine, says NOOP and LOGOUT.
pub(crate) fn visit(
    driver: Driver,
    security: Security,
    port: u16,
    config: &Config,
) -> Result<(), Error> {
    visit_host(driver, security, HOST, port, config)
}

/// Connects to a port of a host, says NOOP and LOGOUT.
pub(crate) fn visit_host(
    driver: Driver,
    security: Security,
    host: &str,
    port: u16,
    config: &Config,
) -> Result<(), Error> {
    match driver {
        Driver::Blocking => {
            let mut client = connect(security, host, port, config)?;
            client.noop()?;
            client.logout()
        }
        #[cfg(feature = "tokio")]
        Driver::Tokio => block_on(async {
            let mut client = connect_tokio(security, host, port, config).await?;
            client.noop().await?;
            client.logout().await
        }),
    }
}

/// Connects a blocking client.
pub(crate) fn connect(
    security: Security,
    host: &str,
    port: u16,
    config: &Config,
) -> Result<blocking::Client, Error> {
    match security {
        Security::Plain => blocking::Client::connect_plain(host, port, config),
        #[cfg(feature = "rustls")]
        Security::StartTls => blocking::Client::connect_starttls(host, port, config),
        #[cfg(feature = "rustls")]
        Security::Tls => blocking::Client::connect_tls(host, port, config),
    }
}

/// Connects a client for tokio.
#[cfg(feature = "tokio")]
pub(crate) async fn connect_tokio(
    security: Security,
    host: &str,
    port: u16,
    config: &Config,
) -> Result<imap_client::tokio::Client, Error> {
    use imap_client::tokio::Client;
    match security {
        Security::Plain => Client::connect_plain(host, port, config).await,
        #[cfg(feature = "rustls")]
        Security::StartTls => Client::connect_starttls(host, port, config).await,
        #[cfg(feature = "rustls")]
        Security::Tls => Client::connect_tls(host, port, config).await,
    }
}

/// Runs a future of tokio.
#[cfg(feature = "tokio")]
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap().block_on(future)
}

/// A server for one connection.
pub(crate) struct Peer<T> {
    pub(crate) port: u16,
    thread: JoinHandle<T>,
}

impl<T: Send + 'static> Peer<T> {
    /// Serves the first connection by `serve`.
    pub(crate) fn new(serve: impl FnOnce(TcpStream) -> T + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            // What goes wrong must not last for ever.
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            stream.set_write_timeout(Some(PATIENCE)).unwrap();
            serve(stream)
        });
        Self { port, thread }
    }

    /// What the server says at its end.
    pub(crate) fn join(self) -> T {
        self.thread.join().unwrap()
    }
}

/// Follows the script: lines begin with `S: ` or `C: ` and end with CR LF on the wire; `~` at the end
/// of a line leaves that out, and `\r\n` within it puts two lines into one write.
///
/// Ends early with an error if the connection does.
pub(crate) fn follow(stream: &mut (impl Read + Write), script: &str) -> io::Result<()> {
    let lines = script.lines().map(str::trim_start);
    for line in lines.filter(|line| !line.is_empty()) {
        let (who, text) = line.split_at(3);
        let text = text.replace("\\r\\n", "\r\n");
        let text = match text.strip_suffix('~') {
            Some(text) => text.to_owned(),
            None => format!("{text}\r\n"),
        };
        match who {
            "S: " => stream.write_all(text.as_bytes())?,
            "C: " => hear(stream, &text)?,
            _ => panic!("neither S: nor C: in {line:?}"),
        }
        stream.flush()?;
    }
    Ok(())
}

/// Reads what has to be `text`.
pub(crate) fn hear(stream: &mut impl Read, text: &str) -> io::Result<()> {
    let mut heard = vec![0; text.len()];
    stream.read_exact(&mut heard)?;
    assert_eq!(
        String::from_utf8_lossy(&heard),
        text,
        "what the client said"
    );
    Ok(())
}

/// Reads what has to be `octets`.
pub(crate) fn hear_octets(stream: &mut impl Read, octets: &[u8]) -> io::Result<()> {
    let mut heard = vec![0; octets.len()];
    stream.read_exact(&mut heard)?;
    assert_eq!(heard, octets);
    Ok(())
}

/// What comes until the client closes.
pub(crate) fn rest(stream: &mut impl Read) -> Vec<u8> {
    let mut rest = Vec::new();
    // A connection that is reset has come to its end, too.
    let _ = stream.read_to_end(&mut rest);
    rest
}

const PATIENCE: Duration = Duration::from_secs(60);
