//! SASL mechanisms against vectors of the RFCs, against a server, and against any challenges.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use imap_client::sasl::{
    Anonymous, ChannelBinding, ChannelBindingKind, CramMd5, DigestMd5, External, Login, Mechanism,
    MechanismError, OAuthBearer, Plain, Scram, ScramError, ScramHash, XOAuth2,
};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

/// Messages of a SCRAM exchange: `[client-first, server-first, client-final, server-final]`.
type Exchange = [&'static str; 4];

fn assert_exchange(mut scram: Scram, [first, challenge, last, signature]: Exchange) {
    assert_eq!(text(scram.initial_response().unwrap().as_bytes()), first);
    let response = scram.respond(challenge.as_bytes()).unwrap();
    assert_eq!(text(response.as_bytes()), last);
    assert_eq!(scram.finish(), Err(MechanismError::Unfinished));
    let response = scram.respond(signature.as_bytes()).unwrap();
    assert_eq!(text(response.as_bytes()), "");
    assert_eq!(scram.finish(), Ok(()));
}

fn text(octets: &[u8]) -> &str {
    str::from_utf8(octets).unwrap()
}

fn scram(hash: ScramHash, nonce: &str) -> Scram {
    let scram = Scram::new(hash, "user", "pencil").unwrap();
    scram.with_nonce(nonce).unwrap()
}

fn exporter() -> ChannelBinding {
    let data: Vec<u8> = (0..32).collect();
    ChannelBinding::new(ChannelBindingKind::TlsExporter, &data).unwrap()
}

/// RFC 5802 section 5.
#[test]
fn ok_scram_sha_1_of_the_rfc() {
    assert_exchange(
        scram(ScramHash::Sha1, "fyko+d2lbbFgONRv9qkxdawL"),
        [
            "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
        ],
    );
}

/// RFC 7677 section 3.
#[test]
fn ok_scram_sha_256_of_the_rfc() {
    assert_exchange(
        scram(ScramHash::Sha256, "rOprNGfwEbeRWgbNEkqO"),
        [
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        ],
    );
}

/// Computed with Python's `hashlib` and `hmac`, from the input of RFC 7677.
#[test]
fn ok_scram_sha_512_as_python() {
    assert_exchange(
        scram(ScramHash::Sha512, "rOprNGfwEbeRWgbNEkqO"),
        [
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=gMGXRcevScNtxZ6/8lQYpGtnsNAc3mGcmNomv+xnoOMw+3R2xNJdMNnzMlTN8PPC6wdp6dybEmDYXYTxwnYPJQ==",
            "v=ZQnYEgWQMFmmsM8aQMF0nDDCy/AgCzkwk8CmMZYcMg0vSVlKDanekLtifDSeVGT4+5ZxXnJq199RVG2rR7N7Zw==",
        ],
    );
}

/// Computed with Python.
#[test]
fn ok_scram_with_channel_binding_as_python() {
    let plus = scram(ScramHash::Sha256, "rOprNGfwEbeRWgbNEkqO").with_channel_binding(exporter());
    assert_eq!(plus.name().as_str(), "SCRAM-SHA-256-PLUS");
    assert_exchange(
        plus,
        [
            "p=tls-exporter,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=cD10bHMtZXhwb3J0ZXIsLAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=QC6CS20quADQRb3mT99YUH+n3VJxUvzuK0K0E1Vrs2M=",
            "v=2GiAgapEppLVlUXbxUDksL3VgYHzuqiK5tR4mhJGgvs=",
        ],
    );
    let could = scram(ScramHash::Sha256, "rOprNGfwEbeRWgbNEkqO").with_binding_not_offered();
    assert_eq!(could.name().as_str(), "SCRAM-SHA-256");
    assert_exchange(
        could,
        [
            "y,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=FoqiHTtQEDE8lz1CdaEe3tK4mS+iMDTl77SPyDS53DY=",
            "v=dI4KpiQJwBr1+V+K6U1dA6l6I4I9DUNXWND4pcpRU3U=",
        ],
    );
}

/// Computed with Python, from a password that `SASLprep` changes.
#[test]
fn ok_scram_with_other_identity_and_prepared_strings_as_python() {
    let scram = Scram::new(ScramHash::Sha256, "a,\u{ad}b=c", "I\u{ad}X \u{bd}")
        .and_then(|scram| scram.with_authzid("o,p"))
        .and_then(|scram| scram.with_nonce("rOprNGfwEbeRWgbNEkqO"))
        .unwrap();
    assert_exchange(
        scram,
        [
            "n,a=o=2Cp,n=a=2Cb=3Dc,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqOx,s=c2FsdA==,i=4096",
            "c=bixhPW89MkNwLA==,r=rOprNGfwEbeRWgbNEkqOx,p=DUInQKGVSTBCPA9dqNY8BMO4ODMVCPuiMLMukbXlkIk=",
            "v=nbiHni/N27UXYUVMD+kX/Vlxps6i0I3GDBwPS3RNaC0=",
        ],
    );
}

/// A server with SCRAM-SHA-256 and one user, as RFC 5802 section 3 has it.
struct Server {
    password: &'static str,
    /// The header that the server wants to see, and the data of its end of the connection.
    gs2: &'static str,
    binding: Vec<u8>,
    messages: Vec<String>,
}

impl Server {
    const SALT: &'static [u8] = b"pepper";
    const ITERATIONS: u32 = 4096;

    fn new(password: &'static str, gs2: &'static str, binding: &[u8]) -> Self {
        Self {
            password,
            gs2,
            binding: binding.to_vec(),
            messages: Vec::new(),
        }
    }

    fn first(&mut self, message: &[u8]) -> String {
        let bare = text(message).strip_prefix(self.gs2).unwrap();
        let (_, nonce) = bare.split_once(",r=").unwrap();
        let salt = STANDARD.encode(Self::SALT);
        let answer = format!("r={nonce}server,s={salt},i={}", Self::ITERATIONS);
        self.messages = vec![bare.to_owned(), answer.clone()];
        answer
    }

    fn last(&mut self, message: &[u8]) -> String {
        let (without_proof, proof) = text(message).rsplit_once(",p=").unwrap();
        let (binding, _) = without_proof.split_once(',').unwrap();
        let wanted = [self.gs2.as_bytes(), &self.binding].concat();
        if binding != format!("c={}", STANDARD.encode(wanted)) {
            return "e=channel-bindings-dont-match".to_owned();
        }
        self.messages.push(without_proof.to_owned());
        let messages = self.messages.join(",");
        let mut salted = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(
            self.password.as_bytes(),
            Self::SALT,
            Self::ITERATIONS,
            &mut salted,
        );
        let stored_key = Sha256::digest(hash(&salted, b"Client Key"));
        let signature = hash(&stored_key, messages.as_bytes());
        let proof = STANDARD.decode(proof).unwrap();
        let key: Vec<u8> = signature.iter().zip(proof).map(|(a, b)| a ^ b).collect();
        if Sha256::digest(key) != stored_key {
            return "e=invalid-proof".to_owned();
        }
        let server_key = hash(&salted, b"Server Key");
        let signature = hash(&server_key, messages.as_bytes());
        format!("v={}", STANDARD.encode(signature))
    }
}

fn hash(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    hmac.update(message);
    hmac.finalize().into_bytes().to_vec()
}

/// Runs all of it with a random nonce, up to what the client makes of the last message.
fn run(mut scram: Scram, mut server: Server) -> Result<(), MechanismError> {
    let challenge = server.first(scram.initial_response().unwrap().as_bytes());
    let proof = scram.respond(challenge.as_bytes())?;
    let last = server.last(proof.as_bytes());
    scram.respond(last.as_bytes())?;
    scram.finish()
}

fn sha_256() -> Scram {
    Scram::new(ScramHash::Sha256, "user", "pencil").unwrap()
}

#[test]
fn ok_server_and_client_prove_the_password_to_each_other() {
    assert_eq!(run(sha_256(), Server::new("pencil", "n,,", b"")), Ok(()));
}

#[test]
fn err_wrong_password() {
    assert_eq!(
        run(sha_256(), Server::new("pen", "n,,", b"")),
        Err(MechanismError::Scram(ScramError::InvalidProof))
    );
}

#[test]
fn ok_plus_binds_to_the_same_connection_only() {
    for kind in [
        ChannelBindingKind::TlsExporter,
        ChannelBindingKind::TlsServerEndPoint,
        ChannelBindingKind::TlsUnique,
    ] {
        let gs2 = match kind {
            ChannelBindingKind::TlsExporter => "p=tls-exporter,,",
            ChannelBindingKind::TlsUnique => "p=tls-unique,,",
            _ => "p=tls-server-end-point,,",
        };
        let binding = ChannelBinding::new(kind, b"this connection").unwrap();
        let plus = || sha_256().with_channel_binding(binding.clone());
        let same = Server::new("pencil", gs2, b"this connection");
        assert_eq!(run(plus(), same), Ok(()));
        let other = Server::new("pencil", gs2, b"another connection");
        assert_eq!(
            run(plus(), other),
            Err(MechanismError::Scram(ScramError::ChannelBindingsDontMatch))
        );
    }
}

/// The exchange up to the proof of the client, to which an impostor has no answer.
fn proved() -> Scram {
    let mut scram = sha_256();
    let mut server = Server::new("pencil", "n,,", b"");
    let challenge = server.first(scram.initial_response().unwrap().as_bytes());
    scram.respond(challenge.as_bytes()).unwrap();
    scram
}

#[test]
fn err_wrong_signature_of_the_server() {
    for signature in [
        "v=AAAA".to_owned(),
        format!("v={}", STANDARD.encode([0; 32])),
    ] {
        let mut scram = proved();
        assert_eq!(
            scram.respond(signature.as_bytes()).unwrap_err(),
            MechanismError::ServerSignature
        );
        assert_eq!(scram.finish(), Err(MechanismError::Unfinished));
        assert!(scram.respond(signature.as_bytes()).is_err());
    }
}

#[test]
fn err_ok_without_signature_of_the_server() {
    assert_eq!(sha_256().finish(), Err(MechanismError::Unfinished));
    assert_eq!(proved().finish(), Err(MechanismError::Unfinished));
}

#[test]
fn ok_each_nonce_is_another() {
    let first = sha_256().initial_response().unwrap();
    let second = sha_256().initial_response().unwrap();
    assert_ne!(first.as_bytes(), second.as_bytes());
}

#[test]
fn err_nonce_that_would_break_the_message() {
    for nonce in ["", "a,b", "a b", "a\u{fc}"] {
        assert!(sha_256().with_nonce(nonce).is_err(), "{nonce:?}");
    }
}

/// One of each mechanism, with secrets that have `hunter2` in them.
fn all() -> Vec<Box<dyn Mechanism>> {
    let scram = |hash| Scram::new(hash, "user", "hunter2").unwrap();
    vec![
        Box::new(Anonymous::new()),
        Box::new(CramMd5::new("user", "hunter2").unwrap()),
        Box::new(DigestMd5::new("user", "hunter2", "host").unwrap()),
        Box::new(External::new()),
        Box::new(Login::new("user", "hunter2").unwrap()),
        Box::new(OAuthBearer::new("hunter2").unwrap()),
        Box::new(Plain::new("user", "hunter2").unwrap()),
        Box::new(scram(ScramHash::Sha1)),
        Box::new(scram(ScramHash::Sha256).with_channel_binding(exporter())),
        Box::new(scram(ScramHash::Sha512)),
        Box::new(XOAuth2::new("user", "hunter2").unwrap()),
    ]
}

#[test]
fn ok_who_reveals_the_secret() {
    for mut mechanism in all() {
        let mut said = Vec::new();
        said.extend(mechanism.initial_response());
        let challenge = br#"nonce="n",algorithm=md5-sess"#;
        while let Ok(response) = mechanism.respond(challenge) {
            said.push(response);
        }
        let shown = said
            .iter()
            .any(|s| s.as_bytes().windows(7).any(|w| w == b"hunter2"));
        assert_eq!(shown, mechanism.reveals_secret(), "{:?}", mechanism.name());
    }
}

#[test]
fn ok_debug_keeps_the_secrets() {
    let scram = sha_256().with_channel_binding(exporter());
    assert_eq!(
        format!("{scram:?}"),
        "Scram { name: ScramSha256Plus, user: \"user\", .. }"
    );
    assert_eq!(
        format!("{:?}", exporter()),
        "ChannelBinding { kind: TlsExporter, data: Secret { .. } }"
    );
    let login = Login::new("user", "hunter2").unwrap();
    let cram = CramMd5::new("user", "hunter2").unwrap();
    let digest = DigestMd5::new("user", "hunter2", "host").unwrap();
    let xoauth2 = XOAuth2::new("user", "hunter2").unwrap();
    assert!(!format!("{login:?} {cram:?} {digest:?} {xoauth2:?}").contains("hunter2"));
}

proptest! {
    /// Whatever comes ends in an error, or in an outcome; nothing goes on for ever.
    #[test]
    fn ok_any_challenges_come_to_an_end(challenges in proptest::collection::vec(any::<Vec<u8>>(), 4)) {
        for mut mechanism in all() {
            mechanism.initial_response();
            let answered = challenges.iter().map_while(|c| mechanism.respond(c).ok()).count();
            prop_assert!(answered <= 2);
            let _ = mechanism.finish();
            let _ = mechanism.failure();
        }
    }

    #[test]
    fn ok_any_attributes_end_without_proof(
        nonce in "nonce[!-+]{0,3}", salt in "[A-Za-z+/=,]{0,6}", count in "[0-9]{0,3}", rest in "(,[a-z]=.{0,3}){0,2}"
    ) {
        let mut scram = sha_256().with_nonce("nonce").unwrap();
        let challenge = format!("r={nonce},s={salt},i={count}{rest}");
        prop_assert!(scram.respond(challenge.as_bytes()).is_err());
    }
}
