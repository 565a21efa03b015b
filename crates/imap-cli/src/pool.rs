//! Connections that share work.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::error::{Exit, Failure};

/// What is still to be done, by several threads.
#[derive(Debug)]
pub(crate) struct Queue<J> {
    jobs: Mutex<Jobs<J>>,
    /// A job has come back or is done.
    changed: Condvar,
}

#[derive(Debug)]
struct Jobs<J> {
    waiting: VecDeque<J>,
    /// How many are being done.
    taken: usize,
}

impl<J> Queue<J> {
    pub(crate) fn new(jobs: Vec<J>) -> Self {
        let jobs = Jobs {
            waiting: jobs.into(),
            taken: 0,
        };
        Self {
            jobs: Mutex::new(jobs),
            changed: Condvar::new(),
        }
    }

    /// The next job, one that is near if there is such; nothing if all are done.
    ///
    /// It waits as long as others are at work that may have to give theirs back.
    pub(crate) fn take(&self, is_near: impl Fn(&J) -> bool) -> Option<J> {
        let jobs = self.lock();
        let is_idle = |jobs: &mut Jobs<J>| jobs.waiting.is_empty() && jobs.taken > 0;
        let jobs = self.changed.wait_while(jobs, is_idle);
        let mut jobs = jobs.unwrap_or_else(PoisonError::into_inner);
        let near = jobs.waiting.iter().position(is_near);
        let job = jobs.waiting.remove(near.unwrap_or(0))?;
        jobs.taken += 1;
        Some(job)
    }

    /// Says that a job which was taken is done.
    pub(crate) fn done(&self) {
        self.put_back([]);
    }

    /// Gives back a job that was taken and could not be done, as it is or in parts.
    pub(crate) fn put_back(&self, rest: impl IntoIterator<Item = J>) {
        let mut jobs = self.lock();
        jobs.waiting.extend(rest);
        jobs.taken = jobs.taken.saturating_sub(1);
        self.changed.notify_all();
    }

    /// How many jobs wait.
    pub(crate) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    fn lock(&self) -> MutexGuard<'_, Jobs<J>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets connections work, each in a thread, and gives the failure that matters most if there was one.
///
/// `has_failed` is set as soon as something happened after which the others cannot go on either.
pub(crate) fn work<L: Send>(
    links: Vec<L>,
    has_failed: &AtomicBool,
    work: impl Fn(L) -> Result<(), Failure> + Sync,
) -> Option<Failure> {
    let failures = Mutex::new(Vec::new());
    let run = |link| {
        if let Err(failure) = work(link) {
            note(&failure, has_failed);
            let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
            failures.push(failure);
        }
    };
    thread::scope(|scope| {
        for link in links {
            scope.spawn(|| run(link));
        }
    });
    let failures = failures.into_inner();
    let failures = failures.unwrap_or_else(PoisonError::into_inner);
    let is_worst =
        |failure: &Failure| failure.exit() != Exit::Interrupted && !is_of_connection(failure);
    let at = failures.iter().position(is_worst).unwrap_or(0);
    failures.into_iter().nth(at)
}

/// Sets `has_failed` if the others cannot go on after this either. To be called before a job is given back,
/// so that nobody begins with it.
pub(crate) fn note(failure: &Failure, has_failed: &AtomicBool) {
    if !is_of_connection(failure) {
        has_failed.store(true, Ordering::Relaxed);
    }
}

/// Whether only one connection is concerned: some servers do not allow many.
fn is_of_connection(failure: &Failure) -> bool {
    failure.is_lost() || matches!(failure.exit(), Exit::LogIn | Exit::NoHost | Exit::Tls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_jobs_that_are_near_come_first() {
        let queue = Queue::new(vec![(0, 1), (1, 2), (0, 3)]);
        let near = |job: &(i32, i32)| job.0 == 1;
        assert_eq!(queue.take(near), Some((1, 2)));
        assert_eq!(queue.take(near), Some((0, 1)));
        assert_eq!(queue.take(near), Some((0, 3)));
        queue.put_back([(0, 4), (0, 5)]);
        assert_eq!(queue.len(), 2);
        assert_eq!(queue.take(near), Some((0, 4)));
        assert_eq!(queue.take(near), Some((0, 5)));
        (0..4).for_each(|_| queue.done());
        assert_eq!(queue.take(near), None);
    }

    #[test]
    fn ok_job_of_a_thread_that_ends_is_done_by_another() {
        let queue = Queue::new(vec![1]);
        let taken = queue.take(|_| false).unwrap();
        thread::scope(|scope| {
            let other = scope.spawn(|| queue.take(|_| false));
            queue.put_back([taken]);
            assert_eq!(other.join().unwrap(), Some(1));
        });
    }

    #[test]
    fn ok_failure_of_all_matters_more_than_that_of_one() {
        let has_failed = AtomicBool::new(false);
        let failures = vec![
            Failure::new(Exit::Unreachable, "lost").lost(),
            Failure::new(Exit::Interrupted, "interrupted"),
            Failure::new(Exit::File, "full"),
        ];
        let worst = work(failures, &has_failed, Err);
        assert_eq!(worst.unwrap().message(), "full");
        assert!(has_failed.into_inner());
        let has_failed = AtomicBool::new(false);
        let lost = vec![Failure::new(Exit::LogIn, "too many connections")];
        assert!(work(lost, &has_failed, Err).is_some());
        assert!(!has_failed.into_inner());
    }
}
