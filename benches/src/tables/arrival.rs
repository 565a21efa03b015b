//! Framing and parsing of streams that come in pieces.

use imap_proto::Arena;

use super::Part;
use crate::arrival::{self, Stream};
use crate::report::{Cell, Role, Table};
use crate::turns::{self, Run};

pub(super) const PART: Part = Part {
    id: "arrival",
    measure,
};

fn measure(wanted: &str) -> Table {
    let [small, middle, large] = arrival::PIECES.map(|(name, _)| name);
    let columns = [
        ("octets", Role::Fact),
        (small, Role::Ours),
        (middle, Role::Ours),
        (large, Role::Ours),
    ];
    let mut table = Table::new(PART.id, "arrival, µs per stream in pieces of", &columns)
        .with_quotient("", small, large);
    let streams = arrival::streams();
    for stream in streams.iter().filter(|stream| stream.name.contains(wanted)) {
        table.push(stream.name, row(stream));
    }
    table
}

fn row(stream: &Stream) -> Vec<Cell> {
    let runs = arrival::PIECES.map(|(_, piece)| {
        let mut arena = Arena::new();
        let run: Run<'_> = Box::new(move || {
            stream.arrive(piece, &mut arena);
        });
        Some(run)
    });
    let mut cells = vec![Cell::count(stream.octets.len())];
    cells.extend(turns::measure(runs, 1_000).map(Cell::from));
    cells
}
