//! Starts a server, `dovecot`, `cyrus` or `testserver`, for a look by hand; it ends when standard input closes.

use std::error::Error;
use std::io::{self, Write as _};

use imap_interop::{Server, samples};

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let server = Server::ALL
        .into_iter()
        .find(|server| server.name() == name)
        .ok_or("expected the name of a server, `dovecot`, `cyrus` or `testserver`")?;
    let server = server.start()?;
    let user = server.user("hand");
    user.seed("INBOX", samples(1).take(100).map(|sample| sample.message))?;
    let mut out = io::stdout();
    writeln!(out, "imap 127.0.0.1:{}", server.imap_port())?;
    writeln!(out, "imaps 127.0.0.1:{}", server.imaps_port())?;
    writeln!(out, "authority {}", server.ca_pem().display())?;
    writeln!(out, "user {} {}", user.name(), user.password())?;
    out.flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}
