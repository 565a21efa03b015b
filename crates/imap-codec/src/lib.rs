//! IMAP on the wire: framing of messages with literals, and encoding of commands and responses.
#![no_std]
#![warn(clippy::indexing_slicing)]

extern crate alloc;

mod encode;
mod frame;
mod quote;

pub use encode::{
    Encode, EncodeError, EncodeOptions, Encoded, Encoder, LiteralMode, Reason, encode_command,
    encode_response,
};
pub use frame::{FrameError, FrameErrorKind, Framed, Framer};
