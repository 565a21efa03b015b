//! Reads files of transcripts, and runs both of their sides.

mod check;
mod run;

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use check::{assert_by_the_book, check, messages, outcomes};
use run::run;

/// Who says an entry of a transcript.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Side {
    /// `C:`
    Client,
    /// `S:`
    Server,
}

/// What one side says: a message, or a part of one.
pub(crate) struct Entry {
    pub(crate) side: Side,
    pub(crate) octets: Vec<u8>,
    /// The lines of the file.
    source: String,
}

/// An example of an RFC, or samples of a feature.
pub(crate) struct Transcript {
    /// File and line.
    pub(crate) place: String,
    /// Lines that begin with `#`.
    pub(crate) notes: Vec<String>,
    pub(crate) entries: Vec<Entry>,
    /// What the file says comes out of each entry.
    pub(crate) outcomes: Vec<String>,
}

/// A file of transcripts.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// The first line, which counts what is in the file.
    pub(crate) counts: String,
    pub(crate) transcripts: Vec<Transcript>,
}

impl Transcript {
    /// What is behind the keyword of a note, such as `# skip: reason`.
    pub(crate) fn note(&self, keyword: &str) -> Option<&str> {
        self.notes
            .iter()
            .find_map(|note| note.strip_prefix("# ")?.strip_prefix(keyword))
    }

    /// The lines of the file, with these outcomes.
    pub(crate) fn render(&self, outcomes: &[String]) -> String {
        let notes = self.notes.iter().map(|note| format!("{note}\n"));
        let entries = self.entries.iter().zip(outcomes);
        let entries = entries.map(|(entry, outcome)| format!("{}{outcome}", entry.source));
        notes.chain(entries).collect()
    }
}

/// All files of a directory, sorted by their names.
pub(crate) fn files(directory: &Path) -> Vec<File> {
    let entries = fs::read_dir(directory).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths.into_iter().map(file).collect()
}

fn file(path: PathBuf) -> File {
    let text = fs::read_to_string(&path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut transcripts = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for (number, line) in text.lines().chain([""]).enumerate().skip(1) {
        if !line.is_empty() {
            block.push(line);
        } else if !block.is_empty() {
            let place = format!("{name}:{}", number + 1 - block.len());
            transcripts.push(transcript(place, &block));
            block.clear();
        }
    }
    let counts = text.lines().next().unwrap_or_default().to_owned();
    File {
        path,
        counts,
        transcripts,
    }
}

fn transcript(place: String, block: &[&str]) -> Transcript {
    let mut transcript = Transcript {
        place,
        notes: Vec::new(),
        entries: Vec::new(),
        outcomes: Vec::new(),
    };
    for line in block {
        let (mark, text) = line.split_at_checked(2).unwrap_or((line, ""));
        let text = text.strip_prefix(' ').unwrap_or(text).replace('␠', " ");
        match mark {
            "# " => transcript.notes.push((*line).to_owned()),
            "C:" => transcript.begin(Side::Client, line, &text),
            "S:" => transcript.begin(Side::Server, line, &text),
            "  " => transcript.go_on(line, &text),
            _ => {
                let outcome = transcript.outcomes.last_mut();
                outcome
                    .unwrap_or_else(|| panic!("{line}"))
                    .push_str(&format!("{line}\n"));
            }
        }
    }
    transcript
}

impl Transcript {
    fn begin(&mut self, side: Side, line: &str, text: &str) {
        self.entries.push(Entry {
            side,
            octets: format!("{text}\r\n").into_bytes(),
            source: format!("{line}\n"),
        });
        self.outcomes.push(String::new());
    }

    fn go_on(&mut self, line: &str, text: &str) {
        let entry = self.entries.last_mut().unwrap_or_else(|| panic!("{line}"));
        entry.octets.extend(format!("{text}\r\n").bytes());
        entry.source.push_str(&format!("{line}\n"));
    }
}
