//! What was found, how often, and where.

use std::collections::BTreeMap;

use imap_proto::{ParseError, UsedQuirk};

use super::departure::{Behaviour, Departure};
use super::message::Message;
use super::sample::Sample;

/// All departures that were met.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: BTreeMap<Departure, Found>,
    /// How many messages of the server were read.
    messages: u64,
}

/// How often a departure was met, and where it was met first.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) count: u64,
    pub(crate) samples: Vec<Sample>,
}

impl Findings {
    /// Reads a message in both ways, and notes what is wrong with it.
    pub(super) fn read(&mut self, command: Option<&str>, message: &Message) {
        self.messages += 1;
        let frame = message.frame();
        match message.used_quirks() {
            Err(error) => self.note_place(Behaviour::UnreadableLine, command, frame, &error),
            Ok(used) => {
                for UsedQuirk { quirk, offset } in &used {
                    self.note(*quirk, || Sample::at(command, frame, *offset));
                }
                if let (true, Some(error)) = (used.is_empty(), message.strict_error()) {
                    self.note_place(Behaviour::UnnamedDeviation, command, frame, &error);
                }
            }
        }
    }

    /// Notes a departure, with samples of the first commands that meet it.
    pub(super) fn note(
        &mut self,
        departure: impl Into<Departure>,
        sample: impl FnOnce() -> Sample,
    ) {
        let found = self.found.entry(departure.into()).or_default();
        found.count += 1;
        if found.samples.len() < SAMPLES {
            let sample = sample();
            // Another place in the answer to the same command says nothing new.
            let is_known = |known: &Sample| known.command == sample.command;
            if !found.samples.iter().any(is_known) {
                found.samples.push(sample);
            }
        }
    }

    fn note_place(
        &mut self,
        behaviour: Behaviour,
        command: Option<&str>,
        frame: &[u8],
        error: &ParseError,
    ) {
        self.note(behaviour, || Sample {
            note: Some(error.to_string()),
            ..Sample::at(command, frame, error.offset)
        });
    }

    /// Grammar first, then behaviour, each in the order of the alphabet.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Departure, &Found)> {
        self.found
            .iter()
            .map(|(departure, found)| (*departure, found))
    }

    /// How many kinds of departures were met.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// How many messages of the server were read.
    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }
}

/// Samples that are kept of each departure.
const SAMPLES: usize = 3;
