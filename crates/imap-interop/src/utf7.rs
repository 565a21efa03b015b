//! Modified UTF-7, the form of mailbox names on the disk.
//!
//! Written apart from the library under test, so that a fault there can't hide here.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::{GeneralPurpose, general_purpose::NO_PAD};

const ENGINE: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A name in modified UTF-7.
///
/// `Entwürfe` gives `Entw&APw-rfe`.
///
/// [RFC 3501 section 5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3)
pub(crate) fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut units = Vec::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            shift(&mut units, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            units.extend(
                c.encode_utf16(&mut [0; 2])
                    .iter()
                    .flat_map(|unit| unit.to_be_bytes()),
            );
        }
    }
    shift(&mut units, &mut out);
    out
}

/// Writes the collected UTF-16 octets as one shifted run.
fn shift(units: &mut Vec<u8>, out: &mut String) {
    if !units.is_empty() {
        out.push('&');
        ENGINE.encode_string(&units, out);
        out.push('-');
        units.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_examples() {
        let cases = [
            ("INBOX", "INBOX"),
            ("Entwürfe", "Entw&APw-rfe"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("R&D", "R&-D"),
            ("😀", "&2D3eAA-"),
            ("", ""),
        ];
        for (name, encoded) in cases {
            assert_eq!(encode(name), encoded, "{name}");
        }
    }
}
