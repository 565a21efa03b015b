//! What ties an authentication to its TLS connection.
//!
//! [RFC 5056](https://www.rfc-editor.org/rfc/rfc5056)

/// The channel bindings of a connection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Bindings {
    /// `tls-exporter`, which TLS 1.3 has: [RFC 9266](https://www.rfc-editor.org/rfc/rfc9266).
    pub(crate) exporter: Option<Vec<u8>>,
    /// `tls-server-end-point`, the hash of the server's certificate:
    /// [RFC 5929 section 4](https://www.rfc-editor.org/rfc/rfc5929#section-4).
    pub(crate) server_end_point: Vec<u8>,
}

impl Bindings {
    /// The one with this name.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        match name {
            "tls-exporter" => self.exporter.as_deref(),
            "tls-server-end-point" => Some(&self.server_end_point),
            _ => None,
        }
    }
}
