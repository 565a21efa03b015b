//! Encoding: ours beside `write!` and the peer, on each corpus that all of them write.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imap_benches::corpora;
use imap_benches::encoding::{self, Writer};
use imap_proto::Arena;

fn encode(criterion: &mut Criterion) {
    let mut buffer = Vec::with_capacity(1 << 20);
    for corpus in corpora::all()
        .iter()
        .filter(|corpus| encoding::is_written(corpus))
    {
        let arena = Arena::new();
        let values = encoding::values(corpus, &arena);
        let mut group = criterion.benchmark_group(format!("encode/{}", corpus.name));
        group.throughput(Throughput::Elements(corpus.frames.len() as u64));
        for writer in Writer::ALL {
            group.bench_function(writer.name(), |bencher| {
                bencher.iter(|| writer.run(&values, &mut buffer));
            });
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
    targets = encode
}
criterion_main!(benches);
