//! Dates, with a time or without.

use imap_proto::{Date, InternalDate};

use crate::encode::{Encode, Encoder};

impl Encode for Date {
    /// `date-text`, without quotes.
    fn encode(&self, out: &mut Encoder) {
        out.number(self.day().into());
        out.raw(b"-");
        out.raw(self.month_name().as_bytes());
        out.raw(b"-");
        for unit in [1000, 100, 10, 1] {
            out.number(u64::from(self.year() / unit % 10));
        }
    }
}

impl Encode for InternalDate {
    /// `date-time`, with quotes.
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(&self.write_to());
    }
}
