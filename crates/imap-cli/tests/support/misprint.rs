//! A server between client and server that writes what the latter says in another way.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use imap_codec::{Framed, Framer};
use imap_proto::Limits;

/// Gives what is sent in the place of a message: it gets the line of the client that came last, and the
/// message.
pub(crate) type Change = Arc<dyn Fn(&str, &[u8]) -> Vec<u8> + Send + Sync>;

/// Starts to listen; it ends with the process.
pub(crate) fn start(server: SocketAddr, change: Change) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for client in listener.incoming() {
            let (Ok(client), Ok(server)) = (client, TcpStream::connect(server)) else {
                return;
            };
            for stream in [&client, &server] {
                stream.set_nodelay(true).unwrap();
            }
            let said = Arc::new(Mutex::new(String::new()));
            let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            let (heard, change) = (said.clone(), change.clone());
            thread::spawn(move || pass_on(from, to, &said));
            thread::spawn(move || change_all(server, client, &heard, &change));
        }
    });
    address
}

/// What the client says goes to the server as it is. Its commands are lines, without literals.
fn pass_on(from: TcpStream, mut to: TcpStream, said: &Mutex<String>) {
    let mut from = BufReader::new(from);
    let mut line = String::new();
    while from.read_line(&mut line).is_ok_and(|count| count > 0) {
        if line != "DONE\r\n" {
            said.lock().unwrap().clone_from(&line);
        }
        if to.write_all(line.as_bytes()).is_err() {
            break;
        }
        line.clear();
    }
    let _ = to.shutdown(Shutdown::Write);
}

fn change_all(mut from: TcpStream, mut to: TcpStream, said: &Mutex<String>, change: &Change) {
    let mut framer = Framer::client(Limits::default());
    let mut buffer = [0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        framer.feed(&buffer[..count]);
        while let Ok(Some(Framed::Message(message))) = framer.poll() {
            let said = said.lock().unwrap().clone();
            if to.write_all(&change(said.trim_end(), &message)).is_err() {
                return;
            }
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
