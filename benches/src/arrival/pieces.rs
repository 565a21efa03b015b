//! A connection whose octets come in pieces.

use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Gives octets in pieces of one size, and forgets what it is given.
#[derive(Debug)]
pub struct Pieces<'a> {
    left: &'a [u8],
    piece: usize,
    until: Instant,
    reads: u32,
}

/// After how many reads it looks at the clock: a look takes longer than a small piece.
const LOOK: u32 = 256;

impl<'a> Pieces<'a> {
    /// Fails after `until`.
    pub const fn new(octets: &'a [u8], piece: usize, until: Instant) -> Self {
        Self {
            left: octets,
            piece,
            until,
            reads: 0,
        }
    }

    /// The next piece, or as much of it as there is room for; nothing at the end.
    pub(super) fn next(&mut self, room: usize) -> io::Result<&'a [u8]> {
        self.reads += 1;
        if self.reads.is_multiple_of(LOOK) && Instant::now() > self.until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let (piece, left) = self
            .left
            .split_at(self.piece.min(room).min(self.left.len()));
        self.left = left;
        Ok(piece)
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = self.next(buffer.len())?;
        buffer[..piece.len()].copy_from_slice(piece);
        Ok(piece.len())
    }
}

impl Write for Pieces<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsyncRead for Pieces<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let piece = self.next(buffer.remaining())?;
        buffer.put_slice(piece);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pieces<'_> {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(octets.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
