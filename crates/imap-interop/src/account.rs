//! The system account under which a server runs.

use std::io;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use crate::error::StartError;

/// The system account under which a server runs: one's own, except for root.
///
/// Servers refuse to serve mail as root, so root hands over to an account without rights.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) user: String,
    pub(crate) group: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    hand_over: bool,
}

impl Account {
    /// The account for a server; `stand_ins` are the names that root tries, best first.
    pub(crate) fn for_server(stand_ins: &[&str]) -> Result<Self, StartError> {
        let own = Self::look_up(None)?;
        if own.uid != 0 {
            return Ok(own);
        }
        let mut last = None;
        for name in stand_ins {
            match Self::look_up(Some(name)) {
                Ok(account) => return Ok(account),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| {
            StartError::io("choose an account")(io::Error::other("no stand-in for root given"))
        }))
    }

    /// Lets the account own a file or folder.
    pub(crate) fn own(&self, path: &Path) -> io::Result<()> {
        if !self.hand_over {
            return Ok(());
        }
        let now = path.metadata()?;
        if (now.uid(), now.gid()) == (self.uid, self.gid) {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid))
    }

    /// Lets a command run under the account, without root's further groups.
    pub(crate) fn run_as(&self, command: &mut Command) {
        if self.hand_over {
            command.uid(self.uid).gid(self.gid);
        }
    }

    fn look_up(name: Option<&str>) -> Result<Self, StartError> {
        Ok(Self {
            user: id("-un", name)?,
            group: id("-gn", name)?,
            uid: number(&id("-u", name)?)?,
            gid: number(&id("-g", name)?)?,
            hand_over: name.is_some(),
        })
    }
}

fn id(option: &str, name: Option<&str>) -> Result<String, StartError> {
    let doing = || StartError::io(format!("run id {option} {}", name.unwrap_or_default()));
    let output = Command::new("id")
        .arg(option)
        .args(name)
        .output()
        .map_err(doing())?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(doing()(io::Error::other(text)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn number(text: &str) -> Result<u32, StartError> {
    text.parse()
        .map_err(|error| StartError::io("read the output of id")(io::Error::other(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_never_runs_as_root() {
        let account = Account::for_server(&["no-such-account", "nobody"]).unwrap();
        assert_ne!(account.uid, 0);
    }

    #[test]
    fn unknown_account_is_an_error_with_its_name() {
        let error = Account::look_up(Some("no-such-account")).unwrap_err();
        assert!(error.to_string().contains("no-such-account"), "{error}");
    }
}
