//! Seeding: messages sent to the server by `APPEND`.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::date::date_time;
use crate::message::Message;
use crate::user::User;

/// Puts messages into a mailbox, which is made if need be, and says how many they were.
///
/// The levels of its name are in modified UTF-7.
pub(crate) fn seed(
    addr: SocketAddr,
    user: &User,
    levels: &[String],
    messages: impl IntoIterator<Item = Message>,
) -> io::Result<usize> {
    let mailbox = literal(levels.join("/").as_bytes());
    let mut connection = Connection::log_in(addr, user)?;
    let create = [b"CREATE ", &*mailbox].concat();
    if let Err(refusal) = connection.run(&create)?
        && !EXISTS.iter().any(|words| refusal.contains(words))
    {
        return Err(io::Error::other(refusal));
    }
    let mut messages = messages.into_iter().peekable();
    let mut count = 0;
    while messages.peek().is_some() {
        let mut append = [b"APPEND ", &*mailbox].concat();
        for message in messages.by_ref().take(BATCH) {
            append.extend(arguments(&message));
            count += 1;
        }
        connection.run(&append)?.map_err(io::Error::other)?;
    }
    Ok(count)
}

/// What `APPEND` has for one message, after the mailbox or another message.
fn arguments(message: &Message) -> Vec<u8> {
    let flags: Vec<&str> = message.flags.iter().map(|flag| flag.as_str()).collect();
    let date = date_time(message.internal_date);
    let mut arguments = format!(" ({}) \"{date}\" ", flags.join(" ")).into_bytes();
    arguments.extend(literal(&message.bytes));
    arguments
}

/// Octets as a literal that waits for no answer: `{3+}`, CRLF, `abc`.
fn literal(octets: &[u8]) -> Vec<u8> {
    let mut literal = format!("{{{}+}}\r\n", octets.len()).into_bytes();
    literal.extend(octets);
    literal
}

/// The least of a client.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(crate) fn log_in(addr: SocketAddr, user: &User) -> io::Result<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.set_write_timeout(Some(TIMEOUT))?;
        let mut connection = Self {
            stream: BufReader::new(stream),
        };
        connection.line()?;
        let login = [
            b"LOGIN ",
            &*literal(user.name().as_bytes()),
            b" ",
            &*literal(user.password().as_bytes()),
        ];
        connection.run(&login.concat())?.map_err(io::Error::other)?;
        Ok(connection)
    }

    /// Sends a command and waits for its end; the inner error is what the server refuses it with.
    pub(crate) fn run(&mut self, command: &[u8]) -> io::Result<Result<(), String>> {
        self.stream
            .get_mut()
            .write_all(&[b"a ", command, b"\r\n"].concat())?;
        loop {
            let line = self.line()?;
            if let Some(status) = line.strip_prefix("a ") {
                let ok = status.starts_with("OK ");
                return Ok(if ok { Ok(()) } else { Err(status.into()) });
            }
        }
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line)
    }
}

/// How servers refuse to make a mailbox that is there already.
const EXISTS: [&str; 2] = ["already exists", "[ALREADYEXISTS]"];
/// How many messages go into one command.
const BATCH: usize = 100;
const TIMEOUT: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::SystemFlag;

    #[test]
    fn ok_arguments_of_append() {
        let message = Message {
            bytes: b"a: b\r\n\r\n".into(),
            flags: vec![SystemFlag::Seen, SystemFlag::Flagged],
            internal_date: 0,
        };
        let expected = " (\\Seen \\Flagged) \"01-Jan-1970 00:00:00 +0000\" {8+}\r\na: b\r\n\r\n";
        assert_eq!(arguments(&message), expected.as_bytes());
    }
}
