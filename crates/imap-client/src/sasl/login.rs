//! LOGIN: draft-murchison-sasl-login.

use super::{Mechanism, MechanismError, MechanismName, Secret, checked, no_more};

/// `LOGIN`: the name and the password as they are, one after another.
///
/// `S: + VXNlcm5hbWU6` asks for the name, `S: + UGFzc3dvcmQ6` for the password; servers word that
/// as they like, so that only the order counts. Not the command LOGIN.
#[derive(Clone, Debug)]
pub struct Login {
    user: Option<Secret>,
    password: Option<Secret>,
}

impl Login {
    /// Logs in a user.
    ///
    /// # Errors
    ///
    /// If one of them is empty or has NUL.
    pub fn new(user: impl AsRef<[u8]>, password: impl AsRef<[u8]>) -> Result<Self, MechanismError> {
        Ok(Self {
            user: Some(Secret::from(checked("user name", user.as_ref())?)),
            password: Some(Secret::from(checked("password", password.as_ref())?)),
        })
    }
}

impl Mechanism for Login {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::Login
    }

    fn respond(&mut self, _: &[u8]) -> Result<Secret, MechanismError> {
        let next = self.user.take().or_else(|| self.password.take());
        next.map_or_else(no_more, Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_name_and_password_whatever_they_are_called() {
        for [first, second] in [["Username:", "Password:"], ["User Name\0", "Password\0"]] {
            let mut login = Login::new("tim", "pw").unwrap();
            assert!(login.initial_response().is_none());
            assert_eq!(login.respond(first.as_bytes()).unwrap().as_bytes(), b"tim");
            assert_eq!(login.respond(second.as_bytes()).unwrap().as_bytes(), b"pw");
            assert!(matches!(
                login.respond(b"Password:"),
                Err(MechanismError::Challenge(_))
            ));
        }
    }

    #[test]
    fn err_nothing_to_send() {
        assert!(Login::new("", "pw").is_err());
        assert!(Login::new("tim", "").is_err());
    }
}
