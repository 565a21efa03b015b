//! Patterns of LIST.
//!
//! [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9)

use crate::store::{INBOX, SEPARATOR};

/// Whether a name fits a pattern: `*` stands for anything, `%` for anything on one level.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let is_inbox = pattern.eq_ignore_ascii_case(INBOX) && name == INBOX;
    is_inbox || fits(pattern.as_bytes(), name.as_bytes())
}

/// Goes through the pattern once, so that the cost is the product of the lengths.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    // reach[i]: whether the pattern so far fits the first i octets of the name.
    let mut reach = vec![false; name.len() + 1];
    if let Some(first) = reach.first_mut() {
        *first = true;
    }
    for &p in pattern {
        let mut next = vec![false; name.len() + 1];
        let mut open = false;
        for (i, (reached, next)) in reach.iter().zip(&mut next).enumerate() {
            let before = i.checked_sub(1).and_then(|i| name.get(i));
            match p {
                b'*' => {
                    open |= reached;
                    *next = open;
                }
                b'%' => {
                    open = *reached || (open && before != Some(&(SEPARATOR as u8)));
                    *next = open;
                }
                _ => {
                    let was = i.checked_sub(1).and_then(|i| reach.get(i));
                    *next = was == Some(&true) && before == Some(&p);
                }
            }
        }
        reach = next;
    }
    reach.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn ok_patterns() {
        for (pattern, name, fit) in [
            ("*", "a/b", true),
            ("%", "a/b", false),
            ("%", "a", true),
            ("%/%", "a/b", true),
            ("a*c", "a/b/c", true),
            ("a%c", "a/b/c", false),
            ("inbox", "INBOX", true),
            ("", "a", false),
            ("a/%", "a/", true),
            ("*b%", "a/bcd", true),
            ("*b%", "a/b/d", false),
            ("*%*%*%*%*%*%*%x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            assert_eq!(matches(pattern, name), fit, "{pattern} {name}");
        }
    }
}
