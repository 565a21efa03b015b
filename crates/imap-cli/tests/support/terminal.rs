//! A run of the command on a terminal, with somebody who types.

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::process::{Child, Command};

use pty_process::Size;
use pty_process::blocking::Pty;

/// A command on a terminal of its own; it is killed if it is dropped.
pub(crate) struct Terminal {
    pty: Pty,
    child: Child,
    screen: vt100::Parser,
    /// Where that ends on the screen which was waited for last.
    seen: usize,
}

impl Terminal {
    pub(crate) fn start(command: &Command) -> Self {
        let (pty, other_end) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(ROWS.get(), COLUMNS.get())).unwrap();
        let variables = command.get_envs();
        let variables = variables.filter_map(|(name, value)| Some((name, value?)));
        let child = pty_process::blocking::Command::new(command.get_program())
            .args(command.get_args())
            .current_dir(command.get_current_dir().unwrap())
            .env_clear()
            .envs(variables)
            .env("TERM", "xterm")
            .spawn(other_end);
        Self {
            pty,
            child: child.unwrap(),
            screen: vt100::Parser::new(ROWS, COLUMNS, 0),
            seen: 0,
        }
    }

    /// What is to be seen.
    pub(crate) fn shown(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until this is to be seen behind what was waited for before.
    pub(crate) fn wait_for(&mut self, text: &str) {
        loop {
            let shown = self.shown();
            if let Some(place) = shown[self.seen..].find(text) {
                self.seen += place + text.len();
                return;
            }
            assert!(self.read(), "no `{text}`: {shown}");
        }
    }

    /// Types this.
    pub(crate) fn type_in(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).unwrap();
    }

    /// Whether the terminal shows what is typed.
    pub(crate) fn has_echo(&self) -> bool {
        use rustix::termios::{LocalModes, tcgetattr};

        tcgetattr(&self.pty)
            .unwrap()
            .local_modes
            .contains(LocalModes::ECHO)
    }

    /// Waits for the end, and gives the exit code.
    pub(crate) fn end(&mut self) -> Option<i32> {
        while self.read() {}
        self.child.wait().unwrap().code()
    }

    /// Takes in what is written there, and tells whether there was something.
    fn read(&mut self) -> bool {
        let mut buffer = [0; 1024];
        // It fails when nobody is there any more.
        let count = self.pty.read(&mut buffer).unwrap_or(0);
        self.screen.process(&buffer[..count]);
        count > 0
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ROWS: NonZero<u16> = NonZero::new(100).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(160).unwrap();
