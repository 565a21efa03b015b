//! TLS and STARTTLS against servers with certificates of all kinds.

#![cfg(feature = "rustls")]

mod support;

use std::io;

use imap_client::{Config, Error, Tls};
use rustls::version::{TLS12, TLS13};
use rustls::{AlertDescription, CertificateError, HandshakeKind};
use support::peer::{DRIVERS, Driver, Peer, Security, VISIT, follow, rest, visit};
use support::tls::{Authority, Identity, accept, server_config, shake_hands, trusting};

const GREETING: &str = "S: * OK [CAPABILITY IMAP4rev1] ready";

/// A server with TLS from the first octet, for one visit.
fn server(identity: &Identity) -> Peer<io::Result<()>> {
    let config = server_config(identity, &[&TLS12, &TLS13]);
    Peer::new(move |stream| follow(&mut accept(&config, stream), &format!("{GREETING}{VISIT}")))
}

/// What a client says of a certificate, and whether the server knows that it was not taken.
fn judge(driver: Driver, identity: &Identity, config: &Config) -> CertificateError {
    let tls = server_config(identity, &[&TLS12, &TLS13]);
    let server = Peer::new(move |stream| shake_hands(&tls, stream));
    let error = visit(driver, Security::Tls, server.port, config).unwrap_err();
    assert!(error.is_fatal());
    let alert = server.join().unwrap_err();
    assert_eq!(alert.kind(), io::ErrorKind::InvalidData, "{alert}");
    match error {
        Error::Tls(rustls::Error::InvalidCertificate(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn ok_trusted_server_with_both_versions() {
    let authority = Authority::new();
    let identity = authority.sign("localhost");
    for (&driver, version) in DRIVERS.iter().flat_map(|d| [(d, &TLS12), (d, &TLS13)]) {
        let tls = server_config(&identity, &[version]);
        let server = Peer::new(move |stream| {
            let mut stream = accept(&tls, stream);
            follow(&mut stream, &format!("{GREETING}{VISIT}")).map(|()| stream.conn)
        });
        visit(driver, Security::Tls, server.port, &authority.config()).unwrap();
        let connection = server.join().unwrap();
        assert_eq!(connection.protocol_version(), Some(version.version));
        assert_eq!(connection.server_name(), Some("localhost"));
    }
}

/// Dovecot closes the connection where a session is resumed and `ssl_verify_client_cert` is set.
#[test]
fn ok_no_session_is_resumed() {
    let authority = Authority::new();
    let identity = authority.sign("localhost");
    for (&driver, version) in DRIVERS.iter().flat_map(|d| [(d, &TLS12), (d, &TLS13)]) {
        let tls = server_config(&identity, &[version]);
        let config = authority.config();
        for _ in 0..2 {
            let tls = tls.clone();
            let server = Peer::new(move |stream| {
                let mut stream = accept(&tls, stream);
                follow(&mut stream, &format!("{GREETING}{VISIT}")).map(|()| stream.conn)
            });
            visit(driver, Security::Tls, server.port, &config).unwrap();
            let connection = server.join().unwrap();
            assert_eq!(connection.handshake_kind(), Some(HandshakeKind::Full));
        }
    }
}

#[test]
fn ok_certificate_of_its_own_is_trusted_where_it_is_given() {
    let identity = Identity::self_signed("localhost");
    for &driver in DRIVERS {
        let server = server(&identity);
        let config = trusting(&identity.chain);
        visit(driver, Security::Tls, server.port, &config).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn err_authority_is_not_trusted() {
    let identity = Authority::new().sign("localhost");
    for &driver in DRIVERS {
        let error = judge(driver, &identity, &Authority::new().config());
        assert_eq!(error, CertificateError::UnknownIssuer);
        let error = judge(driver, &identity, &Config::default());
        assert_eq!(error, CertificateError::UnknownIssuer);
    }
}

#[test]
fn err_certificate_is_over() {
    let authority = Authority::new();
    let identity = authority.sign_expired("localhost");
    for &driver in DRIVERS {
        let error = judge(driver, &identity, &authority.config());
        assert!(matches!(error, CertificateError::ExpiredContext { .. }));
    }
}

#[test]
fn err_certificate_of_another_host_unless_it_is_meant() {
    let authority = Authority::new();
    let identity = authority.sign("imap.example.org");
    for &driver in DRIVERS {
        let error = judge(driver, &identity, &authority.config());
        assert!(matches!(
            error,
            CertificateError::NotValidForNameContext { .. }
        ));
        let server = server(&identity);
        let config = authority.config().with_server_name("imap.example.org");
        visit(driver, Security::Tls, server.port, &config).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn ok_client_certificate_where_the_server_wants_one() {
    let authority = Authority::new();
    let tls = authority.demanding(&authority.sign("localhost"));
    let ann = authority.sign("ann");
    for &driver in DRIVERS {
        let server_tls = tls.clone();
        let server = Peer::new(move |stream| {
            let mut stream = accept(&server_tls, stream);
            follow(&mut stream, &format!("{GREETING}{VISIT}")).map(|()| stream.conn)
        });
        let mut config = authority.config();
        let trust = config.tls.clone();
        let trust = trust.with_identity_pem(ann.chain.as_bytes(), ann.key.as_bytes());
        config.tls = trust.unwrap();
        visit(driver, Security::Tls, server.port, &config).unwrap();
        let shown = server.join().unwrap().peer_certificates().unwrap().len();
        assert_eq!(shown, 1);

        let server_tls = tls.clone();
        let server = Peer::new(move |stream| shake_hands(&server_tls, stream));
        let error = visit(driver, Security::Tls, server.port, &authority.config()).unwrap_err();
        server.join().unwrap_err();
        let Error::Tls(rustls::Error::AlertReceived(alert)) = error else {
            panic!("{error:?}");
        };
        assert_eq!(alert, AlertDescription::CertificateRequired);
    }
}

#[test]
fn err_texts_without_certificates_or_keys() {
    let (ann, eve) = (Identity::self_signed("ann"), Identity::self_signed("eve"));
    let identity = |chain: &str, key: &str| {
        let tls = Tls::webpki_roots().with_identity_pem(chain.as_bytes(), key.as_bytes());
        match tls.unwrap_err() {
            Error::Tls(error) => error,
            other => panic!("{other:?}"),
        }
    };
    let no_certificate = identity(&ann.key, &ann.key);
    assert_eq!(no_certificate, rustls::Error::NoCertificatesPresented);
    let no_key = identity(&ann.chain, "").to_string();
    assert!(no_key.contains("no private key"), "{no_key}");
    let not_together = identity(&ann.chain, &eve.key);
    assert!(matches!(not_together, rustls::Error::InconsistentKeys(_)));
    assert!(Tls::with_pem_authorities(b"").is_err());
}

const OFFER: &str = "
    S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
    C: A1 STARTTLS
    S: A1 OK begin
";

/// What is said inside of TLS after STARTTLS: nothing of what came before counts.
const INSIDE: &str = "
    C: A2 CAPABILITY
    S: * CAPABILITY IMAP4rev1
    S: A2 OK done
    C: A3 NOOP
    S: A3 OK done
    C: A4 LOGOUT
    S: * BYE see you
    S: A4 OK done
";

#[test]
fn ok_starttls_and_capabilities_again() {
    let authority = Authority::new();
    let tls = server_config(&authority.sign("localhost"), &[&TLS12, &TLS13]);
    for &driver in DRIVERS {
        let tls = tls.clone();
        let server = Peer::new(move |mut stream| {
            follow(&mut stream, OFFER)?;
            follow(&mut accept(&tls, stream), INSIDE)
        });
        visit(driver, Security::StartTls, server.port, &authority.config()).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn err_starttls_with_a_certificate_not_trusted() {
    let tls = server_config(&Authority::new().sign("localhost"), &[&TLS13]);
    for &driver in DRIVERS {
        let tls = tls.clone();
        let server = Peer::new(move |mut stream| {
            follow(&mut stream, OFFER)?;
            shake_hands(&tls, stream)
        });
        let config = Authority::new().config();
        let error = visit(driver, Security::StartTls, server.port, &config).unwrap_err();
        assert!(matches!(error, Error::Tls(_)), "{error:?}");
        server.join().unwrap_err();
    }
}

/// The error of a client that wants STARTTLS, and what else the server hears after the script.
fn refused_starttls(driver: Driver, script: &'static str) -> (Error, String) {
    let server = Peer::new(move |mut stream| {
        follow(&mut stream, script).unwrap();
        String::from_utf8(rest(&mut stream)).unwrap()
    });
    let config = Config::default();
    let error = visit(driver, Security::StartTls, server.port, &config).unwrap_err();
    (error, server.join())
}

#[test]
fn err_octets_injected_behind_the_consent_to_starttls() {
    for &driver in DRIVERS {
        let (error, heard) = refused_starttls(
            driver,
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
             C: A1 STARTTLS
             S: A1 OK begin\\r\\n* CAPABILITY AUTH=X-EVE",
        );
        assert!(error.is_fatal());
        let text = "protocol violated by the server: octets between STARTTLS and TLS";
        assert_eq!(error.to_string(), text);
        assert_eq!(heard, "");
    }
}

#[test]
fn err_preauth_where_starttls_was_wanted() {
    for &driver in DRIVERS {
        let (error, heard) =
            refused_starttls(driver, "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi");
        assert!(matches!(error, Error::PreAuth) && error.is_fatal());
        assert_eq!(
            error.to_string(),
            "server said PREAUTH, so that TLS cannot begin"
        );
        assert_eq!(heard, "");
    }
}

#[test]
fn err_server_without_starttls_hears_nothing_more() {
    for &driver in DRIVERS {
        let (error, heard) = refused_starttls(driver, "S: * OK [CAPABILITY IMAP4rev1] ready");
        assert!(matches!(error, Error::Unsupported("STARTTLS")));
        assert_eq!(heard, "");
        let refusal = "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
             C: A1 STARTTLS
             S: A1 BAD not now";
        let (error, heard) = refused_starttls(driver, refusal);
        assert_eq!(error.to_string(), "server refused: BAD not now");
        assert_eq!(heard, "");
    }
}
