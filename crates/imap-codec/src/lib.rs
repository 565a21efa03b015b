#![doc = include_str!("../README.md")]
//!
//! # Where things are
//!
//! - [`Framer`] cuts a stream into messages; the grammar of `imap_proto` reads them.
//! - [`Encode`] is implemented for the values of `imap_proto`; [`encode_command`] and
//!   [`encode_response`] write whole messages, an [`Encoder`] several into one buffer.
//! - [`EncodeOptions`] say what the receiver understands, [`Encoded`] where the sender has to wait,
//!   [`EncodeError`] what cannot be sent.
#![no_std]
#![warn(clippy::indexing_slicing)]

extern crate alloc;

mod command;
mod encode;
mod frame;
mod quote;
mod response;
mod value;
mod verbatim;

pub use command::AppendHead;
pub use encode::{
    Encode, EncodeError, EncodeOptions, Encoded, Encoder, LiteralMode, Reason, encode_command,
    encode_response,
};
pub use frame::{FrameError, FrameErrorKind, Framed, Framer};
