//! Parsing whole messages.

use imap_proto::Arena;

use crate::contenders::Contender;
use crate::corpora::{self, Corpus};
use crate::report::{Axes, Cell, Plot, Role, Table};
use crate::turns::{self, Run};

pub(super) fn measure(wanted: &str) -> Table {
    let [ours, read, proto, codec] = Contender::ALL.map(Contender::name);
    let columns = [
        ("octets", Role::Fact),
        (ours, Role::Ours),
        (read, Role::Ours),
        (proto, Role::Peer),
        (codec, Role::Peer),
    ];
    let mut table = Table::new("parse", "parse, ns per message", &columns)
        .with_best_peer("alone", ours)
        .with_best_peer("read", read)
        .with_column_judged(read)
        .with_plot(Plot {
            title: "Parsing a message".into(),
            figures: "times as long as ours".into(),
            axes: Axes::Multiples,
        });
    let corpora = corpora::all();
    for corpus in corpora.iter().filter(|corpus| corpus.name.contains(wanted)) {
        table.push(corpus.name, row(corpus));
    }
    table
}

/// The names of all rows.
pub(super) fn rows() -> Vec<String> {
    let corpora = corpora::all();
    corpora.iter().map(|corpus| corpus.name.into()).collect()
}

fn row(corpus: &Corpus) -> Vec<Cell> {
    let runs = Contender::ALL.map(|contender| {
        let mut arena = Arena::new();
        let run: Run<'_> = Box::new(move || contender.run(corpus, &mut arena));
        contender.reads(corpus).then_some(run)
    });
    let messages = corpus.frames.len();
    let mut cells = vec![Cell::count(corpus.octets() / messages)];
    cells.extend(turns::measure(runs.into(), messages));
    cells
}
