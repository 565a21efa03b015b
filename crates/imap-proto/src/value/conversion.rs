//! Conversions between media types.

use super::IString;
use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, sp};

/// How something is to be converted: `"charset" "us-ascii"`.
///
/// [RFC 5259 section 7](https://www.rfc-editor.org/rfc/rfc5259#section-7)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ConversionParameter<'a> {
    /// The name, such as `charset`, `pix-x` or `unknown-character-replacement`, in any case.
    pub name: IString<'a>,
    /// The value.
    pub value: IString<'a>,
}

/// `transcoding-param = transcoding-param-name SP transcoding-param-value`
pub(crate) fn transcoding_param<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<ConversionParameter<'a>> {
    let name = astring(i, cx)?;
    sp(i)?;
    let value = astring(i, cx)?;
    Ok(ConversionParameter { name, value })
}

/// What can be asked for of a converted part, and is answered under the same name.
#[derive(Clone, Copy)]
pub(crate) enum ConvertName {
    AvailableConversions,
    Binary,
    BinarySize,
    Body,
    BodyPartStructure,
    Uid,
}

pub(crate) fn convert_name(name: &[u8]) -> Option<ConvertName> {
    Some(match name {
        b"AVAILABLECONVERSIONS" => ConvertName::AvailableConversions,
        b"BINARY" => ConvertName::Binary,
        b"BINARY.SIZE" => ConvertName::BinarySize,
        b"BODY" => ConvertName::Body,
        b"BODYPARTSTRUCTURE" => ConvertName::BodyPartStructure,
        b"UID" => ConvertName::Uid,
        _ => return None,
    })
}
