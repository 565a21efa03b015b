//! One figure.

use serde::{Deserialize, Serialize};

/// One figure, or why there is none. As JSON: a number, `{"over": 10}`, `{"missing": "why"}`, a
/// string or `null`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// What was measured or counted.
    Value(f64),
    /// More than that, for it was ended there.
    Over {
        /// What was measured up to then.
        over: f64,
    },
    /// It could not be measured here.
    Missing {
        /// Why.
        missing: String,
    },
    /// A word.
    Text(String),
    /// Nothing to measure: that contender does not do that.
    None,
}

impl Cell {
    /// Something counted, which is exact.
    pub fn count(count: usize) -> Self {
        Self::Value(count as f64)
    }

    /// Something measured, of which four digits are kept.
    pub fn measured(value: f64) -> Self {
        Self::Value(rounded(value))
    }

    /// A measurement that was given up when it had come to that.
    pub fn over(value: f64) -> Self {
        Self::Over {
            over: rounded(value),
        }
    }

    /// What could not be measured here, and why.
    pub fn missing(why: impl Into<String>) -> Self {
        Self::Missing {
            missing: why.into(),
        }
    }

    /// What a table shows.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Value(value) => shown(*value),
            Self::Over { over } => format!("> {}", shown(*over)),
            Self::Missing { .. } | Self::None => "-".into(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The figure, were it more than that or not.
    pub(super) fn figure(&self) -> Option<f64> {
        match self {
            Self::Value(value) | Self::Over { over: value } => Some(*value),
            Self::Missing { .. } | Self::Text(_) | Self::None => None,
        }
    }
}

impl From<Option<f64>> for Cell {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::None, Self::measured)
    }
}

/// About three digits; counts are shown in full.
pub(super) fn shown(value: f64) -> String {
    match value.abs() {
        _ if value.fract() == 0.0 => format!("{value}"),
        ..10.0 => format!("{value:.2}"),
        ..1_000.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// Four digits of a number.
fn rounded(value: f64) -> f64 {
    let digits = format!("{value:.3e}");
    digits.parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_figures_have_few_digits_and_counts_all() {
        let cells = [
            Cell::measured(2.34567),
            Cell::measured(56.4999),
            Cell::measured(2_920_371.5),
            Cell::count(16_777_262),
            Cell::over(10.0),
            Cell::missing("not installed"),
            Cell::None,
        ];
        let shown: Vec<_> = cells.iter().map(Cell::shown).collect();
        assert_eq!(
            shown,
            ["2.35", "56.5", "2920000", "16777262", "> 10", "-", "-"]
        );
    }

    #[test]
    fn ok_cells_are_short_as_json() {
        let cells = [
            Cell::measured(2.34567),
            Cell::over(10.0),
            Cell::missing("why"),
            Cell::Text("yes".into()),
            Cell::None,
        ];
        let json = serde_json::to_string(&cells).unwrap();
        assert_eq!(
            json,
            r#"[2.346,{"over":10.0},{"missing":"why"},"yes",null]"#
        );
        let again: Vec<Cell> = serde_json::from_str(&json).unwrap();
        assert_eq!(again, cells);
    }
}
