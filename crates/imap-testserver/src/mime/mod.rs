//! Messages as the server sees them: envelope, structure, sections, decoded contents.

mod address;
mod binary;
mod date;
mod encode;
mod envelope;
mod field;
mod lexer;
mod parameter;
mod section;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use std::sync::OnceLock;

use bytes::Bytes;
use imap_proto::{Address, Arena, BodyStructure, Envelope, Part, Section};
use sha2::{Digest as _, Sha256};

pub use self::binary::BinaryError;
pub(crate) use self::date::SentDate;
pub(crate) use self::encode::with_encoded_parts;
pub(crate) use self::field::{field, fields};
pub(crate) use self::text::decode_words;
use self::tree::{Entity, Kind};

/// A message, of which it is known where its parts are.
///
/// Any octets are a message. What is not in the form of RFC 5322 and MIME is taken for text; parts more
/// than 50 levels deep, or behind the first 10,000, are not looked into.
///
/// # Example
///
/// ```
/// use imap_proto::{Address, Arena, Section};
/// use imap_testserver::mime::Mail;
///
/// let mail = Mail::new("From: Ann <ann@example.org>\r\n\r\nHello.\r\n");
/// let arena = Arena::new();
/// assert_eq!(mail.envelope(&arena).from[0].name.unwrap(), "Ann");
/// assert_eq!(mail.section(&Section::TEXT, Some((0, 5))).unwrap(), "Hello");
/// ```
#[derive(Clone, Debug)]
pub struct Mail {
    octets: Bytes,
    /// The first is the message itself.
    entities: Vec<Entity>,
    email_id: OnceLock<String>,
}

impl Mail {
    /// Finds the parts of a message.
    pub fn new(octets: impl Into<Bytes>) -> Self {
        let octets = octets.into();
        let entities = tree::entities(&octets);
        Self {
            octets,
            entities,
            email_id: OnceLock::new(),
        }
    }

    /// The message as it came.
    pub const fn octets(&self) -> &Bytes {
        &self.octets
    }

    /// Its size in octets, `RFC822.SIZE`.
    pub fn size(&self) -> u64 {
        self.octets.len() as u64
    }

    /// `ENVELOPE`.
    ///
    /// Where an address lacks a part, it says `MISSING_MAILBOX` or `MISSING_DOMAIN`, since `NIL` would
    /// mean a group.
    ///
    /// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
    pub fn envelope<'a>(&self, arena: &'a Arena) -> Envelope<'a> {
        envelope::envelope(self.header(), arena)
    }

    /// `BODYSTRUCTURE`, or `BODY` if it is not extended.
    ///
    /// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
    pub fn body_structure<'a>(&self, arena: &'a Arena, extended: bool) -> BodyStructure<'a> {
        let builder = structure::Builder {
            mail: self,
            arena,
            extended,
        };
        builder.structure(self.root())
    }

    /// `BODY[section]<first.count>`; nothing if there is no such part.
    ///
    /// Octets NUL are replaced, since only BINARY may have them.
    ///
    /// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
    pub fn section(&self, section: &Section<'_>, partial: Option<(u64, u64)>) -> Option<Bytes> {
        let octets = section::section(self, section)?;
        Some(section::without_nul(section::range(&octets, partial)))
    }

    /// `BINARY[part]<first.count>`; nothing if there is no such part.
    ///
    /// The whole message, and messages and multiparts in it, are given as they are.
    ///
    /// # Errors
    ///
    /// If the contents cannot be decoded.
    ///
    /// [RFC 3516 section 4.2](https://www.rfc-editor.org/rfc/rfc3516#section-4.2)
    pub fn binary(
        &self,
        part: Part<'_>,
        partial: Option<(u64, u64)>,
    ) -> Result<Option<Bytes>, BinaryError> {
        if part.0.is_empty() {
            return Ok(Some(section::range(&self.octets, partial)));
        }
        let Some(entity) = section::part(self, part.0) else {
            return Ok(None);
        };
        let octets = binary::decoded(self, entity)?;
        Ok(Some(section::range(&octets, partial)))
    }

    /// `PREVIEW`: at most 200 characters of the text; empty if there is none.
    ///
    /// [RFC 8970 section 3.2](https://www.rfc-editor.org/rfc/rfc8970#section-3.2)
    pub fn preview(&self) -> String {
        text::preview(self)
    }

    /// `EMAILID`: the same for the same octets.
    ///
    /// [RFC 8474 section 5.1](https://www.rfc-editor.org/rfc/rfc8474#section-5.1)
    pub fn email_id(&self) -> String {
        let email_id = || object_id('M', &self.octets);
        self.email_id.get_or_init(email_id).clone()
    }

    /// The header, with the empty line behind it if there is one.
    pub fn header(&self) -> &[u8] {
        self.root().header(&self.octets)
    }

    /// The addresses of all fields with this name, groups included.
    pub(crate) fn addresses<'a>(&self, name: &str, arena: &'a Arena) -> &'a [Address<'a>] {
        envelope::address_list(self.header(), name, arena)
    }

    /// The date and time of the `Date` field.
    pub(crate) fn sent_date(&self) -> Option<SentDate> {
        SentDate::parse(field(self.header(), "Date")?)
    }

    /// The text of each part that has some, decoded; those of attached messages too.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> + '_ {
        let entities = self.entities.iter();
        entities.filter_map(|entity| text::text(self, entity))
    }

    /// The headers of the message, of its parts, and of attached messages.
    pub(crate) fn headers(&self) -> impl Iterator<Item = &[u8]> {
        let entities = self.entities.iter();
        entities.map(|entity| entity.header(&self.octets))
    }

    fn root(&self) -> &Entity {
        self.entities.first().unwrap_or(&NOTHING)
    }

    fn children(&self, entity: &Entity) -> impl Iterator<Item = &Entity> {
        let children = entity.children.iter();
        children.filter_map(|child| self.entities.get(*child))
    }
}

/// An identifier for what these octets say, with a letter for its kind.
pub(crate) fn object_id(kind: char, octets: &[u8]) -> String {
    let digest = Sha256::digest(octets);
    let digits = digest.iter().take(16).map(|b| format!("{b:02x}"));
    std::iter::once(kind.to_string()).chain(digits).collect()
}

/// What a message would be that has not even itself.
static NOTHING: Entity = Entity {
    header: 0..0,
    body: 0..0,
    kind: Kind::Leaf,
    children: Vec::new(),
    in_digest: false,
};
