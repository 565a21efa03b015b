//! Where the messages of one mailbox come from.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use imap_util::InternalDate;
use sha2::{Digest as _, Sha256};

use crate::error::Failure;
use crate::export::state::{self, FILE, State};
use crate::folder_name::{Layout, mbox_levels};
use crate::journal;
use crate::maildir::{Exported, Found, Keywords, Letters, Maildir, base, letters, modified};
use crate::mbox::{Messages, Place};

/// A mailbox in files.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Folder {
    /// The name of the mailbox by its levels.
    pub(super) levels: Vec<String>,
    pub(super) path: PathBuf,
}

/// The messages of a mailbox.
#[derive(Debug)]
pub(super) enum Source {
    Maildir {
        maildir: Maildir,
        keywords: Keywords,
        /// What an export has recorded, by UIDVALIDITY and UID.
        recorded: HashMap<(u32, u32), state::Message>,
    },
    Mbox {
        path: PathBuf,
        messages: Messages,
    },
}

/// A message that can be loaded.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// By what it is known from one run to the next.
    pub(super) key: String,
    /// Octets on the disk.
    pub(super) size: u64,
    place: Location,
}

#[derive(Clone, Debug)]
enum Location {
    File(Found),
    Place(Place),
}

/// A message as it is sent.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) contents: Contents,
    pub(super) date: Option<InternalDate>,
    pub(super) flags: Vec<String>,
}

/// The octets of a message, with CR LF line ends.
#[derive(Debug)]
pub(super) enum Contents {
    /// So many octets in a file.
    File(File, u64),
    Memory(Vec<u8>),
}

impl Folder {
    /// The mailboxes at a path: an mbox file, a Maildir with those of Maildir++ in it, or a folder with
    /// Maildirs and mbox files at any depth.
    pub(super) fn find(path: &Path) -> Result<Vec<Self>, Failure> {
        let told = |error| Failure::file("read", path, &error);
        let mut folders = Vec::new();
        if !fs::metadata(path).map_err(told)?.is_dir() {
            let name = Path::new(path.file_name().unwrap_or_default());
            let levels = mbox_levels(name);
            folders.push(Self {
                levels: levels.unwrap_or_else(|| vec![name.to_string_lossy().into_owned()]),
                path: path.to_owned(),
            });
            return Ok(folders);
        }
        if Maildir::is_at(path) {
            folders.push(Self {
                levels: vec!["INBOX".to_owned()],
                path: path.to_owned(),
            });
        }
        Self::walk(path, Path::new(""), &mut folders)?;
        folders.sort_by(|a, b| a.levels.cmp(&b.levels));
        Ok(folders)
    }

    /// Finds what is below `root` at this path within it.
    fn walk(root: &Path, within: &Path, folders: &mut Vec<Self>) -> Result<(), Failure> {
        let folder = root.join(within);
        let told = |error| Failure::file("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(told)? {
            let entry = entry.map_err(told)?;
            let within = within.join(entry.file_name());
            let is_dotted = entry.file_name().as_encoded_bytes().starts_with(b".");
            let path = entry.path();
            let levels = if path.is_file() {
                mbox_levels(&within)
            } else if is_dotted {
                Layout::Flat
                    .levels(&within)
                    .filter(|_| Maildir::is_at(&path))
            } else if PARTS.iter().any(|part| entry.file_name() == *part) || !path.is_dir() {
                None
            } else {
                // Links can lead in circles.
                if entry.file_type().map_err(told)?.is_dir() {
                    Self::walk(root, &within, folders)?;
                }
                Layout::Nested
                    .levels(&within)
                    .filter(|_| Maildir::is_at(&path))
            };
            folders.extend(levels.map(|levels| Self { levels, path }));
        }
        Ok(())
    }
}

impl Source {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        if !path.is_dir() {
            let messages = File::open(path).and_then(Messages::find);
            return Ok(Self::Mbox {
                path: path.to_owned(),
                messages: messages.map_err(|error| Failure::file("read", path, &error))?,
            });
        }
        let mut recorded = HashMap::new();
        let mut entries = journal::read(&path.join(FILE))?;
        // There is one set of messages for each UIDVALIDITY that the mailbox had.
        while !entries.is_empty() {
            let mut sets = entries.iter().skip(1);
            let end = sets.position(|entry| matches!(entry, state::Entry::Mailbox { .. }));
            let rest = entries.split_off(end.map_or(entries.len(), |end| end + 1));
            let State {
                uid_validity,
                messages,
                ..
            } = State::new(entries);
            let validity = uid_validity.unwrap_or_default();
            let messages = messages.into_iter();
            recorded.extend(messages.map(|(uid, message)| ((validity, uid), message)));
            entries = rest;
        }
        Ok(Self::Maildir {
            maildir: Maildir::at(path.to_owned()),
            keywords: Keywords::read(path)?,
            recorded,
        })
    }

    /// The messages in their order: that in which they came, as far as that is known.
    pub(super) fn items(&self) -> Result<Vec<Item>, Failure> {
        match self {
            Self::Maildir { maildir, .. } => {
                let mut found = maildir.messages()?;
                found.sort_by_cached_key(|found| sort_key(&found.name));
                found
                    .into_iter()
                    .map(|found| item(maildir, found))
                    .collect()
            }
            Self::Mbox { messages, .. } => {
                let item = |place: &Place| Item {
                    key: format!("{}-{:016x}", place.start, place.digest),
                    size: place.end - place.start,
                    place: Location::Place(*place),
                };
                Ok(messages.places().iter().map(item).collect())
            }
        }
    }

    /// Loads a message; a large one stays where it is.
    pub(super) fn load(&mut self, item: &Item) -> Result<Loaded, Failure> {
        match (self, &item.place) {
            (
                Self::Maildir {
                    maildir,
                    keywords,
                    recorded,
                },
                Location::File(found),
            ) => {
                let path = maildir.path_of(found);
                let told = |error| Failure::file("read", &path, &error);
                let file = File::open(&path).map_err(told)?;
                let metadata = file.metadata().map_err(told)?;
                let exported = Exported::parse(&found.name);
                let key = exported.map(|exported| (exported.uid_validity, exported.uid));
                let recorded = key.and_then(|key| recorded.get(&key));
                Ok(Loaded {
                    contents: Contents::of(file, metadata.len()).map_err(told)?,
                    date: date(recorded, modified(&metadata).map_err(told)?),
                    flags: flags(&found.name, keywords, recorded),
                })
            }
            (Self::Mbox { path, messages }, Location::Place(place)) => {
                let message = messages.read(*place);
                let message = message.map_err(|error| Failure::file("read", path, &error))?;
                let date = message.date.map(|date| InternalDate::from_unix(date, 0));
                Ok(Loaded {
                    contents: Contents::Memory(message.octets),
                    date: date.and_then(Result::ok),
                    flags: message.flags,
                })
            }
            // cannot happen: a source is given the items that it gave
            _ => Err(Failure::usage("message of another mailbox")),
        }
    }
}

fn item(maildir: &Maildir, found: Found) -> Result<Item, Failure> {
    let path = maildir.path_of(&found);
    let metadata = fs::metadata(&path).map_err(|error| Failure::file("read", &path, &error))?;
    Ok(Item {
        key: base(&found.name).to_owned(),
        size: metadata.len(),
        place: Location::File(found),
    })
}

/// By UID what was exported, before or after what has only a time in its name.
fn sort_key(name: &str) -> (u64, u32, u32, String) {
    match Exported::parse(name) {
        Some(exported) => (0, exported.uid_validity, exported.uid, String::new()),
        None => {
            let time = name.split('.').next().and_then(|time| time.parse().ok());
            (time.unwrap_or(u64::MAX), 0, 0, name.to_owned())
        }
    }
}

/// The date of a message: as it was on the server, or else when its file was changed.
fn date(recorded: Option<&state::Message>, modified: i64) -> Option<InternalDate> {
    let recorded = recorded.and_then(|message| InternalDate::parse(message.date.as_bytes()).ok());
    recorded.or_else(|| InternalDate::from_unix(modified, 0).ok())
}

/// The flags in the name of a file, and the keywords that have no letter there.
fn flags(name: &str, keywords: &Keywords, recorded: Option<&state::Message>) -> Vec<String> {
    use imap_util::Flag;

    let mut flags = Letters::flags(letters(name), keywords);
    for flag in recorded.iter().flat_map(|message| &message.flags) {
        if let Ok(Flag::Keyword(keyword)) = Flag::new(flag)
            && keyword != imap_util::Keyword::FORWARDED
            && keywords.letter(keyword).is_none()
        {
            flags.push(Flag::Keyword(keyword));
        }
    }
    flags.iter().map(ToString::to_string).collect()
}

impl Contents {
    /// The contents of a file: those of a large one with line ends as they have to be stay there.
    fn of(mut file: File, length: u64) -> io::Result<Self> {
        let mut octets = Vec::new();
        (&mut file).take(LARGE).read_to_end(&mut octets)?;
        let end = octets.iter().position(|octet| *octet == b'\n');
        let has_returns =
            end.is_some_and(|end| octets.get(..end).is_some_and(|l| l.ends_with(b"\r")));
        if has_returns && length > LARGE && !octets.contains(&0) && !has_nul(&mut file)? {
            io::Seek::rewind(&mut file)?;
            return Ok(Self::File(file, length));
        }
        if length > LARGE {
            io::Seek::seek(&mut file, io::SeekFrom::Start(LARGE))?;
        }
        file.read_to_end(&mut octets)?;
        Ok(Self::Memory(if has_returns {
            octets
        } else {
            with_returns(&octets)
        }))
    }

    /// Octets.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::File(_, length) => *length,
            Self::Memory(octets) => octets.len() as u64,
        }
    }

    /// What tells it from all other contents.
    pub(super) fn digest(&mut self) -> io::Result<[u8; 32]> {
        match self {
            Self::File(file, _) => {
                let mut digest = Sha256::new();
                io::copy(file, &mut Digesting(&mut digest))?;
                io::Seek::rewind(file)?;
                Ok(digest.finalize().into())
            }
            Self::Memory(octets) => Ok(Sha256::digest(octets).into()),
        }
    }
}

/// Whether there is NUL in the rest of a file, which has to be sent in another way.
fn has_nul(file: &mut File) -> io::Result<bool> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(false),
            count if buffer.iter().take(count).any(|octet| *octet == 0) => return Ok(true),
            _ => {}
        }
    }
}

/// Takes the digest of what is written.
#[derive(Debug)]
pub(super) struct Digesting<'d>(pub(super) &'d mut Sha256);

impl io::Write for Digesting<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.update(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lines that end with LF as lines that end with CR LF.
fn with_returns(octets: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(octets.len() + octets.len() / 32);
    for line in octets.split_inclusive(|octet| *octet == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) if !line.ends_with(b"\r") => {
                wire.extend_from_slice(line);
                wire.extend_from_slice(b"\r\n");
            }
            _ => wire.extend_from_slice(line),
        }
    }
    wire
}

/// What is in a Maildir itself.
const PARTS: [&str; 3] = ["cur", "new", "tmp"];
/// From how many octets on a message does not come into memory.
const LARGE: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(folders: &[Folder]) -> Vec<String> {
        folders
            .iter()
            .map(|folder| folder.levels.join("/"))
            .collect()
    }

    #[test]
    fn ok_mailboxes_are_found_in_all_layouts() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        Maildir::create(at("flat")).unwrap();
        Maildir::create(at("flat/.Archive.2024")).unwrap();
        fs::create_dir(at("flat/.nothing")).unwrap();
        Maildir::create(at("nested/INBOX")).unwrap();
        Maildir::create(at("nested/a/b%2Fc")).unwrap();
        fs::write(at("nested/a/x.mbox"), "").unwrap();
        fs::write(at("nested/a/notes.txt"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("..", at("nested/a/circle")).unwrap();
        let found = |path: &str| levels(&Folder::find(&at(path)).unwrap());
        assert_eq!(found("flat"), ["Archive/2024", "INBOX"]);
        assert_eq!(found("nested"), ["INBOX", "a/b/c", "a/x"]);
        assert_eq!(found("nested/a/x.mbox"), ["x"]);
        assert_eq!(found("nested/a/notes.txt"), ["notes.txt"]);
        let missing = Folder::find(&at("none")).unwrap_err();
        assert!(
            missing
                .message()
                .ends_with("/none: no such file or directory"),
            "{missing}"
        );
    }

    #[test]
    fn ok_maildir_of_another_program() {
        let folder = tempfile::tempdir().unwrap();
        let maildir = Maildir::create(folder.path().to_owned()).unwrap();
        fs::write(folder.path().join("dovecot-keywords"), "0 work\n").unwrap();
        fs::write(folder.path().join("new/20.b"), "b\n\nx\r\ny").unwrap();
        fs::write(folder.path().join("cur/3.a:2,Sa"), "a\r\n\r\n").unwrap();
        let file = File::open(folder.path().join("cur/3.a:2,Sa")).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH)
            .unwrap();
        let mut source = Source::open(maildir.path()).unwrap();
        let items = source.items().unwrap();
        let keys: Vec<&str> = items.iter().map(|item| &*item.key).collect();
        assert_eq!(keys, ["3.a", "20.b"]);
        let first = source.load(&items[0]).unwrap();
        assert_eq!(first.flags, ["\\Seen", "work"]);
        assert_eq!(first.date.unwrap().to_unix(), 0);
        let Contents::Memory(octets) = source.load(&items[1]).unwrap().contents else {
            panic!("small");
        };
        assert_eq!(octets, b"b\r\n\r\nx\r\ny");
    }

    #[test]
    fn ok_export_tells_dates_and_keywords_that_files_cannot() {
        let folder = tempfile::tempdir().unwrap();
        let maildir = Maildir::create(folder.path().to_owned()).unwrap();
        let lines = r#"{"mailbox":{"name":"a","uid-validity":1}}
{"message":{"uid":2,"size":2,"date":"17-Jul-1996 02:44:25 -0700","flags":["\\Seen","27th"]}}
{"mailbox":{"name":"a","uid-validity":9}}
{"message":{"uid":2,"size":2,"date":" 1-Jan-2000 00:00:00 +0000","flags":[]}}
"#;
        fs::write(folder.path().join(FILE), lines).unwrap();
        fs::write(folder.path().join("cur/1.V1U2.aa,S=2:2,F"), "\r\n").unwrap();
        let mut source = Source::open(maildir.path()).unwrap();
        let items = source.items().unwrap();
        let loaded = source.load(&items[0]).unwrap();
        assert_eq!(
            loaded.date.unwrap().to_string(),
            "\"17-Jul-1996 02:44:25 -0700\""
        );
        assert_eq!(loaded.flags, ["\\Flagged", "27th"]);
    }

    #[test]
    fn ok_digest_is_the_same_from_file_and_memory() {
        let large: Vec<u8> = b"Subject: x\r\n".repeat(100_000);
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, &large).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        let mut stored = Contents::of(file, large.len() as u64).unwrap();
        assert!(matches!(stored, Contents::File(..)));
        let digest = stored.digest().unwrap();
        assert_eq!(digest, Contents::Memory(large.clone()).digest().unwrap());
        assert_eq!(stored.len(), large.len() as u64);
        let Contents::File(mut file, _) = stored else {
            panic!("large");
        };
        let mut again = Vec::new();
        file.read_to_end(&mut again).unwrap();
        assert!(again == large);
    }
}
