//! FETCH and STORE commands with what extensions add: value to exact octets.

use imap_codec::{Encode, EncodeError, EncodeOptions, Encoder, Reason};
use imap_proto::{Atom, FetchItemName, IString, Part, PreviewModifier};

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
