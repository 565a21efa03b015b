//! A connection as octets: compressed or not, and disturbed where a test wants that.

use std::io;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::sleep;

use super::compress::Deflate;
use crate::faults::Manner;

/// How many compressed octets are read at once.
const READ_SIZE: usize = 16 << 10;

/// A stream, and how it is used.
pub(super) struct Pipe<S> {
    stream: S,
    deflate: Option<Deflate>,
    /// How all octets are sent.
    manner: Manner,
    /// How many octets were sent.
    sent: usize,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Pipe<S> {
    pub(super) const fn new(stream: S, manner: Manner) -> Self {
        Self {
            stream,
            deflate: None,
            manner,
            sent: 0,
        }
    }

    /// Begins compression; these octets have come already.
    pub(super) fn compress(&mut self, rest: &[u8]) {
        self.deflate = Some(Deflate::new(rest));
    }

    /// Sends octets.
    pub(super) async fn send(&mut self, octets: Vec<u8>, manner: Manner) -> io::Result<()> {
        if let Some(delay) = manner.delay {
            sleep(delay).await;
        }
        let octets = match &mut self.deflate {
            Some(deflate) if !octets.is_empty() => deflate.compress(&octets)?,
            _ => octets,
        };
        let of_all = self
            .manner
            .close_after
            .map(|all| all.saturating_sub(self.sent));
        let limit = of_all.into_iter().chain(manner.close_after).min();
        let sent = octets.get(..limit.unwrap_or(usize::MAX)).unwrap_or(&octets);
        self.sent += sent.len();
        match manner.split.or(self.manner.split) {
            None => self.stream.write_all(sent).await?,
            Some((size, pause)) => {
                for piece in sent.chunks(size.get()) {
                    self.stream.write_all(piece).await?;
                    self.stream.flush().await?;
                    sleep(pause).await;
                }
            }
        }
        self.stream.flush().await?;
        match limit {
            Some(limit) if limit <= octets.len() => Err(io::ErrorKind::ConnectionAborted.into()),
            _ => Ok(()),
        }
    }

    /// Reads what comes next; 0 octets at the end. It can be dropped while it waits.
    pub(super) async fn read(&mut self, buffer: &mut BytesMut) -> io::Result<usize> {
        let Some(deflate) = &mut self.deflate else {
            return self.stream.read_buf(buffer).await;
        };
        loop {
            let count = deflate.decompress(buffer)?;
            deflate.input_mut().reserve(READ_SIZE);
            if count > 0 || self.stream.read_buf(deflate.input_mut()).await? == 0 {
                return Ok(count);
            }
        }
    }

    /// Says that nothing more will come.
    pub(super) async fn shut_down(&mut self) -> io::Result<()> {
        self.stream.shutdown().await
    }

    pub(super) fn into_inner(self) -> S {
        self.stream
    }
}
