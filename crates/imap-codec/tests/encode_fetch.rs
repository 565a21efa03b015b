//! FETCH and STORE with what extensions add: value to exact octets.

use imap_codec::{Encode, EncodeError, EncodeOptions, Encoder, Reason, encode_response};
use imap_proto::command::{
    Fetch, FetchModifier, Partial, Store, StoreAction, StoreData, StoreModifier,
};
use imap_proto::response::Fetch as FetchResponse;
use imap_proto::{
    Atom, FetchItem, FetchItemName, FetchItems, IString, OtherItem, Part, PartialRange,
    PreviewModifier, SeqNum, SequenceSet, Uid,
};

fn encode(value: &impl Encode) -> Result<String, EncodeError> {
    let mut out = Encoder::new(EncodeOptions::CLIENT);
    value.encode(&mut out);
    let bytes = out.finish()?.into_bytes();
    Ok(String::from_utf8(bytes).unwrap())
}

#[test]
fn ok_item_names() {
    use FetchItemName as Name;
    let part = Part(&[std::num::NonZeroU32::MIN]);
    let binary = |peek, partial| Name::Binary {
        part,
        peek,
        partial,
    };
    let fuzzy = PreviewModifier::Other(Atom::from_static("FUZZY"));
    let names = [IString(b"DATE"), IString(b"a b")];
    let cases = [
        (binary(false, None), "BINARY[1]"),
        (binary(true, Some((5, 6))), "BINARY.PEEK[1]<5.6>"),
        (Name::BinarySize(Part(&[])), "BINARY.SIZE[]"),
        (Name::EmailId, "EMAILID"),
        (Name::ModSeq, "MODSEQ"),
        (Name::Preview(&[]), "PREVIEW"),
        (
            Name::Preview(&[PreviewModifier::Lazy, fuzzy]),
            "PREVIEW (LAZY FUZZY)",
        ),
        (
            Name::Rfc822HeaderLines(&names),
            "RFC822.HEADER.LINES (DATE \"a b\")",
        ),
        (
            Name::Rfc822HeaderLinesNot(&names),
            "RFC822.HEADER.LINES.NOT (DATE \"a b\")",
        ),
        (Name::Rfc822Peek, "RFC822.PEEK"),
        (Name::Rfc822TextPeek, "RFC822.TEXT.PEEK"),
        (Name::SaveDate, "SAVEDATE"),
        (Name::ThreadId, "THREADID"),
        (Name::XGmLabels, "X-GM-LABELS"),
        (Name::XGmMsgId, "X-GM-MSGID"),
        (Name::XGmThrId, "X-GM-THRID"),
    ];
    for (name, expected) in cases {
        assert_eq!(encode(&name).as_deref(), Ok(expected));
    }
}

#[test]
fn err_item_names_without_what_they_need() {
    let binary = FetchItemName::Binary {
        part: Part(&[]),
        peek: true,
        partial: Some((1, 0)),
    };
    let cases = [
        (binary, "octet count", Reason::Syntax),
        (
            FetchItemName::Rfc822HeaderLines(&[]),
            "list of header field names",
            Reason::Empty,
        ),
    ];
    for (name, argument, reason) in cases {
        let offset = 0;
        let error = EncodeError {
            argument,
            offset,
            reason,
        };
        assert_eq!(encode(&name), Err(error));
    }
}

fn fetch(modifiers: &[FetchModifier<'_>]) -> String {
    let fetch: Fetch<'_, Uid> = Fetch {
        set: SequenceSet::SAVED,
        items: FetchItems::List(&[FetchItemName::Flags]),
        modifiers,
    };
    encode(&fetch).unwrap()
}

#[test]
fn ok_modifiers_of_fetch() {
    let (start, end) = (1.try_into().unwrap(), 30.try_into().unwrap());
    let other = OtherItem {
        name: b"X-NEW",
        value: b"(a b)",
    };
    let changed = FetchModifier::ChangedSince(12345);
    assert_eq!(
        fetch(&[changed, FetchModifier::Vanished]),
        "UID FETCH $ (FLAGS) (CHANGEDSINCE 12345 VANISHED)"
    );
    assert_eq!(
        fetch(&[
            FetchModifier::Partial(PartialRange::Last(start, end)),
            FetchModifier::Partial(PartialRange::First(start, end)),
            FetchModifier::Other(&other),
        ]),
        "UID FETCH $ (FLAGS) (PARTIAL -1:-30 PARTIAL 1:30 X-NEW (a b))"
    );
}

#[test]
fn ok_partial() {
    let partial = Partial {
        seq: SeqNum::MIN,
        item: FetchItemName::Rfc822,
        first: 1,
        count: 1024,
    };
    assert_eq!(encode(&partial).unwrap(), "PARTIAL 1 RFC822 1 1024");
}

fn store(data: StoreData<'_>) -> Store<'_> {
    Store {
        set: SequenceSet::SAVED,
        modifiers: &[StoreModifier::UnchangedSince(5)],
        action: StoreAction::Add,
        silent: true,
        data,
    }
}

#[test]
fn ok_data_of_store() {
    let labels = [IString(b"\\Inbox"), IString(b"a b")];
    let annotation = OtherItem {
        name: b"ANNOTATION",
        value: b"(/comment (value.priv {1}\r\na))",
    };
    assert_eq!(
        encode(&store(StoreData::XGmLabels(&labels))).unwrap(),
        "STORE $ (UNCHANGEDSINCE 5) +X-GM-LABELS.SILENT (\\Inbox \"a b\")"
    );
    assert_eq!(
        encode(&store(StoreData::Other(&annotation))).unwrap(),
        "STORE $ (UNCHANGEDSINCE 5) +ANNOTATION.SILENT (/comment (value.priv {1}\r\na))"
    );
}

#[test]
fn err_data_of_store_that_would_be_something_else() {
    let cases: [(&[u8], &[u8], _, _); 4] = [
        (b"+X", b"a", "item name", Reason::Syntax),
        (b"X Y", b"a", "item name", Reason::Syntax),
        (b"X", b"", "value", Reason::Empty),
        (b"X", b"(a", "value", Reason::Syntax),
    ];
    for (name, value, argument, reason) in cases {
        let item = OtherItem { name, value };
        let error = encode(&store(StoreData::Other(&item))).unwrap_err();
        assert_eq!((error.argument, error.reason), (argument, reason));
    }
}

#[test]
fn ok_uid_fetch() {
    let response = FetchResponse {
        number: Uid::MIN,
        items: &[FetchItem::Flags(&[])],
    };
    assert_eq!(
        encode_response(&response).unwrap(),
        b"* 1 UIDFETCH (FLAGS ())\r\n"
    );
}
