//! What stands between a client and a server, and notes what both say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What one connection has said, the client first.
type Said = [Mutex<Vec<u8>>; 2];

/// Stands between clients and a server until it is dropped.
pub(crate) struct Relay {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    connections: Mutex<Vec<Arc<Said>>>,
    is_over: AtomicBool,
}

impl Relay {
    pub(crate) fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming() {
                if accepting.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let said = Arc::new(Said::default());
                accepting.connections.lock().unwrap().push(said.clone());
                relay(client.unwrap(), TcpStream::connect(server).unwrap(), said);
            }
        });
        Self { port, shared }
    }

    /// The commands to which the server said OK, in capitals: `NOOP`, `UID FETCH`,
    /// `AUTHENTICATE PLAIN`.
    pub(crate) fn done(&self) -> BTreeSet<String> {
        let connections = self.shared.connections.lock().unwrap();
        connections.iter().flat_map(|said| done(said)).collect()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        // The listener has to see it; where it has gone there is nothing to do.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn relay(client: TcpStream, server: TcpStream, said: Arc<Said>) {
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let ways = [
        (client.try_clone().unwrap(), server.try_clone().unwrap()),
        (server, client),
    ];
    for (way, (from, to)) in ways.into_iter().enumerate() {
        let said = Arc::clone(&said);
        thread::spawn(move || copy(from, to, &said[way]));
    }
}

/// Copies until one of the ends is gone.
fn copy(mut from: TcpStream, mut to: TcpStream, said: &Mutex<Vec<u8>>) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        said.lock().unwrap().extend(&buffer[..count]);
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    // One of the ends may be gone already.
    let _ = to.shutdown(Shutdown::Write);
}

/// The commands of one connection to which the server said OK.
fn done(said: &Said) -> Vec<String> {
    let [client, server] = said.each_ref().map(|octets| {
        let octets = octets.lock().unwrap();
        String::from_utf8_lossy(&octets).into_owned()
    });
    let sent: BTreeMap<&str, String> = client.lines().filter_map(command).collect();
    let answers = server.lines().filter_map(|line| line.split_once(" OK"));
    answers
        .filter_map(|(tag, _)| sent.get(tag).cloned())
        .collect()
}

/// The tag and the name of the command that begins with this line.
fn command(line: &str) -> Option<(&str, String)> {
    let mut words = line.split_ascii_whitespace();
    let (tag, name) = (words.next()?, words.next()?.to_ascii_uppercase());
    let name = match words.next() {
        Some(second) if ["AUTHENTICATE", "UID"].contains(&&*name) => {
            format!("{name} {}", second.to_ascii_uppercase())
        }
        _ => name,
    };
    Some((tag, name))
}
