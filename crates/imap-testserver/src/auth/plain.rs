//! PLAIN: the name and the password as they are.
//!
//! [RFC 4616](https://www.rfc-editor.org/rfc/rfc4616)

use super::{Context, Exchange, Step, acting_as, is_password};

pub(super) struct Plain;

impl Exchange for Plain {
    /// `message = [authzid] UTF8NUL authcid UTF8NUL passwd`
    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step {
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
        match is_password(context.store, user, password) {
            true => acting_as(user, authorized),
            false => Step::Denied,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::respond;
    use super::{Plain, Step};

    #[test]
    fn ok_and_err_responses() {
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
            assert_eq!(respond(&mut Plain, response), step, "{response:?}");
        }
    }
}
