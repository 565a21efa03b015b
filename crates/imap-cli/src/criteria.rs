//! Which messages a command is about: UIDs, or the words of a search.

use imap_client::blocking::Client;
use imap_client::{Error, Numbers, Query};
use imap_proto::response::Status;
use imap_proto::{Arena, Date, SearchKey, Uid, UidSetBuf};

use crate::error::{Exit, Failure};

/// The messages that a command is to do something with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Messages {
    Uids(UidSetBuf),
    /// Those that a search with these words finds.
    Search(String),
}

impl Messages {
    /// Those of the command line, where one of both has to be.
    pub(crate) fn new(uids: Option<&UidSetBuf>, search: Option<&str>) -> Result<Self, Failure> {
        match (uids, search) {
            (Some(uids), None) => Ok(Self::Uids(uids.clone())),
            (None, Some(words)) => Ok(Self::Search(words.to_owned())),
            (None, None) => Err(Failure::usage("which messages?")
                .with_hint("give UIDs such as 4,7:9, or --search 'unseen from ann'")),
            (Some(_), Some(_)) => Err(Failure::usage("UIDs and --search exclude each other")),
        }
    }

    /// Asks the server which of them there are; there has to be one at least.
    pub(crate) fn find(&self, client: &mut Client) -> Result<UidSetBuf, Failure> {
        let found = match self {
            Self::Uids(uids) => client.uid_search(&Query::uid(uids))?.all,
            Self::Search(words) => find(client, words, &[])?,
        };
        match (found.is_empty(), self) {
            (false, _) => Ok((&found).into()),
            (true, Self::Uids(uids)) => {
                let message = format!("no message has the UID {uids} in this mailbox");
                Err(Failure::new(Exit::Missing, message).with_hint("`imap search all` shows them"))
            }
            (true, Self::Search(_)) => Err(Failure::new(Exit::Partial, "no message was found")),
        }
    }
}

/// Finds the messages of the selected mailbox that are like these words say, and like the keys.
///
/// Without any, all are found.
pub(crate) fn find(
    client: &mut Client,
    words: &str,
    keys: &[SearchKey<'_>],
) -> Result<Numbers<Uid>, Failure> {
    let arena = Arena::new();
    let mut all = keys.to_vec();
    if !words.is_empty() {
        all.extend_from_slice(read(words, &arena)?);
    }
    if all.is_empty() {
        all.push(SearchKey::All);
    }
    match client.uid_search(&*all) {
        Ok(found) => Ok(found.all),
        Err(Error::Refused(refusal)) if refusal.status() == Status::Bad => {
            let text = refusal.text().replace(char::is_control, " ");
            Err(wrong(&format!("the server does not understand it: {text}")))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether these are words of a search; nothing is sent.
pub(crate) fn check(words: &str) -> Result<(), Failure> {
    read(words, &Arena::new()).map(|_| ())
}

fn read<'a>(words: &'a str, arena: &'a Arena) -> Result<&'a [SearchKey<'a>], Failure> {
    SearchKey::parse_all(words.as_bytes(), arena).map_err(|error| {
        let behind = words.get(error.offset..).unwrap_or_default();
        let found = match behind.split(' ').next() {
            Some(word) if !word.is_empty() => format!("`{word}`"),
            _ => "the end".to_owned(),
        };
        wrong(&format!("expected {} where {found} is", error.expected))
    })
}

fn wrong(why: &str) -> Failure {
    Failure::usage(format!("wrong search: {why}")).with_hint(
        "words are such as unseen, from ann, subject \"two words\", since 1-Jan-2026, larger 100000, \
         not, or",
    )
}

/// Words as the command line has them as the text of a search.
///
/// One alone is all of the text; of several, those with blanks in them are strings.
pub(crate) fn join(words: &[String]) -> String {
    let quote = |word: &String| {
        let is_plain = !word.is_empty() && word.is_ascii() && !word.contains([' ', '"', '\\']);
        if is_plain {
            word.clone()
        } else {
            format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
        }
    };
    match words {
        [text] => text.clone(),
        words => words.iter().map(quote).collect::<Vec<_>>().join(" "),
    }
}

/// A day, as `2026-01-31` or as `31-Jan-2026`.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let wrong = || "a day is 2026-01-31 or 31-Jan-2026".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let [first, month, last] = parts[..] else {
        return Err(wrong());
    };
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    let by_name = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month));
    let month = match by_name {
        Some(place) => place as u8 + 1,
        None => month.parse().map_err(|_| wrong())?,
    };
    let (year, day) = year.parse().ok().zip(day.parse().ok()).ok_or_else(wrong)?;
    Date::new(year, month, day).map_err(|_| format!("there is no day {text}"))
}

/// UIDs, as `4711` or `4,7:9,20:*`.
pub(crate) fn uids(text: &str) -> Result<UidSetBuf, String> {
    text.parse()
        .map_err(|_| "UIDs are such as 4711 or 4,7:9,20:*".to_owned())
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> String {
        join(
            &words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn ok_words_are_joined() {
        assert_eq!(words(&["unseen from ann"]), "unseen from ann");
        assert_eq!(
            words(&["from", "Ann Smith", "unseen"]),
            "from \"Ann Smith\" unseen"
        );
        assert_eq!(words(&["subject", "a\"b\\"]), r#"subject "a\"b\\""#);
        assert_eq!(words(&["subject", "Käse"]), "subject \"Käse\"");
        assert_eq!(words(&[]), "");
    }

    #[test]
    fn err_wrong_words_say_where() {
        for (text, message) in [
            (
                "since yesterday",
                "wrong search: expected date where `yesterday` is",
            ),
            (
                "unseen from",
                "wrong search: expected space where the end is",
            ),
            ("(unseen", "wrong search: expected `)` where the end is"),
        ] {
            assert_eq!(check(text).unwrap_err().to_string(), message);
        }
        assert!(check("unseen from ann since 1-Jan-2026").is_ok());
        assert!(check("subject \"Käse\"").is_ok());
    }

    #[test]
    fn ok_days() {
        let expected = Date::new(2026, 1, 31).unwrap();
        for text in [
            "2026-01-31",
            "2026-1-31",
            "31-Jan-2026",
            "31-jan-2026",
            "31-1-2026",
        ] {
            assert_eq!(day(text), Ok(expected), "{text}");
        }
        for text in [
            "2026",
            "31-Foo-2026",
            "31-Feb-2026",
            "2026-13-01",
            "x-1-2026",
            "",
        ] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn err_messages_are_named_once() {
        let uids = uids("4,7:9").unwrap();
        assert!(Messages::new(Some(&uids), None).is_ok());
        assert!(Messages::new(None, Some("unseen")).is_ok());
        assert!(Messages::new(Some(&uids), Some("unseen")).is_err());
        assert!(Messages::new(None, None).is_err());
    }
}
