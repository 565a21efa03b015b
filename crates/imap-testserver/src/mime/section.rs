//! Sections of a message, and ranges of them.
//!
//! [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)

use std::num::NonZeroU32;

use bytes::Bytes;
use imap_proto::{IString, Section, SectionText};

use super::Mail;
use super::field::{Field, fields, is_blank};
use super::tree::{Entity, Kind};

/// What a part number leads to.
#[derive(Clone, Copy)]
enum Place<'m> {
    /// A message: the whole one, or one inside a part.
    Message(&'m Entity),
    /// A part.
    Part(&'m Entity),
}

/// The octets of a section.
pub(super) fn section(mail: &Mail, section: &Section<'_>) -> Option<Bytes> {
    let place = place(mail, section.part.0)?;
    let Some(text) = section.text else {
        return Some(match place {
            Place::Message(_) => mail.octets.clone(),
            Place::Part(part) => mail.octets.slice(part.body.clone()),
        });
    };
    if text == SectionText::Mime {
        let Place::Part(part) = place else {
            return None;
        };
        return Some(mail.octets.slice(part.header.clone()));
    }
    let message = match place {
        Place::Message(message) => message,
        Place::Part(part) if part.kind == Kind::Message => mail.children(part).next()?,
        Place::Part(_) => return None,
    };
    Some(match text {
        SectionText::Header | SectionText::Mime => mail.octets.slice(message.header.clone()),
        SectionText::HeaderFields(names) => {
            some_fields(mail, message, |field| is_one_of(field, names))
        }
        SectionText::HeaderFieldsNot(names) => {
            some_fields(mail, message, |field| !is_one_of(field, names))
        }
        SectionText::Text => mail.octets.slice(message.body.clone()),
    })
}

/// The part with this number; the message itself without one.
pub(super) fn part<'m>(mail: &'m Mail, numbers: &[NonZeroU32]) -> Option<&'m Entity> {
    place(mail, numbers).map(|place| match place {
        Place::Message(entity) | Place::Part(entity) => entity,
    })
}

fn place<'m>(mail: &'m Mail, numbers: &[NonZeroU32]) -> Option<Place<'m>> {
    let root = Place::Message(mail.entities.first()?);
    numbers.iter().try_fold(root, |place, number| {
        let number = usize::try_from(number.get()).ok()?;
        let entity = match place {
            Place::Part(part) if part.kind == Kind::Message => mail.children(part).next()?,
            Place::Message(entity) | Place::Part(entity) => entity,
        };
        if entity.kind == Kind::Multipart {
            return mail.children(entity).nth(number - 1).map(Place::Part);
        }
        // A message that is no multipart is its own part 1.
        let is_part = matches!(place, Place::Part(part) if part.kind != Kind::Message);
        (number == 1 && !is_part).then_some(Place::Part(entity))
    })
}

/// The fields of a message for which this holds, with the empty line behind the header.
fn some_fields(mail: &Mail, message: &Entity, holds: impl Fn(&Field<'_>) -> bool) -> Bytes {
    let header = message.header(&mail.octets);
    let mut out = Vec::new();
    for field in fields(header).filter(holds) {
        out.extend(field.octets);
    }
    // RFC 9051 6.4.5: the empty line is included, but for a message that has neither it nor a body.
    if ends_in_blank_line(header) {
        out.extend(b"\r\n");
    }
    out.into()
}

fn is_one_of(field: &Field<'_>, names: &[IString<'_>]) -> bool {
    let mut names = names.iter();
    !field.name.is_empty() && names.any(|name| field.name.eq_ignore_ascii_case(name.as_bytes()))
}

fn ends_in_blank_line(header: &[u8]) -> bool {
    let mut lines = header.split_inclusive(|b| *b == b'\n');
    lines.next_back().is_some_and(is_blank)
}

/// The octets from `first` on, `count` at most.
///
/// RFC 9051 6.4.5: a range that begins behind the end is empty.
pub(super) fn range(octets: &Bytes, partial: Option<(u64, u64)>) -> Bytes {
    let Some((first, count)) = partial else {
        return octets.clone();
    };
    let within = |n: u64| usize::try_from(n).map_or(octets.len(), |n| n.min(octets.len()));
    octets.slice(within(first)..within(first.saturating_add(count)))
}

/// RFC 9051 4.3: NUL is in no string but that of BINARY; the size stays.
pub(super) fn without_nul(octets: Bytes) -> Bytes {
    if memchr::memchr(0, &octets).is_none() {
        return octets;
    }
    let other = |b: &u8| if *b == 0 { NO_NUL } else { *b };
    octets.iter().map(other).collect()
}

/// What is given for NUL; Dovecot takes the same.
const NO_NUL: u8 = 0x80;
