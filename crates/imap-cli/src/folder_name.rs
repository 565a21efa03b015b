//! Names of mailboxes as names of files and folders, and back.
//!
//! What comes from a server must not be able to leave the folder that it is put into, nor meet another
//! mailbox there, and has to come back as it was. `%` and two hexadecimal digits stand for an octet that
//! has a meaning of its own in such a name; a `%` alone is a level without a name.

use std::path::{Component, Path, PathBuf};

use clap::ValueEnum;
use imap_util::{decode_utf7_lossy, encode_utf7};

/// How the mailboxes of an account become folders.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Layout {
    /// Maildir++, as Dovecot and Courier have it: INBOX is the folder itself, `a/b` is `.a.b` in it
    #[value(name = "maildir++")]
    Flat,
    /// A folder for each level: `a/b` is `a/b`, INBOX is `INBOX`
    #[value(name = "nested")]
    Nested,
}

impl Layout {
    /// The path of a mailbox, given by the levels of its name, within the folder of the account.
    pub(crate) fn path(self, levels: &[String]) -> PathBuf {
        match (self, levels) {
            (Self::Flat, [inbox]) if inbox == "INBOX" => PathBuf::new(),
            (Self::Flat, _) => levels
                .iter()
                .map(|level| flat(level))
                .collect::<String>()
                .into(),
            (Self::Nested, _) => levels.iter().map(|level| nested(level)).collect(),
        }
    }

    /// The levels of the name of the mailbox that is at this path, the reverse of [`Layout::path`].
    pub(crate) fn levels(self, path: &Path) -> Option<Vec<String>> {
        match self {
            Self::Flat if path.as_os_str().is_empty() => Some(vec!["INBOX".to_owned()]),
            Self::Flat => {
                let levels = path.to_str()?.strip_prefix('.')?.split('.');
                let decode = |level: &str| {
                    let utf7 = unescape(level)?;
                    Some(decode_utf7_lossy(utf7.as_bytes()).into_owned())
                };
                levels.map(decode).collect()
            }
            Self::Nested => path.components().map(level).collect(),
        }
    }
}

/// The path of the file that a mailbox becomes as mbox: `a/b.mbox`.
pub(crate) fn mbox_path(levels: &[String]) -> PathBuf {
    let mut path = Layout::Nested.path(levels);
    path.as_mut_os_string().push(MBOX);
    path
}

/// The levels of the name of the mailbox that is in this file, the reverse of [`mbox_path`].
pub(crate) fn mbox_levels(path: &Path) -> Option<Vec<String>> {
    Layout::Nested.levels(Path::new(path.to_str()?.strip_suffix(MBOX)?))
}

/// A level of Maildir++: modified UTF-7, in which dots separate the levels.
fn flat(level: &str) -> String {
    let escaped = escape(&encode_utf7(level), |_, c| matches!(c, '.' | '/' | '%'));
    format!(".{escaped}")
}

/// A level as a folder of its own.
fn nested(level: &str) -> String {
    let is_taken = TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(level));
    // A folder must not have the name that the file of another mailbox has.
    let suffix = level.len().checked_sub(MBOX.len());
    let suffix = suffix.filter(|at| level.is_char_boundary(*at) && level[*at..] == *MBOX);
    escape(level, |at, c| {
        c.is_control()
            || SPECIAL.contains(c)
            || (at == 0 && (is_taken || c == '.'))
            || suffix == Some(at)
    })
}

fn level(component: Component<'_>) -> Option<String> {
    match component {
        Component::Normal(name) => unescape(name.to_str()?),
        _ => None,
    }
}

/// Writes the characters with a meaning of their own by their octets.
fn escape(level: &str, is_special: impl Fn(usize, char) -> bool) -> String {
    if level.is_empty() {
        return "%".to_owned();
    }
    let mut escaped = String::with_capacity(level.len());
    for (at, c) in level.char_indices() {
        if is_special(at, c) {
            let mut octets = [0; 4];
            let octets = c.encode_utf8(&mut octets).bytes();
            escaped.extend(octets.map(|octet| format!("%{octet:02X}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Reads what [`escape`] wrote. A `%` that it did not write stands for itself.
fn unescape(text: &str) -> Option<String> {
    if text == "%" {
        return Some(String::new());
    }
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        let digits = tail.first_chunk::<2>().filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(octet) => {
                octets.push(octet);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => octets.push(*first),
        }
    }
    String::from_utf8(octets).ok()
}

/// What the file of a mailbox as mbox ends with.
const MBOX: &str = ".mbox";
/// What no file system of today has a problem with is left alone.
const SPECIAL: &str = "/\\:*?\"<>|%";
/// What is in a Maildir itself.
const TAKEN: [&str; 3] = ["cur", "new", "tmp"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn owned(levels: &[&str]) -> Vec<String> {
        levels.iter().map(|level| (*level).to_owned()).collect()
    }

    #[test]
    fn ok_names_are_readable() {
        let cases: [(&[&str], &str, &str); 10] = [
            (&["INBOX"], "", "INBOX"),
            (&["INBOX", "a"], ".INBOX.a", "INBOX/a"),
            (&["Archive", "2024"], ".Archive.2024", "Archive/2024"),
            (&["Entwürfe"], ".Entw&APw-rfe", "Entwürfe"),
            (&["v1.2", "50%"], ".v1%2E2.50%25", "v1.2/50%25"),
            (&["..", "cur"], ".%2E%2E.cur", "%2E./%63ur"),
            (&["", ""], ".%.%", "%/%"),
            (&["a/b\\c"], ".a%2Fb\\c", "a%2Fb%5Cc"),
            (&["New", "x.mbox"], ".New.x%2Embox", "%4Eew/x%2Embox"),
            (&["."], ".%2E", "%2E"),
        ];
        for (levels, flat, nested) in cases {
            let levels = owned(levels);
            assert_eq!(Layout::Flat.path(&levels), Path::new(flat));
            assert_eq!(Layout::Nested.path(&levels), Path::new(nested));
        }
        assert_eq!(mbox_path(&owned(&["a", "b"])), Path::new("a/b.mbox"));
    }

    #[test]
    fn ok_names_of_other_programs_are_read() {
        let levels = |path| Layout::Flat.levels(Path::new(path));
        assert_eq!(levels(".100%"), Some(owned(&["100%"])));
        assert_eq!(levels("plain"), None);
        assert_eq!(Layout::Nested.levels(Path::new("../a")), None);
    }

    fn level() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z.%/~&\\\\ ]{0,6}",
            "\\PC{0,8}",
            "[%.][0-9A-F]{0,3}",
            Just("cur".to_owned()),
            Just("x.mbox".to_owned()),
            Just("\u{7f}\t\u{85}".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn names_come_back_and_stay_within(levels in prop::collection::vec(level(), 1..4)) {
            for layout in [Layout::Flat, Layout::Nested] {
                let path = layout.path(&levels);
                prop_assert!(path.components().all(|part| matches!(part, Component::Normal(_))));
                prop_assert_eq!(layout.levels(&path), Some(levels.clone()), "{:?}", path);
            }
            let path = mbox_path(&levels);
            prop_assert!(path.components().all(|part| matches!(part, Component::Normal(_))));
            prop_assert_eq!(mbox_levels(&path), Some(levels.clone()), "{:?}", path);
            // No folder of one mailbox is the file of another.
            let folder = Layout::Nested.path(&levels);
            prop_assert!(!folder.to_str().unwrap().ends_with(".mbox"));
        }
    }
}
