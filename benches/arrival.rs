//! Framing and parsing a stream in pieces of 64 octets and of 16 KiB.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imap_benches::arrival::{LARGE, SMALL, Stream};
use imap_benches::corpora;
use imap_proto::Arena;

fn arrival(criterion: &mut Criterion) {
    let mut arena = Arena::new();
    let mut streams: Vec<_> = corpora::all().iter().map(Stream::new).collect();
    streams.push(Stream::large_literal());
    for stream in &streams {
        let mut group = criterion.benchmark_group(format!("arrival/{}", stream.name));
        group.throughput(Throughput::Bytes(stream.octets.len() as u64));
        for (name, piece) in [("64 octets", SMALL), ("16 KiB", LARGE)] {
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
    targets = arrival
}
criterion_main!(benches);
