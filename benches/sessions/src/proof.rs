//! What a client found, so that none is fast by leaving something out.

use std::fmt;
use std::hint::black_box;
use std::io::{self, Write};
use std::num::ParseIntError;
use std::str::FromStr;

/// What a client found in all messages.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Proof {
    /// How many messages, numbers or answers to NOOP there were.
    pub count: u64,
    /// All UIDs, added.
    pub uids: u64,
    /// Of each message how many flags it has, its size, or what [`Sample::total`] gives; added.
    pub content: u64,
}

impl Proof {
    /// Adds a message.
    pub fn add(&mut self, uid: u64, content: u64) {
        self.count += 1;
        self.uids += uid;
        self.content += content;
    }

    /// UIDs without more.
    pub fn of_numbers(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut proof = Self::default();
        for number in numbers {
            proof.add(number.into(), 0);
        }
        proof
    }

    /// So many things without a number.
    pub fn of_count(count: usize) -> Self {
        Self {
            count: count as u64,
            ..Self::default()
        }
    }
}

/// `100 5050 23`
impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.count, self.uids, self.content)
    }
}

impl FromStr for Proof {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        let mut numbers = text.split(' ').map(str::parse);
        let mut next = || numbers.next().unwrap_or_else(|| "".parse());
        Ok(Self {
            count: next()?,
            uids: next()?,
            content: next()?,
        })
    }
}

/// Takes a sample of a text, whatever the pieces in which it comes: its length, and each 4096th octet.
#[derive(Debug, Default)]
pub struct Sample {
    octets: u64,
    sum: u64,
}

impl Sample {
    const STEP: u64 = 4096;

    /// What [`Sample::total`] gives of a whole text.
    pub fn of(text: &[u8]) -> u64 {
        let mut sample = Self::default();
        sample.take(text);
        sample.total()
    }

    /// The octets that were taken and their number, added.
    pub const fn total(&self) -> u64 {
        self.octets + self.sum
    }

    fn take(&mut self, piece: &[u8]) {
        let skipped = (Self::STEP - self.octets % Self::STEP) % Self::STEP;
        // cannot fail: less than 4096
        let taken = piece.iter().skip(skipped as usize);
        self.sum += taken
            .step_by(Self::STEP as usize)
            .map(|octet| u64::from(*octet))
            .sum::<u64>();
        self.octets += piece.len() as u64;
    }
}

impl Write for Sample {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.take(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where a large text is streamed to: copies it, as a file would, and takes a sample.
#[derive(Debug)]
pub struct Sink {
    page: Box<[u8]>,
    sample: Sample,
}

impl Sink {
    const PAGE: usize = 64 << 10;

    /// What [`Sample::total`] gives of the text so far.
    pub const fn total(&self) -> u64 {
        self.sample.total()
    }
}

impl Default for Sink {
    fn default() -> Self {
        Self {
            page: vec![0; Self::PAGE].into(),
            sample: Sample::default(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        for piece in octets.chunks(Self::PAGE) {
            let page = &mut self.page[..piece.len()];
            page.copy_from_slice(piece);
            // Nobody looks at it, which must not keep it from being written.
            black_box(page);
        }
        self.sample.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_sample_does_not_depend_on_pieces() {
        let text: Vec<u8> = (0..20_000_u32).map(|n| n as u8).collect();
        let whole = Sample::of(&text);
        for size in [1, 7, 4095, 4096, 4097, 9000] {
            let mut sink = Sink::default();
            text.chunks(size)
                .for_each(|piece| sink.write_all(piece).unwrap());
            assert_eq!(sink.total(), whole, "pieces of {size}");
        }
    }

    #[test]
    fn ok_proof_reads_what_it_writes() {
        let proof = Proof::of_numbers([3, 4]);
        assert_eq!(proof.to_string(), "2 7 0");
        assert_eq!(proof.to_string().parse(), Ok(proof));
        assert!("2 7".parse::<Proof>().is_err());
    }
}
