//! Responses that are not read in a loop: VANISHED, THREAD, METADATA, NAMESPACE, QUOTA.

use imap_proto::MetadataEntry;
use imap_proto::response::{
    Metadata, MetadataEntries, Namespace, NamespaceExtension, Namespaces, Quota, QuotaUsage,
    Thread, Vanished,
};

use super::{Read, each, sum};

impl Read for Vanished<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let ranges = self.uids.ranges().len() as u64;
        u64::from(self.earlier).wrapping_add(ranges)
    }
}

impl Read for Thread<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let messages = self.messages.iter().map(|n| u64::from(n.get()));
        messages.sum::<u64>().wrapping_add(each(self.replies))
    }
}

impl Read for Metadata<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let entries = match self.entries {
            MetadataEntries::Changed(names) => each(names),
            MetadataEntries::Values(entries) => each(entries),
        };
        self.mailbox.read().wrapping_add(entries)
    }
}

impl Read for MetadataEntry<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.name.read(), self.value.read())
    }
}

impl Read for Namespaces<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            each(self.personal),
            each(self.other_users),
            each(self.shared)
        )
    }
}

impl Read for Namespace<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let delimiter = self.delimiter.map_or(7, u64::from);
        sum!(self.prefix.read(), delimiter, each(self.extensions))
    }
}

impl Read for NamespaceExtension<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.name.read(), each(self.values))
    }
}

impl Read for Quota<'_> {
    #[inline]
    fn read(&self) -> u64 {
        sum!(self.root.read(), each(self.resources))
    }
}

impl Read for QuotaUsage<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let resource = self.resource.as_str().as_bytes().read();
        sum!(resource, self.usage, self.limit)
    }
}
