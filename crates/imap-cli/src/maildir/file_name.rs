//! Names of the files in a Maildir.

use sha2::{Digest as _, Sha256};

/// The name of an exported message: `837596665.V17U42.1f3a09c4,S=310:2,FS`.
///
/// What is in front of the comma says which message it is, in whatever folder and with whatever flags it
/// is found: the number that a Maildir is sorted by, which is the internal date, then the UIDVALIDITY and
/// the UID, and what stands for the mailbox. `S=` is the size in octets, which shows whether the file is
/// whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Exported {
    /// The internal date in seconds since 1970-01-01 UTC.
    pub(crate) date: i64,
    pub(crate) uid_validity: u32,
    pub(crate) uid: u32,
    /// What stands for the mailbox: see [`mark`](Self::mark).
    pub(crate) mark: String,
    /// Octets.
    pub(crate) size: u64,
}

impl Exported {
    /// What stands for a mailbox, so that a file which is moved to the folder of another one is not taken
    /// for a message of that.
    pub(crate) fn mark(mailbox: &str) -> String {
        let digest = Sha256::digest(mailbox.as_bytes());
        digest
            .iter()
            .take(4)
            .map(|octet| format!("{octet:02x}"))
            .collect()
    }

    /// The name in front of the size.
    pub(crate) fn stem(&self) -> String {
        let Self {
            date,
            uid_validity,
            uid,
            mark,
            ..
        } = self;
        format!("{date}.V{uid_validity}U{uid}.{mark}")
    }

    /// The name of the file with these flags.
    pub(crate) fn file_name(&self, letters: &str) -> String {
        format!("{},S={}{FLAGS}{letters}", self.stem(), self.size)
    }

    /// Reads the name of a file; nothing if it is another one's.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (stem, size) = base(name).split_once(",S=")?;
        let mut parts = stem.split('.');
        let (date, ids, mark) = (parts.next()?, parts.next()?, parts.next()?);
        let (uid_validity, uid) = ids.strip_prefix('V')?.split_once('U')?;
        Some(Self {
            date: date.parse().ok()?,
            uid_validity: uid_validity.parse().ok()?,
            uid: uid.parse().ok()?,
            mark: mark.to_owned(),
            size: size.split(',').next()?.parse().ok()?,
        })
    }
}

/// The name of a file without its flags, which is the same for as long as the message is in the Maildir.
pub(crate) fn base(name: &str) -> &str {
    split(name).0
}

/// The letters of the flags in the name of a file.
pub(crate) fn letters(name: &str) -> &str {
    split(name).1
}

/// The base and the letters, whatever system the Maildir was made on.
fn split(name: &str) -> (&str, &str) {
    let marks = [":2,", ";2,"];
    let found = marks.iter().find_map(|mark| name.rsplit_once(mark));
    found.unwrap_or((name, ""))
}

/// What is in front of the flags.
const FLAGS: &str = if cfg!(windows) { ";2," } else { ":2," };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_name_there_and_back() {
        let exported = Exported {
            date: -5,
            uid_validity: 17,
            uid: 42,
            mark: Exported::mark("INBOX"),
            size: 310,
        };
        let name = exported.file_name("FSa");
        assert_eq!(name, "-5.V17U42.83ecb521,S=310:2,FSa");
        assert_eq!(Exported::parse(&name), Some(exported.clone()));
        assert_eq!(
            Exported::parse("-5.V17U42.83ecb521,S=310,W=310"),
            Some(exported)
        );
        assert_eq!(base(&name), "-5.V17U42.83ecb521,S=310");
        assert_eq!(letters(&name), "FSa");
    }

    #[test]
    fn ok_names_of_other_programs_are_none() {
        for name in [
            "",
            "1204680122.27c448.mutt:2,S",
            "1.M2P3.host,S=5,W=6:2,",
            "1.V1Ux.a,S=5",
            "1.V4294967296U1.a,S=5",
        ] {
            assert_eq!(Exported::parse(name), None, "{name}");
        }
        assert_eq!(letters("1204680122.27c448.mutt"), "");
        assert_eq!(letters("1:1,S"), "");
    }
}
