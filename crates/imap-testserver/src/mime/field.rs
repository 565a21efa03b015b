//! Fields of a header, as octets.
//!
//! [RFC 5322 section 2.2](https://www.rfc-editor.org/rfc/rfc5322#section-2.2)

use std::borrow::Cow;

use memchr::memchr;

/// One field of a header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its name; empty for a line that is no field.
    pub(crate) name: &'a [u8],
    /// What stands behind the colon, folded as it is.
    pub(crate) value: &'a [u8],
    /// The whole field with its line breaks.
    pub(crate) octets: &'a [u8],
}

impl Field<'_> {
    /// Whether this is the name of the field, in any case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// The fields in order, up to the empty line.
pub(crate) fn fields(header: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut rest = header;
    std::iter::from_fn(move || {
        let mut length = line_len(rest);
        if is_blank(rest.get(..length)?) {
            return None;
        }
        while matches!(rest.get(length), Some(b' ' | b'\t')) {
            length += line_len(rest.get(length..)?);
        }
        let (octets, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(match memchr(b':', octets) {
            Some(colon) => Field {
                name: octets.get(..colon)?.trim_ascii(),
                value: octets.get(colon + 1..)?,
                octets,
            },
            None => Field {
                name: b"",
                value: b"",
                octets,
            },
        })
    })
}

/// The value of the first field with this name.
pub(crate) fn field<'a>(header: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let field = fields(header).find(|field| field.is(name));
    field.map(|field| field.value)
}

/// The value of a field on one line, without blanks around it.
///
/// Octets NUL are left out, since no string of IMAP can have them.
pub(crate) fn unfold(value: &[u8]) -> Cow<'_, [u8]> {
    let value = value.trim_ascii();
    if !value.iter().any(|b| matches!(b, b'\n' | 0)) {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    for b in value {
        match b {
            b'\n' => {
                out.pop_if(|last| *last == b'\r');
            }
            0 => {}
            b => out.push(*b),
        }
    }
    Cow::Owned(out)
}

/// Octets of the first line, with its line break.
pub(crate) fn line_len(octets: &[u8]) -> usize {
    memchr(b'\n', octets).map_or(octets.len(), |end| end + 1)
}

/// Whether a line has nothing but its line break, if that.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"" | b"\n" | b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_fields_up_to_the_empty_line() {
        let header = b"A: 1\r\nB :2\r\n\t3\nno field\nC:\r\n\r\nD: 4\r\n";
        let shown: Vec<_> = fields(header)
            .map(|field| (field.name, field.value, field.octets.len()))
            .collect();
        let expected: [(&[u8], &[u8], usize); 4] = [
            (b"A", b" 1\r\n", 6),
            (b"B", b"2\r\n\t3\n", 9),
            (b"", b"", 9),
            (b"C", b"\r\n", 4),
        ];
        assert_eq!(shown, expected);
        assert_eq!(field(header, "b"), Some(&b"2\r\n\t3\n"[..]));
        assert_eq!(field(header, "D"), None);
    }

    #[test]
    fn ok_a_value_unfolds_to_one_line() {
        for (folded, line) in [
            (&b" a\r\n"[..], &b"a"[..]),
            (b" a\r\n b\n\tc \r\n", b"a b\tc"),
            (b" a\0b\rc", b"ab\rc"),
            (b"\r\n", b""),
        ] {
            assert_eq!(unfold(folded), line);
        }
    }
}
