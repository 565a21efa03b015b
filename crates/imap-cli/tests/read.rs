//! Commands that read: `capability`, `list`, `status`, `search` and `fetch`.

mod support;

use support::Fixture;

/// A server with mailboxes, and three messages in INBOX.
fn fixture() -> Fixture {
    let fixture = Fixture::new(|builder| {
        builder
            .mailbox("ann", "Lists/rust")
            .mailbox("ann", "Lists/imap")
            .mailbox("ann", "Entwürfe")
    });
    for (flags, message) in [
        (&["--flag", "seen"][..], PLAIN),
        (&["--flag", "flagged", "--flag", "$Work"], HTML),
        (&[], ATTACHED),
    ] {
        std::fs::write(fixture.folder.path().join("m.eml"), message).unwrap();
        let arguments = [&["append", "m.eml"][..], flags].concat();
        fixture.printed(&arguments);
    }
    fixture
}

const PLAIN: &str = "\
Date: Thu, 01 Jan 2026 10:00:00 +0000
From: Bob Writer <bob@example.org>
To: ann@example.org, \"Smith, Carl\" <carl@example.org>
Subject: plain
Message-ID: <1@example.org>

How are you?
  Fine.
";

const HTML: &str = "\
Date: Fri, 02 Jan 2026 10:00:00 +0100
From: =?utf-8?Q?Zo=C3=AB?= <zoe@example.org>
Subject: =?utf-8?Q?K=C3=A4se?= and
 bread
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>K=C3=A4se &amp; <b>Brot</b></p>
";

const ATTACHED: &str = "\
Date: Sat, 03 Jan 2026 10:00:00 +0000
From: bob@example.org
Subject: files
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

see below
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename=\"../a.pdf\"
Content-Transfer-Encoding: base64

aGVsbG8=
--x
Content-Type: text/plain
Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.txt

coffee
--x--
";

#[test]
fn ok_list_as_a_tree() {
    assert_eq!(
        fixture().printed(&["list", "INBOX", "Lists/*", "Entw%"]),
        "\
mailbox   messages  unread  use
INBOX            3       2
Entwürfe         0
Lists
├─ imap          0
└─ rust          0
"
    );
}

#[test]
fn ok_list_of_a_server_with_rfc_3501_only() {
    let fixture = Fixture::new(|builder| {
        builder
            .mailbox("ann", "Lists/rust")
            .without_capability("IMAP4rev2")
            .without_capability("LIST-EXTENDED")
            .without_capability("LIST-STATUS")
    });
    assert_eq!(
        fixture.printed(&["list", "--flat", "INBOX", "Lists/*"]),
        "\
mailbox     messages  unread  use
INBOX              0
Lists/rust         0
"
    );
}

#[test]
fn ok_list_finds_nothing() {
    let ended = fixture().run(&["list", "nothing*"]);
    assert_eq!(
        (ended.code, &*ended.stdout, &*ended.stderr),
        (Some(1), "", "")
    );
}

#[test]
fn ok_list_as_json() {
    let printed = fixture().printed(&["list", "--json", "INBOX"]);
    let object: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(object["name"], "INBOX");
    assert_eq!(object["selectable"], true);
    assert_eq!(
        (&object["messages"], &object["unseen"]),
        (&3.into(), &2.into())
    );
    let printed = fixture().printed(&["list", "--json", "--no-counts", "INBOX"]);
    assert!(printed.contains("\"messages\":null"), "{printed}");
}

#[test]
fn ok_capability() {
    let fixture = fixture();
    let printed = fixture.printed(&["capability", "--json", "--no-login"]);
    let object: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(object["logged_in"], false);
    assert_eq!(object["encrypted"], false);
    let capabilities = object["capabilities"].as_array().unwrap();
    assert!(
        capabilities.contains(&"IMAP4rev1".into()),
        "{capabilities:?}"
    );
    let lines = fixture.printed(&["capability"]);
    assert!(lines.lines().any(|line| line == "UIDPLUS"), "{lines}");
}

#[test]
fn ok_tls_by_starttls_and_from_the_first_octet() {
    let fixture = Fixture::with_tls();
    let implicit = format!("imaps://ann@{}/", fixture.server.tls_address());
    for address in [fixture.address(), implicit] {
        let arguments = ["capability", "--json", "--ca", "ca.pem", "-a", &address];
        let printed = fixture.printed(&arguments);
        assert!(
            printed.contains("\"logged_in\":true,\"encrypted\":true"),
            "{printed}"
        );
        let untrusted = fixture.run(&["list", "-a", &address]);
        assert_eq!(untrusted.code, Some(79), "{untrusted:?}");
    }
    let address = fixture.address();
    let printed = fixture.printed(&["capability", "--json", "--tls", "none", "-a", &address]);
    assert!(printed.contains("\"encrypted\":false"), "{printed}");
}

#[test]
fn ok_status() {
    let fixture = fixture();
    let printed = fixture.printed(&["status"]);
    assert!(
        printed.starts_with("INBOX\n  messages       3\n  unread         2\n"),
        "{printed}"
    );
    let printed = fixture.printed(&["status", "--json", "Entwürfe", "INBOX"]);
    let objects: Vec<serde_json::Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(objects[0]["name"], "Entwürfe");
    assert_eq!(objects[0]["messages"], 0);
    assert_eq!(objects[1]["uid_next"], 4);
}

const FIRST: &str = "      1      2026-01-01 10:00  Bob Writer                plain\n";
const SECOND: &str = "      2 NF   2026-01-02 10:00  Zoë                       Käse and bread\n";
const THIRD: &str = "      3 N    2026-01-03 10:00  bob@example.org           files\n";

#[test]
fn ok_search_words_and_options() {
    let fixture = fixture();
    for (arguments, found) in [
        (&[][..], &[FIRST, SECOND, THIRD][..]),
        (&["unseen from bob"], &[THIRD]),
        (&["unseen", "from", "bob"], &[THIRD]),
        (&["or", "subject", "plain", "flagged"], &[FIRST, SECOND]),
        (&["from", "Bob Writer"], &[FIRST]),
        (&["subject", "Käse and"], &[SECOND]),
        (&["--from", "bob", "--unseen"], &[THIRD]),
        (
            &["--since", "2026-01-02", "--before", "3-Jan-2026"],
            &[SECOND],
        ),
        (&["--flagged"], &[SECOND]),
        (&["--to", "carl", "--text", "Fine"], &[FIRST]),
        (&["-n", "2"], &[SECOND, THIRD]),
        (&["--uids", "from bob"], &["1,3\n"]),
    ] {
        let arguments = [&["search"], arguments].concat();
        assert_eq!(fixture.printed(&arguments), found.concat(), "{arguments:?}");
    }
}

#[test]
fn ok_search_finds_nothing() {
    let fixture = fixture();
    for arguments in [&["search", "from", "nobody"][..], &["search", "-m", "Sent"]] {
        let ended = fixture.run(arguments);
        assert_eq!(
            (ended.code, &*ended.stdout, &*ended.stderr),
            (Some(1), "", "")
        );
    }
}

#[test]
fn err_search_words_that_the_server_does_not_know() {
    let ended = fixture().run(&["search", "nonsense"]);
    assert_eq!(ended.code, Some(2));
    let begin = "imap: wrong search: the server does not understand it: ";
    assert!(ended.stderr.starts_with(begin), "{ended:?}");
}

#[test]
fn ok_search_as_json() {
    assert_eq!(
        fixture().printed(&["search", "--json", "subject plain"]),
        concat!(
            r#"{"uid":1,"flags":["\\Seen"],"received":"2026-01-01T10:00:00+00:00","size":200,"#,
            r#""date":"Thu, 01 Jan 2026 10:00:00 +0000","#,
            r#""from":[{"name":"Bob Writer","address":"bob@example.org"}],"#,
            r#""to":[{"name":null,"address":"ann@example.org"},"#,
            r#"{"name":"Smith, Carl","address":"carl@example.org"}],"cc":[],"#,
            r#""subject":"plain","message_id":"<1@example.org>"}"#,
            "\n"
        )
    );
}

#[test]
fn ok_fetch_shows_what_matters() {
    let fixture = fixture();
    assert_eq!(
        fixture.printed(&["fetch", "2"]),
        "\
UID:     2
From:    Zoë <zoe@example.org>
Date:    Fri, 02 Jan 2026 10:00:00 +0100
Subject: Käse and bread
Flags:   \\Flagged $Work

Käse & Brot
"
    );
    assert_eq!(
        fixture.printed(&["fetch", "--search", "subject files"]),
        "\
UID:     3
From:    bob@example.org
Date:    Sat, 03 Jan 2026 10:00:00 +0000
Subject: files
File:    ../a.pdf (application/pdf, 8 B)
File:    café.txt (text/plain, 6 B)

see below
"
    );
}

#[test]
fn ok_fetch_text_and_headers() {
    let fixture = fixture();
    assert_eq!(
        fixture.printed(&["fetch", "--text", "1,2"]),
        "How are you?\n  Fine.\n\nKäse & Brot\n"
    );
    assert_eq!(
        fixture.printed(&["fetch", "--headers", "2"]),
        "\
Date: Fri, 02 Jan 2026 10:00:00 +0100
From: Zoë <zoe@example.org>
Subject: Käse and bread
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
"
    );
}

#[test]
fn ok_fetch_newest_as_it_is_and_leaves_it_unread() {
    let fixture = fixture();
    let printed = fixture.printed(&["fetch", "--raw", "*"]);
    assert_eq!(printed, ATTACHED.replace('\n', "\r\n"));
    assert_eq!(fixture.printed(&["search", "--uids", "unseen"]), "2:3\n");
}

#[test]
fn err_fetch_raw_of_several() {
    let ended = fixture().run(&["fetch", "--raw", "1:2"]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(
        ended.stderr,
        "imap: --raw is for one message\nhint: save several: --save DIR\n"
    );
}

#[test]
fn err_fetch_what_is_not_there() {
    let fixture = fixture();
    let ended = fixture.run(&["fetch", "7,9"]);
    assert_eq!(ended.code, Some(66));
    assert_eq!(
        ended.stderr,
        "imap: no message has the UID 7,9 in this mailbox\nhint: `imap search all` shows them\n"
    );
    let ended = fixture.run(&["fetch", "--search", "from nobody"]);
    assert_eq!(
        (ended.code, &*ended.stderr),
        (Some(1), "imap: no message was found\n")
    );
}

#[test]
fn ok_fetch_as_json() {
    let printed = fixture().printed(&["fetch", "--json", "3"]);
    let object: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(object["uid"], 3);
    assert_eq!(object["text"].as_str().unwrap().trim_end(), "see below");
    assert_eq!(
        object["attachments"],
        serde_json::json!([
            {"part": "2", "name": "../a.pdf", "type": "application/pdf", "size": 8},
            {"part": "3", "name": "café.txt", "type": "text/plain", "size": 6},
        ])
    );
}

#[test]
fn ok_fetch_saves_and_writes_nothing_over() {
    let fixture = fixture();
    let read = |name: &str| std::fs::read_to_string(fixture.folder.path().join(name)).unwrap();
    assert_eq!(
        fixture.printed(&["fetch", "--attachments", "files", "1:*"]),
        "files/_a.pdf  5 B\nfiles/café.txt  6 B\n"
    );
    assert_eq!(
        (&*read("files/_a.pdf"), &*read("files/café.txt")),
        ("hello", "coffee")
    );
    assert_eq!(
        fixture.printed(&["fetch", "--attachments", "files", "3", "--json"]),
        "{\"uid\":3,\"file\":\"files/_a (2).pdf\",\"size\":5}\n\
         {\"uid\":3,\"file\":\"files/café (2).txt\",\"size\":6}\n"
    );
    assert_eq!(
        fixture.printed(&["fetch", "--save", "mail", "1"]),
        "mail/1.eml  200 B\n"
    );
    assert_eq!(read("mail/1.eml"), PLAIN.replace('\n', "\r\n"));
}

#[test]
fn ok_fetch_finds_no_attachments() {
    let ended = fixture().run(&["fetch", "--attachments", "files", "1"]);
    assert_eq!(
        (ended.code, &*ended.stdout, &*ended.stderr),
        (Some(1), "", "")
    );
}

#[test]
fn err_fetch_into_a_file() {
    let fixture = fixture();
    std::fs::write(fixture.folder.path().join("file"), "").unwrap();
    let ended = fixture.run(&["fetch", "--save", "file", "1"]);
    assert_eq!(ended.code, Some(74));
    assert_eq!(
        ended.stderr,
        "imap: cannot make the folder file: file exists\n"
    );
}

#[test]
fn ok_wire_is_shown_without_secrets() {
    let ended = fixture().run(&["status", "-v", "--json"]);
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.starts_with("{\"name\":\"INBOX\""), "{ended:?}");
    assert!(ended.stderr.contains("\nC: A2 STATUS INBOX ("), "{ended:?}");
    assert!(ended.stderr.contains("[redacted]"), "{ended:?}");
    assert!(!ended.stderr.contains(support::PASSWORD), "{ended:?}");
}

#[test]
#[cfg(unix)]
fn err_full_disk_leaves_nothing_half() {
    let fixture = fixture();
    let large = format!("Subject: large\n\n{}", "x\n".repeat(50_000));
    std::fs::write(fixture.folder.path().join("m.eml"), large).unwrap();
    fixture.printed(&["append", "m.eml"]);
    // A limit for files is the disk that is full soonest.
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"";
    let saving = fixture.command(&["fetch", "--save", "mail", "3:4"]);
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", script]).arg(saving.get_program());
    limited
        .args(saving.get_args())
        .current_dir(fixture.folder.path());
    limited.envs(
        saving
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let ended = support::ended(&mut limited);
    assert_eq!(ended.code, Some(74), "{ended:?}");
    assert_eq!(
        ended.stderr,
        "imap: cannot write mail/4.eml: file too large\n"
    );
    let names = std::fs::read_dir(fixture.folder.path().join("mail")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["3.eml"]);
}
