//! Prints the tables of `docs/BENCHMARKS.md`.
//!
//! The contenders take turns, many times, and the fastest turn of each counts: what else the machine
//! does can only slow a turn down, and hits all contenders alike. An argument, such as `LIST`, chooses
//! the rows with that in their name.

use std::time::{Duration, Instant};

use imap_benches::arrival::{LARGE, SMALL, Stream};
use imap_benches::contenders::Contender;
use imap_benches::corpora::{self, Corpus};
use imap_benches::encoding::{self, Writer};
use imap_proto::Arena;

/// How often each contender has its turn.
const TURNS: usize = 40;

/// How long a turn lasts at least.
const TURN: Duration = Duration::from_millis(4);

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut corpora = corpora::all();
    corpora.retain(|corpus| corpus.name.contains(&wanted));

    println!(
        "| parse, ns | octets | ours | ours, read | imap-proto | imap-codec | ratio | ratio, read |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    corpora.iter().for_each(parse_row);

    println!("\n| encode, ns | ours | `write!` | imap-codec | ratio to `write!` |");
    println!("|---|---:|---:|---:|---:|");
    let written = corpora.iter().filter(|corpus| encoding::is_written(corpus));
    written.for_each(encode_row);

    println!("\n| arrival, us | octets | 64 octets | 16 KiB | ratio |");
    println!("|---|---:|---:|---:|---:|");
    corpora
        .iter()
        .map(Stream::new)
        .for_each(|stream| arrival_row(&stream));
    if wanted.is_empty() {
        arrival_row(&Stream::large_literal());
    }
}

fn parse_row(corpus: &Corpus) {
    let times = Contender::ALL.map(|contender| {
        let mut arena = Arena::new();
        let run: Run<'_> = Box::new(move || contender.run(corpus, &mut arena));
        contender.reads(corpus).then_some(run)
    });
    let [ours, read, proto, codec] = measure(times, corpus.frames.len());
    let best_peer = [proto, codec].into_iter().flatten().min_by(f64::total_cmp);
    println!(
        "| {} | {} | {} | {} | {} | {} | {} | {} |",
        corpus.name,
        corpus.octets() / corpus.frames.len(),
        shown(ours),
        shown(read),
        shown(proto),
        shown(codec),
        ratio(best_peer, ours),
        ratio(best_peer, read),
    );
}

fn encode_row(corpus: &Corpus) {
    let arena = Arena::new();
    let values = encoding::values(corpus, &arena);
    let times = Writer::ALL.map(|writer| {
        let (mut buffer, values) = (Vec::with_capacity(1 << 20), &values);
        let run: Run<'_> = Box::new(move || writer.run(values, &mut buffer));
        Some(run)
    });
    let [ours, plain, codec] = measure(times, corpus.frames.len());
    println!(
        "| {} | {} | {} | {} | {} |",
        corpus.name,
        shown(ours),
        shown(plain),
        shown(codec),
        ratio(plain, ours),
    );
}

fn arrival_row(stream: &Stream) {
    let times = [SMALL, LARGE].map(|piece| {
        let mut arena = Arena::new();
        let run: Run<'_> = Box::new(move || {
            stream.arrive(piece, &mut arena);
        });
        Some(run)
    });
    let [small, large] = measure(times, 1_000);
    println!(
        "| {} | {} | {} | {} | {} |",
        stream.name,
        stream.octets.len(),
        shown(small),
        shown(large),
        ratio(small, large),
    );
}

fn ratio(dividend: Option<f64>, divisor: Option<f64>) -> String {
    let ratio = dividend.zip(divisor).map(|(a, b)| a / b);
    ratio.map_or_else(|| "-".into(), |ratio| format!("{ratio:.1}"))
}

fn shown(time: Option<f64>) -> String {
    match time {
        None => "-".into(),
        Some(time) if time < 1_000.0 => format!("{time:.1}"),
        Some(time) => format!("{time:.0}"),
    }
}

type Run<'a> = Box<dyn FnMut() + 'a>;

/// Nanoseconds of each run, divided by `per`.
fn measure<const N: usize>(mut runs: [Option<Run<'_>>; N], per: usize) -> [Option<f64>; N] {
    let loops = runs.each_mut().map(|run| run.as_mut().map_or(0, calibrate));
    let mut best = [None; N];
    for _ in 0..TURNS {
        for ((run, loops), best) in runs.iter_mut().zip(loops).zip(&mut best) {
            let Some(run) = run else { continue };
            let start = Instant::now();
            for _ in 0..loops {
                run();
            }
            let time = start.elapsed().as_secs_f64() * 1e9 / (loops * per) as f64;
            *best = Some(best.map_or(time, |best: f64| best.min(time)));
        }
    }
    best
}

/// How many runs last for a turn.
fn calibrate(run: &mut Run<'_>) -> usize {
    let mut loops = 0;
    let start = Instant::now();
    while start.elapsed() < TURN {
        run();
        loops += 1;
    }
    loops
}
