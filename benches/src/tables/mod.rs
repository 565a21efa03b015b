//! Measures, and makes tables of the figures.

mod arrival;
mod encode;
mod parse;
mod scale;

use anyhow::{Context as _, Result};

use crate::report::{Table, programs};

/// A part of what is measured.
pub struct Part {
    /// What chooses it, and what the identifiers of its tables begin with.
    pub name: &'static str,
    source: Source,
}

enum Source {
    /// Functions: one makes the rows with that in their names, and one tells the names of all.
    Functions {
        measure: fn(wanted: &str) -> Table,
        rows: fn() -> Vec<String>,
    },
    /// The program of a package of this workspace.
    Package(&'static str),
}

/// All parts, in the order of the document.
///
/// Two are programs of their own, since they can't share a process with the rest: one counts
/// allocations, which takes time, and one tells the memory of whole processes.
pub const PARTS: &[Part] = &[
    Part::functions("parse", parse::measure, parse::rows),
    Part::functions("encode", encode::measure, encode::rows),
    Part::functions("arrival", arrival::measure, arrival::rows),
    Part::functions(
        "arrival-peers",
        arrival::measure_peers,
        arrival::rows_of_peers,
    ),
    Part::functions("scale", scale::measure, scale::rows),
    Part::package("heap", "imap-benches-heap"),
    Part::package("sessions", "imap-benches-sessions"),
];

/// How many processes measure a row for the document.
const RUNS: usize = 3;

impl Part {
    const fn functions(
        name: &'static str,
        measure: fn(&str) -> Table,
        rows: fn() -> Vec<String>,
    ) -> Self {
        let source = Source::Functions { measure, rows };
        Self { name, source }
    }

    const fn package(name: &'static str, package: &'static str) -> Self {
        let source = Source::Package(package);
        Self { name, source }
    }

    /// Measures the rows with that in their names. Tables without any are left out.
    ///
    /// # Errors
    ///
    /// A program fails.
    pub fn measure(&self, wanted: &str) -> Result<Vec<Table>> {
        let mut tables = match self.source {
            Source::Functions { measure, .. } => vec![measure(wanted)],
            Source::Package(package) => programs::tables_of(package, wanted)?,
        };
        tables.retain(|table| !table.rows.is_empty());
        Ok(tables)
    }

    /// Measures all rows for the document: each several times in processes of its own, if it is about
    /// time and its contenders share a process, and the best figures count.
    ///
    /// What a row leaves behind, in the allocator mostly, then makes no other one faster or slower.
    ///
    /// # Errors
    ///
    /// A program fails.
    pub fn measure_well(&self) -> Result<Vec<Table>> {
        let Source::Functions { rows, .. } = self.source else {
            return self.measure("");
        };
        let mut tables: Vec<Table> = Vec::new();
        for row in rows() {
            let measured = self.measure_row_well(&row)?;
            match tables.first_mut() {
                Some(table) => table.rows.extend(measured.rows),
                None => tables.push(measured),
            }
        }
        Ok(tables)
    }

    fn measure_row_well(&self, row: &str) -> Result<Table> {
        let run = || {
            let mut tables = programs::tables_of_another_run(self.name, row)?;
            let mut table = tables.pop().context("no table")?;
            table.rows.retain(|measured| measured.name == row);
            anyhow::Ok(table)
        };
        let mut table = run()?;
        for _ in 1..RUNS {
            table.take_better(&run()?);
        }
        Ok(table)
    }
}
