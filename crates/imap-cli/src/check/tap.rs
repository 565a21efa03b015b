//! What goes over the wire, for the one who reads it a second time.

use std::sync::{Arc, Mutex, PoisonError};

use imap_client::{Trace, TraceLine};

/// Collects what goes over the wire until it is taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Tap(Arc<Mutex<Vec<Heard>>>);

/// Something that went over the wire.
#[derive(Debug)]
pub(super) enum Heard {
    /// A line of the client, without secrets.
    Sent(String),
    /// A message of the server, whole.
    Received(Vec<u8>),
}

impl Tap {
    /// A trace that is heard here, and that shows the lines on standard error, too, if `verbose`.
    pub(super) fn trace(&self, verbose: bool) -> Trace {
        let (lines, messages) = (self.clone(), self.clone());
        Trace::new(move |line| {
            if verbose {
                anstream::eprintln!("{line}");
            }
            if let TraceLine::Client(line) = line {
                lines.push(Heard::Sent(line.to_owned()));
            }
        })
        .with_messages(move |message| messages.push(Heard::Received(message.to_vec())))
    }

    /// What was heard since the last time.
    pub(super) fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn push(&self, heard: Heard) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(heard);
    }
}
