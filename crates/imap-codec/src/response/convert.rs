//! CONVERTED and CONVERSION responses.

use imap_proto::response::{
    BadConversion, Conversion, ConversionError, ConversionFault, Converted, ConvertedItem,
    IncompleteConversion,
};
use imap_proto::{Arena, IString, Malformed, OtherItem, Part, Response, Verbatim};

use crate::command::mailbox::parameters;
use crate::encode::{Encode, Encoder, Reason};
use crate::value::body_structure::{Extension, body};
use crate::value::fetch_item::{binary_data, message_data, origin};
use crate::value::section::section_binary;
use crate::verbatim::{self, Kept};

impl Encode for Converted<'_> {
    /// `"*" SP nz-number SP "CONVERTED" SP convert-correlator SP convert-msg-attrs`
    fn encode(&self, out: &mut Encoder) {
        let start = out.position();
        out.raw(b"* ");
        self.seq.encode(out);
        out.raw(b" CONVERTED (TAG ");
        IString(self.tag.as_bytes()).encode(out);
        out.raw(b") ");
        out.argument("list of items");
        if self.items.is_empty() {
            out.refuse_empty();
        }
        out.list(self.items);
        out.raw(b"\r\n");
        let is_kept = |item| kept(item).is_some();
        if self.items.iter().any(is_kept) && !reads_alike(out.written_from(start), self.items) {
            out.argument("list of items");
            out.refuse(0, Reason::Syntax);
        }
    }
}

/// Whether a response with items that are kept as they came is read as it was meant.
#[cold]
fn reads_alike(line: &[u8], meant: &[ConvertedItem<'_>]) -> bool {
    let arena = Arena::new();
    match Response::parse(line, &arena) {
        Ok(Response::Converted(Converted { items, .. })) => {
            verbatim::reads_alike(items, meant, kept)
        }
        _ => false,
    }
}

/// The name and the value of an item that is kept as it came.
fn kept<'a>(item: &ConvertedItem<'a>) -> Option<Kept<'a>> {
    match item {
        ConvertedItem::Other(OtherItem { name, value })
        | ConvertedItem::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}

impl Encode for ConvertedItem<'_> {
    /// `convert-msg-att`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::AvailableConversions { part, media_types } => {
                of_part(b"AVAILABLECONVERSIONS", part, out);
                or_error(*media_types, out, |media_types, out| {
                    out.raw(b" (");
                    out.list(media_types);
                    out.raw(b")");
                });
            }
            Self::Binary {
                part,
                origin: first,
                data,
            } => {
                of_part(b"BINARY", part, out);
                origin(*first, out);
                or_error(*data, out, |data, out| binary_data(b" ", data, out));
            }
            Self::BinarySize { part, octets } => {
                of_part(b"BINARY.SIZE", part, out);
                or_error(*octets, out, |octets, out| {
                    out.raw(b" ");
                    out.number(octets);
                });
            }
            Self::BodyPartStructure { part, structure } => {
                of_part(b"BODYPARTSTRUCTURE", part, out);
                or_error(*structure, out, |structure, out| {
                    out.argument("body structure");
                    out.raw(b" ");
                    body(structure, Extension::IfAny, out);
                });
            }
            Self::BodySection { section, data } => {
                out.raw(b"BODY");
                section.encode(out);
                or_error(*data, out, |data, out| message_data(b" ", data, out));
            }
            Self::Uid(uid) => {
                out.raw(b"UID ");
                uid.encode(out);
            }
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("item");
                out.verbatim_item(Verbatim::FetchItem, name, value);
            }
            _ => out.refuse_unknown(),
        }
    }
}

/// A name with `section-convert`.
fn of_part(name: &[u8], part: &Part<'_>, out: &mut Encoder) {
    out.raw(name);
    section_binary(part, out);
}

/// What `write` writes, or an error, with the blank in front.
fn or_error<T>(
    result: Result<T, &ConversionError<'_>>,
    out: &mut Encoder,
    write: impl FnOnce(T, &mut Encoder),
) {
    match result {
        Ok(value) => write(value, out),
        Err(error) => {
            out.raw(b" ");
            error.encode(out);
        }
    }
}

impl Encode for ConversionError<'_> {
    /// `converterror-phrase`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(ERROR ");
        out.argument("text");
        self.text.encode(out);
        match self.reason {
            ConversionFault::BadParameters(conversions) => {
                out.raw(b" BADPARAMETERS ");
                some(conversions, out);
            }
            ConversionFault::MissingParameters(conversions) => {
                out.raw(b" MISSINGPARAMETERS ");
                some(conversions, out);
            }
            ConversionFault::TempFail(minutes) => {
                out.raw(b" TEMPFAIL");
                if let Some(minutes) = minutes {
                    out.raw(b" ");
                    out.number(minutes.get().into());
                }
            }
            ConversionFault::Other(OtherItem { name, value }) => {
                out.argument("reason");
                out.raw(b" ");
                out.verbatim_item(Verbatim::Values, name, value);
            }
            _ => out.refuse_unknown(),
        }
        out.raw(b")");
    }
}

/// Conversions with blanks between, one at least.
fn some<T: Encode>(conversions: &[T], out: &mut Encoder) {
    if conversions.is_empty() {
        out.argument("list of conversions");
        out.refuse_empty();
    }
    out.joined(conversions, b" ");
}

impl Encode for BadConversion<'_> {
    /// `(quoted-from-mime-type / nil) SP mimetype-and-params`
    fn encode(&self, out: &mut Encoder) {
        out.or_nil(self.source);
        out.raw(b" ");
        self.target.encode(out);
        parameters(self.parameters, Encode::encode, out);
    }
}

impl Encode for IncompleteConversion<'_> {
    /// `quoted-from-mime-type SP mimetype-and-missing-params`, with a blank in front of the names.
    fn encode(&self, out: &mut Encoder) {
        self.source.encode(out);
        out.raw(b" ");
        self.target.encode(out);
        out.raw(b" ");
        if self.names.is_empty() {
            out.argument("list of parameters");
            out.refuse_empty();
        }
        out.argument("parameter name");
        out.list(self.names);
    }
}

impl Encode for Conversion<'_> {
    /// `"*" SP conversion-data`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* CONVERSION ");
        self.source.encode(out);
        out.raw(b" ");
        self.target.encode(out);
        out.argument("parameter name");
        parameters(self.parameters, Encode::encode, out);
        out.raw(b"\r\n");
    }
}
