//! Reads every field of what our parser gives.
//!
//! A program that parses a message looks at what it got. The sum of all fields is what a benchmark
//! hands to `black_box`, so that nothing of the message can be left unread.

mod command;
mod rare;
mod response;

use imap_proto::{Atom, Flag, IString, Keyword, Mailbox, Tag, Text};

/// A value whose every field can be read.
pub trait Read {
    /// The sum of all fields: numbers as they are, strings as their length and their first octet.
    fn read(&self) -> u64;
}

impl Read for [u8] {
    #[inline]
    fn read(&self) -> u64 {
        let first = self.first().copied().unwrap_or_default();
        (self.len() as u64) << 8 | u64::from(first)
    }
}

impl Read for u32 {
    #[inline]
    fn read(&self) -> u64 {
        u64::from(*self)
    }
}

impl Read for u64 {
    #[inline]
    fn read(&self) -> u64 {
        *self
    }
}

impl<T: Read + ?Sized> Read for &T {
    #[inline]
    fn read(&self) -> u64 {
        (**self).read()
    }
}

impl<T: Read> Read for Option<T> {
    #[inline]
    fn read(&self) -> u64 {
        self.as_ref().map_or(7, Read::read)
    }
}

/// All elements of a list.
#[inline]
fn each<T: Read>(list: &[T]) -> u64 {
    list.iter()
        .fold(list.len() as u64, |sum, item| sum.wrapping_add(item.read()))
}

/// The sum of several fields.
macro_rules! sum {
    ($($field:expr),+ $(,)?) => { 0u64 $(.wrapping_add($field))+ };
}
use sum;

/// Types that are strings.
macro_rules! read_octets {
    ($($name:ident)+) => {
        $(impl Read for $name<'_> {
            #[inline]
            fn read(&self) -> u64 {
                self.as_bytes().read()
            }
        })+
    };
}
read_octets!(Atom IString Keyword Mailbox Tag Text);

impl Read for Flag<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Flag::Answered => 1,
            Flag::Any => 2,
            Flag::Deleted => 3,
            Flag::Draft => 4,
            Flag::Flagged => 5,
            Flag::Recent => 6,
            Flag::Seen => 7,
            Flag::Keyword(name) | Flag::Other(name) => name.read(),
        }
    }
}
