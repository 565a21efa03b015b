//! Maildirs: a file for each message, whose name has the flags.
//!
//! A message is written in `tmp` and renamed into `cur`, so that nobody ever sees half of it there.

mod file_name;
mod flags;
mod keywords;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub(crate) use file_name::{Exported, base, letters};
pub(crate) use flags::Letters;
pub(crate) use keywords::Keywords;

use crate::error::Failure;
use crate::unfinished::Unfinished;

/// A folder with `cur`, `new` and `tmp` in it.
#[derive(Clone, Debug)]
pub(crate) struct Maildir(PathBuf);

impl Maildir {
    /// The Maildir at this path; nothing is looked at.
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Makes what is missing of the Maildir.
    pub(crate) fn create(path: PathBuf) -> Result<Self, Failure> {
        for part in PARTS {
            let part = path.join(part);
            let made = fs::create_dir_all(&part);
            made.map_err(|error| Failure::file("create", &part, &error))?;
        }
        Ok(Self(path))
    }

    /// Whether there is a Maildir at this path.
    pub(crate) fn is_at(path: &Path) -> bool {
        path.join("cur").is_dir()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Begins a message: its octets are written to what this gives. Names are given once.
    pub(crate) fn begin(&self, name: &str) -> Result<Incoming, Failure> {
        let path = self.0.join("tmp").join(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        match Unfinished::open(&options, &path) {
            Ok(file) => Ok(Incoming {
                file: Some(file),
                path,
            }),
            Err(error) => Err(Failure::file("create", &path, &error)),
        }
    }

    /// Makes the message visible under this name, which replaces what has it already.
    ///
    /// `date`, in seconds since 1970-01-01 UTC, becomes the time at which the file was changed.
    pub(crate) fn deliver(
        &self,
        mut incoming: Incoming,
        name: &str,
        date: i64,
    ) -> Result<(), Failure> {
        let finish = |file: &File| {
            file.set_modified(system_time(date))?;
            settle(file)
        };
        let target = self.0.join("cur").join(name);
        let file = incoming.file.as_ref().map(Unfinished::file);
        let file = file.map_or(Ok(()), finish);
        file.map_err(|error| Failure::file("write", &incoming.path, &error))?;
        let moved = fs::rename(&incoming.path, &target);
        moved.map_err(|error| Failure::file("create", &target, &error))?;
        incoming.file = None;
        Ok(())
    }

    /// Gives the message another name, for its flags.
    pub(crate) fn rename(&self, found: &Found, name: &str) -> Result<(), Failure> {
        let target = self.0.join("cur").join(name);
        match fs::rename(self.path_of(found), &target) {
            // Somebody else was quicker; the next run sees what it is called now.
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Failure::file("rename", &target, &error))
            }
            _ => Ok(()),
        }
    }

    /// The messages that there are.
    pub(crate) fn messages(&self) -> Result<Vec<Found>, Failure> {
        let mut found = Vec::new();
        for part in ["cur", "new"] {
            let folder = self.0.join(part);
            let told = |error: io::Error| Failure::file("read", &folder, &error);
            let files = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                files => files.map_err(told)?,
            };
            for file in files {
                let file = file.map_err(told)?.file_name();
                let octets = file.as_encoded_bytes();
                if !octets.starts_with(b".") {
                    let name = file.to_str().map(str::to_owned);
                    let name = name.unwrap_or_else(|| octets.escape_ascii().to_string());
                    found.push(Found { part, file, name });
                }
            }
        }
        Ok(found)
    }

    pub(crate) fn path_of(&self, found: &Found) -> PathBuf {
        self.0.join(found.part).join(&found.file)
    }
}

/// A message in a Maildir.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    part: &'static str,
    file: OsString,
    /// The name of the file; octets that are not UTF-8 are written as `\\xff`.
    pub(crate) name: String,
}

/// A message that is being written. If it is given up, its file is removed.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: Option<Unfinished>,
    path: PathBuf,
}

impl Incoming {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Write for Incoming {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(octets),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What cannot be removed is in `tmp`, where it does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Waits until a file is on the disk, where [`sync`] cannot wait for all of them together.
fn settle(file: &File) -> io::Result<()> {
    if cfg!(target_os = "linux") {
        Ok(())
    } else {
        file.sync_all()
    }
}

/// Waits until all that was written below this folder is on the disk.
pub(crate) fn sync(folder: &Path) -> Result<(), Failure> {
    let synced = File::open(folder).and_then(|folder| sync_all(&folder));
    synced.map_err(|error| Failure::file("write", folder, &error))
}

#[cfg(target_os = "linux")]
fn sync_all(folder: &File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(folder)?)
}

/// The files are there already: [`settle`] has seen to it.
#[cfg(not(target_os = "linux"))]
fn sync_all(_: &File) -> io::Result<()> {
    Ok(())
}

/// A time as the file system has it; what it cannot have is the nearest that it can.
fn system_time(seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    time.unwrap_or(SystemTime::UNIX_EPOCH)
}

/// When a file was changed, in seconds since 1970-01-01 UTC.
pub(crate) fn modified(metadata: &fs::Metadata) -> io::Result<i64> {
    let seconds = |distance: Duration| i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
    Ok(
        match metadata.modified()?.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => seconds(after),
            Err(before) => -seconds(before.duration()),
        },
    )
}

const PARTS: [&str; 3] = ["cur", "new", "tmp"];

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> (tempfile::TempDir, Maildir) {
        let folder = tempfile::tempdir().unwrap();
        let maildir = Maildir::create(folder.path().join("a/b")).unwrap();
        (folder, maildir)
    }

    fn names(maildir: &Maildir) -> Vec<String> {
        let found = maildir.messages().unwrap();
        found.into_iter().map(|found| found.name).collect()
    }

    #[test]
    fn ok_message_is_seen_when_it_is_whole() {
        let (_folder, maildir) = made();
        let mut incoming = maildir.begin("1.a").unwrap();
        incoming.write_all(b"Subject: x\r\n\r\n").unwrap();
        assert!(names(&maildir).is_empty());
        maildir.deliver(incoming, "1.a:2,S", -86_400).unwrap();
        assert_eq!(names(&maildir), ["1.a:2,S"]);
        let found = maildir.messages().unwrap().remove(0);
        let metadata = fs::metadata(maildir.path_of(&found)).unwrap();
        assert_eq!(metadata.len(), 14);
        assert_eq!(modified(&metadata).unwrap(), -86_400);
        assert_eq!(fs::read_dir(maildir.path().join("tmp")).unwrap().count(), 0);
        maildir.rename(&found, "1.a:2,").unwrap();
        assert_eq!(names(&maildir), ["1.a:2,"]);
    }

    #[test]
    fn ok_message_that_is_given_up_leaves_nothing() {
        let (_folder, maildir) = made();
        let mut incoming = maildir.begin("1.a").unwrap();
        incoming.write_all(b"half").unwrap();
        drop(incoming);
        assert_eq!(fs::read_dir(maildir.path().join("tmp")).unwrap().count(), 0);
        assert!(names(&maildir).is_empty());
    }

    #[test]
    fn err_folder_that_cannot_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "x").unwrap();
        let failure = Maildir::create(file.clone()).unwrap_err();
        let expected = format!("cannot create {}/cur: not a directory", file.display());
        assert_eq!(failure.message(), expected);
    }
}
