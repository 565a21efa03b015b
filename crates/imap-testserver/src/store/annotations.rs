//! Annotations of mailboxes and of the server.
//!
//! [RFC 5464 section 3](https://www.rfc-editor.org/rfc/rfc5464#section-3)

use std::collections::BTreeMap;

/// Annotations: those of each user, and those that all share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotations(BTreeMap<Key, Annotation>);

/// Whose annotation, or nobody's if all share it; and its name in small letters.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Key {
    owner: Option<String>,
    name: String,
}

/// A value, and the name as it was first written.
#[derive(Clone, Debug)]
pub(crate) struct Annotation {
    pub(crate) name: String,
    pub(crate) value: Vec<u8>,
}

impl Annotations {
    /// The annotation with this name as this user sees it.
    pub(crate) fn find(&self, user: &str, name: &str) -> Option<&Annotation> {
        self.0.get(&Key::new(user, name))
    }

    /// Those below this name, down to `depth` levels, in the order of their names.
    pub(crate) fn below(&self, user: &str, name: &str, depth: usize) -> Vec<&Annotation> {
        let top = Key::new(user, name);
        let is_below = |key: &Key| {
            let levels = key.name.strip_prefix(&top.name)?.strip_prefix('/')?;
            Some(levels.split('/').count() <= depth)
        };
        let of_owner = self.0.iter().filter(|(key, _)| key.owner == top.owner);
        of_owner
            .filter(|(key, _)| is_below(key) == Some(true))
            .map(|(_, annotation)| annotation)
            .collect()
    }

    /// Sets an annotation, or removes it where there is no value.
    pub(crate) fn set(&mut self, user: &str, name: &str, value: Option<&[u8]>) {
        let key = Key::new(user, name);
        let Some(value) = value else {
            self.0.remove(&key);
            return;
        };
        let annotation = self.0.entry(key).or_insert_with(|| Annotation {
            name: name.to_owned(),
            value: Vec::new(),
        });
        annotation.value = value.to_vec();
    }

    /// How many there are, of all users.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Key {
    fn new(user: &str, name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let owner = name.starts_with(PRIVATE).then(|| user.to_owned());
        Self { owner, name }
    }
}

/// Whether an entry can have this name: `/private/...` or `/shared/...`.
///
/// [RFC 5464 section 3.2](https://www.rfc-editor.org/rfc/rfc5464#section-3.2)
pub(crate) fn is_entry_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let rest = lower
        .strip_prefix(PRIVATE)
        .or_else(|| lower.strip_prefix(SHARED));
    let is_allowed = |b: u8| b.is_ascii_graphic() && b != b'*' && b != b'%' || b == b' ';
    rest.is_some_and(|rest| {
        rest.split('/').all(|level| !level.is_empty()) && rest.bytes().all(is_allowed)
    })
}

const PRIVATE: &str = "/private/";
const SHARED: &str = "/shared/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_each_user_has_annotations() {
        let mut annotations = Annotations::default();
        annotations.set("ann", "/private/Comment", Some(b"mine"));
        annotations.set("bob", "/shared/comment", Some(b"ours"));
        let value = |user, name| {
            let found = annotations.find(user, name);
            found.map(|annotation| (annotation.name.as_str(), annotation.value.as_slice()))
        };
        let mine: Option<(&str, &[u8])> = Some(("/private/Comment", b"mine"));
        assert_eq!(value("ann", "/PRIVATE/comment"), mine);
        assert_eq!(value("bob", "/private/comment"), None);
        assert_eq!(
            value("ann", "/shared/comment").map(|found| found.1),
            Some(&b"ours"[..])
        );
    }

    #[test]
    fn ok_levels_below_a_name() {
        let mut annotations = Annotations::default();
        for name in ["/shared/a", "/shared/a/b", "/shared/a/b/c", "/shared/ab"] {
            annotations.set("ann", name, Some(b"x"));
        }
        let below = |depth| -> Vec<&str> {
            let below = annotations.below("ann", "/shared/A", depth);
            below
                .iter()
                .map(|annotation| annotation.name.as_str())
                .collect()
        };
        assert_eq!(below(1), ["/shared/a/b"]);
        assert_eq!(below(usize::MAX), ["/shared/a/b", "/shared/a/b/c"]);
    }

    #[test]
    fn err_names_that_no_entry_has() {
        for name in ["/private/a", "/SHARED/vendor/x/y z"] {
            assert!(is_entry_name(name), "{name}");
        }
        for name in [
            "/private",
            "/private/",
            "/shared//a",
            "/shared/a/",
            "/other/a",
            "/shared/*",
            "/shared/ü",
            "x",
        ] {
            assert!(!is_entry_name(name), "{name}");
        }
    }
}
