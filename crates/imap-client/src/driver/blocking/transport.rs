//! What the blocking client talks over.

use std::io::{self, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::{fd::AsFd, unix::net::UnixStream};
use std::time::Duration;

#[cfg(unix)]
use rustix::{buffer::spare_capacity, net::RecvFlags};

/// A connection that a blocking client can talk over, and that can be told how long to wait.
///
/// Sockets have it. A program that has something else (a tunnel, a serial line, a recorder in front of
/// a socket) implements it, or uses [`Client::with_stream`](super::Client::with_stream) if there is
/// no way to wait for a limited time.
pub trait Transport: Read + Write + Send {
    /// Limits how long one read may take; nothing for ever. A read that takes longer fails with
    /// [`WouldBlock`](io::ErrorKind::WouldBlock) or [`TimedOut`](io::ErrorKind::TimedOut) and can be
    /// tried again.
    ///
    /// # Errors
    ///
    /// If the time is not supported.
    fn set_read_timeout(&mut self, timeout: Option<Duration>) -> io::Result<()>;

    /// Limits how long one write may take; nothing for ever.
    ///
    /// # Errors
    ///
    /// If the time is not supported.
    fn set_write_timeout(&mut self, timeout: Option<Duration>) -> io::Result<()>;

    /// Reads once to behind what `buffer` holds, as many octets as fit its spare capacity at most, and
    /// gives their number; 0 at the end of the stream.
    ///
    /// Large messages are read by it. Sockets read into memory that holds nothing yet; what has no more
    /// than [`Read::read`] needs zeros there first.
    ///
    /// # Errors
    ///
    /// Those of [`Read::read`].
    fn read_to_spare(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let start = buffer.len();
        let room = (buffer.capacity() - start).min(ZEROED);
        buffer.resize(start + room, 0);
        let read = self.read(buffer.get_mut(start..).unwrap_or_default());
        buffer.truncate(start + read.as_ref().map_or(0, |count| *count));
        read
    }
}

impl Transport for TcpStream {
    fn set_read_timeout(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        Self::set_read_timeout(self, timeout)
    }

    fn set_write_timeout(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        Self::set_write_timeout(self, timeout)
    }

    #[cfg(unix)]
    fn read_to_spare(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        receive(self, buffer)
    }
}

#[cfg(unix)]
impl Transport for UnixStream {
    fn set_read_timeout(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        Self::set_read_timeout(self, timeout)
    }

    fn set_write_timeout(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        Self::set_write_timeout(self, timeout)
    }

    fn read_to_spare(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        receive(self, buffer)
    }
}

/// Reads without zeros.
#[cfg(unix)]
fn receive(socket: impl AsFd, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let (_, count) = rustix::net::recv(socket, spare_capacity(buffer), RecvFlags::empty())?;
    Ok(count)
}

/// A stream that cannot be told how long to wait: it waits for ever.
pub(super) struct Patient<S>(pub(super) S);

impl<S: Read> Read for Patient<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<S: Write> Write for Patient<S> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<S: Read + Write + Send> Transport for Patient<S> {
    fn set_read_timeout(&mut self, _: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn set_write_timeout(&mut self, _: Option<Duration>) -> io::Result<()> {
        Ok(())
    }
}

/// Octets that are filled with zeros at a time, to be read over.
const ZEROED: usize = 128 << 10;

#[cfg(all(test, unix))]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// What a transport reads behind `ab`, of `cdefgh`, while there is room for four octets at a time.
    fn pieces(transport: &mut dyn Transport, mut other: impl Write) -> Vec<Vec<u8>> {
        other.write_all(b"cdefgh").unwrap();
        drop(other);
        let piece = || {
            let mut buffer = Vec::with_capacity(6);
            buffer.extend_from_slice(b"ab");
            let count = transport.read_to_spare(&mut buffer).unwrap();
            assert_eq!((buffer.len(), buffer.capacity()), (2 + count, 6));
            buffer
        };
        std::iter::repeat_with(piece).take(3).collect()
    }

    #[test]
    fn ok_read_to_spare_fills_what_is_spare() {
        let expected = [&b"abcdef"[..], b"abgh", b"ab"];
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        assert_eq!(pieces(&mut ours, theirs), expected);
        let (ours, theirs) = UnixStream::pair().unwrap();
        assert_eq!(pieces(&mut Patient(ours), theirs), expected);
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let mut ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        assert_eq!(pieces(&mut ours, listener.accept().unwrap().0), expected);
    }

    #[test]
    fn err_read_to_spare_leaves_what_there_is() {
        let (ours, _theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        let clone = ours.try_clone().unwrap();
        for transport in [&mut Patient(ours) as &mut dyn Transport, &mut { clone }] {
            let mut buffer = Vec::with_capacity(6);
            buffer.push(b'a');
            let error = transport.read_to_spare(&mut buffer).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
            assert_eq!(buffer, b"a");
        }
    }
}
