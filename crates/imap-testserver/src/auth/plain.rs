//! PLAIN: the name and the password as they are.
//!
//! [RFC 4616](https://www.rfc-editor.org/rfc/rfc4616)

use super::{Exchange, Step, is_password};
use crate::store::Store;

pub(super) struct Plain;

impl Exchange for Plain {
    fn first_challenge(&mut self) -> Option<Vec<u8>> {
        None
    }

    /// `message = [authzid] UTF8NUL authcid UTF8NUL passwd`
    fn respond(&mut self, response: &[u8], store: &Store) -> Step {
        let mut fields = response.split(|b| *b == 0);
        let (Some(authorized), Some(user), Some(password), None) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Step::Malformed;
        };
        let (Ok(authorized), Ok(user)) =
            (std::str::from_utf8(authorized), std::str::from_utf8(user))
        else {
            return Step::Malformed;
        };
        if !is_password(store, user, password) {
            return Step::Denied;
        }
        if authorized.is_empty() || authorized == user {
            Step::Done(user.to_owned())
        } else {
            Step::NotForOther
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exchange as _, Plain, Step};
    use crate::store::Store;

    #[test]
    fn ok_and_err_responses() {
        let mut store = Store::new(1);
        store.add_account("ann", "secret");
        store.add_account("bob", "other");
        for (response, step) in [
            (&b"\0ann\0secret"[..], Step::Done("ann".into())),
            (b"ann\0ann\0secret", Step::Done("ann".into())),
            (b"bob\0ann\0secret", Step::NotForOther),
            (b"\0ann\0other", Step::Denied),
            (b"\0eve\0secret", Step::Denied),
            (b"ann\0secret", Step::Malformed),
            (b"\0ann\0secret\0", Step::Malformed),
            (b"\0\xff\0secret", Step::Malformed),
            (b"", Step::Malformed),
        ] {
            assert_eq!(Plain.respond(response, &store), step, "{response:?}");
        }
    }
}
