//! A server that is a child process.

use std::pin::{Pin, pin};
use std::process::Stdio;
use std::task::{Context, Poll, ready};

use ::tokio::io::join;
use ::tokio::process::{Child, Command};
use ::tokio::runtime::Handle;
use ::tokio::time::{Sleep, sleep, timeout};

use super::{Client, Tokio};
use crate::driver::Config;
use crate::driver::blocking::PATIENCE;
use crate::driver::layers::Layers;
use crate::error::Error;

impl Client {
    /// Starts a program that speaks IMAP over its standard input and output, and talks to that.
    ///
    /// The program mostly runs for the user who is logged in already, and greets with PREAUTH: a server
    /// on the same machine, or one at the other end of `ssh`. It is started as it is, without a shell.
    /// Its standard error is that of this program unless the command says otherwise.
    ///
    /// Dropping the client closes the connection; a program that does not end within a second then, or
    /// until the end of the runtime, is killed.
    ///
    /// # Errors
    ///
    /// If the program cannot be started, ends (which later calls can tell as well), or does not greet.
    pub async fn spawn(command: std::process::Command, config: &Config) -> Result<Self, Error> {
        let mut command = Command::from(command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.kill_on_drop(true).spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::Closed);
        };
        let stream = Box::new(join(stdout, stdin));
        let mut driver = Tokio::new(stream, Layers::default(), config);
        driver.process = Some(Process {
            child: Some(child),
            patience: None,
        });
        Self::greeted(config.new_session(), driver, config).await
    }
}

/// A child process, which ends when the connection to it does.
pub(super) struct Process {
    /// The child, until this is dropped.
    child: Option<Child>,
    /// How long its end is waited for.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Process {
    /// Why the connection to it ended.
    pub(super) fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        if let Some(child) = &mut self.child
            && let Poll::Ready(status) = pin!(child.wait()).poll(cx)
        {
            return Poll::Ready(status.map_or(Error::Closed, Error::Exited));
        }
        let sleep = self
            .patience
            .get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
        ready!(sleep.as_mut().poll(cx));
        Poll::Ready(Error::Closed)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Without a runtime the child is killed at once, as it is where the runtime ends.
        if let (Some(mut child), Ok(runtime)) = (self.child.take(), Handle::try_current()) {
            runtime.spawn(async move {
                if timeout(PATIENCE, child.wait()).await.is_err() {
                    // cannot fail in a way that matters: it has ended then
                    let _ = child.kill().await;
                }
            });
        }
    }
}
