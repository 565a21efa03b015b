//! Flags of a message.

use std::sync::Arc;

use imap_proto::{Flag, Keyword};

/// A flag that is kept; keywords as they were first written in the mailbox.
#[derive(Clone, Debug)]
pub(crate) enum OwnedFlag {
    System(Flag<'static>),
    Keyword(Arc<str>),
}

impl OwnedFlag {
    /// The flag, if it is one that is kept: `\Recent` and unknown system flags are not.
    pub(super) fn new(flag: &Flag<'_>, keywords: &mut Vec<Arc<str>>) -> Option<Self> {
        Some(Self::System(match flag {
            Flag::Answered => Flag::Answered,
            Flag::Deleted => Flag::Deleted,
            Flag::Draft => Flag::Draft,
            Flag::Flagged => Flag::Flagged,
            Flag::Seen => Flag::Seen,
            Flag::Keyword(keyword) => return Some(Self::Keyword(intern(keyword, keywords))),
            Flag::Any | Flag::Other(_) | Flag::Recent => return None,
        }))
    }

    pub(crate) fn as_flag(&self) -> Option<Flag<'_>> {
        match self {
            Self::System(flag) => Some(*flag),
            Self::Keyword(name) => Keyword::new(name).ok().map(Flag::Keyword),
        }
    }
}

impl PartialEq for OwnedFlag {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::System(a), Self::System(b)) => a == b,
            (Self::Keyword(a), Self::Keyword(b)) => a.eq_ignore_ascii_case(b),
            _ => false,
        }
    }
}

/// The name as the mailbox knows it, which knows it from now on.
fn intern(keyword: &Keyword<'_>, keywords: &mut Vec<Arc<str>>) -> Arc<str> {
    let name = keyword.as_str();
    match keywords.iter().find(|k| k.eq_ignore_ascii_case(name)) {
        Some(known) => Arc::clone(known),
        None => {
            let new: Arc<str> = name.into();
            keywords.push(Arc::clone(&new));
            new
        }
    }
}

/// The flags of a message, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags(Vec<OwnedFlag>);

/// How STORE changes flags.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FlagAction {
    Add,
    Remove,
    Replace,
}

impl Flags {
    pub(super) fn into_owned(self) -> Vec<OwnedFlag> {
        self.0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Flag<'_>> {
        self.0.iter().filter_map(OwnedFlag::as_flag)
    }

    pub(crate) fn contains(&self, flag: &Flag<'_>) -> bool {
        self.iter().any(|has| has == *flag)
    }

    /// Changes the flags, and tells whether they are others then.
    pub(super) fn change(&mut self, action: FlagAction, flags: &[OwnedFlag]) -> bool {
        let has = |list: &[OwnedFlag], flag: &OwnedFlag| list.contains(flag);
        let before = self.0.len();
        let mut removed = false;
        match action {
            FlagAction::Add => {}
            FlagAction::Remove => self.0.retain(|flag| !has(flags, flag)),
            FlagAction::Replace => self.0.retain(|flag| has(flags, flag)),
        }
        removed |= self.0.len() != before;
        let kept = self.0.len();
        if action != FlagAction::Remove {
            for flag in flags {
                if !has(&self.0, flag) {
                    self.0.push(flag.clone());
                }
            }
        }
        removed || self.0.len() != kept
    }
}

#[cfg(test)]
mod tests {
    use imap_proto::Flag;

    use super::{FlagAction, Flags, OwnedFlag};

    #[test]
    fn ok_changes_tell_whether_anything_changed() {
        let mut known = Vec::new();
        let mut flags = Flags::default();
        let mut owned = |names: &[&str]| -> Vec<OwnedFlag> {
            let flag = |name: &&str| OwnedFlag::new(&Flag::new(name).unwrap(), &mut known);
            names.iter().filter_map(flag).collect()
        };
        let seen = owned(&[r"\Seen", "Work", r"\Recent", r"\Odd"]);
        assert_eq!(seen.len(), 2);
        assert!(flags.change(FlagAction::Add, &seen));
        assert!(!flags.change(FlagAction::Add, &owned(&["WORK"])));
        assert!(!flags.change(FlagAction::Replace, &owned(&["work", r"\Seen"])));
        assert!(flags.change(FlagAction::Remove, &owned(&[r"\Seen"])));
        assert!(flags.change(FlagAction::Replace, &owned(&[r"\Draft"])));
        let names: Vec<String> = flags.iter().map(|f| f.to_string()).collect();
        assert_eq!(names, [r"\Draft"]);
        assert!(flags.contains(&Flag::Draft) && !flags.contains(&Flag::Seen));
        assert_eq!(known, ["Work".into()]);
    }
}
