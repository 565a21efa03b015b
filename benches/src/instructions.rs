//! Instructions for each message, counted by callgrind: the same each time, whatever else the machine
//! does.
//!
//! This program runs itself under valgrind, doing the same work few and more times: what it does
//! besides is the same in both runs, and falls out of the difference.

use std::collections::BTreeMap;
use std::env;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use imap_proto::Arena;

use crate::contenders::Contender;
use crate::corpora;
use crate::encoding::{self, WRITTEN, Writer};

/// Instructions for each message, by the name of the work.
pub type Counts = BTreeMap<String, f64>;

/// How far a count may be from the one that is known, as a part of it.
pub const DRIFT: f64 = 0.05;

/// The work that is counted: `parse/LIST` and the like, ours only.
pub fn works() -> Vec<String> {
    let parse = corpora::names().flat_map(|name| [format!("parse/{name}"), format!("read/{name}")]);
    let encode = WRITTEN.iter().map(|name| format!("encode/{name}"));
    parse.chain(encode).collect()
}

/// Does work so many times, and returns how many messages it has.
///
/// # Errors
///
/// There is no such work.
pub fn repeat(work: &str, times: usize) -> Result<usize> {
    let (kind, name) = work.split_once('/').context("expected KIND/CORPUS")?;
    let corpus = corpora::named(name).with_context(|| format!("no corpus is called {name}"))?;
    let mut arena = Arena::new();
    match kind {
        "parse" => (0..times).for_each(|_| Contender::Ours.run(&corpus, &mut arena)),
        "read" => (0..times).for_each(|_| Contender::OursRead.run(&corpus, &mut arena)),
        "encode" => {
            ensure!(encoding::is_written(&corpus), "{name} is not written");
            let values = encoding::values(&corpus, &arena);
            let mut buffer = Vec::with_capacity(1 << 20);
            (0..times).for_each(|_| Writer::Ours.run(&values, &mut buffer));
        }
        _ => anyhow::bail!("no work is called {kind}"),
    }
    Ok(corpus.frames.len())
}

/// Counts the instructions of a work for each message.
///
/// # Errors
///
/// There is no valgrind, or it fails.
pub fn count(work: &str) -> Result<f64> {
    let messages = repeat(work, 0)?;
    // The arena grows in the first rounds.
    let [few, more] = [4, 8].map(|times| total(work, times));
    let difference = more?.saturating_sub(few?);
    Ok(difference as f64 / (4 * messages) as f64)
}

/// The instructions of a process that does work so many times.
fn total(work: &str, times: usize) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args(["repeat", work, &times.to_string()])
        .output()
        .context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "valgrind: {said}");
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.with_context(|| format!("no count of valgrind: {said}"))?;
    Ok(count.trim().parse()?)
}

/// Counts as lines of a file, `563.2 parse/FETCH flags`.
pub fn to_lines(counts: &Counts) -> String {
    let line = |(work, count): (&String, &f64)| format!("{count:.1} {work}\n");
    counts.iter().map(line).collect()
}

/// Reads what [`to_lines`] wrote.
///
/// # Errors
///
/// A line is something else.
pub fn from_lines(lines: &str) -> Result<Counts> {
    let line = |line: &str| {
        let (count, work) = line.split_once(' ').context("expected COUNT WORK")?;
        Ok((work.into(), count.parse()?))
    };
    lines.lines().map(line).collect()
}

/// What is further from the known counts than [`DRIFT`], or only on one side.
pub fn drifts(known: &Counts, counts: &Counts) -> Vec<String> {
    let mut drifts = Vec::new();
    for (work, count) in counts {
        match known.get(work) {
            None => drifts.push(format!("{work}: not in the file")),
            Some(known) if (count / known - 1.0).abs() > DRIFT => {
                let percent = (count / known - 1.0) * 100.0;
                drifts.push(format!("{work}: {known:.1} -> {count:.1}, {percent:+.1} %"));
            }
            Some(_) => {}
        }
    }
    let gone = known.keys().filter(|work| !counts.contains_key(*work));
    drifts.extend(gone.map(|work| format!("{work}: only in the file")));
    drifts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_all_works_can_be_done() {
        for work in works() {
            assert!(repeat(&work, 1).unwrap() > 0, "{work}");
        }
    }

    #[test]
    fn err_works_that_there_are_not() {
        for work in ["LIST", "parse/x", "x/LIST", "encode/SELECT"] {
            assert!(repeat(work, 1).is_err(), "{work}");
        }
    }

    #[test]
    fn ok_a_drift_in_either_direction_is_told() {
        let known = from_lines("100.0 a\n100.0 b c\n100.0 d\n100.0 e\n").unwrap();
        let counts = from_lines("104.0 a\n106.0 b c\n94.0 d\n5.0 f\n").unwrap();
        assert_eq!(
            drifts(&known, &counts),
            [
                "b c: 100.0 -> 106.0, +6.0 %",
                "d: 100.0 -> 94.0, -6.0 %",
                "f: not in the file",
                "e: only in the file",
            ]
        );
        assert_eq!(from_lines(&to_lines(&known)).unwrap(), known);
        assert!(from_lines("no count\n").is_err());
    }
}
