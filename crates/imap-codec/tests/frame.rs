//! What holds for every stream, however it arrives.

use std::iter;

use imap_codec::{Framed, Framer};
use imap_proto::Limits;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

mod pieces;
use pieces::{Outcome, octets, run};

/// Limits that every other message of [`soup`] passes.
const TINY: Limits = Limits {
    max_line: 40,
    max_literal: 20,
    max_message: 60,
    ..Limits::DEFAULT
};

fn messages(outcomes: &[Outcome]) -> Vec<&[u8]> {
    let whole = outcomes.iter().map(|outcome| match outcome {
        Ok(Framed::Message(bytes)) => Some(&bytes[..]),
        Ok(Framed::Continuation { .. }) => None,
        other => panic!("{other:?}"),
    });
    whole.flatten().collect()
}

fn whole_and_in_pieces(
    stream: &[u8],
    random: Vec<usize>,
    new: impl Fn() -> Framer,
) -> Vec<Outcome> {
    let mut framer = new();
    let whole = run(&mut framer, stream, iter::repeat(stream.len()));
    let random = random.into_iter().cycle();
    for sizes in [
        Box::new(random) as Box<dyn Iterator<Item = usize>>,
        Box::new(iter::repeat(1)),
        Box::new(iter::repeat(7)),
        Box::new(iter::repeat(64)),
    ] {
        let mut framer = new();
        assert_eq!(run(&mut framer, stream, sizes), whole);
    }
    whole
}

fn line_end() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just("\r\n"), 1 => Just("\n")]
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    vec(1_usize..100, 1..20)
}

/// Octets that look like everything else.
fn literal_octets() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        select(
            &[
                "\r\n",
                "{5}\r\n",
                "{5+}\r\n",
                "A1 OK x\r\n",
                "* BYE\r\n",
                "\"",
                ")",
                "\0",
                "\n"
            ][..]
        )
        .prop_map(|text| text.as_bytes().to_vec()),
        vec(any::<u8>(), 0..30),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A value as it stands in data and in arguments; `plus` comes behind the size of its literals.
fn value(plus: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let literal = (select(&["{", "~{"][..]), literal_octets(), line_end()).prop_map(
        move |(open, octets, end)| {
            let marker = format!("{open}{}{plus}}}{end}", octets.len());
            [marker.as_bytes(), &octets].concat()
        },
    );
    let leaf = prop_oneof![
        2 => "[A-Za-z0-9.]{1,8}".prop_map(String::into_bytes),
        1 => r#""([ -!#-\[\]-~]|\\"|\\\\){0,12}""#.prop_map(String::into_bytes),
        2 => literal,
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        vec(inner, 0..4).prop_map(|values| [&b"("[..], &values.join(&b' '), b")"].concat())
    })
}

fn values(start: &'static str, plus: &'static str) -> impl Strategy<Value = Vec<u8>> {
    (vec(value(plus), 1..6), line_end()).prop_map(move |(values, end)| {
        [start.as_bytes(), &values.join(&b' '), end.as_bytes()].concat()
    })
}

fn response() -> impl Strategy<Value = Vec<u8>> {
    let text = (
        select(
            &[
                "* OK ",
                "* no [ALERT] ",
                "* BYE ",
                "a1 OK ",
                "a1 BAD ",
                "+ ",
                "",
                "* [X] ",
                "Server ",
                "* NO [BADCHARSET (x)] ",
            ][..],
        ),
        "[ -!#-~]{0,20}",
        select(&["", " {5}", "{0}", " ({5}", " ~{5+}"][..]),
        line_end(),
    );
    let text = text.prop_filter("no data", |(start, text, ..)| {
        !start.is_empty() || !text.starts_with(['*'])
    });
    prop_oneof![
        values("* 12 FETCH ", ""),
        values("* LIST ", ""),
        values("* X-NEW ", ""),
        text.prop_map(|(start, text, mark, end)| [start, &text, mark, end].concat().into_bytes()),
        Just(b"\r\n".to_vec()),
        Just(b"* NO [BADCHARSET ({5}\r\nutf-8 {2}\r\nxx)] see {5}\r\n".to_vec()),
    ]
}

fn command() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        values("A1 X ", ""),
        values("A2 Y ", "+"),
        Just(b"A3 NOOP\r\n".to_vec())
    ]
}

/// Pieces of messages in no order.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let words: &[&[u8]] = &[
        b"* ",
        b"A1 ",
        b"A1 OK ",
        b"* OK ",
        b"+ ",
        b"FETCH ",
        b"(",
        b")",
        b"[",
        b"\"",
        b"\\",
        b" ",
        b"\r\n",
        b"\n",
        b"\r",
        b" {5}\r\n",
        b" {5+}\r\n",
        b" {19}\r\n",
        b" {21}\r\n",
        b" {21+}\r\n",
        b" ~{0}\r\n",
        b"{3}\n",
        b" {30000000000000}\r\n",
        b" {99999999999999999999+}\r\n",
        b"* NO [BADCHARSET (",
        b"\0",
        b"{-1}\r\n",
        b"{}\r\n",
        b"{000000000000000000000}\r\n",
    ];
    let piece = prop_oneof![
        4 => select(words).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 0..40),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn ok_responses_come_out_as_they_were(
        sent in vec(response(), 1..8), sizes in sizes()
    ) {
        let stream = sent.concat();
        let outcomes =
            whole_and_in_pieces(&stream, sizes, || Framer::client(Limits::default()));
        prop_assert_eq!(messages(&outcomes), sent);
    }

    #[test]
    fn ok_commands_come_out_as_they_were(sent in vec(command(), 1..8), sizes in sizes()) {
        let stream = sent.concat();
        let outcomes =
            whole_and_in_pieces(&stream, sizes, || Framer::server(Limits::default()));
        prop_assert_eq!(messages(&outcomes), sent);
    }

    #[test]
    fn ok_every_prefix_is_incomplete(response in response(), command in command()) {
        for (mut framer, message) in [
            (Framer::client(Limits::default()), response),
            (Framer::server(Limits::default()), command),
        ] {
            let (end, start) = message.split_last().unwrap();
            for octet in start {
                framer.feed(&[*octet]);
                match framer.poll() {
                    Ok(None) => {}
                    Ok(Some(Framed::Continuation { .. })) => {
                        prop_assert_eq!(framer.poll(), Ok(None));
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
                prop_assert!(!framer.is_idle());
            }
            prop_assert_eq!(framer.partial(), start);
            framer.feed(&[*end]);
            prop_assert_eq!(framer.poll(), Ok(Some(Framed::Message(message.into()))));
            prop_assert!(framer.is_idle());
        }
    }

    #[test]
    fn ok_streamed_parts_make_up_the_message(
        sent in vec(response(), 1..8), sizes in sizes(), threshold in 0_usize..20
    ) {
        let stream = sent.concat();
        let outcomes = whole_and_in_pieces(&stream, sizes, || {
            let mut framer = Framer::client(Limits::default());
            framer.set_stream_threshold(Some(threshold));
            framer
        });
        prop_assert_eq!(octets(&outcomes), stream);
        let mut announced = None;
        for outcome in outcomes {
            match outcome.unwrap() {
                Framed::Head { literal, .. } => announced = Some(literal),
                Framed::Chunk(bytes) => prop_assert_eq!(Some(bytes.len()), announced.take()),
                _ => prop_assert_eq!(announced, None),
            }
        }
    }

    #[test]
    fn ok_nothing_is_lost(stream in soup(), sizes in sizes(), client: bool) {
        let limits = Limits { max_literal: usize::MAX, max_message: usize::MAX, ..TINY };
        let limits = Limits { max_line: usize::MAX, ..limits };
        let mut framer = if client { Framer::client(limits) } else { Framer::server(limits) };
        let outcomes = run(&mut framer, &stream, sizes.into_iter().cycle());
        if outcomes.iter().any(Result::is_err) {
            prop_assert!(stream.starts_with(&octets(&outcomes)));
            return Ok(());
        }
        let pending = framer.pending();
        let rest = framer.take_rest();
        prop_assert_eq!(rest.len(), pending);
        prop_assert_eq!([octets(&outcomes), rest.to_vec()].concat(), stream);
        prop_assert!(framer.is_idle());
    }

    #[test]
    fn ok_pieces_make_no_difference_to_errors(
        stream in soup(), sizes in sizes(), client: bool, threshold in proptest::option::of(0_usize..20)
    ) {
        whole_and_in_pieces(&stream, sizes, || {
            let mut framer = if client { Framer::client(TINY) } else { Framer::server(TINY) };
            framer.set_stream_threshold(threshold);
            framer
        });
    }

    #[test]
    fn ok_any_octets_and_calls_in_any_order(
        pieces in vec((soup(), 0_u8..6), 0..20), client: bool
    ) {
        let mut framer = if client { Framer::client(TINY) } else { Framer::server(TINY) };
        for (octets, call) in pieces {
            framer.buffer_mut().extend_from_slice(&octets);
            match call {
                0 => drop(framer.poll_line()),
                1 => drop(framer.refuse_literal()),
                2 => drop(framer.take_rest()),
                3 => framer.buffer_mut().truncate(octets.len() / 2),
                4 => framer.shrink(),
                _ => drop(framer.poll()),
            }
            prop_assert!(framer.partial().len() <= framer.pending());
        }
    }
}
