//! The announcement of a literal, the last thing on its line.
//!
//! ```abnf
//! literal  = "{" number64 ["+"] "}" CRLF *CHAR8
//! literal8 = "~{" number64 ["+"] "}" CRLF *OCTET ; RFC 4466, RFC 7888
//! ```
//!
//! [RFC 9051 section 4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3)

/// The size and the kind of a literal, read from `{12}`, `{12+}`, `~{12}` or `~{12+}`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Marker {
    /// Octets of the literal; [`u64::MAX`] also for the numbers above it.
    pub(super) size: u64,
    /// Whether the form has no `+`, so that a client waits before it sends the octets.
    pub(super) synchronizing: bool,
}

impl Marker {
    /// Octets of the longest marker with its line end: `~{`, 20 digits, `+}`, CR CR LF.
    pub(super) const MAX_LEN: usize = 2 + MAX_DIGITS + 5;

    /// Splits a line with its line end into what is in front of its marker, and the marker.
    ///
    /// `None` when the line doesn't end in one. Leading zeros are digits as any others, but more
    /// than 20 digits, none, or a sign make no marker.
    #[inline]
    pub(super) fn split(line: &[u8]) -> Option<(&[u8], Self)> {
        // quirk: BareLineFeed, ExtraCarriageReturn
        let line = line.strip_suffix(b"\n")?;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = line.strip_suffix(b"}")?;
        let (line, synchronizing) = match line.strip_suffix(b"+") {
            Some(line) => (line, false),
            None => (line, true),
        };
        let digits = line
            .iter()
            .rev()
            .take(MAX_DIGITS)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let (before, number) = line.split_at_checked(line.len() - digits)?;
        let before = before.strip_suffix(b"{").filter(|_| digits > 0)?;
        let size = number.iter().fold(0_u64, |size, digit| {
            size.saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        });
        Some((
            before.strip_suffix(b"~").unwrap_or(before),
            Self {
                size,
                synchronizing,
            },
        ))
    }
}

/// Digits of [`u64::MAX`].
const MAX_DIGITS: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_split_reads_every_form() {
        for (line, before, size, synchronizing) in [
            ("a {5}\r\n", "a ", 5, true),
            ("a {5}\n", "a ", 5, true),
            ("a {5}\r\r\n", "a ", 5, true),
            ("a ({0}\r\n", "a (", 0, true),
            ("a {4096+}\r\n", "a ", 4096, false),
            ("a ~{5}\r\n", "a ", 5, true),
            ("a (~{5+}\r\n", "a (", 5, false),
            ("{007}\r\n", "", 7, true),
            ("{1}{2}\r\n", "{1}", 2, true),
            ("{18446744073709551615}\r\n", "", u64::MAX, true),
            ("{99999999999999999999}\r\n", "", u64::MAX, true),
        ] {
            let expected = (
                before.as_bytes(),
                Marker {
                    size,
                    synchronizing,
                },
            );
            assert_eq!(Marker::split(line.as_bytes()), Some(expected), "{line:?}");
        }
    }

    #[test]
    fn err_split_finds_no_marker() {
        for line in [
            "",
            "\r\n",
            "}\r\n",
            "5}\r\n",
            "a {}\r\n",
            "a {+}\r\n",
            "a {-1}\r\n",
            "a {+5}\r\n",
            "a {5++}\r\n",
            "a {5 }\r\n",
            "a {5} \r\n",
            "a {5}\r",
            "a {5}",
            "a {5}\r\r\r\n",
            "a {5)\r\n",
            "a {0x5}\r\n",
            "a {000000000000000000005}\r\n",
        ] {
            assert_eq!(Marker::split(line.as_bytes()), None, "{line:?}");
        }
    }

    #[test]
    fn ok_max_len_is_the_longest() {
        let longest = b"~{00000000000000000001+}\r\r\n";
        assert_eq!(longest.len(), Marker::MAX_LEN);
        let expected = Marker {
            size: 1,
            synchronizing: false,
        };
        assert_eq!(Marker::split(longest), Some((&b""[..], expected)));
    }
}
