//! Mechanisms that a program brings along.

use std::fmt;

use imap_proto::Atom;

use super::{Mechanism, MechanismError, MechanismName, Secret};

/// Any mechanism, with a function that answers its challenges.
///
/// The server begins. Nothing in return for a challenge cancels the authentication. It is taken to
/// need an encrypted connection; what does not should implement [`Mechanism`].
///
/// ```
/// use imap_client::sasl::{Callback, Mechanism};
///
/// let mut echo = Callback::new("X-ECHO", |challenge: &[u8]| Some(challenge.into()))?;
/// assert_eq!(echo.name().as_str(), "X-ECHO");
/// assert_eq!(echo.respond(b"hello")?.as_bytes(), b"hello");
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
pub struct Callback<F> {
    name: Box<str>,
    respond: F,
}

impl<F: FnMut(&[u8]) -> Option<Secret>> Callback<F> {
    /// A mechanism of this name.
    ///
    /// # Errors
    ///
    /// If the name is no atom.
    pub fn new(name: &str, respond: F) -> Result<Self, MechanismError> {
        if Atom::new(name).is_err() {
            return Err(MechanismError::Argument {
                name: "mechanism",
                reason: "is no atom",
            });
        }
        Ok(Self {
            name: name.into(),
            respond,
        })
    }
}

impl<F: FnMut(&[u8]) -> Option<Secret> + Send> Mechanism for Callback<F> {
    fn name(&self) -> MechanismName<'_> {
        // cannot fail: checked when made
        MechanismName::from(Atom::new(&self.name).expect("an atom"))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        (self.respond)(challenge).ok_or(MechanismError::Cancelled)
    }
}

impl<F> fmt::Debug for Callback<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut callback = f.debug_struct("Callback");
        callback.field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_cancelled_when_there_is_no_response() {
        let mut none = Callback::new("X-NONE", |_: &[u8]| None).unwrap();
        assert_eq!(none.respond(b"").unwrap_err(), MechanismError::Cancelled);
        assert!(none.reveals_secret());
    }

    #[test]
    fn err_a_name_that_is_no_atom() {
        for name in ["", "X Y", "X\r\n"] {
            assert!(Callback::new(name, |_: &[u8]| None).is_err());
        }
    }
}
