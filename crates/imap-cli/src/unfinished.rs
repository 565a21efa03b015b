//! Files that are not to stay if the program ends before they are whole.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Exit;

/// A file that [`exit`] removes. Whoever gives it up otherwise removes it, or gives it its name.
#[derive(Debug)]
pub(crate) struct Unfinished {
    path: PathBuf,
    file: File,
}

impl Unfinished {
    /// Opens a file that these options make.
    pub(crate) fn open(options: &OpenOptions, path: &Path) -> io::Result<Self> {
        // Held meanwhile, so that the program does not end in between.
        let mut paths = paths();
        let file = options.open(path)?;
        paths.insert(path.to_owned());
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    pub(crate) fn file(&self) -> &File {
        &self.file
    }
}

impl Write for Unfinished {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.file.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        paths().remove(&self.path);
    }
}

/// Ends the program at once, whatever it is doing, without what is unfinished.
pub(crate) fn exit(exit: Exit) -> ! {
    // Held to the end, so that no other file is made.
    let paths = paths();
    for path in &*paths {
        // Nobody is left to tell of it.
        let _ = fs::remove_file(path);
    }
    std::process::exit(exit as i32)
}

fn paths() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    static PATHS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

    PATHS.lock().unwrap_or_else(PoisonError::into_inner)
}
