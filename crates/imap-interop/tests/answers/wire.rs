//! A bare connection that reads whole responses.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The least of a client that knows literals.
pub(crate) struct Wire {
    stream: BufReader<TcpStream>,
}

impl Wire {
    /// Connects and logs in.
    pub(crate) fn log_in(addr: SocketAddr, user: &str, password: &str) -> Self {
        let stream = TcpStream::connect(addr).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let stream = BufReader::new(stream);
        let mut wire = Self { stream };
        wire.response();
        wire.run(format!("LOGIN {user} {password}"));
        wire
    }

    /// Puts a message in.
    pub(crate) fn append(&mut self, mailbox: &str, date: &str, octets: &[u8]) {
        let mut command =
            format!("APPEND {mailbox} \"{date}\" {{{}+}}\r\n", octets.len()).into_bytes();
        command.extend(octets);
        let answer = self.run(command);
        let last = answer.last().unwrap();
        assert!(last.starts_with(b"a OK"), "{}", last.escape_ascii());
    }

    /// Runs a command and gives all responses, the tagged one last.
    pub(crate) fn run(&mut self, command: impl AsRef<[u8]>) -> Vec<Vec<u8>> {
        let line = [b"a ", command.as_ref(), b"\r\n"].concat();
        self.stream.get_mut().write_all(&line).unwrap();
        let mut responses = Vec::new();
        loop {
            let response = self.response();
            let is_last = response.starts_with(b"a ");
            responses.push(response);
            if is_last {
                return responses;
            }
        }
    }

    /// A response with its literals.
    fn response(&mut self) -> Vec<u8> {
        let mut response = Vec::new();
        loop {
            let start = response.len();
            self.stream.read_until(b'\n', &mut response).unwrap();
            let line = &response[start..];
            assert!(line.ends_with(b"\r\n"), "{}", response.escape_ascii());
            let Some(size) = literal_size(line) else {
                return response;
            };
            let start = response.len();
            response.resize(start + size, 0);
            self.stream.read_exact(&mut response[start..]).unwrap();
        }
    }
}

fn literal_size(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line.strip_suffix(b"}\r\n")?).ok()?;
    line.rsplit_once('{')?.1.parse().ok()
}
