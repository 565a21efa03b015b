//! A run of the command that is looked at meanwhile.

use std::io::{BufRead as _, BufReader, Lines, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// A run that goes on; it is killed if it is dropped.
pub(crate) struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            lines: stdout.lines(),
        }
    }

    pub(crate) fn line(&mut self) -> String {
        self.lines.next().expect("a line").unwrap()
    }

    pub(crate) fn json(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// Interrupts it, as Ctrl-C does.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let mut kill = Command::new("kill");
        let status = kill.args(["-INT", &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Interrupts it again and again.
    #[cfg(unix)]
    pub(crate) fn interrupt_until_it_ends(&mut self) {
        while self.child.try_wait().unwrap().is_none() {
            self.interrupt();
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until something is so, which has to be before the end.
    pub(crate) fn wait_until(&mut self, mut is_so: impl FnMut() -> bool) {
        while !is_so() {
            assert_eq!(self.child.try_wait().unwrap(), None);
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits for the end, and gives the exit code and what was written to standard error.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        assert!(self.lines.next().is_none());
        let mut stderr = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        (self.child.wait().unwrap().code(), stderr)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
