//! Times of contenders that take turns.
//!
//! Each has its turn many times, and its fastest turn counts: what else the machine does can only slow
//! a turn down, and hits all contenders alike.

use std::time::{Duration, Instant};

use crate::report::Cell;

/// What one contender does.
pub type Run<'a> = Box<dyn FnMut() + 'a>;

/// How often each contender has its turn.
const TURNS: usize = 40;

/// How long a turn lasts at least.
const TURN: Duration = Duration::from_millis(4);

/// How long all turns of one contender last at most, about, if a run takes longer than a turn.
const ALL_TURNS: Duration = Duration::from_secs(1);

/// What one contender does, unless it is later than that: then it gives up, and says so by `false`.
pub type Bounded<'a> = Box<dyn FnMut(Instant) -> bool + 'a>;

/// How long a contender has before it is given up.
const BOUND: Duration = Duration::from_secs(3);

/// Nanoseconds of a run of each contender, divided by `per`.
pub fn measure(runs: Vec<Option<Run<'_>>>, per: usize) -> Vec<Cell> {
    let mut contenders: Vec<_> = runs.into_iter().map(Contender::new).collect();
    for turn in 0..TURNS {
        for contender in contenders.iter_mut().flatten() {
            contender.turn(turn);
        }
    }
    let time = |contender: Contender<'_>| contender.best.as_secs_f64() * 1e9 / per as f64;
    let times = contenders.into_iter().map(|c| Cell::from(c.map(time)));
    times.collect()
}

/// The same, of contenders that may have to be given up.
pub fn measure_bounded(runs: Vec<Option<Bounded<'_>>>, per: usize) -> Vec<Cell> {
    let (runs, given_up): (Vec<_>, Vec<_>) = runs.into_iter().map(|run| tried(run, per)).unzip();
    let cells = measure(runs, per).into_iter().zip(given_up);
    cells.map(|(cell, over)| over.unwrap_or(cell)).collect()
}

/// The run, if it ends within the bound; else how long it had.
fn tried(run: Option<Bounded<'_>>, per: usize) -> (Option<Run<'_>>, Option<Cell>) {
    let Some(mut run) = run else {
        return (None, None);
    };
    if !run(Instant::now() + BOUND) {
        let had = BOUND.as_secs_f64() * 1e9 / per as f64;
        return (None, Some(Cell::over(had)));
    }
    let again = move || {
        run(Instant::now() + 2 * BOUND);
    };
    (Some(Box::new(again)), None)
}

/// A contender that has its turns.
struct Contender<'a> {
    run: Run<'a>,
    /// How many runs make a turn.
    loops: u32,
    /// How many turns it has.
    turns: usize,
    /// The time of a run in the fastest turn.
    best: Duration,
}

impl<'a> Contender<'a> {
    fn new(run: Option<Run<'a>>) -> Option<Self> {
        let mut run = run?;
        let mut loops = 0;
        let start = Instant::now();
        while start.elapsed() < TURN {
            run();
            loops += 1;
        }
        let turns = ALL_TURNS.div_duration_f64(start.elapsed()) as usize;
        Some(Self {
            run,
            loops,
            turns: turns.clamp(1, TURNS),
            best: Duration::MAX,
        })
    }

    fn turn(&mut self, number: usize) {
        if number < self.turns {
            let start = Instant::now();
            for _ in 0..self.loops {
                (self.run)();
            }
            self.best = self.best.min(start.elapsed() / self.loops);
        }
    }
}
