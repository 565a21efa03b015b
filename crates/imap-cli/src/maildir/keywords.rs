//! Which small letters stand for which keywords, as Dovecot writes it down.

use std::io::ErrorKind;
use std::path::Path;
use std::{fs, str};

use imap_util::{Flag, Keyword};

use crate::error::Failure;

/// The keywords of a Maildir, each with a letter from `a` to `z`.
///
/// They are in a file of lines such as `0 work`, where 0 is `a`. Keywords beyond the 26th have no letter.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Keywords(Vec<Option<String>>);

impl Keywords {
    /// Reads the keywords of the Maildir in this folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(FILE);
        match fs::read(&path) {
            Ok(text) => Ok(Self::parse(&String::from_utf8_lossy(&text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::file("read", &path, &error)),
        }
    }

    /// Writes them there, such that a reader sees the old ones or the new ones.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join(FILE);
        let temporary = folder.join("tmp").join(FILE);
        let written = fs::write(&temporary, self.to_string());
        written.map_err(|error| Failure::file("write", &temporary, &error))?;
        let moved = fs::rename(&temporary, &path);
        moved.map_err(|error| Failure::file("write", &path, &error))
    }

    /// Gives a letter to the keywords among these flags that have none, and tells whether any got one.
    pub(crate) fn add<'a>(&mut self, flags: impl IntoIterator<Item = Flag<'a>>) -> bool {
        let before = self.clone();
        for flag in flags {
            if let Flag::Keyword(keyword) = flag
                && keyword != Keyword::FORWARDED
                && self.letter(keyword).is_none()
            {
                let name = keyword.to_string();
                if let Some(free) = self.0.iter_mut().find(|name| name.is_none()) {
                    *free = Some(name);
                } else if self.0.len() < LETTERS {
                    self.0.push(Some(name));
                }
            }
        }
        *self != before
    }

    /// The letter of a keyword.
    pub(crate) fn letter(&self, keyword: Keyword<'_>) -> Option<char> {
        let is_it = |name: &String| Flag::new(name) == Ok(Flag::Keyword(keyword));
        let place = self
            .0
            .iter()
            .position(|name| name.as_ref().is_some_and(is_it))?;
        ('a'..='z').nth(place)
    }

    /// The keyword of a letter.
    pub(crate) fn keyword(&self, letter: char) -> Option<Keyword<'_>> {
        let place = ('a'..='z').position(|l| l == letter)?;
        match Flag::new(self.0.get(place)?.as_ref()?) {
            Ok(Flag::Keyword(keyword)) => Some(keyword),
            _ => None,
        }
    }

    fn parse(text: &str) -> Self {
        let mut names: Vec<Option<String>> = Vec::new();
        for line in text.lines() {
            let Some((place, name)) = line.split_once(' ') else {
                continue;
            };
            if let Ok(place @ 0..LETTERS) = place.parse::<usize>() {
                names.resize(names.len().max(place + 1), None);
                if let Some(free) = names.get_mut(place) {
                    *free = Some(name.to_owned());
                }
            }
        }
        Self(names)
    }
}

impl std::fmt::Display for Keywords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, name) in self.0.iter().enumerate() {
            if let Some(name) = name {
                writeln!(f, "{place} {name}")?;
            }
        }
        Ok(())
    }
}

/// The name of the file.
const FILE: &str = "dovecot-keywords";
const LETTERS: usize = 26;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_file_of_dovecot_is_read_and_added_to() {
        let mut keywords = Keywords::parse("0 $Junk\n2 work\nx y\n26 none\n");
        let flags = Flag::parse_list(br"(WORK \Seen new)").unwrap();
        assert!(keywords.add(flags.iter().copied()));
        assert!(!keywords.add(flags));
        assert_eq!(keywords.to_string(), "0 $Junk\n1 new\n2 work\n");
        assert_eq!(keywords.keyword('c').unwrap().to_string(), "work");
        assert_eq!(keywords.keyword('d'), None);
        assert_eq!(keywords.letter(Keyword::JUNK), Some('a'));
    }

    #[test]
    fn ok_keywords_beyond_the_last_letter_have_none() {
        let mut keywords = Keywords::default();
        let names: Vec<String> = (0..30).map(|n| format!("k{n}")).collect();
        assert!(keywords.add(names.iter().map(|name| Flag::new(name).unwrap())));
        let Flag::Keyword(last) = Flag::new("k26").unwrap() else {
            panic!("a keyword");
        };
        assert_eq!(keywords.letter(last), None);
        assert_eq!(keywords.keyword('z').unwrap().to_string(), "k25");
    }

    #[test]
    fn ok_file_is_written_whole() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        assert_eq!(Keywords::read(folder.path()).unwrap(), Keywords::default());
        let keywords = Keywords::parse("0 a\n25 b\n");
        keywords.write(folder.path()).unwrap();
        assert_eq!(Keywords::read(folder.path()).unwrap(), keywords);
    }
}
