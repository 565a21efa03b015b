//! Body structures.
//!
//! [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)

use imap_proto::{
    Arena, BodyExtension, BodyStructure, Disposition, IString, MultiPart, Parameter, PartKind,
    SinglePart,
};

use super::Mail;
use super::envelope::{envelope, string};
use super::field::{field, unfold};
use super::parameter::{ContentType, Parameters, disposition, encoding, languages};
use super::tree::{Entity, Kind};

/// What makes body structures of a message.
pub(super) struct Builder<'a, 'm> {
    pub(super) mail: &'m Mail,
    pub(super) arena: &'a Arena,
    /// Whether `BODYSTRUCTURE` is meant, and not `BODY`.
    pub(super) extended: bool,
}

impl<'a> Builder<'a, '_> {
    /// The structure of an entity; the tree of entities has a limited depth.
    pub(super) fn structure(&self, entity: &Entity) -> BodyStructure<'a> {
        let content = entity.content_type(&self.mail.octets);
        match entity.kind {
            Kind::Multipart => BodyStructure::Multi(self.arena.alloc(self.multi(entity, &content))),
            _ => BodyStructure::Single(self.arena.alloc(self.single(entity, &content))),
        }
    }

    fn multi(&self, entity: &Entity, content: &ContentType) -> MultiPart<'a> {
        let parts = self
            .mail
            .children(entity)
            .map(|child| self.structure(child));
        MultiPart {
            parts: self.arena.alloc_slice(parts),
            media_subtype: self.string(&content.media_subtype),
            parameters: if self.extended {
                self.parameters(&content.parameters)
            } else {
                &[]
            },
            extension: self.extension(entity),
        }
    }

    fn single(&self, entity: &Entity, content: &ContentType) -> SinglePart<'a> {
        let header = entity.header(&self.mail.octets);
        let text = |name| string(header, name, self.arena);
        let encoding = encoding(header).unwrap_or_else(|| b"7bit".to_vec());
        SinglePart {
            media_type: self.string(&content.media_type),
            media_subtype: self.string(&content.media_subtype),
            parameters: self.parameters(&content.parameters),
            id: text("Content-ID"),
            description: text("Content-Description"),
            encoding: self.string(&encoding),
            octets: u32::try_from(entity.body.len()).unwrap_or(u32::MAX),
            kind: self.kind(entity, content),
            md5: text("Content-MD5").filter(|_| self.extended),
            extension: self.extension(entity),
        }
    }

    /// What the media type adds.
    fn kind(&self, entity: &Entity, content: &ContentType) -> PartKind<'a> {
        let body = entity.body(&self.mail.octets);
        let lines = || memchr::memchr_iter(b'\n', body).count() as u64;
        if entity.kind == Kind::Message
            && let Some(message) = self.mail.children(entity).next()
        {
            let header = message.header(&self.mail.octets);
            return PartKind::Message {
                envelope: self.arena.alloc(envelope(header, self.arena)),
                body: self.structure(message),
                lines: lines(),
            };
        }
        if content.is_type("text") {
            return PartKind::Text { lines: lines() };
        }
        PartKind::Basic
    }

    /// The extension data that all kinds have.
    fn extension(&self, entity: &Entity) -> BodyExtension<'a> {
        if !self.extended {
            return BodyExtension::default();
        }
        let header = entity.header(&self.mail.octets);
        let disposition = field(header, "Content-Disposition").and_then(disposition);
        let disposition = disposition.map(|(kind, parameters)| Disposition {
            kind: self.string(&kind),
            parameters: self.parameters(&parameters),
        });
        let languages = field(header, "Content-Language").map(languages);
        let languages = languages.unwrap_or_default();
        let location = field(header, "Content-Location").map(unfold);
        BodyExtension {
            disposition: disposition.map(|disposition| self.arena.alloc(disposition)),
            language: self
                .arena
                .alloc_slice(languages.iter().map(|tag| self.string(tag))),
            location: location.map(|location| self.string(&location)),
        }
    }

    fn parameters(&self, parameters: &Parameters) -> &'a [Parameter<'a>] {
        self.arena
            .alloc_slice(parameters.iter().map(|(name, value)| Parameter {
                name: self.string(name),
                value: self.string(value),
            }))
    }

    fn string(&self, octets: &[u8]) -> IString<'a> {
        IString(self.arena.alloc_bytes(octets))
    }
}
