//! The examples of the RFCs: what both sides say is cut, read, and written as it was.
//!
//! `tests/vectors/rfc/README.md` describes the files. With `UPDATE_VECTORS=1` in the environment the
//! outcomes are written into them, for review.

mod transcripts;

use std::fs;
use std::path::Path;

use imap_codec::encode_response;
use imap_proto::response::Greeting;
use imap_proto::{Arena, Response};
use transcripts::{File, Side, assert_by_the_book, check, messages, outcomes};

/// Files, transcripts and messages that there are, so that none gets lost.
const TOTAL: (usize, usize, usize) = (63, 714, 3371);

/// Transcripts that begin with what can be a greeting.
const GREETINGS: usize = 38;

fn files() -> Vec<File> {
    transcripts::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/rfc"))
}

#[test]
fn ok_each_transcript_gives_what_it_says() {
    let update = std::env::var_os("UPDATE_VECTORS").is_some();
    let mut all_wrong = Vec::new();
    for file in files() {
        let (wrong, text) = check(&file);
        all_wrong.extend(wrong);
        if update {
            fs::write(&file.path, text).unwrap();
        }
    }
    let how = "UPDATE_VECTORS=1 writes what comes out; read it";
    assert!(
        update || all_wrong.is_empty(),
        "{}\n{how}",
        all_wrong.join("\n")
    );
}

#[test]
fn ok_what_is_not_by_the_book_has_its_reason() {
    for transcript in files().iter().flat_map(|file| &file.transcripts) {
        assert_by_the_book(transcript);
    }
}

#[test]
fn ok_octet_by_octet_gives_the_same() {
    for transcript in files().iter().flat_map(|file| &file.transcripts) {
        assert_eq!(
            outcomes(transcript, 1),
            transcript.outcomes,
            "{}",
            transcript.place
        );
    }
}

#[test]
fn ok_a_greeting_is_a_status_response_of_its_own() {
    let mut greetings = 0;
    for transcript in files().iter().flat_map(|file| &file.transcripts) {
        let first = &transcript.entries[0];
        let (arena, octets) = (Arena::new(), &first.octets);
        let said = [&b"* OK "[..], b"* PREAUTH ", b"* BYE "];
        if first.side != Side::Server || !said.iter().any(|said| octets.starts_with(said)) {
            continue;
        }
        let greeting = Greeting::parse(octets, &arena).unwrap();
        let response = Response::parse(octets, &arena).unwrap();
        assert_eq!(encode_response(&greeting), encode_response(&response));
        greetings += 1;
    }
    assert_eq!(greetings, GREETINGS);
}

#[test]
fn ok_no_transcript_is_lost() {
    let files = files();
    let transcripts: Vec<_> = files.iter().flat_map(|file| &file.transcripts).collect();
    let messages = transcripts
        .iter()
        .map(|transcript| messages(&transcript.outcomes))
        .sum();
    assert_eq!((files.len(), transcripts.len(), messages), TOTAL);
}

#[test]
fn ok_no_transcript_is_skipped() {
    let files = files();
    let transcripts = files.iter().flat_map(|file| &file.transcripts);
    let skipped = transcripts.filter_map(|t| Some(format!("{}: {}", t.place, t.note("skip: ")?)));
    assert_eq!(skipped.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn ok_the_map_of_the_rfcs_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let map = fs::read_to_string(root.join("docs/RFC-MAP.md")).unwrap();
    for File {
        path, transcripts, ..
    } in files()
    {
        let rfc = path.file_stem().unwrap().to_str().unwrap();
        let (begin, end) = (format!("/{rfc}) | "), format!(" | {} |", transcripts.len()));
        let row = map.lines().find(|line| line.contains(&begin));
        assert!(
            row.is_some_and(|row| row.ends_with(&end)),
            "{rfc}: {row:?}, not {end}"
        );
    }
    for row in map.lines().filter(|line| line.starts_with("| [")) {
        let cells: Vec<_> = row.split(" | ").collect();
        for (crate_, cell) in [("imap-proto", cells[2]), ("imap-client", cells[3])] {
            for file in cell.split(", ").filter(|file| *file != "-") {
                let source = format!("crates/{crate_}/src/{}.rs", file.trim_matches('`'));
                assert!(root.join(&source).exists(), "{source} in {row}");
            }
        }
    }
}
