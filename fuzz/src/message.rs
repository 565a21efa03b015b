//! Octets that are taken for a message.
//!
//! - Strict options read a message if and only if lenient ones read it without a quirk, and alike.
//! - What can be read and encoded is read back as the same value, by the options that read it.
//! - An error is at a place in the message.

use std::fmt::Debug;

use imap_codec::{Encode, EncodeError, EncodeOptions, Encoded, Encoder, Framer, LiteralMode};
use imap_proto::command::Tagged;
use imap_proto::response::Greeting;
use imap_proto::{
    Arena, Command, Expected, Limits, Options, ParseError, Quirk, Response, UsedQuirk, UsedQuirks,
};

use crate::support::round_trip::assert_one_message;

/// The octets are a response.
pub fn response(octets: &[u8]) {
    check::<Response<'_>>(octets);
}

/// The octets are a command.
pub fn command(octets: &[u8]) {
    check::<Command<'_>>(octets);
}

/// The octets are a greeting.
pub fn greeting(octets: &[u8]) {
    check::<Greeting<'_>>(octets);
}

/// A message that can be read and written.
trait Message {
    type Value<'a>: Copy + Debug + Encode + PartialEq;

    /// The ways to announce literals.
    const MODES: &'static [LiteralMode];

    fn parse<'a>(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Self::Value<'a>, ParseError>;

    /// What cuts a stream into these messages.
    fn framer(limits: Limits) -> Framer;
}

impl Message for Response<'_> {
    type Value<'a> = Response<'a>;

    const MODES: &'static [LiteralMode] = &[LiteralMode::Response];

    fn parse<'a>(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Response<'a>, ParseError> {
        Response::parse_with(frame, arena, options)
    }

    fn framer(limits: Limits) -> Framer {
        Framer::client(limits)
    }
}

impl Message for Greeting<'_> {
    type Value<'a> = Greeting<'a>;

    const MODES: &'static [LiteralMode] = &[LiteralMode::Response];

    fn parse<'a>(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Greeting<'a>, ParseError> {
        Greeting::parse_with(frame, arena, options)
    }

    fn framer(limits: Limits) -> Framer {
        Framer::client(limits)
    }
}

impl Message for Command<'_> {
    type Value<'a> = Tagged<'a>;

    const MODES: &'static [LiteralMode] =
        &[LiteralMode::Synchronizing, LiteralMode::NonSynchronizing];

    fn parse<'a>(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Tagged<'a>, ParseError> {
        Command::parse_with(frame, arena, options)
    }

    fn framer(limits: Limits) -> Framer {
        Framer::server(limits)
    }
}

fn check<M: Message>(frame: &[u8]) {
    for utf8 in [false, true] {
        let (strict, lenient) = (
            Options::strict().with_utf8(utf8),
            Options::lenient().with_utf8(utf8),
        );
        let arenas = [Arena::new(), Arena::new()];
        let by_the_book = M::parse(frame, &arenas[0], &strict);
        let forgiving = M::parse(frame, &arenas[1], &lenient);
        let used = arenas[1].used_quirks();
        match (by_the_book, forgiving) {
            (Ok(value), Ok(same)) => {
                assert_eq!(value, same);
                assert!(used.count() == 0, "{used:?} for nothing");
                check_read_back::<M>(frame, strict);
            }
            (Err(error), Ok(_)) => {
                check_place(error, frame);
                // NUL in a literal is not reported.
                let unseen = error.expected == Expected::NonNul;
                assert!(unseen || used.count() > 0, "{error}, and no quirk");
                check_read_back::<M>(frame, lenient);
            }
            (Err(error), Err(other)) => {
                check_place(error, frame);
                check_place(other, frame);
            }
            (Ok(value), Err(error)) => panic!("{error}, but {value:?} by the book"),
        }
    }
}

fn check_place(error: ParseError, frame: &[u8]) {
    assert!(error.offset <= frame.len(), "{error}");
    assert!(!error.render(frame).to_string().is_empty());
}

fn check_read_back<M: Message>(frame: &[u8], options: Options) {
    for literals in M::MODES {
        let arenas = [Arena::new(), Arena::new()];
        // cannot fail: it was read before.
        let value = M::parse(frame, &arenas[0], &options).unwrap();
        let encode_options = EncodeOptions::SERVER
            .with_literals(*literals)
            .with_utf8(options.utf8);
        let Ok(encoded) = encode(&value, encode_options) else {
            return;
        };
        assert_one_message(M::framer(Limits::default()), &encoded);
        let shown = encoded.as_bytes().escape_ascii();
        match M::parse(encoded.as_bytes(), &arenas[1], &options) {
            Ok(_) if may_have_malformed(&arenas[0]) => {}
            Ok(read) => assert_eq!(read, value, "{shown}"),
            Err(error) => panic!("{error}: {shown}"),
        }
    }
}

fn encode(value: &impl Encode, options: EncodeOptions) -> Result<Encoded, EncodeError> {
    let mut out = Encoder::new(options);
    value.encode(&mut out);
    out.finish()
}

/// Whether there may be something in a value that was not understood, but can be when it is written anew.
fn may_have_malformed(arena: &Arena) -> bool {
    let used = arena.used_quirks();
    let malformed = |used: &UsedQuirk| used.quirk == Quirk::MalformedItem;
    used.count() > UsedQuirks::MAX || used.as_slice().iter().any(malformed)
}
