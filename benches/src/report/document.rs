//! The generated parts of a document, which stand between markers.
//!
//! `<!-- machine -->`, `<!-- table: parse -->`, `<!-- plot: parse -->` and `<!-- summary -->` begin
//! one, and `<!-- end -->` ends it. All else is written by hand.

use anyhow::{Context as _, Result, bail, ensure};

use super::{Report, Target};

/// Writes the generated parts of a document anew.
///
/// # Errors
///
/// The document has markers that are unknown or have no end, or no place for a table or plot. Tables
/// that the report has not are said to be unmeasured.
pub fn fill(document: &str, report: &Report, targets: &[Target]) -> Result<String> {
    let mut filled = String::new();
    let mut places = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        filled.push_str(line);
        filled.push('\n');
        let Some(marker) = marker(line) else { continue };
        let part = part(marker, report, targets)?;
        filled.push_str(&format!("\n{part}\n{END}\n"));
        places.push(marker);
        if !lines.any(|line| line == END) {
            bail!("nothing ends `{line}`");
        }
    }
    for table in &report.tables {
        let table_place = format!("table: {}", table.id);
        let plot_place = format!("plot: {}", table.id);
        ensure!(
            places.contains(&&*table_place),
            "no place for `{table_place}`"
        );
        ensure!(
            table.plot.is_none() || places.contains(&&*plot_place),
            "no place for `{plot_place}`"
        );
    }
    Ok(filled)
}

const END: &str = "<!-- end -->";

fn marker(line: &str) -> Option<&str> {
    let marker = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    (line != END).then_some(marker)
}

fn part(marker: &str, report: &Report, targets: &[Target]) -> Result<String> {
    let table = |id| report.table(id);
    Ok(match marker.split_once(": ") {
        None if marker == "machine" => report.machine.to_string(),
        None if marker == "summary" => report.summary(targets),
        Some(("table", id)) => table(id).map_or_else(unknown, |table| table.to_markdown(targets)),
        Some(("plot", id)) => match table(id) {
            Some(table) => {
                let plot = table.plot.as_ref();
                let plot = plot.with_context(|| format!("no plot for `{marker}`"))?;
                format!("![{}](benchmarks/{id}.svg)\n", plot.title)
            }
            None => unknown(),
        },
        _ => bail!("unknown marker `{marker}`"),
    })
}

/// What stands in the place of a table that the report has not.
fn unknown() -> String {
    "*Not measured yet.*\n".into()
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Machine, Role, Table};
    use super::*;

    fn report() -> Report {
        let mut table = Table::new("t", "what", &[("ours", Role::Ours)]);
        table.push("row", [Cell::count(5)]);
        Report {
            machine: Machine::here(),
            tables: vec![table],
        }
    }

    #[test]
    fn ok_what_stands_between_markers_is_written_anew() {
        let before = "# Title\n\n<!-- table: t -->\nold\n<!-- end -->\n\nProse.\n";
        let after = fill(before, &report(), &[]).unwrap();
        let table = "| what | ours |\n|---|---:|\n| row | 5 |\n";
        assert_eq!(
            after,
            format!("# Title\n\n<!-- table: t -->\n\n{table}\n<!-- end -->\n\nProse.\n")
        );
        assert_eq!(fill(&after, &report(), &[]).unwrap(), after);
    }

    #[test]
    fn ok_tables_that_were_not_measured_are_said_to_be_so() {
        let document = "<!-- table: t -->\n<!-- end -->\n<!-- table: u -->\n<!-- end -->\n";
        let filled = fill(document, &report(), &[]).unwrap();
        assert!(filled.ends_with("<!-- table: u -->\n\n*Not measured yet.*\n\n<!-- end -->\n"));
    }

    #[test]
    fn err_documents_and_reports_that_do_not_fit() {
        let errors = [
            "no markers\n",
            "<!-- table: t -->\nno end\n",
            "<!-- plot: t -->\n<!-- end -->\n",
            "<!-- what: t -->\n<!-- end -->\n",
        ]
        .map(|document| fill(document, &report(), &[]).unwrap_err().to_string());
        assert_eq!(
            errors,
            [
                "no place for `table: t`",
                "nothing ends `<!-- table: t -->`",
                "no plot for `plot: t`",
                "unknown marker `what: t`",
            ]
        );
    }
}
