//! Memory of a session that takes in few or many things.

use allocation_counter::AllocationInfo;
use imap_benches::report::{Axes, Cell, Plot, Role, Table};
use imap_benches::scale::{COUNTS, Things, Work};

/// What is counted: the work, and whether its result is kept.
const WORKS: [Work; 3] = [Work::FetchEach, Work::FetchCollected, Work::ListCollected];

pub(crate) fn count() -> Table {
    let mut columns = vec![("things", Role::Fact)];
    columns.extend(WORKS.map(|work| (work.name(), Role::Ours)));
    let mut table = Table::new("scale-heap", "octets at the peak", &columns).with_plot(Plot {
        title: "How memory grows".into(),
        figures: "octets of heap at the peak".into(),
        axes: Axes::Lines("things".into()),
    });
    for (name, count) in COUNTS {
        let mut things = Things::new(count);
        let mut cells = vec![Cell::count(count)];
        cells.extend(WORKS.map(|work| {
            let counted: AllocationInfo = allocation_counter::measure(|| {
                work.run(&mut things);
            });
            Cell::measured(counted.bytes_max as f64)
        }));
        table.push(name, cells);
    }
    table
}
