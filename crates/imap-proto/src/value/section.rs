//! Sections: which part of a message, and what of it.

use core::fmt;
use core::fmt::Write as _;
use core::num::NonZeroU32;

use super::IString;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, byte, collect, fold, non_empty_list, non_zero, opt, run, sp,
};

/// The place of a part in the MIME structure of a message: the 1-based numbers on the way down.
///
/// `C: a1 FETCH 3 BODY[2.1]` asks for the first part of the second part. No numbers stand for the
/// whole message.
///
/// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
#[derive(Clone, Copy, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Part<'a>(pub &'a [NonZeroU32]);

/// What comes between the brackets of `BODY[...]`.
///
/// `BODY[1.2.HEADER.FIELDS (DATE FROM)]` has the part `1.2` and the text
/// [`HeaderFields`](SectionText::HeaderFields); `BODY[]` has neither.
///
/// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Section<'a> {
    /// Which part.
    pub part: Part<'a>,
    /// What of it; the contents of the part if nothing is said.
    pub text: Option<SectionText<'a>>,
}

/// What of a part or a message is meant.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SectionText<'a> {
    /// `HEADER`: all header fields.
    Header,
    /// `HEADER.FIELDS (...)`: the header fields with these names.
    HeaderFields(&'a [IString<'a>]),
    /// `HEADER.FIELDS.NOT (...)`: the header fields without these names.
    HeaderFieldsNot(&'a [IString<'a>]),
    /// `MIME`: the MIME header of the part. Needs a part.
    Mime,
    /// `TEXT`: the body without the header.
    Text,
}

impl<'a> Section<'a> {
    /// `[]`: the whole message.
    pub const ALL: Section<'static> = Section {
        part: Part(&[]),
        text: None,
    };
    /// `[HEADER]`: the header of the message.
    pub const HEADER: Section<'static> = Section {
        part: Part(&[]),
        text: Some(SectionText::Header),
    };
    /// `[TEXT]`: the body of the message.
    pub const TEXT: Section<'static> = Section {
        part: Part(&[]),
        text: Some(SectionText::Text),
    };

    /// The contents of a part: `[1.2]`.
    pub const fn part(part: Part<'a>) -> Self {
        Self { part, text: None }
    }
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, number) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_char('.')?;
            }
            fmt::Display::fmt(number, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({self})")
    }
}

/// A text that is no part number such as `1.2.3`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PartError {
    /// Octets in front of the place where a number or a dot was expected.
    pub offset: usize,
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected part numbers such as `1.2.3`, stopped at byte {}",
            self.offset
        )
    }
}

impl core::error::Error for PartError {}

/// A section with its brackets.
///
/// ```abnf
/// section          = "[" [section-spec] "]"
/// section-spec     = section-msgtext / (section-part ["." section-text])
/// section-msgtext  = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
/// section-text     = section-msgtext / "MIME"
/// ```
#[inline]
pub(crate) fn section<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Section<'a>> {
    byte(i, b'[', Expected::OpenBracket)?;
    if opt(i, b']') {
        return Ok(Section::ALL);
    }
    let (part, more) = section_part(i, cx)?;
    let text_start = *i;
    let text = if more {
        Some(section_text(i, cx)?)
    } else {
        None
    };
    if part.0.is_empty() && text == Some(SectionText::Mime) {
        return fail(text_start, Expected::Section);
    }
    byte(i, b']', Expected::CloseBracket)?;
    Ok(Section { part, text })
}

/// `section-binary = "[" [section-part] "]"`; RFC 3516
pub(crate) fn section_binary<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Part<'a>> {
    byte(i, b'[', Expected::OpenBracket)?;
    let (part, more) = section_part(i, cx)?;
    if more && !part.0.is_empty() {
        return fail(i, Expected::NonZeroNumber);
    }
    byte(i, b']', Expected::CloseBracket)?;
    Ok(part)
}

/// `section-part = nz-number *("." nz-number)`, and whether a text follows.
fn section_part<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<(Part<'a>, bool)> {
    let mut more = true;
    let numbers = collect(i, cx, |i, _| {
        if !more || !matches!(i.first(), Some(b'0'..=b'9')) {
            return Ok(None);
        }
        let number = non_zero(i, cx)?;
        more = opt(i, b'.');
        Ok(Some(number))
    })?;
    Ok((Part(numbers), more))
}

fn section_text<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SectionText<'a>> {
    let start = *i;
    let name = run(i, |b| b.is_ascii_alphabetic() || b == b'.');
    let fields: fn(_) -> _ = match fold(name, section_text_name) {
        Some(Name::Plain(text)) => return Ok(text),
        Some(Name::Fields) => SectionText::HeaderFields,
        Some(Name::FieldsNot) => SectionText::HeaderFieldsNot,
        None => return fail(start, Expected::Section),
    };
    sp(i)?;
    header_list(i, cx).map(fields)
}

/// `header-list = "(" header-fld-name *(SP header-fld-name) ")"`
pub(super) fn header_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [IString<'a>]> {
    non_empty_list(i, cx, |i| astring(i, cx))
}

enum Name {
    Plain(SectionText<'static>),
    Fields,
    FieldsNot,
}

fn section_text_name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"HEADER" => Name::Plain(SectionText::Header),
        b"TEXT" => Name::Plain(SectionText::Text),
        b"MIME" => Name::Plain(SectionText::Mime),
        b"HEADER.FIELDS" => Name::Fields,
        b"HEADER.FIELDS.NOT" => Name::FieldsNot,
        _ => return None,
    })
}

impl<'a> Part<'a> {
    /// Reads numbers with dots between into the arena.
    ///
    /// ```
    /// use imap_proto::{Arena, Part};
    ///
    /// let arena = Arena::new();
    /// assert_eq!(Part::parse("1.2.3", &arena)?.to_string(), "1.2.3");
    /// assert!(Part::parse("1.0", &arena).is_err());
    /// # Ok::<(), imap_proto::PartError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not of that form.
    pub fn parse(text: &str, arena: &'a crate::Arena) -> Result<Self, PartError> {
        let mut offset = 0;
        let mut numbers = alloc::vec::Vec::new();
        for digits in text.split('.') {
            let digits_only = digits.bytes().all(|b| b.is_ascii_digit());
            let number = digits.parse().ok().filter(|_| digits_only);
            numbers.push(number.ok_or(PartError { offset })?);
            offset += digits.len() + 1;
        }
        Ok(Self(arena.alloc_slice(numbers)))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString as _};

    use super::*;
    use crate::Arena;
    use crate::lexeme::testing::{lenient, strict};

    fn shown<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        section(i, cx).map(|section| format!("{} {:?}", section.part, section.text))
    }

    #[test]
    fn ok_sections() {
        for (input, shown_as) in [
            ("[]x", " None|x"),
            ("[1]", "1 None|"),
            ("[1.2.34]", "1.2.34 None|"),
            ("[header]", " Some(Header)|"),
            ("[TEXT]", " Some(Text)|"),
            ("[1.MIME]", "1 Some(Mime)|"),
            ("[1.2.TEXT]", "1.2 Some(Text)|"),
            (
                "[HEADER.FIELDS (a \"b c\")]",
                " Some(HeaderFields([\"a\", \"b c\"]))|",
            ),
            (
                "[3.HEADER.FIELDS.NOT (a)]",
                "3 Some(HeaderFieldsNot([\"a\"]))|",
            ),
        ] {
            assert_eq!(strict(input.as_bytes(), shown), shown_as);
        }
    }

    #[test]
    fn err_what_is_no_section() {
        for (input, error) in [
            ("", "expected `[` at byte 0 of response"),
            ("[", "expected section at byte 1 of response"),
            ("[MIME]", "expected section at byte 1 of response"),
            ("[X]", "expected section at byte 1 of response"),
            ("[1.]", "expected section at byte 3 of response"),
            ("[1..2]", "expected section at byte 3 of response"),
            ("[1TEXT]", "expected `]` at byte 2 of response"),
            (
                "[0]",
                "expected number that is not zero at byte 1 of response",
            ),
            (
                "[1.4294967296]",
                "expected number in range at byte 3 of response",
            ),
            ("[TEXT", "expected `]` at byte 5 of response"),
            ("[HEADER.FIELDS]", "expected space at byte 14 of response"),
        ] {
            assert_eq!(lenient(input.as_bytes(), shown), error, "{input}");
        }
    }

    #[test]
    fn ok_part_numbers_from_text() {
        let arena = Arena::new();
        assert_eq!(Part::parse("1.20.3", &arena).unwrap().to_string(), "1.20.3");
    }

    #[test]
    fn err_part_numbers_with_their_offset() {
        let arena = Arena::new();
        for (text, offset) in [
            ("", 0),
            ("0", 0),
            ("1.", 2),
            ("1.x", 2),
            ("1.2.+3", 4),
            (".1", 0),
        ] {
            assert_eq!(
                Part::parse(text, &arena).unwrap_err().offset,
                offset,
                "{text:?}"
            );
        }
        assert_eq!(
            Part::parse("1.x", &arena).unwrap_err().to_string(),
            "expected part numbers such as `1.2.3`, stopped at byte 2"
        );
    }
}
