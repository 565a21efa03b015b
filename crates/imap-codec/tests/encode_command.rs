//! Commands as the transcripts of the RFCs have them: value to exact octets.

use std::num::NonZeroU32;

use imap_codec::{Encode, EncodeOptions, Encoded, Encoder, Reason, encode_command};
use imap_proto::command::*;
use imap_proto::{
    Annotation, AnnotationAttribute, Arena, Atom, Bound, Date, EntryType, FetchItemName,
    FetchItems, Flag, IString, InternalDate, Keyword, MailboxAttribute, Mechanism, ModSeqEntry,
    ObjectId, OtherItem, Part, SearchKey, Section, SectionText, SeqNum, SequenceSet,
    SequenceSetBuf, StatusItemName, Tag, Uid, UidSetBuf, UidValidity, UrlMechanism,
};

/// The octets of a command with the tag `A1`, line end and pauses shown.
fn wire(command: &Command<'_>) -> String {
    let options = EncodeOptions::CLIENT;
    let encoded = encode_command(Tag::new("A1").unwrap(), command, options).unwrap();
    let parts: Vec<&str> = encoded
        .parts()
        .map(|part| std::str::from_utf8(part).unwrap())
        .collect();
    let text = parts.join("<wait>").replace("\r\n", "<CRLF>");
    let text = text.strip_prefix("A1 ").unwrap();
    text.strip_suffix("<CRLF>").unwrap().to_owned()
}

fn check(cases: &[(Command<'_>, &str)]) {
    for (command, expected) in cases {
        assert_eq!(wire(command), *expected);
    }
}

fn set(text: &str) -> SequenceSetBuf {
    text.parse().unwrap()
}

fn uids(text: &str) -> UidSetBuf {
    text.parse().unwrap()
}

#[test]
fn ok_without_arguments() {
    check(&[
        (Command::Capability, "CAPABILITY"),
        (Command::Check, "CHECK"),
        (Command::Close, "CLOSE"),
        (Command::Expunge, "EXPUNGE"),
        (Command::Idle, "IDLE"),
        (Command::Logout, "LOGOUT"),
        (Command::Namespace, "NAMESPACE"),
        (Command::Noop, "NOOP"),
        (Command::StartTls, "STARTTLS"),
        (Command::Unselect, "UNSELECT"),
    ]);
}

#[test]
fn ok_logging_in() {
    let login = |user_name, password| {
        Command::Login(Login {
            user_name: IString::from(user_name),
            password: IString::from(password),
        })
    };
    let authenticate = |mechanism, initial_response| {
        Command::Authenticate(Authenticate {
            mechanism,
            initial_response,
        })
    };
    let plain = SaslResponse::from_base64("AGEAYg==");
    check(&[
        (login("SMITH", "SESAME"), "LOGIN SMITH SESAME"),
        (login("a b", "p\"w\\"), r#"LOGIN "a b" "p\"w\\""#),
        (login("nil", ""), r#"LOGIN "nil" """#),
        (
            login("\u{fc}", "\u{e4}"),
            "LOGIN {2}<CRLF><wait>\u{fc} {2}<CRLF><wait>\u{e4}",
        ),
        (authenticate(Mechanism::Plain, None), "AUTHENTICATE PLAIN"),
        (
            authenticate(Mechanism::Plain, plain),
            "AUTHENTICATE PLAIN AGEAYg==",
        ),
        (
            authenticate(Mechanism::External, Some(SaslResponse::EMPTY)),
            "AUTHENTICATE EXTERNAL =",
        ),
        (
            authenticate(Mechanism::from(Atom::from_static("KERBEROS_V4")), None),
            "AUTHENTICATE KERBEROS_V4",
        ),
    ]);
}

#[test]
fn ok_a_secret_has_its_place() {
    let arena = Arena::new();
    for (line, public) in [
        ("LOGIN ann x", "LOGIN ann _"),
        ("LOGIN \"a b\" \"c d\"", "LOGIN \"a b\" _"),
        (
            "LOGIN {2+}\r\n\u{fc} {2+}\r\n\u{e4}",
            "LOGIN {2}\r\n\u{fc} _",
        ),
        ("AUTHENTICATE PLAIN AGEAYg==", "AUTHENTICATE PLAIN _"),
        ("AUTHENTICATE EXTERNAL =", "AUTHENTICATE EXTERNAL _"),
        ("AUTHENTICATE PLAIN", "AUTHENTICATE PLAIN_"),
        ("PROXYAUTH joe", "PROXYAUTH joe"),
        (
            "URLFETCH x x;urlauth=anonymous:internal:91 y x;urlauth=anonymous:internal:92 z",
            "URLFETCH x _ z",
        ),
        (
            "GENURLAUTH imap://h/x;urlauth=anonymous INTERNAL",
            "GENURLAUTH imap://h/x;urlauth=anonymous INTERNAL",
        ),
        (
            "APPEND x CATENATE (URL /x URL /x;URLAUTH=user+ann:internal:91)",
            "APPEND x CATENATE (URL /x URL _)",
        ),
        ("SELECT x", "SELECT x"),
    ] {
        let line = format!("A1 {line}\r\n");
        let parsed = Command::parse(line.as_bytes(), &arena).unwrap();
        let encoded = encode_command(parsed.tag, &parsed.command, EncodeOptions::CLIENT).unwrap();
        assert_eq!(without_secrets(&encoded), format!("A1 {public}\r\n"));
    }
    for (name, public) in [("login", "login _"), ("LOGINS", "LOGINS a {1}\r\nb")] {
        let name = Atom::from_static(name);
        let arguments = b"a {1}\r\nb";
        let tag = Tag::new("A1").unwrap();
        let command = OtherCommand { name, arguments };
        let encoded = encode_command(tag, &command, EncodeOptions::CLIENT).unwrap();
        assert_eq!(without_secrets(&encoded), format!("A1 {public}\r\n"));
    }
}

/// The octets, with `_` for what is secret.
fn without_secrets(encoded: &Encoded) -> String {
    let mut octets = encoded.as_bytes().to_vec();
    if let Some(secret) = encoded.secret() {
        octets.splice(secret, *b"_");
    }
    String::from_utf8(octets).unwrap()
}

#[test]
fn ok_lines_that_are_no_commands() {
    fn line(value: &impl Encode) -> Vec<u8> {
        let mut out = Encoder::new(EncodeOptions::CLIENT);
        value.encode(&mut out);
        out.finish().unwrap().into_bytes()
    }
    let arena = Arena::new();
    assert_eq!(line(&Done), b"DONE\r\n");
    let response = |base64| AuthenticateData::Response(SaslResponse::from_base64(base64).unwrap());
    for (data, expected) in [
        (AuthenticateData::Cancel, "*\r\n"),
        (AuthenticateData::Response(SaslResponse::EMPTY), "\r\n"),
        (response("="), "\r\n"),
        (response("AGEAYg=="), "AGEAYg==\r\n"),
    ] {
        let line = line(&data);
        assert_eq!(line, expected.as_bytes());
        assert_eq!(AuthenticateData::parse(&line, &arena), Ok(data));
    }
}

#[test]
fn ok_mailboxes() {
    let mailbox = "foo".into();
    check(&[
        (
            Command::Select(Select {
                mailbox: "INBOX".into(),
                parameters: &[],
            }),
            "SELECT INBOX",
        ),
        (
            Command::Select(Select {
                mailbox: "inbox".into(),
                parameters: &[],
            }),
            "SELECT inbox",
        ),
        (
            Command::Select(Select {
                mailbox: "a*".into(),
                parameters: &[],
            }),
            "SELECT \"a*\"",
        ),
        (
            Command::Examine(Examine {
                mailbox,
                parameters: &[],
            }),
            "EXAMINE foo",
        ),
        (
            Command::Create(Create {
                mailbox: "owatagusiam/".into(),
                parameters: &[],
            }),
            "CREATE owatagusiam/",
        ),
        (Command::Delete(Delete { mailbox }), "DELETE foo"),
        (
            Command::Rename(Rename {
                from: "blurdybloop".into(),
                to: "a b".into(),
                parameters: &[],
            }),
            "RENAME blurdybloop \"a b\"",
        ),
        (
            Command::Subscribe(Subscribe {
                mailbox: "#news.comp.mail.mime".into(),
            }),
            "SUBSCRIBE #news.comp.mail.mime",
        ),
        (
            Command::Unsubscribe(Unsubscribe {
                mailbox: "Entw&APw-rfe".into(),
            }),
            "UNSUBSCRIBE Entw&APw-rfe",
        ),
    ]);
}

#[test]
fn ok_mailboxes_with_parameters() {
    let mailbox = "INBOX".into();
    let (seqs, uids) = (set("5"), uids("41"));
    let known = QResync {
        uid_validity: UidValidity::try_from(67_890_007).unwrap(),
        mod_seq: 90_060_115_194_045_000,
        known_uids: None,
        seq_match: None,
    };
    let with_uids = QResync {
        known_uids: uids.as_set(),
        ..known
    };
    let with_seqs = QResync {
        seq_match: Some(SeqMatch {
            seqs: seqs.as_set().unwrap(),
            uids: uids.as_set().unwrap(),
        }),
        ..with_uids
    };
    let responses = OtherItem {
        name: b"RESPONSES",
        value: b"(\"UID Responses\")",
    };
    let select = |parameters| {
        Command::Select(Select {
            mailbox,
            parameters,
        })
    };
    let qresync = [
        SelectParameter::CondStore,
        SelectParameter::QResync(&with_seqs),
    ];
    check(&[
        (
            select(&qresync),
            "SELECT INBOX (CONDSTORE QRESYNC (67890007 90060115194045000 41 (5 41)))",
        ),
        (
            select(&[SelectParameter::QResync(&with_uids)]),
            "SELECT INBOX (QRESYNC (67890007 90060115194045000 41))",
        ),
        (
            select(&[SelectParameter::QResync(&known)]),
            "SELECT INBOX (QRESYNC (67890007 90060115194045000))",
        ),
        (
            Command::Examine(Examine {
                mailbox,
                parameters: &[
                    SelectParameter::Annotate,
                    SelectParameter::Other(&responses),
                    SelectParameter::Utf8,
                ],
            }),
            "EXAMINE INBOX (ANNOTATE RESPONSES (\"UID Responses\") UTF8)",
        ),
        (
            Command::Create(Create {
                mailbox: "MySpecial".into(),
                parameters: &[
                    CreateParameter::Use(&[MailboxAttribute::Drafts, MailboxAttribute::Sent]),
                    CreateParameter::Other(&responses),
                ],
            }),
            "CREATE MySpecial (USE (\\Drafts \\Sent) RESPONSES (\"UID Responses\"))",
        ),
        (
            Command::Rename(Rename {
                from: "a".into(),
                to: "b".into(),
                parameters: &[responses],
            }),
            "RENAME a b (RESPONSES (\"UID Responses\"))",
        ),
    ]);
}

#[test]
fn ok_lists() {
    let list = |reference: &'static str, pattern: &'static str| {
        List::new(reference.into(), pattern.into())
    };
    let basic = BasicList {
        reference: "#news.".into(),
        pattern: "comp.mail.*".into(),
    };
    let status = |items| Status {
        mailbox: "blurdybloop".into(),
        items,
    };
    check(&[
        (Command::List(list("", "")), r#"LIST "" """#),
        (
            Command::List(list("/usr/staff/jones", "")),
            r#"LIST /usr/staff/jones """#,
        ),
        (Command::List(list("~/Mail/", "%")), "LIST ~/Mail/ %"),
        (Command::List(list("", "a b*")), r#"LIST "" "a b*""#),
        (Command::Lsub(basic), "LSUB #news. comp.mail.*"),
        (Command::Rlist(basic), "RLIST #news. comp.mail.*"),
        (Command::Rlsub(basic), "RLSUB #news. comp.mail.*"),
        (Command::Xlist(basic), "XLIST #news. comp.mail.*"),
        (
            Command::Status(status(&[StatusItemName::UidNext, StatusItemName::Messages])),
            "STATUS blurdybloop (UIDNEXT MESSAGES)",
        ),
        (
            Command::Status(status(&[
                StatusItemName::Recent,
                StatusItemName::UidValidity,
                StatusItemName::Unseen,
                StatusItemName::Other(Atom::from_static("SIZE")),
            ])),
            "STATUS blurdybloop (RECENT UIDVALIDITY UNSEEN SIZE)",
        ),
    ]);
}

#[test]
fn ok_extended_lists() {
    let list = List::new("".into(), "%".into());
    let x = OtherItem {
        name: b"X-Y",
        value: b"(a)",
    };
    check(&[
        (
            Command::List(List {
                select_options: Some(&[]),
                return_options: Some(&[]),
                ..list
            }),
            r#"LIST () "" % RETURN ()"#,
        ),
        (
            Command::List(List {
                select_options: Some(&[
                    ListSelectOption::Remote,
                    ListSelectOption::RecursiveMatch,
                    ListSelectOption::Subscribed,
                    ListSelectOption::SpecialUse,
                    ListSelectOption::Other(&x),
                ]),
                patterns: ListPatterns::Several(&["INBOX".into(), "a b/%".into()]),
                ..list
            }),
            r#"LIST (REMOTE RECURSIVEMATCH SUBSCRIBED SPECIAL-USE X-Y (a)) "" (INBOX "a b/%")"#,
        ),
        (
            Command::List(List {
                return_options: Some(&[
                    ListReturnOption::Subscribed,
                    ListReturnOption::Children,
                    ListReturnOption::SpecialUse,
                    ListReturnOption::MyRights,
                    ListReturnOption::Status(&[StatusItemName::Messages, StatusItemName::Unseen]),
                    ListReturnOption::Metadata(&["/shared/comment".into(), "/private/a b".into()]),
                    ListReturnOption::Other(&x),
                ]),
                ..list
            }),
            "LIST \"\" % RETURN (SUBSCRIBED CHILDREN SPECIAL-USE MYRIGHTS STATUS (MESSAGES UNSEEN) \
             METADATA (/shared/comment \"/private/a b\") X-Y (a))",
        ),
    ]);
}

#[test]
fn ok_append() {
    let text = b"Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)\r\n\r\nHello Joe\r\n";
    let message = AppendMessage::new(text);
    let date = InternalDate::new(1994, 2, 7, 21, 52, 25, -480).unwrap();
    let literal =
        "{57}<CRLF><wait>Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)<CRLF><CRLF>Hello Joe<CRLF>";
    let append = |messages| {
        Command::Append(Append {
            mailbox: "saved-messages".into(),
            messages,
        })
    };
    let with_flags = AppendMessage {
        flags: &[Flag::Seen, Flag::Draft],
        ..message
    };
    let with_date = AppendMessage {
        date: Some(date),
        data: AppendData::Literal("".into()),
        ..message
    };
    check(&[
        (
            append(&[message]),
            &format!("APPEND saved-messages {literal}"),
        ),
        (
            append(&[with_flags]),
            &format!("APPEND saved-messages (\\Seen \\Draft) {literal}"),
        ),
        (
            append(&[with_date]),
            "APPEND saved-messages \"07-Feb-1994 21:52:25 -0800\" {0}<CRLF><wait>",
        ),
        (
            append(&[message, with_flags, with_date]),
            &format!(
                "APPEND saved-messages {literal} (\\Seen \\Draft) {literal} \
                 \"07-Feb-1994 21:52:25 -0800\" {{0}}<CRLF><wait>"
            ),
        ),
    ]);
}

#[test]
fn ok_append_of_what_is_no_plain_literal() {
    let with = |data| AppendMessage {
        data,
        ..AppendMessage::new(b"")
    };
    let append = |messages| {
        Command::Append(Append {
            mailbox: "Drafts".into(),
            messages,
        })
    };
    let parts = [
        CatenatePart::Url("/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER".into()),
        CatenatePart::Text("\r\n--x\r\n".into()),
        CatenatePart::Utf8("a".into()),
    ];
    let extension = OtherItem {
        name: b"X-NEW",
        value: b"(1 {1}\r\na)",
    };
    let annotated = AppendMessage {
        extensions: &[
            AppendExtension::Annotation(&[Annotation {
                entry: "/comment".into(),
                attributes: &[AnnotationAttribute {
                    name: "value.priv".into(),
                    value: None,
                }],
            }]),
            AppendExtension::Other(OtherItem {
                name: b"X-NEW",
                value: b"5",
            }),
        ],
        ..AppendMessage::new(b"a")
    };
    check(&[
        (
            append(&[with(AppendData::Catenate(&parts))]),
            "APPEND Drafts CATENATE (URL /Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER \
             TEXT {7}<CRLF><wait><CRLF>--x<CRLF> UTF8 (~{1}<CRLF><wait>a))",
        ),
        (
            append(&[with(AppendData::Literal8(IString(b"a\0")))]),
            "APPEND Drafts ~{2}<CRLF><wait>a\0",
        ),
        (
            append(&[with(AppendData::Utf8("\u{fc}".into()))]),
            "APPEND Drafts UTF8 (~{2}<CRLF><wait>\u{fc})",
        ),
        (
            append(&[annotated]),
            "APPEND Drafts ANNOTATION (/comment (\"value.priv\" NIL)) X-NEW 5 {1}<CRLF><wait>a",
        ),
        (
            append(&[with(AppendData::Other(extension)), annotated]),
            "APPEND Drafts X-NEW (1 {1}<CRLF><wait>a) () \
             ANNOTATION (/comment (\"value.priv\" NIL)) X-NEW 5 {1}<CRLF><wait>a",
        ),
    ]);
}

#[test]
fn ok_moving_and_replacing() {
    let (numbers, uids) = (set("1,3:*"), uids("42:69"));
    let message = AppendMessage {
        flags: &[Flag::Draft],
        ..AppendMessage::new(b"a")
    };
    check(&[
        (
            Command::Move(Move {
                set: numbers.as_set().unwrap(),
                mailbox: "a b".into(),
            }),
            "MOVE 1,3:* \"a b\"",
        ),
        (
            Command::UidMove(Move {
                set: uids.as_set().unwrap(),
                mailbox: "foo".into(),
            }),
            "UID MOVE 42:69 foo",
        ),
        (
            Command::Replace(Replace {
                number: Bound::Largest,
                mailbox: "Drafts".into(),
                message: &message,
            }),
            "REPLACE * Drafts (\\Draft) {1}<CRLF><wait>a",
        ),
        (
            Command::UidReplace(Replace {
                number: Bound::Number(Uid::try_from(2000).unwrap()),
                mailbox: "Drafts".into(),
                message: &message,
            }),
            "UID REPLACE 2000 Drafts (\\Draft) {1}<CRLF><wait>a",
        ),
        (Command::Compress(Compress::Deflate), "COMPRESS DEFLATE"),
    ]);
}

#[test]
fn ok_urls() {
    let internal = UrlMechanism::Internal;
    let internals = [internal];
    let request = |url: &'static str, items| UrlRequest {
        url: url.into(),
        items,
    };
    let key = |mailbox, mechanisms| {
        Command::ResetKey(ResetKey {
            mailbox,
            mechanisms,
        })
    };
    check(&[
        (
            Command::GenUrlAuth(GenUrlAuth {
                urls: &[UrlRump {
                    url: "imap://joe@example.com/INBOX/;uid=20;urlauth=anonymous".into(),
                    mechanism: internal,
                }],
            }),
            "GENURLAUTH imap://joe@example.com/INBOX/;uid=20;urlauth=anonymous INTERNAL",
        ),
        (key(None, &[]), "RESETKEY"),
        (
            key(Some("INBOX".into()), &internals),
            "RESETKEY INBOX INTERNAL",
        ),
        (
            Command::UrlFetch(UrlFetch {
                urls: &[
                    request("imap://a", &[]),
                    request(
                        "imap://b",
                        &[UrlItemName::Binary, UrlItemName::BodyPartStructure],
                    ),
                ],
            }),
            "URLFETCH imap://a (imap://b BINARY BODYPARTSTRUCTURE)",
        ),
    ]);
    let odd = key(None, &internals);
    let error = encode_command(Tag::new("A1").unwrap(), &odd, EncodeOptions::CLIENT).unwrap_err();
    assert_eq!(error.to_string(), "mailbox is empty");
}

#[test]
fn ok_search() {
    let since = SearchKey::Since(Date::new(1994, 2, 1).unwrap());
    let not_from = SearchKey::Not(&SearchKey::From("Smith".into()));
    let (numbers, uids) = (set("2,4:7,9,12:*"), uids("5:9"));
    let search = |keys| Search {
        return_options: None,
        charset: None,
        keys,
    };
    check(&[
        (
            Command::Search(search(&[SearchKey::Flagged, since, not_from])),
            "SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM Smith",
        ),
        (
            Command::Search(Search {
                return_options: None,
                charset: Some("UTF-8".into()),
                keys: &[SearchKey::Text("\u{439}\u{446}\u{443}".into())],
            }),
            "SEARCH CHARSET UTF-8 TEXT {6}<CRLF><wait>\u{439}\u{446}\u{443}",
        ),
        (
            Command::UidSearch(search(&[
                SearchKey::SequenceSet(numbers.as_set().unwrap()),
                SearchKey::Uid(uids.as_set().unwrap()),
                SearchKey::SequenceSet(SequenceSet::SAVED),
            ])),
            "UID SEARCH 2,4:7,9,12:* UID 5:9 $",
        ),
        (
            Command::Search(search(&[SearchKey::Or(
                &SearchKey::And(&[SearchKey::Unseen, SearchKey::Larger(1024)]),
                &SearchKey::Header("Message-ID".into(), "<a@b>".into()),
            )])),
            "SEARCH OR (UNSEEN LARGER 1024) HEADER Message-ID <a@b>",
        ),
        (
            Command::Search(search(&[
                SearchKey::Keyword(Keyword::JUNK),
                SearchKey::Unkeyword(Keyword::FORWARDED),
                SearchKey::Smaller(5),
                SearchKey::SentOn(Date::new(999, 12, 31).unwrap()),
                SearchKey::Other(&OtherItem {
                    name: b"X-NEW",
                    value: b"\"in:x\"",
                }),
            ])),
            "SEARCH KEYWORD $Junk UNKEYWORD $Forwarded SMALLER 5 SENTON 31-Dec-0999 X-NEW \"in:x\"",
        ),
    ]);
}

#[test]
fn ok_each_search_key_has_its_name() {
    let date = Date::new(1994, 2, 1).unwrap();
    let id = ObjectId::new("M1").unwrap();
    let seconds = NonZeroU32::new(259_200).unwrap();
    let entry = |flag, entry_type| ModSeqEntry {
        flag: Flag::new(flag).unwrap(),
        entry_type,
    };
    let draft = entry("\\Draft", EntryType::All);
    let seen = entry("\\X", EntryType::Private);
    let sent = entry("$MDNSent", EntryType::Shared);
    let cases = [
        (SearchKey::All, "ALL"),
        (SearchKey::Answered, "ANSWERED"),
        (SearchKey::Bcc("x".into()), "BCC x"),
        (SearchKey::Before(date), "BEFORE 1-Feb-1994"),
        (SearchKey::Body("x".into()), "BODY x"),
        (SearchKey::Cc("x".into()), "CC x"),
        (SearchKey::Deleted, "DELETED"),
        (SearchKey::Draft, "DRAFT"),
        (SearchKey::New, "NEW"),
        (SearchKey::Old, "OLD"),
        (SearchKey::On(date), "ON 1-Feb-1994"),
        (SearchKey::Recent, "RECENT"),
        (SearchKey::Seen, "SEEN"),
        (SearchKey::SentBefore(date), "SENTBEFORE 1-Feb-1994"),
        (SearchKey::SentSince(date), "SENTSINCE 1-Feb-1994"),
        (SearchKey::Subject("x".into()), "SUBJECT x"),
        (SearchKey::To("x".into()), "TO x"),
        (SearchKey::Unanswered, "UNANSWERED"),
        (SearchKey::Undeleted, "UNDELETED"),
        (SearchKey::Undraft, "UNDRAFT"),
        (SearchKey::Unflagged, "UNFLAGGED"),
        (SearchKey::EmailId(id), "EMAILID M1"),
        (SearchKey::Filter(Atom::from_static("f")), "FILTER f"),
        (
            SearchKey::Fuzzy(&SearchKey::Body("x".into())),
            "FUZZY BODY x",
        ),
        (SearchKey::ModSeq(None, 0), "MODSEQ 0"),
        (
            SearchKey::ModSeq(Some(&draft), 620_162_338),
            r#"MODSEQ "/flags/\\Draft" all 620162338"#,
        ),
        (
            SearchKey::ModSeq(Some(&seen), 9),
            r#"MODSEQ "/flags/\\X" priv 9"#,
        ),
        (
            SearchKey::ModSeq(Some(&sent), 9),
            r#"MODSEQ "/flags/$MDNSent" shared 9"#,
        ),
        (SearchKey::Older(seconds), "OLDER 259200"),
        (SearchKey::SaveDateSupported, "SAVEDATESUPPORTED"),
        (SearchKey::SavedBefore(date), "SAVEDBEFORE 1-Feb-1994"),
        (SearchKey::SavedOn(date), "SAVEDON 1-Feb-1994"),
        (SearchKey::SavedSince(date), "SAVEDSINCE 1-Feb-1994"),
        (SearchKey::ThreadId(id), "THREADID M1"),
        (
            SearchKey::XGmLabels("\\Sent".into()),
            r#"X-GM-LABELS "\\Sent""#,
        ),
        (
            SearchKey::XGmMsgId(1_278_455_344_230_334_865),
            "X-GM-MSGID 1278455344230334865",
        ),
        (SearchKey::XGmRaw("in:x y".into()), "X-GM-RAW \"in:x y\""),
        (SearchKey::XGmThrId(5), "X-GM-THRID 5"),
        (SearchKey::Younger(seconds), "YOUNGER 259200"),
    ];
    for (key, expected) in cases {
        let command = Command::Search(Search {
            return_options: None,
            charset: None,
            keys: &[key],
        });
        assert_eq!(wire(&command), format!("SEARCH {expected}"));
    }
}

#[test]
fn err_search_keys_that_the_grammar_does_not_have() {
    let recent = ModSeqEntry {
        flag: Flag::Recent,
        entry_type: EntryType::All,
    };
    let eight_bit = ModSeqEntry {
        flag: Flag::new("Entw\u{fc}rfe").unwrap(),
        ..recent
    };
    let cases = [
        (
            SearchKey::Filter(Atom::from_static("a/b")),
            "filter name",
            1,
        ),
        (SearchKey::ModSeq(Some(&recent), 1), "flag", 0),
        (SearchKey::ModSeq(Some(&eight_bit), 1), "flag", 0),
    ];
    for (key, argument, offset) in cases {
        let search = Search {
            return_options: None,
            charset: None,
            keys: &[key],
        };
        let tag = Tag::new("A1").unwrap();
        let error = encode_command(tag, &search, EncodeOptions::CLIENT).unwrap_err();
        assert_eq!((error.argument, error.offset), (argument, offset));
        assert_eq!(error.reason, Reason::Syntax);
    }
}

#[test]
fn ok_fetch() {
    let (numbers, uids) = (set("2:4"), uids("4827313:4828442"));
    let fetch = |items| {
        Command::Fetch(Fetch {
            set: numbers.as_set().unwrap(),
            items,
            modifiers: &[],
        })
    };
    let fields = SectionText::HeaderFields(&[IString(b"DATE"), IString(b"FROM")]);
    let section = |part, text, peek, partial| FetchItemName::BodySection {
        section: Section {
            part: Part(part),
            text,
        },
        peek,
        partial,
    };
    let numbers_of_part = [4, 2].map(|n| SeqNum::try_from(n).unwrap().get().try_into().unwrap());
    check(&[
        (fetch(FetchItems::All), "FETCH 2:4 ALL"),
        (fetch(FetchItems::Fast), "FETCH 2:4 FAST"),
        (fetch(FetchItems::Full), "FETCH 2:4 FULL"),
        (
            fetch(FetchItems::List(&[
                FetchItemName::Flags,
                section(&[], Some(fields), false, None),
            ])),
            "FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])",
        ),
        (
            fetch(FetchItems::List(&[
                section(&numbers_of_part, Some(SectionText::Mime), true, None),
                section(&[], None, true, Some((0, 2048))),
                section(&numbers_of_part, None, false, None),
            ])),
            "FETCH 2:4 (BODY.PEEK[4.2.MIME] BODY.PEEK[]<0.2048> BODY[4.2])",
        ),
        (
            fetch(FetchItems::List(&[
                FetchItemName::Body,
                FetchItemName::BodyStructure,
                FetchItemName::Envelope,
                FetchItemName::InternalDate,
                FetchItemName::Rfc822,
                FetchItemName::Rfc822Header,
                FetchItemName::Rfc822Size,
                FetchItemName::Rfc822Text,
                FetchItemName::Uid,
                FetchItemName::Other(&OtherItem {
                    name: b"X-NEW",
                    value: b"(/comment)",
                }),
            ])),
            "FETCH 2:4 (BODY BODYSTRUCTURE ENVELOPE INTERNALDATE RFC822 RFC822.HEADER RFC822.SIZE \
             RFC822.TEXT UID X-NEW (/comment))",
        ),
        (
            Command::UidFetch(Fetch {
                set: uids.as_set().unwrap(),
                items: FetchItems::List(&[FetchItemName::Flags]),
                modifiers: &[],
            }),
            "UID FETCH 4827313:4828442 (FLAGS)",
        ),
    ]);
}

#[test]
fn ok_changing_messages() {
    let (numbers, uids) = (set("2:4"), uids("3000:3002"));
    let store = Store {
        set: numbers.as_set().unwrap(),
        action: StoreAction::Add,
        silent: false,
        modifiers: &[],
        data: StoreData::Flags(&[Flag::Deleted]),
    };
    check(&[
        (Command::Store(store), "STORE 2:4 +FLAGS (\\Deleted)"),
        (
            Command::Store(Store {
                action: StoreAction::Remove,
                silent: true,
                ..store
            }),
            "STORE 2:4 -FLAGS.SILENT (\\Deleted)",
        ),
        (
            Command::UidStore(Store {
                set: uids.as_set().unwrap(),
                action: StoreAction::Replace,
                silent: false,
                modifiers: &[],
                data: StoreData::Flags(&[]),
            }),
            "UID STORE 3000:3002 FLAGS ()",
        ),
        (
            Command::Copy(Copy {
                set: numbers.as_set().unwrap(),
                mailbox: "MEETING".into(),
            }),
            "COPY 2:4 MEETING",
        ),
        (
            Command::UidCopy(Copy {
                set: SequenceSet::SAVED,
                mailbox: "MEETING".into(),
            }),
            "UID COPY $ MEETING",
        ),
        (
            Command::UidExpunge(UidExpunge {
                set: uids.as_set().unwrap(),
            }),
            "UID EXPUNGE 3000:3002",
        ),
    ]);
}

#[test]
fn ok_unknown() {
    let other = |name, arguments| Command::Other(OtherCommand { name, arguments });
    check(&[
        (other(Atom::from_static("XPIG-LATIN"), b""), "XPIG-LATIN"),
        (
            other(Atom::from_static("XGETQUOTA"), b"\"\" ({1}\r\na)"),
            "XGETQUOTA \"\" ({1}<CRLF><wait>a)",
        ),
    ]);
}
