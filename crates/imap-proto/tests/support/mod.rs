//! Reads files of samples, and parses their messages.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::fs;
use std::path::{Path, PathBuf};

use imap_proto::response::Greeting;
use imap_proto::{Arena, Command, Options, ParseError, Quirk, Response};

/// Who sends a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    /// `C:`
    Client,
    /// `G:`
    Greeter,
    /// `S:`
    Server,
}

/// A sample: a message, and what comes out of it.
pub(crate) struct Vector {
    /// Directory, file and line.
    pub(crate) place: String,
    pub(crate) role: Role,
    pub(crate) utf8: bool,
    pub(crate) frame: Vec<u8>,
    /// The lines of the header and of the message.
    pub(crate) source: String,
    /// The lines behind them.
    pub(crate) outcome: String,
}

pub(crate) fn vectors_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// The sample files of a directory, sorted.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// How many samples a file says it has, and the samples.
pub(crate) fn parse_all(path: &Path, text: &str) -> (usize, Vec<Vector>) {
    let announced = text
        .lines()
        .find_map(|line| line.strip_prefix("# vectors: "));
    let mut vectors = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for (number, line) in text.lines().chain([""]).enumerate() {
        if !line.is_empty() {
            block.push(line);
        } else if block.iter().any(|line| is_message_line(line)) {
            vectors.push(vector(path, number + 1 - block.len(), &block));
            block.clear();
        } else {
            block.clear();
        }
    }
    (announced.map_or(0, |n| n.parse().unwrap()), vectors)
}

fn is_message_line(line: &str) -> bool {
    ["C: ", "G: ", "S: "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn vector(path: &Path, line: usize, block: &[&str]) -> Vector {
    let mut components: Vec<_> = path.iter().rev().take(2).collect();
    components.reverse();
    let file: PathBuf = components.iter().collect();
    let mut vector = Vector {
        place: format!("{}:{line}", file.display()),
        role: Role::Server,
        utf8: false,
        frame: Vec::new(),
        source: String::new(),
        outcome: String::new(),
    };
    for line in block {
        let Some((mark, text)) = line.split_at_checked(3) else {
            vector.outcome.push_str(&format!("{line}\n"));
            continue;
        };
        match mark {
            "C: " => vector.role = Role::Client,
            "G: " => vector.role = Role::Greeter,
            "S: " | "   " => {}
            _ if line.starts_with('#') => vector.utf8 |= *line == "# utf8",
            _ => {
                vector.outcome.push_str(&format!("{line}\n"));
                continue;
            }
        }
        if !line.starts_with('#') {
            vector.frame.extend(octets(text));
        }
        vector.source.push_str(&format!("{line}\n"));
    }
    vector
}

/// The octets that a line of a message stands for.
fn octets(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '␀' => octets.push(0),
            '␉' => octets.push(b'\t'),
            '␊' => octets.push(b'\n'),
            '␍' => octets.push(b'\r'),
            '␠' => octets.push(b' '),
            '‹' => {
                let hex: String = rest.by_ref().take_while(|c| *c != '›').collect();
                octets.push(u8::from_str_radix(&hex, 16).unwrap());
            }
            c => octets.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    octets
}

/// What a message gives: its value as text, or the error.
pub(crate) fn parse(role: Role, frame: &[u8], options: &Options) -> Result<String, ParseError> {
    read(role, frame, options).map(|(value, _)| value)
}

fn read(role: Role, frame: &[u8], options: &Options) -> Result<(String, String), ParseError> {
    let arena = Arena::new();
    let value = match role {
        Role::Client => Command::parse_with(frame, &arena, options).map(|c| format!("{c:?}")),
        Role::Greeter => Greeting::parse_with(frame, &arena, options).map(|g| format!("{g:?}")),
        Role::Server => Response::parse_with(frame, &arena, options).map(|r| format!("{r:?}")),
    }?;
    let used = arena.used_quirks();
    let used = used
        .as_slice()
        .iter()
        .map(|u| format!("{:?}@{}", u.quirk, u.offset));
    Ok((value, used.collect::<Vec<_>>().join(", ")))
}

/// The value with the quirks used, or the text of the error.
pub(crate) fn outcome(vector: &Vector, options: &Options) -> Result<(String, String), String> {
    let options = options.with_utf8(vector.utf8);
    read(vector.role, &vector.frame, &options).map_err(|error| error.to_string())
}

/// The quirk of a name.
pub(crate) fn quirk(name: &str) -> Option<Quirk> {
    let mut all = Quirk::ALL.iter().copied();
    all.find(|quirk| format!("{quirk:?}") == name)
}
