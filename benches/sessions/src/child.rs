//! A client in a process of its own, and what that took.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::resource::{UsageWho, getrusage};

use crate::contender::{Client, Contender};
use crate::load::Scenario;
use crate::proof::{Proof, Sample};

/// What a process took, from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Time of processors, user and system.
    pub cpu: Duration,
    /// Time that passed.
    pub wall: Duration,
    /// The most memory that was resident, in octets; nothing if the client cannot tell.
    pub peak: Option<u64>,
}

impl Cost {
    /// The better of both, each figure on its own.
    pub(crate) fn min(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            wall: self.wall.min(other.wall),
            peak: self.peak.zip(other.peak).map(|(a, b)| a.min(b)),
        }
    }
}

/// How a session in a process of its own ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The client found this.
    Done(Proof, Cost),
    /// It was ended after this time.
    TooSlow(Duration),
}

/// Runs a command to its end. Nobody else may have children meanwhile.
///
/// # Errors
///
/// If it cannot be run, fails, or does not say what it found.
pub(crate) fn run(
    contender: Contender,
    scenario: Scenario,
    mut command: Command,
    patience: Duration,
) -> Result<Outcome> {
    let before = of_children()?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let said = listen(child.stdout.take());
    let complained = listen(child.stderr.take());
    let Ok(said) = said.recv_timeout(patience) else {
        child.kill()?;
        child.wait()?;
        return Ok(Outcome::TooSlow(patience));
    };
    let status = child.wait()?;
    let wall = start.elapsed();
    let cpu = of_children()? - before;
    let complained = complained.recv().unwrap_or_default();
    if !status.success() {
        let text = String::from_utf8_lossy(&complained);
        bail!("{}: {status}: {}", contender.key(), text.trim());
    }
    let (proof, peak) = match contender.client {
        Client::Curl => (printed(scenario, &said), None),
        _ => report(&said)?,
    };
    Ok(Outcome::Done(proof, Cost { cpu, wall, peak }))
}

/// What a client says at its end: the proof, and KiB of memory.
fn report(said: &[u8]) -> Result<(Proof, Option<u64>)> {
    let said = std::str::from_utf8(said)?.trim_end();
    let (proof, peak) = said.rsplit_once(' ').context("said nothing")?;
    let peak: u64 = peak.parse()?;
    Ok((proof.parse()?, Some(peak << 10)))
}

/// What is in the contents that a client prints.
fn printed(scenario: Scenario, said: &[u8]) -> Proof {
    match scenario {
        Scenario::Large => {
            let mut proof = Proof::default();
            proof.add(1, Sample::of(said));
            proof
        }
        _ => Proof::default(),
    }
}

/// Takes all that comes, up to the end.
fn listen(stream: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (end, ended) = channel();
    std::thread::spawn(move || {
        let mut said = Vec::new();
        // What was said before an error is all there is.
        let _ = stream.map(|mut stream| stream.read_to_end(&mut said));
        end.send(said)
    });
    ended
}

/// What all children that ended took.
fn of_children() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let [user, system] = [usage.user_time(), usage.system_time()].map(|time| {
        // cannot fail: times since the start of the process
        let (seconds, micros) = (time.tv_sec() as u64, time.tv_usec() as u64);
        Duration::from_secs(seconds) + Duration::from_micros(micros)
    });
    Ok(user + system)
}
