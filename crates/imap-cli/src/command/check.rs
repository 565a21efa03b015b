//! `imap check`: how the server departs from the standards.

use clap::Args;
use serde::Serialize;

use crate::args::Global;
use crate::check::{Departure, Found, Plan, Report, Sample, check};
use crate::connect::Connector;
use crate::error::{Exit, Failure};
use crate::mailbox::InMailbox;
use crate::output::{GONE, NEW, NOTE, Output, STRONG, WEAK, printable, width};

/// Check how the server departs from the standards
///
/// It is asked all that can be asked without changing anything: mailboxes are examined, never selected.
/// What it says is read twice, leniently and strictly. The report has no passwords, and of messages only
/// how their data are written.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap check
  imap -a imaps://ann@imap.example.org/ check -m Archive --messages 50
  imap check --json | jq -r 'select(.type == \"departure\").name'

The exit code is 0 if no departure was met, and 1 if any was.")]
pub(crate) struct Check {
    #[command(flatten)]
    mailbox: InMailbox,

    /// How many messages to look at, the newest ones
    #[arg(
        long,
        value_name = "N",
        default_value_t = 500,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    messages: u32,
}

/// The objects that `--json` prints: first the server, then each departure.
#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "type")]
enum Object<'a> {
    Server {
        greeting: String,
        capabilities: &'a [String],
        mailbox: &'a str,
        /// Messages of the mailbox that were looked at.
        messages: u32,
        commands: u64,
        responses: u64,
        /// Kinds of departures that were met.
        departures: usize,
    },
    Departure {
        name: String,
        /// `grammar` or `behaviour`.
        kind: &'static str,
        meaning: &'static str,
        reference: Option<&'static str>,
        treatment: &'static str,
        count: u64,
        samples: &'a [Sample],
    },
}

impl Check {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let connector = Connector::new(global)?;
        let plan = Plan {
            mailbox: self.mailbox.name(connector.account()).to_owned(),
            messages: self.messages,
            verbose: global.verbose,
        };
        let report = check(connector, &plan)?;
        if out.is_json() {
            print_json(&report, &plan, out)?;
        } else {
            print(&report, &plan, out)?;
        }
        Ok(match report.findings.len() {
            0 => Exit::Done,
            _ => Exit::Partial,
        })
    }
}

fn print_json(report: &Report, plan: &Plan, out: &mut Output<'_>) -> Result<(), Failure> {
    out.json(&Object::Server {
        greeting: printable(&report.greeting),
        capabilities: &report.capabilities,
        mailbox: &plan.mailbox,
        messages: report.looked_at,
        commands: report.commands,
        responses: report.findings.messages(),
        departures: report.findings.len(),
    })?;
    report.findings.iter().try_for_each(|(departure, found)| {
        out.json(&Object::Departure {
            name: departure.to_string(),
            kind: departure.kind(),
            meaning: departure.meaning(),
            reference: departure.reference(),
            treatment: departure.treatment(),
            count: found.count,
            samples: &found.samples,
        })
    })
}

/// The report for people.
fn print(report: &Report, plan: &Plan, out: &mut Output<'_>) -> Result<(), Failure> {
    out.line(out.paint(STRONG, printable(&report.greeting)))?;
    out.line("")?;
    for line in wrapped(&report.capabilities, COLUMNS) {
        out.line(format!("  {}", out.paint(NOTE, line)))?;
    }
    out.line("")?;
    out.line(format!(
        "Read {} responses to {} commands, about {} messages of {} among others.",
        report.findings.messages(),
        report.commands,
        report.looked_at,
        printable(&plan.mailbox),
    ))?;
    out.line("")?;
    match report.findings.len() {
        0 => return out.line(out.paint(NEW, "No departure from the standards was met.")),
        1 => out.line(out.paint(STRONG, "1 departure from the standards:"))?,
        n => out.line(out.paint(STRONG, format!("{n} departures from the standards:")))?,
    }
    report
        .findings
        .iter()
        .try_for_each(|(departure, found)| print_departure(departure, found, out))
}

fn print_departure(
    departure: Departure,
    found: &Found,
    out: &mut Output<'_>,
) -> Result<(), Failure> {
    let times = match found.count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let name = out.paint(GONE, departure);
    out.line("")?;
    out.line(format!("{name}, {}, {times}", departure.kind()))?;
    let reference = departure.reference();
    let reference = reference.map(|reference| format!(" ({reference})"));
    let reference = reference.unwrap_or_default();
    out.line(format!("  {}.{reference}", departure.meaning()))?;
    out.line(format!("  This library: {}.", departure.treatment()))?;
    found
        .samples
        .iter()
        .try_for_each(|sample| print_sample(sample, out))
}

fn print_sample(sample: &Sample, out: &mut Output<'_>) -> Result<(), Failure> {
    out.line("")?;
    if let Some(command) = &sample.command {
        out.line(format!("    {}", out.paint(WEAK, format!("C: {command}"))))?;
    }
    if let Some(line) = &sample.line {
        out.line(format!("    S: {line}"))?;
    }
    if let Some(column) = sample.column {
        let caret = out.paint(GONE, '^');
        out.line(format!("       {:column$}{caret}", ""))?;
    }
    if let Some(note) = &sample.note {
        out.line(format!("    {}", printable(note)))?;
    }
    Ok(())
}

/// Words as lines of so many columns.
fn wrapped(words: &[String], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let word = printable(word);
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&word) <= columns => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Columns of the report's paragraphs.
const COLUMNS: usize = 90;
