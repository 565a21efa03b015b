//! A server process that cannot outlive the test that started it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::error::StartError;
use crate::state::StateDir;

/// What the server and its guard write to standard output and error.
pub(crate) const OUTPUT: &str = "output";

/// A server process that cannot outlive the test that started it.
///
/// A shell script beside the server kills it when its standard input closes. The kernel closes it
/// however the test ends, so a server in a static, which is never dropped, or in a test that is
/// killed, goes as well. Each of the two leads a process group: the server's is what is killed, and
/// a Ctrl-C at the terminal reaches neither.
#[derive(Debug)]
pub(crate) struct Guard {
    script: Child,
    server: Child,
}

impl Guard {
    /// Runs a server that stays in the foreground, as the account of its state directory.
    pub(crate) fn start(mut server: Command, state: &StateDir) -> Result<Self, StartError> {
        let output = state.write(OUTPUT, "")?;
        let failed = |what: &OsStr| StartError::io(format!("run {}", what.display()));

        let removed = if state.is_kept() {
            Path::new("")
        } else {
            state.path()
        };
        let mut script = Command::new("sh");
        script
            .args(["-c", include_str!("guard.sh"), "guard.sh"])
            .arg(removed);
        script.stdin(Stdio::piped());
        let mut script = spawn(&mut script, &output, state).map_err(failed("sh".as_ref()))?;

        server.stdin(Stdio::null());
        let child = spawn(&mut server, &output, state).map_err(failed(server.get_program()))?;
        let told = script
            .stdin
            .as_mut()
            .map(|pipe| writeln!(pipe, "{}", child.id()));
        let guard = Self {
            script,
            server: child,
        };
        told.unwrap_or(Ok(())).map_err(failed("sh".as_ref()))?;
        Ok(guard)
    }

    /// How the server has ended by itself; `None` while it runs.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.server.try_wait().ok().flatten()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // `wait` closes the pipe first. An error means that nothing is left to wait for.
        let _ = self.script.wait();
        // Without this a script that was never told would leave a server to wait for.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Runs a command as leader of a process group, with its output at the end of a file.
fn spawn(command: &mut Command, output: &Path, state: &StateDir) -> io::Result<Child> {
    let file = File::options().append(true).open(output)?;
    command.stdout(file.try_clone()?).stderr(file);
    command.current_dir(state.path()).process_group(0);
    state.account().run_as(command);
    command.spawn()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;

    fn guard(arguments: &[&str]) -> (Guard, StateDir) {
        let state = StateDir::create("test", Account::for_server(&["nobody"]).unwrap()).unwrap();
        let mut server = Command::new("sh");
        server.args(arguments);
        (Guard::start(server, &state).unwrap(), state)
    }

    #[test]
    fn drop_kills_a_server_that_heeds_no_signal() {
        let (guard, state) = guard(&["-c", "trap '' TERM INT HUP; while :; do sleep 1; done"]);
        drop(guard);
        assert!(!state.path().exists());
    }

    #[test]
    fn server_that_ends_by_itself_is_noticed_and_its_folder_stays() {
        let (mut guard, state) = guard(&["-c", "echo no way; exit 3"]);
        let status = loop {
            if let Some(status) = guard.ended() {
                break status;
            }
            std::thread::yield_now();
        };
        assert_eq!(status.code(), Some(3));
        assert_eq!(state.tail(OUTPUT, 1), "no way");
    }
}
