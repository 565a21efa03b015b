//! URLs of messages and of their parts.
//!
//! [RFC 5092 section 6](https://www.rfc-editor.org/rfc/rfc5092#section-6)

use std::iter::Peekable;

use imap_proto::command::Fetch;
use imap_proto::{Arena, Command, FetchItemName, FetchItems, Section, Uid, UidValidity};
use percent_encoding::percent_decode_str;

/// What a URL names.
///
/// `/Drafts;UIDVALIDITY=385759045/;UID=20/;SECTION=1.MIME/;PARTIAL=0.1024` has all of it.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// As text.
    pub(super) mailbox: String,
    pub(super) uid_validity: Option<UidValidity>,
    pub(super) uid: Uid,
    pub(super) section: Section<'a>,
    /// The first octet, and how many at most.
    pub(super) partial: Option<(u64, u64)>,
}

impl<'a> Target<'a> {
    /// Reads the path of a URL; nothing if that is wrong, or if it has another server or an authorization.
    ///
    /// RFC 5092 7.2: paths that do not begin with a slash are not to be accepted.
    ///
    /// ```abnf
    /// iabsolute-path = "/" [ icommand ]
    /// imessagepart   = imailbox-ref iuid [isection] [ipartial]
    /// imailbox-ref   = enc-mailbox [uidvalidity]
    /// ```
    pub(super) fn of_url(url: &str, arena: &'a Arena) -> Option<Self> {
        let path = url
            .strip_prefix('/')
            .filter(|path| !path.starts_with('/'))?;
        let mut pieces = path.split("/;");
        let mailbox = pieces.next()?;
        let (mailbox, uid_validity) = match mailbox.split_once(';') {
            Some((name, validity)) => {
                let validity = value(validity, "UIDVALIDITY")?;
                (name, Some(validity.parse().ok()?))
            }
            None => (mailbox, None),
        };
        let uid = value(pieces.next()?, "UID")?;
        let mut pieces = pieces.peekable();
        let section = next_value(&mut pieces, "SECTION");
        let partial = next_value(&mut pieces, "PARTIAL");
        if pieces.next().is_some() || section == Some("") {
            return None;
        }
        let (section, partial) = part(&decoded(section.unwrap_or_default())?, partial, arena)?;
        Some(Self {
            mailbox: decoded(mailbox)?,
            uid_validity,
            uid: uid.parse().ok()?,
            section,
            partial,
        })
    }
}

/// A section and a range of it.
///
/// RFC 5092 6: they are what `BODY.PEEK` has in brackets.
fn part<'a>(
    section: &str,
    partial: Option<&str>,
    arena: &'a Arena,
) -> Option<(Section<'a>, Option<(u64, u64)>)> {
    let range = match partial {
        None => String::new(),
        Some(range) if range.contains('.') => format!("<{range}>"),
        Some(first) => format!("<{first}.{}>", u32::MAX),
    };
    let command = format!("x FETCH 1 BODY.PEEK[{section}]{range}\r\n");
    let tagged = Command::parse(arena.alloc_str(&command).as_bytes(), arena).ok()?;
    let Command::Fetch(Fetch {
        items:
            FetchItems::List(
                [
                    FetchItemName::BodySection {
                        section: read,
                        partial,
                        ..
                    },
                ],
            ),
        modifiers: [],
        ..
    }) = tagged.command
    else {
        return None;
    };
    (!section.contains(']')).then_some((*read, *partial))
}

/// The value of the next piece, which is taken if it has this name.
fn next_value<'u>(
    pieces: &mut Peekable<impl Iterator<Item = &'u str>>,
    name: &str,
) -> Option<&'u str> {
    let value = value(pieces.peek()?, name)?;
    pieces.next();
    Some(value)
}

/// What is behind a name and `=`; the name may be in any case.
fn value<'u>(piece: &'u str, name: &str) -> Option<&'u str> {
    let (found, value) = piece.split_once('=')?;
    found.eq_ignore_ascii_case(name).then_some(value)
}

fn decoded(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8().ok()?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_urls_of_messages_and_parts() {
        let arena = Arena::new();
        let shown = |url| {
            let target = Target::of_url(url, &arena).unwrap();
            let Section { part, text } = target.section;
            format!(
                "{} {:?} {} {part} {text:?} {:?}",
                target.mailbox,
                target.uid_validity.map(UidValidity::get),
                target.uid,
                target.partial
            )
        };
        for (url, expected) in [
            ("/INBOX/;UID=20", "INBOX None 20  None None"),
            (
                "/Entw%C3%BCrfe/a%3b;uidvalidity=7/;uid=20/;section=1.2.mime/;partial=3.10",
                "Entwürfe/a; Some(7) 20 1.2 Some(Mime) Some((3, 10))",
            ),
            (
                "/a/;UID=1/;SECTION=HEADER.FIELDS%20(To%20Cc)",
                "a None 1  Some(HeaderFields([\"To\", \"Cc\"])) None",
            ),
            (
                "/a/;UID=1/;PARTIAL=5",
                "a None 1  None Some((5, 4294967295))",
            ),
        ] {
            assert_eq!(shown(url), expected);
        }
    }

    #[test]
    fn err_urls_of_anything_else() {
        let arena = Arena::new();
        for url in [
            "",
            "/",
            "INBOX/;UID=1",
            ";UID=1",
            "//host/INBOX/;UID=1",
            "imap://host/INBOX/;UID=1",
            "/INBOX",
            "/INBOX/;UID=0",
            "/INBOX/;UID=+1",
            "/INBOX;X=1/;UID=1",
            "/INBOX;UIDVALIDITY=0/;UID=1",
            "/INBOX/;UID=1/;SECTION=MIME",
            "/INBOX/;UID=1/;SECTION=1.x",
            "/INBOX/;UID=1/;SECTION=",
            "/INBOX/;UID=1/;SECTION=]%20BODY[",
            "/INBOX/;UID=1/;SECTION=1]<0.1>%20(CHANGEDSINCE%201",
            "/INBOX/;UID=1/;SECTION=1]",
            "/INBOX/;UID=1/;PARTIAL=1.0",
            "/INBOX/;UID=1/;PARTIAL=1.1>%20BODY[]<1.1",
            "/INBOX/;UID=1/;PARTIAL=1/;SECTION=1",
            "/INBOX/;UID=1;URLAUTH=anonymous",
            "/%ff/;UID=1",
        ] {
            let target = Target::of_url(url, &arena);
            assert!(target.is_none(), "{url}: {target:?}");
        }
    }
}
