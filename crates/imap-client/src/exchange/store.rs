//! STORE.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Store, StoreData};
use imap_proto::{FetchItemName, FetchItems, MessageNumber, Tag};

use super::fetch::{FetchAnswer, fetch_rules};
use super::{Exchange, Rules};

impl<N: MessageNumber + Send> Exchange for Store<'_, N> {
    type Answer = FetchAnswer<N>;

    fn rules(&self) -> Rules {
        fetch_rules::<N>("STORE")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> FetchAnswer<N> {
        let item = match self.data {
            StoreData::XGmLabels(_) => FetchItemName::XGmLabels,
            StoreData::Other(item) => FetchItemName::Other(item),
            _ => FetchItemName::Flags,
        };
        FetchAnswer::new(self.set, &FetchItems::List(&[item]))
    }
}
