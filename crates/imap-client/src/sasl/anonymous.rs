//! ANONYMOUS: RFC 4505.

use super::prepare::trace;
use super::{Mechanism, MechanismError, MechanismName, Secret, no_more};

/// `ANONYMOUS`: a guest, who may leave a trace for those who read the log.
///
/// `C: c2lyaGM=` leaves `sirhc`.
///
/// ```
/// use imap_client::sasl::{Anonymous, Mechanism};
///
/// assert_eq!(Anonymous::new().initial_response().unwrap().as_bytes(), b"");
///
/// let mut guest = Anonymous::with_trace("sirhc")?;
/// assert_eq!(guest.initial_response().unwrap().as_bytes(), b"sirhc");
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
///
/// [RFC 4505 section 2](https://www.rfc-editor.org/rfc/rfc4505#section-2)
#[derive(Clone, Debug, Default)]
pub struct Anonymous {
    trace: String,
}

impl Anonymous {
    /// Leaves no trace.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves a trace: an address of e-mail, or up to 255 characters without `@`.
    ///
    /// # Errors
    ///
    /// If the text is empty, too long, or has characters that have no place in a log.
    ///
    /// ```abnf
    /// message = [ email / token ]
    /// token   = 1*255TCHAR
    /// ```
    pub fn with_trace(text: &str) -> Result<Self, MechanismError> {
        let reason = if text.is_empty() {
            "is empty"
        } else if !text.contains('@') && text.chars().nth(255).is_some() {
            "has more than 255 characters"
        } else if !trace(text) {
            "has characters that it must not have"
        } else {
            return Ok(Self {
                trace: text.to_owned(),
            });
        };
        Err(MechanismError::Argument {
            name: "trace",
            reason,
        })
    }
}

impl Mechanism for Anonymous {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::Anonymous
    }

    fn reveals_secret(&self) -> bool {
        false
    }

    fn initial_response(&mut self) -> Option<Secret> {
        Some(Secret::from(self.trace.as_str()))
    }

    fn respond(&mut self, _: &[u8]) -> Result<Secret, MechanismError> {
        no_more()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_at_most_255_characters_unless_it_is_an_address() {
        let longest = "\u{fc}".repeat(255);
        assert!(Anonymous::with_trace(&longest).is_ok());
        assert!(Anonymous::with_trace(&format!("{longest}x")).is_err());
        assert!(Anonymous::with_trace(&format!("{longest}@example.com")).is_ok());
    }

    #[test]
    fn err_what_has_no_place_in_a_log() {
        for text in ["", "a\0b", "a\r\nb", "\u{202e}abc", "\u{e000}", "a\u{5d0}"] {
            assert!(Anonymous::with_trace(text).is_err(), "{text:?}");
        }
    }
}
