//! Connecting to a port of a host, by way of a proxy where there is one.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use ::tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use ::tokio::net::{TcpStream, lookup_host};
use ::tokio::task::JoinSet;
use ::tokio::time::timeout;
use bytes::BytesMut;

use crate::driver::blocking::is_closed;
use crate::driver::proxy::{Negotiation, ProxyError};
use crate::driver::{Config, addresses};
use crate::error::Error;

/// A connection, and what the server said already.
pub(super) async fn connect(
    host: &str,
    port: u16,
    config: &Config,
) -> Result<(TcpStream, BytesMut), Error> {
    let connected = timeout(config.connect_timeout, through(host, port, config));
    connected.await.unwrap_or(Err(Error::Timeout))
}

async fn through(host: &str, port: u16, config: &Config) -> Result<(TcpStream, BytesMut), Error> {
    let Some(proxy) = &config.proxy else {
        return Ok((open((host, port)).await?, BytesMut::new()));
    };
    let negotiation = proxy.negotiation(host, port)?;
    let mut stream = open(proxy.address()).await?;
    let early = negotiate(&mut stream, negotiation).await?;
    Ok((stream, early))
}

async fn open(host: (&str, u16)) -> Result<TcpStream, Error> {
    let addresses = addresses::interleaved(lookup_host(host).await?);
    let stream = race(addresses, TcpStream::connect).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The first connection that comes about: an address is tried as soon as the one before has failed, or
/// has taken its time.
///
/// [RFC 8305 section 5](https://www.rfc-editor.org/rfc/rfc8305#section-5)
async fn race<T, F>(addresses: Vec<SocketAddr>, connect: impl Fn(SocketAddr) -> F) -> io::Result<T>
where
    T: Send + 'static,
    F: Future<Output = io::Result<T>> + Send + 'static,
{
    // Dropping it ends the attempts that came too late.
    let mut attempts = JoinSet::new();
    let mut addresses = addresses.into_iter();
    let mut last = addresses::none();
    loop {
        match addresses.next() {
            Some(address) => drop(attempts.spawn(connect(address))),
            None if attempts.is_empty() => return Err(last),
            None => {}
        }
        let ended = attempts.join_next();
        let ended = match addresses.len() {
            0 => ended.await,
            _ => timeout(STAGGER, ended).await.ok().flatten(),
        };
        match ended {
            Some(Ok(Ok(connection))) => return Ok(connection),
            Some(Ok(Err(error))) => last = error,
            Some(Err(error)) => last = error.into(),
            None => {}
        }
    }
}

/// Has the proxy connect, and gives what the server said already.
async fn negotiate(
    stream: &mut TcpStream,
    mut negotiation: Negotiation,
) -> Result<BytesMut, Error> {
    let mut input = BytesMut::new();
    loop {
        stream.write_all(&negotiation.take_output()).await?;
        if negotiation.advance(&mut input)? {
            return Ok(input);
        }
        if negotiation.has_output() {
            continue;
        }
        match stream.read_buf(&mut input).await {
            Ok(0) => return Err(Error::Proxy(ProxyError::Closed)),
            Ok(_) => {}
            Err(error) if is_closed(&error) => return Err(Error::Proxy(ProxyError::Closed)),
            Err(error) => return Err(error.into()),
        }
    }
}

/// How long an address has before the next one is tried, too.
const STAGGER: Duration = Duration::from_millis(250);

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    /// Races addresses of which port 1 never answers, port 2 refuses and others answer.
    async fn winner(ports: &[u16]) -> io::Result<u16> {
        let address = |port: &u16| SocketAddr::from(([127, 0, 0, 1], *port));
        let connect = |address: SocketAddr| async move {
            match address.port() {
                1 => pending().await,
                2 => Err(io::ErrorKind::ConnectionRefused.into()),
                port => Ok(port),
            }
        };
        race(ports.iter().map(address).collect(), connect).await
    }

    #[test]
    fn ok_first_address_that_answers() {
        let mut runtime = ::tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().unwrap();
        runtime.block_on(async {
            assert_eq!(winner(&[4, 5]).await.unwrap(), 4);
            assert_eq!(winner(&[2, 2, 5]).await.unwrap(), 5);
            assert_eq!(winner(&[1, 2, 5]).await.unwrap(), 5);
            let refused = winner(&[2, 2]).await.unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
            let none = winner(&[]).await.unwrap_err();
            assert_eq!(none.kind(), io::ErrorKind::NotFound);
        });
    }
}
