//! CRAM-MD5: RFC 2195.

use md5::Md5;

use super::{Mechanism, MechanismError, MechanismName, Secret, checked, hex, keyed_hash, no_more};

/// `CRAM-MD5`: a hash of the password and of what the server says.
///
/// `S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+` is such a challenge. Names and
/// passwords are taken as they are; the server does not prove anything.
///
/// ```
/// use imap_client::sasl::{CramMd5, Mechanism};
///
/// let mut cram = CramMd5::new("tim", "tanstaaftanstaaf")?;
/// let response = cram.respond(b"<1896.697170952@postoffice.reston.mci.net>")?;
/// assert_eq!(response.as_bytes(), b"tim b913a602c7eda7a495b4e6e7334d3890");
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
///
/// [RFC 2195 section 2](https://www.rfc-editor.org/rfc/rfc2195#section-2)
#[derive(Clone, Debug)]
pub struct CramMd5 {
    user: Vec<u8>,
    password: Option<Secret>,
}

impl CramMd5 {
    /// Logs in a user.
    ///
    /// # Errors
    ///
    /// If the name is empty or has NUL.
    pub fn new(user: impl AsRef<[u8]>, password: impl AsRef<[u8]>) -> Result<Self, MechanismError> {
        Ok(Self {
            user: checked("user name", user.as_ref())?.to_vec(),
            password: Some(Secret::from(password.as_ref())),
        })
    }
}

impl Mechanism for CramMd5 {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::CramMd5
    }

    fn reveals_secret(&self) -> bool {
        false
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        let Some(password) = self.password.take() else {
            return no_more();
        };
        let digest = keyed_hash::<Md5>(password.as_bytes(), challenge);
        let digest = hex(digest.as_bytes());
        Ok(Secret::concat(&[&self.user, b" ", digest.as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python's `imaplib` answers.
    #[test]
    fn ok_as_imaplib() {
        let long = "k".repeat(64);
        for (user, password, challenge, response) in [
            (
                "tim",
                "tanstaaftanstaaf",
                "<1896.697170952@postoffice.reston.mci.net",
                "tim f1ca6be464b9efa1cca6ffd6cf2d9f32",
            ),
            ("user", "", "<1@x>", "user 1f38caa9f91a66169c1c7cc6276d601c"),
            ("user", "pw", "", "user 80fec29b41c5156ea40107b2cc0ed5c6"),
            (
                "user",
                "p\u{e4}ss",
                "<1@x>",
                "user bb247d155f06aeb33d94855bf8352f4e",
            ),
            (
                "\u{fc}ser",
                "pw",
                "<1@x>",
                "\u{fc}ser 0134654b73dcd856343054a762c8a3ee",
            ),
            (
                "us er",
                "pw",
                "<1@x>",
                "us er 0134654b73dcd856343054a762c8a3ee",
            ),
            ("u", &long, "<1@x>", "u 8535477a576f87c2eec80282c5a69b25"),
        ] {
            let mut cram = CramMd5::new(user, password).unwrap();
            assert!(cram.initial_response().is_none());
            let said = cram.respond(challenge.as_bytes()).unwrap();
            assert_eq!(said.as_bytes(), response.as_bytes());
        }
    }

    #[test]
    fn err_a_second_challenge() {
        let mut cram = CramMd5::new("tim", "pw").unwrap();
        cram.respond(b"<1@x>").unwrap();
        assert!(matches!(
            cram.respond(b"<2@x>"),
            Err(MechanismError::Challenge(_))
        ));
    }
}
