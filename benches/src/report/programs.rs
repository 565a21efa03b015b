//! Programs that measure, and print tables.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use lexopt::prelude::*;

use super::Table;
use crate::targets;

/// Does what the arguments of a program want: `[--json] [ROW]`.
///
/// `measure` makes its tables, with rows that have ROW in their names. They are printed as Markdown, or,
/// for [`tables_of`] another program, as JSON.
///
/// # Errors
///
/// Wrong arguments, those of `measure`, or nobody takes what is printed.
pub fn answer(measure: impl FnOnce(&str) -> Result<Vec<Table>>) -> Result<()> {
    let (mut json, mut wanted) = (false, String::new());
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("json") => json = true,
            Value(row) => wanted = row.string()?,
            other => return Err(other.unexpected().into()),
        }
    }
    let tables = measure(&wanted)?;
    if json {
        return print_json(&tables);
    }
    let mut out = io::stdout().lock();
    for table in &tables {
        writeln!(out, "{}", table.to_markdown(targets::ALL))?;
    }
    Ok(())
}

/// Prints tables for another program.
///
/// # Errors
///
/// Nobody takes them.
pub fn print_json(tables: &[Table]) -> Result<()> {
    serde_json::to_writer(io::stdout().lock(), tables)?;
    Ok(())
}

/// Builds a package of this workspace, runs its program, and takes its tables.
///
/// # Errors
///
/// It cannot be built, or fails.
pub fn tables_of(package: &str, wanted: &str) -> Result<Vec<Table>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let cargo_does = |verb| {
        let mut command = Command::new(&cargo);
        command
            .args([verb, "--quiet", "--locked", "--release"])
            .args(["--manifest-path", MANIFEST, "--package", package]);
        command
    };
    // All of its programs, since one may run the others.
    let built = cargo_does("build").status()?;
    ensure!(built.success(), "{package}: {built}");
    let mut run = cargo_does("run");
    tables_printed_by(run.args(["--", "--json", wanted]))
        .with_context(|| format!("tables of {package}"))
}

/// The workspace of the benchmarks.
const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

/// Runs this program once more, for the rows of a part with that in their names.
///
/// # Errors
///
/// It fails.
pub fn tables_of_another_run(part: &str, row: &str) -> Result<Vec<Table>> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["--json", "--only", part, row]);
    tables_printed_by(&mut command).with_context(|| format!("another run of {part}, {row}"))
}

fn tables_printed_by(command: &mut Command) -> Result<Vec<Table>> {
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{}", output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}
