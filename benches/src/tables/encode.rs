//! Encoding.

use imap_proto::Arena;

use crate::corpora::{self, Corpus};
use crate::encoding::{self, Writer};
use crate::report::{Axes, Cell, Plot, Role, Table};
use crate::turns::{self, Run};

pub(super) fn measure(wanted: &str) -> Table {
    let [ours, plain, codec] = Writer::ALL.map(Writer::name);
    let columns = [(ours, Role::Ours), (plain, Role::Peer), (codec, Role::Peer)];
    let mut table = Table::new("encode", "encode, ns per message", &columns)
        .with_quotient("", plain, ours)
        .with_plot(Plot {
            title: "Encoding a message".into(),
            figures: "times as long as ours".into(),
            axes: Axes::Multiples,
        });
    let corpora = corpora::all();
    let written = corpora.iter().filter(|corpus| encoding::is_written(corpus));
    for corpus in written.filter(|corpus| corpus.name.contains(wanted)) {
        table.push(corpus.name, row(corpus));
    }
    table
}

/// The names of all rows.
pub(super) fn rows() -> Vec<String> {
    encoding::WRITTEN.map(Into::into).into()
}

fn row(corpus: &Corpus) -> Vec<Cell> {
    let arena = Arena::new();
    let values = &encoding::values(corpus, &arena);
    let runs = Writer::ALL.map(|writer| {
        let mut buffer = Vec::with_capacity(1 << 20);
        let run: Run<'_> = Box::new(move || writer.run(values, &mut buffer));
        Some(run)
    });
    turns::measure(runs.into(), corpus.frames.len())
}
