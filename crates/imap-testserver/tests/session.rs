//! The commands of RFC 3501 and RFC 9051, on the wire and with the client of this project.

mod support;

use imap_client::AppendOptions;
use imap_proto::command::StoreAction;
use imap_proto::{FetchItemName, Flag, Section, SequenceSetBuf, StatusItemName};
use imap_testserver::TestServer;
use support::{Wire, client, message, server_with};

#[test]
fn ok_a_session_of_the_client() {
    let server = TestServer::start().unwrap();
    let mut client = client(&server);
    client.create("Work/2024").unwrap();
    let octets = message("first");
    let options = AppendOptions {
        flags: &[Flag::Flagged],
        ..AppendOptions::default()
    };
    let appended = client
        .append("Work/2024", octets.as_bytes(), options)
        .unwrap();
    assert_eq!(appended.unwrap().uids.to_string(), "1");
    assert_eq!(client.select("Work/2024").unwrap().exists, 1);

    let body = FetchItemName::BodySection {
        section: Section::ALL,
        peek: false,
        partial: None,
    };
    let items = [FetchItemName::Flags, body];
    let fetched = client.fetch(SequenceSetBuf::all(), &items).unwrap();
    let fetch = fetched.fetches.iter().next().unwrap();
    assert_eq!(fetch.section(Section::ALL), Some(octets.as_bytes()));
    let view = server.user("user").unwrap().mailbox("Work/2024").unwrap();
    assert_eq!(view.messages()[0].flags(), [r"\Flagged", r"\Seen"]);

    let copied = client
        .copy(SequenceSetBuf::all(), "INBOX")
        .unwrap()
        .unwrap();
    assert_eq!(copied.destination.to_string(), "1");
    let all = SequenceSetBuf::all();
    client
        .store(all, StoreAction::Add, &[Flag::Deleted])
        .unwrap();
    assert_eq!(client.expunge().unwrap().seq_nums.len(), 1);
    let items = [StatusItemName::Messages, StatusItemName::UidNext];
    let status = client.status("INBOX", &items).unwrap();
    assert_eq!(
        (status.messages, status.uid_next.map(|uid| uid.get())),
        (Some(1), Some(2))
    );
    client.logout().unwrap();
    assert!(view.messages().is_empty());
}

#[test]
fn ok_greeting_and_capabilities_change_with_the_state() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::connect(&server);
    let before = wire.run("CAPABILITY");
    assert!(
        before[0].contains(" AUTH=PLAIN") && !before[0].contains(" MOVE"),
        "{before:?}"
    );
    assert_eq!(wire.run("SELECT INBOX"), ["BAD log in first"]);
    let welcome = wire.run("LOGIN user pass").pop().unwrap();
    assert!(
        welcome.starts_with("OK [CAPABILITY IMAP4rev1 IMAP4rev2 "),
        "{welcome}"
    );
    assert_eq!(
        wire.run("LOGIN user pass"),
        ["BAD you are logged in already"]
    );
    assert_eq!(wire.run("FETCH 1 FLAGS"), ["BAD select a mailbox first"]);
    assert_eq!(
        wire.run("LOGOUT"),
        ["* BYE logging out", "OK LOGOUT completed"]
    );
    assert!(wire.is_closed());
}

#[test]
fn ok_and_err_authenticate_plain() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::connect(&server);
    let wrong = "NO [AUTHENTICATIONFAILED] wrong name or password";
    assert_eq!(wire.run("LOGIN user wrong"), [wrong]);
    assert_eq!(wire.run("AUTHENTICATE PLAIN AHVzZXIAd3Jvbmc="), [wrong]);
    assert_eq!(
        wire.run("AUTHENTICATE X-NONE"),
        ["NO [CANNOT] this mechanism is not offered"]
    );
    wire.send("a AUTHENTICATE PLAIN\r\n");
    assert_eq!(wire.line(), "+ ");
    wire.send("*\r\n");
    assert_eq!(wire.answer("a"), ["BAD AUTHENTICATE cancelled"]);
    wire.send("b AUTHENTICATE PLAIN\r\n");
    assert_eq!(wire.line(), "+ ");
    wire.send("AHVzZXIAcGFzcw==\r\n");
    assert!(wire.answer("b")[0].starts_with("OK [CAPABILITY "));
}

#[test]
fn err_what_cannot_be_read_gets_bad_and_the_session_goes_on() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::log_in(&server, "user", "pass");
    assert_eq!(
        wire.run("SELECT (INBOX"),
        ["BAD expected string or atom at byte 10 of SELECT command"]
    );
    wire.send("\r\n");
    assert!(wire.line().starts_with("* BAD expected tag"));
    assert_eq!(wire.run("XFOO 1"), ["BAD this command is not known here"]);
    wire.send(format!("x NOOP {}\r\n", "y".repeat(70_000)));
    assert!(wire.answer("x")[0].starts_with("BAD line is longer than"));
    assert_eq!(wire.run("NOOP"), ["OK NOOP completed"]);
}

#[test]
fn ok_select_tells_what_the_mailbox_is_like() {
    let server = server_with(&["one", "two"]);
    let mut wire = Wire::log_in(&server, "user", "pass");
    let answer = wire.run("SELECT inbox");
    let validity = answer
        .iter()
        .find(|line| line.contains("UIDVALIDITY"))
        .unwrap()
        .clone();
    assert_eq!(
        answer,
        [
            r"* FLAGS (\Answered \Flagged \Deleted \Seen \Draft)",
            "* 2 EXISTS",
            "* 2 RECENT",
            r"* OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] flags that can be changed",
            &validity,
            "* OK [UIDNEXT 3] UID of the next message",
            "* OK [HIGHESTMODSEQ 3] highest modification sequence",
            "* OK [MAILBOXID (F1)] identifier of the mailbox",
            "* OK [UNSEEN 1] first message that is not seen",
            "OK [READ-WRITE] the mailbox is selected",
        ]
    );
    // Another session has no recent messages, and cannot change anything with EXAMINE.
    let mut other = Wire::log_in(&server, "user", "pass");
    let answer = other.run("EXAMINE INBOX");
    assert!(answer.contains(&"* 0 RECENT".to_owned()), "{answer:?}");
    assert!(answer.contains(&"* OK [PERMANENTFLAGS ()] flags that can be changed".to_owned()));
    assert_eq!(
        other.run(r"STORE 1 +FLAGS (\Seen)"),
        ["NO [READ-ONLY] the mailbox is selected for reading only"]
    );
    assert_eq!(
        other.run("SELECT nowhere"),
        [
            "* OK [CLOSED] the mailbox before is closed",
            "NO [NONEXISTENT] there is no such mailbox"
        ]
    );
    assert_eq!(other.run("CHECK"), ["BAD select a mailbox first"]);
}

#[test]
fn ok_sequence_numbers_stay_until_a_command_allows_to_change_them() {
    let server = server_with(&["one", "two", "three"]);
    let mut here = Wire::inbox(&server);
    let mut there = Wire::inbox(&server);
    there.run(r"STORE 1:2 +FLAGS.SILENT (\Deleted)");
    assert_eq!(
        there.run("EXPUNGE"),
        ["* 1 EXPUNGE", "* 1 EXPUNGE", "OK EXPUNGE completed"]
    );
    there.run(format!(
        "APPEND INBOX {{{}+}}\r\n{}",
        message("four").len(),
        message("four")
    ));
    there.run("STORE 1 +FLAGS.SILENT (work)");

    // Here number 3 is still the third message.
    assert_eq!(
        here.run("FETCH 1:3 UID"),
        [
            "* 3 FETCH (UID 3)",
            "* 4 EXISTS",
            "* 3 RECENT",
            r"* 3 FETCH (FLAGS (work \Recent))",
            "OK [EXPUNGEISSUED] some of the messages are gone",
        ]
    );
    assert_eq!(
        here.run("NOOP"),
        ["* 1 EXPUNGE", "* 1 EXPUNGE", "OK NOOP completed"]
    );
    assert_eq!(
        here.run("FETCH * UID"),
        ["* 2 FETCH (UID 4)", "OK FETCH completed"]
    );
    assert_eq!(
        here.run("FETCH 3 UID"),
        ["BAD there is no message with this number"]
    );
    assert_eq!(here.run("UID FETCH 1,7 FLAGS"), ["OK FETCH completed"]);
    assert_eq!(
        here.run("UID FETCH 99:* (RFC822.SIZE)"),
        ["* 2 FETCH (UID 4 RFC822.SIZE 60)", "OK FETCH completed"]
    );
}

#[test]
fn ok_move_and_uid_expunge() {
    let server = server_with(&["one", "two", "three"]);
    let mut wire = Wire::inbox(&server);
    let target = server.user("user").unwrap().mailbox("Archive").unwrap();
    let validity = target.uid_validity();
    assert_eq!(
        wire.run("MOVE 1:2 Archive"),
        [
            &format!("* OK [COPYUID {validity} 1:2 1:2] messages moved"),
            "* 1 EXPUNGE",
            "* 1 EXPUNGE",
            "OK MOVE completed",
        ]
    );
    assert_eq!(target.messages().len(), 2);
    assert_eq!(
        wire.run("UID COPY 3 Nowhere"),
        ["NO [TRYCREATE] there is no such mailbox"]
    );
    wire.run(r"STORE 1 FLAGS.SILENT (\Deleted)");
    assert_eq!(wire.run("UID EXPUNGE 1:2"), ["OK EXPUNGE completed"]);
    assert_eq!(
        wire.run("UID EXPUNGE 3"),
        ["* 1 EXPUNGE", "OK EXPUNGE completed"]
    );
    assert_eq!(
        wire.run("FETCH 1:* UID"),
        ["BAD there is no message with this number"]
    );
}

#[test]
fn ok_names_of_mailboxes() {
    let server = TestServer::builder().user("user", "pass").start().unwrap();
    let mut wire = Wire::log_in(&server, "user", "pass");
    assert_eq!(
        wire.run("CREATE Entw&APw-rfe/neu"),
        ["OK [MAILBOXID (F7)] CREATE completed"]
    );
    assert_eq!(
        wire.run("LIST \"\" E*"),
        [
            r#"* LIST (\HasChildren \Noselect) "/" Entw&APw-rfe"#,
            r#"* LIST (\HasNoChildren) "/" Entw&APw-rfe/neu"#,
            "OK LIST completed",
        ]
    );
    assert_eq!(
        wire.run("LIST \"\" \"\""),
        [r#"* LIST (\Noselect) "/" """#, "OK LIST completed"]
    );
    assert_eq!(
        wire.run("CREATE Entw&APw-rfe/neu"),
        ["NO [ALREADYEXISTS] there is such a mailbox already"]
    );
    assert_eq!(
        wire.run("RENAME Entw&APw-rfe Neues"),
        ["OK RENAME completed"]
    );
    assert_eq!(server.user("user").unwrap().mailboxes()[4], "Neues/neu");
    assert_eq!(wire.run("SUBSCRIBE Neues/neu"), ["OK SUBSCRIBE completed"]);
    assert_eq!(
        wire.run("LSUB \"\" %"),
        [r#"* LSUB (\Noselect) "/" Neues"#, "OK LSUB completed"]
    );
    assert_eq!(
        wire.run("DELETE INBOX"),
        ["NO [CANNOT] this cannot be done"]
    );
    assert_eq!(wire.run("DELETE Neues/neu"), ["OK DELETE completed"]);
    assert_eq!(
        wire.run("ENABLE IMAP4rev2 X-NO"),
        ["* ENABLED IMAP4rev2", "OK ENABLE completed"]
    );
    assert_eq!(
        wire.run("CREATE \"Entwürfe\""),
        ["OK [MAILBOXID (F8)] CREATE completed"]
    );
    let status = wire.run("STATUS \"Entwürfe\" (MESSAGES UNSEEN SIZE)");
    assert_eq!(
        status[0],
        "* STATUS \"Entwürfe\" (MESSAGES 0 UNSEEN 0 SIZE 0)"
    );
}

#[test]
fn ok_renaming_inbox_moves_its_messages() {
    let server = server_with(&["one"]);
    let mut wire = Wire::inbox(&server);
    assert_eq!(
        wire.run("RENAME INBOX Old"),
        ["* 1 EXPUNGE", "OK RENAME completed"]
    );
    let user = server.user("user").unwrap();
    assert_eq!(user.mailbox("Old").unwrap().messages().len(), 1);
    assert_eq!(user.mailbox("inbox").unwrap().messages().len(), 0);
}

#[test]
fn ok_idle_tells_of_what_others_do() {
    let server = server_with(&["one"]);
    let mut wire = Wire::inbox(&server);
    wire.send("i IDLE\r\n");
    assert_eq!(wire.line(), "+ idling");
    let inbox = server.user("user").unwrap().mailbox("INBOX").unwrap();
    inbox.append(message("two")).unwrap();
    assert_eq!(wire.line(), "* 2 EXISTS");
    assert_eq!(wire.line(), "* 2 RECENT");
    let mut other = Wire::inbox(&server);
    other.run(r"STORE 1 FLAGS (\Deleted)");
    assert_eq!(wire.line(), r"* 1 FETCH (FLAGS (\Deleted \Recent))");
    other.run("EXPUNGE");
    assert_eq!(wire.line(), "* 1 EXPUNGE");
    wire.send("DONE\r\n");
    assert_eq!(wire.answer("i"), ["OK IDLE completed"]);
}

#[test]
fn ok_append_with_literals_of_all_kinds() {
    let server = TestServer::builder()
        .user("user", "pass")
        .append_limit(1000)
        .start()
        .unwrap();
    let mut wire = Wire::log_in(&server, "user", "pass");
    let inbox = server.user("user").unwrap().mailbox("INBOX").unwrap();
    let validity = inbox.uid_validity();
    wire.send("a APPEND INBOX (\\Seen work) \"17-Jul-1996 02:44:25 -0700\" {5}\r\n");
    assert_eq!(wire.line(), "+ send the literal");
    wire.send("a: b\n\r\n");
    assert_eq!(
        wire.answer("a"),
        [format!("OK [APPENDUID {validity} 1] APPEND completed")]
    );
    assert_eq!(inbox.messages()[0].internal_date().to_unix(), 837_596_665);
    assert_eq!(inbox.messages()[0].flags(), [r"\Seen", "work"]);

    let several = "APPEND INBOX {5+}\r\na: b\n (\\Draft) ~{6+}\r\na: b\0\n";
    assert_eq!(
        wire.run(several),
        [format!("OK [APPENDUID {validity} 2:3] APPEND completed")]
    );
    assert_eq!(inbox.messages()[2].octets(), "a: b\0\n");
    wire.send("b APPEND INBOX {1001}\r\n");
    assert_eq!(
        wire.answer("b"),
        ["NO [TOOBIG] literal of 1001 octets is larger than 1000"]
    );
    assert_eq!(
        wire.run("APPEND Nowhere {1+}\r\nx"),
        ["NO [TRYCREATE] there is no such mailbox"]
    );
    assert_eq!(
        wire.run("APPEND INBOX {0+}\r\n"),
        ["NO [CANNOT] the message is empty"]
    );
    assert_eq!(inbox.messages().len(), 3);
}

#[test]
fn ok_messages_put_together() {
    let server = server_with(&["one"]);
    let mut wire = Wire::inbox(&server);
    let user = server.user("user").unwrap();
    let validity = user.mailbox("INBOX").unwrap().uid_validity();
    let part = format!("/INBOX;UIDVALIDITY={validity}/;UID=1");
    let several = format!(
        "APPEND Drafts (\\Draft) CATENATE (URL \"{part}/;section=HEADER\" TEXT {{4+}}\r\nnew!) \
         CATENATE (URL \"{part}\" URL {part}/;SECTION=TEXT/;PARTIAL=1.3 URL {part}/;PARTIAL=8) \
         {{4+}}\r\nlast"
    );
    let answer = wire.run(several);
    assert!(answer[0].starts_with("OK [APPENDUID "), "{answer:?}");
    let whole = message("one");
    let (header, text) = whole.split_at(whole.find("text of").unwrap());
    let expected = [
        format!("{header}new!"),
        format!("{whole}{}{}", &text[1..4], &whole[8..]),
        "last".to_owned(),
    ];
    let drafts = user.mailbox("Drafts").unwrap().messages();
    let octets: Vec<&[u8]> = drafts.iter().map(|m| &m.octets()[..]).collect();
    assert_eq!(octets, expected.each_ref().map(|text| text.as_bytes()));
    assert_eq!(drafts[0].flags(), [r"\Draft"]);
    assert_eq!(wire.run("SEARCH SEEN")[0], "* SEARCH");
}

#[test]
fn err_messages_put_together_of_what_is_not_there() {
    let server = server_with(&["one"]);
    server.add_user("other", "pass");
    let others = server.user("other").unwrap().mailbox("INBOX").unwrap();
    others.append(message("secret"));
    let mut wire = Wire::inbox(&server);
    let inbox = server.user("user").unwrap().mailbox("INBOX").unwrap();
    let stale = inbox.uid_validity().get() + 1000;
    for url in [
        "/INBOX/;UID=2".to_owned(),
        "/Nowhere/;UID=1".to_owned(),
        format!("/INBOX;UIDVALIDITY={stale}/;UID=1"),
        "/INBOX/;UID=1/;SECTION=7".to_owned(),
        "/Other%20Users/other/INBOX/;UID=1".to_owned(),
        "imap://host/INBOX/;UID=1".to_owned(),
    ] {
        // All or nothing, and the first one counts.
        assert_eq!(
            wire.run(format!(
                "APPEND INBOX {{4+}}\r\na: b CATENATE (URL /INBOX/;UID=1 URL \"{url}\" URL /x)"
            )),
            [format!("NO [BADURL {url}] there is nothing at a URL")]
        );
    }
    for url in ["\"\"", "x]", "{3+}\r\n/\r\n"] {
        assert_eq!(
            wire.run(format!("APPEND INBOX CATENATE (URL {url})")),
            ["NO there is nothing at a URL"]
        );
    }
    others.share("user", imap_proto::Rights::READ);
    let answer = wire.run("APPEND Trash CATENATE (URL \"/Other%20Users/other/INBOX/;UID=1\")");
    assert!(answer[0].starts_with("OK "), "{answer:?}");
    assert_eq!(inbox.messages().len(), 1);
}

#[test]
fn err_messages_put_together_that_are_too_large() {
    let server = TestServer::builder()
        .user("user", "pass")
        .append_limit(100_000)
        .message("user", "INBOX", "x".repeat(60_000))
        .start()
        .unwrap();
    let mut wire = Wire::log_in(&server, "user", "pass");
    let refused = ["NO [TOOBIG] the message is too large"];
    let url = "URL /INBOX/;UID=1";
    assert_eq!(
        wire.run(format!("APPEND INBOX CATENATE ({url} {url})")),
        refused
    );
    let many = format!(" CATENATE ({url})").repeat(2_000);
    assert_eq!(wire.run(format!("APPEND INBOX{many}")), refused);
    assert_eq!(
        wire.run("STATUS INBOX (MESSAGES)")[0],
        "* STATUS INBOX (MESSAGES 1)"
    );
}

#[test]
fn ok_a_user_who_comes_later() {
    let server = TestServer::start().unwrap();
    server.add_user("late", "word");
    let mut wire = Wire::log_in(&server, "late", "word");
    let listed = wire.run(r#"LIST "" Tra*"#);
    assert!(listed[0].ends_with(" Trash"), "{listed:?}");
    server.add_user("late", "other");
    Wire::log_in(&server, "late", "other");
}
