//! In which order the addresses of a host are tried.

use std::io;
use std::net::SocketAddr;

/// Alternates between the families, IPv6 first, so that one of them that does not work at all costs
/// little.
///
/// [RFC 8305 section 4](https://www.rfc-editor.org/rfc/rfc8305#section-4)
pub(super) fn interleaved(addresses: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
    let (v6, v4): (Vec<_>, Vec<_>) = addresses.partition(SocketAddr::is_ipv6);
    let mut v4 = v4.into_iter();
    let mut mixed = Vec::new();
    for address in v6 {
        mixed.push(address);
        mixed.extend(v4.next());
    }
    mixed.extend(v4);
    mixed
}

/// What there is to say before any address was tried.
pub(super) fn none() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "host has no address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_families_alternate() {
        let addresses = ["1.1.1.1:1", "2.2.2.2:1", "[::1]:1", "3.3.3.3:1", "[::2]:1"];
        let addresses = addresses.map(|address| address.parse().unwrap());
        let ordered: Vec<_> = interleaved(addresses.into_iter())
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = ["[::1]:1", "1.1.1.1:1", "[::2]:1", "2.2.2.2:1", "3.3.3.3:1"];
        assert_eq!(ordered, expected);
        let only_v6 = ["[::2]:1".parse().unwrap()];
        assert_eq!(interleaved(only_v6.into_iter()), only_v6);
    }
}
