//! Responses.

use imap_proto::response::{
    Esearch, Fetch, List, Search, SearchCorrelator, SearchReturnData, Status, StatusResponse,
};
use imap_proto::{
    Address, BodyExtension, BodySection, BodyStructure, Capability, Code, Disposition, Envelope,
    FetchItem, InternalDate, MailboxAttribute, MultiPart, Parameter, PartKind, Response,
    SinglePart, Uid,
};

use super::{Read, each, sum};

impl Read for Response<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::Fetch(fetch) => fetch.read(),
            Self::List(list) => list.read(),
            Self::Search(search) => search.read(),
            Self::Status(status) => status.read(),
            Self::UidEsearch(esearch) => esearch.read(),
            Self::Metadata(metadata) => metadata.read(),
            Self::Namespace(namespaces) => namespaces.read(),
            Self::Quota(quota) => quota.read(),
            Self::Thread(threads) => each(threads),
            Self::Vanished(vanished) => vanished.read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for Esearch<'_, Uid> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(each(self.correlators), each(self.data))
    }
}

impl Read for SearchCorrelator<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::Tag(tag) => tag.read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for SearchReturnData<'_, Uid> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::All(set) => set.read(),
            Self::Count(count) => count.read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for Fetch<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.number.get().read(), each(self.items))
    }
}

impl Read for FetchItem<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::Body(body) | Self::BodyStructure(body) => body.read(),
            Self::BodySection(section) => section.read(),
            Self::Envelope(envelope) => envelope.read(),
            Self::Flags(flags) => each(flags),
            Self::InternalDate(date) => date.read(),
            Self::Rfc822Size(size) => *size,
            Self::Uid(uid) => uid.get().read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for BodySection<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.section.read(), self.origin.read(), self.data.read())
    }
}

impl Read for InternalDate {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            u64::from(self.year()),
            u64::from(self.month()),
            u64::from(self.day()),
            u64::from(self.hour()),
            u64::from(self.minute()),
            u64::from(self.second()),
            u64::from(self.offset_minutes().unsigned_abs()),
        )
    }
}

impl Read for Envelope<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            self.date.read(),
            self.subject.read(),
            each(self.from),
            each(self.sender),
            each(self.reply_to),
            each(self.to),
            each(self.cc),
            each(self.bcc),
            self.in_reply_to.read(),
            self.message_id.read(),
        )
    }
}

impl Read for Address<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            self.name.read(),
            self.route.read(),
            self.mailbox.read(),
            self.host.read(),
        )
    }
}

impl Read for BodyStructure<'_> {
    fn read(&self) -> u64 {
        match self {
            Self::Multi(part) => part.read(),
            Self::Single(part) => part.read(),
        }
    }
}

impl Read for MultiPart<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            each(self.parts),
            self.media_subtype.read(),
            each(self.parameters),
            self.extension.read(),
        )
    }
}

impl Read for SinglePart<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let kind = match self.kind {
            PartKind::Basic => 0,
            PartKind::Text { lines } => lines,
            PartKind::Message {
                envelope,
                body,
                lines,
            } => sum!(envelope.read(), body.read(), lines),
        };
        sum!(
            self.media_type.read(),
            self.media_subtype.read(),
            each(self.parameters),
            self.id.read(),
            self.description.read(),
            self.encoding.read(),
            self.octets.read(),
            kind,
            self.md5.read(),
            self.extension.read(),
        )
    }
}

impl Read for Parameter<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.name.read(), self.value.read())
    }
}

impl Read for BodyExtension<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            self.disposition.read(),
            each(self.language),
            self.location.read(),
        )
    }
}

impl Read for Disposition<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.kind.read(), each(self.parameters))
    }
}

impl Read for List<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            each(self.attributes),
            self.delimiter.map_or(0, u64::from),
            self.mailbox.read(),
        )
    }
}

impl Read for MailboxAttribute<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::HasChildren => 1,
            Self::HasNoChildren => 2,
            Self::Marked => 3,
            Self::NoSelect => 4,
            Self::Sent => 5,
            Self::Other(name) => name.read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for Search<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(each(self.numbers), self.mod_seq.unwrap_or(3))
    }
}

impl Read for StatusResponse<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let status = match self.status {
            Status::Ok => 1,
            Status::No => 2,
            Status::Bad => 3,
            Status::PreAuth => 4,
            Status::Bye => 5,
        };
        sum!(self.tag.read(), status, self.code.read(), self.text.read(),)
    }
}

impl Read for Code<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::AppendUid(uid) => sum!(uid.uid_validity.get().read(), uid.uids.read()),
            Self::Capability(list) => each(list),
            Self::CopyUid(uid) => sum!(
                uid.uid_validity.get().read(),
                uid.source.read(),
                uid.destination.read(),
            ),
            Self::HighestModSeq(n) => *n,
            Self::PermanentFlags(flags) => each(flags),
            Self::ReadWrite => 1,
            Self::TryCreate => 2,
            Self::UidNext(n) => n.get().read(),
            Self::UidValidity(n) => n.get().read(),
            Self::Unseen(n) => n.get().read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for Capability<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::Auth(_) => 1,
            Self::Enable => 2,
            Self::Id => 3,
            Self::Idle => 4,
            Self::Imap4Rev1 => 5,
            Self::LiteralPlus => 6,
            Self::LoginReferrals => 8,
            Self::SaslIr => 7,
            Self::Other(name) => name.read(),
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}
