//! A relay in front of a server, whose connections can be cut or held.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// Passes on what comes.
pub(crate) struct Relay {
    pub(crate) address: SocketAddr,
}

/// What becomes of a connection when so many octets came from the server.
#[derive(Clone, Copy)]
pub(crate) enum Fate {
    CutAfter(usize),
    HeldAfter(usize),
    /// What comes then comes slowly.
    SlowFrom(usize),
}

impl Relay {
    /// `fates` has those of the first connections, in the order in which they come.
    pub(crate) fn start(server: SocketAddr, fates: Vec<Fate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut fates = fates.into_iter();
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(server)) else {
                    return;
                };
                let fate = fates.next().unwrap_or(Fate::CutAfter(usize::MAX));
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || pass(from, to, Fate::CutAfter(usize::MAX)));
                thread::spawn(move || pass(server, client, fate));
            }
        });
        Self { address }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, fate: Fate) {
    let (Fate::CutAfter(mut left) | Fate::HeldAfter(mut left) | Fate::SlowFrom(mut left)) = fate;
    let mut buffer = [0; 4096];
    while left > 0 {
        let room = left.min(buffer.len());
        match from.read(&mut buffer[..room]) {
            Ok(count @ 1..) if to.write_all(&buffer[..count]).is_ok() => left -= count,
            _ => break,
        }
    }
    if matches!(fate, Fate::HeldAfter(_)) {
        loop {
            thread::park();
        }
    }
    if matches!(fate, Fate::SlowFrom(_)) {
        while let Ok(count @ 1..) = from.read(&mut buffer)
            && to.write_all(&buffer[..count]).is_ok()
        {
            thread::sleep(Duration::from_millis(10));
        }
    }
    // Both may be closed already.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
