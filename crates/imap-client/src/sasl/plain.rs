//! PLAIN: RFC 4616.

use super::{Mechanism, MechanismError, MechanismName, Secret, checked, no_more};

/// `PLAIN`: the name and the password as they are.
///
/// `C: a1 AUTHENTICATE PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm` is `tim` with `tanstaaftanstaaf`. Names
/// and passwords should be UTF-8; they are sent as they are given, since preparing them is the
/// server's.
///
/// [RFC 4616](https://www.rfc-editor.org/rfc/rfc4616)
#[derive(Clone, Debug)]
pub struct Plain {
    message: Secret,
}

impl Plain {
    /// Logs in a user.
    ///
    /// # Errors
    ///
    /// If one of them is empty or has NUL.
    pub fn new(user: impl AsRef<[u8]>, password: impl AsRef<[u8]>) -> Result<Self, MechanismError> {
        Self::message(b"", user.as_ref(), password.as_ref())
    }

    /// Logs in with the password of `user`, in order to act as `authzid`.
    ///
    /// # Errors
    ///
    /// If one of them is empty or has NUL.
    ///
    /// ```
    /// use imap_client::sasl::{Mechanism, Plain};
    ///
    /// let mut plain = Plain::acting_as("Ursel", "Kurt", "xipj3plmq")?;
    /// let response = plain.initial_response().unwrap();
    /// assert_eq!(response.as_bytes(), b"Ursel\0Kurt\0xipj3plmq");
    /// # Ok::<(), imap_client::sasl::MechanismError>(())
    /// ```
    pub fn acting_as(
        authzid: impl AsRef<[u8]>,
        user: impl AsRef<[u8]>,
        password: impl AsRef<[u8]>,
    ) -> Result<Self, MechanismError> {
        let authzid = checked("authorization identity", authzid.as_ref())?;
        Self::message(authzid, user.as_ref(), password.as_ref())
    }

    /// ```abnf
    /// message = [authzid] UTF8NUL authcid UTF8NUL passwd
    /// ```
    fn message(authzid: &[u8], user: &[u8], password: &[u8]) -> Result<Self, MechanismError> {
        let user = checked("user name", user)?;
        let password = checked("password", password)?;
        Ok(Self {
            message: Secret::concat(&[authzid, b"\0", user, b"\0", password]),
        })
    }
}

impl Mechanism for Plain {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::Plain
    }

    fn initial_response(&mut self) -> Option<Secret> {
        Some(self.message.clone())
    }

    fn respond(&mut self, _: &[u8]) -> Result<Secret, MechanismError> {
        no_more()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_octets_that_are_no_utf8_are_sent_as_they_are() {
        let mut plain = Plain::new(b"j\xf6rg", b"\xff").unwrap();
        let response = plain.initial_response().unwrap();
        assert_eq!(response.as_bytes(), b"\0j\xf6rg\0\xff");
    }

    #[test]
    fn err_what_would_move_the_borders_between_the_arguments() {
        for (authzid, user, password, name) in [
            ("a\0b", "u", "p", "authorization identity"),
            ("a", "u\0", "p", "user name"),
            ("a", "u", "\0p", "password"),
            ("", "u", "p", "authorization identity"),
            ("a", "", "p", "user name"),
            ("a", "u", "", "password"),
        ] {
            let error = Plain::acting_as(authzid, user, password).unwrap_err();
            assert!(
                matches!(error, MechanismError::Argument { name: n, .. } if n == name),
                "{error:?}"
            );
        }
    }

    #[test]
    fn err_a_challenge_after_the_response() {
        let mut plain = Plain::new("u", "p").unwrap();
        plain.initial_response();
        let error = plain.respond(b"again").unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected no challenge after the last response"
        );
    }

    #[test]
    fn ok_debug_keeps_the_secret() {
        let plain = Plain::new("u", "hunter2").unwrap();
        assert_eq!(format!("{plain:?}"), "Plain { message: Secret { .. } }");
    }
}
