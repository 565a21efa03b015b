//! What holds for every value: it is read back as it was encoded, as one message, and encoded alike again.

use imap_codec::{Encode, EncodeOptions, Encoded, Encoder, Framed, Framer, LiteralMode};
use imap_proto::response::Greeting;
use imap_proto::{Arena, Command, Limits, Options, Response};

use super::Gen;

pub(crate) fn command(decisions: &[u8]) {
    let arena = Arena::new();
    check_command(Gen::new(decisions, &arena), Options::lenient());
}

pub(crate) fn command_by_the_book(decisions: &[u8]) {
    let arena = Arena::new();
    check_command(Gen::strict(decisions, &arena), Options::strict());
}

fn check_command(mut values: Gen<'_>, base: Options) {
    let value = values.tagged();
    check(&value, Framer::server, |bytes, options| {
        let arena = Arena::new();
        let read = Command::parse_with(bytes, &arena, &reading(base, options)).unwrap();
        assert_eq!(read, value);
        encode(&read, options)
    });
}

pub(crate) fn response(decisions: &[u8]) {
    let arena = Arena::new();
    check_response(Gen::new(decisions, &arena), |_| Options::lenient());
}

pub(crate) fn response_by_the_book(decisions: &[u8]) {
    let arena = Arena::new();
    check_response(Gen::strict(decisions, &arena), |options| {
        if is_by_the_book(options) {
            Options::strict()
        } else {
            Options::lenient()
        }
    });
}

fn check_response(mut values: Gen<'_>, base: impl Fn(EncodeOptions) -> Options) {
    let value = values.response();
    check(&value, Framer::client, |bytes, options| {
        let arena = Arena::new();
        let read = Response::parse_with(bytes, &arena, &reading(base(options), options)).unwrap();
        assert_eq!(read, value);
        encode(&read, options)
    });
}

pub(crate) fn greeting(decisions: &[u8]) {
    let arena = Arena::new();
    let value = Gen::new(decisions, &arena).greeting();
    check(&value, Framer::client, |bytes, options| {
        let arena = Arena::new();
        let lenient = reading(Options::lenient(), options);
        let read = Greeting::parse_with(bytes, &arena, &lenient).unwrap();
        assert_eq!(read, value);
        encode(&read, options)
    });
}

/// All ways to encode, with line breaks in strings allowed.
fn all_options() -> impl Iterator<Item = EncodeOptions> {
    MODES.into_iter().flat_map(|mode| {
        let options = EncodeOptions::SERVER.with_literals(mode);
        [options, options.with_utf8(true)]
    })
}

fn encode(value: &impl Encode, options: EncodeOptions) -> Encoded {
    let mut out = Encoder::new(options);
    value.encode(&mut out);
    out.finish().unwrap()
}

/// Encodes in all ways, and has `read` give back the value and encode it again.
fn check(
    value: &impl Encode,
    framer: fn(Limits) -> Framer,
    read: impl Fn(&[u8], EncodeOptions) -> Encoded,
) {
    for options in all_options() {
        let encoded = encode(value, options);
        let again = read(encoded.as_bytes(), options);
        assert_eq!(
            again.as_bytes().escape_ascii().to_string(),
            encoded.as_bytes().escape_ascii().to_string()
        );
        assert_eq!(again.pauses(), encoded.pauses());
        assert_eq!(
            encoded.parts().collect::<Vec<_>>().concat(),
            encoded.as_bytes()
        );
        let waits = assert_one_message(framer(Limits::default()), &encoded);
        if options.literals != LiteralMode::Response {
            assert!(waits == 0 || waits == encoded.pauses().len());
        }
    }
}

/// A framer sees one message; that of a server also where the client waits, which is counted.
pub(crate) fn assert_one_message(mut framer: Framer, encoded: &Encoded) -> usize {
    framer.feed(encoded.as_bytes());
    let mut waits = 0;
    loop {
        match framer.poll().unwrap() {
            Some(Framed::Continuation { .. }) => waits += 1,
            Some(Framed::Message(message)) => {
                assert_eq!(message, encoded.as_bytes());
                break;
            }
            other => panic!("{other:?} in {}", encoded.as_bytes().escape_ascii()),
        }
    }
    assert!(framer.is_idle());
    waits
}

fn reading(base: Options, options: EncodeOptions) -> Options {
    base.with_utf8(options.utf8)
}

/// Whether a strict client takes responses that were encoded like this.
fn is_by_the_book(options: EncodeOptions) -> bool {
    options.literals == LiteralMode::Response
}

const MODES: [LiteralMode; 4] = [
    LiteralMode::Synchronizing,
    LiteralMode::NonSynchronizingSmall,
    LiteralMode::NonSynchronizing,
    LiteralMode::Response,
];
