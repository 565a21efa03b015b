//! Ctrl-C: commands that have something to bring to an end look here.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crate::error::{Exit, Failure};
use crate::output::Output;
use crate::unfinished;

/// Whether the user wants the run to end. The second time, it ends at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    is_set: bool,
    /// Somebody looks, and brings the run to its end.
    is_watched: bool,
}

impl Interrupt {
    /// Listens from now on to Ctrl-C and to the signals that end a program; the same for all in a process.
    pub(crate) fn listen() -> Self {
        let interrupt = Self::shared();
        interrupt.watch(true);
        interrupt.clone()
    }

    /// Does not let Ctrl-C end the run at once while something is done that has to come to its end.
    ///
    /// If that was interrupted, it is for the caller to tell so and to end the run.
    pub(crate) fn not_during<T>(something: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let interrupt = Self::shared();
        let was_watched = interrupt.watch(true);
        let done = something();
        let kind = done.as_ref().err().map(io::Error::kind);
        // The signal may be noticed later than its consequence.
        if kind != Some(io::ErrorKind::Interrupted) {
            interrupt.watch(was_watched);
        }
        done
    }

    fn shared() -> &'static Self {
        static SHARED: OnceLock<Interrupt> = OnceLock::new();

        SHARED.get_or_init(Self::start)
    }

    fn start() -> Self {
        let interrupt = Self::default();
        let told = interrupt.clone();
        let listening = ctrlc::set_handler(move || {
            if told.is_set() || !told.state().is_watched {
                unfinished::exit(Exit::Interrupted);
            }
            told.set();
        });
        if let Err(error) = listening {
            anstream::eprintln!("imap: warning: Ctrl-C ends the program at once: {error}");
        }
        interrupt
    }

    /// Says whether somebody looks from now on, and tells whether somebody did before.
    fn watch(&self, is_watched: bool) -> bool {
        std::mem::replace(&mut self.state().is_watched, is_watched)
    }

    /// Sees to it that the run ends with this failure soon after the user wants an end, even if the server
    /// is silent meanwhile. With `is_json`, it is printed, too.
    pub(crate) fn ends_in_time_with(&self, failure: Failure, is_json: bool) {
        let interrupt = self.clone();
        std::thread::spawn(move || {
            while !interrupt.wait(Duration::from_secs(3600)) {}
            std::thread::sleep(GRACE);
            // Nobody is left to be told that it cannot be printed.
            let _ = Output::new(&mut io::stdout())
                .with_json(is_json)
                .failure(&failure);
            failure.report();
            unfinished::exit(Exit::Interrupted);
        });
    }

    /// Has the run end, as Ctrl-C does.
    pub(crate) fn set(&self) {
        self.state().is_set = true;
        self.0.1.notify_all();
    }

    pub(crate) fn is_set(&self) -> bool {
        self.state().is_set
    }

    /// Waits for so long, or until the run is to end, and tells whether it is.
    pub(crate) fn wait(&self, time: Duration) -> bool {
        let is_unset = |state: &mut State| !state.is_set;
        let waited = self.0.1.wait_timeout_while(self.state(), time, is_unset);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_set
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The user wants an end, and is told how far it went.
pub(crate) fn interrupted(text: impl Into<String>) -> Failure {
    Failure::new(Exit::Interrupted, text)
}

/// How long an interrupted run may take to end as it should.
const GRACE: Duration = Duration::from_secs(3);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_waiting_ends_when_interrupted() {
        let interrupt = Interrupt::default();
        assert!(!interrupt.wait(Duration::from_millis(1)));
        let other = interrupt.clone();
        let thread = std::thread::spawn(move || other.wait(Duration::from_secs(600)));
        interrupt.set();
        assert!(thread.join().unwrap());
        assert!(interrupt.is_set());
    }
}
