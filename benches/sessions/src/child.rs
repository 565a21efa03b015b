//! A client in a process of its own, and what that took.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::resource::{Usage, UsageWho, getrusage};

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
    let status = wait(&mut child, start + patience)?;
    let wall = start.elapsed();
    let cpu = of_children()? - before;
    let said = said.join().unwrap_or_default();
    let complained = complained.join().unwrap_or_default();
    let Some(status) = status else {
        return Ok(Outcome::TooSlow(patience));
    };
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

fn listen(stream: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut said = Vec::new();
        // What was said before an error is all there is.
        let _ = stream.map(|mut stream| stream.read_to_end(&mut said));
        said
    })
}

/// Waits for the end of a process, and brings it about after some time.
fn wait(child: &mut Child, deadline: Instant) -> std::io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

/// What all children that ended took.
fn of_children() -> Result<Duration> {
    let usage: Usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let [user, system] = [usage.user_time(), usage.system_time()].map(|time| {
        // cannot fail: times since the start of the process
        let (seconds, micros) = (time.tv_sec() as u64, time.tv_usec() as u64);
        Duration::from_secs(seconds) + Duration::from_micros(micros)
    });
    Ok(user + system)
}
