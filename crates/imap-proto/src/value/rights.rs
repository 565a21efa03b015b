//! Rights on a mailbox.

use core::fmt;
use core::fmt::Write as _;
use core::str::FromStr;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring};

/// What a user may do with a mailbox: a set of rights, each of which is a letter or a digit.
///
/// `S: * MYRIGHTS INBOX rwiptsldaex` has eleven. The order of the letters has no meaning.
///
/// ```
/// use imap_proto::Rights;
///
/// let rights: Rights = "lrs".parse()?;
/// assert!(rights.contains(Rights::READ));
/// assert_eq!(rights.with(Rights::INSERT).to_string(), "lrsi");
/// # Ok::<(), imap_proto::RightsError>(())
/// ```
///
/// [RFC 4314 section 2](https://www.rfc-editor.org/rfc/rfc4314#section-2)
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Rights(u64);

impl Rights {
    /// None.
    pub const EMPTY: Self = Self(0);
    /// `l`: LIST shows the mailbox, and it can be subscribed to.
    pub const LOOKUP: Self = Self::right(b'l');
    /// `r`: it can be selected, and STATUS tells of it.
    pub const READ: Self = Self::right(b'r');
    /// `s`: `\Seen` is kept from session to session.
    pub const SEEN: Self = Self::right(b's');
    /// `w`: flags other than `\Seen` and `\Deleted` can be changed.
    pub const WRITE: Self = Self::right(b'w');
    /// `i`: messages can be appended and copied into it.
    pub const INSERT: Self = Self::right(b'i');
    /// `p`: mail can be sent to its address.
    pub const POST: Self = Self::right(b'p');
    /// `k`: mailboxes can be made below it.
    pub const CREATE: Self = Self::right(b'k');
    /// `x`: it can be deleted, and renamed.
    pub const DELETE_MAILBOX: Self = Self::right(b'x');
    /// `t`: `\Deleted` can be changed.
    pub const DELETE_MESSAGES: Self = Self::right(b't');
    /// `e`: messages can be expunged.
    pub const EXPUNGE: Self = Self::right(b'e');
    /// `a`: rights can be changed.
    pub const ADMINISTER: Self = Self::right(b'a');
    /// `n`: shared annotations of messages can be changed, RFC 5257.
    pub const ANNOTATE: Self = Self::right(b'n');
    /// `c`: in RFC 2086 what `k` is now, and with some servers `x`.
    pub const OLD_CREATE: Self = Self::right(b'c');
    /// `d`: in RFC 2086 what `t` and `e` are now, and with some servers `x`.
    pub const OLD_DELETE: Self = Self::right(b'd');

    /// The rights that these letters and digits stand for.
    ///
    /// # Errors
    ///
    /// If there is anything but lower-case letters and digits.
    pub const fn new(letters: &str) -> Result<Self, RightsError> {
        Self::from_octets(letters.as_bytes())
    }

    const fn from_octets(letters: &[u8]) -> Result<Self, RightsError> {
        let mut rights = Self::EMPTY;
        let mut rest = letters;
        while let [letter, tail @ ..] = rest {
            if !(letter.is_ascii_lowercase() || letter.is_ascii_digit()) {
                return Err(RightsError {
                    offset: letters.len() - rest.len(),
                });
            }
            rights = rights.with(Self::right(*letter));
            rest = tail;
        }
        Ok(rights)
    }

    /// One right, which is a lower-case letter or a digit.
    const fn right(letter: u8) -> Self {
        let place = match letter {
            b'0'..=b'9' => letter - b'0',
            _ => letter - b'a' + 10,
        };
        Self(1 << place)
    }

    /// These and those of `other`.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all those of `other` are among these.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The letters and digits: those of RFC 4314 in its order, then the others.
    ///
    /// ```
    /// use imap_proto::Rights;
    ///
    /// let rights = Rights::new("0awrl")?;
    /// assert_eq!(rights.letters().collect::<String>(), "lrwa0");
    /// # Ok::<(), imap_proto::RightsError>(())
    /// ```
    pub fn letters(self) -> impl Iterator<Item = char> {
        let has = move |letter: &u8| self.contains(Self::right(*letter));
        LETTERS.iter().copied().filter(has).map(char::from)
    }
}

/// All that there can be, in the order in which they are written.
const LETTERS: &[u8; 36] = b"lrswipkxteacdnbfghjmoquvyz0123456789";

impl FromStr for Rights {
    type Err = RightsError;

    fn from_str(letters: &str) -> Result<Self, RightsError> {
        Self::new(letters)
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rights({self})")
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.letters().try_for_each(|letter| f.write_char(letter))
    }
}

/// A text that has something else than lower-case letters and digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RightsError {
    /// Octets in front of the first one that is no right.
    pub offset: usize,
}

impl fmt::Display for RightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.offset;
        write!(
            f,
            "expected a lower-case letter or a digit at byte {offset}"
        )
    }
}

impl core::error::Error for RightsError {}

/// `rights = astring`, of lower-case letters and digits only.
pub(crate) fn rights<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Rights> {
    let start = *i;
    match Rights::from_octets(astring(i, cx)?.as_bytes()) {
        Ok(rights) => Ok(rights),
        Err(_) => fail(start, Expected::Rights),
    }
}

/// The same with a sign in front or without one, which is taken from the string.
pub(crate) fn mod_rights<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<(Option<u8>, Rights)> {
    let start = *i;
    let (sign, letters) = match astring(i, cx)?.as_bytes() {
        [sign @ (b'+' | b'-'), letters @ ..] => (Some(*sign), letters),
        letters => (None, letters),
    };
    match Rights::from_octets(letters) {
        Ok(rights) => Ok((sign, rights)),
        Err(_) => fail(start, Expected::Rights),
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::{LETTERS, Rights, RightsError};

    #[test]
    fn ok_each_letter_is_one_right_and_written_back() {
        for letter in LETTERS {
            let text = char::from(*letter).to_string();
            let rights = Rights::new(&text).unwrap();
            assert_eq!(rights.to_string(), text);
            assert_eq!(rights.letters().count(), 1);
        }
        let all = core::str::from_utf8(LETTERS).unwrap();
        assert_eq!(Rights::new(all).unwrap().to_string(), all);
    }

    #[test]
    fn ok_sets_of_rights() {
        let rights = Rights::new("rr1l").unwrap();
        assert_eq!(rights.to_string(), "lr1");
        assert!(rights.contains(Rights::LOOKUP.with(Rights::READ)));
        assert!(!rights.contains(Rights::READ.with(Rights::WRITE)));
        assert_eq!(rights.without(Rights::READ).to_string(), "l1");
        assert!(Rights::default().is_empty() && !rights.is_empty());
    }

    #[test]
    fn err_tells_the_place_of_what_is_no_right() {
        for (text, offset) in [("R", 0), ("lr+", 2), ("l r", 1), ("\u{e4}", 0)] {
            assert_eq!(Rights::new(text), Err(RightsError { offset }), "{text}");
        }
    }
}
