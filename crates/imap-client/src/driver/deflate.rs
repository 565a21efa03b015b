//! COMPRESS=DEFLATE, in both directions.
//!
//! [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978)

use bytes::{Buf as _, BytesMut};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::error::Error;

/// The two streams of compressed data.
pub(super) struct Deflate {
    compress: Compress,
    decompress: Decompress,
    /// Compressed octets that were not taken in yet.
    input: BytesMut,
    /// There may be more in the decompressor than fitted.
    full: bool,
    /// The server has ended its stream, as it may do before it closes the connection.
    ended: bool,
}

impl Default for Deflate {
    fn default() -> Self {
        Self {
            compress: Compress::new(Compression::default(), false),
            decompress: Decompress::new(false),
            input: BytesMut::new(),
            full: false,
            ended: false,
        }
    }
}

impl Deflate {
    /// Takes compressed octets.
    pub(super) fn feed(&mut self, octets: &[u8]) {
        self.input.extend_from_slice(octets);
    }

    /// The buffer to append compressed octets to.
    pub(super) fn input_mut(&mut self) -> &mut BytesMut {
        &mut self.input
    }

    /// Decompresses a piece to `out`, so that a few octets cannot become more than that at a time.
    pub(super) fn decompress(&mut self, out: &mut BytesMut) -> Result<(), Error> {
        if self.input.is_empty() && !self.full {
            return Ok(());
        }
        if self.ended {
            return Err(Error::Protocol("octets behind the end of compressed data"));
        }
        let start = out.len();
        out.resize(start + PIECE, 0);
        let (taken, given) = (self.decompress.total_in(), self.decompress.total_out());
        let status = self.decompress.decompress(
            &self.input,
            out.get_mut(start..).unwrap_or_default(),
            FlushDecompress::None,
        );
        let taken = difference(self.decompress.total_in(), taken);
        let given = difference(self.decompress.total_out(), given);
        out.truncate(start + given);
        self.input.advance(taken.min(self.input.len()));
        self.ended = matches!(status, Ok(Status::StreamEnd));
        self.full = given == PIECE && !self.ended;
        match status {
            Ok(_) => self.check_ratio(),
            Err(_) => Err(Error::Protocol("broken compressed data")),
        }
    }

    /// Refuses what no mail can be: it would only fill the memory.
    fn check_ratio(&self) -> Result<(), Error> {
        let (taken, given) = (self.decompress.total_in(), self.decompress.total_out());
        if given > RATIO_FROM && given / MAX_RATIO > taken {
            return Err(Error::Protocol("compressed data over the limit of 250 : 1"));
        }
        Ok(())
    }

    /// Compresses octets; with `flush`, so far that the server can read all of them.
    pub(super) fn compress(&mut self, octets: &[u8], flush: bool) -> Result<Vec<u8>, Error> {
        let flush = if flush {
            FlushCompress::Sync
        } else {
            FlushCompress::None
        };
        let start = self.compress.total_in();
        let mut out = Vec::with_capacity(octets.len() / 2 + MARGIN);
        loop {
            let taken = difference(self.compress.total_in(), start);
            let rest = octets.get(taken..).unwrap_or_default();
            self.compress
                .compress_vec(rest, &mut out, flush)
                .map_err(|_| Error::Protocol("compression"))?;
            let all = difference(self.compress.total_in(), start) == octets.len();
            if all && out.len() < out.capacity() {
                return Ok(out);
            }
            out.reserve(MARGIN);
        }
    }
}

/// How far a counter went.
fn difference(now: u64, before: u64) -> usize {
    usize::try_from(now - before).unwrap_or(usize::MAX)
}

/// Octets decompressed at a time.
const PIECE: usize = 64 << 10;

/// Octets that the compressor may want beyond half of what it is given.
const MARGIN: usize = 64;

/// The limit of the ratio holds once so many octets were decompressed.
const RATIO_FROM: u64 = 32 << 20;

/// How many octets one octet may become, on the average of the connection.
const MAX_RATIO: u64 = 250;

#[cfg(test)]
mod tests {
    use super::*;

    fn through(octets: &[u8]) -> Vec<u8> {
        let (mut client, mut server) = (Deflate::default(), Deflate::default());
        let mut out = BytesMut::new();
        for (i, piece) in octets.chunks(10_000).enumerate() {
            server.feed(&client.compress(piece, i % 3 == 0).unwrap());
        }
        server.feed(&client.compress(b"", true).unwrap());
        loop {
            let before = out.len();
            server.decompress(&mut out).unwrap();
            if out.len() == before {
                return out.to_vec();
            }
        }
    }

    #[test]
    fn ok_octets_come_out_as_they_went_in() {
        assert_eq!(through(b"a1 NOOP\r\n"), b"a1 NOOP\r\n");
        let long: Vec<u8> = (0..300_000_u32).flat_map(u32::to_be_bytes).collect();
        assert!(through(&long) == long);
    }

    #[test]
    fn err_bomb_is_refused_while_little_is_held() {
        let mut compress = Deflate::default();
        let bomb = compress.compress(&vec![b'A'; 64 << 20], true).unwrap();
        let mut deflate = Deflate::default();
        deflate.feed(&bomb);
        let mut out = BytesMut::new();
        let error = loop {
            match deflate.decompress(&mut out) {
                Ok(()) => assert!(out.len() <= PIECE),
                Err(error) => break error,
            }
            out.clear();
        };
        assert!(error.to_string().contains("250 : 1"), "{error}");
    }

    #[test]
    fn err_octets_behind_the_end() {
        let mut server = Compress::new(Compression::default(), false);
        let mut octets = Vec::with_capacity(100);
        server
            .compress_vec(b"* BYE\r\n", &mut octets, FlushCompress::Finish)
            .unwrap();
        let mut deflate = Deflate::default();
        deflate.feed(&octets);
        let mut out = BytesMut::new();
        deflate.decompress(&mut out).unwrap();
        deflate.decompress(&mut out).unwrap();
        assert_eq!(out, &b"* BYE\r\n"[..]);
        deflate.feed(b"more");
        let error = deflate.decompress(&mut out).unwrap_err();
        assert!(error.to_string().contains("behind the end"), "{error}");
    }

    #[test]
    fn err_garbage() {
        let mut deflate = Deflate::default();
        deflate.feed(b"\xff\xff not compressed");
        let error = deflate.decompress(&mut BytesMut::new()).unwrap_err();
        assert!(error.to_string().contains("broken"), "{error}");
    }
}
