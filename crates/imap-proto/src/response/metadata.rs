//! METADATA responses and response codes.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, at, fold, number, sp, sp_separated, word};
use crate::value::mailbox::mailbox;
use crate::value::metadata::entry_values;
use crate::value::{IString, Mailbox, MetadataEntry};

/// Annotations of a mailbox, or of the server.
///
/// [RFC 5464 section 4.4](https://www.rfc-editor.org/rfc/rfc5464#section-4.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Metadata<'a> {
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The annotations.
    pub entries: MetadataEntries<'a>,
}

/// What a METADATA response tells.
///
/// [RFC 5464 section 4.4](https://www.rfc-editor.org/rfc/rfc5464#section-4.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum MetadataEntries<'a> {
    /// The names of entries that have changed: `* METADATA "" /shared/comment`.
    Changed(&'a [IString<'a>]),
    /// What was asked for: `* METADATA "" (/shared/comment "My comment")`.
    Values(&'a [MetadataEntry<'a>]),
}

/// What a response code says about annotations.
///
/// [RFC 5464 section 4.3](https://www.rfc-editor.org/rfc/rfc5464#section-4.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MetadataCode {
    /// `LONGENTRIES`: some values were left out; the longest has this many octets.
    LongEntries(u32),
    /// `MAXSIZE`: the value is too long; this many octets are allowed.
    MaxSize(u32),
    /// `NOPRIVATE`: there are no private annotations.
    NoPrivate,
    /// `TOOMANY`: there are too many annotations already.
    TooMany,
}

/// What follows the word METADATA.
///
/// ```abnf
/// metadata-resp = "METADATA" SP mailbox SP (entry-values / entry-list)
/// entry-list    = entry *(SP entry)
/// ```
pub(super) fn metadata_resp<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Metadata<'a>> {
    cx.set_rule("METADATA response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    let entries = if i.starts_with(b" (") {
        sp(i)?;
        MetadataEntries::Values(entry_values(i, cx)?)
    } else {
        MetadataEntries::Changed(changed_entries(i, cx)?)
    };
    Ok(Metadata { mailbox, entries })
}

/// `SP entry *(SP entry)`
pub(super) fn changed_entries<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [IString<'a>]> {
    if !at(i, b' ') {
        return fail(i, Expected::Space);
    }
    match sp_separated(i, cx, |i| astring(i, cx))? {
        [] => fail(i, Expected::StringOrAtom),
        entries => Ok(entries),
    }
}

/// The value of the code METADATA.
///
/// ```abnf
/// resp-text-code =/ "METADATA" SP "LONGENTRIES" SP number
/// resp-text-code =/ "METADATA" SP ("MAXSIZE" SP number / "TOOMANY" / "NOPRIVATE")
/// ```
pub(super) fn metadata_code(i: &mut Input<'_>) -> PResult<MetadataCode> {
    let start = *i;
    let name = word(i)?;
    let Some(code) = fold(name, code_name) else {
        return fail(start, Expected::Keyword);
    };
    Ok(match code {
        MetadataCode::LongEntries(_) => {
            sp(i)?;
            MetadataCode::LongEntries(number(i)?)
        }
        MetadataCode::MaxSize(_) => {
            sp(i)?;
            MetadataCode::MaxSize(number(i)?)
        }
        plain => plain,
    })
}

/// The code of a name, without its number.
fn code_name(name: &[u8]) -> Option<MetadataCode> {
    Some(match name {
        b"LONGENTRIES" => MetadataCode::LongEntries(0),
        b"MAXSIZE" => MetadataCode::MaxSize(0),
        b"NOPRIVATE" => MetadataCode::NoPrivate,
        b"TOOMANY" => MetadataCode::TooMany,
        _ => return None,
    })
}
