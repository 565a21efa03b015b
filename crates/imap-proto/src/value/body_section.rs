//! Contents of messages and of their parts, as FETCH responses have them.

use super::section::{section, section_binary};
use super::size::size;
use super::{FetchItem, IString, Part, Section};
use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, at, blanks, byte, nstring, nstring8, number, opt};
use crate::quirks::Quirk;

/// Contents of a message or of a part of it: `BODY[section]<origin> data`.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BodySection<'a> {
    /// What of the message.
    pub section: Section<'a>,
    /// The 0-based octet that the data begin with, where a range was asked for.
    pub origin: Option<u32>,
    /// The octets; `NIL` where there is no such part.
    pub data: Option<IString<'a>>,
}

/// A part of a message without its transfer encoding: `BINARY[part]<origin> data`.
///
/// `S: * 3 FETCH (BINARY[1.2] ~{3}CRLF a NUL b)` has three octets of the part 1.2.
///
/// [RFC 3516 section 4.2](https://www.rfc-editor.org/rfc/rfc3516#section-4.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BinarySection<'a> {
    /// Which part; the whole message if it is empty.
    pub part: Part<'a>,
    /// The 0-based octet that the data begin with, where a range was asked for.
    pub origin: Option<u32>,
    /// The octets; `NIL` where there is no such part.
    pub data: Option<IString<'a>>,
}

/// How large a part of a message is without its transfer encoding: `BINARY.SIZE[part] octets`.
///
/// [RFC 3516 section 4.2](https://www.rfc-editor.org/rfc/rfc3516#section-4.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BinarySize<'a> {
    /// Which part; the whole message if it is empty.
    pub part: Part<'a>,
    /// The size in octets.
    pub octets: u64,
}

/// `"BODY" section ["<" number ">"] SP nstring`, the word being taken.
#[inline]
pub(super) fn body_section<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<FetchItem<'a>> {
    let section = section(i, cx)?;
    let origin = origin(i, cx)?;
    blanks(i, cx)?;
    let data = nstring(i, cx)?;
    cx.alloc(
        i,
        BodySection {
            section,
            origin,
            data,
        },
    )
    .map(FetchItem::BodySection)
}

/// `["<" number ">"]`
#[inline]
pub(crate) fn origin(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<u32>> {
    if !opt(i, b'<') {
        return Ok(None);
    }
    let origin = number(i)?;
    if at(i, b'.') {
        // quirk: OriginWithLength
        cx.forgive_or(i, Quirk::OriginWithLength, Expected::Section)?;
        opt(i, b'.');
        number(i)?;
    }
    byte(i, b'>', Expected::Section)?;
    Ok(Some(origin))
}

/// `section-binary ["<" number ">"] SP (nstring / literal8)`
pub(super) fn binary<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a BinarySection<'a>> {
    let part = section_binary(i, cx)?;
    let origin = origin(i, cx)?;
    blanks(i, cx)?;
    let data = nstring8(i, cx)?;
    cx.alloc(i, BinarySection { part, origin, data })
}

/// `section-binary SP number`
pub(super) fn binary_size<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a BinarySize<'a>> {
    let part = section_binary(i, cx)?;
    blanks(i, cx)?;
    let octets = size(i, cx)?;
    cx.alloc(i, BinarySize { part, octets })
}
