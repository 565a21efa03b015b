//! Octets that are taken for mail by the test server.
//!
//! - What is told of a message is read back by strict options.
//! - Each part has the size that the structure tells; a header and a body are the whole.
//! - A search finds a message or does not; threads have each message once.

use std::num::NonZeroU32;

use imap_codec::encode_response;
use imap_proto::command::{SortCriterion, SortKey};
use imap_proto::response::{Fetch, Thread};
use imap_proto::{
    Arena, BodyStructure, FetchItem, InternalDate, Options, Response, SearchKey, Section, SeqNum,
    ThreadAlgorithm, Uid, UidSetBuf,
};
use imap_testserver::mime::Mail;
use imap_testserver::search::{Candidate, Query, Scope, sort, thread};

/// The octets are a few messages.
pub fn mail(octets: &[u8]) {
    let mails: Vec<Mail> = octets
        .split(|octet| *octet == BETWEEN)
        .take(MESSAGES)
        .map(|octets| Mail::new(octets.to_vec()))
        .collect();
    for mail in &mails {
        check_sections(mail);
        check_items(mail);
        assert!(mail.preview().chars().count() <= 200);
    }
    check_threads(&mails);
}

fn check_sections(mail: &Mail) {
    let arena = Arena::new();
    for part in mail.body_structure(&arena, true).parts() {
        let number = part.number.as_part();
        let octets = mail.section(&Section::part(number), None).unwrap();
        if let BodyStructure::Single(single) = part.structure {
            assert_eq!(octets.len(), single.octets as usize);
        }
        assert_ne!(mail.binary(number, None), Ok(None));
    }
    let section = |section| mail.section(&section, None).unwrap();
    let whole = section(Section::ALL);
    assert_eq!(whole.len() as u64, mail.size());
    let parts = [section(Section::HEADER), section(Section::TEXT)].concat();
    assert_eq!(whole, parts);
}

fn check_items(mail: &Mail) {
    let arena = Arena::new();
    let envelope = mail.envelope(&arena);
    let items = [
        FetchItem::Envelope(&envelope),
        FetchItem::Body(mail.body_structure(&arena, false)),
        FetchItem::BodyStructure(mail.body_structure(&arena, true)),
    ];
    let number = SeqNum::MIN;
    let items = &items;
    let response = Response::Fetch(Fetch { number, items });
    let line = encode_response(&response).unwrap();
    let read = Response::parse_with(&line, &arena, &Options::strict());
    assert_eq!(read, Ok(response), "{}", line.escape_ascii());
}

fn check_threads(mails: &[Mail]) {
    let arena = Arena::new();
    let messages: Vec<_> = (1..).zip(mails).map(candidate).collect();
    for keys in [
        &b"TEXT x FROM a"[..],
        b"SENTSINCE 1-Jan-2020 BODY x",
        b"HEADER Subject x",
    ] {
        let keys = SearchKey::parse_all(keys, &arena).unwrap();
        let all = arena.alloc(SearchKey::And(keys));
        let saved = UidSetBuf::new();
        let scope = Scope {
            last_seq: None,
            last_uid: None,
            saved: &saved,
            now: 0,
        };
        let query = Query::new(keys, &scope).unwrap();
        let not = [SearchKey::Not(all)];
        let not = Query::new(&not, &scope).unwrap();
        assert!(
            messages
                .iter()
                .all(|message| query.matches(message) != not.matches(message))
        );
    }
    let keys = [SortKey::Subject, SortKey::DisplayTo, SortKey::Date];
    let mut order = sort(&keys.map(SortCriterion::from), &messages).unwrap();
    order.sort_unstable();
    assert!(order.into_iter().eq(0..messages.len()));
    for algorithm in [
        ThreadAlgorithm::OrderedSubject,
        ThreadAlgorithm::References,
        ThreadAlgorithm::Refs,
    ] {
        let number = |message: &Candidate<'_>| NonZeroU32::new(message.seq.get()).unwrap();
        let threads = thread(algorithm, &messages, number, &arena).unwrap();
        encode_response(&Response::Thread(threads)).unwrap();
        let mut numbers = Vec::new();
        threads
            .iter()
            .for_each(|thread| collect(thread, &mut numbers));
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=messages.len() as u32));
    }
}

fn candidate((n, mail): (u32, &Mail)) -> Candidate<'_> {
    Candidate {
        seq: SeqNum::try_from(n).unwrap(),
        uid: Uid::try_from(n).unwrap(),
        mod_seq: 1,
        flags: &[],
        internal_date: InternalDate::from_unix(i64::from(n % 3), 0).unwrap(),
        save_date: None,
        mail,
    }
}

fn collect(thread: &Thread<'_>, numbers: &mut Vec<u32>) {
    numbers.extend(thread.messages.iter().map(|number| number.get()));
    thread
        .replies
        .iter()
        .for_each(|reply| collect(reply, numbers));
}

/// What stands between two messages.
const BETWEEN: u8 = 0x1e;
/// More would make threads deeper than it takes to find what is wrong with them.
const MESSAGES: usize = 64;

/// Messages to begin with.
pub(crate) const SEEDS: [&str; 4] = [
    "Subject: a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\n\
     Content-Type: message/rfc822\n\nSubject: b\nContent-Type: multipart/digest; boundary=b\n\n\
     --b\n\nFrom: x\n\ntext\n--b--\n--a\nContent-Type: text/html; charset=iso-8859-1\n\
     Content-Transfer-Encoding: quoted-printable\nContent-Disposition: x; y*0*=utf-8''%20; y*1=\"z\"\n\
     \n<p>=FC</p>\n--a--\n",
    "From: \"A\\\"\" <@r,@s:a@b>, G: c@d (x), <e@f>;, \"q q\"@[g]\r\nSender:\r\nTo: =?utf-8?B?w7w=?= <u@v>\r\n\
     Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)\r\nIn-Reply-To: <1@x>\r\nContent-Language: de, en\r\n\r\n",
    "Subject: Re: [x] a (fwd)\nMessage-ID: <1@x>\n\n1\u{1e}Subject: a\nMessage-ID: <2@x>\nReferences: <1@x>\n\n\
     \u{1e}Subject: [fwd: a]\nReferences: <3@x> <2@x>\n\n\u{1e}Subject: b\nReferences: <3@x>\n\n",
    "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n",
];
