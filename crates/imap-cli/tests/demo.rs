//! `imap demo`, which needs no account and no server.

mod support;

use std::fs;
use std::path::Path;

use support::{ended, imap};
use tempfile::TempDir;

/// Files of messages below a folder of Maildirs.
fn messages(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => count += messages(&path),
            false if folder.ends_with("cur") => count += 1,
            false => {}
        }
    }
    count
}

#[test]
fn ok_tour_shows_what_the_commands_do() {
    let home = TempDir::new().unwrap();
    let mut command = imap(home.path(), &["demo", "--fast"]);
    let ended = ended(command.env("TMPDIR", home.path()));
    assert_eq!(
        (ended.code, &*ended.stderr),
        (Some(0), ""),
        "{}",
        ended.stdout
    );
    let place = ended.stdout.find("Your copy is in ").unwrap();
    let folder = ended.stdout[place..].lines().next().unwrap();
    let folder = folder["Your copy is in ".len()..]
        .strip_suffix('.')
        .unwrap();

    let mut rest = &*ended.stdout;
    for line in [
        "$ imap list",
        "INBOX              5       3",
        "└─ parsers      1200",
        "└─ Süßes           1",
        "$ imap search --limit 5 all",
        "      3 NF   2026-03-03 08:00  山田花子                  会議の議事録",
        "$ imap fetch 4",
        "File:    map.png (image/png, 98 B)",
        "here is the map for Saturday: three cafés, one bakery, and the",
        "$ imap watch --count 1",
        "watching INBOX: 5 messages",
        "new         6 N    2026-03-05 11:42  Ada Lovelace              Re: Lunch on Friday?",
        &format!("$ imap export {folder}"),
        "1210 messages exported, 1.0 MB",
        "  imap --help                                         all commands",
    ] {
        let place = rest.find(&format!("{line}\n"));
        let place = place.unwrap_or_else(|| panic!("no `{line}` in {}", ended.stdout));
        rest = &rest[place + line.len()..];
    }
    assert_eq!(messages(Path::new(folder)), 1210);
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "only the copy is left: {left:?}");
}
