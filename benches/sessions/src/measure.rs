//! Runs all contenders by turns, each in a process of its own.

use std::time::Duration;

use crate::child::{self, Cost, Outcome};
use crate::client::Task;
use crate::contender::Contender;
use crate::foreign::Foreign;
use crate::load::{Load, Scenario};
use crate::program::client_command;
use crate::replay::Replay;
use crate::server::Served;
use anyhow::{Result, bail};

/// How often each contender has its turn, at most.
const TURNS: usize = 25;

/// How long all turns of a contender may take, its first one not counted.
const BUDGET: Duration = Duration::from_secs(6);

/// How long one turn may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a contender took for a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// The best of all turns, each figure on its own.
    Cost(Cost),
    /// It was ended after this time.
    TooSlow(Duration),
    /// Why there is nothing.
    Missing(String),
}

/// A session of a contender.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What was done.
    pub load: Load,
    /// Who did it.
    pub contender: Contender,
    /// Octets of the answer.
    pub answer: u64,
    /// What it took.
    pub figure: Figure,
}

/// Measures the sessions whose rows have this in their names.
///
/// The programs of the clients have to be beside this one.
///
/// # Errors
///
/// If a client cannot be run, or finds something else than what was sent.
pub fn measure(wanted: &str, foreign: &Foreign) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for load in Scenario::ALL.map(Load::measured) {
        let contenders: Vec<_> = Contender::all_for(load.scenario)
            .filter(|contender| load.row(contender.form).contains(wanted))
            .collect();
        if !contenders.is_empty() {
            rows.extend(measure_load(load, contenders, foreign)?);
        }
    }
    Ok(rows)
}

fn measure_load(load: Load, contenders: Vec<Contender>, foreign: &Foreign) -> Result<Vec<Row>> {
    let Served { replay, task, .. } = &Served::start(load)?;
    let mut runs: Vec<_> = contenders.into_iter().map(Turns::new).collect();
    for _ in 0..TURNS {
        for turns in runs.iter_mut().filter(|turns| turns.goes_on()) {
            turns.next(replay, task, foreign)?;
        }
    }
    Ok(runs.into_iter().map(|turns| turns.row(task)).collect())
}

/// All that one contender has done so far.
struct Turns {
    contender: Contender,
    figure: Option<Figure>,
    spent: Duration,
}

impl Turns {
    const fn new(contender: Contender) -> Self {
        Self {
            contender,
            figure: None,
            spent: Duration::ZERO,
        }
    }

    fn goes_on(&self) -> bool {
        match self.figure {
            None => true,
            Some(Figure::Cost(_)) => self.spent < BUDGET,
            Some(_) => false,
        }
    }

    fn next(&mut self, replay: &Replay, task: &Task, foreign: &Foreign) -> Result<()> {
        self.figure = Some(match self.turn(replay, task, foreign)? {
            Figure::Cost(cost) => {
                self.spent += cost.wall;
                Figure::Cost(match self.figure {
                    Some(Figure::Cost(best)) => best.min(cost),
                    _ => cost,
                })
            }
            figure => figure,
        });
        Ok(())
    }

    fn turn(&self, replay: &Replay, task: &Task, foreign: &Foreign) -> Result<Figure> {
        let (contender, scenario) = (self.contender, task.load.scenario);
        let command = if contender.client.is_rust() {
            client_command(contender, task)?
        } else {
            match foreign.command(contender, task) {
                Ok(command) => command,
                Err(why) => return Ok(Figure::Missing(why.into())),
            }
        };
        let (proof, cost) = match child::run(contender, scenario, command, PATIENCE) {
            Ok(Outcome::Done(proof, cost)) => (proof, cost),
            Ok(Outcome::TooSlow(time)) => return Ok(Figure::TooSlow(time)),
            // Something of theirs may be older here, or newer.
            Err(error) if !contender.client.is_rust() => {
                return Ok(Figure::Missing(format!("{error:#}")));
            }
            Err(error) => return Err(error),
        };
        let expected = replay.expected(contender);
        if proof != expected {
            let (who, what) = (contender.key(), scenario.key());
            bail!("{who}, {what}: found {proof}, not {expected}");
        }
        Ok(Figure::Cost(cost))
    }

    fn row(self, task: &Task) -> Row {
        Row {
            load: task.load,
            answer: task.answer,
            contender: self.contender,
            figure: self
                .figure
                .unwrap_or_else(|| Figure::Missing("not run".into())),
        }
    }
}
