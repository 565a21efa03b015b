//! LOGIN: the name and the password, one after another; never standardized.
//!
//! [draft-murchison-sasl-login](https://datatracker.ietf.org/doc/html/draft-murchison-sasl-login)

use super::{Context, Exchange, Step, is_password};

#[derive(Default)]
pub(super) struct Login {
    user: Option<String>,
}

impl Exchange for Login {
    fn first_challenge(&mut self) -> Option<Vec<u8>> {
        Some(b"User Name\0".to_vec())
    }

    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step {
        match self.user.take() {
            None => {
                let Ok(user) = std::str::from_utf8(response) else {
                    return Step::Malformed;
                };
                self.user = Some(user.to_owned());
                Step::Challenge(b"Password\0".to_vec())
            }
            Some(user) if is_password(context.store, &user, response) => Step::Done(user),
            Some(_) => Step::Denied,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::respond;
    use super::{Login, Step};

    #[test]
    fn ok_and_err_responses() {
        for (user, password, step) in [
            ("ann", "secret", Step::Done("ann".into())),
            ("ann", "other", Step::Denied),
            ("eve", "secret", Step::Denied),
        ] {
            let mut login = Login::default();
            let asked = respond(&mut login, user.as_bytes());
            assert_eq!(asked, Step::Challenge(b"Password\0".to_vec()));
            assert_eq!(respond(&mut login, password.as_bytes()), step);
        }
        assert_eq!(respond(&mut Login::default(), b"\xff"), Step::Malformed);
    }
}
