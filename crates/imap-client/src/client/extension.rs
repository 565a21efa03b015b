//! Commands about messages that few servers have.

use std::num::NonZeroU32;

use imap_proto::command::{CancelUpdate, Partial, UidBatches};
use imap_proto::{FetchItemName, SeqNum, Tag, UidSetBuf};

use super::Client;
use crate::driver::Driver;
use crate::exchange::{DoneAnswer, FetchAnswer, ValueAnswer};

impl<D: Driver> Client<D> {
    /// Gets a part of one item of a message: `count` octets, beginning with the 1-based octet `first`.
    ///
    /// `C: A005 PARTIAL 4 RFC822 1 1024` is of IMAP4 as of 1994; `BODY[]<0.1024>` has replaced it.
    ///
    /// [RFC 1730 section 6.4.6](https://www.rfc-editor.org/rfc/rfc1730#section-6.4.6)
    pub fn partial(
        &mut self,
        seq: SeqNum,
        item: FetchItemName<'_>,
        first: u32,
        count: u32,
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.run(&Partial {
            seq,
            item,
            first,
            count,
        })
    }

    /// Asks to tell no more about the results of searches that were to be kept up to date, given by their
    /// tags.
    ///
    /// [RFC 5267 section 4.3.5](https://www.rfc-editor.org/rfc/rfc5267#section-4.3.5)
    pub fn cancel_update(&mut self, tags: &[Tag<'_>]) -> D::Run<'_, DoneAnswer> {
        self.run(&CancelUpdate { tags })
    }

    /// Divides the messages of the selected mailbox into ranges of UIDs that have `size` messages each,
    /// the last messages first.
    ///
    /// `range` has the first and the last range to tell, 1-based; without it, all are told.
    ///
    /// `S: * UIDBATCHES (TAG "A1") 99695:20351,20350:7830` has two, each of which FETCH takes.
    ///
    /// [draft-ietf-mailmaint-imap-uidbatches](https://datatracker.ietf.org/doc/draft-ietf-mailmaint-imap-uidbatches/)
    pub fn uid_batches(
        &mut self,
        size: NonZeroU32,
        range: Option<(NonZeroU32, NonZeroU32)>,
    ) -> D::Run<'_, ValueAnswer<Vec<UidSetBuf>>> {
        self.run(&UidBatches { size, range })
    }
}
