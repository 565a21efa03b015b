//! Octets to begin with: the samples and transcripts of the crates, and what is only here.

use std::fs;
use std::path::{Path, PathBuf};

use crate::mail;
use crate::session::{ACTIONS, COMMANDS, FIRST_ACTION};
use crate::transcripts::{self, Side, Transcript};
use crate::vectors::{self, Role, Vector};

/// The seeds of a target, none for a name that is none.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let frames = |role| {
        samples()
            .into_iter()
            .filter(move |v| v.role == role)
            .map(|v| v.frame)
    };
    let mut seeds: Vec<Vec<u8>> = match target {
        "command" => frames(Role::Client).chain(said(Side::Client)).collect(),
        "framer" => streams().collect(),
        "greeting" => frames(Role::Greeter).chain(greetings()).collect(),
        "internal_date" => lines(DATES).collect(),
        "mail" => mail::SEEDS
            .iter()
            .map(|seed| seed.as_bytes().to_vec())
            .collect(),
        "response" => frames(Role::Server).chain(said(Side::Server)).collect(),
        "round_trip" => (0..=255).map(decisions).collect(),
        "session" => transcripts()
            .flat_map(conversations)
            .chain(exercises())
            .collect(),
        "utf7" => lines(NAMES).collect(),
        _ => Vec::new(),
    };
    seeds.sort();
    seeds.dedup();
    seeds
}

fn samples() -> Vec<Vector> {
    let directories =
        ["reject", "rfc", "servers"].map(|name| root("imap-proto/tests/vectors").join(name));
    let files = directories
        .iter()
        .flat_map(|directory| vectors::files(directory));
    let samples = files.flat_map(|file| {
        // cannot fail: it was listed.
        let text = fs::read_to_string(&file).unwrap();
        vectors::parse_all(&file, &text).1
    });
    samples.collect()
}

fn transcripts() -> impl Iterator<Item = Transcript> {
    let files = transcripts::files(&root("imap-codec/tests/vectors/rfc"));
    files.into_iter().flat_map(|file| file.transcripts)
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../crates")
        .join(path)
}

/// The entries of one side, each of which is mostly a message.
fn said(side: Side) -> impl Iterator<Item = Vec<u8>> {
    let entries = transcripts().flat_map(|transcript| transcript.entries);
    entries
        .filter(move |entry| entry.side == side)
        .map(|entry| entry.octets)
}

fn greetings() -> impl Iterator<Item = Vec<u8>> {
    said(Side::Server).filter(|octets| octets.starts_with(b"* OK"))
}

/// All that one side of a transcript says, for each way to cut it.
fn streams() -> impl Iterator<Item = Vec<u8>> {
    let sides = transcripts().flat_map(|transcript| {
        [(Side::Client, 2), (Side::Server, 0)].map(|(side, role)| {
            let entries = transcript.entries.iter().filter(|entry| entry.side == side);
            (
                role,
                entries
                    .flat_map(|entry| entry.octets.clone())
                    .collect::<Vec<_>>(),
            )
        })
    });
    sides.flat_map(|(role, stream)| {
        [0, 1, 4, 5].map(|plan| [&[role | plan, 10, 1, 7, 64], &stream[..]].concat())
    })
}

/// A transcript as a session has it: as it is with a user who has logged in, and with one who has not.
fn conversations(transcript: Transcript) -> [Vec<u8>; 2] {
    let mut script = Vec::new();
    let mut tags = Vec::new();
    for entry in &transcript.entries {
        let mut words = entry.octets.splitn(3, |octet| *octet == b' ');
        let (tag, name) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        match entry.side {
            Side::Client => {
                script.extend([0xff, number_of(name.trim_ascii()) as u8]);
                tags.push(tag);
            }
            Side::Server => match tags.iter().position(|known| *known == tag) {
                Some(number) => {
                    script.extend(format!("A{}", number + 1).bytes());
                    script.extend(&entry.octets[tag.len()..]);
                }
                None => script.extend(&entry.octets),
            },
        }
    }
    let start = |options: u8, status: &str| {
        [
            &[options],
            format!("* {status} [CAPABILITY IMAP4rev1] x\r\n").as_bytes(),
        ]
        .concat()
    };
    [
        [&start(0x18, "PREAUTH")[..], &script].concat(),
        [&start(0x02, "OK")[..], &script].concat(),
    ]
}

/// The number of what a client does that says a command of this name; `XNEWS` stands for unknown ones.
fn number_of(name: &[u8]) -> usize {
    let position = |all: &[&str]| {
        all.iter().position(|one| {
            let first = one.split(' ').next().unwrap_or_default();
            name.eq_ignore_ascii_case(first.as_bytes())
        })
    };
    let action = || Some(FIRST_ACTION + position(&ACTIONS)?);
    position(&COMMANDS)
        .or_else(action)
        .unwrap_or(COMMANDS.len() - 1)
}

/// Whatever can be done, one after the other, each followed by what a server could say to it.
fn exercises() -> impl Iterator<Item = Vec<u8>> {
    let actions = FIRST_ACTION..FIRST_ACTION + ACTIONS.len();
    (0..COMMANDS.len()).chain(actions).flat_map(|number| {
        let said = |end: &str| {
            let mut script = b"\x18* PREAUTH [CAPABILITY IMAP4rev1 IDLE UIDPLUS] x\r\n".to_vec();
            // SELECT, which is the third of the commands.
            script.extend(b"\xff\x02* 3 EXISTS\r\nA1 OK x\r\n\xff");
            script.push(number as u8);
            script.extend(format!("+ x\r\n+\r\n* 2 EXPUNGE\r\n{end}").bytes());
            script.extend([0xff, FIRST_ACTION as u8 + 1]);
            script.extend(b"A2 OK x\r\nA3 OK x\r\n");
            script
        };
        [said(""), said("A2 NO x\r\n"), said("* BYE x\r\n")]
    })
}

/// Octets that are far from each other.
fn decisions(kind: u8) -> Vec<u8> {
    let octets = (1..150_u32).map(|n| (n * n + n * u32::from(kind)).wrapping_mul(40_503) >> 8);
    let octets = octets.map(|n| n as u8);
    [kind].into_iter().chain(octets).collect()
}

fn lines(text: &str) -> impl Iterator<Item = Vec<u8>> {
    text.lines().map(|line| line.as_bytes().to_vec())
}

const DATES: &str = r#""17-Jul-1996 02:44:25 -0700"
17-Jul-1996 02:44:25 -0700
" 1-feb-2024 23:59:60 +0530"
1-Jan-0001 00:00:00 +2359
"31-Dec-9999 23:59:59 -2359"
"29-Feb-2023 00:00:00 +0000"
25 (INTERNALDATE "17-Jul-1996 02:44:25 -0700" FLAGS (\Seen $Junk))
(\Answered \Flagged x)
12345678ab"#;

const NAMES: &str = r"INBOX
Entwürfe
Entw&APw-rfe
Q&-A
~peter/mail/&U,BTFw-/&ZeVnLIqe-
&2D3eCQ-
&2D0-
&AGE-
&U,BTFw-&ZeVnLIqe-
R&D
&APw
日本語😀&x";
