//! ESEARCH: several mailboxes in one search.

use bytes::Bytes;
use imap_proto::command::Esearch;
use imap_proto::response::StatusResponse;
use imap_proto::{Mailbox, Response, Uid, UidValidity};

use super::mailbox::wire_mailbox;
use super::{Absorbed, Answer, Data, Found, Rules};
use crate::error::Error;
use crate::state::State;

exchange!(
    Esearch<'_> => EsearchAnswer,
    Rules::authenticated("ESEARCH").answered_by(Data::SEARCH),
    |_| EsearchAnswer(Vec::new())
);

/// Collects the answer to `ESEARCH`.
#[derive(Debug)]
pub struct EsearchAnswer(Vec<MailboxFound>);

impl Answer for EsearchAnswer {
    type Output = Vec<MailboxFound>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        let Response::UidEsearch(esearch) = response else {
            return Absorbed::Not;
        };
        // RFC 7377 2.1: the mailbox is named even if it is the selected one.
        let Some(mailbox) = esearch.mailbox() else {
            return Absorbed::Not;
        };
        let mut found = Found::default();
        esearch.data.iter().for_each(|data| found.take(data));
        self.0.push(MailboxFound {
            wire_name: mailbox.as_bytes().into(),
            name: mailbox.decode().into_owned(),
            uid_validity: esearch.uid_validity(),
            found,
        });
        Absorbed::Taken
    }

    fn finish(
        mut self,
        status: &StatusResponse<'_>,
        _: &mut State,
    ) -> Result<Vec<MailboxFound>, Error> {
        for mailbox in &mut self.0 {
            mailbox.found.tag = status
                .tag
                .map(|tag| tag.as_str().into())
                .unwrap_or_default();
        }
        Ok(self.0)
    }
}

/// What a search found in one of several mailboxes.
///
/// `S: * ESEARCH (TAG "tag1" MAILBOX "folder1" UIDVALIDITY 1) UID ALL 4001,4003` tells of two
/// messages.
///
/// [RFC 7377 section 2.1](https://www.rfc-editor.org/rfc/rfc7377#section-2.1)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MailboxFound {
    wire_name: Box<[u8]>,
    name: String,
    /// The UIDVALIDITY of the mailbox.
    pub uid_validity: Option<UidValidity>,
    /// What was found there.
    pub found: Found<Uid>,
}

impl MailboxFound {
    /// The name of the mailbox as people read it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the mailbox as it is on the wire, to pass to commands.
    pub fn mailbox(&self) -> Mailbox<'_> {
        wire_mailbox(&self.wire_name)
    }
}
