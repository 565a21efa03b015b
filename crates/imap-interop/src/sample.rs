//! Messages of which a test knows what to expect.

mod encoded_word;
mod mime;
mod random;
mod words;

use self::encoded_word::{Charset, Form, encode};
use self::mime::Part;
use self::random::Random;
use self::words::{lines, phrase};
use crate::date::date;
use crate::message::{Message, SystemFlag};

/// A message and what a test should find in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sample {
    /// The body of the `Date` field; `None` without the field.
    pub date: Option<String>,
    /// The one author in the `From` field.
    pub from: Person,
    /// What is special about it.
    pub kind: Kind,
    /// The message itself, ready for [`User::seed`](crate::User::seed).
    pub message: Message,
    /// The `Subject` field, decoded; `None` without the field.
    pub subject: Option<String>,
}

impl Sample {
    /// What `RFC822.SIZE` shall give, in octets.
    pub fn size(&self) -> usize {
        self.message.bytes.len()
    }
}

/// Somebody in an address field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person {
    /// The name shown, decoded.
    pub name: String,
    /// The address, for instance `ann@example.org`.
    pub address: String,
}

/// What is special about a [`Sample`].
///
/// The order is that of the sequence: sample 0 is `Plain`, and after the last it starts again.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing: a short text in US-ASCII.
    Plain,
    /// `multipart/alternative` of plain text and HTML.
    Alternative,
    /// `multipart/mixed` with a text and two or three files in BASE64.
    Attachments,
    /// Subject and author in UTF-8 with encoded words of form B.
    Utf8B,
    /// Subject and author in UTF-8 with encoded words of form Q.
    Utf8Q,
    /// Subject and author in ISO-8859-1 with encoded words of form Q.
    Latin1Q,
    /// Subject and author in ISO-2022-JP with encoded words of form B.
    Japanese,
    /// One file of 5 MiB; sample 7 only, later ones in its place are `Plain`.
    LargeAttachment,
    /// A body in raw UTF-8, `Content-Transfer-Encoding: 8bit`.
    EightBit,
    /// A `Subject` field without text.
    EmptySubject,
    /// No `Subject` field.
    NoSubject,
    /// `multipart/mixed` with a forwarded message as `message/rfc822`.
    Forward,
    /// Groups in `To` and `Cc`, one of them without members.
    Groups,
    /// A `References` field of 60 message ids over as many lines.
    LongReferences,
    /// No `Date` field.
    NoDate,
}

/// An endless sequence of messages, the same for the same seed on every machine.
///
/// Any fifteen in a row have every [`Kind`], except that only sample 7 has the large attachment.
///
/// ```
/// use imap_interop::{Kind, samples};
///
/// let first = samples(7).next().ok_or("endless")?;
/// assert_eq!(first.kind, Kind::Plain);
/// assert_eq!(first.size(), first.message.bytes.len());
/// assert_eq!(samples(7).take(3).last(), samples(7).nth(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn samples(seed: u64) -> impl Iterator<Item = Sample> {
    let kinds = KINDS
        .into_iter()
        .cycle()
        .enumerate()
        .map(|(index, kind)| match kind {
            Kind::LargeAttachment if index >= KINDS.len() => Kind::Plain,
            kind => kind,
        });
    (0..)
        .zip(kinds)
        .map(move |(index, kind)| Draft::new(seed, index, kind).finish())
}

/// A sample in the making.
struct Draft {
    random: Random,
    index: u64,
    kind: Kind,
    internal_date: i64,
    /// The fields that only this kind has, each with its CRLF.
    fields: String,
}

impl Draft {
    fn new(seed: u64, index: u64, kind: Kind) -> Self {
        let mut random = Random::new(seed, index);
        // About one an hour.
        let hours = i64::try_from(index % 100_000).unwrap_or_default();
        let internal_date = FIRST_DATE + hours * 3600 + random.below(3600) as i64;
        Self {
            random,
            index,
            kind,
            internal_date,
            fields: String::new(),
        }
    }

    fn finish(mut self) -> Sample {
        let subject = self.subject();
        let from = self.from();
        let date = self.date();
        let recipients = self.recipients();
        self.references();
        let body = self.body();

        let mut head = format!("From: {} <{}>\r\n", from.encoded, from.person.address);
        head += &recipients;
        if let Some(subject) = &subject {
            head += &format!("Subject: {}\r\n", subject.encoded);
        }
        if let Some(date) = &date {
            head += &format!("Date: {date}\r\n");
        }
        head += &format!(
            "Message-ID: {}\r\n",
            message_id(&mut self.random, self.index)
        );
        head += &format!("{}MIME-Version: 1.0\r\n{}\r\n", self.fields, body.fields);
        let mut bytes = head.into_bytes();
        bytes.extend(body.content);

        let flags = ALL_FLAGS
            .into_iter()
            .filter(|_| self.random.below(3) == 0)
            .collect();
        Sample {
            date,
            from: from.person,
            kind: self.kind,
            message: Message {
                bytes,
                flags,
                internal_date: self.internal_date,
            },
            subject: subject.map(|subject| subject.decoded),
        }
    }

    fn subject(&mut self) -> Option<Text> {
        match self.kind {
            Kind::NoSubject => None,
            Kind::EmptySubject => Some(Text::plain("")),
            kind => Some(match encoding(kind) {
                Some((charset, form)) => {
                    let choices: &[&str] = match kind {
                        Kind::Japanese => &words::KANA,
                        Kind::Latin1Q => &words::LATIN,
                        Kind::Utf8Q => &words::EMOJI,
                        _ => &words::CHINESE_JAPANESE,
                    };
                    Text::encoded(self.random.pick(choices), charset, form)
                }
                None => {
                    let count = 2 + self.random.below(5);
                    Text::plain(&phrase(&mut self.random, count))
                }
            }),
        }
    }

    fn from(&mut self) -> Author {
        let name = match encoding(self.kind) {
            Some((charset, form)) => {
                let choices: &[&str] = match self.kind {
                    Kind::Japanese => &words::KANA_NAMES,
                    Kind::Utf8B => &words::WIDE_NAMES,
                    _ => &words::LATIN_NAMES,
                };
                Text::encoded(self.random.pick(choices), charset, form)
            }
            None => Text::quoted(self.random.pick(&words::NAMES)),
        };
        let address = format!(
            "{}{}@example.org",
            self.random.pick(&LOCAL_PARTS),
            self.index % 97
        );
        Author {
            encoded: name.encoded,
            person: Person {
                name: name.decoded,
                address,
            },
        }
    }

    fn date(&mut self) -> Option<String> {
        let travelled = self.random.below(90) as i64;
        let zone = self.random.pick(&[0, 1, 9, -7]);
        (self.kind != Kind::NoDate).then(|| date(self.internal_date - travelled, zone))
    }

    fn recipients(&mut self) -> String {
        if self.kind == Kind::Groups {
            return "To: The team: ann@example.org, \"Bob Writer\" <bob@example.org>;,\r\n\
                    \tcarol@example.com\r\n\
                    Cc: undisclosed-recipients:;\r\n"
                .into();
        }
        format!("To: {}@example.com\r\n", self.random.pick(&LOCAL_PARTS))
    }

    fn references(&mut self) {
        if self.kind == Kind::LongReferences {
            let ids: Vec<String> = (0..REFERENCES)
                .map(|index| message_id(&mut self.random, index))
                .collect();
            self.fields += &format!("References: {}\r\n", ids.join("\r\n "));
        }
    }

    fn body(&mut self) -> Part {
        let count = 3 + self.random.below(12);
        let text = lines(&mut self.random, count);
        let boundary = format!("=_{:016x}", self.random.next());
        match self.kind {
            Kind::Alternative => {
                let html = format!("<html><body><p>{text}</p></body></html>\r\n");
                let parts = [Part::text("plain", text), Part::text("html", html)];
                Part::multipart("alternative", &boundary, &parts)
            }
            Kind::Attachments => {
                let mut parts = vec![Part::text("plain", text)];
                for number in 0..2 + self.random.below(2) {
                    let size = 500 + self.random.below(40_000);
                    parts.push(self.attachment(&format!("scan-{number}.png"), size));
                }
                Part::multipart("mixed", &boundary, &parts)
            }
            Kind::EightBit => {
                Part::text("plain", format!("Grüße aus Köln, 東京 и Москва.\r\n{text}"))
            }
            Kind::Forward => {
                let inner = Self::new(self.random.next(), self.index, Kind::Utf8B).finish();
                let parts = [
                    Part::text("plain", text),
                    Part::message(inner.message.bytes),
                ];
                Part::multipart("mixed", &boundary, &parts)
            }
            Kind::LargeAttachment => {
                let parts = [
                    Part::text("plain", text),
                    self.attachment("large.bin", LARGE),
                ];
                Part::multipart("mixed", &boundary, &parts)
            }
            _ => Part::text("plain", text),
        }
    }

    fn attachment(&mut self, name: &str, size: usize) -> Part {
        let media_type = if name.ends_with(".png") {
            "image/png"
        } else {
            "application/octet-stream"
        };
        Part::attachment(media_type, name, &self.random.bytes(size))
    }
}

/// Text as it reads and as the header has it.
struct Text {
    decoded: String,
    encoded: String,
}

impl Text {
    fn encoded(text: &str, charset: Charset, form: Form) -> Self {
        Self {
            decoded: text.into(),
            encoded: encode(text, charset, form),
        }
    }

    fn plain(text: &str) -> Self {
        Self {
            decoded: text.into(),
            encoded: text.into(),
        }
    }

    /// As a quoted string.
    fn quoted(text: &str) -> Self {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        Self {
            decoded: text.into(),
            encoded: format!("\"{escaped}\""),
        }
    }
}

struct Author {
    encoded: String,
    person: Person,
}

/// How the header of this kind writes what isn't US-ASCII.
fn encoding(kind: Kind) -> Option<(Charset, Form)> {
    match kind {
        Kind::Japanese => Some((Charset::Iso2022Jp, Form::B)),
        Kind::Latin1Q => Some((Charset::Iso8859_1, Form::Q)),
        Kind::Utf8B => Some((Charset::Utf8, Form::B)),
        Kind::Utf8Q => Some((Charset::Utf8, Form::Q)),
        _ => None,
    }
}

fn message_id(random: &mut Random, index: u64) -> String {
    format!("<{index}.{:016x}@mail.example.org>", random.next())
}

const KINDS: [Kind; 15] = [
    Kind::Plain,
    Kind::Alternative,
    Kind::Attachments,
    Kind::Utf8B,
    Kind::Utf8Q,
    Kind::Latin1Q,
    Kind::Japanese,
    Kind::LargeAttachment,
    Kind::EightBit,
    Kind::EmptySubject,
    Kind::NoSubject,
    Kind::Forward,
    Kind::Groups,
    Kind::LongReferences,
    Kind::NoDate,
];
const ALL_FLAGS: [SystemFlag; 5] = [
    SystemFlag::Answered,
    SystemFlag::Deleted,
    SystemFlag::Draft,
    SystemFlag::Flagged,
    SystemFlag::Seen,
];
const LOCAL_PARTS: [&str; 4] = ["ann", "bob.writer", "carol+lists", "d_o'neil"];
/// 2020-09-13 12:26:40 UTC.
const FIRST_DATE: i64 = 1_600_000_000;
const LARGE: usize = 5 * 1024 * 1024;
const REFERENCES: u64 = 60;

#[cfg(test)]
mod tests;
