//! mutt, by commands that are typed for it.

use std::fs::File;

use crate::scene::{Scene, printed};

impl Scene {
    /// Opens a mailbox, types keys, and quits.
    fn mutt(&self, mailbox: &str, keys: &str) {
        let configuration = self.fill("muttrc", include_str!("muttrc"));
        let configuration = configuration.display();
        let mutt = format!("mutt -n -F {configuration} -f ={mailbox} -e 'push \"{keys}<quit>\"'");
        // It wants a terminal, which `script` is.
        let mut command = self.program("script");
        command
            .env("TERM", "vt100")
            .args(["-q", "-e", "-c", &mutt, "/dev/null"]);
        printed(&mut command, "mutt");
    }

    /// Subjects and flags, without what mutt keeps for itself.
    fn messages(&self, mailbox: &str) -> Vec<(String, Vec<String>)> {
        let messages = self.mailbox(mailbox).messages();
        let each = messages.iter().map(|message| {
            let text = String::from_utf8_lossy(message.octets());
            let subject = text.lines().find_map(|line| line.strip_prefix("Subject: "));
            let flags = message.flags().iter().filter(|flag| *flag != "Old");
            (subject.unwrap().to_owned(), flags.cloned().collect())
        });
        each.collect()
    }
}

fn scene() -> Scene {
    Scene::with(|builder| {
        let message =
            |subject| format!("From: bob@example.org\r\nSubject: {subject}\r\n\r\ntext\r\n");
        ["one", "two", "three"]
            .iter()
            .fold(builder, |builder, subject| {
                builder.message("ann", "INBOX", message(subject))
            })
    })
}

#[test]
fn ok_messages_are_tagged_copied_flagged_and_deleted() {
    let scene = scene();
    let keys = "<tag-pattern>~s t<enter><tag-prefix><copy-message>=Archive<enter>\
                <untag-pattern>.<enter><search>one<enter><flag-message><search>two<enter><delete-message>";
    scene.mutt("INBOX", keys);
    let flagged = vec!["\\Flagged".to_owned()];
    let left = [("one".to_owned(), flagged), ("three".to_owned(), vec![])];
    assert_eq!(scene.messages("INBOX"), left);
    let copied = ["two", "three"].map(|subject| (subject.to_owned(), vec![]));
    assert_eq!(scene.messages("Archive"), copied);
}

#[test]
fn ok_a_copy_of_what_is_sent_is_kept() {
    let scene = Scene::new();
    let configuration = scene.fill("muttrc", include_str!("muttrc"));
    let body = scene.write("body", "Grüße\n.\nFrom me\n");
    let mut command = scene.program("mutt");
    command.arg("-n").arg("-F").arg(configuration);
    command.args(["-s", "sent", "bob@example.org"]);
    printed(command.stdin(File::open(body).unwrap()), "mutt");
    assert_eq!(
        scene.messages("Sent"),
        [("sent".to_owned(), vec!["\\Seen".to_owned()])]
    );
}
