//! Free ports on the loopback interface.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

/// Ports of 127.0.0.1 that nobody listened on a moment ago, all different.
///
/// Another process can take one before the server does; whoever starts the server tries again then.
pub(crate) fn free_ports<const N: usize>() -> io::Result<[u16; N]> {
    let mut ports = [0; N];
    // All are held until the last is known, or the system could give the same one twice.
    let mut held = Vec::with_capacity(N);
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_differ_and_can_be_bound() {
        let can_be_bound = |_| {
            let bound = free_ports::<8>()
                .unwrap()
                .map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)));
            bound.iter().all(Result::is_ok)
        };
        // Other processes can be quicker, though not always.
        assert!((0..10).any(can_be_bound));
    }
}
