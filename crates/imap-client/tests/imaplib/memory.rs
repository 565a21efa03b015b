//! A server in memory, which says its turns.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

/// A server that says its next turn when it was told something and is read from.
///
/// `{tag}` and `{name}` in a turn become those of the command that came last.
pub(crate) struct Memory {
    turns: VecDeque<String>,
    pending: VecDeque<u8>,
    was_told: bool,
    tag: String,
    name: String,
    sent: Sent,
}

/// What the client sent.
#[derive(Clone, Default)]
pub(crate) struct Sent(Arc<Mutex<Vec<u8>>>);

impl Sent {
    pub(crate) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    /// The octets as characters, with the tags counted from `T1`.
    pub(crate) fn take(&self) -> String {
        let mut text = latin1(&std::mem::take(&mut *self.0.lock().unwrap()));
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let tags = lines.iter().filter_map(|line| command(line).map(|c| c.0));
        for (tag, number) in tags.zip(1..) {
            text = text.replace(tag, &format!("T{number}"));
        }
        text
    }
}

impl Memory {
    pub(crate) fn new(turns: impl IntoIterator<Item = String>, sent: Sent) -> Self {
        Self {
            turns: turns.into_iter().collect(),
            pending: VecDeque::new(),
            was_told: true,
            tag: String::new(),
            name: String::new(),
            sent,
        }
    }
}

impl Read for Memory {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pending.is_empty() && self.was_told {
            self.was_told = false;
            let turn = self.turns.pop_front().unwrap_or_default();
            let turn = turn.replace("{tag}", &self.tag);
            self.pending = octets(&turn.replace("{name}", &self.name)).into();
        }
        self.pending.read(buffer)
    }
}

impl Write for Memory {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.sent.0.lock().unwrap().extend(octets);
        self.was_told = true;
        if let Some((tag, name)) = command(&latin1(octets)) {
            (self.tag, self.name) = (tag.to_owned(), name.to_owned());
        }
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The tag and the name, if it is a command of this client.
fn command(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    let (tag, name) = (words.next()?, words.next()?);
    let number = tag.strip_prefix('A')?;
    number.parse::<u32>().is_ok().then_some((tag, name))
}

/// Octets as the characters of the same numbers.
pub(crate) fn latin1(octets: &[u8]) -> String {
    octets.iter().map(|octet| char::from(*octet)).collect()
}

/// Characters as the octets of the same numbers.
pub(crate) fn octets(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap()).collect()
}
