//! `docs/IMAPLIB.md` has everything that imaplib has, with tests that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What imaplib has, in the order of its documentation: classes and arguments, exceptions, functions,
/// methods, attributes, and what newer versions have.
const ITEMS: &str = "
    IMAP4 host port IMAP4_SSL keyfile certfile ssl_context IMAP4_stream with timeout
    error abort readonly ValueError TypeError
    Internaldate2tuple Int2AP ParseFlags Time2Internaldate
    NOOP message_set message_parts charset
    append authenticate check close copy create delete deleteacl enable expunge fetch getacl
    getannotation getquota getquotaroot list login login_cram_md5 logout lsub myrights namespace noop
    open partial proxyauth read readline recent rename response search select send setacl
    setannotation setquota shutdown socket sort starttls status store subscribe thread uid unsubscribe
    xatom
    PROTOCOL_VERSION debug Debug print_log utf8_enabled capabilities capability state is_readonly
    welcome tagpre tagnum untagged_responses tagged_commands literal continuation_response sock file
    Commands AllowedVersions IMAP4_PORT IMAP4_SSL_PORT _MAXLINE
    imaplib.open imaplib.send unselect idle duration burst interval move params utf-7-imap id
    login_plain translate_line_endings __version__
";

/// A row of a table.
struct Row<'a> {
    items: Vec<&'a str>,
    ours: &'a str,
    tests: Vec<&'a str>,
}

/// The rows of all tables.
fn rows(document: &str) -> Vec<Row<'_>> {
    let lines = document.lines().filter(|line| line.starts_with("| `"));
    let row = |line| {
        let cells: Vec<&str> = str::split(line, '|').collect();
        let [_, items, ours, _, tests, _] = cells[..] else {
            panic!("expected four cells: {line}");
        };
        Row {
            items: code(items).collect(),
            ours: ours.trim(),
            tests: code(tests).collect(),
        }
    };
    lines.map(row).collect()
}

/// What is between backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The comments in the examples, which have the lines of Python.
fn python(document: &str) -> String {
    let lines = document.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("// "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether the name is in the text as a word of its own.
fn has_word(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// The names of the tests of all crates that are in their `tests` folders.
fn tests() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut tests = BTreeSet::new();
    for name in ["imap-client", "imap-interop", "imap-util"] {
        collect(&crates.join(name).join("tests"), &mut tests);
    }
    tests
}

fn collect(folder: &Path, tests: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, tests);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                // The tests of processes have no attribute, and neither have scenarios.
                let trial = line.strip_prefix("trial(\"");
                let trial = trial.and_then(|rest| rest.split_once('"'));
                if let Some((name, _)) = trial.or_else(|| line.split_once(": needs [")) {
                    tests.insert(name.to_owned());
                }
                let name = line.trim_start_matches("async ").strip_prefix("fn ");
                match name.and_then(|rest| rest.split_once('(')) {
                    Some((name, _)) if is_test => _ = tests.insert(name.to_owned()),
                    _ => {}
                }
                is_test = line.starts_with("#[") && (is_test || line.contains("test"));
            }
        }
    }
}

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/IMAPLIB.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn ok_table_has_every_item_of_imaplib_once() {
    let document = document();
    let mut items: Vec<&str> = rows(&document)
        .iter()
        .flat_map(|row| row.items.clone())
        .collect();
    let mut wanted: Vec<&str> = ITEMS.split_whitespace().collect();
    items.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(items, wanted);
}

#[test]
fn ok_table_has_ours_and_an_example_for_every_item() {
    let document = document();
    let python = python(&document);
    for row in rows(&document) {
        assert!(!row.ours.is_empty(), "{:?}", row.items);
        for item in row.items {
            assert!(has_word(&python, item), "{item} has no example");
        }
    }
}

#[test]
fn ok_table_names_tests_that_are_there() {
    let (document, tests) = (document(), tests());
    for row in rows(&document) {
        assert!(!row.tests.is_empty(), "{:?} is not proven", row.items);
        for test in row.tests {
            assert!(
                tests.contains(test),
                "{:?}: there is no test {test}",
                row.items
            );
        }
    }
}
