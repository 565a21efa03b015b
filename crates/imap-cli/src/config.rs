//! The file with the accounts.
//!
//! ```toml
//! default-account = "work"
//!
//! [account.work]
//! host = "imap.example.org"
//! user = "ann@example.org"
//! password-command = "pass show mail/work"
//! ```

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::Deserialize;

use crate::account::Security;
use crate::error::{Exit, Failure};

/// All that the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ConfigFile {
    /// The account that is meant if none is named; the only one, if there is one only.
    pub(crate) default_account: Option<String>,
    #[serde(default, rename = "account")]
    pub(crate) accounts: BTreeMap<String, AccountEntry>,
    /// Where this was read.
    #[serde(skip)]
    pub(crate) path: PathBuf,
}

/// One account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AccountEntry {
    pub(crate) host: String,
    pub(crate) port: Option<u16>,
    #[serde(default)]
    pub(crate) tls: Security,
    pub(crate) user: String,
    pub(crate) password_command: Option<String>,
    pub(crate) token_command: Option<String>,
    /// The authorities to trust, as PEM; a path relative to the file.
    pub(crate) ca: Option<PathBuf>,
    /// The address of the proxy on the way there; an empty one is none.
    pub(crate) proxy: Option<String>,
    /// The mailbox that is meant if none is named.
    pub(crate) mailbox: Option<String>,
}

impl ConfigFile {
    /// Reads the file: the one that was named, or else the usual one if there is such.
    pub(crate) fn load(named: Option<&Path>) -> Result<Self, Failure> {
        let path = match named {
            Some(path) => path.to_owned(),
            None => Self::usual_path()?,
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
                String::new()
            }
            Err(error) => {
                let failure = Failure::file("read", &path, &error);
                return Err(Failure::new(Exit::Config, failure.message()));
            }
        };
        Self::parse(&text, path)
    }

    /// `~/.config/imap/config.toml`, or its place on this system.
    fn usual_path() -> Result<PathBuf, Failure> {
        match etcetera::choose_base_strategy() {
            Ok(folders) => Ok(folders.config_dir().join("imap").join("config.toml")),
            Err(_) => Err(Failure::new(Exit::Config, "there is no home folder")
                .with_hint("name the file with the accounts: --config FILE")),
        }
    }

    fn parse(text: &str, path: PathBuf) -> Result<Self, Failure> {
        let wrong = |error: toml::de::Error| {
            let line = error.span().map_or(1, |span| {
                text.get(..span.start)
                    .unwrap_or_default()
                    .matches('\n')
                    .count()
                    + 1
            });
            let why = error.message().replace('\n', " ");
            let message = format!("{} line {line}: {why}", path.display());
            Failure::new(Exit::Config, message)
        };
        let read: Self = toml::from_str(text).map_err(wrong)?;
        Ok(Self { path, ..read })
    }

    /// An account by its name.
    pub(crate) fn account(&self, name: &str) -> Result<&AccountEntry, Failure> {
        let path = self.path.display();
        self.accounts.get(name).ok_or_else(|| {
            let failure = Failure::usage(format!("no account `{name}` in {path}"));
            let names: Vec<&str> = self.accounts.keys().map(String::as_str).collect();
            if names.is_empty() {
                failure.with_hint("an address begins with imaps:// and needs no account there")
            } else {
                failure.with_hint(format!("there are: {}", names.join(", ")))
            }
        })
    }

    /// The account that is meant if none is named.
    pub(crate) fn default_name(&self) -> Result<&str, Failure> {
        if let Some(name) = &self.default_account {
            return Ok(name);
        }
        let mut names = self.accounts.keys();
        match (names.next(), names.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(Failure::usage("which account?").with_hint(format!(
                "name one, or its address: imap -a imaps://USER@HOST/ ..., or write default-account \
                 into {}",
                self.path.display()
            ))),
        }
    }

    /// A path that the file names, which is relative to the file itself.
    pub(crate) fn resolve(&self, path: &Path) -> PathBuf {
        match self.path.parent() {
            Some(folder) => folder.join(path),
            None => path.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ConfigFile, Failure> {
        ConfigFile::parse(text, PathBuf::from("/c/config.toml"))
    }

    #[test]
    fn ok_accounts() {
        let config = parse(
            "[account.work]\nhost = 'h'\nuser = 'ann'\ntls = 'starttls'\nport = 10143\n\
             password-command = 'pass show work'\nca = 'ca.pem'\n",
        )
        .unwrap();
        assert_eq!(config.default_name().unwrap(), "work");
        let work = config.account("work").unwrap();
        assert_eq!(work.tls, Security::Starttls);
        assert_eq!(work.port, Some(10143));
        assert_eq!(
            config.resolve(work.ca.as_ref().unwrap()),
            Path::new("/c/ca.pem")
        );
    }

    #[test]
    fn ok_example_of_the_readme() {
        let readme = include_str!("../README.md");
        let (_, example) = readme.split_once("```toml\n").unwrap();
        let (example, _) = example.split_once("```").unwrap();
        let config = parse(example).unwrap();
        assert_eq!(config.default_name().unwrap(), "work");
        assert_eq!(
            config.account("home").unwrap().mailbox.as_deref(),
            Some("Lists/rust")
        );
    }

    #[test]
    fn err_wrong_files_tell_the_line() {
        for (text, message) in [
            (
                "default-account = 5",
                "invalid type: integer `5`, expected a string",
            ),
            (
                "[account.a]\nhost = 'h'\nuser = 'u'\npassword = 'p'",
                "unknown field `password`",
            ),
            ("[account.a]\nhost = 'h'", "missing field `user`"),
            ("[account", "unclosed table"),
        ] {
            let failure = parse(text).unwrap_err();
            assert_eq!(failure.exit(), Exit::Config);
            let shown = failure.to_string();
            assert!(shown.starts_with("/c/config.toml line "), "{shown}");
            assert!(shown.contains(message), "{shown}");
        }
    }

    #[test]
    fn err_no_account_tells_what_there_is() {
        let config =
            parse("[account.a]\nhost = 'h'\nuser = 'u'\n[account.b]\nhost = 'h'\nuser = 'u'\n")
                .unwrap();
        let failure = config.account("c").unwrap_err();
        assert_eq!(failure.message(), "no account `c` in /c/config.toml");
        assert_eq!(
            config.default_name().unwrap_err().message(),
            "which account?"
        );
    }
}
