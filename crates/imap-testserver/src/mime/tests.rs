use imap_codec::encode_response;
use imap_proto::response::Fetch;
use imap_proto::{FetchItem, IString, Response, SectionText, SeqNum};

use super::*;

/// The message whose part numbers the RFC shows.
///
/// RFC 9051 6.4.5.1
const NUMBERED: &str = "Subject: all\r
Content-Type: multipart/mixed; boundary=a\r
\r
--a\r
\r
one\r
--a\r
Content-Type: application/octet-stream\r
Content-Transfer-Encoding: base64\r
\r
dHdv\r
--a\r
Content-Type: message/rfc822\r
Content-Description: an old one\r
\r
Subject: three\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
\r
three one\r
--b\r
Content-Type: application/x; name*0=a; name*1=b\r
Content-Transfer-Encoding: x-what\r
\r
three two\r
--b--\r
\r
--a\r
Content-Type: multipart/mixed; boundary=c\r
\r
--c\r
Content-Type: image/gif\r
Content-Disposition: attachment; filename=\"x y.gif\"\r
Content-Language: de, en\r
Content-Location: x\r
 y\r
Content-ID: <id>\r
Content-MD5: md\r
\r
four one\r
--c\r
Content-Type: message/rfc822\r
\r
Subject: four two\r
\r
text of\r
four two\r
\r
--c--\r
--a--\r
";

/// What of a message, in the syntax of a command.
fn section<'a>(text: &'a str, arena: &'a Arena) -> Section<'a> {
    let start = text.find(|c: char| c.is_ascii_alphabetic());
    let (numbers, name) = text.split_at(start.unwrap_or(text.len()));
    let numbers = numbers.trim_end_matches('.');
    let part = match numbers {
        "" => Part(&[]),
        numbers => Part::parse(numbers, arena).unwrap(),
    };
    let (name, names) = name.split_once(' ').unwrap_or((name, ""));
    let names = arena.alloc_slice(names.split(' ').map(IString::from));
    let text = match name {
        "" => None,
        "HEADER" => Some(SectionText::Header),
        "HEADER.FIELDS" => Some(SectionText::HeaderFields(names)),
        "HEADER.FIELDS.NOT" => Some(SectionText::HeaderFieldsNot(names)),
        "MIME" => Some(SectionText::Mime),
        "TEXT" => Some(SectionText::Text),
        name => panic!("{name}"),
    };
    Section { part, text }
}

fn shown(mail: &Mail, text: &str) -> String {
    let arena = Arena::new();
    match mail.section(&section(text, &arena), None) {
        Some(octets) => octets.escape_ascii().to_string(),
        None => "NIL".into(),
    }
}

#[test]
fn ok_sections_by_number() {
    let mail = Mail::new(NUMBERED);
    for (name, expected) in [
        ("HEADER.FIELDS subject nope", r"Subject: all\r\n\r\n"),
        ("HEADER.FIELDS.NOT Content-Type", r"Subject: all\r\n\r\n"),
        ("MIME", "NIL"),
        ("1", "one"),
        ("1.MIME", r"\r\n"),
        ("1.HEADER", "NIL"),
        ("1.1", "NIL"),
        ("2", "dHdv"),
        (
            "3.MIME",
            r"Content-Type: message/rfc822\r\nContent-Description: an old one\r\n\r\n",
        ),
        (
            "3.HEADER",
            r"Subject: three\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        ),
        ("3.HEADER.FIELDS Subject", r"Subject: three\r\n\r\n"),
        (
            "3.TEXT",
            r"--b\r\n\r\nthree one\r\n--b\r\nContent-Type: application/x; name*0=a; name*1=b\r\nContent-Transfer-Encoding: x-what\r\n\r\nthree two\r\n--b--\r\n",
        ),
        ("3.1", "three one"),
        ("3.2", "three two"),
        ("3.3", "NIL"),
        ("4.1", "four one"),
        ("4.2.HEADER", r"Subject: four two\r\n\r\n"),
        ("4.2.TEXT", r"text of\r\nfour two\r\n"),
        ("4.2.1", r"text of\r\nfour two\r\n"),
        ("4.2.1.MIME", r"Subject: four two\r\n\r\n"),
        ("4.2.2", "NIL"),
        ("4.2.1.1", "NIL"),
        ("5", "NIL"),
    ] {
        assert_eq!(shown(&mail, name), expected, "{name}");
    }
    assert_eq!(mail.section(&Section::ALL, None).unwrap(), NUMBERED);
}

#[test]
fn ok_sections_of_a_message_without_parts() {
    let mail = Mail::new("A: 1\r\n\r\nx\0y");
    for (name, expected) in [
        ("", r"A: 1\r\n\r\nx\x80y"),
        ("1", r"x\x80y"),
        ("1.MIME", r"A: 1\r\n\r\n"),
        ("1.TEXT", "NIL"),
        ("2", "NIL"),
        ("TEXT", r"x\x80y"),
    ] {
        assert_eq!(shown(&mail, name), expected, "{name}");
    }
    let bare = Mail::new("A: 1\r\nB: 2\r\n");
    assert_eq!(shown(&bare, "HEADER.FIELDS A"), r"A: 1\r\n");
    assert_eq!(shown(&bare, "TEXT"), "");
}

#[test]
fn ok_ranges() {
    let mail = Mail::new("\r\n0123456789");
    let range = |first, count| {
        let octets = mail.section(&Section::TEXT, Some((first, count)));
        String::from_utf8(octets.unwrap().to_vec()).unwrap()
    };
    assert_eq!(range(0, 4), "0123");
    assert_eq!(range(8, 4), "89");
    assert_eq!(range(10, 4), "");
    assert_eq!(range(u64::MAX, u64::MAX), "");
}

#[test]
fn ok_contents_without_encoding() {
    let arena = Arena::new();
    let mail = Mail::new(NUMBERED);
    let binary = |mail: &Mail, number, partial| {
        let part = Part::parse(number, &arena).unwrap();
        let octets = mail.binary(part, partial)?;
        Ok(octets.map(|octets| octets.escape_ascii().to_string()))
    };
    let some = |text: &str| Ok(Some(text.to_owned()));
    assert_eq!(binary(&mail, "2", None), some("two"));
    assert_eq!(binary(&mail, "2", Some((1, 1))), some("w"));
    assert_eq!(binary(&mail, "3.2", None), Err(BinaryError::UnknownCte));
    assert_eq!(binary(&mail, "3.3", None), Ok(None));
    assert_eq!(mail.binary(Part(&[]), None).unwrap().unwrap(), NUMBERED);

    let of = |fields: &str, body: &str| Mail::new(format!("{fields}\r\n\r\n{body}"));
    let encoding = "Content-Transfer-Encoding:";
    let quoted = of(&format!("{encoding} Quoted-Printable"), "a=3D=\r\nb\r\n");
    assert_eq!(binary(&quoted, "1", None), some(r"a=b\r\n"));
    let broken = of(&format!("{encoding} base64"), "***");
    assert_eq!(binary(&broken, "1", None), Err(BinaryError::Parse));
    assert_eq!(
        binary(&of("A: 1", "a\nb\r\n"), "1", None),
        some(r"a\r\nb\r\n")
    );
}

#[test]
fn ok_structures() {
    let mail = Mail::new(NUMBERED);
    for (extended, expected) in [
        (
            false,
            "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 0)\
             (\"application\" \"octet-stream\" NIL NIL NIL \"base64\" 4)\
             (\"message\" \"rfc822\" NIL NIL \"an old one\" \"7bit\" 188 \
             (NIL \"three\" NIL NIL NIL NIL NIL NIL NIL NIL) \
             ((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 9 0)\
             (\"application\" \"x\" (\"name\" \"ab\") NIL NIL \"x-what\" 9) \"mixed\") 12)\
             ((\"image\" \"gif\" NIL \"<id>\" NIL \"7bit\" 8)\
             (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 40 \
             (NIL \"four two\" NIL NIL NIL NIL NIL NIL NIL NIL) \
             (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 19 2) 4) \"mixed\") \
             \"mixed\")",
        ),
        (
            true,
            "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 0 NIL NIL NIL NIL)\
             (\"application\" \"octet-stream\" NIL NIL NIL \"base64\" 4 NIL NIL NIL NIL)\
             (\"message\" \"rfc822\" NIL NIL \"an old one\" \"7bit\" 188 \
             (NIL \"three\" NIL NIL NIL NIL NIL NIL NIL NIL) \
             ((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 9 0 NIL NIL NIL NIL)\
             (\"application\" \"x\" (\"name\" \"ab\") NIL NIL \"x-what\" 9 NIL NIL NIL NIL) \
             \"mixed\" (\"boundary\" \"b\") NIL NIL NIL) 12 NIL NIL NIL NIL)\
             ((\"image\" \"gif\" NIL \"<id>\" NIL \"7bit\" 8 \"md\" \
             (\"attachment\" (\"filename\" \"x y.gif\")) (\"de\" \"en\") \"x y\")\
             (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 40 \
             (NIL \"four two\" NIL NIL NIL NIL NIL NIL NIL NIL) \
             (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 19 2 NIL NIL NIL NIL) 4 \
             NIL NIL NIL NIL) \"mixed\" (\"boundary\" \"c\") NIL NIL NIL) \
             \"mixed\" (\"boundary\" \"a\") NIL NIL NIL)",
        ),
    ] {
        assert_eq!(structure(&mail, extended), expected);
    }
}

/// The structure as it goes to a client.
fn structure(mail: &Mail, extended: bool) -> String {
    let arena = Arena::new();
    let body = mail.body_structure(&arena, extended);
    let (item, name) = if extended {
        (FetchItem::BodyStructure(body), "BODYSTRUCTURE")
    } else {
        (FetchItem::Body(body), "BODY")
    };
    let line = encoded(item, &arena);
    let start = format!("* 1 FETCH ({name} ");
    let body = line.strip_prefix(&start).unwrap().strip_suffix(")\r\n");
    body.unwrap().to_owned()
}

fn encoded(item: FetchItem<'_>, arena: &Arena) -> String {
    let fetch = Fetch {
        number: SeqNum::try_from(1).unwrap(),
        items: arena.alloc_slice([item]),
    };
    let encoded = encode_response(&Response::Fetch(fetch)).unwrap();
    String::from_utf8_lossy(&encoded).into_owned()
}

#[test]
fn ok_an_envelope() {
    let mail = Mail::new(
        "Date: Mon, 7 Feb 1994\r\n 21:52:25 -0800 (PST)\r\nSubject:\r\nFrom: Fred <f@x>\r\n\
         Sender: \r\nTo: a@x\r\nTo: g: b@x;\r\nCC: c@x\r\nMessage-Id: <m@x> \r\n\
         In-Reply-To: <r@x>\r\n \"x\"\r\nIn-Reply-To: no\r\n\r\n",
    );
    let arena = Arena::new();
    let envelope = arena.alloc(mail.envelope(&arena));
    let fred = r#"(("Fred" NIL "f" "x"))"#;
    let group = r#"(NIL NIL "g" NIL)(NIL NIL "b" "x")(NIL NIL NIL NIL)"#;
    assert_eq!(
        encoded(FetchItem::Envelope(envelope), &arena),
        format!(
            "* 1 FETCH (ENVELOPE (\"Mon, 7 Feb 1994 21:52:25 -0800 (PST)\" \"\" {fred} {fred} {fred} \
             ((NIL NIL \"a\" \"x\"){group}) ((NIL NIL \"c\" \"x\")) NIL \"<r@x> \\\"x\\\"\" \
             \"<m@x>\"))\r\n"
        )
    );
}

#[test]
fn ok_previews() {
    let of = |fields: &str, body: &str| Mail::new(format!("{fields}\r\n\r\n{body}")).preview();
    assert_eq!(of("", "  Hello,\r\n\r\nworld.\r\n"), "Hello, world.");
    let html = "Content-Type: text/html; charset=utf-8";
    let page = "<html><style>x</style><body><p>Gr&uuml;&szlig;e <b>&amp; so</b></p></html>";
    assert_eq!(of(html, page), "Grüße & so");
    let latin = "Content-Type: text/plain; charset=iso-8859-1\r\n\
                 Content-Transfer-Encoding: quoted-printable";
    assert_eq!(of(latin, "Gr=FC=DFe"), "Grüße");
    assert_eq!(of("Content-Type: image/gif", "GIF"), "");
    assert_eq!(of("", &"äbc ".repeat(100)).chars().count(), 199);
    assert_eq!(of("", &"ä".repeat(300)).chars().count(), 200);
    assert_eq!(Mail::new(NUMBERED).preview(), "one");
}

#[test]
fn ok_the_same_octets_have_the_same_id() {
    let id = |text: &'static str| Mail::new(text).email_id();
    assert_eq!(id("a"), id("a"));
    assert_ne!(id("a"), id("b"));
    assert_eq!(id("").len(), 33);
}

#[test]
fn ok_any_octets_are_a_message() {
    let pieces: [&[u8]; 12] = [
        b"Content-Type: multipart/mixed; boundary=a\r\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: multipart/digest; boundary=\"\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"\r\n",
        b"--a\r\n",
        b"--a--",
        b"From: a <b@c, d: ;;(\\",
        b"=?utf-8?q?=",
        b"\xff\0\n",
        b"Content-Disposition: x; y*0*=\"",
        b":",
    ];
    for n in 0..pieces.len().pow(4) {
        let mut rest = n;
        let mut octets = Vec::new();
        for _ in 0..4 {
            octets.extend(pieces[rest % pieces.len()]);
            rest /= pieces.len();
        }
        let mail = Mail::new(octets);
        let arena = Arena::new();
        let envelope = arena.alloc(mail.envelope(&arena));
        encoded(FetchItem::Envelope(envelope), &Arena::new());
        structure(&mail, true);
        mail.preview();
        for part in mail.body_structure(&arena, false).parts() {
            let octets = mail.section(&Section::part(part.number.as_part()), None);
            if let BodyStructure::Single(single) = part.structure {
                assert_eq!(octets.unwrap().len(), single.octets as usize);
            }
            assert!(mail.binary(part.number.as_part(), None) != Ok(None));
        }
    }
}

#[test]
fn ok_deep_messages_are_described() {
    let deep = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    let text = structure(&Mail::new(deep), true);
    let frame = format!("* 1 FETCH (BODYSTRUCTURE {text})\r\n");
    let arena = Arena::new();
    let parsed = Response::parse(frame.as_bytes(), &arena);
    let Ok(Response::Fetch(fetch)) = parsed else {
        panic!("{parsed:?}");
    };
    assert!(matches!(fetch.items, [FetchItem::BodyStructure(_)]));
}
