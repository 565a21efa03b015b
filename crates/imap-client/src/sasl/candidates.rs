//! One mechanism after another.

use std::collections::VecDeque;
use std::fmt;

use imap_proto::Code;
use imap_proto::response::Status;

use super::Mechanism;
use crate::error::Refusal;

/// The mechanisms that can be used, the strongest first; made by
/// [`Choice::mechanisms`](super::Choice::mechanisms).
///
/// The next one is for the case that the server refuses a mechanism, and not who wants to log in:
/// if [`refused`](Self::refused) or
/// [`MechanismError::is_unsupported`](super::MechanismError::is_unsupported) say so. A wrong
/// password does not become a right one by being shown in more ways.
#[derive(Default)]
pub struct Candidates {
    rest: VecDeque<Box<dyn Mechanism>>,
    /// Whether the one that was given out last has channel binding.
    bound: bool,
    /// Whether the one that was given out last reveals the secret.
    reveals_secret: bool,
}

impl Candidates {
    pub(super) fn new(mechanisms: VecDeque<Box<dyn Mechanism>>) -> Self {
        Self {
            rest: mechanisms,
            bound: false,
            reveals_secret: false,
        }
    }

    /// The server refused the mechanism that was given out last: whether to try the next one.
    ///
    /// `challenged` tells whether there was a challenge, which there is only in a mechanism that
    /// the server knows. The mechanism is meant
    ///
    /// - by BAD, by the code CANNOT, and by a NO without a code or with ALERT, if there was no
    ///   challenge; unless the NO may mean a password or a token that was in the command already;
    /// - by any of them in the middle of a mechanism with channel binding, since the server may
    ///   know no kind of binding that this client knows. Only mechanisms that reveal nothing are
    ///   left then.
    ///
    /// ```
    /// use imap_client::sasl::{Choice, Credentials};
    /// use imap_client::{Capabilities, Refusal};
    /// use imap_proto::{Capability, Mechanism};
    ///
    /// let offered = [Mechanism::Plain, Mechanism::ScramSha256];
    /// let capabilities: Capabilities = offered.into_iter().map(Capability::Auth).collect();
    /// let choice = Choice::new(&capabilities).with_encryption(&[]);
    /// let mut candidates = choice.mechanisms(&Credentials::password("ann", "secret"))?;
    /// assert_eq!(candidates.next().unwrap().name(), Mechanism::ScramSha256);
    ///
    /// let wrong = Refusal::of_line(b"a1 NO [AUTHENTICATIONFAILED] sorry\r\n").unwrap();
    /// assert!(!candidates.refused(&wrong, true));
    /// let unsupported = Refusal::of_line(b"a1 NO unsupported mechanism\r\n").unwrap();
    /// assert!(candidates.refused(&unsupported, false));
    /// assert_eq!(candidates.next().unwrap().name(), Mechanism::Plain);
    /// # Ok::<(), imap_client::sasl::MechanismError>(())
    /// ```
    ///
    /// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
    pub fn refused(&mut self, refusal: &Refusal, challenged: bool) -> bool {
        let told = match refusal.code() {
            None | Some(Code::Alert) => refusal.status() == Status::Bad,
            Some(Code::Cannot) => true,
            Some(_) => return false,
        };
        if challenged {
            if !self.bound {
                return false;
            }
            self.rest
                .retain(|next| !is_bound(&**next) && !next.reveals_secret());
        } else if self.reveals_secret && !told {
            return false;
        }
        !self.rest.is_empty()
    }
}

impl Candidates {
    /// Whether none is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

impl Iterator for Candidates {
    type Item = Box<dyn Mechanism>;

    fn next(&mut self) -> Option<Box<dyn Mechanism>> {
        let next = self.rest.pop_front()?;
        self.bound = is_bound(&*next);
        self.reveals_secret = next.reveals_secret();
        Some(next)
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.rest.iter().map(|mechanism| mechanism.name());
        f.debug_list().entries(names).finish()
    }
}

/// Whether a mechanism has channel binding.
pub(super) fn is_bound(mechanism: &dyn Mechanism) -> bool {
    mechanism.name().as_str().ends_with("-PLUS")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sasl::{
        ChannelBinding, ChannelBindingKind, CramMd5, Login, Plain, Scram, ScramHash,
    };

    fn scram() -> Scram {
        Scram::new(ScramHash::Sha256, "ann", "secret").unwrap()
    }

    fn plus() -> Scram {
        let binding = ChannelBinding::new(ChannelBindingKind::TlsExporter, b"data").unwrap();
        scram().with_channel_binding(binding)
    }

    fn plain() -> Plain {
        Plain::new("ann", "secret").unwrap()
    }

    fn after(first: impl Mechanism + 'static, line: &str, challenged: bool) -> Vec<String> {
        let cram = CramMd5::new("ann", "secret").unwrap();
        let login = Login::new("ann", "secret").unwrap();
        let all: [Box<dyn Mechanism>; 5] = [
            Box::new(first),
            Box::new(plus()),
            Box::new(scram()),
            Box::new(cram),
            Box::new(login),
        ];
        let mut candidates = Candidates::new(all.into());
        candidates.next();
        let refusal = Refusal::of_line(format!("{line}\r\n").as_bytes()).unwrap();
        match candidates.refused(&refusal, challenged) {
            true => candidates
                .map(|next| next.name().as_str().to_owned())
                .collect(),
            false => Vec::new(),
        }
    }

    #[test]
    fn ok_only_a_refusal_of_the_mechanism_leads_on() {
        for (line, after_scram, after_plain) in [
            ("a NO unsupported", true, false),
            // Dovecot 2.3.
            (
                "a NO [ALERT] Unsupported authentication mechanism.",
                true,
                false,
            ),
            ("a BAD what?", true, true),
            ("a NO [CANNOT] unsupported", true, true),
            ("a NO [AUTHENTICATIONFAILED] no", false, false),
            ("a BAD [AUTHENTICATIONFAILED] no", false, false),
            ("a NO [UNAVAILABLE] later", false, false),
            ("a NO [X-MINE] no", false, false),
        ] {
            assert_eq!(
                after(scram(), line, false).len() == 4,
                after_scram,
                "{line}"
            );
            assert_eq!(
                after(plain(), line, false).len() == 4,
                after_plain,
                "{line}"
            );
            assert!(after(scram(), line, true).is_empty(), "{line}");
            assert!(after(plain(), line, true).is_empty(), "{line}");
        }
    }

    /// Cyrus 3.6 offers the -PLUS forms, and knows no other binding than `tls-unique`.
    #[test]
    fn ok_an_unknown_binding_leads_on_to_what_reveals_nothing() {
        let line = "a NO bad protocol / cancel";
        assert_eq!(after(plus(), line, true), ["SCRAM-SHA-256", "CRAM-MD5"]);
        let line = "a NO [AUTHENTICATIONFAILED] no";
        assert!(after(plus(), line, true).is_empty());
    }

    #[test]
    fn err_nothing_is_left() {
        let mut candidates = Candidates::new([Box::new(plus()) as Box<dyn Mechanism>].into());
        candidates.next();
        let refusal = Refusal::of_line(b"a BAD what?\r\n").unwrap();
        assert!(!candidates.refused(&refusal, false));
    }
}
