//! TLS by rustls.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};

use crate::error::Error;

/// Whom a TLS connection trusts.
///
/// Certificates are always verified, with the name of the host.
///
/// ```
/// use imap_client::Tls;
///
/// let tls = Tls::webpki_roots();
/// # let _ = tls;
/// ```
#[derive(Clone, Debug)]
pub struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Trusts the authorities that Mozilla trusts.
    pub fn webpki_roots() -> Self {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        Self::with_roots(roots)
    }

    /// Trusts these authorities only, given as DER certificates.
    ///
    /// # Errors
    ///
    /// If one of them is no certificate.
    pub fn with_authorities<'a>(
        certificates: impl IntoIterator<Item = CertificateDer<'a>>,
    ) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        for certificate in certificates {
            roots.add(certificate.into_owned()).map_err(Error::Tls)?;
        }
        Ok(Self::with_roots(roots))
    }

    /// Trusts the authorities in a PEM text only.
    ///
    /// # Errors
    ///
    /// If the text has no certificates, or one of them is broken.
    pub fn with_pem_authorities(pem: &[u8]) -> Result<Self, Error> {
        use rustls::pki_types::pem::PemObject as _;

        let bad = |_| Error::Tls(rustls::Error::InvalidCertificate(BAD_ENCODING));
        let certificates = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
        let certificates = certificates.map_err(bad)?;
        if certificates.is_empty() {
            return Err(Error::Tls(rustls::Error::NoCertificatesPresented));
        }
        Self::with_authorities(certificates)
    }

    fn with_roots(roots: RootCertStore) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        // cannot fail: the provider has suites for all default versions
        let builder = builder.expect("default versions");
        Self(Arc::new(
            builder.with_root_certificates(roots).with_no_client_auth(),
        ))
    }

    /// A connection to `host` that has not shaken hands yet.
    pub(crate) fn connection(&self, host: &str) -> Result<rustls::ClientConnection, Error> {
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| Error::Tls(rustls::Error::UnsupportedNameType))?;
        rustls::ClientConnection::new(self.0.clone(), name).map_err(Error::Tls)
    }
}

const BAD_ENCODING: rustls::CertificateError = rustls::CertificateError::BadEncoding;

impl From<Arc<ClientConfig>> for Tls {
    /// Takes a configuration of the program's own.
    fn from(config: Arc<ClientConfig>) -> Self {
        Self(config)
    }
}
