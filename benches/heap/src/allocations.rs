//! Allocations for each message that is parsed.

use imap_benches::contenders::Contender;
use imap_benches::corpora::{self, Corpus};
use imap_benches::report::{Cell, Role, Table};
use imap_proto::Arena;

pub(crate) fn count() -> Table {
    let [_, ours, proto, codec] = Contender::ALL.map(Contender::name);
    let columns = [(ours, Role::Ours), (proto, Role::Peer), (codec, Role::Peer)];
    let mut table = Table::new("allocations", "parse, allocations per message", &columns)
        .with_column_judged(ours);
    let [_, contenders @ ..] = Contender::ALL;
    for corpus in corpora::all() {
        let cells = contenders.map(|contender| of(contender, &corpus));
        table.push(corpus.name, cells);
    }
    table
}

/// In steady state: when the arena has seen the corpus.
fn of(contender: Contender, corpus: &Corpus) -> Cell {
    if !contender.reads(corpus) {
        return Cell::None;
    }
    let mut arena = Arena::new();
    for _ in 0..3 {
        contender.run(corpus, &mut arena);
    }
    let counted = allocation_counter::measure(|| contender.run(corpus, &mut arena));
    Cell::measured(counted.count_total as f64 / corpus.frames.len() as f64)
}
