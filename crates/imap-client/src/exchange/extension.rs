//! PARTIAL, CANCELUPDATE and UIDBATCHES.

use imap_proto::command::{CancelUpdate, Partial, UidBatches};
use imap_proto::{FetchItems, Response, SeqNum, SequenceSet, UidSetBuf};

use super::fetch::{FetchAnswer, fetch_rules};
use super::{Data, DoneAnswer, Rules, ValueAnswer};

exchange!(
    Partial<'_> => FetchAnswer<SeqNum>,
    fetch_rules::<SeqNum>("PARTIAL"),
    |command| {
        let ranges = [command.seq.into()];
        let set = SequenceSet::new(&ranges).unwrap_or(SequenceSet::SAVED);
        FetchAnswer::new(set, &FetchItems::List(&[command.item]))
    }
);

exchange!(CancelUpdate<'_> => DoneAnswer, Rules::selected("CANCELUPDATE"), |_| DoneAnswer);

exchange!(
    UidBatches => ValueAnswer<Vec<UidSetBuf>>,
    Rules::selected("UIDBATCHES").answered_by(Data::UID_BATCHES),
    |_| {
        ValueAnswer::new("UIDBATCHES", |response| match response {
            Response::UidBatches(told) => {
                let batches = told.batches.iter();
                Some(batches.map(|range| UidSetBuf::from_iter([*range])).collect())
            }
            _ => None,
        })
    }
);
