//! The figures as tables.

use std::time::Duration;

use anyhow::Result;
use imap_benches::report::{Axes, Cell, Plot, Role, Table};

use crate::calls;
use crate::child::Cost;
use crate::contender::{Client, Form};
use crate::foreign::Foreign;
use crate::idle;
use crate::load::{Load, Scenario};
use crate::measure::{Figure, Row, measure};

/// Measures the rows with that in their names, and makes all tables that have some.
///
/// # Errors
///
/// Those of [`measure`], or what is counted besides cannot be.
pub fn tables(wanted: &str) -> Result<Vec<Table>> {
    let foreign = Foreign::find();
    let rows = measure(wanted, &foreign)?;
    let sessions = Sessions { rows, foreign };
    let mut tables = vec![
        sessions.cpu(),
        sessions.wall(),
        sessions.memory(),
        calls::table(wanted)?,
        idle::table(wanted)?,
    ];
    tables.retain(|table| !table.rows.is_empty());
    Ok(tables)
}

/// What was measured.
struct Sessions {
    rows: Vec<Row>,
    foreign: Foreign,
}

impl Sessions {
    /// Times of processors. Those of interpreters are less their start, which is that of a session in
    /// which nothing is done.
    fn cpu(&self) -> Table {
        let table = self
            .table("sessions-cpu", "CPU of a session, ms", &[])
            .with_best_peer("best peer", "ours")
            .with_quotient("ours / plain loop", "ours", "plain loop")
            .with_plot(Plot {
                title: "CPU of whole sessions".into(),
                figures: "times as much as ours".into(),
                axes: Axes::Multiples,
            });
        self.filled(table, |row, cost| {
            let client = row.contender.client;
            let is_whole = !client.is_interpreted() || row.load.scenario == Scenario::Empty;
            let start = match is_whole {
                true => Some(Duration::ZERO),
                false => self.start_of(client),
            };
            match start {
                Some(start) => Cell::measured(milliseconds(cost.cpu.saturating_sub(start))),
                None => Cell::missing("its start was not measured"),
            }
        })
    }

    /// What passed by a clock.
    fn wall(&self) -> Table {
        let table = self.table("sessions-time", "time of a session, ms", &[]);
        self.filled(table, |_, cost| Cell::measured(milliseconds(cost.wall)))
    }

    /// The most that was resident.
    fn memory(&self) -> Table {
        let answer = [("answer", Role::Fact)];
        let table = self
            .table("sessions-memory", "peak memory of a session, KiB", &answer)
            .with_column_judged("ours")
            .with_quotient("ours / answer", "ours", "answer");
        self.filled(table, |_, cost| {
            cost.peak
                .map_or(Cell::None, |peak| Cell::count(peak as usize >> 10))
        })
    }

    /// A table with a column for each client behind the others.
    fn table(&self, id: &str, title: &str, others: &[(&str, Role)]) -> Table {
        let names = Client::ALL.map(|client| self.name(client));
        let clients = Client::ALL.iter().zip(&names).map(|(client, name)| {
            let role = match client {
                Client::Ours | Client::OursTokio => Role::Ours,
                Client::Plain => Role::Fact,
                _ => Role::Peer,
            };
            (name.as_str(), role)
        });
        let columns: Vec<_> = others.iter().copied().chain(clients).collect();
        Table::new(id, title, &columns)
    }

    /// With a row for each session.
    fn filled(&self, mut table: Table, figure: impl Fn(&Row, Cost) -> Cell) -> Table {
        for form in [Form::Kept, Form::Streamed] {
            for load in Scenario::ALL.map(Load::measured) {
                let rows = self.rows.iter();
                let rows: Vec<_> = rows
                    .filter(|row| row.load == load && row.contender.form == form)
                    .collect();
                let Some(first) = rows.first() else { continue };
                let clients = Client::ALL.map(|client| {
                    let row = rows.iter().find(|row| row.contender.client == client);
                    row.map_or(Cell::None, |row| cell(row, &figure))
                });
                let mut cells = Vec::from(clients);
                if table.columns.len() > cells.len() {
                    cells.insert(0, answer(first));
                }
                table.push(load.row(form), cells);
            }
        }
        table
    }

    /// What the head of a column says.
    fn name(&self, client: Client) -> String {
        match self.foreign.version(client) {
            Ok(version) if !client.is_rust() => format!("{} {version}", client.name()),
            _ => client.name().into(),
        }
    }

    /// What it takes to start a client.
    fn start_of(&self, client: Client) -> Option<Duration> {
        let is_start =
            |row: &&Row| row.load.scenario == Scenario::Empty && row.contender.client == client;
        match &self.rows.iter().find(is_start)?.figure {
            Figure::Cost(cost) => Some(cost.cpu),
            _ => None,
        }
    }
}

/// KiB that the server sent in answer to the command, if it did.
fn answer(row: &Row) -> Cell {
    match row.answer {
        0 => Cell::None,
        octets => Cell::count(octets.div_ceil(1 << 10) as usize),
    }
}

fn cell(row: &Row, figure: impl Fn(&Row, Cost) -> Cell) -> Cell {
    match &row.figure {
        Figure::Cost(cost) => figure(row, *cost),
        Figure::TooSlow(time) => Cell::over(milliseconds(*time)),
        Figure::Missing(why) => Cell::missing(why),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
