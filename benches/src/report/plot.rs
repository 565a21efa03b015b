//! Tables as plots, in SVG.

use std::ops::Range;

use anyhow::{Context as _, Result};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use serde::{Deserialize, Serialize};

use super::cell::shown;
use super::{Cell, Role, Row, Table};

/// How a table is drawn; the axis of figures is logarithmic.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Plot {
    /// What stands above it.
    pub title: String,
    /// What the figures are, with their unit.
    pub figures: String,
    /// What else there is.
    pub axes: Axes,
}

/// What is drawn.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Axes {
    /// For each row a group of bars, one for each contender.
    Bars,
    /// The same, as multiples of the row's figure in the first of our columns.
    Multiples,
    /// For each contender a line, over a column of facts on a logarithmic axis, too.
    Lines(String),
}

impl Table {
    /// The plot as SVG, or nothing if the table has none.
    ///
    /// # Errors
    ///
    /// There is no figure to draw.
    pub fn to_svg(&self) -> Result<Option<String>> {
        let Some(plot) = &self.plot else {
            return Ok(None);
        };
        let mut svg = String::new();
        let height = match &plot.axes {
            Axes::Lines(_) => 440,
            Axes::Bars | Axes::Multiples => {
                (110 + self.bars() as u32 * BAR).max(80 + 20 * self.contenders().len() as u32)
            }
        };
        let root = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        root.fill(&WHITE)?;
        match &plot.axes {
            Axes::Lines(x) => self.draw_lines(plot, x, &root)?,
            Axes::Bars => self.draw_bars(plot, false, &root)?,
            Axes::Multiples => self.draw_bars(plot, true, &root)?,
        }
        legend(&self.contenders(), &root)?;
        root.present()?;
        drop(root);
        Ok(Some(svg + "\n"))
    }

    /// The contenders: what each is called, its color, and its column.
    fn contenders(&self) -> Vec<(&str, RGBColor, usize)> {
        let (mut ours, mut peers) = (OURS.iter().cycle(), PEERS.iter().cycle());
        let columns = self.columns.iter().enumerate();
        columns
            .filter_map(|(n, column)| {
                let color = match column.role {
                    Role::Fact => return None,
                    Role::Ours => ours.next(),
                    Role::Peer => peers.next(),
                };
                Some((&*column.name, *color?, n))
            })
            .collect()
    }

    /// The bars from top to bottom: for each row the figures that it has, and a gap.
    fn bars(&self) -> usize {
        let bars = self.groups(false).iter().flatten().flatten().count();
        bars + self.rows.len()
    }

    /// The figures of each row, one for each contender; a logarithmic axis has no place for zero.
    fn groups(&self, multiples: bool) -> Vec<Vec<Option<f64>>> {
        let contenders = self.contenders();
        let group = |row: &Row| {
            let figure = |cell: &Cell| cell.figure().filter(|figure| *figure > 0.0);
            let figures = contenders.iter().map(|c| figure(&row.cells[c.2]));
            let one = figures.clone().flatten().next().filter(|_| multiples);
            let one = one.unwrap_or(1.0);
            figures.map(|f| f.map(|figure| figure / one)).collect()
        };
        self.rows.iter().map(group).collect()
    }

    fn draw_bars(&self, plot: &Plot, multiples: bool, root: &Area<'_>) -> Result<()> {
        let groups = self.groups(multiples);
        let figures = range(groups.iter().flatten().copied().flatten())?;
        let mut chart = builder(plot, 220, root)
            .build_cartesian_2d(figures.clone().log_scale(), self.bars() as f64..0.0)?;
        let mut mesh = chart.configure_mesh();
        mesh.disable_y_mesh().y_labels(0).x_desc(&plot.figures);
        mesh.light_line_style(WHITE)
            .x_label_formatter(&|x| power(*x));
        mesh.draw()?;

        let mut bars = vec![Vec::new(); self.contenders().len()];
        let mut y = 0.5;
        for (row, group) in self.rows.iter().zip(&groups) {
            let middle = y + group.iter().flatten().count() as f64 / 2.0;
            let (left, middle) = chart.backend_coord(&(figures.start, middle));
            let style = (FONT, 13).into_text_style(root);
            let style = style.pos(Pos::new(HPos::Right, VPos::Center));
            root.draw_text(&row.name, &style, (left - 8, middle))?;
            for (figure, bars) in group.iter().zip(&mut bars) {
                let Some(figure) = *figure else { continue };
                bars.push([(figures.start, y + 0.08), (figure, y + 0.92)]);
                y += 1.0;
            }
            y += 1.0;
        }
        for ((_, color, _), bars) in self.contenders().into_iter().zip(bars) {
            let bars = bars.into_iter();
            let bars = bars.map(|bar| Rectangle::new(bar, color.filled()));
            chart.draw_series(bars)?;
        }
        Ok(())
    }

    fn draw_lines(&self, plot: &Plot, x: &str, root: &Area<'_>) -> Result<()> {
        let figure = |row, column| self.cell(row, column).and_then(Cell::figure);
        let xs = || self.rows.iter().map(|row| figure(row, x));
        let groups = self.groups(false);
        let ys = range(groups.iter().flatten().copied().flatten())?;
        let mut chart = builder(plot, 70, root)
            .build_cartesian_2d(range(xs().flatten())?.log_scale(), ys.log_scale())?;
        let mut mesh = chart.configure_mesh();
        mesh.light_line_style(WHITE).x_desc(x).y_desc(&plot.figures);
        mesh.x_label_formatter(&|x| power(*x));
        mesh.y_label_formatter(&|y| power(*y));
        mesh.draw()?;

        for (n, (_, color, _)) in self.contenders().into_iter().enumerate() {
            let points = xs().zip(&groups);
            let points = points.filter_map(|(x, group)| x.zip(group[n]));
            let line = LineSeries::new(points, color.stroke_width(2)).point_size(3);
            chart.draw_series(line)?;
        }
        Ok(())
    }
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A chart with a title and room for labels on the left.
fn builder<'a, 'b>(
    plot: &Plot,
    left: u32,
    root: &'a Area<'b>,
) -> ChartBuilder<'a, 'b, SVGBackend<'b>> {
    let mut builder = ChartBuilder::on(root);
    builder
        .caption(&plot.title, (FONT, 18))
        .margin(12)
        .margin_right(LEGEND);
    builder.x_label_area_size(44).y_label_area_size(left);
    builder
}

/// Names the contenders, on the right.
fn legend(contenders: &[(&str, RGBColor, usize)], root: &Area<'_>) -> Result<()> {
    let style = (FONT, 13).into_text_style(root);
    let style = style.pos(Pos::new(HPos::Left, VPos::Center));
    let x = WIDTH as i32 - LEGEND as i32 + 8;
    for (n, (name, color, _)) in contenders.iter().enumerate() {
        let y = 60 + 20 * n as i32;
        root.draw(&Rectangle::new(
            [(x, y - 5), (x + 14, y + 5)],
            color.filled(),
        ))?;
        root.draw_text(name, &style, (x + 22, y))?;
    }
    Ok(())
}

/// Whole powers of ten around all figures.
fn range(figures: impl Iterator<Item = f64> + Clone) -> Result<Range<f64>> {
    let least = figures.clone().min_by(f64::total_cmp);
    let most = figures.max_by(f64::total_cmp);
    let (least, most) = least.zip(most).context("no figure to draw")?;
    let [start, end] = [least.log10().floor(), most.log10().ceil()];
    Ok(10f64.powf(start)..10f64.powf(end.max(start + 1.0)))
}

/// A power of ten, as `1000` or `10⁶`.
fn power(value: f64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match DIGITS.get(value.log10().round() as usize) {
        Some(digit) if value > 1_000.0 => format!("10{digit}"),
        _ => shown(value),
    }
}

const FONT: &str = "sans-serif";

/// Pixels.
const WIDTH: u32 = 1010;

/// Pixels on the right for the names of the contenders.
const LEGEND: u32 = 210;

/// Pixels from one bar to the next.
const BAR: u32 = 9;

const OURS: &[RGBColor] = &[
    RGBColor(0x1f, 0x4e, 0x9c),
    RGBColor(0x6f, 0xa8, 0xdc),
    RGBColor(0x00, 0x80, 0x80),
    RGBColor(0x7f, 0xd1, 0xc7),
    RGBColor(0x5b, 0x2c, 0x83),
    RGBColor(0xb3, 0x8f, 0xd8),
    RGBColor(0x3d, 0x8b, 0x37),
    RGBColor(0xa4, 0xd6, 0x8c),
];

const PEERS: &[RGBColor] = &[
    RGBColor(0xe6, 0x8a, 0x1e),
    RGBColor(0xb0, 0x3a, 0x2e),
    RGBColor(0x8e, 0x6b, 0xb0),
    RGBColor(0x8a, 0x8a, 0x8a),
    RGBColor(0xc9, 0xa2, 0x27),
    RGBColor(0x5d, 0x40, 0x37),
    RGBColor(0xd4, 0x7f, 0xa6),
    RGBColor(0x4a, 0x4a, 0x4a),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn table(axes: Axes) -> Table {
        let columns = [("n", Role::Fact), ("ours", Role::Ours), ("a", Role::Peer)];
        let mut table = Table::new("t", "time", &columns).with_plot(Plot {
            title: "Time".into(),
            figures: "ns".into(),
            axes,
        });
        table.push("first", [10.0, 20.0, 300.0].map(Cell::Value));
        table.push(
            "second",
            [Cell::Value(100.0), Cell::Value(30.0), Cell::None],
        );
        table
    }

    #[test]
    fn ok_each_kind_of_plot_names_rows_or_facts_and_contenders() {
        for axes in [Axes::Bars, Axes::Multiples, Axes::Lines("n".into())] {
            let names = match axes {
                Axes::Lines(_) => ["ours", "Time", "ns", "n"],
                Axes::Bars | Axes::Multiples => ["ours", "Time", "first", "second"],
            };
            let svg = table(axes).to_svg().unwrap().unwrap();
            for name in names {
                assert!(svg.contains(&format!("\n{name}\n")), "{name}: {svg}");
            }
        }
    }

    #[test]
    fn err_nothing_to_draw() {
        let mut table = table(Axes::Bars);
        table.rows.clear();
        assert!(table.to_svg().is_err());
    }

    #[test]
    fn ok_ranges_are_powers_of_ten() {
        let powers = |figures: &[f64]| range(figures.iter().copied()).unwrap();
        assert_eq!(powers(&[20.0, 300.0]), 10.0..1_000.0);
        assert_eq!(powers(&[5.0]), 1.0..10.0);
    }
}
