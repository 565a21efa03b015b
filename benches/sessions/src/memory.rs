//! Memory of this process.

use anyhow::{Context as _, Result};

/// A figure of `/proc/self/status`, in octets: `VmHWM:` is the most memory that was resident so far,
/// `VmRSS:` what is now.
///
/// # Errors
///
/// If the system does not tell, as only Linux does.
pub(crate) fn status(name: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kib: u64 = kib.context("no such figure")?.trim().parse()?;
    Ok(kib << 10)
}

/// The most memory that this process had resident so far, in octets.
///
/// # Errors
///
/// If the system does not tell.
pub(crate) fn peak() -> Result<u64> {
    status("VmHWM:")
}
