//! A certificate authority for one server, and the certificates that it signs.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, Error, ExtendedKeyUsagePurpose,
    IsCa, KeyPair, KeyUsagePurpose,
};

/// A certificate and its private key, both in PEM.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The certificate.
    pub pem: String,
    /// The private key, in PKCS #8.
    pub key_pem: String,
}

/// A certificate authority for one server.
#[derive(Debug)]
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn generate() -> Result<Self, Error> {
        let mut authority = CertificateParams::default();
        authority
            .distinguished_name
            .push(DnType::CommonName, "imap-interop test authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        CertifiedIssuer::self_signed(authority, KeyPair::generate()?).map(Self)
    }

    /// A certificate by which a client shows that it is the user.
    pub(crate) fn sign_client(&self, user: &str) -> Result<Certificate, Error> {
        self.sign(user, &[], ExtendedKeyUsagePurpose::ClientAuth)
    }

    /// A certificate for the server.
    pub(crate) fn sign_server(&self) -> Result<Certificate, Error> {
        self.sign("localhost", &HOSTS, ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// The authority's own certificate, in PEM.
    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    fn sign(
        &self,
        name: &str,
        hosts: &[&str],
        usage: ExtendedKeyUsagePurpose,
    ) -> Result<Certificate, Error> {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(hosts)?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate()?;
        Ok(Certificate {
            pem: params.signed_by(&key, &self.0)?.pem(),
            key_pem: key.serialize_pem(),
        })
    }
}

/// The names and addresses that the server's certificate is good for.
const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "::1"];
