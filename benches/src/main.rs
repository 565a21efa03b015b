//! Measures, prints tables, and writes those of `docs/BENCHMARKS.md`.

use anyhow::{Result, bail};
use imap_benches::report::{Docs, Machine, Table};
use imap_benches::{tables, targets};
use lexopt::prelude::*;

const USAGE: &str = "\
cargo run --release --manifest-path benches/Cargo.toml -- [--write | --render] [--table ID]... [ROW]

Measures all, or the tables named, and prints them; with ROW only rows with that in their names.

  --write    writes the figures, tables and plots into docs, too
  --render   measures nothing, and writes tables and plots of the figures there are
  --table    measures that table only; the figures of the others stay as they are
";

fn main() -> Result<()> {
    let options = Options::from_args()?;
    if options.help {
        print!("{USAGE}");
        return Ok(());
    }
    let docs = Docs::here();
    if options.render {
        return docs.write(&docs.figures()?, targets::ALL);
    }
    let tables = options.measure()?;
    if options.write {
        let mut report = docs.figures().unwrap_or_default();
        report.machine = Machine::here();
        report.take(tables);
        docs.write(&report, targets::ALL)?;
    }
    Ok(())
}

#[derive(Default)]
struct Options {
    help: bool,
    render: bool,
    row: String,
    tables: Vec<String>,
    write: bool,
}

impl Options {
    fn from_args() -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("help") => options.help = true,
                Long("render") => options.render = true,
                Long("table") => options.tables.push(arguments.value()?.string()?),
                Long("write") => options.write = true,
                Value(row) if options.row.is_empty() => options.row = row.string()?,
                other => return Err(other.unexpected().into()),
            }
        }
        if options.write && !options.row.is_empty() {
            bail!("some rows of a table can't be written without the others");
        }
        Ok(options)
    }

    /// Measures what is wanted, and prints each table as soon as it is there.
    fn measure(&self) -> Result<Vec<Table>> {
        let mut measured = Vec::new();
        for part in tables::PARTS {
            if self.tables.is_empty() || self.tables.iter().any(|id| id == part.id) {
                let table = (part.measure)(&self.row);
                if !table.rows.is_empty() {
                    println!("{}", table.to_markdown(targets::ALL));
                    measured.push(table);
                }
            }
        }
        Ok(measured)
    }
}
