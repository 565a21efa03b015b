//! Figures in tables: a small model, shown as Markdown and as plots, and kept as JSON.
//!
//! Programs measure and give [`Table`]s of raw figures. What follows from these, such as how many
//! times a peer takes longer and whether that meets a [`Target`], is worked out when they are shown.

mod cell;
mod docs;
mod document;
mod machine;
mod markdown;
mod plot;
pub mod programs;
mod table;

use serde::{Deserialize, Serialize};

pub use cell::Cell;
pub use docs::{Docs, Page};
pub use document::fill;
pub use machine::Machine;
pub use plot::{Axes, Plot};
pub use table::{Bound, Column, Of, Ratio, Role, Row, Table, Target, Verdict};

/// The figures of one run.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// Where and when they were taken.
    pub machine: Machine,
    /// The tables, in the order of the document.
    pub tables: Vec<Table>,
}

impl Report {
    /// Takes in tables: in the place of those with the same identifiers, or as the last ones.
    pub fn take(&mut self, tables: Vec<Table>) {
        for table in tables {
            match self.tables.iter_mut().find(|old| old.id == table.id) {
                Some(old) => *old = table,
                None => self.tables.push(table),
            }
        }
    }

    /// The table with that identifier.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}
