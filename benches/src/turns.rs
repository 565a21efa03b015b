//! Times of contenders that take turns.
//!
//! Each has its turn many times, and its fastest turn counts: what else the machine does can only slow
//! a turn down, and hits all contenders alike.

use std::time::{Duration, Instant};

/// What one contender does.
pub type Run<'a> = Box<dyn FnMut() + 'a>;

/// How often each contender has its turn.
const TURNS: usize = 40;

/// How long a turn lasts at least.
const TURN: Duration = Duration::from_millis(4);

/// How long all turns of one contender last at most, about, if a run takes longer than a turn.
const ALL_TURNS: Duration = Duration::from_secs(2);

/// Nanoseconds of a run of each contender, divided by `per`.
pub fn measure<const N: usize>(mut runs: [Option<Run<'_>>; N], per: usize) -> [Option<f64>; N] {
    let plans = runs.each_mut().map(|run| run.as_mut().map(calibrate));
    let mut best = [None; N];
    for turn in 0..TURNS {
        for ((run, plan), best) in runs.iter_mut().zip(&plans).zip(&mut best) {
            let (Some(run), Some(plan)) = (run, plan) else {
                continue;
            };
            if turn >= plan.turns {
                continue;
            }
            let start = Instant::now();
            for _ in 0..plan.loops {
                run();
            }
            let time = start.elapsed().as_secs_f64() * 1e9 / (plan.loops * per) as f64;
            *best = Some(best.map_or(time, |best: f64| best.min(time)));
        }
    }
    best
}

/// How often a contender runs.
struct Plan {
    /// How many runs make a turn.
    loops: usize,
    /// How many turns it has.
    turns: usize,
}

fn calibrate(run: &mut Run<'_>) -> Plan {
    let mut loops = 0;
    let start = Instant::now();
    while start.elapsed() < TURN {
        run();
        loops += 1;
    }
    let turns = ALL_TURNS.div_duration_f64(start.elapsed()) as usize;
    Plan {
        loops,
        turns: turns.clamp(1, TURNS),
    }
}
