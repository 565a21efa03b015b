//! What lies between the octets of a session and those of its stream: TLS and compression.
//!
//! Both drivers use it, so that STARTTLS and COMPRESS are written once and work on every stream.

// Without the features there are no layers to change.
#![cfg_attr(
    not(all(feature = "rustls", feature = "compress")),
    allow(clippy::needless_pass_by_ref_mut)
)]

#[cfg(feature = "rustls")]
use std::io::{Read as _, Write as _};
use std::mem;

use bytes::{Bytes, BytesMut};
use zeroize::Zeroize as _;

use super::Config;
#[cfg(feature = "compress")]
use super::deflate::Deflate;
use crate::error::Error;
use crate::sasl::ChannelBinding;
use crate::session::Session;

/// The layers that were put on a stream, and the octets that are between them.
#[derive(Default)]
pub(crate) struct Layers {
    #[cfg(feature = "rustls")]
    tls: Option<Box<rustls::ClientConnection>>,
    #[cfg(feature = "compress")]
    deflate: Option<Box<Deflate>>,
    /// Octets of the stream that were not taken in yet.
    input: BytesMut,
    /// Octets for the stream, of which some were sent.
    output: Vec<u8>,
    sent: usize,
}

impl Layers {
    /// A session without layers, over whose stream `early` came already.
    pub(crate) fn begin(early: &[u8], config: &Config) -> (Session, Self) {
        let mut session = config.new_session();
        session.receive(early);
        (session, Self::default())
    }

    /// A session with TLS from the first octet, over whose stream `early` came already.
    #[cfg(feature = "rustls")]
    pub(crate) fn begin_with_tls(
        early: &[u8],
        host: &str,
        config: &Config,
    ) -> Result<(Session, Self), Error> {
        let mut session = config.new_session();
        session.set_encrypted();
        let mut layers = Self::default();
        layers.add_tls(config.tls_connection(host)?);
        layers.input.extend_from_slice(early);
        Ok((session, layers))
    }

    /// Puts TLS on the stream.
    #[cfg(feature = "rustls")]
    fn add_tls(&mut self, mut connection: rustls::ClientConnection) {
        // What is written is taken out again at once.
        connection.set_buffer_limit(None);
        self.tls = Some(Box::new(connection));
    }

    /// Puts TLS on a stream that a session was using without, after the server agreed to STARTTLS.
    ///
    /// # Errors
    ///
    /// If the server said more than that it agrees: whoever is on the way could have said it.
    #[cfg(feature = "rustls")]
    pub(crate) fn start_tls(
        &mut self,
        session: &mut Session,
        connection: rustls::ClientConnection,
    ) -> Result<(), Error> {
        if session.unread() != 0 || !self.input.is_empty() {
            return Err(session.failed(Error::Protocol("octets between STARTTLS and TLS")));
        }
        self.add_tls(connection);
        session.secured();
        Ok(())
    }

    /// What ties an authentication to TLS, the best first.
    pub(crate) fn channel_bindings(&self) -> Vec<ChannelBinding> {
        #[cfg(feature = "rustls")]
        if let Some(tls) = &self.tls {
            return super::channel_binding::of(tls);
        }
        Vec::new()
    }

    /// Compresses from now on, after the server agreed to COMPRESS.
    #[cfg(feature = "compress")]
    pub(crate) fn start_compression(&mut self, session: &mut Session) {
        let mut deflate = Deflate::default();
        // What came behind the server's answer is compressed already.
        deflate.feed(&session.take_unread());
        self.deflate = Some(Box::new(deflate));
    }

    /// Whether octets go through unchanged.
    fn is_plain(&self) -> bool {
        #[cfg(feature = "rustls")]
        if self.tls.is_some() {
            return false;
        }
        #[cfg(feature = "compress")]
        if self.deflate.is_some() {
            return false;
        }
        true
    }

    /// The octets that are to be sent now; empty if there are none.
    pub(crate) fn outgoing<'a>(&'a mut self, session: &'a mut Session) -> Result<&'a [u8], Error> {
        if self.is_plain() {
            return Ok(session.transmit());
        }
        if self.sent == self.output.len() {
            self.output.zeroize();
            self.output.shrink_to(KEPT);
            self.sent = 0;
            self.refill(session)?;
            // A compressor may take in a piece and say nothing of it yet.
            while self.output.is_empty() && !session.transmit().is_empty() {
                self.refill(session)?;
            }
        }
        Ok(self.output.get(self.sent..).unwrap_or_default())
    }

    /// Says that the first `count` octets of [`Layers::outgoing`] were sent.
    pub(crate) fn transmitted(&mut self, session: &mut Session, count: usize) {
        if self.is_plain() {
            session.transmitted(count);
        } else {
            self.sent = self.output.len().min(self.sent + count);
        }
    }

    /// Nothing more can be sent: what there is to send goes nowhere.
    pub(crate) fn discard(&mut self, session: &mut Session) {
        session.transmitted(session.transmit().len());
        self.sent = self.output.len();
    }

    /// Takes a piece of what the session has to send.
    fn refill(&mut self, session: &mut Session) -> Result<(), Error> {
        let octets = session.transmit();
        let piece = octets.get(..octets.len().min(PIECE)).unwrap_or_default();
        let count = piece.len();
        #[cfg(feature = "compress")]
        if let Some(deflate) = self.deflate.as_mut().filter(|_| count > 0) {
            let compressed = deflate.compress(piece, count == octets.len())?;
            self.seal(&compressed)?;
            session.transmitted(count);
            return Ok(());
        }
        self.seal(piece)?;
        session.transmitted(count);
        Ok(())
    }

    /// Moves octets to the output, through TLS if there is TLS.
    fn seal(&mut self, octets: &[u8]) -> Result<(), Error> {
        #[cfg(feature = "rustls")]
        if let Some(tls) = &mut self.tls {
            tls.writer().write_all(octets)?;
            while tls.wants_write() {
                tls.write_tls(&mut self.output)?;
            }
            return Ok(());
        }
        self.output.extend_from_slice(octets);
        Ok(())
    }

    /// What TLS wants to say at the end, or about an error.
    pub(crate) fn farewell(&mut self) -> &[u8] {
        #[cfg(feature = "rustls")]
        if let Some(tls) = &mut self.tls {
            tls.send_close_notify();
            // cannot fail: writing to memory
            let _ = tls.write_tls(&mut self.output);
            return self.output.get(self.sent..).unwrap_or_default();
        }
        &[]
    }

    /// The buffer to append octets of the stream to.
    pub(crate) fn buffer_mut<'a>(&'a mut self, session: &'a mut Session) -> &'a mut BytesMut {
        if self.is_plain() {
            session.receive_buffer()
        } else {
            &mut self.input
        }
    }

    /// Has `read` append octets of the stream where a large literal is awaited, so that they need not be
    /// moved, and gives what it gives; nothing if there is none.
    pub(crate) fn read_literal<T>(
        &mut self,
        session: &mut Session,
        read: impl FnOnce(&mut Vec<u8>) -> T,
    ) -> Option<T> {
        let missing = session.missing();
        // The end of a large literal has its room already.
        if missing == 0 || missing.max(session.unread()) < LARGE {
            return None;
        }
        if self.is_plain() {
            return Some(session.receive_with(read));
        }
        let mut octets = Vec::from(mem::take(&mut self.input));
        octets.reserve(missing.min(LARGEST_READ));
        let result = read(&mut octets);
        self.input = Bytes::from(octets).into();
        Some(result)
    }

    /// Moves octets that were received on to the session, and tells whether there were any.
    ///
    /// Compressed data come in pieces, so that this has to be called until it gives `false`.
    pub(crate) fn advance(&mut self, session: &mut Session) -> Result<bool, Error> {
        let before = session.unread();
        #[cfg(feature = "rustls")]
        self.open(session)?;
        #[cfg(feature = "compress")]
        if let Some(deflate) = &mut self.deflate {
            deflate.feed(&self.input);
            self.input.clear();
            deflate.decompress(session.receive_buffer())?;
        }
        Ok(session.unread() != before)
    }

    /// Takes in records of TLS.
    #[cfg(feature = "rustls")]
    fn open(&mut self, session: &mut Session) -> Result<(), Error> {
        let Some(tls) = &mut self.tls else {
            return Ok(());
        };
        while !self.input.is_empty() {
            let count = tls.read_tls(&mut &self.input[..])?;
            bytes::Buf::advance(&mut self.input, count);
            let state = tls.process_new_packets().map_err(Error::Tls)?;
            #[cfg(feature = "compress")]
            let plain = match &mut self.deflate {
                Some(deflate) => deflate.input_mut(),
                None => session.receive_buffer(),
            };
            #[cfg(not(feature = "compress"))]
            let plain = session.receive_buffer();
            let start = plain.len();
            plain.resize(start + state.plaintext_bytes_to_read(), 0);
            tls.reader()
                .read_exact(plain.get_mut(start..).unwrap_or_default())?;
            if count == 0 {
                break;
            }
        }
        Ok(())
    }
}

/// Octets of a session that go through the layers at a time.
const PIECE: usize = 16 << 10;

/// Octets of buffer kept between commands.
const KEPT: usize = 4096;

/// Octets asked for at a time.
pub(super) const READ_SIZE: usize = 16 << 10;

/// Octets from which on what is missing of a literal, or has come of it, is worth being left in place.
const LARGE: usize = 16 << 10;

/// Octets of a layer asked for at a time at most.
const LARGEST_READ: usize = 128 << 10;
