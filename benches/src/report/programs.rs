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
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, &tables)?;
    } else {
        for table in &tables {
            writeln!(out, "{}", table.to_markdown(targets::ALL))?;
        }
    }
    Ok(())
}

/// Builds and runs the program of a package of this workspace, and takes its tables.
///
/// # Errors
///
/// It cannot be built, or fails.
pub fn tables_of(package: &str, wanted: &str) -> Result<Vec<Table>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--locked", "--release"])
        .args(["--manifest-path", manifest, "--package", package])
        .args(["--", "--json", wanted])
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run {package}"))?;
    ensure!(output.status.success(), "{package}: {}", output.status);
    serde_json::from_slice(&output.stdout).with_context(|| format!("tables of {package}"))
}
