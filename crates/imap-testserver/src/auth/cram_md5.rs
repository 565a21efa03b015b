//! CRAM-MD5: a hash of the password and of what the server says.
//!
//! [RFC 2195](https://www.rfc-editor.org/rfc/rfc2195)

use std::fmt::Write as _;

use md5::Md5;

use super::{Context, Exchange, Step, is_equal, keyed_hash};

pub(super) struct CramMd5 {
    challenge: String,
}

impl CramMd5 {
    pub(super) fn new(nonce: &str) -> Self {
        Self {
            challenge: format!("<{nonce}@imap-testserver>"),
        }
    }
}

impl Exchange for CramMd5 {
    fn first_challenge(&mut self) -> Option<Vec<u8>> {
        Some(self.challenge.clone().into_bytes())
    }

    /// The name, a blank, and the hash in lower case hexadecimal digits.
    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step {
        let Ok(response) = std::str::from_utf8(response) else {
            return Step::Malformed;
        };
        let Some((user, digest)) = response.rsplit_once(' ') else {
            return Step::Malformed;
        };
        let Some(account) = context.store.account(user) else {
            return Step::Denied;
        };
        let hash = keyed_hash::<Md5>(account.password.as_bytes(), self.challenge.as_bytes());
        match is_equal(hex(&hash).as_bytes(), digest.as_bytes()) {
            true => Step::Done(user.to_owned()),
            false => Step::Denied,
        }
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut digits, octet| {
        // cannot fail: a string takes all that is written
        let _ = write!(digits, "{octet:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::respond;
    use super::*;

    #[test]
    fn ok_and_err_responses() {
        let mut exchange = CramMd5::new("1");
        let challenge = exchange.first_challenge().unwrap();
        assert_eq!(challenge, b"<1@imap-testserver>");
        let digest = hex(&keyed_hash::<Md5>(b"secret", &challenge));
        for (response, step) in [
            (format!("ann {digest}"), Step::Done("ann".into())),
            (format!("bob {digest}"), Step::Denied),
            (format!("eve {digest}"), Step::Denied),
            ("ann x".to_owned(), Step::Denied),
            ("ann".to_owned(), Step::Malformed),
        ] {
            assert_eq!(
                respond(&mut exchange, response.as_bytes()),
                step,
                "{response}"
            );
        }
    }
}
