//! Base subjects.
//!
//! [RFC 5256 section 2.1](https://www.rfc-editor.org/rfc/rfc5256#section-2.1)

use super::collation::casemap;
use crate::mime::{Mail, decode_words, field};

/// A subject without what replying and forwarding add to it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct BaseSubject {
    /// In the form that is compared.
    pub(super) text: String,
    /// Whether something was taken away that says that the message replies or forwards.
    pub(super) is_reply: bool,
}

impl BaseSubject {
    /// That of a message; empty if it has no subject.
    pub(super) fn of(mail: &Mail) -> Self {
        let subject = field(mail.header(), "Subject").map(decode_words);
        Self::new(&subject.unwrap_or_default())
    }

    /// That of a decoded subject. The numbers are those of the RFC's steps.
    fn new(subject: &str) -> Self {
        let is_blank = |c| matches!(c, ' ' | '\t' | '\r' | '\n');
        // (1)
        let words = subject.split(is_blank).filter(|word| !word.is_empty());
        let text = words.collect::<Vec<_>>().join(" ");
        let mut rest = text.as_str();
        let mut is_reply = false;
        loop {
            // (2)
            rest = rest.trim_end_matches(' ');
            while let Some(front) = strip_end(rest, "(fwd)") {
                is_reply = true;
                rest = front.trim_end_matches(' ');
            }
            // (5)
            loop {
                let before = rest.len();
                // (3)
                rest = rest.trim_start_matches(' ');
                while let Some(behind) = leader(rest) {
                    is_reply = true;
                    rest = behind.trim_start_matches(' ');
                }
                // (4)
                if let Some(behind) = blob(rest).filter(|behind| !behind.is_empty()) {
                    rest = behind;
                }
                if rest.len() == before {
                    break;
                }
            }
            // (6)
            let inner = strip_start(rest, "[fwd:").and_then(|inner| inner.strip_suffix(']'));
            let Some(inner) = inner else {
                break;
            };
            is_reply = true;
            rest = inner;
        }
        Self {
            text: casemap(rest),
            is_reply,
        }
    }
}

/// `*subj-blob subj-refwd`
fn leader(mut text: &str) -> Option<&str> {
    while let Some(behind) = blob(text) {
        text = behind;
    }
    refwd(text)
}

/// `subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"`
fn refwd(text: &str) -> Option<&str> {
    let names = ["re", "fwd", "fw"];
    let behind = names.iter().find_map(|name| strip_start(text, name))?;
    let behind = behind.trim_start_matches(' ');
    blob(behind).unwrap_or(behind).strip_prefix(':')
}

/// `subj-blob = "[" *BLOBCHAR "]" *WSP`
fn blob(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(['[', ']'])?;
    let behind = inner.get(end..)?.strip_prefix(']')?;
    Some(behind.trim_start_matches(' '))
}

/// The text behind this one, in any case.
fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (front, behind) = text.split_at_checked(start.len())?;
    front.eq_ignore_ascii_case(start).then_some(behind)
}

/// The text in front of this one, in any case.
fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let (front, behind) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    behind.eq_ignore_ascii_case(end).then_some(front)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_base_subjects() {
        for (subject, base, is_reply) in [
            ("Hello", "HELLO", false),
            ("  Hello \t\r\n World ", "HELLO WORLD", false),
            ("Re: Hello", "HELLO", true),
            ("RE: re :Fwd: fw: hello (fwd) (FWD)", "HELLO", true),
            ("Re[2]: hello", "HELLO", true),
            ("[list] Re: [list] hello", "HELLO", true),
            ("[list] hello", "HELLO", false),
            ("[a] [b]", "[B]", false),
            ("Re: [a]", "[A]", true),
            ("[fwd: Re: hello (fwd)]", "HELLO", true),
            ("[fwd: hello] there", "THERE", false),
            ("Fwd: [fwd: hello]", "HELLO", true),
            ("[fwd:]", "", true),
            ("Re:", "", true),
            ("(fwd)", "", true),
            ("Reply", "REPLY", false),
            ("re hello", "RE HELLO", false),
            ("[un[closed", "[UN[CLOSED", false),
            ("é(fwd", "E\u{301}(FWD", false),
            ("", "", false),
        ] {
            let expected = BaseSubject {
                text: base.into(),
                is_reply,
            };
            assert_eq!(BaseSubject::new(subject), expected, "{subject:?}");
        }
    }
}
