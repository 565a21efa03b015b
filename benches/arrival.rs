//! Framing and parsing a stream in pieces of 64 octets, 1 KiB and 16 KiB.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imap_benches::arrival::{self, PIECES};
use imap_proto::Arena;

fn arrive(criterion: &mut Criterion) {
    let mut arena = Arena::new();
    for stream in &arrival::streams() {
        let mut group = criterion.benchmark_group(format!("arrival/{}", stream.name));
        group.throughput(Throughput::Bytes(stream.octets.len() as u64));
        for (name, piece) in PIECES {
            group.bench_function(name, |bencher| {
                bencher.iter(|| stream.arrive(piece, &mut arena));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    targets = arrive
}
criterion_main!(benches);
