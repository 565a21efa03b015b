//! Framing and parsing a stream in pieces of 64 octets, 1 KiB and 16 KiB: ours beside the peers.

use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imap_benches::arrival::{self, PIECES, Peer, Stream};
use imap_proto::Arena;

fn arrive(criterion: &mut Criterion) {
    let mut arena = Arena::new();
    for stream in &arrival::streams() {
        let mut group = criterion.benchmark_group(format!("arrival/{}", stream.name));
        group.throughput(Throughput::Bytes(stream.octets.len() as u64));
        for (name, piece) in PIECES {
            group.bench_function(format!("{name}/ours"), |bencher| {
                bencher.iter(|| stream.arrive(piece, &mut arena));
            });
            for peer in Peer::ALL
                .into_iter()
                .filter(|&peer| is_fast(peer, stream, piece))
            {
                group.bench_function(format!("{name}/{}", peer.name()), |bencher| {
                    bencher.iter(|| peer.arrive(stream, piece, soon()));
                });
            }
        }
        group.finish();
    }
}

/// Whether the peer reads the stream, and in less than a second.
fn is_fast(peer: Peer, stream: &Stream, piece: usize) -> bool {
    stream.peers && peer.arrive(stream, piece, soon()).is_some()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(1)
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
