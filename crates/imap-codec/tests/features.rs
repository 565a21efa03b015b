//! The features of IMAP with samples of both sides, and the table that is made of them.
//!
//! `tests/vectors/features.txt` has a row for each feature: notes, then transcripts in the format of
//! `tests/vectors/rfc/README.md`. The notes are:
//!
//! - `# section: ...`: what this row and those behind it belong to.
//! - `# feature: ...`: begins a row, which goes on until the next one.
//! - `# rfc: ...`: the documents, with commas between them.
//! - `# productions: ...`: what has to occur in the samples, with commas between them.
//! - `# client: ...`: methods of `Client` that reach it, or a hyphen.
//! - `# other: ...`: what of it is kept as `Other`, and must be where something is.
//!
//! With `UPDATE_FEATURES=1` in the environment the outcomes and `docs/FEATURES.md` are written, for review.

mod transcripts;

use std::fs;
use std::path::{Path, PathBuf};

use transcripts::{File, Side, Transcript, assert_by_the_book, check, messages, outcomes};

/// Rows and messages that there are, so that none gets lost.
const TOTAL: (usize, usize) = (71, 503);

/// Characters of a sample that the table shows.
const SHOWN: usize = 72;

/// A feature, with its samples.
struct Row<'a> {
    section: &'a str,
    feature: &'a str,
    transcripts: Vec<&'a Transcript>,
}

impl Row<'_> {
    /// What is behind the keyword of a note, in any transcript of the row.
    fn note(&self, keyword: &str) -> Option<&str> {
        self.transcripts.iter().find_map(|t| t.note(keyword))
    }

    fn list(&self, keyword: &str) -> Vec<&str> {
        let note = self.note(keyword);
        let note = note.unwrap_or_else(|| panic!("{}: no `# {keyword}`", self.feature));
        note.split(", ").collect()
    }

    fn place(&self) -> String {
        format!("{}, {}", self.transcripts[0].place, self.feature)
    }

    /// What one side says, as text.
    fn said(&self, side: Side) -> impl Iterator<Item = String> {
        let entries = self.transcripts.iter().flat_map(|t| &t.entries);
        entries
            .filter(move |entry| entry.side == side)
            .map(|entry| String::from_utf8(entry.octets.clone()).unwrap())
    }

    /// What one side says first, if possible something else than the capabilities.
    fn sample(&self, side: Side) -> String {
        let other = self.said(side).find(|said| !said.contains("CAPABILITY"));
        other.or_else(|| self.said(side).next()).unwrap()
    }

    /// Whether each message but the capabilities is kept as `Other`, at least in part.
    fn others(&self) -> Vec<bool> {
        let outcomes = self.transcripts.iter().flat_map(|t| &t.outcomes);
        let lines = outcomes.flat_map(|outcome| outcome.lines());
        lines
            .filter(|line| line.starts_with("= ") && !line.starts_with("= Capability("))
            .map(|line| line.contains("Other("))
            .collect()
    }

    fn render(&self) -> String {
        let rfcs: Vec<_> = self.list("rfc: ").into_iter().map(link).collect();
        let wire = match self.note("other: ") {
            Some(reason) if self.others().iter().all(|other| *other) => {
                format!("`Other`: {reason}")
            }
            Some(reason) => format!("partly `Other`: {reason}"),
            None => "typed".to_owned(),
        };
        let samples = [Side::Client, Side::Server].map(|side| shown(&self.sample(side)));
        let methods = self.list("client: ");
        let methods: Vec<_> = methods.into_iter().map(method).collect();
        format!(
            "| {} | {} | {wire} | {} | {} | {} |\n",
            cell(self.feature),
            rfcs.join(", "),
            samples[0],
            samples[1],
            methods.join(", ")
        )
    }
}

fn link(rfc: &str) -> String {
    if rfc.bytes().all(|b| b.is_ascii_digit()) {
        format!("[{rfc}](https://www.rfc-editor.org/rfc/rfc{rfc})")
    } else {
        rfc.to_owned()
    }
}

fn method(name: &str) -> String {
    match name {
        "-" => name.to_owned(),
        _ => format!("`{name}`"),
    }
}

/// A text that Markdown leaves as it is.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|")
}

/// The first line of a sample as code.
fn shown(sample: &str) -> String {
    let line = sample.lines().next().unwrap_or_default();
    let line = line.replace('|', "\\|");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}` ...", line[..end].trim_end()),
        None => format!("`{}`", line.trim_end()),
    }
}

fn path(below_root: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(below_root)
}

fn file() -> File {
    let vectors = path("crates/imap-codec/tests/vectors");
    let mut files = transcripts::files(&vectors);
    assert_eq!(files.len(), 1);
    files.remove(0)
}

fn rows(file: &File) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut section = "";
    for transcript in &file.transcripts {
        section = transcript.note("section: ").unwrap_or(section);
        match (transcript.note("feature: "), rows.last_mut()) {
            (Some(feature), _) => rows.push(Row {
                section,
                feature,
                transcripts: vec![transcript],
            }),
            (None, Some(row)) => row.transcripts.push(transcript),
            (None, None) => panic!("{}: no `# feature: `", transcript.place),
        }
    }
    rows
}

fn table(rows: &[Row<'_>]) -> String {
    let mut table = HEAD.to_owned();
    let mut section = "";
    for row in rows {
        if row.section != section {
            section = row.section;
            table.push_str(&format!("\n## {section}\n\n{COLUMNS}"));
        }
        table.push_str(&row.render());
    }
    table
}

const HEAD: &str = "\
# Features

What of IMAP there is. The test `features` of `imap-codec` writes this file from
`crates/imap-codec/tests/vectors/features.txt` and fails where they differ: each sample there is cut, read
with strict options, written, and read again.

- **Wire**: `typed` is parsed into types of its own and encoded from them, for both roles; what is `Other` is
  kept as it came.
- **C**, **S**: what the client and the server say, the first line of a sample.
- **Client**: the methods of `Client`. With a hyphen there is none of its own; `run_raw` sends the command,
  and what is answered comes as events.
";

const COLUMNS: &str = "\
| Feature | RFC | Wire | C | S | Client |
|---|---|---|---|---|---|
";

#[test]
fn ok_each_sample_gives_what_it_says_and_so_does_the_table() {
    let update = std::env::var_os("UPDATE_FEATURES").is_some();
    let (wrong, text) = check(&file());
    if update {
        fs::write(file().path, text).unwrap();
    }
    let table = table(&rows(&file()));
    let docs = path("docs/FEATURES.md");
    if update {
        fs::write(&docs, &table).unwrap();
    }
    let how = "UPDATE_FEATURES=1 writes what comes out; read it";
    assert!(update || wrong.is_empty(), "{}\n{how}", wrong.join("\n"));
    assert!(
        fs::read_to_string(&docs).unwrap() == table,
        "{}: {how}",
        docs.display()
    );
}

#[test]
fn ok_what_is_not_by_the_book_has_its_reason() {
    for transcript in &file().transcripts {
        assert_by_the_book(transcript);
    }
}

#[test]
fn ok_other_has_its_reason_and_nothing_is_malformed() {
    let file = file();
    for row in rows(&file) {
        let reason = row.note("other: ").is_some();
        assert_eq!(
            row.others().contains(&true),
            reason,
            "`# other: ` of {}",
            row.place()
        );
        let mut outcomes = row.transcripts.iter().flat_map(|t| &t.outcomes);
        assert!(
            !outcomes.any(|o| o.contains("Malformed")),
            "{}",
            row.place()
        );
    }
}

#[test]
fn ok_both_sides_speak_and_each_production_occurs() {
    let file = file();
    for row in rows(&file) {
        let all: Vec<_> = [Side::Client, Side::Server]
            .map(|side| row.said(side).collect::<String>())
            .into();
        assert!(all.iter().all(|said| !said.is_empty()), "{}", row.place());
        let all = all.concat().to_ascii_lowercase();
        for production in row.list("productions: ") {
            let occurs = all.contains(&production.to_ascii_lowercase());
            assert!(occurs, "{}: no sample of {production}", row.place());
        }
    }
}

#[test]
fn ok_the_methods_of_the_client_exist() {
    let files = fs::read_dir(path("crates/imap-client/src/client")).unwrap();
    let client: String = files
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let file = file();
    for row in rows(&file) {
        for name in row.list("client: ").into_iter().filter(|name| *name != "-") {
            let exists = ["(", "<"]
                .iter()
                .any(|end| client.contains(&format!("pub fn {name}{end}")));
            assert!(exists, "{}: no method {name}", row.place());
        }
    }
}

#[test]
fn ok_octet_by_octet_gives_the_same() {
    for transcript in &file().transcripts {
        assert_eq!(
            outcomes(transcript, 1),
            transcript.outcomes,
            "{}",
            transcript.place
        );
    }
}

#[test]
fn ok_no_row_is_lost() {
    let file = file();
    let all = file.transcripts.iter();
    let messages = all.map(|transcript| messages(&transcript.outcomes)).sum();
    assert_eq!((rows(&file).len(), messages), TOTAL);
}
