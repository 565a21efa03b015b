//! Commands that few servers have.

use std::num::NonZeroU32;

use imap_proto::command::{
    CancelUpdate, GenUrlAuth, Partial, ResetKey, UidBatches, UrlFetch, UrlRequest, UrlRump,
};
use imap_proto::{FetchItemName, SeqNum, Tag, UidSetBuf, UrlMechanism};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{
    DoneAnswer, FetchAnswer, MailboxName, ResetKeyAnswer, UrlFetchAnswer, ValueAnswer,
};

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

    /// Makes URLs that others can use to fetch a part of a message, and gives them in the same order.
    ///
    /// [RFC 4467 section 6.1](https://www.rfc-editor.org/rfc/rfc4467#section-6.1)
    pub fn gen_url_auth(&mut self, urls: &[UrlRump<'_>]) -> D::Run<'_, ValueAnswer<Vec<String>>> {
        self.run(&GenUrlAuth { urls })
    }

    /// Revokes the URLs that were made for a mailbox by these mechanisms, or by all if none are named; for
    /// all mailboxes of the user if none is named.
    ///
    /// The answer is which mechanisms there are beside `INTERNAL`, if the server tells.
    ///
    /// [RFC 4467 section 6.2](https://www.rfc-editor.org/rfc/rfc4467#section-6.2)
    pub fn reset_key(
        &mut self,
        mailbox: Option<MailboxName<'_>>,
        mechanisms: &[UrlMechanism<'_>],
    ) -> D::Run<'_, ResetKeyAnswer> {
        let name = mailbox.map(|mailbox| self.wire(mailbox));
        self.run(&ResetKey {
            mailbox: name.as_ref().map(|name| wire_mailbox(name)),
            mechanisms,
        })
    }

    /// Gets what URLs stand for.
    ///
    /// [RFC 4467 section 6.3](https://www.rfc-editor.org/rfc/rfc4467#section-6.3),
    /// [RFC 5524 section 3](https://www.rfc-editor.org/rfc/rfc5524#section-3)
    pub fn url_fetch(&mut self, urls: &[UrlRequest<'_>]) -> D::Run<'_, UrlFetchAnswer> {
        self.run(&UrlFetch { urls })
    }
}
