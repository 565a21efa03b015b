//! Rights, quotas, annotations, news and identity as the transcripts of the RFCs have them: octets that
//! are read and written back alike.

use imap_codec::{EncodeError, EncodeOptions, Reason, encode_command, encode_response};
use imap_proto::command::{
    AclAction, Convert, ConvertItemName, Enable, SetAcl, SetMetadata, Store, StoreAction, StoreData,
};
use imap_proto::{
    Annotation, AnnotationAttribute, Arena, Capability, Command, ConversionParameter, IString,
    MetadataEntry, Options, Part, Response, Rights, SequenceSet, Tag,
};

/// Asserts that the arguments of a command are written as they are read, by the book.
fn check_commands(commands: &[&str]) {
    for command in commands {
        let arena = Arena::new();
        let frame = format!("A1 {command}\r\n");
        let read = Command::parse(frame.as_bytes(), &arena).unwrap();
        assert!(!matches!(read.command, Command::Other(_)), "{command}");
        let encoded = encode_command(read.tag, &read.command, EncodeOptions::CLIENT).unwrap();
        assert_eq!(
            encoded.as_bytes().escape_ascii().to_string(),
            escaped(&frame)
        );
    }
}

/// The same for responses.
fn check_responses(responses: &[&str]) {
    for response in responses {
        let arena = Arena::new();
        let frame = format!("* {response}\r\n");
        let read = Response::parse_with(frame.as_bytes(), &arena, &Options::strict()).unwrap();
        assert!(!matches!(read, Response::Other(_)), "{response}");
        let encoded = encode_response(&read).unwrap();
        assert_eq!(encoded.escape_ascii().to_string(), escaped(&frame));
    }
}

fn escaped(text: &str) -> String {
    text.as_bytes().escape_ascii().to_string()
}

fn refused(command: &Command<'_>) -> EncodeError {
    encode_command(Tag::new("A1").unwrap(), command, EncodeOptions::CLIENT).unwrap_err()
}

#[test]
fn ok_rights() {
    check_commands(&[
        "SETACL INBOX/Drafts John lrswiacd",
        "SETACL INBOX -fred +w",
        "SETACL INBOX \"a b\" -lr0",
        "SETACL INBOX fred \"\"",
        "SETACL INBOX fred +",
        "DELETEACL INBOX Fred",
        "GETACL \"a b\"",
        "LISTRIGHTS ~/Mail/saved smith",
        "MYRIGHTS INBOX",
    ]);
    check_responses(&[
        "ACL INBOX",
        "ACL INBOX Fred lrswipxtead -Fred wted \"a b\" \"\"",
        "LISTRIGHTS ~/Mail/saved smith la r swikxtecd",
        "LISTRIGHTS archive.imap anyone \"\"",
        "MYRIGHTS INBOX lrswipxtead",
    ]);
    let rights = Rights::READ.with(Rights::LOOKUP);
    let set = Command::SetAcl(SetAcl {
        mailbox: "INBOX".into(),
        identifier: "a\nb".into(),
        action: AclAction::Add,
        rights,
    });
    let (offset, reason) = (1, Reason::LineBreak);
    let argument = "identifier";
    assert_eq!(
        refused(&set),
        EncodeError {
            argument,
            offset,
            reason
        }
    );
}

#[test]
fn ok_quotas() {
    check_commands(&[
        "GETQUOTA \"\"",
        "GETQUOTAROOT INBOX",
        "SETQUOTA !partition/sda4 (STORAGE 99999999)",
        "SETQUOTA \"\" ()",
        "SETQUOTA \"\" (STORAGE 512 MESSAGE 9223372036854775807 X-NEW 0)",
    ]);
    check_responses(&[
        "QUOTA \"\" (STORAGE 10 512)",
        "QUOTA #user/alice (MESSAGE 42 1000 MAILBOX 3 4 ANNOTATION-STORAGE 0 1 X 1 2)",
        "QUOTA \"\" ()",
        "QUOTAROOT INBOX #user/alice \"\"",
        "QUOTAROOT comp.mail.mime",
    ]);
}

#[test]
fn ok_annotations_of_messages() {
    check_commands(&[
        "FETCH 1 (ANNOTATION (\"/comment\" (\"value.priv\" \"size.priv\")) UID)",
        "FETCH 1 (ANNOTATION ((\"/*\" \"/x\") \"value.shared\"))",
        "STORE 1 ANNOTATION (/comment (\"value.priv\" \"My new comment\") /x (\"value.shared\" NIL))",
        "SEARCH ANNOTATION \"/comment\" \"value\" \"IMAP4\" NOT ANNOTATION \"/%\" \"value.priv\" NIL",
        "SORT (REVERSE ANNOTATION \"/altsubject\" \"value.shared\" DATE) UTF-8 ALL",
    ]);
    check_responses(&[
        "12 FETCH (UID 5 ANNOTATION (/comment (\"value.priv\" \"My comment\" \"size.priv\" \"10\") /x))",
        "OK [ANNOTATIONS NONE] x",
        "OK [ANNOTATIONS 20480 NOPRIVATE] x",
        "OK [ANNOTATIONS 1] x",
        "OK [ANNOTATIONS READ-ONLY] x",
        "OK [ANNOTATIONS READ-ONLY NOPRIVATE] x",
        "NO [ANNOTATE TOOBIG] x",
        "NO [ANNOTATE TOOMANY] x",
    ]);
    let attribute = AnnotationAttribute {
        name: "value.priv".into(),
        value: None,
    };
    let annotation = |attributes| Annotation {
        entry: "/comment".into(),
        attributes,
    };
    let (with, without) = (
        [annotation(std::slice::from_ref(&attribute))],
        [annotation(&[])],
    );
    let store = |action, silent, annotations| {
        Command::Store(Store {
            set: SequenceSet::SAVED,
            modifiers: &[],
            action,
            silent,
            data: StoreData::Annotation(annotations),
        })
    };
    for (command, error) in [
        (
            store(StoreAction::Add, false, &with),
            "syntax error at byte 0 of item name",
        ),
        (
            store(StoreAction::Replace, true, &with),
            "syntax error at byte 0 of item name",
        ),
        (
            store(StoreAction::Replace, false, &without),
            "list of attributes is empty",
        ),
        (
            store(StoreAction::Replace, false, &[]),
            "list of annotations is empty",
        ),
    ] {
        assert_eq!(refused(&command).to_string(), error);
    }
}

#[test]
fn ok_push_service() {
    check_commands(&[
        "XAPPLEPUSHSERVICE",
        "XAPPLEPUSHSERVICE aps-version \"2\" aps-account-id \"a b\" mailboxes (\"INBOX\" \"a b\") x ()",
    ]);
    check_responses(&["XAPPLEPUSHSERVICE aps-version \"2\" aps-topic \"com.apple.mail\""]);
}

#[test]
fn ok_snippets() {
    check_commands(&[
        "FETCH 1 (SNIPPET (LAZY=FUZZY) SNIPPET (FUZZY) SNIPPET PREVIEW (FUZZY LAZY=FUZZY X-NEW))",
    ]);
    check_responses(&["1 FETCH (SNIPPET (FUZZY \"Hello\") UID 7 SNIPPET (FUZZY NIL))"]);
}

#[test]
fn ok_conversions() {
    check_commands(&[
        "CONVERSIONS \"image/*\" \"*\"",
        "CONVERT 2 (\"text/plain\" (\"charset\" \"us-ascii\")) (BINARY[3]<0.5> BINARY.SIZE[])",
        "CONVERT 1:* (NIL) (BODY[HEADER] BODY[1.HEADER] BODY[1.2.MIME] X-NEW[1] (5))",
        "UID CONVERT 9 (\"image/jpeg\") (UID BODYPARTSTRUCTURE[2] AVAILABLECONVERSIONS[2])",
    ]);
    check_responses(&[
        "CONVERSION \"image/gif\" \"image/jpeg\" (\"pix-y\" \"pix-x\")",
        "CONVERSION \"image/gif\" \"image/png\"",
        "2 CONVERTED (TAG \"a1\") (UID 5 BINARY[3]<7> ~{2}\r\n\0) BINARY[] NIL BINARY.SIZE[4] 3135)",
        "2 CONVERTED (TAG \"a1\") (BODYPARTSTRUCTURE[2] (\"IMAGE\" \"JPEG\" NIL NIL NIL \"8bit\" 4) \
         AVAILABLECONVERSIONS[2] ((\"image/jpeg\" \"a/b\")) AVAILABLECONVERSIONS[] (()))",
        "2 CONVERTED (TAG \"a1\") (BODY[1.MIME] {2}\r\nhi X-NEW[1] (5) UID 5)",
        "2 CONVERTED (TAG \"a1\") (BINARY[1] (ERROR \"x\" TEMPFAIL) \
         BINARY.SIZE[1] (ERROR \"x\" TEMPFAIL 5) \
         BODYPARTSTRUCTURE[1] (ERROR \"x\" BADPARAMETERS NIL \"a/b\" \"c/d\" \"a/b\" (\"e\" \"f\")) \
         BODY[HEADER] (ERROR \"x\" MISSINGPARAMETERS \"a/b\" \"c/d\" (\"e\" \"f\")))",
    ]);
    let part = Part(&[]);
    let convert = |items, parameters| {
        Command::Convert(Convert {
            set: SequenceSet::SAVED,
            media_type: None,
            parameters,
            items,
        })
    };
    let broken = [ConversionParameter {
        name: "a".into(),
        value: "b\nc".into(),
    }];
    for (items, parameters, error) in [
        (&[][..], &[][..], "list of items is empty"),
        (
            &[ConvertItemName::Mime(part)],
            &[],
            "syntax error at byte 0 of section",
        ),
        (
            &[ConvertItemName::Uid],
            &broken,
            "line break at byte 1 of parameter value",
        ),
    ] {
        assert_eq!(refused(&convert(items, parameters)).to_string(), error);
    }
}

#[test]
fn ok_identity_and_languages() {
    check_commands(&[
        "ID (\"name\" \"sodr\" \"version\" NIL)",
        "ID NIL",
        "ENABLE CONDSTORE X-GOOD-IDEA UTF8=ACCEPT",
        "LANGUAGE",
        "LANGUAGE FR-CA EN-CA",
        "COMPARATOR \"cz;*\" i;basic",
        "COMPARATOR",
        "PROXYAUTH joe",
        "UNAUTHENTICATE",
        "GETJMAPACCESS",
    ]);
    check_responses(&[
        "ID (\"name\" \"Cyrus\" \"os\" NIL)",
        "ID NIL",
        "ENABLED",
        "ENABLED CONDSTORE X-GOOD-IDEA",
        "LANGUAGE (EN DE IT i-default)",
        "COMPARATOR i;basic",
        "COMPARATOR i;unicode-casemap (i;ascii-casemap i;octet)",
        "JMAPACCESS \"https://example.com/jmap\"",
        "OK [INPROGRESS] x",
        "OK [INPROGRESS (\"A001\" 454 1000)] x",
        "OK [INPROGRESS (\"A001\" NIL NIL)] x",
        "NO [BADCOMPARATOR] x",
        "OK [NOTIFICATIONOVERFLOW] x",
    ]);
}

#[test]
fn ok_annotations() {
    check_commands(&[
        "GETMETADATA \"\" /shared/comment",
        "GETMETADATA (MAXSIZE 1024 DEPTH 1) INBOX (/shared/comment /private/comment)",
        "GETMETADATA (DEPTH infinity X-NEW (a b)) INBOX \"a b\"",
        "SETMETADATA INBOX (/private/comment NIL /shared/comment \"This one is for you!\")",
        "GETANNOTATION INBOX \"/comment\" \"value.priv\"",
        "GETANNOTATION \"\" (\"/comment\" \"/x/%\") (\"value.priv\" \"size.*\")",
        "SETANNOTATION INBOX \"/comment\" (\"value.priv\" \"My comment\" \"value.shared\" NIL)",
    ]);
    check_responses(&[
        "METADATA \"\" (/shared/comment \"My comment\" /private/comment NIL)",
        "METADATA INBOX (/private/comment ~{3}\r\na\0b /x {4}\r\na\r\nb)",
        "METADATA INBOX /shared/comment /private/comment",
        "ANNOTATION INBOX \"/comment\" (\"value.priv\" \"My comment\" \"value.shared\" NIL)",
        "ANNOTATION \"\" /comment /x",
        "OK [METADATA LONGENTRIES 2199] x",
        "NO [METADATA MAXSIZE 1024] x",
        "NO [METADATA TOOMANY] x",
        "NO [METADATA NOPRIVATE] x",
        "NO [ANNOTATEMORE TOOBIG] x",
        "NO [ANNOTATEMORE TOOMANY] x",
    ]);
}

#[test]
fn ok_values_of_annotations_may_have_any_octets() {
    let (name, value) = ("/x".into(), Some(IString(b"a\r\n\0")));
    let set = Command::SetMetadata(SetMetadata {
        mailbox: "".into(),
        entries: &[MetadataEntry { name, value }],
    });
    let tag = Tag::new("A1").unwrap();
    let encoded = encode_command(tag, &set, EncodeOptions::CLIENT).unwrap();
    let parts: Vec<&[u8]> = encoded.parts().collect();
    let expected = [&b"A1 SETMETADATA \"\" (/x ~{4}\r\n"[..], b"a\r\n\0)\r\n"];
    assert_eq!(parts, expected);
}

#[test]
fn ok_news() {
    check_commands(&[
        "NOTIFY NONE",
        "NOTIFY SET (selected (MessageNew MessageExpunge)) (inboxes NONE)",
        "NOTIFY SET STATUS (selected-delayed (MessageNew (UID BODY.PEEK[HEADER.FIELDS (From)]) \
         FlagChange)) (personal (MailboxName SubscriptionChange X-NEW))",
        "NOTIFY SET (subtree (INBOX \"a b\") (MailboxMetadataChange)) (mailboxes foo NONE) \
         (subtree-one foo (AnnotationChange)) (subscribed (ServerMetadataChange)) (x-new NONE) \
         (x-new (a \")\") (MessageNew))",
    ]);
    check_responses(&["NO [BADEVENT (MessageNew FlagChange X-NEW)] x"]);
}

#[test]
fn ok_capabilities_with_values() {
    check_responses(&[
        "CAPABILITY IMAP4rev1 APPENDLIMIT APPENDLIMIT=257890 AUTH=SCRAM-SHA-512-PLUS I18NLEVEL=1 \
         IMAPSIEVE=sieve://x MESSAGELIMIT=1000 QUOTA=RES-STORAGE QUOTA=RES-X RIGHTS=kxte SAVELIMIT=9 \
         THREAD=REFERENCES THREAD=X SORT=DISPLAY SORT=X",
    ]);
}

#[test]
fn err_nothing_where_there_has_to_be_something() {
    let empty = |argument| EncodeError {
        argument,
        offset: 0,
        reason: Reason::Empty,
    };
    let capabilities = &[];
    let enable = Command::Enable(Enable { capabilities });
    assert_eq!(refused(&enable), empty("list of capabilities"));
    let capabilities = &[Capability::Rights(Rights::EMPTY)];
    let enable = Command::Enable(Enable { capabilities });
    assert_eq!(refused(&enable), empty("rights"));
    let language = Response::Language(&[]);
    assert_eq!(encode_response(&language), Err(empty("list of languages")));
}
