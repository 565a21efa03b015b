//! EXTERNAL: RFC 4422.

use super::{Mechanism, MechanismError, MechanismName, Secret, checked, no_more};

/// `EXTERNAL`: the server knows the client already, by the certificate in TLS for example.
///
/// `C: a1 AUTHENTICATE EXTERNAL =` is [`External::new`].
///
/// ```
/// use imap_client::sasl::{External, Mechanism};
///
/// assert_eq!(External::new().initial_response().unwrap().as_bytes(), b"");
///
/// let mut fred = External::acting_as("fred@example.com")?;
/// assert_eq!(fred.initial_response().unwrap().as_bytes(), b"fred@example.com");
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
///
/// [RFC 4422 appendix A](https://www.rfc-editor.org/rfc/rfc4422#appendix-A)
#[derive(Clone, Debug, Default)]
pub struct External {
    authzid: String,
}

impl External {
    /// Logs in as whom the server knows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Logs in as whom the server knows, in order to act as `authzid`.
    ///
    /// # Errors
    ///
    /// If it is empty or has NUL.
    pub fn acting_as(authzid: &str) -> Result<Self, MechanismError> {
        checked("authorization identity", authzid.as_bytes())?;
        Ok(Self {
            authzid: authzid.to_owned(),
        })
    }
}

impl Mechanism for External {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::External
    }

    fn reveals_secret(&self) -> bool {
        false
    }

    fn initial_response(&mut self) -> Option<Secret> {
        Some(Secret::from(self.authzid.as_str()))
    }

    fn respond(&mut self, _: &[u8]) -> Result<Secret, MechanismError> {
        no_more()
    }
}
