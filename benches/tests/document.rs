//! The document shows the figures of the last run, and nothing else.

use std::fs;

use imap_benches::report::{Docs, Verdict};
use imap_benches::targets;

#[test]
fn ok_the_document_and_the_plots_are_what_the_figures_say() {
    let docs = Docs::here();
    let report = docs.figures().unwrap();
    for page in docs.pages(&report, targets::ALL).unwrap() {
        let text = fs::read_to_string(&page.path).unwrap();
        assert!(text == page.text, "{}", page.path.display());
    }
}

#[test]
fn ok_each_target_is_about_a_table_of_the_document() {
    let document = include_str!("../../docs/BENCHMARKS.md");
    for target in targets::ALL {
        let place = format!("<!-- table: {} -->", target.table);
        assert!(document.contains(&place), "{place}");
    }
}

#[test]
fn ok_each_target_has_a_figure() {
    let report = Docs::here().figures().unwrap();
    for target in targets::ALL {
        let verdict = report
            .table(target.table)
            .map(|table| table.verdict(target));
        assert!(
            verdict.is_some_and(|verdict| verdict != Verdict::Unknown),
            "{target:?}"
        );
    }
}
