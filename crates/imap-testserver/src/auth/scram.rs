//! SCRAM: both sides prove that they know the password, and neither tells it.
//!
//! [RFC 5802](https://www.rfc-editor.org/rfc/rfc5802),
//! [RFC 7677](https://www.rfc-editor.org/rfc/rfc7677)

use std::mem;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::EagerHash;
use imap_proto::Mechanism;
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{Context, Exchange, Step, acting_as, is_equal, keyed_hash};

/// How often passwords are hashed: the least that RFC 7677 allows.
const ITERATIONS: u32 = 4096;

/// [`verify`] with one of the hashes.
type Verify = fn(&[u8], &[u8], &[u8], &[u8]) -> Option<Vec<u8>>;

/// The hash, and whether the `-PLUS` form is meant.
#[derive(Clone, Copy)]
pub(super) struct Hash {
    verify: Verify,
    bound: bool,
}

impl Hash {
    /// That of a mechanism, if it is one of SCRAM.
    pub(super) fn of(mechanism: Mechanism<'_>) -> Option<Self> {
        let bound = mechanism.as_str().ends_with("-PLUS");
        let verify = match mechanism {
            Mechanism::ScramSha1 | Mechanism::ScramSha1Plus => verify::<Sha1>,
            Mechanism::ScramSha256 | Mechanism::ScramSha256Plus => verify::<Sha256>,
            Mechanism::ScramSha512 | Mechanism::ScramSha512Plus => verify::<Sha512>,
            _ => return None,
        };
        Some(Self { verify, bound })
    }
}

pub(super) struct Scram {
    hash: Hash,
    nonce: String,
    state: State,
}

/// How far the exchange is.
enum State {
    Start,
    Challenged(First),
    /// The client is right, and has to be shown that the server is, too.
    Proved(Step),
    Refused,
}

/// What is remembered of the first messages.
struct First {
    user: String,
    authorized: String,
    salt: [u8; 16],
    /// Header and channel binding, as the last message has to repeat them.
    binding: Vec<u8>,
    /// Both nonces.
    nonce: String,
    /// The messages of client and server, as they are signed.
    messages: String,
}

impl Scram {
    pub(super) const fn new(hash: Hash, nonce: String) -> Self {
        Self {
            hash,
            nonce,
            state: State::Start,
        }
    }

    /// ```abnf
    /// client-first-message = gs2-header client-first-message-bare
    /// gs2-header           = gs2-cbind-flag "," [ authzid ] ","
    /// ```
    fn first(&mut self, response: &[u8], context: &Context<'_>) -> Option<Step> {
        let text = std::str::from_utf8(response).ok()?;
        let (flag, rest) = text.split_once(',')?;
        let (authzid, bare) = rest.split_once(',')?;
        let header = text.strip_suffix(bare)?;
        let mut binding = header.as_bytes().to_vec();
        match (flag.strip_prefix("p="), flag, self.hash.bound) {
            (Some(name), _, true) => match context.bindings.and_then(|all| all.get(name)) {
                Some(data) => binding.extend_from_slice(data),
                None => return Some(self.refuse("unsupported-channel-binding-type")),
            },
            (None, "n", false) => {}
            (None, "y", false) if context.bindings.is_none() => {}
            // Somebody has hidden from the client that the server knows channel binding.
            (None, "y", false) => {
                return Some(self.refuse("server-does-support-channel-binding"));
            }
            _ => return None,
        }
        if bare.starts_with("m=") {
            return Some(self.refuse("extensions-not-supported"));
        }
        let authorized = match authzid.strip_prefix("a=") {
            Some(saslname) => unescaped(saslname)?,
            None if authzid.is_empty() => String::new(),
            None => return None,
        };
        self.challenge(bare, authorized, binding)
    }

    /// ```abnf
    /// client-first-message-bare = [reserved-mext ","] username "," nonce ["," extensions]
    /// server-first-message      = [reserved-mext ","] nonce "," salt "," iteration-count
    /// ```
    fn challenge(&mut self, bare: &str, authorized: String, binding: Vec<u8>) -> Option<Step> {
        let mut attributes = bare.split(',');
        let user = unescaped(attributes.next()?.strip_prefix("n=")?)?;
        let client_nonce = attributes.next()?.strip_prefix("r=")?;
        if user.is_empty() || client_nonce.is_empty() {
            return None;
        }
        let nonce = format!("{client_nonce}{}", self.nonce);
        let salt = salt(&user);
        let challenge = format!("r={nonce},s={},i={ITERATIONS}", STANDARD.encode(salt));
        self.state = State::Challenged(First {
            user,
            authorized,
            salt,
            binding,
            nonce,
            messages: format!("{bare},{challenge}"),
        });
        Some(Step::Challenge(challenge.into_bytes()))
    }

    /// ```abnf
    /// client-final-message = channel-binding "," nonce ["," extensions] "," proof
    /// ```
    fn last(&mut self, first: &First, response: &[u8], context: &Context<'_>) -> Option<Step> {
        let text = std::str::from_utf8(response).ok()?;
        let (without_proof, proof) = text.rsplit_once(",p=")?;
        let proof = STANDARD.decode(proof).ok()?;
        let mut attributes = without_proof.split(',');
        let binding = attributes.next()?.strip_prefix("c=")?;
        let binding = STANDARD.decode(binding).ok()?;
        let nonce = attributes.next()?.strip_prefix("r=")?;
        if nonce != first.nonce {
            return None;
        }
        if !is_equal(&binding, &first.binding) {
            return Some(self.refuse("channel-bindings-dont-match"));
        }
        let Some(account) = context.store.account(&first.user) else {
            return Some(Step::Denied);
        };
        let password = stringprep::saslprep(&account.password).map_or_else(
            |_| account.password.clone(),
            |prepared| prepared.into_owned(),
        );
        let messages = format!("{},{without_proof}", first.messages);
        let verify = self.hash.verify;
        let Some(signature) = verify(
            password.as_bytes(),
            &first.salt,
            messages.as_bytes(),
            &proof,
        ) else {
            return Some(Step::Denied);
        };
        self.state = State::Proved(acting_as(&first.user, &first.authorized));
        let signature = STANDARD.encode(signature);
        Some(Step::Challenge(format!("v={signature}").into_bytes()))
    }

    /// Tells the client why, before it is refused.
    ///
    /// ```abnf
    /// server-error = "e=" server-error-value
    /// ```
    fn refuse(&mut self, error: &str) -> Step {
        self.state = State::Refused;
        Step::Challenge(format!("e={error}").into_bytes())
    }
}

impl Exchange for Scram {
    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step {
        let step = match mem::replace(&mut self.state, State::Refused) {
            State::Start => self.first(response, context),
            State::Challenged(first) => self.last(&first, response, context),
            State::Proved(step) => response.is_empty().then_some(step),
            State::Refused => Some(Step::Denied),
        };
        step.unwrap_or(Step::Malformed)
    }
}

/// A name in which comma and equals sign are `=2C` and `=3D`, and nothing else has an equals sign.
fn unescaped(saslname: &str) -> Option<String> {
    let name = saslname.replace("=2C", ",");
    let rest = name.replace("=3D", "");
    (!rest.contains('=')).then(|| name.replace("=3D", "="))
}

/// The salt of a user, who need not be there: that is for the last step to tell.
fn salt(user: &str) -> [u8; 16] {
    let hash = Sha256::digest(["imap-testserver", user].concat());
    // cannot fail: the hash has 32 octets
    *hash.first_chunk().expect("16 of 32 octets")
}

/// What the server has to say to a client whose proof is right.
///
/// [RFC 5802 section 3](https://www.rfc-editor.org/rfc/rfc5802#section-3)
fn verify<D: EagerHash + Digest>(
    password: &[u8],
    salt: &[u8],
    messages: &[u8],
    proof: &[u8],
) -> Option<Vec<u8>> {
    let mut salted_password = vec![0; <D as Digest>::output_size()];
    pbkdf2_hmac::<D>(password, salt, ITERATIONS, &mut salted_password);
    let stored_key = D::digest(keyed_hash::<D>(&salted_password, b"Client Key"));
    let signature = keyed_hash::<D>(&stored_key, messages);
    if proof.len() != signature.len() {
        return None;
    }
    let pairs = proof.iter().zip(&signature);
    let client_key: Vec<u8> = pairs.map(|(proof, signature)| proof ^ signature).collect();
    is_equal(&D::digest(client_key), &stored_key).then(|| {
        let server_key = keyed_hash::<D>(&salted_password, b"Server Key");
        keyed_hash::<D>(&server_key, messages)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::respond;
    use super::*;

    fn scram(mechanism: Mechanism<'_>) -> Scram {
        Scram::new(Hash::of(mechanism).unwrap(), "S".to_owned())
    }

    fn challenge(step: Step) -> String {
        match step {
            Step::Challenge(text) => String::from_utf8(text).unwrap(),
            step => panic!("{step:?}"),
        }
    }

    /// The example of RFC 7677 section 3.
    #[test]
    fn ok_exchange_of_the_rfc() {
        let messages = "n=user,r=rOprNGfwEbeRWgbNEkqO,\
            r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,\
            c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let proof = STANDARD
            .decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
            .unwrap();
        let verify =
            |password: &[u8]| verify::<Sha256>(password, &salt, messages.as_bytes(), &proof);
        let signature = STANDARD.encode(verify(b"pencil").unwrap());
        assert_eq!(signature, "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        assert_eq!(verify(b"pen"), None);
    }

    #[test]
    fn err_first_messages() {
        for message in [
            "",
            "n",
            "n,",
            "n,,",
            "n,,n=ann",
            "n,,r=C",
            "n,,n=a=b,r=C",
            "n,x,n=ann,r=C",
        ] {
            let step = respond(&mut scram(Mechanism::ScramSha256), message.as_bytes());
            assert_eq!(step, Step::Malformed, "{message}");
        }
        for (mechanism, message, error) in [
            (
                Mechanism::ScramSha1,
                "n,,m=x,n=ann,r=C",
                "e=extensions-not-supported",
            ),
            (
                Mechanism::ScramSha1Plus,
                "p=tls-unique,,n=ann,r=C",
                "e=unsupported-channel-binding-type",
            ),
        ] {
            let mut scram = scram(mechanism);
            assert_eq!(challenge(respond(&mut scram, message.as_bytes())), error);
            assert_eq!(respond(&mut scram, b""), Step::Denied);
        }
        let step = respond(&mut scram(Mechanism::ScramSha1Plus), b"n,,n=ann,r=C");
        assert_eq!(step, Step::Malformed);
    }

    #[test]
    fn err_last_messages() {
        for (message, step) in [
            ("c=biws,r=CS,p=AAAA", Step::Denied),
            ("c=biws,r=C,p=AAAA", Step::Malformed),
            ("c=biws,r=CS", Step::Malformed),
            ("c=biws,r=CS,p=A", Step::Malformed),
            (
                "c=eSws,r=CS,p=AAAA",
                Step::Challenge(b"e=channel-bindings-dont-match".to_vec()),
            ),
        ] {
            let mut scram = scram(Mechanism::ScramSha256);
            let first = challenge(respond(&mut scram, b"n,,n=ann,r=C"));
            assert!(first.starts_with("r=CS,s=") && first.ends_with(",i=4096"));
            assert_eq!(respond(&mut scram, message.as_bytes()), step, "{message}");
        }
    }
}
