//! Names of mailboxes, as text: the wire form is the session's.

/// What separates the levels of a name.
pub(crate) const SEPARATOR: char = '/';

/// The mailbox that each user has.
pub(crate) const INBOX: &str = "INBOX";

/// The name with its first level in capitals if that is INBOX, and without a separator at its end.
pub(crate) fn normal_name(name: &str) -> String {
    let name = name.strip_suffix(SEPARATOR).unwrap_or(name);
    match name.split_once(SEPARATOR) {
        Some((first, rest)) if first.eq_ignore_ascii_case(INBOX) => {
            format!("{INBOX}{SEPARATOR}{rest}")
        }
        None if name.eq_ignore_ascii_case(INBOX) => INBOX.to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether a mailbox can have this name: no level is empty, and nothing in it is for patterns or unseen.
pub(crate) fn is_valid_name(name: &str) -> bool {
    let is_bad = |c: char| c.is_control() || matches!(c, '*' | '%');
    name.len() <= MAX_LEN && !name.contains(is_bad) && name.split(SEPARATOR).all(|l| !l.is_empty())
}

/// Whether a name is below another one.
pub(crate) fn is_below(name: &str, above: &str) -> bool {
    name.strip_prefix(above)
        .is_some_and(|rest| rest.starts_with(SEPARATOR))
}

/// In octets.
const MAX_LEN: usize = 1000;

#[cfg(test)]
mod tests {
    use super::{is_below, is_valid_name, normal_name};

    #[test]
    fn ok_normal_names() {
        for (name, normal) in [
            ("inbox", "INBOX"),
            ("Inbox/x", "INBOX/x"),
            ("inboxes", "inboxes"),
            ("a/b/", "a/b"),
            ("a/inbox", "a/inbox"),
        ] {
            assert_eq!(normal_name(name), normal);
        }
    }

    #[test]
    fn err_names_that_cannot_be() {
        for name in ["", "/a", "a//b", "a*", "a%", "a\nb"] {
            assert!(!is_valid_name(name), "{name:?}");
        }
        assert!(is_valid_name("Entwürfe/2024"));
        assert!(is_below("a/b", "a") && !is_below("ab", "a") && !is_below("a", "a"));
    }
}
