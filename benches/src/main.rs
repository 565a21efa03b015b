//! Measures, prints tables, and writes those of `docs/BENCHMARKS.md`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use imap_benches::instructions::{self, Counts};
use imap_benches::report::{Docs, Machine, Table, programs};
use imap_benches::tables::{self, Part};
use imap_benches::targets;
use lexopt::prelude::*;

const USAGE: &str = "\
cargo run --release --manifest-path benches/Cargo.toml -- [--write | --render] [--only PART]... [ROW]

Measures all and prints tables; with ROW only rows with that in their names.

  --write    writes the figures, tables and plots into docs, too
  --render   measures nothing, and writes tables and plots of the figures there are
  --only     measures that part only; the figures of the others stay as they are
  --json     prints JSON

  instructions [--check | --write]   counts instructions by valgrind, and compares them with
                                     benches/instructions.txt, or writes them into it
  repeat WORK TIMES                  does what instructions counts, for profilers
";

fn main() -> Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(word) if word == "instructions" => return count_instructions(arguments),
            Value(word) if word == "repeat" => return repeat(arguments),
            Long("help") => return help(),
            Long("json") => options.json = true,
            Long("only") => options.only.push(part(&arguments.value()?.string()?)?),
            Long("render") => options.render = true,
            Long("write") => options.write = true,
            Value(row) if options.row.is_empty() => options.row = row.string()?,
            other => return Err(other.unexpected().into()),
        }
    }
    options.run()
}

fn help() -> Result<()> {
    let parts: Vec<_> = tables::PARTS.iter().map(|part| part.name).collect();
    println!("{USAGE}\nParts: {}", parts.join(", "));
    Ok(())
}

/// The part of that name.
fn part(name: &str) -> Result<&'static str> {
    let part = tables::PARTS.iter().find(|part| part.name == name);
    let part = part.with_context(|| format!("no part is called {name}"))?;
    Ok(part.name)
}

#[derive(Default)]
struct Options {
    json: bool,
    only: Vec<&'static str>,
    render: bool,
    row: String,
    write: bool,
}

impl Options {
    fn run(&self) -> Result<()> {
        let docs = Docs::here();
        if self.render {
            return docs.write(&docs.figures()?, targets::ALL);
        }
        if self.write && !self.row.is_empty() {
            bail!("some rows of a table can't be written without the others");
        }
        let (tables, failed) = self.measure();
        if self.json {
            programs::print_json(&tables)?;
        }
        if self.write {
            let mut report = docs.figures().unwrap_or_default();
            report.machine = Machine::here();
            report.take(tables);
            docs.write(&report, targets::ALL)?;
        }
        ensure!(failed.is_empty(), "not measured: {}", failed.join(", "));
        Ok(())
    }

    /// Measures what is wanted, and prints each table as soon as it is there. A part that fails does not
    /// keep the others from being measured; their names come last.
    fn measure(&self) -> (Vec<Table>, Vec<&'static str>) {
        let (mut measured, mut failed) = (Vec::new(), Vec::new());
        let wanted = |part: &&Part| self.only.is_empty() || self.only.contains(&part.name);
        for part in tables::PARTS.iter().filter(wanted) {
            let tables = if self.write {
                part.measure_well()
            } else {
                part.measure(&self.row)
            };
            let tables = tables.unwrap_or_else(|error| {
                eprintln!("{}: {error:#}", part.name);
                failed.push(part.name);
                Vec::new()
            });
            for table in &tables {
                if !self.json {
                    println!("{}", table.to_markdown(targets::ALL));
                }
            }
            measured.extend(tables);
        }
        (measured, failed)
    }
}

/// `repeat WORK TIMES`
fn repeat(mut arguments: lexopt::Parser) -> Result<()> {
    let (work, times) = (arguments.value()?.string()?, arguments.value()?.parse()?);
    instructions::repeat(&work, times)?;
    Ok(())
}

/// `instructions [--check | --write]`
fn count_instructions(mut arguments: lexopt::Parser) -> Result<()> {
    let (mut check, mut write) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("check") => check = true,
            Long("write") => write = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let mut counts = Counts::new();
    for work in instructions::works() {
        let count = instructions::count(&work)?;
        println!("{count:12.1} {work}");
        counts.insert(work, count);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    if write {
        fs::write(&path, instructions::to_lines(&counts))?;
    }
    if check {
        let known = fs::read_to_string(&path).context("instructions.txt")?;
        let drifts = instructions::drifts(&instructions::from_lines(&known)?, &counts);
        ensure!(
            drifts.is_empty(),
            "other counts than in instructions.txt:\n{}",
            drifts.join("\n")
        );
    }
    Ok(())
}
