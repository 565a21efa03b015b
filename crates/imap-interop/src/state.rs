//! The folder that holds everything of one server.

use std::path::{Path, PathBuf};
use std::{env, fs};

use tempfile::TempDir;

use crate::account::Account;
use crate::error::StartError;

/// Lets the state directories stay for a look at them.
const KEEP: &str = "IMAP_INTEROP_KEEP";

/// The folder that holds everything of one server; removed on drop unless it is to be kept.
#[derive(Debug)]
pub(crate) struct StateDir {
    folder: TempDir,
    account: Account,
    kept: bool,
}

impl StateDir {
    /// Makes the folder; `server` becomes part of its name.
    pub(crate) fn create(server: &str, account: Account) -> Result<Self, StartError> {
        let kept = env::var_os(KEEP).is_some_and(|value| !value.is_empty() && value != "0");
        let folder = tempfile::Builder::new()
            .prefix(&format!("imap-{server}-"))
            .disable_cleanup(kept)
            .tempdir()
            .map_err(StartError::io("make a temporary folder"))?;
        if kept {
            eprintln!(
                "{KEEP}: state of {server} stays in {}",
                folder.path().display()
            );
        }
        let state = Self {
            folder,
            account,
            kept,
        };
        state.own(state.path())?;
        Ok(state)
    }

    /// Makes a folder below the state directory.
    pub(crate) fn make_folder(&self, name: &str) -> Result<PathBuf, StartError> {
        let path = self.path().join(name);
        fs::create_dir(&path).map_err(StartError::io(format!("make {}", path.display())))?;
        self.own(&path)?;
        Ok(path)
    }

    /// Writes a file below the state directory.
    pub(crate) fn write(&self, name: &str, content: &str) -> Result<PathBuf, StartError> {
        let path = self.path().join(name);
        fs::write(&path, content).map_err(StartError::io(format!("write {}", path.display())))?;
        self.own(&path)?;
        Ok(path)
    }

    /// The last `lines` lines of a file below the state directory; empty if there is none.
    pub(crate) fn tail(&self, name: &str, lines: usize) -> String {
        let bytes = fs::read(self.path().join(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let all: Vec<&str> = text.lines().collect();
        all.get(all.len().saturating_sub(lines)..)
            .unwrap_or_default()
            .join("\n")
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.kept
    }

    /// What tells this server from others: the name of its folder.
    pub(crate) fn mark(&self) -> String {
        let name = self.path().file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn own(&self, path: &Path) -> Result<(), StartError> {
        self.account
            .own(path)
            .map_err(StartError::io(format!("chown {}", path.display())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tail_gives_the_last_lines_in_order() {
        let account = Account::for_server(&["nobody"]).unwrap();
        let state = StateDir::create("test", account).unwrap();
        state.write("log", "one\ntwo\nthree\n").unwrap();
        assert_eq!(state.tail("log", 2), "two\nthree");
        assert_eq!(state.tail("log", 9), "one\ntwo\nthree");
        assert_eq!(state.tail("none", 9), "");
    }
}
