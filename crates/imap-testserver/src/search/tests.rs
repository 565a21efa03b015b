use std::num::NonZeroU32;

use imap_codec::encode_response;
use imap_proto::command::{SearchReturnOption, SortCriterion, SortKey};
use imap_proto::response::{Esearch, SearchCorrelator};
use imap_proto::{Arena, Command, Keyword, Response, SearchKey, Tag, ThreadAlgorithm, UidSetBuf};

use super::*;

/// Messages with UIDs that are ten times their numbers, which arrived one an hour.
struct Mails(Vec<Mail>);

impl Mails {
    fn new<T: AsRef<str>>(mails: impl IntoIterator<Item = T>) -> Self {
        let mails = mails.into_iter();
        Self(
            mails
                .map(|mail| Mail::new(mail.as_ref().to_owned()))
                .collect(),
        )
    }

    fn candidates(&self) -> Vec<Candidate<'_>> {
        let candidate = |(n, mail)| candidate(n, mail);
        (1..).zip(&self.0).map(candidate).collect()
    }

    fn found(&self, keys: &str) -> Vec<u32> {
        found(&self.candidates(), keys)
    }
}

fn candidate(n: u32, mail: &Mail) -> Candidate<'_> {
    Candidate {
        seq: SeqNum::try_from(n).unwrap(),
        uid: Uid::try_from(10 * n).unwrap(),
        mod_seq: 100 + u64::from(n),
        flags: &[],
        internal_date: InternalDate::from_unix(i64::from(n) * 3600, 0).unwrap(),
        save_date: None,
        mail,
    }
}

/// The numbers of the messages that a search finds.
fn found(messages: &[Candidate<'_>], keys: &str) -> Vec<u32> {
    let arena = Arena::new();
    let keys = SearchKey::parse_all(keys.as_bytes(), &arena).unwrap();
    let saved: UidSetBuf = "20,40".parse().unwrap();
    let scope = Scope {
        last_seq: messages.last().map(|message| message.seq),
        last_uid: messages.last().map(|message| message.uid),
        saved: &saved,
        now: 10 * 3600,
    };
    let query = Query::new(keys, &scope).unwrap();
    let found = messages.iter().filter(|message| query.matches(message));
    found.map(|message| message.seq.get()).collect()
}

#[test]
fn ok_sets() {
    let mails = Mails::new([""; 5]);
    for (keys, expected) in [
        ("ALL", &[1, 2, 3, 4, 5][..]),
        ("2:3,5", &[2, 3, 5]),
        ("3:1", &[1, 2, 3]),
        ("*", &[5]),
        ("9:*", &[5]),
        ("UID 10:20", &[1, 2]),
        ("UID 900:*", &[5]),
        ("$", &[2, 4]),
        ("UID $ NOT 4", &[2]),
        ("OR 1 (2:3 UID 30)", &[1, 3]),
        ("7", &[]),
    ] {
        assert_eq!(mails.found(keys), expected, "{keys}");
    }
    assert_eq!(Mails::new([""; 0]).found("*"), [0; 0]);
}

#[test]
fn ok_flags_and_numbers() {
    let mail = Mail::new("A: 1\r\n\r\nx");
    let keyword = Flag::Keyword(Keyword::new("Work").unwrap());
    let flags = [Flag::Recent, Flag::Answered, keyword];
    let one = Candidate {
        flags: &flags,
        ..candidate(1, &mail)
    };
    let two = Candidate {
        flags: &[Flag::Seen, Flag::Deleted, Flag::Draft, Flag::Flagged],
        save_date: Some(InternalDate::from_unix(86_400, 0).unwrap()),
        ..candidate(2, &mail)
    };
    for (keys, expected) in [
        ("RECENT", &[1][..]),
        ("NEW", &[1]),
        ("OLD", &[2]),
        ("ANSWERED", &[1]),
        ("UNANSWERED", &[2]),
        ("KEYWORD work", &[1]),
        ("UNKEYWORD WORK", &[2]),
        ("SEEN DELETED DRAFT FLAGGED", &[2]),
        ("UNSEEN UNDELETED UNDRAFT UNFLAGGED", &[1]),
        ("LARGER 8", &[1, 2]),
        ("LARGER 9", &[]),
        ("SMALLER 10", &[1, 2]),
        ("SMALLER 9", &[]),
        ("MODSEQ 102", &[2]),
        ("MODSEQ \"/flags/\\\\draft\" all 101", &[1, 2]),
        ("OLDER 32400", &[1]),
        ("YOUNGER 28800", &[2]),
        ("SAVEDATESUPPORTED", &[2]),
        ("SAVEDON 2-Jan-1970", &[2]),
        ("SAVEDBEFORE 2-Jan-1970", &[1]),
        ("SAVEDSINCE 1-Jan-1970", &[1, 2]),
        ("FUZZY SEEN", &[2]),
    ] {
        assert_eq!(found(&[one, two], keys), expected, "{keys}");
    }
    let same = format!("EMAILID {}", mail.email_id());
    assert_eq!(found(&[one, two], &same), [1, 2]);
    assert_eq!(found(&[one, two], "EMAILID M1"), [0; 0]);
    let thread = format!("THREADID {}", thread_id(&mail));
    assert_eq!(found(&[one, two], &thread), [1, 2]);
}

#[test]
fn ok_days_disregard_time_and_zone() {
    let mail = Mail::new("Date: Sun, 8 Feb 1970 23:30:00 -0800\r\n\r\n");
    let other = Mail::new("Subject: no date\r\n\r\n");
    let late = InternalDate::new(1970, 2, 7, 23, 59, 59, -720).unwrap();
    let early = InternalDate::new(1970, 2, 8, 0, 0, 0, 720).unwrap();
    let one = Candidate {
        internal_date: late,
        ..candidate(1, &mail)
    };
    let two = Candidate {
        internal_date: early,
        ..candidate(2, &other)
    };
    for (keys, expected) in [
        ("ON 7-Feb-1970", &[1][..]),
        ("BEFORE 8-Feb-1970", &[1]),
        ("SINCE 8-Feb-1970", &[2]),
        ("SENTON 8-Feb-1970", &[1]),
        ("SENTBEFORE 9-Feb-1970", &[1]),
        ("SENTSINCE 9-Feb-1970", &[]),
    ] {
        assert_eq!(found(&[one, two], keys), expected, "{keys}");
    }
}

#[test]
fn ok_texts_are_decoded_and_case_does_not_count() {
    let mails = Mails::new([
        "From: =?iso-8859-1?Q?J=F6rg?= <J.Smith@Example.ORG>\r\nSubject: =?utf-8?B?R3LDvMOfZQ==?=\r\n =?utf-8?Q?_now?=\r\n\
         To: Team: ann@x, Bob <bob@y>;\r\nCc: c@x\r\nBcc: b@x\r\nX-A: some\r\n thing\r\nX-A: else\r\n\
         Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSch=F6n =\r\nhier",
        "Subject:\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\nContent-Type: image/gif; name=\"cat.gif\"\r\n\r\nGIF87a\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nInside\r\n--b--\r\n",
    ]);
    for (keys, expected) in [
        ("FROM \"jörg\"", &[1][..]),
        ("FROM \"j.smith@example\"", &[1]),
        ("FROM \"Jörg <j.smith@example.org>\"", &[1]),
        ("TO team", &[1]),
        ("TO \"bob <bob@Y>\"", &[1]),
        ("TO c@x", &[]),
        ("CC c@x", &[1]),
        ("BCC b@x", &[1]),
        ("FROM \"\"", &[1]),
        ("SUBJECT \"GRÜßE NOW\"", &[1]),
        ("SUBJECT \"gru\u{308}ße\"", &[1]),
        ("HEADER subject \"\"", &[1, 2]),
        ("HEADER X-a \"some thing\"", &[1]),
        ("HEADER X-a ELSE", &[1]),
        ("HEADER X-B \"\"", &[]),
        ("BODY \"schön hier\"", &[1]),
        ("BODY inside", &[2]),
        ("BODY inner", &[]),
        ("BODY gif87a", &[]),
        ("TEXT inner", &[2]),
        ("TEXT cat.gif", &[2]),
        ("TEXT \"x-a: some thing\"", &[1]),
        ("TEXT \"schön\"", &[1]),
        ("BODY \"\"", &[1, 2]),
    ] {
        assert_eq!(mails.found(keys), expected, "{keys}");
    }
}

#[test]
fn err_keys_of_other_extensions() {
    let arena = Arena::new();
    let scope = Scope {
        last_seq: None,
        last_uid: None,
        saved: &UidSetBuf::new(),
        now: 0,
    };
    for (keys, name) in [
        ("NOT FILTER x", "FILTER"),
        ("OR ALL (SEEN X-GM-RAW y)", "X-GM-RAW"),
        ("WHAT \"y\"", ""),
    ] {
        let keys = SearchKey::parse_all(keys.as_bytes(), &arena).unwrap();
        let error = Query::new(keys, &scope).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("unsupported search key {name}").trim_end()
        );
    }
    assert!(knows_charset("utf-8".into()) && !knows_charset("KOI8-R".into()));
}

/// What a search with these options answers, and what it saves.
fn answer(options: &str, numbers: &[u32], uses_mod_seq: bool) -> (String, String) {
    let arena = Arena::new();
    let line = format!("a SEARCH RETURN ({options}) ALL\r\n");
    let command = Command::parse(line.as_bytes(), &arena).unwrap();
    let Command::Search(search) = command.command else {
        panic!();
    };
    let options: &[SearchReturnOption<'_>] = search.return_options.unwrap();
    let found: Vec<_> = numbers
        .iter()
        .map(|n| Found {
            seq: SeqNum::try_from(*n).unwrap(),
            uid: Uid::try_from(n + 100).unwrap(),
            mod_seq: 1000 - u64::from(*n),
        })
        .collect();
    let data = return_data(options, &found, uses_mod_seq, |found| found.seq, &arena);
    let shown = data.map_or_else(String::new, |data| {
        let correlators = [SearchCorrelator::Tag(Tag::try_from("a").unwrap())];
        let response = Response::Esearch(Esearch {
            correlators: &correlators,
            data,
        });
        let line = encode_response(&response).unwrap();
        let line = String::from_utf8(line).unwrap();
        let data = line.strip_prefix("* ESEARCH (TAG \"a\")").unwrap();
        data.trim().to_owned()
    });
    (shown, saved(options, &found).to_string())
}

#[test]
fn ok_what_is_told_and_what_is_saved() {
    for (options, data, saved) in [
        // RFC 5182 2.4
        ("SAVE", "", "102,110:115,121"),
        ("SAVE MIN", "MIN 2", "102"),
        ("MAX SAVE", "MAX 21", "121"),
        ("MAX SAVE MIN", "MAX 21 MIN 2", "102,121"),
        (
            "MAX SAVE MIN COUNT",
            "MAX 21 MIN 2 COUNT 8",
            "102,110:115,121",
        ),
        ("ALL SAVE MIN", "ALL 2,10:15,21 MIN 2", "102,110:115,121"),
        ("", "ALL 2,10:15,21", "102,110:115,121"),
        // RFC 9394 3
        ("PARTIAL 2:3", "PARTIAL (2:3 10:11)", "110:111"),
        ("PARTIAL 3:2", "PARTIAL (3:2 10:11)", "110:111"),
        ("PARTIAL -1:-2", "PARTIAL (-1:-2 15,21)", "115,121"),
        ("PARTIAL -7:-100", "PARTIAL (-7:-100 2,10)", "102,110"),
        ("PARTIAL 9:10", "PARTIAL (9:10 NIL)", ""),
        ("SAVE PARTIAL 2:2 MAX", "PARTIAL (2:2 10) MAX 21", "110,121"),
        (
            "PARTIAL 1:1 COUNT",
            "PARTIAL (1:1 2) COUNT 8",
            "102,110:115,121",
        ),
        (
            "RELEVANCY",
            "RELEVANCY (100 100 100 100 100 100 100 100)",
            "102,110:115,121",
        ),
    ] {
        let numbers = [2, 10, 11, 12, 13, 14, 15, 21];
        let expected = (data.to_owned(), saved.to_owned());
        assert_eq!(answer(options, &numbers, false), expected, "{options}");
    }
    assert_eq!(
        answer("MIN MAX ALL", &[], true),
        (String::new(), String::new())
    );
    assert_eq!(answer("MIN COUNT", &[], false).0, "COUNT 0");
    // RFC 5267 3.1: the order is that of the sort.
    let sorted = (
        "ALL 5:6,3,2 MIN 5 MAX 2".to_owned(),
        "102:103,105:106".to_owned(),
    );
    assert_eq!(answer("ALL MIN MAX", &[5, 6, 3, 2], false), sorted);
}

#[test]
fn ok_the_highest_modification_sequence_of_what_is_told() {
    // RFC 4731 3.2
    for (options, data) in [
        ("MIN", "MIN 3 MODSEQ 997"),
        ("MAX", "MAX 9 MODSEQ 991"),
        ("MIN MAX", "MIN 3 MAX 9 MODSEQ 997"),
        ("COUNT MAX", "COUNT 3 MAX 9 MODSEQ 998"),
    ] {
        let numbers = [3, 2, 9];
        assert_eq!(answer(options, &numbers, true).0, data);
    }
}

/// The numbers of all messages in order.
fn sorted(mails: &Mails, criteria: &[SortCriterion<'_>]) -> Vec<usize> {
    let places = sort(criteria, &mails.candidates()).unwrap();
    places.into_iter().map(|place| place + 1).collect()
}

#[test]
fn ok_sorts() {
    let mails = Mails::new([
        "Date: 3 Jan 1970 00:00:00 +0000\r\nSubject: Re: b\r\nFrom: Zoe <ann@x>\r\nTo: z@x\r\n\r\n..................................................",
        "Date: 3 Jan 1970 00:30:00 +0100\r\nSubject: a\r\nFrom: \"anna\" <Bob@x>\r\nCc: g: x@y;\r\n\r\n..",
        "Subject: B\r\nFrom: carl@x\r\nTo: =?utf-8?Q?=C3=84?= <a@x>\r\n\r\n",
        "Date: 2 Jan 1970 00:00:00 +0000\r\nSubject: [x] fwd: A (fwd)\r\nTo: b@x\r\n\r\n",
    ]);
    for (key, expected) in [
        (SortKey::Arrival, [1, 2, 3, 4]),
        (SortKey::Cc, [1, 3, 4, 2]),
        (SortKey::Date, [3, 4, 2, 1]),
        (SortKey::DisplayFrom, [4, 2, 3, 1]),
        (SortKey::DisplayTo, [2, 3, 4, 1]),
        (SortKey::From, [4, 1, 2, 3]),
        (SortKey::Size, [3, 4, 2, 1]),
        (SortKey::Subject, [2, 4, 1, 3]),
        (SortKey::To, [2, 3, 4, 1]),
        (SortKey::Relevancy, [1, 2, 3, 4]),
    ] {
        assert_eq!(sorted(&mails, &[key.into()]), expected, "{key:?}");
    }
    let reverse = SortCriterion {
        reverse: true,
        key: SortKey::Subject,
    };
    assert_eq!(sorted(&mails, &[reverse]), [1, 3, 2, 4]);
    assert_eq!(
        sorted(&mails, &[reverse, SortKey::Date.into()]),
        [3, 1, 4, 2]
    );
    let other = imap_proto::Atom::new("X").unwrap();
    assert!(sort(&[SortKey::Other(other).into()], &mails.candidates()).is_err());
}

/// The threads as they go to a client.
fn threads(mails: &Mails, algorithm: ThreadAlgorithm<'_>) -> String {
    let arena = Arena::new();
    let number = |message: &Candidate<'_>| NonZeroU32::new(message.seq.get()).unwrap();
    let threads = thread(algorithm, &mails.candidates(), number, &arena).unwrap();
    let line = encode_response(&Response::Thread(threads)).unwrap();
    let line = String::from_utf8(line).unwrap();
    line.strip_prefix("* THREAD").unwrap().trim().to_owned()
}

/// A message that was sent at this second, with a subject, an identifier, and those it refers to.
fn mail(second: u32, subject: &str, id: &str, references: &str) -> String {
    let ids = references.split(' ').filter(|id| !id.is_empty());
    let references: String = ids.map(|id| format!(" <{id}@x>")).collect();
    let date = format!("1 Jan 1970 00:00:{second:02} +0000");
    format!(
        "Date: {date}\r\nSubject: {subject}\r\nMessage-ID: <{id}@x>\r\nReferences:{references}\r\n\r\n"
    )
}

#[test]
fn ok_threads_by_subject() {
    let mails = Mails::new([
        mail(5, "a", "1", ""),
        mail(3, "Re: a", "2", ""),
        mail(4, "b", "3", ""),
        mail(9, "A", "4", ""),
        mail(8, "re: b", "5", ""),
    ]);
    let algorithm = ThreadAlgorithm::OrderedSubject;
    assert_eq!(threads(&mails, algorithm), "(2 (1)(4))(3 5)");
    assert_eq!(threads(&Mails::new([""; 0]), algorithm), "");
}

#[test]
fn ok_threads_by_references() {
    for (mails, references, refs) in [
        // A message in the middle is missing.
        (
            vec![
                mail(1, "a", "1", ""),
                mail(2, "b", "2", "1 gone"),
                mail(3, "c", "3", "1 gone"),
            ],
            "(1 (2)(3))",
            "(1 (2)(3))",
        ),
        // The first message is missing; there is one answer, or there are two.
        (
            vec![
                mail(1, "a", "1", "gone"),
                mail(3, "b", "2", "lost"),
                mail(2, "c", "3", "lost"),
            ],
            "(1)((3)(2))",
            "(1)((3)(2))",
        ),
        // A loop, and a message that refers to itself.
        (
            vec![
                mail(1, "a", "1", "2"),
                mail(2, "b", "2", "1"),
                mail(3, "c", "3", "3"),
            ],
            "(2 1)(3)",
            "(2 1)(3)",
        ),
        // References that were cut short do not take a message from its place.
        (
            vec![
                mail(1, "a", "1", ""),
                mail(2, "b", "2", "1"),
                mail(3, "c", "3", "1 2"),
                mail(4, "d", "4", "1 3"),
            ],
            "(1 2 3 4)",
            "(1 2 3 4)",
        ),
        // The first message with an identifier has it.
        (
            vec![
                mail(1, "a", "1", ""),
                mail(2, "b", "1", ""),
                mail(3, "c", "3", "1"),
            ],
            "(1 3)(2)",
            "(2)(1 3)",
        ),
        // Subjects: an answer goes below the first message, two first messages beside each other.
        (
            vec![
                mail(1, "Re: a", "1", ""),
                mail(2, "a", "2", ""),
                mail(3, "b", "3", ""),
                mail(4, "b", "4", ""),
            ],
            "(2 1)((3)(4))",
            "(1)(2)(3)(4)",
        ),
        // Two answers to what is not there, and one that refers to nothing.
        (
            vec![
                mail(1, "Re: a", "1", "gone"),
                mail(2, "Re: a", "2", "gone"),
                mail(3, "a", "3", ""),
                mail(4, "Re: a", "4", "lost"),
                mail(5, "x", "5", "lost"),
            ],
            "((1)(2)(3)(4)(5))",
            "((1)(2))(3)((4)(5))",
        ),
    ] {
        let mails = Mails::new(mails);
        assert_eq!(threads(&mails, ThreadAlgorithm::References), references);
        assert_eq!(threads(&mails, ThreadAlgorithm::Refs), refs);
    }
}

#[test]
fn ok_identifiers_of_threads_are_those_of_the_first_message() {
    let id = |text: String| thread_id(&Mail::new(text));
    let first = id(mail(1, "a", "1", ""));
    assert_eq!(id(mail(2, "b", "2", "1")), first);
    assert_eq!(id(mail(3, "c", "3", "1 2")), first);
    assert_ne!(id(mail(4, "a", "4", "2")), first);
    assert_ne!(id("Subject: a\r\n".into()), id("Subject: b\r\n".into()));
}

#[test]
fn ok_threads_as_deep_as_a_mailbox() {
    let row = (0..3000).map(|n: u32| {
        let parent = n.checked_sub(1).map_or_else(String::new, |n| n.to_string());
        mail(0, "a", &n.to_string(), &parent)
    });
    let shown = threads(&Mails::new(row), ThreadAlgorithm::References);
    assert!(shown.starts_with("(1 2 3 ") && shown.ends_with(" 2999 3000)"));

    // Each message has two answers, of which one has answers.
    let tree = (0..3000).map(|n: u32| {
        let parent = n
            .checked_sub(1)
            .map_or_else(String::new, |n| (n / 2 * 2).to_string());
        mail(0, "a", &n.to_string(), &parent)
    });
    let shown = threads(&Mails::new(tree), ThreadAlgorithm::References);
    assert_eq!(
        shown.matches("((").count() + shown.matches(" (").count(),
        200
    );
    assert!(shown.split([' ', '(', ')']).any(|number| number == "3000"));
    let arena = Arena::new();
    let line = format!("* THREAD {shown}\r\n");
    assert!(matches!(
        Response::parse(line.as_bytes(), &arena),
        Ok(Response::Thread(_))
    ));
}
