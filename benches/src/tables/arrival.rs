//! Framing and parsing of streams that come in pieces, ours alone and beside peers.

use imap_proto::Arena;

use crate::arrival::{self, Peer, Stream};
use crate::report::{Axes, Cell, Plot, Role, Table};
use crate::turns::{self, Bounded, Run};

pub(super) fn measure(wanted: &str) -> Table {
    let [small, middle, large] = arrival::PIECES.map(|(name, _)| name);
    let columns = [
        ("octets", Role::Fact),
        (small, Role::Ours),
        (middle, Role::Ours),
        (large, Role::Ours),
    ];
    let mut table = Table::new("arrival", "arrival, µs per stream in pieces of", &columns)
        .with_quotient("", small, large);
    let streams = arrival::streams();
    for stream in streams.iter().filter(|stream| stream.name.contains(wanted)) {
        let runs = arrival::PIECES.map(|(_, piece)| {
            let mut arena = Arena::new();
            let run: Run<'_> = Box::new(move || {
                stream.arrive(piece, &mut arena);
            });
            Some(run)
        });
        let mut cells = vec![Cell::count(stream.octets.len())];
        cells.extend(turns::measure(runs.into(), MICROSECOND));
        table.push(stream.name, cells);
    }
    table
}

/// The names of all rows of [`measure`].
pub(super) fn rows() -> Vec<String> {
    let streams = arrival::streams();
    streams.iter().map(|stream| stream.name.into()).collect()
}

pub(super) fn measure_peers(wanted: &str) -> Table {
    let mut columns = vec![("ours", Role::Ours)];
    columns.extend(Peer::ALL.map(|peer| (peer.name(), Role::Peer)));
    let mut table = Table::new("arrival-peers", "arrival, µs per stream", &columns)
        .with_best_peer("", "ours")
        .with_plot(Plot {
            title: "Arrival of a stream in pieces".into(),
            figures: "times as long as ours".into(),
            axes: Axes::Multiples,
        });
    for (row, stream, piece) in beside_each_other(&arrival::streams()) {
        if row.contains(wanted) {
            table.push(row, beside_peers(stream, piece));
        }
    }
    table
}

/// The names of all rows of [`measure_peers`].
pub(super) fn rows_of_peers() -> Vec<String> {
    let streams = arrival::streams();
    beside_each_other(&streams).map(|(row, ..)| row).collect()
}

/// What peers read as well, in pieces of each size, and what the rows are called.
fn beside_each_other(streams: &[Stream]) -> impl Iterator<Item = (String, &Stream, usize)> {
    let streams = streams.iter().filter(|stream| stream.peers);
    streams.flat_map(|stream| {
        arrival::PIECES.map(|(name, piece)| (format!("{}, {name}", stream.name), stream, piece))
    })
}

fn beside_peers(stream: &Stream, piece: usize) -> Vec<Cell> {
    let mut arena = Arena::new();
    let ours: Bounded<'_> = Box::new(move |_| stream.arrive(piece, &mut arena) > 0);
    let mut runs = vec![Some(ours)];
    runs.extend(Peer::ALL.map(|peer| {
        let run: Bounded<'_> = Box::new(move |until| peer.arrive(stream, piece, until).is_some());
        Some(run)
    }));
    turns::measure_bounded(runs, MICROSECOND)
}

/// Nanoseconds.
const MICROSECOND: usize = 1_000;
