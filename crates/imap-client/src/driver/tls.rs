//! TLS by rustls.

use std::sync::{Arc, LazyLock};

use rustls::client::Resumption;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};

use crate::error::Error;

/// Whom a TLS connection trusts, and by what certificate it shows who it is itself.
///
/// The versions are 1.2 and 1.3. Certificates are always verified, with the name of the host, and there
/// is no way around that. A test server is trusted by giving the certificate of its authority to
/// [`Tls::with_pem_authorities`], or its own if that is not one of an authority.
///
/// ```no_run
/// use imap_client::blocking::{Client, Config};
/// use imap_client::{Error, Tls};
///
/// fn connect_to_test_server() -> Result<Client, Error> {
///     let certificate = std::fs::read("test-server.pem")?;
///     let config = Config::default().with_tls(Tls::with_pem_authorities(&certificate)?);
///     Client::connect_tls("localhost", 993, &config)
/// }
/// # let _ = connect_to_test_server;
/// ```
#[derive(Clone, Debug)]
pub struct Tls(
    /// Nothing for [`WEBPKI_ROOTS`].
    Option<Arc<ClientConfig>>,
);

impl Tls {
    /// Trusts the authorities that Mozilla trusts.
    pub fn webpki_roots() -> Self {
        Self(None)
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
        Self::with_authorities(certificates_of_pem(pem)?)
    }

    /// The same, showing a certificate to servers that ask for one.
    ///
    /// Both texts are PEM: the certificate with those that signed it behind, and its private key in
    /// PKCS #8, PKCS #1 or SEC1. They can be the same text. With EXTERNAL of SASL the certificate says
    /// who logs in.
    ///
    /// # Errors
    ///
    /// If there is no certificate or no key in its text, or they do not belong together.
    pub fn with_identity_pem(
        self,
        certificate_chain: &[u8],
        private_key: &[u8],
    ) -> Result<Self, Error> {
        let chain = certificates_of_pem(certificate_chain)?;
        let key = PrivateKeyDer::from_pem_slice(private_key)
            .map_err(|_| Error::Tls(rustls::Error::General("no private key in PEM".into())))?;
        let mut config = ClientConfig::clone(self.config());
        let identity = CertifiedKey::from_der(chain, key, config.crypto_provider());
        let identity = SingleCertAndKey::from(identity.map_err(Error::Tls)?);
        config.client_auth_cert_resolver = Arc::new(identity);
        Ok(Self(Some(Arc::new(config))))
    }

    /// Trusts the authorities that the operating system trusts.
    ///
    /// On Unix the variables `SSL_CERT_FILE` and `SSL_CERT_DIR` name others. Certificates there that
    /// cannot be read are left out.
    ///
    /// # Errors
    ///
    /// If the system has none that can be read.
    #[cfg(feature = "platform-roots")]
    pub fn platform_roots() -> Result<Self, Error> {
        let found = rustls_native_certs::load_native_certs();
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            return Err(Error::Tls(rustls::Error::NoCertificatesPresented));
        }
        Ok(Self::with_roots(roots))
    }

    fn with_roots(roots: RootCertStore) -> Self {
        Self(Some(config_of(roots)))
    }

    fn config(&self) -> &Arc<ClientConfig> {
        self.0.as_ref().unwrap_or(&WEBPKI_ROOTS)
    }

    /// A connection to `host` that has not shaken hands yet.
    pub(crate) fn connection(&self, host: &str) -> Result<rustls::ClientConnection, Error> {
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| Error::Tls(rustls::Error::UnsupportedNameType))?;
        rustls::ClientConnection::new(Arc::clone(self.config()), name).map_err(Error::Tls)
    }
}

impl From<Arc<ClientConfig>> for Tls {
    /// Takes a configuration of the program's own.
    fn from(config: Arc<ClientConfig>) -> Self {
        Self(Some(config))
    }
}

/// Trusts the authorities that Mozilla trusts. It is made when the first connection needs it, and all
/// share it.
static WEBPKI_ROOTS: LazyLock<Arc<ClientConfig>> = LazyLock::new(|| {
    config_of(RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    })
});

fn config_of(roots: RootCertStore) -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    // cannot fail: the provider has suites for all default versions
    let builder = builder.expect("default versions");
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    // Dovecot, where it asks for certificates, closes the connection instead of resuming a session.
    config.resumption = Resumption::disabled();
    Arc::new(config)
}

/// The certificates in a text, of which there has to be one at least.
fn certificates_of_pem(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let bad = |_| Error::Tls(rustls::Error::InvalidCertificate(BAD_ENCODING));
    let certificates = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    match certificates.map_err(bad)? {
        none if none.is_empty() => Err(Error::Tls(rustls::Error::NoCertificatesPresented)),
        certificates => Ok(certificates),
    }
}

const BAD_ENCODING: rustls::CertificateError = rustls::CertificateError::BadEncoding;

#[cfg(all(test, feature = "platform-roots"))]
mod tests {
    use super::*;

    #[test]
    fn ok_platform_roots_where_the_platform_has_some() {
        let certificates = rustls_native_certs::load_native_certs().certs;
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(certificates);
        assert_eq!(Tls::platform_roots().is_ok(), !roots.is_empty());
    }
}
