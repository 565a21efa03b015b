//! A server with TLS, and the authority that signs its certificate.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;

use imap_client::{Config, Tls};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
};

/// A certificate and its key, in PEM.
pub(crate) struct Identity {
    pub(crate) chain: String,
    pub(crate) key: String,
}

impl Identity {
    /// A certificate that nobody else signed.
    pub(crate) fn self_signed(host: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = params(host).self_signed(&key).unwrap();
        Self {
            chain: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

/// Who signs certificates.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // No two have the same name.
        let name = format!("{:x?}", &key.public_key_raw()[1..9]);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A configuration that trusts this authority only.
    pub(crate) fn config(&self) -> Config {
        trusting(&self.pem())
    }

    pub(crate) fn sign(&self, host: &str) -> Identity {
        self.sign_params(params(host))
    }

    /// A certificate that was good once.
    pub(crate) fn sign_expired(&self, host: &str) -> Identity {
        let mut params = params(host);
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
        self.sign_params(params)
    }

    fn sign_params(&self, params: CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        Identity {
            chain: params.signed_by(&key, &self.0).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }

    /// A server's configuration for which clients need a certificate of this authority.
    pub(crate) fn demanding(&self, identity: &Identity) -> Arc<ServerConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier.build().unwrap());
        Arc::new(with_identity(config, identity))
    }
}

/// A configuration that trusts the certificates in `pem` only.
pub(crate) fn trusting(pem: &str) -> Config {
    Config::default().with_tls(Tls::with_pem_authorities(pem.as_bytes()).unwrap())
}

/// A server's configuration for these versions.
pub(crate) fn server_config(
    identity: &Identity,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth();
    Arc::new(with_identity(config, identity))
}

/// The server's end of TLS on a stream; it shakes hands when it is used.
pub(crate) fn accept(
    config: &Arc<ServerConfig>,
    stream: TcpStream,
) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream)
}

/// Shakes hands only, and says what the client thought of it.
pub(crate) fn shake_hands(config: &Arc<ServerConfig>, mut stream: TcpStream) -> io::Result<()> {
    let mut connection = ServerConnection::new(config.clone()).unwrap();
    while connection.is_handshaking() {
        connection.complete_io(&mut stream)?;
    }
    Ok(())
}

fn with_identity(
    config: rustls::ConfigBuilder<ServerConfig, rustls::server::WantsServerCert>,
    identity: &Identity,
) -> ServerConfig {
    let chain = CertificateDer::pem_slice_iter(identity.chain.as_bytes());
    let chain = chain.collect::<Result<_, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
    config.with_single_cert(chain, key).unwrap()
}

fn params(host: &str) -> CertificateParams {
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ClientAuth,
        ExtendedKeyUsagePurpose::ServerAuth,
    ];
    params
}
