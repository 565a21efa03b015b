//! GETMETADATA and SETMETADATA.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, fold, non_empty_list, number, one_or_list, other_parameter,
    skip_value, sp, tagged_ext_label, word,
};
use crate::value::mailbox::mailbox;
use crate::value::metadata::entry_values;
use crate::value::{IString, Mailbox, MetadataEntry, OtherItem};

/// `GETMETADATA`: ask for annotations of a mailbox, or of the server.
///
/// `C: a1 GETMETADATA (MAXSIZE 1024) INBOX (/shared/comment /private/comment)` asks for two, unless
/// they are long. The examples of the RFC have the options behind the mailbox; that is read, too.
///
/// [RFC 5464 section 4.2](https://www.rfc-editor.org/rfc/rfc5464#section-4.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GetMetadata<'a> {
    /// Which of them.
    pub options: &'a [MetadataOption<'a>],
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The names of the entries; at least one.
    pub entries: &'a [IString<'a>],
}

/// What narrows or widens the answer to GETMETADATA.
///
/// [RFC 5464 section 4.2.1](https://www.rfc-editor.org/rfc/rfc5464#section-4.2.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MetadataOption<'a> {
    /// `DEPTH`: whether entries below those are meant, too.
    Depth(MetadataDepth),
    /// `MAXSIZE`: only values of this many octets at most.
    MaxSize(u32),
    /// Any other, with its value as it came.
    Other(&'a OtherItem<'a>),
}

/// How far below an entry others are meant, too.
///
/// [RFC 5464 section 4.2.2](https://www.rfc-editor.org/rfc/rfc5464#section-4.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum MetadataDepth {
    /// `0`: the entry only.
    Zero,
    /// `1`: those right below it.
    One,
    /// `infinity`: all below it.
    Infinity,
}

impl MetadataDepth {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "0",
            Self::One => "1",
            Self::Infinity => "infinity",
        }
    }
}

/// `SETMETADATA`: change annotations of a mailbox, or of the server.
///
/// [RFC 5464 section 4.3](https://www.rfc-editor.org/rfc/rfc5464#section-4.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SetMetadata<'a> {
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The annotations; at least one. Those without a value are removed.
    pub entries: &'a [MetadataEntry<'a>],
}

/// What follows the word GETMETADATA.
///
/// ```abnf
/// getmetadata         = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
/// getmetadata         =/ "GETMETADATA" SP mailbox SP getmetadata-options SP entries  ; the examples
/// getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"
/// entries             = entry / "(" entry *(SP entry) ")"
/// ```
pub(super) fn getmetadata<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<GetMetadata<'a>> {
    cx.set_rule("GETMETADATA command");
    let mut options = &[][..];
    let first = at(i, b'(');
    if first {
        options = getmetadata_options(i, cx)?;
        sp(i)?;
    }
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    if !first && list_goes_on(i, cx) {
        options = getmetadata_options(i, cx)?;
        sp(i)?;
    }
    let entries = one_or_list(i, cx, |i| astring(i, cx))?;
    Ok(GetMetadata {
        options,
        mailbox,
        entries,
    })
}

/// Whether a list stands here, and something behind it.
fn list_goes_on(mut i: Input<'_>, cx: &Context<'_>) -> bool {
    let noted = cx.noted();
    let goes_on = at(&i, b'(') && skip_value(&mut i, cx).is_ok() && at(&i, b' ');
    cx.unnote(noted);
    goes_on
}

/// `"(" getmetadata-option *(SP getmetadata-option) ")"`
fn getmetadata_options<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [MetadataOption<'a>]> {
    non_empty_list(i, cx, |i| getmetadata_option(i, cx))
}

/// One option.
///
/// ```abnf
/// getmetadata-option = tagged-ext-label [SP tagged-ext-val]
/// maxsize-opt        = "MAXSIZE" SP number
/// scope-opt          = "DEPTH" SP ("0" / "1" / "infinity")
/// ```
fn getmetadata_option<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<MetadataOption<'a>> {
    let name = tagged_ext_label(i)?;
    if name.eq_ignore_ascii_case(b"MAXSIZE") {
        sp(i)?;
        return number(i).map(MetadataOption::MaxSize);
    }
    if name.eq_ignore_ascii_case(b"DEPTH") {
        sp(i)?;
        let start = *i;
        return match fold(word(i)?, depth) {
            Some(depth) => Ok(MetadataOption::Depth(depth)),
            None => fail(start, Expected::Keyword),
        };
    }
    let other = other_parameter(i, cx, name)?;
    cx.alloc(i, other).map(MetadataOption::Other)
}

fn depth(name: &[u8]) -> Option<MetadataDepth> {
    Some(match name {
        b"0" => MetadataDepth::Zero,
        b"1" => MetadataDepth::One,
        b"INFINITY" => MetadataDepth::Infinity,
        _ => return None,
    })
}

/// `setmetadata = "SETMETADATA" SP mailbox SP entry-values`
pub(super) fn setmetadata<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SetMetadata<'a>> {
    cx.set_rule("SETMETADATA command");
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let entries = entry_values(i, cx)?;
    Ok(SetMetadata { mailbox, entries })
}
