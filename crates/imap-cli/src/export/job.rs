//! What is fetched with one command.

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
    pub(super) fn split(self) -> impl Iterator<Item = Self> {
        let mailbox = self.mailbox;
        self.messages.into_iter().map(move |place| Self {
            mailbox,
            messages: vec![place],
            tries: 0,
        })
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
}
