//! Responses as the transcripts of the RFCs have them: value to exact octets.

use imap_codec::{Encode, EncodeError, Reason, encode_response};
use imap_proto::response::*;
use imap_proto::{
    Address, Arena, Atom, BinarySection, BinarySize, BodyExtension, BodySection, BodyStructure,
    Capability, Code, Disposition, Envelope, Expected, FetchItem, Flag, IString, InternalDate,
    Keyword, MailboxAttribute, Malformed, Mechanism, MultiPart, ObjectId, OtherItem, Parameter,
    ParseError, Part, PartKind, Response, Section, SectionText, SeqNum, SinglePart, StatusItem,
    Tag, Text, Uid, UidSetBuf, UidValidity, UrlMechanism,
};

fn wire(value: &(impl Encode + ?Sized)) -> String {
    String::from_utf8(encode_response(value).unwrap()).unwrap()
}

fn check(cases: &[(Response<'_>, &str)]) {
    for (response, expected) in cases {
        assert_eq!(wire(response), *expected);
    }
}

fn seq(n: u32) -> SeqNum {
    SeqNum::try_from(n).unwrap()
}

fn uid(n: u32) -> Uid {
    Uid::try_from(n).unwrap()
}

fn validity(n: u32) -> UidValidity {
    UidValidity::try_from(n).unwrap()
}

fn status(
    tag: Option<&'static str>,
    status: Status,
    code: Option<Code<'static>>,
    text: &'static str,
) -> Response<'static> {
    Response::Status(StatusResponse {
        tag: tag.map(|tag| Tag::new(tag).unwrap()),
        status,
        code,
        text: Text::from_static(text),
    })
}

#[test]
fn ok_status() {
    let flags = &[Flag::Deleted, Flag::Seen, Flag::Any];
    let id = ObjectId::new("F2212ea87").unwrap();
    let urls = &[
        IString(b"IMAP://user;AUTH=*@SERVER2/REMOTE"),
        IString(b"imap://h/"),
    ];
    check(&[
        (
            status(None, Status::Ok, None, "IMAP4rev1 server ready"),
            "* OK IMAP4rev1 server ready\r\n",
        ),
        (
            status(Some("A44"), Status::Ok, None, "done"),
            "A44 OK done\r\n",
        ),
        (
            status(None, Status::No, None, "Disk is 98% full"),
            "* NO Disk is 98% full\r\n",
        ),
        (
            status(None, Status::Bad, None, "too long"),
            "* BAD too long\r\n",
        ),
        (
            status(None, Status::Bye, None, "logout"),
            "* BYE logout\r\n",
        ),
        (
            status(None, Status::PreAuth, None, "Smith"),
            "* PREAUTH Smith\r\n",
        ),
        (status(None, Status::Ok, None, ""), "* OK \r\n"),
        (
            status(Some("a"), Status::Ok, Some(Code::ReadOnly), "x"),
            "a OK [READ-ONLY] x\r\n",
        ),
        (
            status(None, Status::Ok, Some(Code::Alert), ""),
            "* OK [ALERT] \r\n",
        ),
        (
            status(None, Status::Ok, Some(Code::Unseen(seq(12))), "[x]"),
            "* OK [UNSEEN 12] [x]\r\n",
        ),
        (
            status(None, Status::Ok, Some(Code::PermanentFlags(flags)), "x"),
            "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] x\r\n",
        ),
        (
            status(
                None,
                Status::Ok,
                Some(Code::UidValidity(validity(3_857_529_045))),
                "x",
            ),
            "* OK [UIDVALIDITY 3857529045] x\r\n",
        ),
        (
            status(None, Status::Ok, Some(Code::UidNext(uid(4392))), "x"),
            "* OK [UIDNEXT 4392] x\r\n",
        ),
        (
            status(
                None,
                Status::Ok,
                Some(Code::HighestModSeq(715_194_045_007)),
                "x",
            ),
            "* OK [HIGHESTMODSEQ 715194045007] x\r\n",
        ),
        (
            status(None, Status::No, Some(Code::UseAttr), "x"),
            "* NO [USEATTR] x\r\n",
        ),
        (
            status(None, Status::Ok, Some(Code::MailboxId(id)), "x"),
            "* OK [MAILBOXID (F2212ea87)] x\r\n",
        ),
        (
            status(None, Status::No, Some(Code::Referral(urls)), "x"),
            "* NO [REFERRAL IMAP://user;AUTH=*@SERVER2/REMOTE imap://h/] x\r\n",
        ),
        (
            status(None, Status::No, Some(Code::BadCharset(&[])), "x"),
            "* NO [BADCHARSET] x\r\n",
        ),
        (
            status(
                None,
                Status::No,
                Some(Code::BadCharset(&[IString(b"UTF-8"), IString(b"a b")])),
                "x",
            ),
            "* NO [BADCHARSET (UTF-8 \"a b\")] x\r\n",
        ),
        (
            status(
                None,
                Status::Ok,
                Some(Code::Other(&OtherItem {
                    name: b"REFERRAL",
                    value: b"imap://u@h/",
                })),
                "x",
            ),
            "* OK [REFERRAL imap://u@h/] x\r\n",
        ),
    ]);
}

#[test]
fn ok_uid_codes() {
    let one: UidSetBuf = "3955".parse().unwrap();
    let (from, to): (UidSetBuf, UidSetBuf) =
        ("304,319:320".parse().unwrap(), "3956:3958".parse().unwrap());
    let append = AppendUid {
        uid_validity: validity(38505),
        uids: one.as_set().unwrap(),
    };
    let copy = CopyUid {
        uid_validity: validity(38505),
        source: from.as_set().unwrap(),
        destination: to.as_set().unwrap(),
    };
    assert_eq!(wire(&Code::AppendUid(append)), "[APPENDUID 38505 3955]");
    assert_eq!(
        wire(&Code::CopyUid(&copy)),
        "[COPYUID 38505 304,319:320 3956:3958]"
    );
}

#[test]
fn ok_greeting_and_continuation() {
    let capabilities = &[Capability::Imap4Rev1, Capability::Auth(Mechanism::Plain)];
    let greeting = Greeting {
        status: GreetingStatus::PreAuth,
        code: Some(Code::Capability(capabilities)),
        text: Text::from_static("hi"),
    };
    assert_eq!(
        wire(&greeting),
        "* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n"
    );
    let challenge = ContinuationRequest {
        code: None,
        text: Text::from_static("YGgGCS=="),
    };
    check(&[
        (Response::Continue(challenge), "+ YGgGCS==\r\n"),
        (Response::Continue(ContinuationRequest::default()), "+ \r\n"),
    ]);
}

#[test]
fn ok_mailbox_data() {
    let list = List {
        attributes: &[MailboxAttribute::NoSelect, MailboxAttribute::HasNoChildren],
        delimiter: Some(b'/'),
        mailbox: "~/Mail/foo".into(),
        extended: &[],
    };
    let unknown = OtherItem {
        name: b"X \"Y",
        value: b"(1 (2))",
    };
    let malformed = Malformed {
        name: b"OLDNAME",
        value: b"5",
        error: ParseError {
            offset: 0,
            rule: "LIST response",
            expected: Expected::OpenParen,
        },
    };
    let extended = [
        ListExtendedItem::ChildInfo(&["SUBSCRIBED".into(), "X".into()]),
        ListExtendedItem::Malformed(&malformed),
        ListExtendedItem::OldName("old (name)".into()),
        ListExtendedItem::Other(&unknown),
    ];
    let id = ObjectId::new("F2212ea87-6097-4256-9d51-71338625").unwrap();
    let items = &[
        StatusItem::Messages(231),
        StatusItem::UidNext(uid(44292)),
        StatusItem::Size(4096),
        StatusItem::Deleted(3),
        StatusItem::DeletedStorage(8_500_000_000),
        StatusItem::HighestModSeq(7_011_231_777),
        StatusItem::AppendLimit(None),
        StatusItem::AppendLimit(Some(257_890)),
        StatusItem::MailboxId(&id),
        StatusItem::Other(&OtherItem {
            name: b"X-GUID",
            value: b"(a)",
        }),
    ];
    check(&[
        (
            Response::Capability(&[
                Capability::Imap4Rev1,
                Capability::StartTls,
                Capability::Auth(Mechanism::GssApi),
            ]),
            "* CAPABILITY IMAP4rev1 STARTTLS AUTH=GSSAPI\r\n",
        ),
        (
            Response::List(list),
            "* LIST (\\Noselect \\HasNoChildren) \"/\" ~/Mail/foo\r\n",
        ),
        (
            Response::Lsub(List {
                attributes: &[],
                delimiter: Some(b'\\'),
                mailbox: "a b".into(),
                ..list
            }),
            "* LSUB () \"\\\\\" \"a b\"\r\n",
        ),
        (
            Response::List(List {
                attributes: &[],
                delimiter: None,
                extended: &extended,
                ..list
            }),
            "* LIST () NIL ~/Mail/foo (\"CHILDINFO\" (\"SUBSCRIBED\" \"X\") OLDNAME 5 \
             \"OLDNAME\" (\"old (name)\") \"X \\\"Y\" (1 (2)))\r\n",
        ),
        (
            Response::Xlist(List {
                attributes: &[MailboxAttribute::Inbox, MailboxAttribute::AllMail],
                ..list
            }),
            "* XLIST (\\Inbox \\AllMail) \"/\" ~/Mail/foo\r\n",
        ),
        (
            Response::MailboxStatus(MailboxStatus {
                mailbox: "blurdybloop".into(),
                items,
            }),
            "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292 SIZE 4096 DELETED 3 DELETED-STORAGE \
             8500000000 HIGHESTMODSEQ 7011231777 APPENDLIMIT NIL APPENDLIMIT 257890 MAILBOXID \
             (F2212ea87-6097-4256-9d51-71338625) X-GUID (a))\r\n",
        ),
        (
            Response::Search(Search {
                numbers: &[2, 3, 6],
                mod_seq: None,
            }),
            "* SEARCH 2 3 6\r\n",
        ),
        (
            Response::Search(Search {
                numbers: &[2],
                mod_seq: Some(917_162_500),
            }),
            "* SEARCH 2 (MODSEQ 917162500)\r\n",
        ),
        (Response::Search(Search::default()), "* SEARCH\r\n"),
        (
            Response::Flags(&[Flag::Answered, Flag::Flagged, Flag::Keyword(Keyword::JUNK)]),
            "* FLAGS (\\Answered \\Flagged $Junk)\r\n",
        ),
        (Response::Exists(23), "* 23 EXISTS\r\n"),
        (Response::Recent(0), "* 0 RECENT\r\n"),
        (Response::Expunge(seq(44)), "* 44 EXPUNGE\r\n"),
        (
            Response::UnnumberedFetch(UnnumberedFetch {
                number: 0,
                items: &[FetchItem::Rfc822Size(5)],
            }),
            "* 0 FETCH (RFC822.SIZE 5)\r\n",
        ),
        (
            Response::Other(OtherResponse {
                number: Some(5),
                name: Atom::from_static("XNEWS"),
                value: b"don't \"(",
            }),
            "* 5 XNEWS don't \"(\r\n",
        ),
        (
            Response::Other(OtherResponse {
                number: None,
                name: Atom::from_static("XQUOTA"),
                value: b"{0}\r\n (STORAGE 10 512)",
            }),
            "* XQUOTA {0}\r\n (STORAGE 10 512)\r\n",
        ),
    ]);
}

#[test]
fn err_codes_that_would_not_end_where_they_should() {
    let error = |code, reason, offset| {
        let response = status(None, Status::No, Some(code), "x");
        let error = encode_response(&response).unwrap_err();
        assert_eq!((error.reason, error.offset), (reason, offset));
    };
    error(Code::BadUrl("imap://a]".into()), Reason::Syntax, 8);
    error(Code::BadUrl("a\r\nb".into()), Reason::Syntax, 1);
    error(Code::BadUrl("".into()), Reason::Empty, 0);
    error(Code::Modified(Modified { ranges: &[] }), Reason::Empty, 0);
}

#[test]
fn ok_vanished() {
    let uids: UidSetBuf = "405,407:410".parse().unwrap();
    let uids = uids.as_set().unwrap();
    let vanished = |earlier| Response::Vanished(Vanished { earlier, uids });
    check(&[
        (vanished(false), "* VANISHED 405,407:410\r\n"),
        (vanished(true), "* VANISHED (EARLIER) 405,407:410\r\n"),
    ]);
}

#[test]
fn ok_fetch() {
    let date = InternalDate::new(1996, 7, 17, 2, 44, 25, -420).unwrap();
    let header = BodySection {
        section: Section {
            text: Some(SectionText::HeaderFieldsNot(&[IString(b"X y")])),
            ..Section::ALL
        },
        origin: Some(5),
        data: None,
    };
    let fetch = Fetch {
        number: seq(12),
        items: &[
            FetchItem::Flags(&[Flag::Seen, Flag::Recent]),
            FetchItem::InternalDate(date),
            FetchItem::Rfc822Size(4286),
            FetchItem::Uid(uid(7)),
            FetchItem::BodySection(&header),
            FetchItem::Rfc822Header(Some(IString(b"Date: x\r\n\r\n"))),
            FetchItem::Rfc822Text(Some(IString(b"hi"))),
            FetchItem::Rfc822(None),
            FetchItem::Other(&OtherItem {
                name: b"X-NEW",
                value: b"(1 {2}\r\nab)",
            }),
        ],
    };
    assert_eq!(
        wire(&fetch),
        "* 12 FETCH (FLAGS (\\Seen \\Recent) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
         RFC822.SIZE 4286 UID 7 BODY[HEADER.FIELDS.NOT (\"X y\")]<5> NIL \
         RFC822.HEADER {11}\r\nDate: x\r\n\r\n RFC822.TEXT {2}\r\nhi RFC822 NIL \
         X-NEW (1 {2}\r\nab))\r\n"
    );
}

#[test]
fn ok_urls_and_what_they_stand_for() {
    let urls = [
        "imap://a/b;URLAUTH=anonymous:internal:91".into(),
        "x y".into(),
    ];
    assert_eq!(
        wire(&Response::GenUrlAuth(&urls)),
        "* GENURLAUTH imap://a/b;URLAUTH=anonymous:internal:91 \"x y\"\r\n"
    );
    let other = OtherItem {
        name: b"X-NEW",
        value: b"1 (2)",
    };
    let items = [
        UrlItem::Binary(Some(IString(b"a\0"))),
        UrlItem::Body(Some("hi".into())),
        UrlItem::Other(&other),
    ];
    let contents = |url: &'static str, data| UrlContents {
        url: url.into(),
        data,
    };
    let contents = [
        contents("u1", UrlData::Octets(None)),
        contents("u2", UrlData::Items(&items)),
        contents("u3", UrlData::Octets(Some("hi".into()))),
    ];
    assert_eq!(
        wire(&Response::UrlFetch(&contents)),
        "* URLFETCH u1 NIL u2 (BINARY ~{2}\r\na\0) (BODY {2}\r\nhi) (X-NEW 1 (2)) u3 {2}\r\nhi\r\n"
    );
    let other = OtherItem {
        name: b"X",
        value: b"1) (Y 2",
    };
    let items = [UrlItem::Other(&other)];
    let contents = [UrlContents {
        url: "u".into(),
        data: UrlData::Items(&items),
    }];
    assert!(encode_response(&Response::UrlFetch(&contents)).is_err());
}

#[test]
fn err_a_mechanism_that_is_none() {
    let mechanisms = [UrlMechanismData {
        mechanism: UrlMechanism::Other(Atom::new("a=b").unwrap()),
        data: None,
    }];
    let error = encode_response(&Code::UrlMech(&mechanisms)).unwrap_err();
    assert_eq!(error.to_string(), "syntax error at byte 1 of mechanism");
}

#[test]
fn ok_fetch_items_of_extensions() {
    let date = InternalDate::new(2020, 2, 11, 13, 44, 50, -480).unwrap();
    let part = [1.try_into().unwrap(), 2.try_into().unwrap()];
    let binary = |data, origin| BinarySection {
        part: Part(&part),
        origin,
        data,
    };
    let binaries = [
        binary(Some(IString(b"a\0b")), Some(5)),
        binary(Some(IString(b"ab")), None),
        binary(None, None),
    ];
    let size = BinarySize {
        part: Part(&[]),
        octets: 5,
    };
    let id = ObjectId::new("M00000001").unwrap();
    let label = |text: &'static str| IString::from(text);
    let labels = [
        label("\\Inbox"),
        label("a b"),
        label("NIL"),
        label("\\x y"),
        label("a"),
    ];
    let cases = [
        (
            FetchItem::Binary(&binaries[0]),
            "BINARY[1.2]<5> ~{3}\r\na\0b",
        ),
        (FetchItem::Binary(&binaries[1]), "BINARY[1.2] {2}\r\nab"),
        (FetchItem::Binary(&binaries[2]), "BINARY[1.2] NIL"),
        (FetchItem::BinarySize(&size), "BINARY.SIZE[] 5"),
        (FetchItem::EmailId(id), "EMAILID (M00000001)"),
        (FetchItem::ThreadId(Some(id)), "THREADID (M00000001)"),
        (FetchItem::ThreadId(None), "THREADID NIL"),
        (FetchItem::ModSeq(65402), "MODSEQ (65402)"),
        (FetchItem::Preview(Some(label("a b"))), "PREVIEW \"a b\""),
        (FetchItem::Preview(None), "PREVIEW NIL"),
        (
            FetchItem::SaveDate(Some(&date)),
            "SAVEDATE \"11-Feb-2020 13:44:50 -0800\"",
        ),
        (FetchItem::SaveDate(None), "SAVEDATE NIL"),
        (
            FetchItem::XGmLabels(&labels),
            "X-GM-LABELS (\\Inbox \"a b\" \"NIL\" \"\\\\x y\" a)",
        ),
        (
            FetchItem::XGmMsgId(u64::MAX),
            "X-GM-MSGID 18446744073709551615",
        ),
        (FetchItem::XGmThrId(7), "X-GM-THRID 7"),
    ];
    for (item, expected) in cases {
        assert_eq!(wire(&item), expected);
    }
}

#[test]
fn ok_envelope() {
    let address = |name, mailbox, host| Address {
        name,
        mailbox: Some(IString::from(mailbox)),
        host: Some(IString::from(host)),
        ..Address::default()
    };
    let terry = [address(
        Some("Terry Gray".into()),
        "gray",
        "cac.washington.edu",
    )];
    let envelope = Envelope {
        date: Some("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)".into()),
        subject: Some("IMAP4rev1 WG mtg summary and minutes".into()),
        from: &terry,
        sender: &terry,
        to: &[
            address(None, "imap", "cac.washington.edu"),
            address(None, "minutes", "CNRI.Reston.VA.US"),
        ],
        message_id: Some("<B27397-0100000@cac.washington.edu>".into()),
        ..Envelope::default()
    };
    assert_eq!(
        wire(&envelope),
        "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" \
         ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) \
         ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) NIL \
         ((NIL NIL \"imap\" \"cac.washington.edu\")(NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")) \
         NIL NIL NIL \"<B27397-0100000@cac.washington.edu>\")"
    );
}

fn text_part(extension: BodyExtension<'static>) -> SinglePart<'static> {
    SinglePart {
        media_type: "TEXT".into(),
        media_subtype: "PLAIN".into(),
        parameters: &[Parameter {
            name: IString(b"CHARSET"),
            value: IString(b"US-ASCII"),
        }],
        id: None,
        description: None,
        encoding: "7BIT".into(),
        octets: 3028,
        kind: PartKind::Text { lines: 92 },
        md5: None,
        extension,
    }
}

#[test]
fn ok_body_structure() {
    let short = "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 3028 92";
    let part = text_part(BodyExtension::default());
    let body = BodyStructure::Single(&part);
    assert_eq!(wire(&FetchItem::Body(body)), format!("BODY {short})"));
    let long = format!("BODYSTRUCTURE {short} NIL NIL NIL NIL)");
    assert_eq!(wire(&FetchItem::BodyStructure(body)), long);

    let disposition = Disposition {
        kind: "ATTACHMENT".into(),
        parameters: &[Parameter {
            name: IString(b"FILENAME"),
            value: IString(b"x.pdf"),
        }],
    };
    let attached = text_part(BodyExtension {
        disposition: Some(Box::leak(Box::new(disposition))),
        language: &[IString(b"en")],
        location: Some("x".into()),
    });
    let parts = [body, BodyStructure::Single(&attached)];
    let mixed = MultiPart {
        parts: &parts,
        media_subtype: "MIXED".into(),
        parameters: &[],
        extension: BodyExtension::default(),
    };
    assert_eq!(
        wire(&FetchItem::Body(BodyStructure::Multi(&mixed))),
        format!(
            "BODY ({short}){short} NIL (\"ATTACHMENT\" (\"FILENAME\" \"x.pdf\")) (\"en\") \"x\") \"MIXED\")"
        )
    );
    let envelope = Envelope::default();
    let message = SinglePart {
        media_type: "MESSAGE".into(),
        media_subtype: "RFC822".into(),
        parameters: &[],
        kind: PartKind::Message {
            envelope: &envelope,
            body,
            lines: 5,
        },
        ..part
    };
    assert_eq!(
        wire(&FetchItem::Body(BodyStructure::Single(&message))),
        format!(
            "BODY (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 3028 \
             (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) {short}) 5)"
        )
    );
}

#[test]
fn ok_broken_items_go_out_as_they_came() {
    let frames: [&[u8]; 7] = [
        b"* 1 FETCH (UID 0 FLAGS (\\Seen))\r\n",
        b"* 1 FETCH (RFC822.SIZE -1 UID 5)\r\n",
        b"* 1 FETCH (UID 5 ENVELOPE (NIL {2}\r\nab X))\r\n",
        b"* 1 FETCH (X-NEW (1 2) Y[1] \"z\" UID 5)\r\n",
        b"* STATUS INBOX (MESSAGES -1 UNSEEN 2)\r\n",
        b"* OK [UIDNEXT 0] x\r\n",
        b"a1 OK [COPYUID 1 (2 \"]\")] x\r\n",
    ];
    for frame in frames {
        let arena = Arena::new();
        let response = Response::parse(frame, &arena).unwrap();
        assert_eq!(wire(&response).as_bytes(), frame, "{response:?}");
    }
}

#[test]
fn ok_namespaces() {
    let namespace = |prefix: &'static str, delimiter| Namespace {
        prefix: prefix.into(),
        delimiter,
        extensions: &[],
    };
    let mh = Namespace {
        extensions: &[NamespaceExtension {
            name: IString(b"X-PARAM"),
            values: &[IString(b"FLAG1"), IString(b"FLAG2")],
        }],
        ..namespace("#mh/", Some(b'/'))
    };
    let personal = &[namespace("", Some(b'/')), mh];
    let shared = &[namespace("#news", None)];
    check(&[
        (
            Response::Namespace(Namespaces::default()),
            "* NAMESPACE NIL NIL NIL\r\n",
        ),
        (
            Response::Namespace(Namespaces {
                personal,
                other_users: &[],
                shared,
            }),
            "* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL \
             ((\"#news\" NIL))\r\n",
        ),
    ]);
}

#[test]
fn err_names_what_the_grammar_does_not_have() {
    let error = |argument, offset, reason| EncodeError {
        argument,
        offset,
        reason,
    };
    let fetch = |items| {
        Response::Fetch(Fetch {
            number: SeqNum::MIN,
            items,
        })
    };
    let no_part = SectionText::Mime;
    let mime = BodySection {
        section: Section {
            text: Some(no_part),
            ..Section::ALL
        },
        origin: None,
        data: None,
    };
    let image = SinglePart {
        media_type: "IMAGE".into(),
        ..text_part(BodyExtension::default())
    };
    let empty = MultiPart {
        parts: &[],
        media_subtype: "MIXED".into(),
        parameters: &[],
        extension: BodyExtension::default(),
    };
    let nul = BodySection {
        section: Section::ALL,
        origin: None,
        data: Some("ab\0".into()),
    };
    let unknown = |name: &'static [u8], value: &'static [u8]| OtherItem { name, value };
    let (more, swallowed) = (unknown(b"X", b"1 UID 5"), unknown(b"X", b""));
    let list = List {
        attributes: &[],
        delimiter: Some(b'\n'),
        mailbox: "a".into(),
        extended: &[],
    };
    let in_text = status(None, Status::Ok, None, "[ALERT] pay at once");
    let ends_early = unknown(b"X", b"a] b");
    let unbalanced = unknown(b"X", b"\"a");
    let code = |item| StatusResponse {
        tag: None,
        status: Status::Ok,
        code: Some(Code::Other(item)),
        text: Text::from_static("\"x]"),
    };
    for (response, expected) in [
        (
            fetch(&[FetchItem::BodySection(&mime)]),
            error("section", 0, Reason::Syntax),
        ),
        (
            fetch(&[FetchItem::Body(BodyStructure::Single(&image))]),
            error("body structure", 0, Reason::Syntax),
        ),
        (
            fetch(&[FetchItem::Body(BodyStructure::Multi(&empty))]),
            error("body structure", 0, Reason::Empty),
        ),
        (
            fetch(&[FetchItem::BodySection(&nul)]),
            error("message data", 2, Reason::Nul),
        ),
        (
            fetch(&[FetchItem::Other(&more)]),
            error("item", 3, Reason::Syntax),
        ),
        (
            fetch(&[FetchItem::Other(&swallowed), FetchItem::Other(&swallowed)]),
            error("list of items", 0, Reason::Syntax),
        ),
        (Response::List(list), error("delimiter", 0, Reason::Syntax)),
        (in_text, error("text", 0, Reason::Syntax)),
        (
            Response::Status(code(&ends_early)),
            error("response code", 5, Reason::Syntax),
        ),
        (
            Response::Status(code(&unbalanced)),
            error("response code", 5, Reason::Syntax),
        ),
        (
            status(None, Status::Ok, Some(Code::Capability(&[])), "x"),
            error("list of capabilities", 0, Reason::Empty),
        ),
        (
            Response::Other(OtherResponse {
                number: None,
                name: Atom::from_static("OK"),
                value: b"{1}\r\na",
            }),
            error("value", 0, Reason::Syntax),
        ),
        (
            Response::Other(OtherResponse {
                number: None,
                name: Atom::from_static("NO[X"),
                value: b"{1}\r\na",
            }),
            error("value", 0, Reason::Syntax),
        ),
    ] {
        assert_eq!(encode_response(&response), Err(expected), "{response:?}");
    }
}
