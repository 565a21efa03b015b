//! curl.

use std::process::Output;

use crate::scene::{Scene, run};

impl Scene {
    /// What curl says to a path below the server, without TLS.
    fn curl(&self, path: &str, options: &[&str]) -> Output {
        let (user, password) = (Self::USER, Self::PASSWORD);
        let login = format!("{user}:{password}");
        let url = format!("imap://localhost:{}/{path}", self.port());
        self.curl_with(&[&["--user", &login, &url], options].concat())
    }

    fn curl_with(&self, options: &[&str]) -> Output {
        let mut command = self.program("curl");
        run(
            command.args(["--silent", "--show-error"]).args(options),
            "curl",
        )
    }
}

/// What curl printed, which ended well.
fn shown(output: Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn scene() -> Scene {
    Scene::with(|builder| {
        builder
            .message("ann", "INBOX", FIRST)
            .message("ann", "INBOX", SECOND)
    })
}

#[test]
fn ok_mailboxes_are_listed() {
    let shown = shown(scene().curl("", &[]));
    let names = shown.lines().filter_map(|line| line.split_once("\"/\" "));
    let mut names = Vec::from_iter(names.map(|(_, name)| name));
    names.sort_unstable();
    assert_eq!(
        names,
        ["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"]
    );
}

#[test]
fn ok_messages_are_fetched() {
    let scene = scene();
    let cases = [("INBOX;UID=1", FIRST), ("INBOX;MAILINDEX=2", SECOND)];
    for (path, expected) in cases {
        assert_eq!(shown(scene.curl(path, &[])), expected, "{path}");
    }
}

#[test]
fn ok_a_message_is_uploaded() {
    let scene = Scene::new();
    let path = scene.write("message", FIRST);
    let path = path.to_str().unwrap();
    shown(scene.curl("Drafts", &["--upload-file", path]));
    let [message] = &scene.mailbox("Drafts").messages()[..] else {
        panic!("not one message");
    };
    assert_eq!(message.octets(), FIRST);
}

#[test]
fn ok_commands_and_searches() {
    let scene = scene();
    let stored = shown(scene.curl("INBOX", &["--request", r"STORE 2 +FLAGS (\Flagged)"]));
    assert!(stored.contains(r"FLAGS (\Flagged"), "{stored}");
    let found = shown(scene.curl("INBOX?SUBJECT%20two", &[]));
    assert_eq!(found, "* SEARCH 2\r\n");
    let counted = shown(scene.curl("", &["--request", "STATUS INBOX (MESSAGES UNSEEN)"]));
    assert_eq!(counted, "* STATUS INBOX (MESSAGES 2 UNSEEN 2)\r\n");
}

#[test]
fn ok_each_way_to_log_in() {
    let scene = scene();
    for mechanism in MECHANISMS {
        let options = ["--login-options", &format!("AUTH={mechanism}")];
        let output = scene.curl("INBOX;UID=1", &options);
        assert_eq!(shown(output), FIRST, "{mechanism}");
    }
}

#[test]
fn ok_tls_from_the_start_and_later() {
    let scene = scene();
    let authority = scene.authority();
    let trusted = ["--ssl-reqd", "--cacert", authority.to_str().unwrap()];
    assert_eq!(shown(scene.curl("INBOX;UID=1", &trusted)), FIRST);
    let login = format!("{}:{}", Scene::USER, Scene::PASSWORD);
    let url = format!("imaps://localhost:{}/INBOX;UID=2", scene.tls_port());
    let options = [&["--user", &login, &url], &trusted[..]].concat();
    assert_eq!(shown(scene.curl_with(&options)), SECOND);
    let output = scene.curl_with(&["--user", &login, &url]);
    assert_eq!(output.status.code(), Some(UNTRUSTED));
}

#[test]
fn err_a_wrong_password_or_mailbox() {
    let scene = scene();
    let url = format!("imap://ann:wrong@localhost:{}/", scene.port());
    assert_eq!(scene.curl_with(&[&url]).status.code(), Some(DENIED));
    assert_eq!(scene.curl("Nowhere;UID=1", &[]).status.code(), Some(DENIED));
}

const MECHANISMS: [&str; 2] = ["*", "PLAIN"];
const FIRST: &str = "From: ann@example.org\r\nSubject: one\r\n\r\nfirst\r\nmessage\r\n";
const SECOND: &str = "Subject: two\r\n\r\n2\r\n";
/// How curl says that the login, or the mailbox, was refused.
const DENIED: i32 = 67;
/// How it says that it does not know the authority of the certificate.
const UNTRUSTED: i32 = 60;
