//! Connections and commands as spans of the crate `tracing`, and what goes over the wire as events.

use tracing::Span;
use tracing::field::Empty;

use super::trace::Watch;
use super::{Trace, TraceLine};

impl Trace {
    /// Makes spans of the connection and of each command, and an event of each line.
    ///
    /// The spans are of the level `DEBUG`, with the target `imap_client`: `connection`, inside the span that
    /// the program is in when it connects, and inside it a `command` for each, with the fields `tag`,
    /// `name` and, once it was answered, `outcome`, which is `OK`, `NO` or `BAD`.
    ///
    /// The events are of the level `TRACE`, with the target `imap_client::wire` and the fields
    /// `direction`, which is `sent` or `received`, and `line`. They are inside the span of their command;
    /// what the server sends without a tag is, if no other command is in flight.
    ///
    /// ```
    /// use imap_client::{Config, Trace};
    ///
    /// let config = Config::default().with_trace(Trace::to_tracing());
    /// # let _ = config;
    /// ```
    pub fn to_tracing() -> Self {
        Self::of(|| Spans {
            connection: tracing::debug_span!(target: "imap_client", "connection"),
            commands: Vec::new(),
        })
    }
}

/// The spans of a connection.
struct Spans {
    connection: Span,
    /// The commands in flight, by their tags, in the order in which they went out.
    commands: Vec<(String, Span)>,
}

impl Watch for Spans {
    fn line(&mut self, line: TraceLine<'_>) {
        match line {
            TraceLine::Client(line) => {
                let command = self.commands.last().map(|(_, span)| span);
                event(command.unwrap_or(&self.connection), "sent", line);
            }
            TraceLine::Server(line) => self.received(line),
        }
    }

    fn command(&mut self, tag: &str, name: &'static str) {
        let span = tracing::debug_span!(
            target: "imap_client",
            parent: &self.connection,
            "command",
            tag,
            name,
            outcome = Empty,
        );
        self.commands.push((tag.to_owned(), span));
    }
}

impl Spans {
    fn received(&mut self, line: &str) {
        let mut words = line.split(' ');
        let tag = words.next().unwrap_or_default();
        match self.commands.iter().position(|(known, _)| known == tag) {
            Some(answered) => {
                let (_, command) = self.commands.remove(answered);
                event(&command, "received", line);
                command.record("outcome", words.next());
            }
            None => {
                let span = match &self.commands[..] {
                    [(_, only)] => only,
                    _ => &self.connection,
                };
                event(span, "received", line);
            }
        }
    }
}

fn event(span: &Span, direction: &'static str, line: &str) {
    tracing::trace!(target: "imap_client::wire", parent: span, direction, line);
}
