//! Where the servers' programs are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::StartError;

/// The first of the folders that has the program; `install` says how to get it if none has.
pub(crate) fn find(
    program: &'static str,
    folders: impl IntoIterator<Item = impl Into<PathBuf>>,
    install: &'static str,
) -> Result<PathBuf, StartError> {
    let mut searched = Vec::new();
    for folder in folders {
        let folder = folder.into();
        let path = folder.join(program);
        if path.is_file() {
            return Ok(path);
        }
        searched.push(folder.display().to_string());
    }
    let searched = searched.join(":");
    Err(StartError::Missing {
        program,
        searched,
        install,
    })
}

/// Makes sure that what the program says of itself begins with `needed`.
pub(crate) fn require_version(
    program: &Path,
    option: &str,
    needed: &'static str,
) -> Result<(), StartError> {
    let output = Command::new(program).arg(option).output();
    let output = output.map_err(StartError::io(format!("run {}", program.display())))?;
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if found.starts_with(needed) {
        Ok(())
    } else {
        Err(StartError::Version { found, needed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_program_names_where_it_was_sought_and_what_to_install() {
        let folders = ["/no/such", "/no/folder"];
        let error = find("imap", folders, "apt-get install dovecot-imapd").unwrap_err();
        assert_eq!(
            error.to_string(),
            "imap not found in /no/such:/no/folder; install it: apt-get install dovecot-imapd"
        );
    }

    #[test]
    fn other_version_is_an_error_with_both() {
        let error = require_version("/bin/echo".as_ref(), "2.4.1", "2.3.").unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected server version 2.3., found `2.4.1`"
        );
    }
}
