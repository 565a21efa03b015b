//! THREAD.
//!
//! [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)

mod forest;
mod message_id;
mod references;

use std::num::NonZeroU32;

use imap_proto::response::Thread;
use imap_proto::{Arena, ThreadAlgorithm};

use self::forest::Forest;
use self::message_id::{message_id, references};
use super::subject::BaseSubject;
use super::{Candidate, Unsupported};
use crate::mime::{Mail, object_id};

/// `THREADID`: the same for messages that refer to the same first message.
///
/// [RFC 8474 section 5.2](https://www.rfc-editor.org/rfc/rfc8474#section-5.2)
pub fn thread_id(mail: &Mail) -> String {
    let first = references(mail).into_iter().next();
    match first.or_else(|| message_id(mail)) {
        Some(first) => object_id('T', &first),
        None => object_id('T', mail.octets()),
    }
}

/// The messages in threads. They come in the order of their numbers; `number` chooses between numbers and
/// UIDs.
///
/// REFS is as REFERENCES, but subjects do not count, and the thread with the latest arrival is the last.
/// What branches more than 200 levels deep becomes one row of messages.
///
/// # Errors
///
/// If the algorithm is not known.
///
/// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
pub fn thread<'a>(
    algorithm: ThreadAlgorithm<'_>,
    messages: &[Candidate<'_>],
    number: impl Fn(&Candidate<'_>) -> NonZeroU32,
    arena: &'a Arena,
) -> Result<&'a [Thread<'a>], Unsupported> {
    let forest = match algorithm {
        ThreadAlgorithm::OrderedSubject => ordered_subject(messages),
        ThreadAlgorithm::References => references::by_subject(messages),
        ThreadAlgorithm::Refs => references::by_arrival(messages),
        _ => {
            return Err(Unsupported {
                what: "threading algorithm",
            });
        }
    };
    let numbers: Vec<_> = messages.iter().map(number).collect();
    Ok(forest.to_threads(&numbers, arena))
}

/// Messages with the same subject are one thread, whose first message all others answer.
fn ordered_subject(messages: &[Candidate<'_>]) -> Forest {
    let mut rows: Vec<(String, i64, usize)> = Vec::with_capacity(messages.len());
    for (place, message) in messages.iter().enumerate() {
        rows.push((BaseSubject::of(message.mail).text, message.sent(), place));
    }
    rows.sort();
    let mut threads: Vec<&[(String, i64, usize)]> = rows.chunk_by(|a, b| a.0 == b.0).collect();
    threads.sort_by_key(|thread| thread.first().map(|(_, sent, place)| (*sent, *place)));
    let mut forest = Forest::of_messages(messages.len());
    for thread in threads {
        let mut places = thread.iter().map(|(_, _, place)| *place);
        let Some(first) = places.next() else {
            continue;
        };
        forest.roots.push(first);
        forest.set_children(first, places.collect());
    }
    forest
}
