//! ANONYMOUS: a guest.
//!
//! [RFC 4505](https://www.rfc-editor.org/rfc/rfc4505)

use super::{Context, Exchange, Step};

pub(super) struct Anonymous;

impl Exchange for Anonymous {
    /// What the guest leaves as a trace does not matter, if it is text.
    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step {
        match (&context.policy.guest, std::str::from_utf8(response)) {
            (_, Err(_)) => Step::Malformed,
            (None, Ok(_)) => Step::Denied,
            (Some(user), Ok(_)) => Step::Done(user.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::respond;
    use super::{Anonymous, Step};

    #[test]
    fn ok_guest_with_and_without_trace() {
        for trace in [&b""[..], b"sirhc"] {
            assert_eq!(respond(&mut Anonymous, trace), Step::Done("bob".into()));
        }
        assert_eq!(respond(&mut Anonymous, b"\xff"), Step::Malformed);
    }
}
