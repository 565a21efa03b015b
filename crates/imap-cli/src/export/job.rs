//! What is still to be fetched.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::listing::Listing;

/// Messages of one mailbox that are fetched with one command.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Job {
    /// The place of the mailbox among those that are exported.
    pub(super) mailbox: usize,
    /// The places of the messages in its listing.
    pub(super) messages: Vec<usize>,
    /// How often it was tried in vain.
    pub(super) tries: u32,
}

impl Job {
    /// Divides the missing messages of a mailbox: small ones together, large ones alone.
    pub(super) fn divide(mailbox: usize, listing: &Listing, missing: &[usize]) -> Vec<Self> {
        let mut jobs: Vec<Self> = Vec::new();
        let mut octets = 0;
        for place in missing {
            let size = listing
                .messages
                .get(*place)
                .map_or(0, |message| message.size);
            octets += size;
            match jobs.last_mut() {
                Some(job) if octets <= OCTETS && job.messages.len() < MESSAGES => {
                    job.messages.push(*place);
                }
                _ => {
                    octets = size;
                    jobs.push(Self {
                        mailbox,
                        messages: vec![*place],
                        tries: 0,
                    });
                }
            }
        }
        jobs
    }

    /// The same messages, each for itself.
    fn split(self) -> impl Iterator<Item = Self> {
        let mailbox = self.mailbox;
        self.messages.into_iter().map(move |place| Self {
            mailbox,
            messages: vec![place],
            tries: 0,
        })
    }
}

/// What is still to be fetched, by several threads.
#[derive(Debug, Default)]
pub(super) struct Queue {
    jobs: Mutex<Jobs>,
    /// A job has come back or is done.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    /// How many are being done.
    taken: usize,
}

impl Queue {
    pub(super) fn new(jobs: Vec<Job>) -> Self {
        let jobs = Jobs {
            waiting: jobs.into(),
            taken: 0,
        };
        Self {
            jobs: Mutex::new(jobs),
            changed: Condvar::new(),
        }
    }

    /// The next job, of the mailbox that is selected already if there is one; nothing if all are done.
    ///
    /// It waits as long as others are at work that may have to give theirs back.
    pub(super) fn take(&self, selected: Option<usize>) -> Option<Job> {
        let jobs = self.lock();
        let is_idle = |jobs: &mut Jobs| jobs.waiting.is_empty() && jobs.taken > 0;
        let jobs = self.changed.wait_while(jobs, is_idle);
        let mut jobs = jobs.unwrap_or_else(PoisonError::into_inner);
        let mut near = jobs.waiting.iter();
        let near = near.position(|job| Some(job.mailbox) == selected);
        let job = jobs.waiting.remove(near.unwrap_or(0))?;
        jobs.taken += 1;
        Some(job)
    }

    /// Says that a job which was taken is done.
    pub(super) fn done(&self) {
        self.give_back([]);
    }

    /// Gives back a job that was taken and could not be done.
    pub(super) fn put_back(&self, job: Job) {
        self.give_back([job]);
    }

    /// Gives back a job that may be impossible because of one of its messages.
    pub(super) fn put_back_split(&self, job: Job) {
        self.give_back(job.split());
    }

    /// How many jobs wait.
    pub(super) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    fn give_back(&self, rest: impl IntoIterator<Item = Job>) {
        let mut jobs = self.lock();
        jobs.waiting.extend(rest);
        jobs.taken = jobs.taken.saturating_sub(1);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Octets of the messages of one job, unless it is only one.
const OCTETS: u64 = 2 << 20;
/// Messages of one job.
const MESSAGES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::listing::Message;

    #[test]
    fn ok_small_messages_go_together() {
        let sizes = [10, OCTETS - 10, 1, OCTETS + 1, 5];
        let message = |(uid, size)| Message {
            uid,
            size,
            date: None,
            flags: 0,
        };
        let listing = Listing {
            messages: (1..).zip(sizes).map(message).collect(),
            ..Listing::default()
        };
        let jobs = Job::divide(3, &listing, &[0, 1, 2, 3, 4]);
        let places: Vec<_> = jobs.iter().map(|job| job.messages.clone()).collect();
        assert_eq!(places, [vec![0, 1], vec![2], vec![3], vec![4]]);
        assert!(jobs.iter().all(|job| job.mailbox == 3));
    }

    #[test]
    fn ok_jobs_of_the_selected_mailbox_come_first() {
        let job = |mailbox, messages: &[usize]| Job {
            mailbox,
            messages: messages.to_vec(),
            tries: 0,
        };
        let queue = Queue::new(vec![job(0, &[1]), job(1, &[2]), job(0, &[3, 4])]);
        assert_eq!(queue.take(Some(1)), Some(job(1, &[2])));
        assert_eq!(queue.take(Some(1)), Some(job(0, &[1])));
        queue.put_back_split(queue.take(None).unwrap());
        assert_eq!(queue.len(), 2);
        assert_eq!(queue.take(Some(0)), Some(job(0, &[3])));
        assert_eq!(queue.take(Some(0)), Some(job(0, &[4])));
        (0..4).for_each(|_| queue.done());
        assert_eq!(queue.take(Some(0)), None);
    }

    #[test]
    fn ok_job_of_a_thread_that_ends_is_done_by_another() {
        let job = Job {
            mailbox: 0,
            messages: vec![1],
            tries: 0,
        };
        let queue = Queue::new(vec![job.clone()]);
        let taken = queue.take(None).unwrap();
        std::thread::scope(|scope| {
            let other = scope.spawn(|| queue.take(None));
            queue.put_back(taken);
            assert_eq!(other.join().unwrap(), Some(job));
        });
    }
}
