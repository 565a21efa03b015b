//! What the server says, made beforehand.

use imap_benches::corpora;
use imap_codec::{Framed, Framer};
use imap_proto::{Arena, Limits, Response, Section, response};

use crate::contender::{Client, Contender};
use crate::load::{Load, Scenario};
use crate::proof::{Proof, Sample};

/// The answer to the one command that counts, and what is in it.
pub struct Replay {
    /// The session that it is for.
    pub load: Load,
    /// The octets, without the tagged response.
    pub octets: Vec<u8>,
    /// What is in them.
    proof: Proof,
}

impl Replay {
    /// Makes the answer of one size.
    pub fn new(load: Load) -> Self {
        let octets = load
            .asked()
            .map(|asked| corpora::mailbox(asked, load.count))
            .unwrap_or_default();
        let proof = match load.scenario {
            Scenario::Noop => Proof::of_count(load.count),
            scenario => read(scenario, &octets),
        };
        Self {
            load,
            octets,
            proof,
        }
    }

    /// What a contender has to find. The plain loop knows nothing of messages.
    pub fn expected(&self, contender: Contender) -> Proof {
        match contender.client {
            Client::Plain => Proof {
                content: Sample::of(&self.octets),
                ..Proof::default()
            },
            _ => self.proof,
        }
    }

    /// How many messages the mailbox has.
    pub(crate) fn exists(&self) -> usize {
        match self.load.scenario {
            Scenario::Empty | Scenario::Noop => 1,
            _ => self.load.count,
        }
    }
}

/// Reads responses with our own parser, as a whole, whatever else there is between them.
pub fn read(scenario: Scenario, octets: &[u8]) -> Proof {
    let mut proof = Proof::default();
    let mut framer = Framer::client(Limits::default());
    let mut arena = Arena::new();
    for piece in octets.chunks(1 << 20) {
        framer.feed(piece);
        while let Ok(Some(Framed::Message(message))) = framer.poll() {
            arena.reset();
            match Response::parse(&message, &arena) {
                Ok(Response::Fetch(fetch)) => add(scenario, &fetch, &mut proof),
                Ok(Response::Search(search)) => {
                    proof = Proof::of_numbers(search.numbers.iter().copied());
                }
                _ => {}
            }
        }
    }
    proof
}

/// Adds a message as our parser reads it.
pub(crate) fn add(scenario: Scenario, fetch: &response::Fetch<'_>, proof: &mut Proof) {
    let uid = fetch.uid().map_or(0, |uid| uid.get().into());
    let content = match scenario {
        Scenario::Flags => fetch.flags().map_or(0, |flags| flags.len() as u64),
        Scenario::Full => fetch.size().unwrap_or(0),
        _ => fetch.section(Section::ALL).map_or(0, Sample::of),
    };
    proof.add(uid, content);
}
