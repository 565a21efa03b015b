//! AUTHENTICATE and LOGIN with the client of this project.

mod support;

use imap_client::blocking::Client;
use imap_client::sasl::{
    Anonymous, ChannelBinding, ChannelBindingKind, CramMd5, Credentials, Login, Mechanism,
    MechanismError, OAuthBearer, Plain, Scram, ScramError, ScramHash, XOAuth2,
};
use imap_client::{Config, Error, LogInOptions, Tls};
use imap_proto::Code;
use imap_testserver::TestServer;
use support::Wire;

fn connect(server: &TestServer) -> Client {
    let port = server.address().port();
    Client::connect_plain("127.0.0.1", port, &Config::default()).unwrap()
}

/// A client logs in as `ann` by each mechanism that needs no TLS, with this password and this token.
fn mechanisms(password: &str, token: &str) -> Vec<Box<dyn Mechanism>> {
    let scram = |hash| Box::new(Scram::new(hash, "ann", password).unwrap());
    vec![
        Box::new(Plain::new("ann", password).unwrap()),
        Box::new(Login::new("ann", password).unwrap()),
        Box::new(CramMd5::new("ann", password).unwrap()),
        scram(ScramHash::Sha1),
        scram(ScramHash::Sha256),
        scram(ScramHash::Sha512),
        Box::new(OAuthBearer::new(token).unwrap()),
        Box::new(XOAuth2::new("ann", token).unwrap()),
    ]
}

fn server() -> TestServer {
    let builder = TestServer::builder()
        .user("ann", "secret")
        .token("ann", "t0ken");
    builder.guest("ann").start().unwrap()
}

#[test]
fn ok_each_mechanism_logs_in() {
    let server = server();
    for mechanism in mechanisms("secret", "t0ken") {
        let name = mechanism.name().as_str().to_owned();
        let mut client = connect(&server);
        client
            .authenticate(mechanism)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        client.select("INBOX").unwrap();
    }
    let mut client = connect(&server);
    client.authenticate(Anonymous::new()).unwrap();
    client.select("INBOX").unwrap();
}

#[test]
fn err_wrong_password_or_token_is_refused_by_code() {
    let server = server();
    for mechanism in mechanisms("other", "old") {
        let name = mechanism.name().as_str().to_owned();
        let mut client = connect(&server);
        match client.authenticate(mechanism).unwrap_err() {
            Error::Refused(refusal) => {
                assert_eq!(refusal.code(), Some(Code::AuthenticationFailed), "{name}");
            }
            Error::Authentication { error, .. } => {
                assert!(matches!(error, MechanismError::Token(_)), "{name}: {error}");
            }
            error => panic!("{name}: {error}"),
        }
        client
            .authenticate(Plain::new("ann", "secret").unwrap())
            .unwrap();
    }
}

#[test]
fn ok_the_best_mechanism_is_chosen() {
    let server = server();
    let mut client = connect(&server);
    let credentials = Credentials::password("ann", "secret");
    client
        .log_in(&credentials, LogInOptions::default())
        .unwrap();
    assert!(connect(&server).capability().is_ok());
}

#[test]
fn ok_only_the_mechanisms_of_the_builder_are_offered() {
    let server = TestServer::builder()
        .mechanisms(&[imap_proto::Mechanism::CramMd5])
        .start()
        .unwrap();
    let mut wire = Wire::connect(&server);
    let capabilities = wire.run("CAPABILITY").remove(0);
    assert!(capabilities.contains(" AUTH=CRAM-MD5"), "{capabilities}");
    assert_eq!(capabilities.matches("AUTH=").count(), 1);
    assert_eq!(
        wire.run("AUTHENTICATE PLAIN AHVzZXIAcGFzcw=="),
        ["NO [CANNOT] this mechanism is not offered"]
    );
}

#[test]
fn ok_exchange_is_cancelled() {
    let server = server();
    let mut wire = Wire::connect(&server);
    for mechanism in ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "OAUTHBEARER"] {
        wire.send(format!("x AUTHENTICATE {mechanism}\r\n"));
        assert!(wire.line().starts_with("+ "), "{mechanism}");
        wire.send("*\r\n");
        assert_eq!(wire.line(), "x BAD AUTHENTICATE cancelled");
    }
    assert_eq!(
        wire.run("AUTHENTICATE CRAM-MD5 AAAA"),
        ["BAD the response cannot be read"]
    );
}

#[test]
fn err_login_needs_tls() {
    let server = TestServer::builder().login_needs_tls().start().unwrap();
    let mut wire = Wire::connect(&server);
    let capabilities = wire.run("CAPABILITY").remove(0);
    assert!(
        capabilities.contains(" LOGINDISABLED") && !capabilities.contains("AUTH=PLAIN"),
        "{capabilities}"
    );
    let refused = ["NO [PRIVACYREQUIRED] this needs TLS"];
    assert_eq!(wire.run("LOGIN user pass"), refused);
    assert_eq!(wire.run("AUTHENTICATE PLAIN AHVzZXIAcGFzcw=="), refused);
    let mut client = connect(&server);
    let credentials = Credentials::password("user", "pass");
    client
        .log_in(&credentials, LogInOptions::default())
        .unwrap();
}

/// A client with TLS, from the first octet or by STARTTLS.
fn with_tls(server: &TestServer, from_start: bool) -> Client {
    let tls = Tls::with_pem_authorities(server.ca_pem().as_bytes()).unwrap();
    let config = Config::default().with_tls(tls);
    match from_start {
        true => Client::connect_tls("localhost", server.tls_address().port(), &config),
        false => Client::connect_starttls("localhost", server.address().port(), &config),
    }
    .unwrap()
}

#[test]
fn ok_scram_is_tied_to_the_connection() {
    let server = server();
    for from_start in [true, false] {
        for kind in [
            ChannelBindingKind::TlsExporter,
            ChannelBindingKind::TlsServerEndPoint,
        ] {
            for hash in [ScramHash::Sha1, ScramHash::Sha256, ScramHash::Sha512] {
                let mut client = with_tls(&server, from_start);
                let bindings = client.channel_bindings();
                let binding = bindings.into_iter().find(|b| b.kind() == kind).unwrap();
                let scram = Scram::new(hash, "ann", "secret").unwrap();
                client
                    .authenticate(scram.with_channel_binding(binding))
                    .unwrap();
                client.select("INBOX").unwrap();
            }
        }
        let mut client = with_tls(&server, from_start);
        let credentials = Credentials::password("ann", "secret");
        let mut options = LogInOptions::default();
        options.require_channel_binding = true;
        client.log_in(&credentials, options).unwrap();
    }
}

#[test]
fn err_scram_tied_to_another_connection() {
    let server = server();
    for (binding, error) in [
        (
            ChannelBindingKind::TlsExporter,
            ScramError::ChannelBindingsDontMatch,
        ),
        (
            ChannelBindingKind::TlsServerEndPoint,
            ScramError::ChannelBindingsDontMatch,
        ),
        (
            ChannelBindingKind::TlsUnique,
            ScramError::UnsupportedChannelBindingType,
        ),
    ] {
        let binding = ChannelBinding::new(binding, b"of another one").unwrap();
        let scram = Scram::new(ScramHash::Sha256, "ann", "secret").unwrap();
        let bound = scram.with_channel_binding(binding);
        assert_eq!(scram_error(&server, bound), error);
    }
    // Somebody has hidden the mechanisms with channel binding from the client.
    let scram = Scram::new(ScramHash::Sha256, "ann", "secret").unwrap();
    assert_eq!(
        scram_error(&server, scram.with_binding_not_offered()),
        ScramError::ServerDoesSupportChannelBinding
    );
}

fn scram_error(server: &TestServer, scram: Scram) -> ScramError {
    let mut client = with_tls(server, true);
    match client.authenticate(scram).unwrap_err() {
        Error::Authentication {
            error: MechanismError::Scram(error),
            ..
        } => error,
        error => panic!("{error}"),
    }
}
