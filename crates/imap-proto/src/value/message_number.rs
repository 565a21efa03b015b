//! Message sequence numbers and unique identifiers.

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

mod sealed {
    #[expect(unnameable_types, reason = "sealing is what it is for")]
    pub trait Sealed {}
    impl Sealed for super::SeqNum {}
    impl Sealed for super::Uid {}
}

/// A number that names a message: [`SeqNum`] or [`Uid`].
pub trait MessageNumber:
    sealed::Sealed
    + Copy
    + fmt::Debug
    + fmt::Display
    + Eq
    + From<NonZeroU32>
    + Into<u32>
    + Ord
    + TryFrom<u32, Error = NumberError>
    + 'static
{
    /// What stands in front of the name of a command with such numbers: nothing or `UID `.
    const COMMAND_PREFIX: &'static str;
}

/// A message sequence number: the 1-based position of a message in its mailbox at the moment.
///
/// Positions move when messages before are expunged. `S: * 12 FETCH ...` speaks of sequence number 12.
///
/// ```
/// use imap_proto::SeqNum;
///
/// assert_eq!(SeqNum::try_from(12)?.get(), 12);
/// assert!(SeqNum::try_from(0).is_err());
/// # Ok::<(), imap_proto::NumberError>(())
/// ```
///
/// [RFC 9051 section 2.3.1.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1.2)
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SeqNum(NonZeroU32);

/// The unique identifier of a message: ascending, and valid as long as the [`UidValidity`] stays.
///
/// [RFC 9051 section 2.3.1.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1.1)
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Uid(NonZeroU32);

/// What says whether UIDs kept from an earlier session still name the same messages.
///
/// [RFC 9051 section 2.3.1.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1.1)
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UidValidity(NonZeroU32);

impl MessageNumber for SeqNum {
    const COMMAND_PREFIX: &'static str = "";
}

impl MessageNumber for Uid {
    const COMMAND_PREFIX: &'static str = "UID ";
}

/// 0 where a number from 1 to 4,294,967,295 is needed, or a text that is no such number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NumberError(());

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a number from 1 to 4294967295")
    }
}

impl core::error::Error for NumberError {}

/// What the three newtypes have in common.
macro_rules! number {
    ($name:ident) => {
        impl $name {
            /// The smallest one.
            pub const MIN: Self = Self(NonZeroU32::MIN);
            /// The largest one.
            pub const MAX: Self = Self(NonZeroU32::MAX);

            /// The number.
            pub const fn get(self) -> u32 {
                self.0.get()
            }
        }
        impl From<NonZeroU32> for $name {
            fn from(number: NonZeroU32) -> Self {
                Self(number)
            }
        }
        impl From<$name> for u32 {
            fn from(number: $name) -> Self {
                number.get()
            }
        }
        impl TryFrom<u32> for $name {
            type Error = NumberError;

            #[inline(always)]
            fn try_from(number: u32) -> Result<Self, NumberError> {
                NonZeroU32::new(number).map(Self).ok_or(NumberError(()))
            }
        }
        impl FromStr for $name {
            type Err = NumberError;

            fn from_str(text: &str) -> Result<Self, NumberError> {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                let number = text
                    .parse()
                    .ok()
                    .filter(|_| digits && !text.starts_with('0'));
                number.map(Self).ok_or(NumberError(()))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}
number!(SeqNum);
number!(Uid);
number!(UidValidity);

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::{NumberError, SeqNum, Uid, UidValidity};

    #[test]
    fn ok_numbers_from_one() {
        assert_eq!("7".parse::<Uid>().map(Uid::get), Ok(7));
        assert_eq!(SeqNum::MIN.get(), 1);
        assert_eq!(UidValidity::MAX.get(), u32::MAX);
        assert_eq!("4294967295".parse(), Ok(Uid::MAX));
        assert_eq!(alloc::format!("{0} {0:?}", Uid::MIN), "1 Uid(1)");
    }

    #[test]
    fn err_what_is_no_such_number() {
        for text in ["", "0", "01", "+1", "-1", "1 ", "4294967296", "x"] {
            let error: NumberError = text.parse::<Uid>().unwrap_err();
            assert_eq!(error.to_string(), "expected a number from 1 to 4294967295");
        }
        assert!(SeqNum::try_from(0).is_err());
    }
}
