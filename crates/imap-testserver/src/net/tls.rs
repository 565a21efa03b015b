//! TLS, with a certificate that is made when the server starts.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, PKCS_ECDSA_P256_SHA256, date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ProtocolVersion, ServerConfig};
use sha2::{Digest as _, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::auth::Bindings;

/// The names that the certificate is for.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The certificate of a server.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Certificate {
    /// The names of hosts, and addresses.
    pub(crate) names: Vec<String>,
    /// Whether it was valid long ago only.
    pub(crate) is_expired: bool,
}

impl Default for Certificate {
    fn default() -> Self {
        Self {
            names: NAMES.map(str::to_owned).to_vec(),
            is_expired: false,
        }
    }
}

/// What it takes to speak TLS.
#[derive(Clone)]
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    /// The certificate of the authority that signed the server's, in PEM.
    pub(crate) ca_pem: String,
    /// The hash of the server's certificate, by the hash of its signature.
    end_point: Vec<u8>,
}

impl Tls {
    /// Makes an authority and a certificate.
    pub(crate) fn new(certificate: &Certificate) -> io::Result<Self> {
        Self::make(certificate).map_err(io::Error::other)
    }

    /// What ties an authentication to a connection.
    pub(super) fn bindings<S>(&self, stream: &TlsStream<S>) -> Bindings {
        let (_, tls) = stream.get_ref();
        let has_exporter = tls.protocol_version() == Some(ProtocolVersion::TLSv1_3);
        let exporter = || {
            let label = b"EXPORTER-Channel-Binding";
            tls.export_keying_material(vec![0; 32], label, None).ok()
        };
        Bindings {
            exporter: has_exporter.then(exporter).flatten(),
            server_end_point: self.end_point.clone(),
        }
    }

    fn make(shown: &Certificate) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let name = "imap-testserver authority";
        params.distinguished_name.push(DnType::CommonName, name);
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?)?;

        let mut params = CertificateParams::new(shown.names.clone())?;
        if shown.is_expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let name = "imap-testserver";
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let certificate = params.signed_by(&key, &authority)?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            ca_pem: authority.pem(),
            end_point: Sha256::digest(certificate.der()).to_vec(),
        })
    }
}
