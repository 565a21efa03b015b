//! FETCH responses.

use imap_util::{Flag, InternalDate};

use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, at, end, non_empty_list, opt, sp};
use crate::quirks::Quirk;
use crate::value::fetch_item::msg_att;
use crate::value::{
    BodySection, BodyStructure, Envelope, FetchItem, Malformed, Section, SeqNum, Uid,
};

/// What a server says about one message: `* 12 FETCH (UID 7 FLAGS (\Seen))`.
///
/// The items come in the order of the wire. Servers send them unasked, too, when flags change.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Fetch<'a> {
    /// The sequence number of the message.
    pub seq: SeqNum,
    /// The items.
    pub items: &'a [FetchItem<'a>],
}

/// The same with the UID in place of the sequence number: `* 7 UIDFETCH (FLAGS (\Seen))`.
///
/// Servers send it once `UIDONLY` is enabled; the items need not have the UID again.
///
/// [RFC 9586 section 3.3](https://www.rfc-editor.org/rfc/rfc9586#section-3.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UidFetch<'a> {
    /// The UID of the message.
    pub uid: Uid,
    /// The items.
    pub items: &'a [FetchItem<'a>],
}

impl<'a> Fetch<'a> {
    fn find<T>(&self, item: impl Fn(&FetchItem<'a>) -> Option<T>) -> Option<T> {
        self.items.iter().find_map(item)
    }

    /// The UID.
    pub fn uid(&self) -> Option<Uid> {
        self.find(|item| {
            if let FetchItem::Uid(uid) = item {
                Some(*uid)
            } else {
                None
            }
        })
    }

    /// The flags that are set.
    pub fn flags(&self) -> Option<&'a [Flag<'a>]> {
        self.find(|item| {
            if let FetchItem::Flags(flags) = item {
                Some(*flags)
            } else {
                None
            }
        })
    }

    /// When the message arrived.
    pub fn internal_date(&self) -> Option<InternalDate> {
        self.find(|item| {
            if let FetchItem::InternalDate(date) = item {
                Some(*date)
            } else {
                None
            }
        })
    }

    /// The size of the message in octets.
    pub fn size(&self) -> Option<u64> {
        self.find(|item| {
            if let FetchItem::Rfc822Size(size) = item {
                Some(*size)
            } else {
                None
            }
        })
    }

    /// The envelope.
    pub fn envelope(&self) -> Option<&'a Envelope<'a>> {
        self.find(|item| {
            if let FetchItem::Envelope(e) = item {
                Some(*e)
            } else {
                None
            }
        })
    }

    /// The structure, from `BODYSTRUCTURE` or `BODY`.
    pub fn body_structure(&self) -> Option<BodyStructure<'a>> {
        self.find(|item| match item {
            FetchItem::BodyStructure(body) | FetchItem::Body(body) => Some(*body),
            _ => None,
        })
    }

    /// The contents of a section, from `BODY[section]`; `NIL` counts as absent.
    ///
    /// ```
    /// use imap_proto::{Arena, Response, Section};
    ///
    /// let arena = Arena::new();
    /// let response = Response::parse(b"* 1 FETCH (BODY[TEXT] {2}\r\nhi)\r\n", &arena)?;
    /// let Response::Fetch(fetch) = response else { unreachable!() };
    /// assert_eq!(fetch.section(Section::TEXT), Some(&b"hi"[..]));
    /// # Ok::<(), imap_proto::ParseError>(())
    /// ```
    pub fn section(&self, section: Section<'_>) -> Option<&'a [u8]> {
        self.sections()
            .find(|body| body.section == section)?
            .data
            .map(|data| data.0)
    }

    /// All `BODY[section]` items.
    pub fn sections(&self) -> impl Iterator<Item = &'a BodySection<'a>> + use<'a> {
        let items = self.items.iter();
        items.filter_map(|item| {
            if let FetchItem::BodySection(b) = item {
                Some(*b)
            } else {
                None
            }
        })
    }

    /// The items that could not be read.
    pub fn malformed(&self) -> impl Iterator<Item = &'a Malformed<'a>> + use<'a> {
        let items = self.items.iter();
        items.filter_map(|item| {
            if let FetchItem::Malformed(m) = item {
                Some(*m)
            } else {
                None
            }
        })
    }
}

/// What follows the word FETCH.
#[inline(always)]
pub(super) fn fetch<'a>(i: &mut Input<'a>, cx: &Context<'a>, seq: SeqNum) -> PResult<Fetch<'a>> {
    cx.set_rule("FETCH response");
    let items = msg_atts(i, cx)?;
    Ok(Fetch { seq, items })
}

/// `uidfetch-resp = uniqueid SP "UIDFETCH" SP msg-att`, the first two words being taken; RFC 9586
#[cold]
pub(super) fn uid_fetch<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    uid: Uid,
) -> PResult<UidFetch<'a>> {
    cx.set_rule("UIDFETCH response");
    let items = msg_atts(i, cx)?;
    Ok(UidFetch { uid, items })
}

/// A blank, the items, and the end of the line.
///
/// ```abnf
/// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"
/// ```
#[inline(always)]
fn msg_atts<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [FetchItem<'a>]> {
    sp(i)?;
    let mut extra = 0;
    let items = non_empty_list(i, cx, |i| {
        if at(i, b'(') {
            extra += extra_parens(i, cx)?;
        }
        let item = msg_att(i, cx)?;
        while extra > 0 && opt(i, b')') {
            extra -= 1;
        }
        Ok(item)
    })?;
    end(i, cx)?;
    Ok(items)
}

/// Parentheses around items that should not have any: takes those that open, and counts them.
#[cold]
fn extra_parens(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<usize> {
    let mut count = 0;
    while at(i, b'(') && !i.starts_with(b"()") {
        // quirk: ExtraParens
        cx.forgive_or(i, Quirk::ExtraParens, Expected::Keyword)?;
        opt(i, b'(');
        count += 1;
    }
    Ok(count)
}
