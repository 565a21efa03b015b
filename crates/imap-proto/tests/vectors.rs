//! Runs the samples of `tests/vectors`; `tests/vectors/README.md` describes their format.
//!
//! With `UPDATE_VECTORS=1` in the environment the outcomes are written into the files, for review.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use imap_proto::{Options, Quirk, Quirks};
use support::{Vector, outcome, parse, parse_all, vectors_dir};

/// What a directory of samples is about.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// By the book: read alike by all, and nothing to forgive.
    Rfc,
    /// Forgiven, and refused by strict options.
    Servers,
    /// Refused by all.
    Reject,
}

const DIRECTORIES: [(&str, Kind); 3] = [
    ("rfc", Kind::Rfc),
    ("servers", Kind::Servers),
    ("reject", Kind::Reject),
];

#[test]
fn ok_each_vector_gives_what_it_says() {
    let update = std::env::var_os("UPDATE_VECTORS").is_some();
    let mut wrong = Vec::new();
    for (name, kind) in DIRECTORIES {
        for path in support::files(&vectors_dir().join(name)) {
            let text = fs::read_to_string(&path).unwrap();
            let (announced, vectors) = parse_all(&path, &text);
            let mut updated = format!("# vectors: {}\n", vectors.len());
            if announced != vectors.len() {
                let place = path.display();
                wrong.push(format!(
                    "{place}: {} vectors, not {announced}",
                    vectors.len()
                ));
            }
            for vector in &vectors {
                let outcome = outcome_of(kind, vector);
                updated.push_str(&format!("\n{}{outcome}", vector.source));
                if outcome != vector.outcome || outcome.starts_with('?') {
                    let (place, expected) = (&vector.place, &vector.outcome);
                    wrong.push(format!("{place}:\n{outcome}instead of\n{expected}"));
                }
            }
            if update {
                fs::write(&path, updated).unwrap();
            }
        }
    }
    assert!(update || wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines that describe what comes out; `?` marks what cannot be in a directory of that kind.
fn outcome_of(kind: Kind, vector: &Vector) -> String {
    let lenient = outcome(vector, &Options::lenient());
    let strict = outcome(vector, &Options::strict());
    match (kind, lenient, strict) {
        (Kind::Rfc, Ok(lenient), Ok(strict)) if lenient == strict && strict.1.is_empty() => {
            format!("= {}\n", strict.0)
        }
        (Kind::Servers, Ok((value, quirks)), Err(error)) => {
            format!("= {value}\n~ {quirks}\n! {error}\n")
        }
        (Kind::Reject, Err(error), Err(_)) => format!("! {error}\n"),
        (_, lenient, strict) => format!("? {lenient:?}, strict {strict:?}\n"),
    }
}

fn all_vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for (name, _) in DIRECTORIES {
        for path in support::files(&vectors_dir().join(name)) {
            all.extend(parse_all(&path, &fs::read_to_string(&path).unwrap()).1);
        }
    }
    all
}

#[test]
fn ok_there_are_vectors_of_all_kinds() {
    let all = all_vectors();
    for (directory, least) in [("rfc/", 357), ("servers/", 365), ("reject/", 159)] {
        let found = all
            .iter()
            .filter(|v| v.place.starts_with(directory))
            .count();
        assert!(
            found >= least,
            "{found} vectors in {directory}, fewer than {least}"
        );
    }
}

#[test]
fn err_each_proper_prefix_with_an_offset_inside() {
    for vector in all_vectors() {
        // Some of those that are refused are more than one message.
        if parse(vector.role, &vector.frame, &Options::lenient()).is_err() {
            continue;
        }
        for end in 0..vector.frame.len() {
            let prefix = &vector.frame[..end];
            for options in [Options::lenient(), Options::strict()] {
                let error = match parse(vector.role, prefix, &options) {
                    Err(error) => error,
                    Ok(read) => panic!("{}: {end} octets give {read:?}", vector.place),
                };
                assert!(error.offset <= end, "{}: {error}", vector.place);
                assert!(error.render(prefix).starts_with("expected "));
            }
        }
    }
}

#[test]
fn ok_a_vector_needs_the_quirks_that_it_names_and_no_others() {
    let mut seen = BTreeSet::new();
    for vector in all_vectors() {
        let Ok((value, quirks)) = outcome(&vector, &Options::lenient()) else {
            continue;
        };
        let used: BTreeSet<Quirk> = quirks
            .split(", ")
            .filter_map(|used| support::quirk(used.split('@').next()?))
            .collect();
        let exactly = used.iter().fold(Quirks::strict(), |all, q| all.with(*q));
        let read = outcome(&vector, &Options::strict().with_quirks(exactly));
        assert_eq!(read, Ok((value.clone(), quirks)), "{}", vector.place);
        for quirk in &used {
            let without = Options::lenient().with_quirks(Quirks::lenient().without(*quirk));
            let read = outcome(&vector, &without).map(|(value, _)| value);
            assert_ne!(
                read.as_ref(),
                Ok(&value),
                "{}: without {quirk:?}",
                vector.place
            );
        }
        seen.extend(used);
    }
    let unseen: Vec<_> = Quirk::ALL.iter().filter(|q| !seen.contains(q)).collect();
    assert!(unseen.is_empty(), "without a vector: {unseen:?}");
}

#[test]
fn ok_each_quirk_has_its_row_in_the_document() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/QUIRKS.md");
    let text = fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split(" | ").collect())
        .collect();
    for quirk in Quirk::ALL {
        let name = format!("| `{quirk:?}`");
        let row = rows.iter().find(|row| row[0] == name);
        let row = row.unwrap_or_else(|| panic!("{quirk:?} has no row"));
        assert_eq!(row.len(), 6, "{quirk:?}");
        assert_eq!(row[1], format!("{}.", quirk.meaning()));
        assert_eq!(row[4], quirk.treatment());
    }
}
