//! CONVERTED and CONVERSION responses.

use core::num::NonZeroU32;

use crate::command::quoted_tag;
use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, close, collect, exact_word, fold, istring, list, nil, non_empty_list,
    non_zero, nstring, nstring8, open, opt_sp, parameters, skip_value, sp, taken, word,
};
use crate::value::body_section::origin;
use crate::value::body_structure::body;
use crate::value::conversion::{ConvertName, convert_name, transcoding_param};
use crate::value::fetch_item::{is_item_end, item_word};
use crate::value::fetch_item_lenient::{broken_item, other_item};
use crate::value::media_type::quoted_media_type;
use crate::value::section::{section, section_binary};
use crate::value::size::size;
use crate::value::{
    BodyStructure, ConversionParameter, IString, Malformed, MediaType, OtherItem, Part, Section,
    SeqNum, Tag, Uid,
};

/// What a CONVERT command gave for one message.
///
/// `S: * 2 CONVERTED (TAG "a001") (BINARY[3] {2135}` answers the command with the tag `a001`.
///
/// [RFC 5259 section 8.1](https://www.rfc-editor.org/rfc/rfc5259#section-8.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Converted<'a> {
    /// The sequence number of the message.
    pub seq: SeqNum,
    /// The tag of the command.
    pub tag: Tag<'a>,
    /// The items; at least one, the UID first if it is there.
    pub items: &'a [ConvertedItem<'a>],
}

/// An item of a CONVERTED response; an error stands for what could not be converted.
///
/// [RFC 5259 section 8](https://www.rfc-editor.org/rfc/rfc5259#section-8)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ConvertedItem<'a> {
    /// `AVAILABLECONVERSIONS[part]`: what a part can become.
    AvailableConversions {
        /// Which part; the whole message if it is empty.
        part: Part<'a>,
        /// The media types, in no order.
        media_types: Result<&'a [MediaType<'a>], &'a ConversionError<'a>>,
    },
    /// `BINARY[part]`: a converted part.
    Binary {
        /// Which part; the whole message if it is empty.
        part: Part<'a>,
        /// The 0-based octet that the data begin with, where a range was asked for.
        origin: Option<u32>,
        /// The octets; `NIL` where there is no such part.
        data: Result<Option<IString<'a>>, &'a ConversionError<'a>>,
    },
    /// `BINARY.SIZE[part]`: how large a part is when it is converted.
    BinarySize {
        /// Which part; the whole message if it is empty.
        part: Part<'a>,
        /// The size in octets.
        octets: Result<u64, &'a ConversionError<'a>>,
    },
    /// `BODYPARTSTRUCTURE[part]`: the structure of a converted part.
    BodyPartStructure {
        /// Which part; the whole message if it is empty.
        part: Part<'a>,
        /// The structure.
        structure: Result<BodyStructure<'a>, &'a ConversionError<'a>>,
    },
    /// `BODY[section]`: a header with its encoded words in another charset.
    ///
    /// The examples of the RFC have it, its syntax does not.
    BodySection {
        /// Which header.
        section: Section<'a>,
        /// Its octets; `NIL` where there is no such part.
        data: Result<Option<IString<'a>>, &'a ConversionError<'a>>,
    },
    /// `UID`.
    Uid(Uid),
    /// An item that is not known.
    Other(&'a OtherItem<'a>),
    /// A known item whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

/// Why something could not be converted.
///
/// `(ERROR "no such charset" BADPARAMETERS "text/html" "text/plain" ("charset" "x"))` stands for the
/// value of an item.
///
/// [RFC 5259 section 9](https://www.rfc-editor.org/rfc/rfc5259#section-9)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ConversionError<'a> {
    /// A text for people, in ASCII unless a LANGUAGE command was given.
    pub text: IString<'a>,
    /// What is wrong.
    pub reason: ConversionFault<'a>,
}

/// What is wrong with a conversion.
///
/// [RFC 5259 section 9](https://www.rfc-editor.org/rfc/rfc5259#section-9)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ConversionFault<'a> {
    /// `BADPARAMETERS`: parameters are not known or cannot be met; at least one conversion.
    BadParameters(&'a [BadConversion<'a>]),
    /// `MISSINGPARAMETERS`: parameters are needed; at least one conversion.
    MissingParameters(&'a [IncompleteConversion<'a>]),
    /// `TEMPFAIL`: it may work later, in so many minutes if the server tells.
    TempFail(Option<NonZeroU32>),
    /// Any other, with what follows it as it came.
    Other(&'a OtherItem<'a>),
}

/// A conversion that cannot be done with its parameters.
///
/// [RFC 5259 section 9](https://www.rfc-editor.org/rfc/rfc5259#section-9)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BadConversion<'a> {
    /// What was to be converted; `NIL` where there is no such part.
    pub source: Option<MediaType<'a>>,
    /// What it was to become.
    pub target: MediaType<'a>,
    /// The parameters that are wrong; none where the conversion is not possible at all.
    pub parameters: &'a [ConversionParameter<'a>],
}

/// A conversion that lacks parameters.
///
/// [RFC 5259 section 9](https://www.rfc-editor.org/rfc/rfc5259#section-9)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct IncompleteConversion<'a> {
    /// What was to be converted.
    pub source: MediaType<'a>,
    /// What it was to become.
    pub target: MediaType<'a>,
    /// The names of the parameters that are needed; at least one.
    pub names: &'a [IString<'a>],
}

/// A conversion that the server can do.
///
/// `S: * CONVERSION "image/gif" "image/jpeg" ("pix-y" "pix-x")` has two parameters.
///
/// [RFC 5259 section 5.2](https://www.rfc-editor.org/rfc/rfc5259#section-5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Conversion<'a> {
    /// What can be converted.
    pub source: MediaType<'a>,
    /// What it becomes.
    pub target: MediaType<'a>,
    /// The names of the parameters that the server knows for it.
    pub parameters: &'a [IString<'a>],
}

/// What follows the word CONVERTED.
///
/// ```abnf
/// message-data      =/ nz-number SP "CONVERTED" SP convert-correlator SP convert-msg-attrs
/// convert-correlator = "(" "TAG" SP tag-string ")"
/// convert-msg-attrs  = "(" convert-msg-att *(SP convert-msg-att) ")"
/// ```
pub(super) fn converted<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    seq: SeqNum,
) -> PResult<Converted<'a>> {
    cx.set_rule("CONVERTED response");
    sp(i)?;
    open(i)?;
    exact_word(i, "TAG")?;
    sp(i)?;
    let tag = quoted_tag(i, cx)?;
    close(i)?;
    sp(i)?;
    let items = non_empty_list(i, cx, |i| convert_msg_att(i, cx))?;
    Ok(Converted { seq, tag, items })
}

/// Whether the name of a known item begins here, with something behind it.
fn begins_known_item(mut i: Input<'_>) -> bool {
    let word = item_word(&mut i).unwrap_or_default();
    fold(word, convert_name).is_some() && matches!(i.first(), Some(b' ' | b'['))
}

/// One item.
///
/// ```abnf
/// convert-msg-att     = msg-att-semistat / msg-att-conv-static
/// msg-att-conv-static = "UID" SP uniqueid
/// ```
fn convert_msg_att<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ConvertedItem<'a>> {
    let start = *i;
    let item = match item_word(i).map(|word| fold(word, convert_name)) {
        Ok(Some(name)) => value(i, cx, name),
        Ok(None) => other_item(i, cx, start, begins_known_item).map(ConvertedItem::Other),
        Err(error) => Err(error),
    };
    match item {
        Ok(item) if is_item_end(i) => Ok(item),
        result => {
            let error = result.err();
            let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
            broken_item(i, cx, start, error, "CONVERTED item", begins_known_item)
                .map(ConvertedItem::Malformed)
        }
    }
}

/// The section of an item, and its value.
///
/// ```abnf
/// msg-att-semistat =
///     ("BINARY" section-convert ["<" number ">"] SP (nstring / literal8 / converterror-phrase)) /
///     ("BINARY.SIZE" section-convert SP (number / converterror-phrase)) /
///     ("BODYPARTSTRUCTURE" section-convert SP (body / converterror-phrase)) /
///     ("AVAILABLECONVERSIONS" section-convert SP (mimetype-list / converterror-phrase))
/// section-convert = section-binary
/// ```
fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: ConvertName) -> PResult<ConvertedItem<'a>> {
    Ok(match name {
        ConvertName::AvailableConversions => {
            let part = part(i, cx)?;
            let media_types = or_error(i, cx, |i| mimetype_list(i, cx))?;
            ConvertedItem::AvailableConversions { part, media_types }
        }
        ConvertName::Binary => {
            let part = section_binary(i, cx)?;
            let origin = origin(i, cx)?;
            sp(i)?;
            let data = or_error(i, cx, |i| nstring8(i, cx))?;
            ConvertedItem::Binary { part, origin, data }
        }
        ConvertName::BinarySize => {
            let part = part(i, cx)?;
            let octets = or_error(i, cx, |i| size(i, cx))?;
            ConvertedItem::BinarySize { part, octets }
        }
        ConvertName::Body => {
            let section = section(i, cx)?;
            sp(i)?;
            let data = or_error(i, cx, |i| nstring(i, cx))?;
            ConvertedItem::BodySection { section, data }
        }
        ConvertName::BodyPartStructure => {
            let part = part(i, cx)?;
            let structure = or_error(i, cx, |i| body(i, cx))?;
            ConvertedItem::BodyPartStructure { part, structure }
        }
        ConvertName::Uid => {
            sp(i)?;
            ConvertedItem::Uid(non_zero(i, cx)?)
        }
    })
}

/// `section-convert SP`
fn part<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Part<'a>> {
    let part = section_binary(i, cx)?;
    sp(i)?;
    Ok(part)
}

/// A value, or why there is none; no value begins with `(ERROR`.
fn or_error<'a, T>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    value: impl FnOnce(&mut Input<'a>) -> PResult<T>,
) -> PResult<Result<T, &'a ConversionError<'a>>> {
    match i.first_chunk::<7>() {
        Some(word) if word.eq_ignore_ascii_case(b"(ERROR ") => converterror_phrase(i, cx).map(Err),
        _ => value(i).map(Ok),
    }
}

/// Media types in two pairs of parentheses.
///
/// ```abnf
/// mimetype-list = "(" "(" [quoted-to-mime-type *(SP quoted-to-mime-type)] ")" ")"
/// ```
fn mimetype_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [MediaType<'a>]> {
    open(i)?;
    let media_types = list(i, cx, |i| quoted_media_type(i, cx))?;
    close(i)?;
    Ok(media_types)
}

/// Why there is no value.
///
/// ```abnf
/// converterror-phrase  = "(" "ERROR" SP convert-err-descript SP convert-error-code ")"
/// convert-err-descript = string
/// ```
fn converterror_phrase<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a ConversionError<'a>> {
    open(i)?;
    exact_word(i, "ERROR")?;
    sp(i)?;
    let text = istring(i, cx)?;
    sp(i)?;
    let reason = convert_error_code(i, cx)?;
    close(i)?;
    cx.alloc(i, ConversionError { text, reason })
}

#[derive(Clone, Copy)]
enum FaultName {
    BadParameters,
    MissingParameters,
    TempFail,
}

fn fault_name(name: &[u8]) -> Option<FaultName> {
    Some(match name {
        b"BADPARAMETERS" => FaultName::BadParameters,
        b"MISSINGPARAMETERS" => FaultName::MissingParameters,
        b"TEMPFAIL" => FaultName::TempFail,
        _ => return None,
    })
}

/// What is wrong.
///
/// ```abnf
/// convert-error-code = "TEMPFAIL" [SP nz-number] / bad-params / missing-params
/// bad-params         = "BADPARAMETERS" 1*(SP (quoted-from-mime-type / nil) SP mimetype-and-params)
/// missing-params     = "MISSINGPARAMETERS"
///                      1*(SP quoted-from-mime-type SP mimetype-and-missing-params)
/// ```
fn convert_error_code<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ConversionFault<'a>> {
    let name = word(i)?;
    match fold(name, fault_name) {
        Some(FaultName::BadParameters) => {
            some(i, cx, bad_conversion).map(ConversionFault::BadParameters)
        }
        Some(FaultName::MissingParameters) => {
            some(i, cx, incomplete_conversion).map(ConversionFault::MissingParameters)
        }
        Some(FaultName::TempFail) if opt_sp(i) => {
            let minutes = non_zero(i, cx)?;
            Ok(ConversionFault::TempFail(Some(minutes)))
        }
        Some(FaultName::TempFail) => Ok(ConversionFault::TempFail(None)),
        None => other_fault(i, cx, name),
    }
}

/// `1*(SP element)`
fn some<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    element: fn(&mut Input<'a>, &Context<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    collect(i, cx, |i, first| {
        if !opt_sp(i) {
            return if first {
                fail(i, Expected::Space)
            } else {
                Ok(None)
            };
        }
        element(i, cx).map(Some)
    })
}

/// A conversion and its parameters.
///
/// ```abnf
/// (quoted-from-mime-type / nil) SP mimetype-and-params
/// mimetype-and-params = quoted-to-mime-type [SP "(" transcoding-params ")"]
/// ```
fn bad_conversion<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<BadConversion<'a>> {
    let source = match nil(i) {
        Ok(()) => None,
        Err(_) => Some(quoted_media_type(i, cx)?),
    };
    sp(i)?;
    Ok(BadConversion {
        source,
        target: quoted_media_type(i, cx)?,
        parameters: parameters(i, cx, |i| transcoding_param(i, cx))?,
    })
}

/// A conversion and names of parameters, with a blank in front of them or without as in the syntax.
///
/// ```abnf
/// quoted-from-mime-type SP mimetype-and-missing-params
/// mimetype-and-missing-params = quoted-to-mime-type "(" transcoding-param-names ")"
/// ```
fn incomplete_conversion<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<IncompleteConversion<'a>> {
    let source = quoted_media_type(i, cx)?;
    sp(i)?;
    let target = quoted_media_type(i, cx)?;
    opt_sp(i);
    let names = non_empty_list(i, cx, |i| astring(i, cx))?;
    Ok(IncompleteConversion {
        source,
        target,
        names,
    })
}

/// A code that is not known and has this name, with all values behind it.
fn other_fault<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<ConversionFault<'a>> {
    let start = i.strip_prefix(b" ").unwrap_or(i);
    let mut value = &[][..];
    while opt_sp(i) {
        skip_value(i, cx)?;
        value = taken(start, i);
    }
    cx.alloc(i, OtherItem { name, value })
        .map(ConversionFault::Other)
}

/// What follows the word CONVERSION.
///
/// ```abnf
/// conversion-data = "CONVERSION" SP quoted-from-mime-type SP quoted-to-mime-type
///                   [SP "(" transcoding-param-name *(SP transcoding-param-name) ")"]
/// ```
pub(super) fn conversion_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Conversion<'a>> {
    cx.set_rule("CONVERSION response");
    sp(i)?;
    let source = quoted_media_type(i, cx)?;
    sp(i)?;
    Ok(Conversion {
        source,
        target: quoted_media_type(i, cx)?,
        parameters: parameters(i, cx, |i| astring(i, cx))?,
    })
}
