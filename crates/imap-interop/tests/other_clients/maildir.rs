//! A Maildir and the server's mailboxes, to be compared.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::scene::Scene;

/// The flags in Maildir's letters, and the text.
pub(crate) type Messages = BTreeSet<(String, String)>;

impl Scene {
    pub(crate) fn maildir(&self, mailbox: &str) -> PathBuf {
        self.home().join("mail").join(mailbox)
    }

    pub(crate) fn make_maildir(&self, mailbox: &str) {
        for folder in ["cur", "new", "tmp"] {
            fs::create_dir_all(self.maildir(mailbox).join(folder)).unwrap();
        }
    }

    /// The messages of a mailbox on this side.
    pub(crate) fn near(&self, mailbox: &str) -> Messages {
        let paths = self.paths(mailbox);
        let found = paths.map(|path| (flags_of(&path), text(&fs::read(&path).unwrap())));
        found.collect()
    }

    /// The messages of a mailbox on the server's side.
    pub(crate) fn far(&self, mailbox: &str) -> Messages {
        let messages = self.mailbox(mailbox).messages();
        let all = messages.iter().map(|message| {
            let has = |(letter, flag): &(char, &str)| {
                let mut flags = message.flags().iter();
                flags.any(|f| f == flag).then_some(*letter)
            };
            let flags = FLAGS.iter().filter_map(has).collect();
            (flags, text(message.octets()))
        });
        all.collect()
    }

    /// Both sides have the same so many messages.
    pub(crate) fn assert_equal(&self, mailbox: &str, count: usize) {
        let (near, far) = (self.near(mailbox), self.far(mailbox));
        assert_eq!(near, far, "{mailbox}");
        assert_eq!(near.len(), count, "{mailbox}");
    }

    /// All that both sides know of messages: modification sequences tell of each touch.
    pub(crate) fn settled(&self) -> (Vec<(PathBuf, Vec<u8>)>, Vec<String>) {
        let names = self.mailbox_names().into_iter();
        let state = names.map(|name| format!("{name} {:?}", self.mailbox(&name).messages()));
        (files(&self.maildir("")), state.collect())
    }

    /// The file of the message with this subject.
    pub(crate) fn file(&self, mailbox: &str, subject: &str) -> PathBuf {
        let wanted = format!("Subject: {subject}\n");
        let found = self.paths(mailbox).find(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.replace("\r\n", "\n").contains(&wanted)
        });
        found.unwrap_or_else(|| panic!("no {subject} in {mailbox}"))
    }

    fn paths(&self, mailbox: &str) -> impl Iterator<Item = PathBuf> + use<> {
        let folders = ["cur", "new"].map(|folder| self.maildir(mailbox).join(folder));
        let entries = folders.into_iter().flat_map(|f| fs::read_dir(f).unwrap());
        entries.map(|entry| entry.unwrap().path())
    }
}

/// Mail for both sides to begin with.
pub(crate) fn scene() -> Scene {
    Scene::with(|mut builder| {
        for subject in ["one", "two", "three", "four"] {
            builder = builder.message("ann", "INBOX", message(subject));
        }
        builder.message("ann", "Work/2024", message("below"))
    })
}

/// Changes of both sides: flags, new messages, messages and mailboxes that come and go.
pub(crate) fn change_both_sides(scene: &Scene) {
    flag(&scene.file("INBOX", "one"), "FS");
    fs::remove_file(scene.file("INBOX", "two")).unwrap();
    let near = message("near").replace("\r\n", "\n");
    scene.write("mail/INBOX/new/1.near.example", near);
    scene.make_maildir("Nearby");
    let folder = message("folder").replace("\r\n", "\n");
    scene.write("mail/Nearby/cur/2.near.example:2,RS", folder);
    scene.imap(&[
        "SELECT INBOX",
        r"STORE 3 +FLAGS (\Answered)",
        r"STORE 4 +FLAGS (\Deleted)",
        "EXPUNGE",
        "CREATE Far",
        "COPY 3 Far",
    ]);
    scene.mailbox("INBOX").append(message("far")).unwrap();
}

/// Both sides have all of the changes.
pub(crate) fn assert_changed(scene: &Scene) {
    scene.assert_equal("INBOX", 4);
    scene.assert_equal("Far", 1);
    scene.assert_equal("Nearby", 1);
    let flags = |subject: &str| flags_of(&scene.file("INBOX", subject));
    assert_eq!([flags("one"), flags("three")], ["FS", "R"]);
    for new in ["near", "far"] {
        scene.file("INBOX", new);
    }
}

/// The flags at the end of the file's name; what is trashed is deleted.
fn flags_of(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let flags = name.rsplit_once(":2,").map_or("", |(_, flags)| flags);
    flags.to_owned()
}

/// The text without the header fields that clients add for themselves.
fn text(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets).replace("\r\n", "\n");
    let lines = text.split_inclusive('\n');
    let own = |line: &&str| !OWN.iter().any(|field| line.starts_with(field));
    lines.filter(own).collect()
}

/// Gives a file other flags.
fn flag(path: &Path, flags: &str) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let name = name.split_once(":2,").map_or(name, |(name, _)| name);
    let folder = path.parent().unwrap().with_file_name("cur");
    fs::rename(path, folder.join(format!("{name}:2,{flags}"))).unwrap();
}

/// All files below a folder, with their contents.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let octets = fs::read(&path).unwrap();
            found.push((path, octets));
        }
    }
    found.sort_unstable();
    found
}

fn message(subject: &str) -> String {
    format!(
        "From: ann@example.org\r\nMessage-ID: <{subject}@example.org>\r\nSubject: {subject}\r\n\r\n\
         This is {subject}.\r\nFrom here on, grüße.\r\n"
    )
}

/// A flag of Maildir and that of IMAP, in the order of the letters.
const FLAGS: [(char, &str); 5] = [
    ('D', "\\Draft"),
    ('F', "\\Flagged"),
    ('R', "\\Answered"),
    ('S', "\\Seen"),
    ('T', "\\Deleted"),
];
/// Of mbsync and offlineimap.
const OWN: [&str; 2] = ["X-TUID: ", "X-OfflineIMAP: "];
