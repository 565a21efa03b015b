//! What ties an authentication to TLS.

use rustls::{ClientConnection, ProtocolVersion};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use crate::sasl::{ChannelBinding, ChannelBindingKind};

/// The bindings to a connection, the best first; none before the handshake is done.
pub(super) fn of(tls: &ClientConnection) -> Vec<ChannelBinding> {
    let exporter = exporter(tls).map(|data| (ChannelBindingKind::TlsExporter, data));
    let end_point = end_point(tls).map(|data| (ChannelBindingKind::TlsServerEndPoint, data));
    [exporter, end_point]
        .into_iter()
        .flatten()
        .filter_map(|(kind, data)| ChannelBinding::new(kind, &data).ok())
        .collect()
}

/// `tls-exporter`: for TLS 1.3, where no two connections share it.
///
/// [RFC 9266](https://www.rfc-editor.org/rfc/rfc9266)
fn exporter(tls: &ClientConnection) -> Option<Vec<u8>> {
    if tls.protocol_version() != Some(ProtocolVersion::TLSv1_3) {
        return None;
    }
    tls.export_keying_material(vec![0; 32], b"EXPORTER-Channel-Binding", None)
        .ok()
}

/// `tls-server-end-point`: the hash of the server's certificate.
///
/// [RFC 5929 section 4](https://www.rfc-editor.org/rfc/rfc5929#section-4)
fn end_point(tls: &ClientConnection) -> Option<Vec<u8>> {
    let der = tls.peer_certificates()?.first()?;
    let certificate = Certificate::from_der(der).ok()?;
    let signature = certificate.signature_algorithm().oid.to_string();
    Some(match signature.as_str() {
        // MD5 and SHA-1 are replaced by SHA-256.
        "1.2.840.113549.1.1.4" | "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" => sha256(der),
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => sha256(der),
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => Sha384::digest(der).to_vec(),
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => Sha512::digest(der).to_vec(),
        // What has no hash of its own, or several, is not defined there.
        _ => return None,
    })
}

fn sha256(der: &[u8]) -> Vec<u8> {
    Sha256::digest(der).to_vec()
}
