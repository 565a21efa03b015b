//! Runs all contenders by turns, each in a process of its own.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::child::{self, Cost, Outcome};
use crate::client::{Task, run as run_client};
use crate::contender::Contender;
use crate::foreign::Foreign;
use crate::load::{Load, Scenario};
use crate::memory;
use crate::replay::Replay;
use crate::server::Server;
use anyhow::{Context as _, Result, bail};

/// How often each contender has its turn, at most.
const TURNS: usize = 9;

/// How long all turns of a contender may take, its first one not counted.
const BUDGET: Duration = Duration::from_secs(2);

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
/// This program has to run [`client_main`] when it is called with its arguments.
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
    let replay = Arc::new(Replay::new(load));
    let server = Server::start(Arc::clone(&replay))?;
    let task = Task {
        port: server.port(),
        load,
        answer: replay.octets.len() as u64,
    };
    let mut runs: Vec<_> = contenders.into_iter().map(Turns::new).collect();
    for _ in 0..TURNS {
        for turns in runs.iter_mut().filter(|turns| turns.goes_on()) {
            turns.next(&replay, &task, foreign)?;
        }
    }
    Ok(runs.into_iter().map(|turns| turns.row(&task)).collect())
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
        let command = match command(contender, task, foreign) {
            Ok(command) => command,
            Err(why) => return Ok(Figure::Missing(why)),
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

/// What runs a session, or why the client is not here.
fn command(contender: Contender, task: &Task, foreign: &Foreign) -> Result<Command, String> {
    if !contender.client.is_rust() {
        return foreign.command(contender, task).map_err(str::to_owned);
    }
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.args(client_arguments(contender, task));
    Ok(command)
}

/// The arguments by which [`client_main`] runs this session.
pub fn client_arguments(contender: Contender, task: &Task) -> Vec<String> {
    let (load, port) = (&task.load, task.port.into());
    let numbers = [load.count as u64, load.octets as u64, port, task.answer];
    let words = [CLIENT.into(), contender.key(), load.scenario.key().into()];
    let numbers = numbers.map(|number| number.to_string());
    words.into_iter().chain(numbers).collect()
}

/// The argument by which this program is a client.
const CLIENT: &str = "client";

/// Runs a client if the arguments of this process, its own name left out, say so.
///
/// # Errors
///
/// If they are wrong, or the client fails.
pub fn client_main(arguments: &[String]) -> Result<bool> {
    let Some((CLIENT, [contender, scenario, numbers @ ..])) = split_first(arguments) else {
        return Ok(false);
    };
    let scenario = Scenario::ALL
        .into_iter()
        .find(|known| known.key() == scenario);
    let scenario = scenario.context("no such scenario")?;
    let contender = Contender::all_for(scenario).find(|known| known.key() == *contender);
    let numbers: Result<Vec<u64>, _> = numbers.iter().map(|number| number.parse()).collect();
    let [count, octets, port, answer] = numbers?[..] else {
        bail!("four numbers are missing");
    };
    let load = Load {
        scenario,
        count: usize::try_from(count)?,
        octets: usize::try_from(octets)?,
    };
    let task = Task {
        port: u16::try_from(port)?,
        load,
        answer,
    };
    let proof = run_client(contender.context("no such contender")?, &task)?;
    println!("{proof} {}", memory::peak()? >> 10);
    Ok(true)
}

fn split_first(arguments: &[String]) -> Option<(&str, &[String])> {
    let (first, rest) = arguments.split_first()?;
    Some((first, rest))
}
