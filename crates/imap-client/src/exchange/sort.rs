//! SORT.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Sort;
use imap_proto::{Command, SeqNum, Tag, Uid};

use super::search::{SearchAnswer, search_rules};
use super::{Exchange, Rules};

exchange!(
    Sort<'_> => SearchAnswer<SeqNum>,
    search_rules::<SeqNum>("SORT"),
    |sort| SearchAnswer::new(sort.return_options).sorted()
);

/// `UID SORT`: find messages by UID, and have them in order.
#[derive(Clone, Copy, Debug)]
pub struct UidSort<'a>(pub Sort<'a>);

impl Exchange for UidSort<'_> {
    type Answer = SearchAnswer<Uid>;

    fn rules(&self) -> Rules {
        search_rules::<Uid>("UID SORT")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::UidSort(self.0), options)
    }

    fn answer(&self) -> SearchAnswer<Uid> {
        SearchAnswer::new(self.0.return_options).sorted()
    }
}
