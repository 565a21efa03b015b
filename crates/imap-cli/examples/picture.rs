//! Makes an animated picture of what a terminal showed, as SVG.
//!
//! `cargo run -p imap-cli --example picture -- TITLE OUTPUT TIMING >picture.svg` takes what `script` of
//! util-linux recorded with `--log-out` and `--log-timing`, of a terminal with the size of this picture.
//! `scripts/demo-picture` does all of it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::num::NonZeroU16;

use vt100::{Color, Parser, Screen};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |name: &str| arguments.next().ok_or_else(|| format!("{name} is missing"));
    let title = argument("the title")?;
    let output = std::fs::read(argument("the file of --log-out")?)?;
    let timing = std::fs::read_to_string(argument("the file of --log-timing")?)?;
    let frames = frames(body(&output), &timing)?;
    std::io::stdout().write_all(picture(&title, &frames).as_bytes())?;
    Ok(())
}

/// A screen, and for how many seconds it stays.
struct Frame {
    rows: Vec<String>,
    seconds: f64,
}

/// What the program printed, without the lines that `script` puts around it.
fn body(output: &[u8]) -> &[u8] {
    if !output.starts_with(b"Script started") {
        return output;
    }
    let start = output.iter().position(|octet| *octet == b'\n');
    &output[start.map_or(0, |start| start + 1)..]
}

/// The screens that were shown long enough to be seen.
fn frames(output: &[u8], timing: &str) -> Result<Vec<Frame>, Box<dyn Error>> {
    let size = |size| NonZeroU16::new(size).ok_or("no size");
    let mut parser = Parser::new(size(ROWS)?, size(COLUMNS)?, 0);
    let mut frames: Vec<Frame> = Vec::new();
    let (mut rest, mut since) = (output, 0.0);
    for line in timing.lines() {
        let mut words = line.split(' ').filter(|word| word.parse::<f64>().is_ok());
        let seconds: f64 = words.next().ok_or("no time")?.parse()?;
        let octets: usize = words.next().ok_or("no size")?.parse()?;
        since += seconds;
        if since >= SHORTEST {
            frames.push(Frame {
                rows: rows(parser.screen()),
                seconds: since,
            });
            since = 0.0;
        }
        let (now, later) = rest.split_at(octets.min(rest.len()));
        parser.process(now);
        rest = later;
    }
    frames.push(Frame {
        rows: rows(parser.screen()),
        seconds: LAST,
    });
    frames.dedup_by(|next, frame| {
        let is_same = next.rows == frame.rows;
        frame.seconds += if is_same { next.seconds } else { 0.0 };
        is_same
    });
    Ok(frames)
}

/// The lines of a screen as elements of SVG.
fn rows(screen: &Screen) -> Vec<String> {
    (0..ROWS).map(|row| spans(screen, row)).collect()
}

/// The text of a line: a span for each run of letters with one style. Each begins at its column, since
/// fonts are not equally wide.
fn spans(screen: &Screen, row: u16) -> String {
    let mut spans = String::new();
    let mut run = Run::default();
    for column in 0..COLUMNS {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        if cell.is_wide_continuation() {
            continue;
        }
        let style = Style::of(cell);
        let text = if cell.has_contents() {
            cell.contents()
        } else {
            " "
        };
        if style != run.style || cell.is_wide() || run.is_wide {
            run.finish(&mut spans);
            run = Run::new(style, column, cell.is_wide());
        }
        run.text.push_str(text);
    }
    run.finish(&mut spans);
    spans
}

/// How letters look.
#[derive(Clone, Copy, Default, PartialEq)]
struct Style {
    class: &'static str,
    is_bold: bool,
    is_dim: bool,
}

impl Style {
    fn of(cell: &vt100::Cell) -> Self {
        Self {
            class: match cell.fgcolor() {
                Color::Idx(1 | 9) => "r",
                Color::Idx(2 | 10) => "g",
                Color::Idx(6 | 14) => "c",
                _ => "",
            },
            is_bold: cell.bold(),
            is_dim: cell.dim(),
        }
    }

    fn classes(self) -> String {
        let mut classes = self.class.to_owned();
        for (has, class) in [(self.is_bold, "b"), (self.is_dim, "d")] {
            if has {
                classes.push_str(if classes.is_empty() { "" } else { " " });
                classes.push_str(class);
            }
        }
        classes
    }
}

/// Letters with one style.
#[derive(Default)]
struct Run {
    style: Style,
    column: u16,
    is_wide: bool,
    text: String,
}

impl Run {
    fn new(style: Style, column: u16, is_wide: bool) -> Self {
        Self {
            style,
            column,
            is_wide,
            text: String::new(),
        }
    }

    fn finish(&self, spans: &mut String) {
        let text = self.text.trim_end();
        if text.is_empty() {
            return;
        }
        let blanks = text.len() - text.trim_start().len();
        let x = (f64::from(self.column) + blanks as f64) * CELL;
        let classes = self.style.classes();
        let class = match &*classes {
            "" => String::new(),
            classes => format!(" class=\"{classes}\""),
        };
        let text = text.trim_start();
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        // cannot fail: writing to a String
        let _ = write!(spans, "<tspan x=\"{x:.1}\"{class}>{text}</tspan>");
    }
}

/// All screens below each other, which move through the window of the picture.
fn picture(title: &str, frames: &[Frame]) -> String {
    let mut numbers = BTreeMap::new();
    for row in frames.iter().flat_map(|frame| &frame.rows) {
        let number = numbers.len();
        if !row.is_empty() {
            numbers.entry(row).or_insert(number);
        }
    }
    let (width, height) = (f64::from(COLUMNS) * CELL, f64::from(ROWS) * LINE);
    let total: f64 = frames.iter().map(|frame| frame.seconds).sum();
    let mut steps = String::new();
    let mut screens = String::new();
    let mut time = 0.0;
    for (index, frame) in frames.iter().enumerate() {
        let top = index as f64 * height;
        let _ = write!(
            steps,
            "{:.3}%{{transform:translateY({:.0}px)}}",
            time / total * 100.0,
            -top
        );
        time += frame.seconds;
        for (row, text) in frame.rows.iter().enumerate() {
            if let Some(number) = numbers.get(text) {
                let y = top + (row + 1) as f64 * LINE - DESCENT;
                let _ = write!(screens, "<use href=\"#r{number}\" y=\"{y:.0}\"/>");
            }
        }
    }
    let rows: String = numbers
        .iter()
        .map(|(row, number)| format!("<text id=\"r{number}\">{row}</text>\n"))
        .collect();
    // Where nothing moves, the last screen is shown.
    let last = -height * frames.len().saturating_sub(1) as f64;
    let (outer_width, outer_height) = (width + 2.0 * MARGIN, height + BAR + MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" viewBox=\"0 0 {outer_width:.0} {outer_height:.0}\" \
         width=\"{outer_width:.0}\" role=\"img\" aria-label=\"{title}\">\n<style>\
         text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;\
         fill:#d8dee9}}\
         .b{{font-weight:700;fill:#fff}}.d{{fill:#8892a4}}.r{{fill:#ff7b85}}.g{{fill:#8fd98f}}.c{{fill:#7cc7e8}}\
         .g.b{{fill:#8fd98f}}\
         .bar{{fill:#a9b2c3;text-anchor:middle}}\
         .film{{animation:film {total:.2}s steps(1,end) infinite}}\
         @keyframes film{{{steps}}}</style>\n<defs>\n{rows}</defs>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1d222b\"/>\n\
         <circle cx=\"18\" cy=\"17\" r=\"5\" fill=\"#ff7b85\"/><circle cx=\"36\" cy=\"17\" r=\"5\" \
         fill=\"#f2cc7a\"/><circle cx=\"54\" cy=\"17\" r=\"5\" fill=\"#8fd98f\"/>\n\
         <text class=\"bar\" x=\"50%\" y=\"22\">{title}</text>\n\
         <svg x=\"{MARGIN}\" y=\"{BAR}\" width=\"{width:.0}\" height=\"{height:.0}\">\
         <g class=\"film\" transform=\"translate(0 {last:.0})\">\n{screens}\n</g></svg>\n</svg>\n"
    )
}

/// The size of the terminal.
const ROWS: u16 = 30;
const COLUMNS: u16 = 92;
/// Pixels of a column and of a line, and of what is below its letters.
const CELL: f64 = 8.43;
const LINE: f64 = 18.0;
const DESCENT: f64 = 5.0;
/// Pixels around the terminal, and of the bar with the title.
const MARGIN: f64 = 14.0;
const BAR: f64 = 36.0;
/// Seconds that a screen has to stay, and those of the last one.
const SHORTEST: f64 = 0.09;
const LAST: f64 = 8.0;
