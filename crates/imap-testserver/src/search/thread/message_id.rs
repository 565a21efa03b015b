//! Message identifiers.
//!
//! [RFC 5322 section 3.6.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4)

use crate::mime::{Mail, field};

/// The identifier of a message, if it has a valid one.
pub(super) fn message_id(mail: &Mail) -> Option<Vec<u8>> {
    message_ids(field(mail.header(), "Message-ID")?).next()
}

/// The identifiers of the messages that a message answers, the oldest first.
///
/// RFC 5256 3, REFERENCES: those of `References`, or else the first of `In-Reply-To`.
pub(super) fn references(mail: &Mail) -> Vec<Vec<u8>> {
    let of = |name| field(mail.header(), name);
    let references = of("References").map(|value| message_ids(value).collect::<Vec<_>>());
    match references {
        Some(references) if !references.is_empty() => references,
        _ => of("In-Reply-To")
            .and_then(|value| message_ids(value).next())
            .into_iter()
            .collect(),
    }
}

/// What stands in angle brackets, without quotes, so that equal identifiers are the same octets.
fn message_ids(value: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let mut rest = value;
    std::iter::from_fn(move || {
        loop {
            let start = memchr::memchr(b'<', rest)?;
            let mut id = Vec::new();
            let mut is_quoted = false;
            let mut at = start + 1;
            let end = loop {
                match *rest.get(at)? {
                    b'\\' if is_quoted => {
                        at += 1;
                        id.push(*rest.get(at)?);
                    }
                    b'"' => is_quoted = !is_quoted,
                    // One that is not closed is none.
                    b'<' if !is_quoted => break at,
                    b'>' if !is_quoted => break at + 1,
                    b if b.is_ascii_whitespace() && !is_quoted => {}
                    b => id.push(b),
                }
                at += 1;
            };
            let is_closed = rest.get(..end)?.ends_with(b">");
            rest = rest.get(end..)?;
            if is_closed && is_valid(&id) {
                return Some(id);
            }
        }
    })
}

/// Whether there is something on both sides of an `@`.
fn is_valid(id: &[u8]) -> bool {
    let at = memchr::memrchr(b'@', id);
    at.is_some_and(|at| at > 0 && at + 1 < id.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_message_ids() {
        for (value, expected) in [
            ("<a@b>", "a@b"),
            ("<a@b>\r\n <c@d> (x) text <e@f>", "a@b c@d e@f"),
            (
                "<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>",
                "01KF8JCEOCBS0045PS@xxx.yyy.com",
            ),
            ("<\"a\\\">b\"@c>", "a\">b@c"),
            ("<a@\r\n b>", "a@b"),
            ("a@b", ""),
            ("<a> <@b> <a@> <>", ""),
            ("<open@x <a@b> <c@d", "a@b"),
        ] {
            let ids = message_ids(value.as_bytes());
            let shown: Vec<_> = ids.map(|id| String::from_utf8(id).unwrap()).collect();
            assert_eq!(shown.join(" "), expected, "{value}");
        }
    }

    #[test]
    fn ok_references_or_what_is_answered() {
        for (header, expected) in [
            (
                "References: <a@x> <b@x>\r\nIn-Reply-To: <c@x>\r\n",
                &["a@x", "b@x"][..],
            ),
            ("References: none\r\nIn-Reply-To: <c@x> <d@x>\r\n", &["c@x"]),
            ("Subject: x\r\n", &[]),
        ] {
            let ids = references(&Mail::new(format!("{header}\r\n")));
            let ids: Vec<_> = ids
                .iter()
                .map(|id| std::str::from_utf8(id).unwrap())
                .collect();
            assert_eq!(ids, expected);
        }
    }
}
