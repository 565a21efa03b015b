//! Body structures.

use imap_proto::{
    BodyExtension, BodyStructure, Disposition, MultiPart, Parameter, PartKind, SinglePart,
};

use crate::encode::{Encode, Encoder, Reason};

/// Which extension data are written.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Extension {
    /// All, as in `BODYSTRUCTURE`.
    All,
    /// Those of parts that have some: `BODY` has none by the book.
    IfAny,
}

impl Encode for BodyStructure<'_> {
    /// `body` with all extension data.
    fn encode(&self, out: &mut Encoder) {
        body(*self, Extension::All, out);
    }
}

impl Encode for SinglePart<'_> {
    /// `body` with all extension data.
    fn encode(&self, out: &mut Encoder) {
        single_part(self, Extension::All, out);
    }
}

impl Encode for MultiPart<'_> {
    /// `body` with all extension data.
    fn encode(&self, out: &mut Encoder) {
        multi_part(self, Extension::All, out);
    }
}

impl Encode for BodyExtension<'_> {
    /// `body-fld-dsp SP body-fld-lang SP body-fld-loc`
    fn encode(&self, out: &mut Encoder) {
        out.or_nil(self.disposition);
        out.raw(b" ");
        out.list_or_nil(self.language);
        out.nstring_behind(b' ', self.location);
    }
}

impl Encode for Disposition<'_> {
    /// `"(" string SP body-fld-param ")"`
    fn encode(&self, out: &mut Encoder) {
        out.string_behind(b'(', self.kind);
        parameters_sp(self.parameters, out);
        out.raw(b")");
    }
}

impl Encode for Parameter<'_> {
    /// `string SP string`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        self.name.encode(out);
        out.string_behind(b' ', self.value);
    }
}

/// `body`
pub(crate) fn body(body: BodyStructure<'_>, extension: Extension, out: &mut Encoder) {
    match body {
        BodyStructure::Single(part) => single_part(part, extension, out),
        BodyStructure::Multi(part) => multi_part(part, extension, out),
    }
}

/// `"(" body-type-1part ")"`
fn single_part(part: &SinglePart<'_>, extension: Extension, out: &mut Encoder) {
    let is_text = part.media_type.eq_ignore_ascii_case("TEXT");
    if is_text != matches!(part.kind, PartKind::Text { .. }) {
        // The media type says how many fields a receiver expects.
        return out.refuse(0, Reason::Syntax);
    }
    out.nested(|out| {
        out.string_behind(b'(', part.media_type);
        out.string_behind(b' ', part.media_subtype);
        body_fields_sp(part, out);
        part_kind(part.kind, extension, out);
        let any = || part.md5.is_some() || part.extension != BodyExtension::default();
        if extension == Extension::All || any() {
            out.nstring_behind(b' ', part.md5);
            out.raw(b" ");
            part.extension.encode(out);
        }
        out.raw(b")");
    });
}

/// `SP body-fields`
fn body_fields_sp(part: &SinglePart<'_>, out: &mut Encoder) {
    parameters_sp(part.parameters, out);
    out.nstring_behind(b' ', part.id);
    out.nstring_behind(b' ', part.description);
    out.string_behind(b' ', part.encoding);
    out.raw(b" ");
    out.number(part.octets.into());
}

/// `SP body-fld-param`
fn parameters_sp(parameters: &[Parameter<'_>], out: &mut Encoder) {
    if parameters.is_empty() {
        return out.raw(b" NIL");
    }
    out.raw(b" ");
    let mut before = b'(';
    for Parameter { name, value } in parameters {
        out.string_behind(before, *name);
        out.string_behind(b' ', *value);
        before = b' ';
    }
    out.raw(b")");
}

/// `[[SP envelope SP body] SP body-fld-lines]`
fn part_kind(kind: PartKind<'_>, extension: Extension, out: &mut Encoder) {
    let lines = match kind {
        PartKind::Basic => return,
        PartKind::Message {
            envelope,
            body: inner,
            lines,
        } => {
            out.raw(b" ");
            envelope.encode(out);
            out.raw(b" ");
            body(inner, extension, out);
            lines
        }
        PartKind::Text { lines } => lines,
    };
    out.raw(b" ");
    out.number(lines);
}

/// `"(" body-type-mpart ")"`
fn multi_part(part: &MultiPart<'_>, extension: Extension, out: &mut Encoder) {
    if part.parts.is_empty() {
        return out.refuse_empty();
    }
    out.nested(|out| {
        out.raw(b"(");
        for inner in part.parts {
            body(*inner, extension, out);
        }
        out.string_behind(b' ', part.media_subtype);
        let any = || !part.parameters.is_empty() || part.extension != BodyExtension::default();
        if extension == Extension::All || any() {
            parameters_sp(part.parameters, out);
            out.raw(b" ");
            part.extension.encode(out);
        }
        out.raw(b")");
    });
}
