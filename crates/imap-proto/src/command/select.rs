//! SELECT and EXAMINE.

use crate::error::PResult;
use crate::lexeme::{
    Context, Input, close, fold, mod_sequence_value, non_zero, open, opt_sp, other_parameter,
    parameters, sp, tagged_ext_label,
};
use crate::value::mailbox::mailbox;
use crate::value::sequence_set::{known_set, uid_set};
use crate::value::{Mailbox, OtherItem, SequenceSet, UidSet, UidValidity};

/// `SELECT`: select a mailbox for reading and writing.
///
/// [RFC 9051 section 6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Select<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
    /// How; mostly nothing.
    pub parameters: &'a [SelectParameter<'a>],
}

/// `EXAMINE`: select a mailbox for reading only.
///
/// [RFC 9051 section 6.3.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Examine<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
    /// How; mostly nothing.
    pub parameters: &'a [SelectParameter<'a>],
}

/// A parameter of SELECT or EXAMINE.
///
/// `C: A02 SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))` has
/// [`SelectParameter::QResync`].
///
/// [RFC 4466 section 2.1](https://www.rfc-editor.org/rfc/rfc4466#section-2.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SelectParameter<'a> {
    /// `ANNOTATE`: the server may tell of annotations that change, RFC 5257.
    Annotate,
    /// `CONDSTORE`: use modification sequences from here on,
    /// [RFC 7162 section 3.1.8](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.8).
    CondStore,
    /// `QRESYNC`: tell what has changed since the mailbox was selected last.
    QResync(&'a QResync<'a>),
    /// `UTF8`: give headers in UTF-8, RFC 5738; obsolete.
    Utf8,
    /// A parameter that is not known.
    Other(&'a OtherItem<'a>),
}

/// What a client knows of a mailbox that it selects again.
///
/// `QRESYNC (67890007 90060115194045000 41:211 (41 41))` has the UIDVALIDITY 67890007, the modification
/// sequence 90060115194045000, the UIDs 41 to 211, and says that message 41 has the UID 41.
///
/// [RFC 7162 section 3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct QResync<'a> {
    /// The UIDVALIDITY; where it has changed the server ignores the rest.
    pub uid_validity: UidValidity,
    /// The highest modification sequence; not 0.
    pub mod_seq: u64,
    /// The UIDs that the client knows; all up to the highest one if nothing is said.
    pub known_uids: Option<UidSet<'a>>,
    /// Some sequence numbers with their UIDs, for servers that do not keep what was expunged.
    pub seq_match: Option<SeqMatch<'a>>,
}

/// Sequence numbers and the UIDs that belong to them, both ascending.
///
/// [RFC 7162 section 3.2.5.2](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SeqMatch<'a> {
    /// The sequence numbers.
    pub seqs: SequenceSet<'a>,
    /// As many UIDs.
    pub uids: UidSet<'a>,
}

/// `select = "SELECT" SP mailbox [select-params]`; RFC 4466
pub(super) fn select<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Select<'a>> {
    cx.set_rule("SELECT command");
    let mailbox = mailbox(i, cx)?;
    Ok(Select {
        mailbox,
        parameters: parameters(i, cx, |i| select_param(i, cx))?,
    })
}

/// `examine = "EXAMINE" SP mailbox [select-params]`; RFC 4466
pub(super) fn examine<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Examine<'a>> {
    cx.set_rule("EXAMINE command");
    let mailbox = mailbox(i, cx)?;
    Ok(Examine {
        mailbox,
        parameters: parameters(i, cx, |i| select_param(i, cx))?,
    })
}

#[derive(Clone, Copy)]
enum Name {
    Alone(SelectParameter<'static>),
    QResync,
}

fn by_name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"ANNOTATE" => Name::Alone(SelectParameter::Annotate),
        b"CONDSTORE" => Name::Alone(SelectParameter::CondStore),
        b"QRESYNC" => Name::QResync,
        b"UTF8" => Name::Alone(SelectParameter::Utf8),
        _ => return None,
    })
}

/// One parameter.
///
/// ```abnf
/// select-param    = select-param-name [SP select-param-value]
/// select-param    =/ condstore-param   ; RFC 7162
/// condstore-param = "CONDSTORE"
/// select-param    =/ "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids]
///                    [SP seq-match-data] ")"   ; RFC 7162
/// ```
fn select_param<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SelectParameter<'a>> {
    let name = tagged_ext_label(i)?;
    match fold(name, by_name) {
        Some(Name::Alone(parameter)) => Ok(parameter),
        Some(Name::QResync) => {
            sp(i)?;
            let known = qresync(i, cx)?;
            cx.alloc(i, known).map(SelectParameter::QResync)
        }
        None => {
            let other = other_parameter(i, cx, name)?;
            cx.alloc(i, other).map(SelectParameter::Other)
        }
    }
}

/// The value of QRESYNC with its parentheses.
fn qresync<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<QResync<'a>> {
    open(i)?;
    let uid_validity = non_zero(i, cx)?;
    sp(i)?;
    let mut known = QResync {
        uid_validity,
        mod_seq: mod_sequence_value(i, cx)?,
        known_uids: None,
        seq_match: None,
    };
    if matches!(**i, [b' ', b'0'..=b'9' | b'*', ..]) {
        sp(i)?;
        known.known_uids = Some(uid_set(i, cx)?);
    }
    if opt_sp(i) {
        known.seq_match = Some(seq_match_data(i, cx)?);
    }
    close(i)?;
    Ok(known)
}

/// `seq-match-data = "(" known-sequence-set SP known-uid-set ")"`
fn seq_match_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SeqMatch<'a>> {
    open(i)?;
    let seqs = known_set(i, cx)?;
    sp(i)?;
    let uids = uid_set(i, cx)?;
    close(i)?;
    Ok(SeqMatch { seqs, uids })
}
