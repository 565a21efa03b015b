//! Prints the table of `docs/BENCHMARKS.md`: nanoseconds per message, and the ratio to the best peer.
//!
//! The contenders take turns, many times, and the fastest turn of each counts: what else the machine
//! does can only slow a turn down, and hits all contenders alike.

use std::time::{Duration, Instant};

use imap_benches::contenders::Contender;
use imap_benches::corpora::{self, Corpus};
use imap_proto::Arena;

/// How often each contender has its turn.
const TURNS: usize = 60;

/// How long a turn lasts at least.
const TURN: Duration = Duration::from_millis(4);

fn main() {
    println!(
        "| corpus | octets | ours | ours, read | imap-proto | imap-codec | ratio | ratio, read |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    let wanted = std::env::args().nth(1).unwrap_or_default();
    for corpus in corpora::all() {
        if corpus.name.contains(&wanted) {
            print_row(&corpus);
        }
    }
}

fn print_row(corpus: &Corpus) {
    let [ours, read, proto, codec] = measure(corpus);
    let best_peer = [proto, codec].into_iter().flatten().min_by(f64::total_cmp);
    let ratio = |time: Option<f64>| {
        let ratio = best_peer.zip(time).map(|(peer, time)| peer / time);
        ratio.map_or_else(|| "-".into(), |ratio| format!("{ratio:.1}"))
    };
    println!(
        "| {} | {} | {} | {} | {} | {} | {} | {} |",
        corpus.name,
        corpus.octets() / corpus.frames.len(),
        nanoseconds(ours),
        nanoseconds(read),
        nanoseconds(proto),
        nanoseconds(codec),
        ratio(ours),
        ratio(read),
    );
}

fn nanoseconds(time: Option<f64>) -> String {
    match time {
        None => "-".into(),
        Some(time) if time < 1_000.0 => format!("{time:.1}"),
        Some(time) => format!("{time:.0}"),
    }
}

/// Nanoseconds per message, nothing for a contender that does not read the corpus.
fn measure(corpus: &Corpus) -> [Option<f64>; 4] {
    let mut arena = Arena::new();
    let mut best = Contender::ALL.map(|_| None);
    let mut loops = [0; 4];
    for _ in 0..=TURNS {
        for ((contender, best), loops) in Contender::ALL.iter().zip(&mut best).zip(&mut loops) {
            if !contender.reads(corpus.side) {
                continue;
            }
            if *loops == 0 {
                *loops = calibrate(*contender, corpus, &mut arena);
                continue;
            }
            let start = Instant::now();
            for _ in 0..*loops {
                contender.run(corpus, &mut arena);
            }
            let messages = (*loops * corpus.frames.len()) as f64;
            let time = start.elapsed().as_secs_f64() * 1e9 / messages;
            *best = Some(best.map_or(time, |best: f64| best.min(time)));
        }
    }
    best
}

/// How many runs over the corpus last for a turn.
fn calibrate(contender: Contender, corpus: &Corpus, arena: &mut Arena) -> usize {
    let mut loops = 0;
    let start = Instant::now();
    while start.elapsed() < TURN {
        contender.run(corpus, arena);
        loops += 1;
    }
    loops
}
