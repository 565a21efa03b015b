//! Measures, and makes tables of the figures.

mod arrival;
mod encode;
mod parse;

use crate::report::Table;

/// A part of what is measured, which gives one table.
pub struct Part {
    /// The identifier of its table.
    pub id: &'static str,
    /// Measures the rows with that in their names; none if there are none.
    pub measure: fn(wanted: &str) -> Table,
}

/// All parts that this program measures itself, in the order of the document.
pub const PARTS: &[Part] = &[parse::PART, encode::PART, arrival::PART];
