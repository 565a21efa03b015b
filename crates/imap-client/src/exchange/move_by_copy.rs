//! MOVE by COPY, STORE and UID EXPUNGE.

use bytes::Bytes;
use imap_codec::{Encode, EncodeError, EncodeOptions, Encoded, Encoder, encode_command};
use imap_proto::command::{Copy, Move, Store, StoreAction, StoreData, UidExpunge};
use imap_proto::response::StatusResponse;
use imap_proto::{Flag, Response, Tag, Uid};

use super::{Absorbed, Answer, Data, Exchange, MessageSet, MoveAnswer, Moved, Rules};
use crate::error::Error;
use crate::state::State;

/// `UID MOVE` for servers without it: `UID COPY`, then `UID STORE +FLAGS.SILENT (\Deleted)`, then
/// `UID EXPUNGE`.
///
/// [RFC 6851 section 3.3](https://www.rfc-editor.org/rfc/rfc6851#section-3.3)
#[derive(Clone, Copy, Debug)]
pub struct MoveByCopy<'a>(pub Move<'a, Uid>);

impl MoveByCopy<'_> {
    fn expunge(&self) -> UidExpunge<'_> {
        UidExpunge { set: self.0.set }
    }
}

impl Exchange for MoveByCopy<'_> {
    type Answer = MoveByCopyAnswer;

    fn rules(&self) -> Rules {
        // Nothing may come between that could select another mailbox.
        let rules = Rules::selected("move by copy").alone();
        rules.answered_by(Data::UID_PLUS | Data::EXPUNGE)
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        self.expunge().check(state)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        let Move { set, mailbox } = self.0;
        encode_command(tag, &Copy { set, mailbox }, options)
    }

    fn answer(&self) -> MoveByCopyAnswer {
        MoveByCopyAnswer {
            set: MessageSet::to_owned(self.0.set),
            next: Step::Store,
            moved: MoveAnswer::default(),
        }
    }
}

/// Collects the answers to the three commands.
#[derive(Debug)]
pub struct MoveByCopyAnswer {
    set: MessageSet<'static, Uid>,
    next: Step,
    moved: MoveAnswer,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Store,
    Expunge,
    Done,
}

impl Answer for MoveByCopyAnswer {
    type Output = Moved;

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        self.moved.absorb(response, frame, state)
    }

    fn next(&mut self, status: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        let set = self.set.clone();
        match self.next {
            Step::Store => {
                self.moved.copied(status);
                self.next = Step::Expunge;
                Some(Box::new(MarkDeleted(set)))
            }
            Step::Expunge => {
                self.next = Step::Done;
                Some(Box::new(Remove(set)))
            }
            Step::Done => None,
        }
    }

    fn finish(self, status: &StatusResponse<'_>, state: &mut State) -> Result<Moved, Error> {
        self.moved.finish(status, state)
    }
}

/// The second command.
struct MarkDeleted(MessageSet<'static, Uid>);

impl Encode for MarkDeleted {
    fn encode(&self, out: &mut Encoder) {
        if let Some(set) = self.0.as_set() {
            let store = Store {
                set,
                modifiers: &[],
                action: StoreAction::Add,
                silent: true,
                data: StoreData::Flags(&[Flag::Deleted]),
            };
            store.encode(out);
        }
    }
}

/// The third command.
struct Remove(MessageSet<'static, Uid>);

impl Encode for Remove {
    fn encode(&self, out: &mut Encoder) {
        if let Some(set) = self.0.as_set() {
            UidExpunge { set }.encode(out);
        }
    }
}
