//! FETCH responses.

use imap_util::{Flag, InternalDate};

use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, at, end, grow, is_line_end, non_empty_list, opt, opt_sp, sp};
use crate::quirks::Quirk;
use crate::value::fetch_item::msg_att;
use crate::value::fetch_item_lenient::item_outside;
use crate::value::{
    BinarySection, BodySection, BodyStructure, Envelope, FetchItem, IString, Malformed,
    MessageNumber, ObjectId, OtherItem, Part, Section, SeqNum, Uid,
};

/// What a server says about one message: `* 12 FETCH (UID 7 FLAGS (\Seen))`.
///
/// The items come in the order of the wire. Servers send them unasked, too, when flags change.
///
/// With [`Uid`]s it is the same with the UID in front, `* 7 UIDFETCH (FLAGS (\Seen))`: what servers send
/// once `UIDONLY` is enabled. The items need not have the UID again.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2),
/// [RFC 9586 section 3.3](https://www.rfc-editor.org/rfc/rfc9586#section-3.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Fetch<'a, N: MessageNumber = SeqNum> {
    /// The number of the message.
    pub number: N,
    /// The items.
    pub items: &'a [FetchItem<'a>],
}

/// Items of a message whose number cannot be that of one: `* 0 FETCH (UID 7 FLAGS (\Seen))`.
///
/// Which message it is, only a `UID` among the items can tell.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UnnumberedFetch<'a> {
    /// The number: 0, or one over 32 bits.
    pub number: u64,
    /// The items.
    pub items: &'a [FetchItem<'a>],
}

impl<'a> UnnumberedFetch<'a> {
    /// The same items by the UID that is among them.
    ///
    /// ```
    /// use imap_proto::{Arena, Response};
    ///
    /// let arena = Arena::new();
    /// let line = b"* 0 FETCH (UID 7 RFC822.SIZE 44827)\r\n";
    /// let Response::UnnumberedFetch(fetch) = Response::parse(line, &arena)? else { unreachable!() };
    /// let by_uid = fetch.by_uid().unwrap();
    /// assert_eq!((by_uid.number.get(), by_uid.size()), (7, Some(44827)));
    /// # Ok::<(), imap_proto::ParseError>(())
    /// ```
    pub fn by_uid(&self) -> Option<Fetch<'a, Uid>> {
        let number = self.items.iter().find_map(|item| match item {
            FetchItem::Uid(uid) => Some(*uid),
            _ => None,
        })?;
        let items = self.items;
        Some(Fetch { number, items })
    }
}

impl Fetch<'_> {
    /// The UID.
    pub fn uid(&self) -> Option<Uid> {
        self.find(|item| match item {
            FetchItem::Uid(uid) => Some(*uid),
            _ => None,
        })
    }
}

/// The first item of a kind; `NIL` counts as absent.
///
/// ```
/// use imap_proto::{Arena, Response, Section};
///
/// let arena = Arena::new();
/// let line = b"* 1 FETCH (MODSEQ (9) THREADID NIL EMAILID (M6d) BODY[TEXT] {2}\r\nhi)\r\n";
/// let Response::Fetch(fetch) = Response::parse(line, &arena)? else { unreachable!() };
/// assert_eq!(fetch.mod_seq(), Some(9));
/// assert_eq!(fetch.email_id().map(|id| id.as_str()), Some("M6d"));
/// assert_eq!(fetch.thread_id(), None);
/// assert_eq!(fetch.section(Section::TEXT), Some(&b"hi"[..]));
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
impl<'a, N: MessageNumber> Fetch<'a, N> {
    /// The contents of a part without their transfer encoding, from `BINARY[part]`.
    pub fn binary(&self, part: Part<'_>) -> Option<&'a [u8]> {
        self.find(|item| match item {
            FetchItem::Binary(binary) if binary.part == part => binary.data.map(|data| data.0),
            _ => None,
        })
    }

    /// The size in octets of a part without its transfer encoding, from `BINARY.SIZE[part]`.
    pub fn binary_size(&self, part: Part<'_>) -> Option<u64> {
        self.find(|item| match item {
            FetchItem::BinarySize(size) if size.part == part => Some(size.octets),
            _ => None,
        })
    }

    /// The structure, from `BODYSTRUCTURE` or `BODY`.
    pub fn body_structure(&self) -> Option<BodyStructure<'a>> {
        self.find(|item| match item {
            FetchItem::BodyStructure(body) | FetchItem::Body(body) => Some(*body),
            _ => None,
        })
    }

    /// The identifier that all copies of the message have.
    pub fn email_id(&self) -> Option<ObjectId<'a>> {
        self.find(|item| match item {
            FetchItem::EmailId(id) => Some(*id),
            _ => None,
        })
    }

    /// The envelope.
    pub fn envelope(&self) -> Option<&'a Envelope<'a>> {
        self.find(|item| match item {
            FetchItem::Envelope(envelope) => Some(*envelope),
            _ => None,
        })
    }

    /// The flags that are set.
    pub fn flags(&self) -> Option<&'a [Flag<'a>]> {
        self.find(|item| match item {
            FetchItem::Flags(flags) => Some(*flags),
            _ => None,
        })
    }

    /// When the message arrived.
    pub fn internal_date(&self) -> Option<InternalDate> {
        self.find(|item| match item {
            FetchItem::InternalDate(date) => Some(*date),
            _ => None,
        })
    }

    /// The modification sequence.
    pub fn mod_seq(&self) -> Option<u64> {
        self.find(|item| match item {
            FetchItem::ModSeq(mod_seq) => Some(*mod_seq),
            _ => None,
        })
    }

    /// The beginning of the text.
    pub fn preview(&self) -> Option<IString<'a>> {
        self.find(|item| match item {
            FetchItem::Preview(text) => *text,
            _ => None,
        })
    }

    /// The whole message, from `RFC822`.
    pub fn rfc822(&self) -> Option<&'a [u8]> {
        self.find(|item| match item {
            FetchItem::Rfc822(data) => data.map(|data| data.0),
            _ => None,
        })
    }

    /// The header, from `RFC822.HEADER`.
    pub fn rfc822_header(&self) -> Option<&'a [u8]> {
        self.find(|item| match item {
            FetchItem::Rfc822Header(data) => data.map(|data| data.0),
            _ => None,
        })
    }

    /// The body, from `RFC822.TEXT`.
    pub fn rfc822_text(&self) -> Option<&'a [u8]> {
        self.find(|item| match item {
            FetchItem::Rfc822Text(data) => data.map(|data| data.0),
            _ => None,
        })
    }

    /// When the message came into the mailbox.
    pub fn save_date(&self) -> Option<InternalDate> {
        self.find(|item| match item {
            FetchItem::SaveDate(date) => date.copied(),
            _ => None,
        })
    }

    /// The contents of a section, from `BODY[section]`.
    pub fn section(&self, section: Section<'_>) -> Option<&'a [u8]> {
        self.sections()
            .find(|body| body.section == section)?
            .data
            .map(|data| data.0)
    }

    /// The size of the message in octets, from `RFC822.SIZE`.
    pub fn size(&self) -> Option<u64> {
        self.find(|item| match item {
            FetchItem::Rfc822Size(size) => Some(*size),
            _ => None,
        })
    }

    /// The identifier that all messages of the thread have.
    pub fn thread_id(&self) -> Option<ObjectId<'a>> {
        self.find(|item| match item {
            FetchItem::ThreadId(id) => *id,
            _ => None,
        })
    }

    /// The labels that Gmail shows.
    pub fn x_gm_labels(&self) -> Option<&'a [IString<'a>]> {
        self.find(|item| match item {
            FetchItem::XGmLabels(labels) => Some(*labels),
            _ => None,
        })
    }

    /// The number of the message at Gmail.
    pub fn x_gm_msg_id(&self) -> Option<u64> {
        self.find(|item| match item {
            FetchItem::XGmMsgId(number) => Some(*number),
            _ => None,
        })
    }

    /// The number of the thread at Gmail.
    pub fn x_gm_thr_id(&self) -> Option<u64> {
        self.find(|item| match item {
            FetchItem::XGmThrId(number) => Some(*number),
            _ => None,
        })
    }

    /// All `BODY[section]` items.
    pub fn sections(&self) -> impl Iterator<Item = &'a BodySection<'a>> + use<'a, N> {
        self.items.iter().filter_map(|item| match item {
            FetchItem::BodySection(item) => Some(*item),
            _ => None,
        })
    }

    /// All `BINARY[part]` items.
    pub fn binaries(&self) -> impl Iterator<Item = &'a BinarySection<'a>> + use<'a, N> {
        self.items.iter().filter_map(|item| match item {
            FetchItem::Binary(item) => Some(*item),
            _ => None,
        })
    }

    /// The items that are not known.
    pub fn others(&self) -> impl Iterator<Item = &'a OtherItem<'a>> + use<'a, N> {
        self.items.iter().filter_map(|item| match item {
            FetchItem::Other(item) => Some(*item),
            _ => None,
        })
    }

    /// The items that could not be read.
    pub fn malformed(&self) -> impl Iterator<Item = &'a Malformed<'a>> + use<'a, N> {
        self.items.iter().filter_map(|item| match item {
            FetchItem::Malformed(item) => Some(*item),
            _ => None,
        })
    }

    fn find<T>(&self, item: impl Fn(&FetchItem<'a>) -> Option<T>) -> Option<T> {
        self.items.iter().find_map(item)
    }
}

/// What follows the word FETCH.
#[inline(always)]
pub(super) fn fetch<'a>(i: &mut Input<'a>, cx: &Context<'a>, number: SeqNum) -> PResult<Fetch<'a>> {
    cx.set_rule("FETCH response");
    let items = msg_atts(i, cx)?;
    Ok(Fetch { number, items })
}

/// `uidfetch-resp = uniqueid SP "UIDFETCH" SP msg-att`, the first two words being taken; RFC 9586
#[cold]
pub(super) fn uid_fetch<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    number: Uid,
) -> PResult<Fetch<'a, Uid>> {
    cx.set_rule("UIDFETCH response");
    let items = msg_atts(i, cx)?;
    Ok(Fetch { number, items })
}

/// The same where the number is that of no message.
#[cold]
pub(super) fn unnumbered_fetch<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    number: u64,
) -> PResult<UnnumberedFetch<'a>> {
    cx.set_rule("FETCH response");
    let items = msg_atts(i, cx)?;
    Ok(UnnumberedFetch { number, items })
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
    if !is_line_end(i) {
        return more_items(i, cx, items);
    }
    end(i, cx)?;
    Ok(items)
}

/// Items behind a parenthesis that closes too much, as in `(FLAGS (\Seen)) UID 7)`, and the end of the
/// line.
#[cold]
#[inline(never)]
fn more_items<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    items: &'a [FetchItem<'a>],
) -> PResult<&'a [FetchItem<'a>]> {
    let start = *i;
    let ended = end(i, cx);
    if ended.is_ok() || start.iter().all(|b| b" \t)\r\n".contains(b)) {
        return ended.map(|()| items);
    }
    let mut all = cx.growing();
    for item in items {
        grow(i, &mut all, *item)?;
    }
    while !is_line_end(i) {
        // quirk: ExtraCloseParen
        cx.forgive_or(i, Quirk::ExtraCloseParen, Expected::Crlf)?;
        if let Some(item) = item_outside(i, cx)? {
            grow(start, &mut all, item)?;
        }
        while opt_sp(i) {
            let item = msg_att(i, cx)?;
            cx.count(i, 1)?;
            grow(i, &mut all, item)?;
        }
        opt(i, b')');
    }
    end(i, cx)?;
    Ok(all.into_bump_slice())
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
