//! The files in `docs` that show the figures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{Report, Target, fill};

/// The folder with the document, its figures and its plots.
#[derive(Clone, Debug)]
pub struct Docs(PathBuf);

/// A file with what has to be in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Page {
    /// Where it is.
    pub path: PathBuf,
    /// What has to be in it.
    pub text: String,
}

impl Docs {
    /// The folder `docs` of this repository.
    pub fn here() -> Self {
        Self(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs"))
    }

    /// The figures of the last run.
    ///
    /// # Errors
    ///
    /// There is no such file, or it holds something else.
    pub fn figures(&self) -> Result<Report> {
        let path = self.figures_path();
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    }

    /// All files that are made of the figures: the document, the plots and the figures themselves.
    ///
    /// # Errors
    ///
    /// The document and the report do not fit each other.
    pub fn pages(&self, report: &Report, targets: &[Target]) -> Result<Vec<Page>> {
        let path = self.0.join("BENCHMARKS.md");
        let document = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let text = fill(&document, report, targets)?;
        let figures = Page {
            path: self.figures_path(),
            text: serde_json::to_string_pretty(report)? + "\n",
        };
        let mut pages = vec![Page { path, text }, figures];
        for table in &report.tables {
            if let Some(text) = table.to_svg()? {
                let path = self.0.join(format!("benchmarks/{}.svg", table.id));
                pages.push(Page { path, text });
            }
        }
        Ok(pages)
    }

    /// Writes all files.
    ///
    /// # Errors
    ///
    /// Those of [`pages`](Self::pages), or a file cannot be written.
    pub fn write(&self, report: &Report, targets: &[Target]) -> Result<()> {
        fs::create_dir_all(self.0.join("benchmarks"))?;
        for page in self.pages(report, targets)? {
            fs::write(&page.path, page.text).with_context(|| page.path.display().to_string())?;
        }
        Ok(())
    }

    fn figures_path(&self) -> PathBuf {
        self.0.join("benchmarks/figures.json")
    }
}
