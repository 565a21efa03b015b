//! The parts of a body structure: their numbers, and which of them are text or attachments.

use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use super::{
    BodyExtension, BodyStructure, Disposition, IString, MultiPart, Parameter, Part, PartKind,
    SinglePart,
};

/// A part number that owns its numbers.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PartBuf(Vec<NonZeroU32>);

impl PartBuf {
    /// The part number, as a [`Section`](crate::Section) wants it.
    pub fn as_part(&self) -> Part<'_> {
        Part(&self.0)
    }
}

impl From<Part<'_>> for PartBuf {
    fn from(part: Part<'_>) -> Self {
        Self(part.0.to_vec())
    }
}

impl fmt::Display for PartBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_part().fmt(f)
    }
}

/// One part of a message: where it is, and what.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct BodyPart<'a> {
    /// Its number. The multipart that is the body of a message has that of the message, which is
    /// empty for the whole message.
    pub number: PartBuf,
    /// Its structure.
    pub structure: BodyStructure<'a>,
}

/// The name of a file, as the header of a part has it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FileName<'a> {
    /// The value of `filename*` or `name*`, undecoded: `utf-8'en'caf%C3%A9.txt`.
    ///
    /// [RFC 2231 section 4](https://www.rfc-editor.org/rfc/rfc2231#section-4)
    Extended(IString<'a>),
    /// The value of `filename` or `name`, often with encoded words of RFC 2047.
    Plain(IString<'a>),
}

impl<'a> BodyStructure<'a> {
    /// All parts, each in front of those inside it, with their numbers.
    ///
    /// A message that is no multipart is its own part 1, and so is the body of an attached message.
    ///
    /// # Example
    ///
    /// ```
    /// use imap_proto::{Arena, Response};
    ///
    /// let arena = Arena::new();
    /// let frame = b"* 1 FETCH (BODY ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)\
    ///     (\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 9) \"MIXED\"))\r\n";
    /// let Ok(Response::Fetch(fetch)) = Response::parse(frame, &arena) else {
    ///     panic!();
    /// };
    /// let parts = fetch.body_structure().into_iter().flat_map(|body| body.parts());
    /// let shown: Vec<_> = parts
    ///     .map(|part| format!("{} {}", part.number, part.structure.media_subtype()))
    ///     .collect();
    /// assert_eq!(shown, [" MIXED", "1 PLAIN", "2 PNG"]);
    /// ```
    ///
    /// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
    pub fn parts(self) -> BodyParts<'a> {
        let mut parts = BodyParts {
            levels: Vec::new(),
            next: None,
            into_messages: true,
        };
        parts.enter_message(self);
        parts
    }

    /// The text that a reader is most likely to want: the first plain one that is no attachment, else
    /// the first in HTML, else the first of any kind. Attached messages are not looked into.
    pub fn find_text(self) -> Option<BodyPart<'a>> {
        let texts = || {
            let parts = self.parts().without_messages();
            parts.filter(|part| part.structure.is_text() && !part.structure.is_attachment())
        };
        let kind = |subtype| texts().find(|part| part.structure.is_media_type("TEXT", subtype));
        kind("PLAIN")
            .or_else(|| kind("HTML"))
            .or_else(|| texts().next())
    }

    /// The parts that are attachments, without those of attached messages.
    pub fn attachments(self) -> impl Iterator<Item = BodyPart<'a>> + use<'a> {
        let parts = self.parts().without_messages();
        parts.filter(|part| part.structure.is_attachment())
    }

    /// Whether this is a `multipart` of some kind.
    pub fn is_multipart(&self) -> bool {
        matches!(self, Self::Multi(_))
    }

    /// Whether this is an attachment: its disposition says so, or it has the name of a file and is not
    /// to be shown inline.
    pub fn is_attachment(&self) -> bool {
        let is = |kind| {
            self.disposition()
                .map(|d| d.kind.eq_ignore_ascii_case(kind))
        };
        let named = is("INLINE") != Some(true) && self.file_name().is_some();
        !self.is_multipart() && (is("ATTACHMENT") == Some(true) || named)
    }

    /// Whether this is of a media type, all letters in any case.
    pub fn is_media_type(&self, media_type: &str, media_subtype: &str) -> bool {
        self.media_type().eq_ignore_ascii_case(media_type)
            && self.media_subtype().eq_ignore_ascii_case(media_subtype)
    }

    /// The media type: `TEXT`, `MULTIPART`, in any case.
    pub fn media_type(&self) -> IString<'a> {
        match self {
            Self::Single(SinglePart { media_type, .. }) => *media_type,
            Self::Multi(_) => IString(b"MULTIPART"),
        }
    }

    /// The media subtype: `PLAIN`, `MIXED`, in any case.
    pub fn media_subtype(&self) -> IString<'a> {
        match self {
            Self::Single(SinglePart { media_subtype, .. })
            | Self::Multi(MultiPart { media_subtype, .. }) => *media_subtype,
        }
    }

    /// The parameters of `Content-Type`.
    pub fn parameters(&self) -> &'a [Parameter<'a>] {
        match self {
            Self::Single(SinglePart { parameters, .. })
            | Self::Multi(MultiPart { parameters, .. }) => parameters,
        }
    }

    /// The charset of a text, from the parameter of that name.
    pub fn charset(&self) -> Option<IString<'a>> {
        find(self.parameters(), "CHARSET")
    }

    /// The rest of the extension data.
    pub fn extension(&self) -> BodyExtension<'a> {
        match self {
            Self::Single(SinglePart { extension, .. })
            | Self::Multi(MultiPart { extension, .. }) => *extension,
        }
    }

    /// The disposition.
    pub fn disposition(&self) -> Option<&'a Disposition<'a>> {
        self.extension().disposition
    }

    /// The name of the file, from the disposition or else from the parameters of the type.
    ///
    /// A name in several pieces, `filename*0` and so on, is not put together.
    pub fn file_name(&self) -> Option<FileName<'a>> {
        let of_disposition = self.disposition().map(|d| d.parameters);
        let of_disposition = of_disposition.unwrap_or_default();
        name(of_disposition, "FILENAME*", "FILENAME")
            .or_else(|| name(self.parameters(), "NAME*", "NAME"))
    }

    fn is_text(&self) -> bool {
        matches!(self, Self::Single(part) if matches!(part.kind, PartKind::Text { .. }))
    }
}

/// An iterator over the parts of a message, from [`BodyStructure::parts`].
///
/// It needs memory for one number on each level of nesting, of which a parser allows a limited count.
#[derive(Clone, Debug)]
pub struct BodyParts<'a> {
    levels: Vec<Level<'a>>,
    next: Option<BodyStructure<'a>>,
    into_messages: bool,
}

/// The parts inside a part: how many have been reached, and those that have not.
#[derive(Clone, Debug)]
struct Level<'a> {
    reached: u32,
    rest: &'a [BodyStructure<'a>],
}

impl<'a> BodyParts<'a> {
    /// The same without what is inside attached messages. The messages themselves stay.
    #[must_use]
    pub fn without_messages(mut self) -> Self {
        self.into_messages = false;
        self
    }

    /// Goes to the body of a message, whose number is that of the levels.
    fn enter_message(&mut self, body: BodyStructure<'a>) {
        if !body.is_multipart() {
            self.levels.push(Level {
                reached: 1,
                rest: &[],
            });
        }
        self.next = Some(body);
    }

    /// Goes to the next part of the innermost level that has one.
    fn advance(&mut self) -> Option<BodyStructure<'a>> {
        loop {
            let level = self.levels.last_mut()?;
            if let Some((part, rest)) = level.rest.split_first() {
                level.reached = level.reached.saturating_add(1);
                level.rest = rest;
                return Some(*part);
            }
            self.levels.pop();
        }
    }
}

impl<'a> Iterator for BodyParts<'a> {
    type Item = BodyPart<'a>;

    fn next(&mut self) -> Option<BodyPart<'a>> {
        let structure = match self.next.take() {
            Some(structure) => structure,
            None => self.advance()?,
        };
        let numbers = self.levels.iter().map(|level| level.reached);
        let number = PartBuf(numbers.filter_map(NonZeroU32::new).collect());
        match structure {
            BodyStructure::Multi(multi) => self.levels.push(Level {
                reached: 0,
                rest: multi.parts,
            }),
            BodyStructure::Single(part) => {
                if let PartKind::Message { body, .. } = part.kind
                    && self.into_messages
                {
                    self.enter_message(body);
                }
            }
        }
        Some(BodyPart { number, structure })
    }
}

/// The value of a parameter.
fn find<'a>(parameters: &[Parameter<'a>], name: &str) -> Option<IString<'a>> {
    let mut all = parameters.iter();
    all.find(|parameter| parameter.name.eq_ignore_ascii_case(name))
        .map(|parameter| parameter.value)
}

/// The name of a file, from the parameter with charset or else from the one without.
fn name<'a>(parameters: &[Parameter<'a>], extended: &str, plain: &str) -> Option<FileName<'a>> {
    find(parameters, extended)
        .map(FileName::Extended)
        .or_else(|| find(parameters, plain).map(FileName::Plain))
}
