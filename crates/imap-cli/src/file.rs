//! Files that are made of what others sent.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::Failure;
use crate::interrupt::{Interrupt, interrupted};
use crate::unfinished::Unfinished;

/// A file that is being written. It gets its name when it is whole, and else there is none.
#[derive(Debug)]
pub(crate) struct NewFile {
    /// Where it is meant to be.
    path: PathBuf,
    file: NamedTempFile<Unfinished>,
    /// After which nothing is written any more.
    interrupt: Interrupt,
    error: Option<io::Error>,
}

impl NewFile {
    /// Makes a file in a folder.
    ///
    /// The name can be anything: what it has of folders and of control characters is replaced.
    pub(crate) fn create(
        folder: &Path,
        name: &str,
        interrupt: &Interrupt,
    ) -> Result<Self, Failure> {
        let path = folder.join(safe_name(name));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".imap-");
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        match builder.make_in(folder, |path| Unfinished::open(&options, path)) {
            Ok(file) => Ok(Self {
                path,
                file,
                interrupt: interrupt.clone(),
                error: None,
            }),
            Err(error) => Err(Failure::file("write", &path, &error)),
        }
    }

    /// All was written: gives the file its name, and tells it.
    ///
    /// If the name is taken, there is a number behind it: `a (2).txt`.
    pub(crate) fn finish(mut self) -> Result<PathBuf, Failure> {
        let flushed = self.file.flush();
        flushed.map_err(|error| Failure::file("write", &self.path, &error))?;
        let Self { path, mut file, .. } = self;
        for number in 1..=MAX_COPIES {
            let numbered = numbered(&path, number);
            match file.persist_noclobber(&numbered) {
                Ok(_) => return Ok(numbered),
                Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
                    file = failed.file;
                }
                Err(failed) => return Err(Failure::file("write", &numbered, &failed.error)),
            }
        }
        let taken = io::ErrorKind::AlreadyExists.into();
        Err(Failure::file("write", &path, &taken))
    }

    /// Why writing failed, if it did; else the failure that ended it.
    pub(crate) fn failure(&self, other: impl Into<Failure>) -> Failure {
        match &self.error {
            _ if self.interrupt.is_set() => interrupted("interrupted"),
            Some(error) => Failure::file("write", &self.path, error),
            None => other.into(),
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let written = if self.interrupt.is_set() {
            Err(io::Error::other("interrupted"))
        } else {
            self.file.write(octets)
        };
        written.map_err(|error| {
            let kind = error.kind();
            self.error = (kind != io::ErrorKind::Interrupted).then_some(error);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Makes a folder with those above it, if it is not there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::file("make the folder", folder, &error))
}

/// A name that is one file in any folder, on any system.
pub(crate) fn safe_name(name: &str) -> String {
    let safe = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '_',
        c => c,
    };
    let name: String = name.trim().chars().map(safe).collect();
    // A file is not to be hidden, and Windows takes neither a dot nor a blank at the end.
    let name = name.trim_start_matches('.').trim_end_matches(['.', ' ']);
    let short = shorten(name);
    match short.split('.').next() {
        None | Some("") if short.is_empty() => "unnamed".to_owned(),
        Some(stem) if is_device(stem) => format!("_{short}"),
        _ => short,
    }
}

/// A name of 150 octets at most, with its ending if that is a short one.
fn shorten(name: &str) -> String {
    if name.len() <= MAX_NAME {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |dot| &name[dot..]);
    let ending = if ending.len() <= 16 { ending } else { "" };
    let mut end = MAX_NAME - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &name[..end])
}

/// Names that Windows keeps for devices.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    matches!(&*stem, "AUX" | "CON" | "NUL" | "PRN") || numbered("COM") || numbered("LPT")
}

/// The path with a number in front of its ending, but for the first one.
fn numbered(path: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(" ({number})"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// Octets.
const MAX_NAME: usize = 150;

/// How many files of one name there can be.
const MAX_COPIES: u32 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_are_one_file() {
        for (name, safe) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\a.txt", "C__a.txt"),
            (".bashrc", "bashrc"),
            ("", "unnamed"),
            ("..", "unnamed"),
            ("a\r\nb\0", "a__b_"),
            ("con.txt", "_con.txt"),
            ("Com1", "_Com1"),
            ("Käse 会议.txt", "Käse 会议.txt"),
            ("x\u{202e}fdp.exe", "x_fdp.exe"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        let long = format!("{}.tar", "ä".repeat(200));
        let short = safe_name(&long);
        assert!(
            short.len() <= MAX_NAME && short.ends_with("ä.tar"),
            "{short}"
        );
    }

    #[test]
    fn ok_nothing_is_written_over_and_nothing_half_stays() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let write = |name: &str| {
            let mut file = NewFile::create(folder, name, &Interrupt::default()).unwrap();
            file.write_all(name.as_bytes()).unwrap();
            file
        };
        for (name, path) in [
            ("a.txt", "a.txt"),
            ("a.txt", "a (2).txt"),
            ("a.txt", "a (3).txt"),
            ("a", "a"),
            ("a", "a (2)"),
        ] {
            assert_eq!(write(name).finish().unwrap(), folder.join(path));
        }
        drop(write("half"));
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 5);
    }
}
