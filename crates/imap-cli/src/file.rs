//! Files that are made of what others sent.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Failure;

/// A file that is being written, and that goes again if it does not get whole.
#[derive(Debug)]
pub(crate) struct NewFile {
    path: PathBuf,
    file: File,
    error: Option<io::Error>,
    is_whole: bool,
}

impl NewFile {
    /// Makes a file in a folder; if the name is taken there, with a number behind it: `a (2).txt`.
    ///
    /// The name can be anything: what it has of folders and of control characters is replaced.
    pub(crate) fn create(folder: &Path, name: &str) -> Result<Self, Failure> {
        let name = safe_name(name);
        for number in 1..=MAX_COPIES {
            let path = folder.join(numbered(&name, number));
            match File::create_new(&path) {
                Ok(file) => {
                    return Ok(Self {
                        path,
                        file,
                        error: None,
                        is_whole: false,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::file("write", &path, &error)),
            }
        }
        let path = folder.join(name);
        Err(Failure::file(
            "write",
            &path,
            &io::ErrorKind::AlreadyExists.into(),
        ))
    }

    /// All was written: keeps the file, and gives its path.
    pub(crate) fn finish(mut self) -> Result<PathBuf, Failure> {
        let flushed = self.file.flush();
        flushed.map_err(|error| Failure::file("write", &self.path, &error))?;
        self.is_whole = true;
        Ok(self.path.clone())
    }

    /// Why writing failed, if it did; else the failure that ended it.
    pub(crate) fn failure(&self, other: impl Into<Failure>) -> Failure {
        match &self.error {
            Some(error) => Failure::file("write", &self.path, error),
            None => other.into(),
        }
    }

    fn noted<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let kind = error.kind();
            self.error = Some(error);
            kind.into()
        })
    }
}

impl Write for NewFile {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let written = self.file.write(octets);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.noted(flushed)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.is_whole {
            // What cannot be removed is left; there is nobody to tell.
            let _ = std::fs::remove_file(&self.path);
        }
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

fn numbered(name: &str, number: u32) -> String {
    match (number, name.rfind('.')) {
        (1, _) => name.to_owned(),
        (_, Some(dot)) => format!("{} ({number}){}", &name[..dot], &name[dot..]),
        (_, None) => format!("{name} ({number})"),
    }
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
        let folder = std::env::temp_dir().join(format!("imap-cli-file-{}", std::process::id()));
        make_folder(&folder).unwrap();
        let write = |text: &str| {
            let mut file = NewFile::create(&folder, "a.txt").unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file
        };
        write("one").finish().unwrap();
        let second = write("two").finish().unwrap();
        drop(write("half"));
        assert_eq!(second.file_name().unwrap(), "a (2).txt");
        assert_eq!(std::fs::read(folder.join("a.txt")).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
