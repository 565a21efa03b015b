//! Ctrl-C: commands that have something to bring to an end look here.

use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::error::{Exit, Failure};
use crate::output::Output;
use crate::unfinished;

/// Whether the user wants the run to end. The second time, it ends at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<(Mutex<bool>, Condvar)>);

impl Interrupt {
    /// Listens from now on to Ctrl-C and to the signals that end a program; the same for all in a process.
    pub(crate) fn listen() -> Self {
        static LISTENING: OnceLock<Interrupt> = OnceLock::new();

        LISTENING.get_or_init(Self::start).clone()
    }

    fn start() -> Self {
        let interrupt = Self::default();
        let told = interrupt.clone();
        let listening = ctrlc::set_handler(move || {
            if told.is_set() {
                unfinished::exit(Exit::Interrupted);
            }
            told.set();
        });
        if let Err(error) = listening {
            anstream::eprintln!("imap: warning: Ctrl-C ends the program at once: {error}");
        }
        interrupt
    }

    /// Sees to it that the run ends with this failure soon after the user wants an end, even if the server
    /// is silent meanwhile. With `is_json`, it is printed, too.
    pub(crate) fn ends_in_time_with(&self, failure: Failure, is_json: bool) {
        let interrupt = self.clone();
        std::thread::spawn(move || {
            while !interrupt.wait(Duration::from_secs(3600)) {}
            std::thread::sleep(GRACE);
            // Nobody is left to be told that it cannot be printed.
            let _ = Output::new(&mut std::io::stdout())
                .with_json(is_json)
                .failure(&failure);
            failure.report();
            unfinished::exit(Exit::Interrupted);
        });
    }

    /// Has the run end, as Ctrl-C does.
    pub(crate) fn set(&self) {
        let (is_set, changed) = &*self.0;
        *is_set.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
    }

    pub(crate) fn is_set(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for so long, or until the run is to end, and tells whether it is.
    pub(crate) fn wait(&self, time: Duration) -> bool {
        let (is_set, changed) = &*self.0;
        let guard = is_set.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(guard, time, |is_set| !*is_set);
        *waited.unwrap_or_else(PoisonError::into_inner).0
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
