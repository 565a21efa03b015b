//! What ties an authentication to its TLS connection: RFC 5056.

use super::{MechanismError, Secret};

/// Octets that only the two ends of a TLS connection know, or see.
///
/// A mechanism that mixes them in fails where somebody in the middle relays it. The driver has
/// them:
///
/// - [`TlsExporter`](ChannelBindingKind::TlsExporter): 32 octets of the exporter with the label
///   `EXPORTER-Channel-Binding` and an empty context,
///   [RFC 9266](https://www.rfc-editor.org/rfc/rfc9266);
/// - [`TlsServerEndPoint`](ChannelBindingKind::TlsServerEndPoint): the hash of the server's
///   certificate, by the hash of its signature, SHA-256 instead of MD5 and SHA-1,
///   [RFC 5929 section 4](https://www.rfc-editor.org/rfc/rfc5929#section-4).
#[derive(Clone, Debug)]
pub struct ChannelBinding {
    kind: ChannelBindingKind,
    data: Secret,
}

impl ChannelBinding {
    /// A binding of this kind.
    ///
    /// # Errors
    ///
    /// If there are no data.
    pub fn new(kind: ChannelBindingKind, data: &[u8]) -> Result<Self, MechanismError> {
        if data.is_empty() {
            return Err(MechanismError::Argument {
                name: "channel binding",
                reason: "is empty",
            });
        }
        Ok(Self {
            kind,
            data: Secret::from(data),
        })
    }

    /// The kind.
    pub fn kind(&self) -> ChannelBindingKind {
        self.kind
    }

    pub(super) fn data(&self) -> &[u8] {
        self.data.as_bytes()
    }
}

/// The kinds of channel bindings.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ChannelBindingKind {
    /// `tls-exporter`: of the connection; for TLS 1.3, and for TLS 1.2 with extended master secret.
    TlsExporter,
    /// `tls-server-end-point`: of the server's certificate.
    TlsServerEndPoint,
    /// `tls-unique`: of the first Finished message of the handshake. Cyrus 3.6 knows this kind only.
    ///
    /// rustls does not tell that message, so that only programs that bring their own TLS have it.
    ///
    /// [RFC 5929 section 3](https://www.rfc-editor.org/rfc/rfc5929#section-3)
    TlsUnique,
}

impl ChannelBindingKind {
    /// The name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::TlsExporter => "tls-exporter",
            Self::TlsServerEndPoint => "tls-server-end-point",
            Self::TlsUnique => "tls-unique",
        }
    }
}
