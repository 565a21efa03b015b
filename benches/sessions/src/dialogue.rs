//! The server's side of a session, without I/O: commands in, replies out.

use std::fmt::Write as _;

use imap_codec::{FrameError, Framed, Framer};
use imap_proto::command::{Authenticate, Command};
use imap_proto::{Arena, Limits};

/// What the server is to send.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reply {
    /// These lines.
    Lines(String),
    /// The answer that was made beforehand.
    Replay,
    /// Nothing more: the client logged out.
    Close,
}

/// A server that lets everybody in and knows one mailbox.
///
/// It reads commands as a server has to, and looks at no arguments.
pub struct Dialogue {
    framer: Framer,
    arena: Arena,
    /// How many messages the mailbox has.
    exists: usize,
    /// The tag of the command that takes lines of another kind.
    in_exchange: Option<String>,
}

const CAPABILITIES: &str = "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE NAMESPACE IDLE AUTH=PLAIN";

impl Dialogue {
    /// A session that was greeted, with a mailbox of so many messages.
    pub fn new(exists: usize) -> Self {
        Self {
            framer: Framer::server(Limits::SERVER),
            arena: Arena::new(),
            exists,
            in_exchange: None,
        }
    }

    /// What the server says first.
    pub fn greeting() -> String {
        format!("* OK [CAPABILITY {CAPABILITIES}] ready\r\n")
    }

    /// Takes in what the client sent, and adds what it is answered.
    ///
    /// # Errors
    ///
    /// If it is too long for commands.
    pub fn receive(&mut self, octets: &[u8], replies: &mut Vec<Reply>) -> Result<(), FrameError> {
        self.framer.feed(octets);
        loop {
            if let Some(tag) = self.in_exchange.take() {
                // The response to the challenge, or DONE.
                let Some(_) = self.framer.poll_line()? else {
                    self.in_exchange = Some(tag);
                    return Ok(());
                };
                say(replies, format_args!("{tag} OK done\r\n"));
                continue;
            }
            match self.framer.poll()? {
                None => return Ok(()),
                Some(Framed::Message(message)) => self.answer(&message, replies),
                Some(Framed::Continuation { .. }) => say(replies, format_args!("+ go on\r\n")),
                // Nothing is streamed.
                Some(_) => {}
            }
        }
    }

    fn answer(&mut self, message: &[u8], replies: &mut Vec<Reply>) {
        self.arena.reset();
        let Ok(tagged) = Command::parse(message, &self.arena) else {
            let tag = message.split(|octet| *octet == b' ').next();
            let tag = String::from_utf8_lossy(tag.unwrap_or_default()).into_owned();
            return say(replies, format_args!("{tag} BAD unreadable\r\n"));
        };
        let tag = tagged.tag.as_str();
        if let Some(challenge) = challenge(&tagged.command) {
            self.in_exchange = Some(tag.to_owned());
            return say(replies, format_args!("{challenge}"));
        }
        match &tagged.command {
            Command::Fetch(_)
            | Command::UidFetch(_)
            | Command::Search(_)
            | Command::UidSearch(_) => replies.push(Reply::Replay),
            command => say(replies, format_args!("{}", self.untagged(command))),
        }
        say(
            replies,
            format_args!("{tag} OK {}done\r\n", code(&tagged.command)),
        );
        if matches!(tagged.command, Command::Logout) {
            replies.push(Reply::Close);
        }
    }

    fn untagged(&self, command: &Command<'_>) -> String {
        match command {
            Command::Capability => format!("* CAPABILITY {CAPABILITIES}\r\n"),
            Command::Enable(_) => "* ENABLED\r\n".into(),
            Command::Examine(_) | Command::Select(_) => format!(
                "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n\
                 * OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] limited\r\n\
                 * {} EXISTS\r\n* 0 RECENT\r\n\
                 * OK [UIDVALIDITY 3857529045] valid\r\n\
                 * OK [UIDNEXT 4000000000] predicted\r\n",
                self.exists
            ),
            Command::Id(_) => "* ID (\"name\" \"replay\")\r\n".into(),
            Command::List(_) | Command::Lsub(_) => {
                "* LIST (\\HasNoChildren) \"/\" INBOX\r\n".into()
            }
            Command::Logout => "* BYE bye\r\n".into(),
            Command::Namespace => "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n".into(),
            _ => String::new(),
        }
    }
}

/// What a command is answered first that goes on with lines of another kind.
const fn challenge(command: &Command<'_>) -> Option<&'static str> {
    match command {
        Command::Authenticate(Authenticate {
            initial_response: None,
            ..
        }) => Some("+ \r\n"),
        Command::Idle => Some("+ idling\r\n"),
        _ => None,
    }
}

fn code(command: &Command<'_>) -> String {
    match command {
        Command::Authenticate(_) | Command::Login(_) => format!("[CAPABILITY {CAPABILITIES}] "),
        Command::Select(_) => "[READ-WRITE] ".into(),
        Command::Examine(_) => "[READ-ONLY] ".into(),
        _ => String::new(),
    }
}

/// Adds text to the lines at the end, so that they are sent at once.
fn say(replies: &mut Vec<Reply>, text: std::fmt::Arguments<'_>) {
    if !matches!(replies.last(), Some(Reply::Lines(_))) {
        replies.push(Reply::Lines(String::new()));
    }
    if let Some(Reply::Lines(lines)) = replies.last_mut() {
        // cannot fail: a string takes all
        let _ = lines.write_fmt(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replies(octets: &[u8]) -> Vec<Reply> {
        let mut replies = Vec::new();
        Dialogue::new(3).receive(octets, &mut replies).unwrap();
        replies
    }

    #[test]
    fn ok_fetch_is_replayed() {
        let tagged = Reply::Lines("a OK done\r\n".into());
        for command in ["FETCH 1:* (UID FLAGS)", "UID SEARCH ALL"] {
            let got = replies(format!("a {command}\r\n").as_bytes());
            assert_eq!(got, [Reply::Replay, tagged.clone()], "{command}");
        }
    }

    #[test]
    fn ok_logout_closes() {
        let lines = Reply::Lines("* BYE bye\r\na OK done\r\n".into());
        assert_eq!(replies(b"a LOGOUT\r\n"), [lines, Reply::Close]);
    }

    #[test]
    fn ok_lines_of_an_exchange_are_no_commands() {
        let said = Reply::Lines("+ idling\r\na OK done\r\nb OK done\r\n".into());
        assert_eq!(replies(b"a IDLE\r\nDONE\r\nb NOOP\r\n"), [said]);
    }
}
