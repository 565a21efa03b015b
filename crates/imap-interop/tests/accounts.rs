//! What the harness promises of the accounts: how they log in, and what they can do then.

mod raw;

use std::net::TcpStream;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imap_interop::{Instance, Server, samples};
use raw::{Raw, all, shared, words};
use rustls::client::WantsClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, ConfigBuilder, RootCertStore, StreamOwned};

type Tls = StreamOwned<ClientConnection, TcpStream>;

/// What trusts the server's certificate and no other.
fn trust(server: &Instance) -> ConfigBuilder<ClientConfig, WantsClientCert> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(server.ca_pem()).unwrap())
        .unwrap();
    ClientConfig::builder().with_root_certificates(roots)
}

/// A connection by TLS from the start, with the server's certificate checked against `name`.
fn connect_tls(server: &Instance, name: &'static str) -> Raw<Tls> {
    handshake(server, name, trust(server).with_no_client_auth())
}

fn handshake(server: &Instance, name: &'static str, config: ClientConfig) -> Raw<Tls> {
    let name = ServerName::try_from(name).unwrap();
    let session = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect((server.host(), server.imaps_port())).unwrap();
    Raw::new(StreamOwned::new(session, stream))
}

/// The initial response of a mechanism, with its command.
fn authenticate(mechanism: &str, response: &str) -> String {
    format!("AUTHENTICATE {mechanism} {}", STANDARD.encode(response))
}

/// The one in memory has no accounts but those that tests give it.
fn not_installed(server: Server) -> ! {
    panic!("{} is not installed", server.name())
}

/// The capabilities that tests of the library lean on.
fn extensions(server: Server) -> &'static str {
    match server {
        Server::Cyrus => {
            "ACL ANNOTATE-EXPERIMENT-1 BINARY CATENATE COMPRESS=DEFLATE CONDSTORE \
             CREATE-SPECIAL-USE IDLE LIST-EXTENDED METADATA MOVE MULTIAPPEND OBJECTID QRESYNC QUOTA \
             SORT SPECIAL-USE THREAD=REFS UIDPLUS URLAUTH WITHIN"
        }
        Server::Dovecot => {
            "ACL BINARY CATENATE COMPRESS=DEFLATE CONDSTORE CONTEXT=SEARCH IDLE LIST-EXTENDED \
             METADATA MOVE MULTIAPPEND NOTIFY PREVIEW QRESYNC QUOTA SAVEDATE SEARCHRES SORT \
             SPECIAL-USE THREAD=REFS UIDPLUS URLAUTH WITHIN"
        }
        Server::InMemory => not_installed(server),
    }
}

/// The SASL mechanisms over TLS.
fn mechanisms(server: Server) -> &'static str {
    match server {
        Server::Cyrus => {
            "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 \
             SCRAM-SHA-256-PLUS"
        }
        Server::Dovecot => {
            "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256 ANONYMOUS EXTERNAL OAUTHBEARER \
             XOAUTH2"
        }
        Server::InMemory => not_installed(server),
    }
}

#[test]
fn extensions_are_there() {
    for server in all() {
        let mut raw = Raw::login(server, &server.user("plugins"));
        let lines = raw.run("CAPABILITY");
        let told = words(&lines[0]);
        for name in extensions(server.server()).split_whitespace() {
            assert!(told.contains(&name), "{name} not in {lines:?}");
        }
    }
}

#[test]
fn mechanisms_are_there_over_tls() {
    for server in all() {
        let raw = connect_tls(server, server.host());
        let told = words(&raw.greeting);
        for name in mechanisms(server.server()).split_whitespace() {
            let name = format!("AUTH={name}");
            assert!(told.contains(&&*name), "{name} not in {}", raw.greeting);
        }
    }
}

#[test]
fn starttls_is_offered_before_login() {
    for server in all() {
        let raw = Raw::connect(server.addr());
        assert!(words(&raw.greeting).contains(&"STARTTLS"));
    }
}

#[test]
fn certificate_is_good_for_every_name_of_the_loopback() {
    for server in all() {
        for name in ["localhost", "127.0.0.1", "::1"] {
            let mut raw = connect_tls(server, name);
            assert!(raw.greeting.starts_with("* OK "));
            raw.run("NOOP");
        }
    }
}

#[test]
fn user_logs_in_over_tls() {
    for server in all() {
        let user = server.user("tls");
        let mut raw = connect_tls(server, server.host());
        raw.run(&format!("LOGIN {} {}", user.name(), user.password()));
        raw.run("SELECT INBOX");
    }
}

#[test]
fn user_logs_in_by_certificate() {
    for server in all() {
        let user = server.user("certificate");
        let certificate = server.client_certificate(&user).unwrap();
        let chain = CertificateDer::from_pem_slice(certificate.pem.as_bytes()).unwrap();
        let key = PrivateKeyDer::from_pem_slice(certificate.key_pem.as_bytes()).unwrap();
        let config = trust(server)
            .with_client_auth_cert(vec![chain], key)
            .unwrap();
        let mut raw = handshake(server, server.host(), config);
        // The empty identity, so that the certificate alone says who it is.
        raw.run("AUTHENTICATE EXTERNAL =");
        raw.run("SELECT INBOX");
    }
}

#[test]
fn wrong_password_is_refused() {
    for server in all() {
        let mut raw = Raw::connect(server.addr());
        let user = server.user("refused");
        raw.send(&format!("a LOGIN {} wrong\r\n", user.name()));
        assert!(raw.line().starts_with("a NO "));
    }
}

#[test]
fn awkward_user_logs_in_by_literals() {
    for server in all() {
        let user = server.awkward_user();
        let mut raw = Raw::connect(server.addr());
        let (name, password) = (user.name(), user.password());
        assert_eq!(password, "p\"a\\ss wörd");
        let sizes = (name.len(), password.len());
        raw.run(&format!(
            "LOGIN {{{}+}}\r\n{name} {{{}+}}\r\n{password}",
            sizes.0, sizes.1
        ));
        user.seed("INBOX", samples(1).take(1).map(|sample| sample.message))
            .unwrap();
        assert!(
            raw.run("SELECT INBOX").contains(&"* 1 EXISTS".into()),
            "{}",
            server.log_tail()
        );
    }
}

#[test]
fn anonymous_logs_in_to_dovecot() {
    let mut raw = Raw::connect(shared(Server::Dovecot).addr());
    raw.run(&authenticate("ANONYMOUS", "ann@example.org"));
    raw.run("SELECT INBOX");
}

#[test]
fn bearer_token_logs_in_to_dovecot() {
    let server = shared(Server::Dovecot);
    let user = server.user("token");
    let token = server.bearer_token(&user);
    let name = user.name();
    let responses = [
        (
            "XOAUTH2",
            format!("user={name}\x01auth=Bearer {token}\x01\x01"),
        ),
        (
            "OAUTHBEARER",
            format!("n,a={name},\x01host=localhost\x01auth=Bearer {token}\x01\x01"),
        ),
    ];
    for (mechanism, response) in responses {
        let mut raw = Raw::connect(server.addr());
        raw.run(&authenticate(mechanism, &response));
        raw.run("SELECT INBOX");
    }
    // The token is that user's alone.
    let mut raw = Raw::connect(server.addr());
    let response = format!("user=t-other\x01auth=Bearer {token}\x01\x01");
    raw.send(&format!("a {}\r\n", authenticate("XOAUTH2", &response)));
    assert!(raw.line().starts_with("+ "));
}

#[test]
fn admin_acts_as_another_user() {
    for server in all() {
        let (user, admin) = (server.user("acted"), server.admin());
        let response = format!("{}\0{}\0{}", user.name(), admin.name(), admin.password());
        let mut raw = Raw::connect(server.addr());
        raw.run(&authenticate("PLAIN", &response));
        raw.run("CREATE theirs");
        let mut raw = Raw::login(server, &user);
        raw.run("SELECT theirs");
    }
}

#[test]
fn users_are_fresh() {
    let server = shared(Server::Cyrus);
    let (a, b) = (server.user("Two words"), server.user("Two words"));
    assert!(a.name().starts_with("t-two-words-"), "{}", a.name());
    assert_ne!(a.name(), b.name());
}

#[test]
fn quota_is_wide() {
    let quotas = [
        (Server::Cyrus, "* QUOTA INBOX (STORAGE 0 10485760)"),
        (
            Server::Dovecot,
            "* QUOTA \"User quota\" (STORAGE 0 10485760)",
        ),
    ];
    for (server, quota) in quotas {
        let server = shared(server);
        let mut raw = Raw::login(server, &server.user("quota"));
        assert_eq!(raw.run("GETQUOTAROOT INBOX")[1], quota);
    }
}

#[test]
fn small_user_runs_out_of_room() {
    for server in all() {
        let user = server.small_user("room").unwrap();
        let mut raw = Raw::login(server, &user);
        let quota = &raw.run("GETQUOTAROOT INBOX")[1];
        assert!(quota.ends_with("(STORAGE 0 20 MESSAGE 0 5)"), "{quota}");
        for _ in 0..5 {
            raw.run("APPEND INBOX {8+}\r\na: b\r\n\r\n");
        }
        raw.send("a APPEND INBOX {8+}\r\na: b\r\n\r\n\r\n");
        let line = raw.line();
        let told = line.to_ascii_lowercase();
        assert!(
            told.starts_with("a no ") && told.contains("quota"),
            "{line}"
        );
    }
}

#[test]
fn user_sees_what_another_shares() {
    for server in all() {
        let (owner, other) = (server.user("owner"), server.user("other"));
        // Both have to be known before one can share with the other.
        let mut theirs = Raw::login(server, &other);
        let mut raw = Raw::login(server, &owner);
        raw.run("CREATE box");
        raw.run(&format!("SETACL box {} lrs", other.name()));
        let prefix = match server.server() {
            Server::Cyrus => "Other Users",
            Server::Dovecot => "shared",
            Server::InMemory => not_installed(server.server()),
        };
        theirs.run(&format!("SELECT \"{prefix}/{}/box\"", owner.name()));
    }
}

#[test]
fn metadata_is_kept() {
    for server in all() {
        let mut raw = Raw::login(server, &server.user("metadata"));
        for (mailbox, entry) in [
            ("\"\"", "/private/vendor/example/x"),
            ("INBOX", "/private/comment"),
            ("INBOX", "/shared/comment"),
        ] {
            raw.run(&format!("SETMETADATA {mailbox} ({entry} \"value\")"));
            let lines = raw.run(&format!("GETMETADATA {mailbox} {entry}"));
            assert!(lines.concat().contains("value"), "{lines:?}");
        }
    }
}

#[test]
fn url_of_a_message_is_authorized() {
    for server in all() {
        let user = server.user("url");
        user.seed("INBOX", samples(1).take(1).map(|sample| sample.message))
            .unwrap();
        let mut raw = Raw::login(server, &user);
        raw.run("SELECT INBOX");
        let (name, host) = (user.name(), server.url_host());
        let rump = format!("imap://{name}@{host}/INBOX/;UID=1;URLAUTH=user+{name}");
        let lines = raw.run(&format!("GENURLAUTH \"{rump}\" INTERNAL"));
        assert!(lines[0].contains(&format!("{rump}:internal:")), "{lines:?}");
    }
}
