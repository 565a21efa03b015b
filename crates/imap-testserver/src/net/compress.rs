//! COMPRESS=DEFLATE, in both directions.
//!
//! [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978)

use std::io;

use bytes::{Buf as _, BytesMut};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};

/// The two streams of compressed data.
pub(super) struct Deflate {
    compress: Compress,
    decompress: Decompress,
    /// Compressed octets that were not taken in yet.
    input: BytesMut,
    /// There may be more in the decompressor than fitted.
    full: bool,
}

impl Deflate {
    /// Begins with octets that have come already.
    pub(super) fn new(input: &[u8]) -> Self {
        Self {
            compress: Compress::new(Compression::default(), false),
            decompress: Decompress::new(false),
            input: BytesMut::from(input),
            full: false,
        }
    }

    /// The buffer to append compressed octets to.
    pub(super) const fn input_mut(&mut self) -> &mut BytesMut {
        &mut self.input
    }

    /// Decompresses a piece to `out`, so that a few octets cannot become more than that at a time; gives
    /// how many octets there are more.
    pub(super) fn decompress(&mut self, out: &mut BytesMut) -> io::Result<usize> {
        if self.input.is_empty() && !self.full {
            return Ok(0);
        }
        let start = out.len();
        out.resize(start + PIECE, 0);
        let (taken, given) = (self.decompress.total_in(), self.decompress.total_out());
        let rest = out.get_mut(start..).unwrap_or_default();
        let flush = FlushDecompress::None;
        let status = self.decompress.decompress(&self.input, rest, flush);
        let taken = difference(self.decompress.total_in(), taken);
        let given = difference(self.decompress.total_out(), given);
        out.truncate(start + given);
        self.input.advance(taken.min(self.input.len()));
        self.full = given == PIECE;
        match status {
            Ok(_) if taken == 0 && given == 0 && !self.input.is_empty() => {
                Err(io::Error::other("octets behind the end of compressed data"))
            }
            Ok(_) => Ok(given),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// Compresses octets, so that the client can read all of them.
    pub(super) fn compress(&mut self, octets: &[u8]) -> io::Result<Vec<u8>> {
        let start = self.compress.total_in();
        let mut out = Vec::with_capacity(octets.len() / 2 + MARGIN);
        loop {
            let taken = difference(self.compress.total_in(), start);
            let rest = octets.get(taken..).unwrap_or_default();
            self.compress
                .compress_vec(rest, &mut out, FlushCompress::Sync)
                .map_err(io::Error::other)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_octets_come_out_as_they_went_in() {
        let long: Vec<u8> = (0..100_000_u32).flat_map(u32::to_be_bytes).collect();
        let mut client = Deflate::new(b"");
        let mut server = Deflate::new(&client.compress(b"a1 NOOP\r\n").unwrap());
        let mut out = BytesMut::new();
        assert_eq!(server.decompress(&mut out).unwrap(), 9);
        assert_eq!(out, &b"a1 NOOP\r\n"[..]);
        out.clear();
        let compressed = client.compress(&long).unwrap();
        server.input_mut().extend_from_slice(&compressed);
        while server.decompress(&mut out).unwrap() > 0 {}
        assert!(out == long);
    }

    #[test]
    fn err_garbage() {
        let mut deflate = Deflate::new(b"\xff\xff not compressed");
        assert!(deflate.decompress(&mut BytesMut::new()).is_err());
    }
}
