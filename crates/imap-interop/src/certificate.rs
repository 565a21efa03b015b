//! A certificate authority for one server, and the certificate it signs.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// The names and addresses that the server's certificate is good for.
const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A certificate authority for one server, and the certificate it signs, all in PEM.
pub(crate) struct Certificate {
    pub(crate) ca_pem: String,
    pub(crate) pem: String,
    pub(crate) key_pem: String,
}

impl Certificate {
    pub(crate) fn generate() -> Result<Self, rcgen::Error> {
        let mut authority = CertificateParams::default();
        authority
            .distinguished_name
            .push(DnType::CommonName, "imap-interop test authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority_key = KeyPair::generate()?;
        let ca_pem = authority.self_signed(&authority_key)?.pem();
        let issuer = Issuer::new(authority, authority_key);

        let mut server = CertificateParams::new(HOSTS.map(String::from))?;
        server
            .distinguished_name
            .push(DnType::CommonName, "localhost");
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate()?;
        let pem = server.signed_by(&key, &issuer)?.pem();
        Ok(Self {
            ca_pem,
            pem,
            key_pem: key.serialize_pem(),
        })
    }
}
