use std::collections::HashSet;

use super::*;

fn header(sample: &Sample) -> String {
    let bytes = &sample.message.bytes;
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap();
    String::from_utf8(bytes[..end + 2].to_vec()).unwrap()
}

fn of_kind(kind: Kind) -> Sample {
    samples(1).find(|sample| sample.kind == kind).unwrap()
}

#[test]
fn same_seed_same_messages() {
    assert!(samples(3).take(30).eq(samples(3).take(30)));
    assert!(samples(3).take(30).ne(samples(4).take(30)));
}

#[test]
fn fifteen_in_a_row_have_every_kind() {
    let kinds: HashSet<Kind> = samples(1).take(15).map(|sample| sample.kind).collect();
    assert_eq!(kinds.len(), 15);
}

#[test]
fn line_ends_are_crlf_and_lines_within_the_limit() {
    for sample in samples(2).take(45) {
        let bytes = &sample.message.bytes;
        assert!(bytes.ends_with(b"\r\n"));
        for line in bytes.split(|byte| *byte == b'\n') {
            assert!(
                line.is_empty() || line.ends_with(b"\r"),
                "bare LF in {:?}",
                sample.kind
            );
            assert!(line.len() <= 999 && !line[..line.len().saturating_sub(1)].contains(&b'\r'));
        }
    }
}

#[test]
fn headers_are_ascii_and_have_what_is_expected() {
    for sample in samples(5).take(45) {
        let header = header(&sample);
        assert!(header.is_ascii(), "{:?}", sample.kind);
        assert_eq!(header.contains("Subject:"), sample.subject.is_some());
        assert!(header.contains(&format!("<{}>", sample.from.address)));
        match &sample.date {
            Some(date) => assert!(header.contains(&format!("\r\nDate: {date}\r\n"))),
            None => assert!(!header.contains("Date:")),
        }
    }
}

#[test]
fn only_one_message_is_large() {
    let large: Vec<usize> = samples(1)
        .take(40)
        .enumerate()
        .filter(|(_, sample)| sample.size() > 5 * 1024 * 1024)
        .map(|(index, _)| index)
        .collect();
    assert_eq!(large, [7]);
}

#[test]
fn special_kinds_are_what_they_say() {
    assert!(header(&of_kind(Kind::EmptySubject)).contains("\r\nSubject: \r\n"));
    assert!(header(&of_kind(Kind::Japanese)).contains("\r\nSubject: =?ISO-2022-JP?B?"));
    assert!(header(&of_kind(Kind::Groups)).contains("\r\nCc: undisclosed-recipients:;\r\n"));
    let references = header(&of_kind(Kind::LongReferences));
    assert_eq!(references.matches("\r\n <").count(), 59);
    let eight_bit = of_kind(Kind::EightBit).message.bytes;
    assert!(
        String::from_utf8(eight_bit)
            .unwrap()
            .contains("\r\n\r\nGrüße aus Köln")
    );
    let forward = String::from_utf8(of_kind(Kind::Forward).message.bytes).unwrap();
    assert!(forward.contains("message/rfc822\r\nContent-Disposition: inline\r\n\r\nFrom: "));
}

#[test]
fn long_subjects_are_folded() {
    let folded = |sample: &Sample| header(sample).contains("?=\r\n =?UTF-8?B?");
    assert!(samples(1).take(200).any(|sample| folded(&sample)));
}

#[test]
fn head_of_the_first_message_stays_as_it_is() {
    let sample = samples(1).next().unwrap();
    assert_eq!(sample.message.internal_date, 1_600_001_804);
    assert_eq!(
        header(&sample),
        "From: \"Dan O'Neil\" <d_o'neil0@example.org>\r\n\
         To: d_o'neil@example.com\r\n\
         Subject: meeting offer first question between\r\n\
         Date: Sun, 13 Sep 2020 21:55:54 +0900\r\n\
         Message-ID: <0.de68826b080282da@mail.example.org>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=us-ascii\r\n\
         Content-Transfer-Encoding: 7bit\r\n"
    );
}
