//! How cost grows with the number of things.

use crate::report::{Axes, Cell, Plot, Role, Table};
use crate::scale::{COUNTS, Things, Work};
use crate::turns;

pub(super) fn measure(wanted: &str) -> Table {
    let mut columns = vec![("things", Role::Fact)];
    columns.extend(Work::ALL.map(|work| (work.name(), Role::Ours)));
    let mut table = Table::new("scale", "ns per thing", &columns).with_plot(Plot {
        title: "How cost grows".into(),
        figures: "ns for each of them".into(),
        axes: Axes::Lines("things".into()),
    });
    for (name, count) in COUNTS.into_iter().filter(|(name, _)| name.contains(wanted)) {
        table.push(name, row(count));
    }
    table
}

/// The names of all rows.
pub(super) fn rows() -> Vec<String> {
    COUNTS.iter().map(|(name, _)| (*name).into()).collect()
}

fn row(count: usize) -> Vec<Cell> {
    let mut things = Things::new(count);
    let mut cells = vec![Cell::count(count)];
    for work in Work::ALL {
        let run = || {
            work.run(&mut things);
        };
        cells.extend(turns::measure(vec![Some(Box::new(run))], count));
    }
    cells
}
