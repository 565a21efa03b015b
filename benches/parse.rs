//! Parsing whole messages: ours beside the peers, on each corpus.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imap_benches::contenders::Contender;
use imap_benches::corpora;
use imap_proto::Arena;

fn parse(criterion: &mut Criterion) {
    let mut arena = Arena::new();
    for corpus in corpora::all() {
        let mut group = criterion.benchmark_group(format!("parse/{}", corpus.name));
        group.throughput(Throughput::Elements(corpus.frames.len() as u64));
        for contender in Contender::ALL {
            if contender.reads(&corpus) {
                group.bench_function(contender.name(), |bencher| {
                    bencher.iter(|| contender.run(&corpus, &mut arena));
                });
            }
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    targets = parse
}
criterion_main!(benches);
