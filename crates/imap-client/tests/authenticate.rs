//! AUTHENTICATE against servers that follow a script.

mod support;

use imap_client::sasl::{
    Callback, CramMd5, DigestMd5, MechanismError, Plain, Scram, ScramHash, XOAuth2,
};
use imap_client::{ConnectionState, Error};
use support::{Script, chain};

/// An empty line of a script, which would be trimmed otherwise.
const EMPTY: &str = "";

#[test]
fn ok_initial_response_goes_along_where_the_server_knows_sasl_ir() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready
         C: A1 AUTHENTICATE PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
         S: A1 OK [CAPABILITY IMAP4rev1] welcome",
    );
    let mut client = script.client().unwrap();
    client
        .authenticate(Plain::new("tim", "tanstaaftanstaaf").unwrap())
        .unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
}

#[test]
fn ok_initial_response_answers_the_empty_challenge_elsewhere() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready
         C: A1 AUTHENTICATE PLAIN
         S: +
         C: AHRpbQB0YW5zdGFhZnRhbnN0YWFm
         S: A1 OK welcome
         C: A2 CAPABILITY
         S: * CAPABILITY IMAP4rev1 IDLE
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    client
        .authenticate(Plain::new("tim", "tanstaaftanstaaf").unwrap())
        .unwrap();
}

#[test]
fn ok_cram_md5_as_in_rfc_2195() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready
         C: A1 AUTHENTICATE CRAM-MD5
         S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
         C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
         S: A1 OK [CAPABILITY IMAP4rev1] CRAM authentication successful",
    );
    let mut client = script.client().unwrap();
    client
        .authenticate(CramMd5::new("tim", "tanstaaftanstaaf").unwrap())
        .unwrap();
}

/// The example of RFC 2831 section 4.
fn digest_md5() -> DigestMd5 {
    let digest = DigestMd5::new("chris", "secret", "elwood.innosoft.com").unwrap();
    digest.with_nonce("OA6MHXh6VqTrRk").unwrap()
}

#[test]
fn ok_digest_md5_as_in_rfc_2831() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=DIGEST-MD5] ready
         C: A1 AUTHENTICATE DIGEST-MD5
         S: + cmVhbG09ImVsd29vZC5pbm5vc29mdC5jb20iLG5vbmNlPSJPQTZNRzl0RVFHbTJoaCIscW9wPSJhdXRoIixhbGdvcml0aG09bWQ1LXNlc3MsY2hhcnNldD11dGYtOA==
         C: dXNlcm5hbWU9ImNocmlzIixyZWFsbT0iZWx3b29kLmlubm9zb2Z0LmNvbSIsbm9uY2U9Ik9BNk1HOXRFUUdtMmhoIixjbm9uY2U9Ik9BNk1IWGg2VnFUclJrIixkaWdlc3QtdXJpPSJpbWFwL2Vsd29vZC5pbm5vc29mdC5jb20iLGNoYXJzZXQ9dXRmLTgsbmM9MDAwMDAwMDEscW9wPWF1dGgscmVzcG9uc2U9ZDM4OGRhZDkwZDRiYmQ3NjBhMTUyMzIxZjIxNDNhZjc=
         S: + cnNwYXV0aD1lYTQwZjYwMzM1YzQyN2I1NTI3Yjg0ZGJhYmNkZmZmZA==
         C: 
         S: A1 OK [CAPABILITY IMAP4rev1] welcome",
    );
    script.client().unwrap().authenticate(digest_md5()).unwrap();
}

#[test]
fn err_ok_without_the_proof_of_digest_md5_ends_the_session() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=DIGEST-MD5] ready
         C: A1 AUTHENTICATE DIGEST-MD5
         S: + cmVhbG09ImVsd29vZC5pbm5vc29mdC5jb20iLG5vbmNlPSJPQTZNRzl0RVFHbTJoaCIscW9wPSJhdXRoIixhbGdvcml0aG09bWQ1LXNlc3MsY2hhcnNldD11dGYtOA==
         C: dXNlcm5hbWU9ImNocmlzIixyZWFsbT0iZWx3b29kLmlubm9zb2Z0LmNvbSIsbm9uY2U9Ik9BNk1HOXRFUUdtMmhoIixjbm9uY2U9Ik9BNk1IWGg2VnFUclJrIixkaWdlc3QtdXJpPSJpbWFwL2Vsd29vZC5pbm5vc29mdC5jb20iLGNoYXJzZXQ9dXRmLTgsbmM9MDAwMDAwMDEscW9wPWF1dGgscmVzcG9uc2U9ZDM4OGRhZDkwZDRiYmQ3NjBhMTUyMzIxZjIxNDNhZjc=
         S: A1 OK [CAPABILITY IMAP4rev1] welcome, whoever you are",
    );
    let mut client = script.client().unwrap();
    let error = client.authenticate(digest_md5()).unwrap_err();
    assert!(
        matches!(error, Error::Untrusted(MechanismError::Unfinished)),
        "{error:?}"
    );
}

#[test]
fn err_what_a_callback_does_not_answer_is_cancelled() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1] ready
         C: A1 AUTHENTICATE X-ECHO
         S: + aGVsbG8=
         C: aGVsbG8=
         S: + d29ybGQ=
         C: *
         S: A1 BAD cancelled
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let echo = |challenge: &[u8]| (challenge == b"hello").then(|| challenge.into());
    let error = client
        .authenticate(Callback::new("X-ECHO", echo).unwrap())
        .unwrap_err();
    assert!(!error.is_fatal());
    assert!(
        matches!(&error, Error::Authentication { error, .. } if *error == MechanismError::Cancelled),
        "{error:?}"
    );
    client.noop().unwrap();
}

#[test]
fn err_challenge_that_is_not_base64_is_cancelled() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1] ready
         C: A1 AUTHENTICATE CRAM-MD5
         S: + not base64!
         C: *
         S: A1 BAD cancelled",
    );
    let mut client = script.client().unwrap();
    let error = client
        .authenticate(CramMd5::new("tim", "tanstaaftanstaaf").unwrap())
        .unwrap_err();
    assert_eq!(
        chain(&error),
        "authentication failed: BAD cancelled: expected base64",
    );
}

#[test]
fn err_ok_without_the_proof_of_scram_ends_the_session() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256] ready
         C: A1 AUTHENTICATE SCRAM-SHA-256
         S: A1 OK [CAPABILITY IMAP4rev1] welcome, whoever you are",
    );
    let mut client = script.client().unwrap();
    let scram = Scram::new(ScramHash::Sha256, "ann", "secret").unwrap();
    let error = client.authenticate(scram).unwrap_err();
    assert!(matches!(error, Error::Untrusted(_)), "{error:?}");
    assert!(error.is_fatal());
    assert!(matches!(client.noop(), Err(Error::Untrusted(_))));
}

#[test]
fn err_refused_token_tells_what_the_server_said_of_it() {
    let script = Script::new(&format!(
        "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
         C: A1 AUTHENTICATE XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgb2xkAQE=
         S: + eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiQmVhcmVyIn0=
         C: {EMPTY}
         S: A1 NO [AUTHENTICATIONFAILED] Invalid credentials",
    ));
    let mut client = script.client().unwrap();
    let error = client
        .authenticate(XOAuth2::new("ann", "old").unwrap())
        .unwrap_err();
    match &error {
        Error::Authentication {
            error: MechanismError::Token(failure),
            refusal,
        } => {
            assert_eq!(failure.status.as_deref(), Some("401"));
            assert!(refusal.is(b"AUTHENTICATIONFAILED"));
        }
        error => panic!("{error:?}"),
    }
}
