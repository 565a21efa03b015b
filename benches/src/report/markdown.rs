//! Tables as Markdown.

use super::{Bound, Cell, Of, Ratio, Report, Row, Table, Target, Verdict};

impl Table {
    /// The table as Markdown, with those of the targets that are about it.
    ///
    /// Below it stands why a figure is missing.
    pub fn to_markdown(&self, targets: &[Target]) -> String {
        let targets: Vec<_> = targets.iter().filter(|t| t.table == self.id).collect();
        let shown: Vec<_> = self.ratios.iter().filter(|ratio| ratio.shown()).collect();
        let mut heads = vec![self.title.clone()];
        heads.extend(self.columns.iter().map(|column| column.name.clone()));
        heads.extend(shown.iter().map(|ratio| ratio.head()));
        if !targets.is_empty() {
            heads.extend(["target", "met"].map(String::from));
        }
        let mut lines = vec![line(&heads), rule(heads.len())];
        for row in &self.rows {
            let mut cells = vec![row.name.clone()];
            cells.extend(row.cells.iter().map(Cell::shown));
            cells.extend(shown.iter().map(|ratio| self.ratio(row, ratio).shown()));
            if !targets.is_empty() {
                let about = targets.iter().filter(|t| t.row == row.name);
                cells.extend(self.judged(about.copied()));
            }
            lines.push(line(&cells));
        }
        let reasons = self.reasons();
        if !reasons.is_empty() {
            lines.push(String::new());
            lines.extend(reasons);
        }
        lines.join("\n") + "\n"
    }

    /// What is wanted of a row, and whether it is so.
    fn judged<'a>(&self, targets: impl Iterator<Item = &'a Target>) -> [String; 2] {
        let (mut wanted, mut met) = (Vec::<String>::new(), Vec::new());
        for target in targets {
            let named = self.ratios.len() > 1 && !target.ratio.is_empty();
            let name = if named { target.ratio } else { "" };
            wanted.push(format!("{name} {}", target.bound.shown()).trim().into());
            met.push(self.verdict(target));
        }
        if wanted.is_empty() {
            return ["-", "-"].map(String::from);
        }
        let met = match met {
            met if met.contains(&Verdict::Missed) => "**no**",
            met if met.contains(&Verdict::Unknown) => "?",
            _ => "yes",
        };
        [wanted.join(", "), met.into()]
    }

    /// Why figures are missing: each reason once, with the columns and rows that it holds for.
    fn reasons(&self) -> Vec<String> {
        let mut reasons: Vec<(&str, &str, Vec<&str>)> = Vec::new();
        for (row, name, why) in self.rows.iter().flat_map(|row| self.missing(row)) {
            match reasons.iter_mut().find(|r| (r.0, r.1) == (name, why)) {
                Some((_, _, rows)) => rows.push(row),
                None => reasons.push((name, why, vec![row])),
            }
        }
        let line = |(name, why, rows): (&str, &str, Vec<&str>)| {
            if rows.len() == self.rows.len() {
                format!("- {name}: {why}.")
            } else {
                format!("- {name}, {}: {why}.", rows.join(", "))
            }
        };
        reasons.into_iter().map(line).collect()
    }

    fn missing<'a>(
        &'a self,
        row: &'a Row,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> + 'a {
        let cells = self.columns.iter().zip(&row.cells);
        cells.filter_map(|(column, cell)| match cell {
            Cell::Missing { missing } => Some((&*row.name, &*column.name, &**missing)),
            _ => None,
        })
    }
}

impl Ratio {
    fn head(&self) -> String {
        format!("ratio {}", self.name).trim_end().into()
    }

    const fn shown(&self) -> bool {
        !matches!(self.of, Of::Column(_))
    }
}

impl Bound {
    fn shown(self) -> String {
        match self {
            Self::AtLeast(bound) => format!("≥ {bound}"),
            Self::AtMost(bound) => format!("≤ {bound}"),
        }
    }
}

impl Report {
    /// How many targets are met, missed and without a figure, in words.
    pub fn summary(&self, targets: &[Target]) -> String {
        let verdict = |target: &Target| {
            self.table(target.table)
                .map_or(Verdict::Unknown, |table| table.verdict(target))
        };
        let (mut met, mut others) = (0, Vec::new());
        for target in targets {
            let word = match verdict(target) {
                Verdict::Met => {
                    met += 1;
                    continue;
                }
                Verdict::Missed => "missed",
                Verdict::Unknown => "no figure",
            };
            others.push(format!("\n- {}, {}: {word}", target.table, target.row));
        }
        format!(
            "{met} of {} targets are met{}{}\n",
            targets.len(),
            if others.is_empty() { "." } else { ":\n" },
            others.concat()
        )
    }
}

fn line(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// The line below the heads: names to the left, figures to the right.
fn rule(columns: usize) -> String {
    format!("|---|{}", "---:|".repeat(columns - 1))
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::*;

    #[test]
    fn ok_a_table_says_what_is_wanted_met_and_missing() {
        let columns = [
            ("octets", Role::Fact),
            ("ours", Role::Ours),
            ("curl", Role::Peer),
        ];
        let mut table = Table::new("parse", "parse, ns", &columns)
            .with_best_peer("", "ours")
            .with_column_judged("ours");
        table.push("A", [44.0, 10.0, 55.5].map(Cell::Value));
        let [octets, ours] = [50.0, 20.0].map(Cell::Value);
        table.push("B", [octets, ours, Cell::missing("not installed")]);
        table.push("C", [Cell::Value(7.0), Cell::Value(1.25), Cell::None]);
        let target = |row, ratio, bound| Target {
            table: "parse",
            row,
            ratio,
            bound,
        };
        let targets = [
            target("A", "", Bound::AtLeast(5.0)),
            target("A", "ours", Bound::AtMost(9.0)),
            target("B", "", Bound::AtLeast(3.0)),
        ];
        let expected = "\
| parse, ns | octets | ours | curl | ratio | target | met |
|---|---:|---:|---:|---:|---:|---:|
| A | 44 | 10 | 55.5 | 5.55 | ≥ 5, ours ≤ 9 | **no** |
| B | 50 | 20 | - | - | ≥ 3 | ? |
| C | 7 | 1.25 | - | - | - | - |

- curl, B: not installed.
";
        assert_eq!(table.to_markdown(&targets), expected);
    }
}
