//! Flags as letters in the names of files.

use imap_util::{Flag, Keyword};

use super::Keywords;

/// The letters of the flags of a message, in their order.
///
/// Capitals are the flags of <https://cr.yp.to/proto/maildir.html>, where `P`, passed on, is
/// `$Forwarded`; small letters are keywords, as [`Keywords`] has them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Letters(String);

impl Letters {
    /// The letters of these flags. What has none is left out.
    pub(crate) fn new<'a>(flags: impl IntoIterator<Item = Flag<'a>>, keywords: &Keywords) -> Self {
        let letter = |flag: Flag<'a>| match flag {
            Flag::Keyword(keyword) if keyword == Keyword::FORWARDED => Some('P'),
            Flag::Keyword(keyword) => keywords.letter(keyword),
            flag => SYSTEM
                .iter()
                .find(|(_, f)| *f == flag)
                .map(|(letter, _)| *letter),
        };
        let mut letters: Vec<char> = flags.into_iter().filter_map(letter).collect();
        letters.sort_unstable();
        letters.dedup();
        Self(letters.into_iter().collect())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The flags that letters stand for, as IMAP writes them.
    pub(crate) fn flags<'k>(letters: &str, keywords: &'k Keywords) -> Vec<Flag<'k>> {
        let flag = |letter| match letter {
            'P' => Some(Flag::Keyword(Keyword::FORWARDED)),
            'a'..='z' => keywords.keyword(letter).map(Flag::Keyword),
            _ => SYSTEM
                .iter()
                .find(|(l, _)| *l == letter)
                .map(|(_, flag)| *flag),
        };
        letters.chars().filter_map(flag).collect()
    }
}

const SYSTEM: [(char, Flag<'static>); 5] = [
    ('D', Flag::Draft),
    ('F', Flag::Flagged),
    ('R', Flag::Answered),
    ('S', Flag::Seen),
    ('T', Flag::Deleted),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_letters_there_and_back() {
        let mut keywords = Keywords::default();
        let flags = Flag::parse_list(br"(work \Seen \Recent $forwarded \Flagged \Other)").unwrap();
        keywords.add(flags.iter().copied());
        let letters = Letters::new(flags, &keywords);
        assert_eq!(letters.as_str(), "FPSa");
        let read = Letters::flags("FPSab?", &keywords);
        let expected = Flag::parse_list(br"(\Flagged $Forwarded \Seen work)").unwrap();
        assert_eq!(read, expected);
    }
}
