//! Connecting to a port of a host, by way of a proxy where there is one.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use bytes::BytesMut;

use super::is_closed;
use crate::driver::proxy::{Negotiation, ProxyError};
use crate::driver::{Config, addresses, deadline};
use crate::error::Error;

/// A connection, and what the server said already.
pub(super) fn connect(
    host: &str,
    port: u16,
    config: &Config,
) -> Result<(TcpStream, BytesMut), Error> {
    let deadline = deadline(config.connect_timeout);
    let Some(proxy) = &config.proxy else {
        return Ok((open((host, port), deadline)?, BytesMut::new()));
    };
    let negotiation = proxy.negotiation(host, port)?;
    let mut stream = open(proxy.address(), deadline)?;
    let early = negotiate(&mut stream, negotiation, deadline)?;
    Ok((stream, early))
}

/// A connection to the first of the host's addresses that accepts one.
fn open(host: (&str, u16), deadline: Instant) -> Result<TcpStream, Error> {
    let mut last = addresses::none();
    let addresses = addresses::interleaved(host.to_socket_addrs()?);
    for (address, untried) in addresses.iter().zip((1..=addresses.len() as u32).rev()) {
        // One that does not answer leaves time for the others.
        match TcpStream::connect_timeout(address, left(deadline)? / untried) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// Has the proxy connect, and gives what the server said already.
fn negotiate(
    stream: &mut TcpStream,
    mut negotiation: Negotiation,
    deadline: Instant,
) -> Result<BytesMut, Error> {
    let mut input = BytesMut::new();
    let mut piece = [0; 1024];
    loop {
        stream.set_write_timeout(Some(left(deadline)?))?;
        stream.write_all(&negotiation.take_output())?;
        if negotiation.advance(&mut input)? {
            return Ok(input);
        }
        if negotiation.has_output() {
            continue;
        }
        stream.set_read_timeout(Some(left(deadline)?))?;
        match stream.read(&mut piece) {
            Ok(0) => return Err(Error::Proxy(ProxyError::Closed)),
            Ok(count) => input.extend_from_slice(piece.get(..count).unwrap_or_default()),
            Err(error) if is_closed(&error) => return Err(Error::Proxy(ProxyError::Closed)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The time until the deadline, of which there has to be some.
fn left(deadline: Instant) -> Result<Duration, Error> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        Err(Error::Timeout)
    } else {
        Ok(left)
    }
}
