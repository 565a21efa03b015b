//! Measures, and makes tables of the figures.

mod arrival;
mod encode;
mod parse;
mod scale;

use anyhow::Result;

use crate::report::{Table, programs};

/// A part of what is measured.
pub struct Part {
    /// What chooses it, and what the identifiers of its tables begin with.
    pub name: &'static str,
    source: Source,
}

enum Source {
    /// A function, which makes the rows with that in their names.
    Function(fn(wanted: &str) -> Table),
    /// The program of a package of this workspace.
    Package(&'static str),
}

/// All parts, in the order of the document.
///
/// Two are programs of their own, since they can't share a process with the rest: one counts
/// allocations, which takes time, and one tells the memory of whole processes.
pub const PARTS: &[Part] = &[
    Part::function("parse", parse::measure),
    Part::function("encode", encode::measure),
    Part::function("arrival", arrival::measure),
    Part::function("arrival-peers", arrival::measure_peers),
    Part::function("scale", scale::measure),
    Part::package("heap", "imap-benches-heap"),
    Part::package("sessions", "imap-benches-sessions"),
];

/// How many processes measure a part for the document.
const RUNS: usize = 3;

impl Part {
    const fn function(name: &'static str, measure: fn(&str) -> Table) -> Self {
        let source = Source::Function(measure);
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
            Source::Function(measure) => vec![measure(wanted)],
            Source::Package(package) => programs::tables_of(package, wanted)?,
        };
        tables.retain(|table| !table.rows.is_empty());
        Ok(tables)
    }

    /// Measures all rows for the document: several times in processes of their own, if it is about time
    /// and its contenders share a process, and the best figures count.
    ///
    /// # Errors
    ///
    /// A program fails.
    pub fn measure_well(&self) -> Result<Vec<Table>> {
        if let Source::Package(_) = self.source {
            return self.measure("");
        }
        let mut tables = programs::tables_of_another_run(self.name)?;
        for _ in 1..RUNS {
            let again = programs::tables_of_another_run(self.name)?;
            for (table, again) in tables.iter_mut().zip(&again) {
                table.take_better(again);
            }
        }
        Ok(tables)
    }
}
