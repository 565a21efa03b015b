//! Where and when figures were taken.

use std::fmt::{self, Display, Formatter};

use cargo_lock::{Lockfile, Package};
use serde::{Deserialize, Serialize};
use sysinfo::{CpuRefreshKind, RefreshKind, System};
use time::OffsetDateTime;

/// Where and when figures were taken, and of what.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Machine {
    /// The day, in UTC, as `2026-11-24`.
    pub date: String,
    /// The model of the processor.
    pub processor: String,
    /// How many logical processors there are.
    pub processors: usize,
    /// The system, as `Linux, x86_64`.
    pub system: String,
    /// The version of the compiler.
    pub rustc: String,
    /// The peers, with their versions.
    pub peers: Vec<String>,
}

/// The crates of others that are measured.
const PEERS: &[&str] = &[
    "async-imap",
    "imap",
    "imap-codec",
    "imap-next",
    "imap-proto",
    "io-imap",
];

impl Machine {
    /// This machine, today.
    pub fn here() -> Self {
        let kind = RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing());
        let system = System::new_with_specifics(kind);
        let processors = system.cpus();
        let brand = processors.first().map_or("unknown", |cpu| cpu.brand());
        Self {
            date: OffsetDateTime::now_utc().date().to_string(),
            processor: brand.trim().into(),
            processors: processors.len(),
            system: format!(
                "{}, {}",
                System::name().unwrap_or_else(|| std::env::consts::OS.into()),
                System::cpu_arch()
            ),
            rustc: rustc_version_runtime::version().to_string(),
            peers: peers(include_str!("../../Cargo.lock")),
        }
    }
}

/// Those of the peers that this package depends on, as its lock file has them.
fn peers(lock: &str) -> Vec<String> {
    let lock: Lockfile = lock.parse().expect("cargo wrote it");
    let this = |package: &&Package| package.name.as_str() == env!("CARGO_PKG_NAME");
    let this = lock.packages.iter().find(this).expect("it is locked");
    let dependencies = this.dependencies.iter();
    dependencies
        .filter(|peer| peer.source.is_some() && PEERS.contains(&peer.name.as_str()))
        .map(|peer| format!("{} {}", peer.name, peer.version))
        .collect()
}

impl Display for Machine {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Measured on {} with {} ({} logical processors), {}, rustc {}.",
            self.date, self.processor, self.processors, self.system, self.rustc
        )?;
        writeln!(f, "Peers: {}.", self.peers.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_peers_are_told_from_our_crates_and_from_other_versions() {
        let peers = Machine::here().peers;
        let names: Vec<_> = peers
            .iter()
            .filter_map(|peer| peer.split(' ').next())
            .collect();
        assert_eq!(names, PEERS);
        assert!(peers.contains(&"imap-proto 0.17.0".into()));
    }
}
