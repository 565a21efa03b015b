//! The items of a FETCH response.
//!
//! [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)

use imap_proto::{
    Arena, BinarySection, BinarySize, BodySection, FetchItem, FetchItemName, Flag, IString,
    ObjectId, Section, SectionText,
};

use super::reply::Reply;
use crate::mime::BinaryError;
use crate::search::thread_id;
use crate::store::Message;

/// One item of a message, which may live in the arena.
pub(super) fn item<'m>(
    message: &'m Message,
    flags: &'m [Flag<'m>],
    name: &FetchItemName<'m>,
    arena: &'m Arena,
) -> Result<FetchItem<'m>, Reply<'static>> {
    let mail = &message.mail;
    let octets = |section: Section<'m>, partial| octets(message, section, partial, arena);
    let text = |text: String| IString::from(arena.alloc_str(&text));
    Ok(match name {
        FetchItemName::Binary { part, partial, .. } => {
            let data = mail.binary(*part, *partial).map_err(refused)?;
            FetchItem::Binary(arena.alloc(BinarySection {
                part: *part,
                origin: origin(*partial),
                data: data.map(|data| IString(arena.alloc_bytes(&data))),
            }))
        }
        FetchItemName::BinarySize(part) => {
            let data = mail.binary(*part, None).map_err(refused)?;
            let octets = data.map_or(0, |data| data.len() as u64);
            FetchItem::BinarySize(arena.alloc(BinarySize {
                part: *part,
                octets,
            }))
        }
        FetchItemName::Body => FetchItem::Body(mail.body_structure(arena, false)),
        FetchItemName::BodySection {
            section, partial, ..
        } => FetchItem::BodySection(arena.alloc(BodySection {
            section: *section,
            origin: origin(*partial),
            data: octets(*section, *partial),
        })),
        FetchItemName::BodyStructure => FetchItem::BodyStructure(mail.body_structure(arena, true)),
        FetchItemName::EmailId => FetchItem::EmailId(object_id(mail.email_id(), arena)?),
        FetchItemName::Envelope => FetchItem::Envelope(arena.alloc(mail.envelope(arena))),
        FetchItemName::Flags => FetchItem::Flags(flags),
        FetchItemName::InternalDate => FetchItem::InternalDate(message.internal_date),
        FetchItemName::ModSeq => FetchItem::ModSeq(message.mod_seq),
        FetchItemName::Preview(_) => FetchItem::Preview(Some(text(mail.preview()))),
        FetchItemName::Rfc822 | FetchItemName::Rfc822Peek => {
            FetchItem::Rfc822(octets(Section::ALL, None))
        }
        FetchItemName::Rfc822Header => FetchItem::Rfc822Header(octets(Section::HEADER, None)),
        FetchItemName::Rfc822HeaderLines(names) => {
            FetchItem::Rfc822Header(octets(of_fields(SectionText::HeaderFields(names)), None))
        }
        FetchItemName::Rfc822HeaderLinesNot(names) => {
            FetchItem::Rfc822Header(octets(of_fields(SectionText::HeaderFieldsNot(names)), None))
        }
        FetchItemName::Rfc822Size => FetchItem::Rfc822Size(mail.size()),
        FetchItemName::Rfc822Text | FetchItemName::Rfc822TextPeek => {
            FetchItem::Rfc822Text(octets(Section::TEXT, None))
        }
        FetchItemName::SaveDate => FetchItem::SaveDate(Some(&message.save_date)),
        FetchItemName::ThreadId => FetchItem::ThreadId(Some(object_id(thread_id(mail), arena)?)),
        FetchItemName::Uid => FetchItem::Uid(message.uid),
        _ => return Err(Reply::bad("this item is not known here")),
    })
}

/// The octets of a section, or of a range of it; nothing if there is no such part.
fn octets<'m>(
    message: &Message,
    section: Section<'m>,
    partial: Option<(u64, u64)>,
    arena: &'m Arena,
) -> Option<IString<'m>> {
    let octets = message.mail.section(&section, partial)?;
    Some(IString(arena.alloc_bytes(&octets)))
}

fn object_id(id: String, arena: &Arena) -> Result<ObjectId<'_>, Reply<'static>> {
    let id = ObjectId::new(arena.alloc_str(&id));
    id.map_err(|_| Reply::no("the message has no identifier"))
}

fn of_fields(text: SectionText<'_>) -> Section<'_> {
    Section {
        text: Some(text),
        ..Section::ALL
    }
}

/// Where a range begins.
fn origin(partial: Option<(u64, u64)>) -> Option<u32> {
    partial.map(|(first, _)| u32::try_from(first).unwrap_or(u32::MAX))
}

/// RFC 3516 4.3: the whole command is refused.
fn refused(error: BinaryError) -> Reply<'static> {
    let text = match error {
        BinaryError::UnknownCte => "the transfer encoding is not known",
        _ => "the contents do not agree with their transfer encoding",
    };
    Reply::no(text).with_code(error.code())
}
