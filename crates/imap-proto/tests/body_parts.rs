//! Working with body structures: numbers of parts, texts, attachments.

use imap_proto::{Arena, BodyStructure, FileName, IString, Part, PartBuf, Response};

const TEXT: &str = r#"("text" "plain" ("charset" "utf-8") NIL NIL "7BIT" 5 1)"#;
const HTML: &str = r#"("TEXT" "HTML" NIL NIL NIL "7BIT" 5 1)"#;

/// What `read` makes of the structure that is written so.
fn with<T>(text: &str, read: impl for<'a> FnOnce(BodyStructure<'a>) -> T) -> T {
    let arena = Arena::new();
    let frame = format!("* 1 FETCH (BODYSTRUCTURE {text})\r\n");
    match Response::parse(frame.as_bytes(), &arena) {
        Ok(Response::Fetch(fetch)) => read(fetch.body_structure().expect(text)),
        other => panic!("{other:?}"),
    }
}

fn multi(subtype: &str, parts: &[&str]) -> String {
    format!("({} \"{subtype}\")", parts.concat())
}

fn message(body: &str) -> String {
    let nils = ["NIL"; 10].join(" ");
    format!("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 5 ({nils}) {body} 9)")
}

fn file(disposition: &str, parameters: &str) -> String {
    let disposition = match disposition {
        "" => "NIL".to_owned(),
        kind => format!("(\"{kind}\" {parameters})"),
    };
    format!("(\"IMAGE\" \"PNG\" (\"NAME\" \"n.png\") NIL NIL \"BASE64\" 9 NIL {disposition})")
}

fn numbers(text: &str) -> Vec<String> {
    with(text, |body| {
        let parts = body.parts();
        parts
            .map(|part| format!("{} {}", part.number, part.structure.media_subtype()))
            .collect()
    })
}

#[test]
fn ok_a_single_part_is_part_one() {
    assert_eq!(numbers(TEXT), ["1 plain"]);
    assert_eq!(numbers(&message(TEXT)), ["1 RFC822", "1.1 plain"]);
}

#[test]
fn ok_numbers_of_the_example_of_the_rfc() {
    // RFC 9051 6.4.5: the tree of parts there, in the same order.
    let image = file("", "");
    let alternative = multi("ALTERNATIVE", &[TEXT, HTML]);
    let inner = message(&multi("MIXED", &[TEXT, &image]));
    let nested = multi(
        "MIXED",
        &[&image, &message(&multi("MIXED", &[TEXT, &alternative]))],
    );
    let all = multi("MIXED", &[TEXT, &image, &inner, &nested]);
    assert_eq!(
        numbers(&all),
        [
            " MIXED",
            "1 plain",
            "2 PNG",
            "3 RFC822",
            "3 MIXED",
            "3.1 plain",
            "3.2 PNG",
            "4 MIXED",
            "4.1 PNG",
            "4.2 RFC822",
            "4.2 MIXED",
            "4.2.1 plain",
            "4.2.2 ALTERNATIVE",
            "4.2.2.1 plain",
            "4.2.2.2 HTML",
        ]
    );
    let outside = with(&all, |body| body.parts().without_messages().count());
    assert_eq!(outside, 7);
}

#[test]
fn ok_a_multipart_without_parts_is_alone() {
    assert_eq!(numbers("(\"ALTERNATIVE\")"), [" ALTERNATIVE"]);
}

#[test]
fn ok_find_text_prefers_plain_text_that_is_not_attached() {
    let attached = TEXT.replace("1)", "1 NIL (\"attachment\" NIL))");
    let richtext = TEXT.replace("plain", "richtext");
    for (body, place) in [
        (TEXT.to_owned(), Some("1")),
        (HTML.to_owned(), Some("1")),
        (multi("ALTERNATIVE", &[HTML, TEXT]), Some("2")),
        (multi("MIXED", &[&attached, &richtext, HTML]), Some("3")),
        (multi("MIXED", &[&attached, &richtext]), Some("2")),
        (multi("MIXED", &[&message(TEXT), &attached]), None),
        (
            multi("MIXED", &[&multi("X", &[&file("", ""), TEXT])]),
            Some("1.2"),
        ),
    ] {
        let found = with(&body, |body| {
            body.find_text().map(|part| part.number.to_string())
        });
        assert_eq!(found.as_deref(), place, "{body}");
    }
}

#[test]
fn ok_attachments_by_disposition_or_name() {
    let parts = [
        TEXT,
        &file("attachment", "NIL"),
        &file("INLINE", "NIL"),
        &file("", ""),
        &message(&file("attachment", "NIL")),
    ];
    let found = with(&multi("MIXED", &parts), |body| {
        let numbers = body.attachments().map(|part| part.number.to_string());
        numbers.collect::<Vec<_>>()
    });
    assert_eq!(found, ["2", "4"]);
}

#[test]
fn ok_file_names() {
    let name = |disposition, parameters| {
        with(&file(disposition, parameters), |body| {
            match body.file_name() {
                Some(FileName::Plain(name)) => format!("plain {name}"),
                Some(FileName::Extended(name)) => format!("extended {name}"),
                other => format!("{other:?}"),
            }
        })
    };
    assert_eq!(name("", ""), "plain n.png");
    assert_eq!(name("x", "(\"y\" \"z\")"), "plain n.png");
    assert_eq!(name("x", "(\"FileName\" \"f.png\")"), "plain f.png");
    assert_eq!(
        name("x", "(\"filename\" \"f\" \"filename*\" \"utf-8''%C3%A9\")"),
        "extended utf-8''%C3%A9"
    );
    assert!(with(TEXT, |body| body.file_name().is_none()));
}

#[test]
fn ok_types_and_charsets() {
    with(TEXT, |body| {
        assert!(body.is_media_type("TEXT", "Plain") && !body.is_media_type("text", "html"));
        assert!(!body.is_multipart() && !body.is_attachment());
        assert_eq!(body.charset(), Some(IString::from("utf-8")));
    });
    with(&multi("mixed", &[TEXT]), |body| {
        assert!(body.is_media_type("multipart", "MIXED") && body.is_multipart());
        assert_eq!(body.charset(), None);
    });
}

#[test]
fn ok_a_part_number_can_be_kept() {
    let kept = PartBuf::from(Part(&[]));
    assert_eq!(
        (kept.as_part(), kept.to_string()),
        (Part(&[]), String::new())
    );
}

#[test]
fn ok_deep_structures_are_walked() {
    let mut deep = TEXT.to_owned();
    for _ in 0..20 {
        deep = message(&multi("MIXED", &[&deep]));
    }
    let last = with(&deep, |body| {
        body.parts().last().map(|part| part.number.to_string())
    });
    assert_eq!(last, Some(["1"; 21].join(".")));
}
