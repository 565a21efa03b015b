//! Compares files of transcripts with what comes out of them.

use super::{File, Transcript, run};

/// What comes out of each entry; nothing where the transcript is skipped.
pub(crate) fn outcomes(transcript: &Transcript, piece: usize) -> Vec<String> {
    match transcript.note("skip: ") {
        Some(_) => vec![String::new(); transcript.entries.len()],
        None => run(transcript, piece),
    }
}

/// Messages in these outcomes, whether they can be read or not.
pub(crate) fn messages(outcomes: &[String]) -> usize {
    let lines = outcomes.iter().flat_map(|outcome| outcome.lines());
    lines
        .filter(|line| line.starts_with("= ") || line.starts_with("! "))
        .count()
}

/// The first line of a file with these outcomes.
fn counts(outcomes: &[Vec<String>]) -> String {
    let messages: usize = outcomes.iter().map(|outcomes| messages(outcomes)).sum();
    format!("# transcripts: {}, messages: {messages}", outcomes.len())
}

/// What is wrong with a file, and the text that it should have.
pub(crate) fn check(file: &File) -> (Vec<String>, String) {
    let run = |transcript| outcomes(transcript, usize::MAX);
    let all: Vec<_> = file.transcripts.iter().map(run).collect();
    let counts = counts(&all);
    let mut wrong = Vec::new();
    if counts != file.counts {
        wrong.push(format!(
            "{}: {counts}, not {}",
            file.path.display(),
            file.counts
        ));
    }
    let mut text = format!("{counts}\n");
    for (transcript, outcomes) in file.transcripts.iter().zip(all) {
        text.push_str(&format!("\n{}", transcript.render(&outcomes)));
        for (expected, outcome) in transcript.outcomes.iter().zip(&outcomes) {
            // A question mark is for what can be in no file.
            if expected != outcome || outcome.lines().any(|line| line.starts_with('?')) {
                let place = &transcript.place;
                wrong.push(format!("{place}:\n{outcome}instead of\n{expected}"));
            }
        }
    }
    (wrong, text)
}

/// Demands the reason where strict options refuse something, and that all is written as it was.
pub(crate) fn assert_by_the_book(transcript: &Transcript) {
    let outcomes = transcript.outcomes.iter();
    let mut lines = outcomes.flat_map(|outcome| outcome.lines());
    let place = &transcript.place;
    for (mark, note) in [("~ ", "lenient: "), ("! ", "refused: ")] {
        if lines.clone().any(|line| line.starts_with(mark)) {
            assert!(transcript.note(note).is_some(), "{place}: no `# {note}`");
        }
    }
    assert!(!lines.any(|line| line.starts_with("? ")), "{place}");
}
