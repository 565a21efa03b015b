//! A bar on the terminal, for what takes its time.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far a run has got, in octets: shown on standard error if that is a terminal.
#[derive(Clone, Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many octets in so many messages.
    pub(crate) fn new(octets: u64, messages: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(octets), ProgressDrawTarget::stderr());
        // cannot fail: the template is a constant, and a test reads it
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.enable_steady_tick(TICK);
        let progress = Self(bar);
        progress.say(0, messages);
        progress
    }

    /// So many more octets are done.
    pub(crate) fn advance(&self, octets: u64) {
        self.0.inc(octets);
    }

    /// How many messages are done, and of how many.
    pub(crate) fn say(&self, done: u64, messages: u64) {
        self.0.set_message(format!("{done}/{messages} messages"));
    }

    /// Prints a line above the bar, on standard error.
    pub(crate) fn note(&self, line: &str) {
        self.0.suspend(|| anstream::eprintln!("imap: {line}"));
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}

const TEMPLATE: &str = "{msg}  [{wide_bar}] {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left";
const TICK: Duration = Duration::from_millis(200);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_template_is_read() {
        ProgressStyle::with_template(TEMPLATE).unwrap();
    }
}
