//! Tables, what is compared in them, and what is wanted of that.

use serde::{Deserialize, Serialize};

use super::{Cell, Plot};

/// Figures of one kind, of several contenders.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Table {
    /// The word in the markers of the document.
    pub id: String,
    /// What is measured, and its unit: the head of the first column.
    pub title: String,
    /// The columns behind the first one, which has the names of the rows.
    pub columns: Vec<Column>,
    /// What is compared in each row.
    pub ratios: Vec<Ratio>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot: Option<Plot>,
}

/// A column.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Column {
    /// What stands above it.
    pub name: String,
    /// Whose figures it has.
    pub role: Role,
}

/// Whose figures a column has.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Nobody's: it tells what was measured.
    Fact,
    /// Ours.
    Ours,
    /// Those of one that does the same.
    Peer,
}

/// What is compared in each row.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Ratio {
    /// What tells it from the other ones of the table; empty where there is one.
    pub name: String,
    /// What it is.
    pub of: Of,
}

/// What a ratio is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// The smallest figure of the peers, divided by that of this column.
    Best(String),
    /// One column divided by another.
    Quotient(String, String),
    /// A column as it is; it is not shown again.
    Column(String),
}

/// A row.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// What is wanted of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The identifier of the table.
    pub table: &'static str,
    /// The name of the row.
    pub row: &'static str,
    /// The name of the ratio.
    pub ratio: &'static str,
    /// What it has to be.
    pub bound: Bound,
}

/// What a ratio has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// So much or more.
    AtLeast(f64),
    /// So much or less.
    AtMost(f64),
}

/// What came of a target.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It is met.
    Met,
    /// It is not met.
    Missed,
    /// There is no figure.
    Unknown,
}

impl Table {
    /// A table without rows.
    pub fn new(id: &str, title: &str, columns: &[(&str, Role)]) -> Self {
        let columns = columns.iter().map(|&(name, role)| Column {
            name: name.into(),
            role,
        });
        Self {
            id: id.into(),
            title: title.into(),
            columns: columns.collect(),
            ratios: Vec::new(),
            rows: Vec::new(),
            plot: None,
        }
    }

    /// Compares the best peer with the column `ours`.
    #[must_use]
    pub fn with_best_peer(self, name: &str, ours: &str) -> Self {
        self.with_ratio(name, Of::Best(ours.into()))
    }

    /// Divides one column by another.
    #[must_use]
    pub fn with_quotient(self, name: &str, over: &str, under: &str) -> Self {
        self.with_ratio(name, Of::Quotient(over.into(), under.into()))
    }

    /// Lets targets be about a column itself; the ratio is called as the column.
    #[must_use]
    pub fn with_column_judged(self, column: &str) -> Self {
        self.with_ratio(column, Of::Column(column.into()))
    }

    fn with_ratio(mut self, name: &str, of: Of) -> Self {
        self.ratios.push(Ratio {
            name: name.into(),
            of,
        });
        self
    }

    /// Draws it, too.
    #[must_use]
    pub fn with_plot(mut self, plot: Plot) -> Self {
        self.plot = Some(plot);
        self
    }

    /// Adds a row, with a cell for each column.
    pub fn push(&mut self, name: impl Into<String>, cells: impl Into<Vec<Cell>>) {
        let (name, cells) = (name.into(), cells.into());
        assert_eq!(cells.len(), self.columns.len(), "{}: {name}", self.id);
        self.rows.push(Row { name, cells });
    }

    /// Takes the better one of the figures of this and another run: what else a machine does, and the
    /// addresses that a process happens to get, only make figures worse.
    pub fn take_better(&mut self, other: &Self) {
        for (row, other) in self.rows.iter_mut().zip(&other.rows) {
            for (cell, other) in row.cells.iter_mut().zip(&other.cells) {
                let better = match (&*cell, other) {
                    (Cell::Value(this), Cell::Value(other)) => other < this,
                    (Cell::Over { .. }, Cell::Value(_)) => true,
                    _ => false,
                };
                if better {
                    *cell = other.clone();
                }
            }
        }
    }

    /// The cell of a row in the column of that name.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> Option<&'a Cell> {
        let n = self.columns.iter().position(|c| c.name == column)?;
        row.cells.get(n)
    }

    /// The cells of a row in the columns of one role.
    fn cells_of<'a>(&'a self, row: &'a Row, role: Role) -> impl Iterator<Item = &'a Cell> {
        let cells = self.columns.iter().zip(&row.cells);
        cells.filter_map(move |(column, cell)| (column.role == role).then_some(cell))
    }

    /// What a ratio is in a row. It is more than a number if the peer was given up.
    pub fn ratio(&self, row: &Row, ratio: &Ratio) -> Cell {
        let divided = |over: &Cell, under: &str| {
            let under = self.cell(row, under).and_then(Cell::figure);
            match (over, under) {
                (Cell::Value(over), Some(under)) => Cell::measured(over / under),
                (Cell::Over { over }, Some(under)) => Cell::over(over / under),
                _ => Cell::None,
            }
        };
        match &ratio.of {
            Of::Best(ours) => {
                let peers = self.cells_of(row, Role::Peer);
                let peers = peers.filter_map(|cell| Some((cell, cell.figure()?)));
                let best = peers.min_by(|(_, a), (_, b)| a.total_cmp(b));
                best.map_or(Cell::None, |(best, _)| divided(best, ours))
            }
            Of::Quotient(over, under) => match self.cell(row, over) {
                Some(over) => divided(over, under),
                None => Cell::None,
            },
            Of::Column(name) => self.cell(row, name).cloned().unwrap_or(Cell::None),
        }
    }

    /// What came of a target of this table.
    pub fn verdict(&self, target: &Target) -> Verdict {
        let row = self.rows.iter().find(|row| row.name == target.row);
        let ratio = self.ratios.iter().find(|ratio| ratio.name == target.ratio);
        let figure = row.zip(ratio).map(|(row, ratio)| self.ratio(row, ratio));
        let met = match (figure, target.bound) {
            (Some(Cell::Value(is)), Bound::AtMost(wanted)) => is <= wanted,
            (Some(Cell::Value(is)), Bound::AtLeast(wanted)) => is >= wanted,
            (Some(Cell::Over { over }), Bound::AtLeast(wanted)) if over >= wanted => true,
            (Some(Cell::Over { over }), Bound::AtMost(wanted)) if over >= wanted => false,
            _ => return Verdict::Unknown,
        };
        if met { Verdict::Met } else { Verdict::Missed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(row: &'static str, bound: Bound) -> Target {
        Target {
            table: "t",
            row,
            ratio: "",
            bound,
        }
    }

    #[test]
    fn ok_the_best_peer_is_the_fastest_that_has_a_figure() {
        let columns = [("ours", Role::Ours), ("a", Role::Peer), ("b", Role::Peer)];
        let mut table = Table::new("t", "time", &columns).with_best_peer("", "ours");
        table.push("both", [10.0, 60.0, 55.0].map(Cell::Value));
        table.push("one", [Cell::Value(10.0), Cell::None, Cell::Value(50.0)]);
        table.push("none", [Cell::Value(10.0), Cell::None, Cell::None]);
        table.push("ended", [Cell::Value(2.0), Cell::None, Cell::over(100.0)]);
        let verdicts = ["both", "one", "none", "ended", "absent"]
            .map(|row| table.verdict(&target(row, Bound::AtLeast(5.5))));
        let [met, missed, unknown] = [Verdict::Met, Verdict::Missed, Verdict::Unknown];
        assert_eq!(verdicts, [met, missed, unknown, met, unknown]);
        assert_eq!(
            table.ratio(&table.rows[3], &table.ratios[0]),
            Cell::over(50.0)
        );
    }

    #[test]
    fn ok_the_better_figures_of_two_runs_are_kept() {
        let columns = [("a", Role::Ours), ("b", Role::Peer), ("c", Role::Peer)];
        let mut table = Table::new("t", "time", &columns);
        let mut other = table.clone();
        table.push("row", [Cell::Value(2.0), Cell::Value(5.0), Cell::over(9.0)]);
        other.push(
            "row",
            [Cell::Value(3.0), Cell::Value(4.0), Cell::Value(8.0)],
        );
        table.take_better(&other);
        assert_eq!(table.rows[0].cells, [2.0, 4.0, 8.0].map(Cell::Value));
    }

    #[test]
    fn ok_quotients_and_columns_have_bounds_above() {
        let columns = [("small", Role::Ours), ("large", Role::Ours)];
        let quotient = Table::new("t", "time", &columns).with_quotient("", "small", "large");
        let mut column = Table::new("t", "time", &columns).with_column_judged("small");
        column.ratios[0].name.clear();
        for (mut table, verdict) in [(quotient, Verdict::Met), (column, Verdict::Missed)] {
            table.push("row", [3.0, 2.0].map(Cell::Value));
            assert_eq!(table.verdict(&target("row", Bound::AtMost(2.0))), verdict);
        }
    }
}
