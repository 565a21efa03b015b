//! Single streams: what counts as a literal, what a server is asked, what limits do.

use std::iter::from_fn;

use imap_codec::{FrameError, FrameErrorKind, Framed, Framer};
use imap_proto::Limits;

fn client() -> Framer {
    Framer::client(Limits::default())
}

fn server() -> Framer {
    Framer::server(Limits::default())
}

/// All that comes out, up to the first error.
fn drain(framer: &mut Framer) -> Result<Vec<Framed>, FrameError> {
    from_fn(|| framer.poll().transpose()).collect()
}

fn message(text: &'static str) -> Framed {
    Framed::Message(text.into())
}

fn head(text: &'static str, literal: usize) -> Framed {
    Framed::Head {
        head: text.into(),
        literal,
    }
}

#[track_caller]
fn assert_framed(mut framer: Framer, stream: &str, expected: &[Framed]) {
    framer.feed(stream.as_bytes());
    assert_eq!(drain(&mut framer).unwrap(), expected, "{stream:?}");
}

#[test]
fn ok_text_for_people_holds_no_literal() {
    for text in [
        "* OK see {5}\r\n",
        "* ok {5}\r\n",
        "* OK [UNSEEN 5] {5}\r\n",
        "* NO [ALERT\" {5}\r\n",
        "* OK [PERMANENTFLAGS (\\Seen [css3-page])] {5}\r\n",
        "* NO [BADCHARSET (utf-8)] see {5}\r\n",
        "* NO [BADCHARSET ({6}\r\nutf-8)utf-8)] see {5}\r\n",
        "* BYE {5}\n",
        "* PREAUTH {5}\r\n",
        "* [COPYUID 1 2 3] {5}\r\n",
        "[COPYUID 1 2 3] {5}\r\n",
        "a1 BAD {5}\r\n",
        "+ {5}\r\n",
        "+ ({5}\r\n",
        "Server Unavailable. {5}\r\n",
        "* {5}\r\n",
        "{5}\r\n",
        "* LIST () \"/\" name{5}\r\n",
        "* LIST () \"/\" {-1}\r\n",
        "* LIST () \"/\" {}\r\n",
        "* LIST () \"/\" {5} \r\n",
    ] {
        assert_framed(
            client(),
            &format!("{text}* 5 EXISTS\r\n"),
            &[
                Framed::Message(text.to_owned().into()),
                message("* 5 EXISTS\r\n"),
            ],
        );
    }
}

#[test]
fn ok_data_holds_literals() {
    for text in [
        "* LIST () \"/\" {3}\r\na\nb\r\n",
        "* LIST () \"/\" {3}\na\nb\n",
        "* LIST () \"/\" {3+}\r\na\nb\r\n",
        "* 1 FETCH (BODY[HEADER.FIELDS ({4}\r\nFrom)] {0}\r\n UID 7)\r\n",
        "* 1 FETCH (BINARY[1] ~{3}\r\n\0\n\0)\r\n",
        "* 1 FETCH (BODY[]<0>{3}\r\na\nb)\r\n",
        "* 1 FETCH (X {003}\r\na\nb{1}\r\n\n)\r\n",
        "* FOO {5}\r\n{9}\r\n\r\n",
        "* NO [BADCHARSET ({5}\r\nutf-8 {2}\r\n\n\n)]\r\n",
        "a1 NO [badcharset (\")\" {2}\r\n\n\n)] {5}\r\n",
    ] {
        assert_framed(client(), text, &[Framed::Message(text.to_owned().into())]);
    }
}

#[test]
fn quirk_unescaped_quote_does_not_hide_a_literal() {
    let text = "* 1 FETCH (ENVELOPE (NIL \"a 5\" disk\" NIL) BODY[] {13}\r\na1 OK hello\r\n)\r\n";
    assert_framed(client(), text, &[message(text)]);
}

#[test]
fn ok_lines_keep_what_was_sent() {
    assert_framed(
        client(),
        "\r\n\n* OK\n\0\r\n\r\r\n+\r\n",
        &[
            message("\r\n"),
            message("\n"),
            message("* OK\n"),
            message("\0\r\n"),
            message("\r\r\n"),
            message("+\r\n"),
        ],
    );
}

#[test]
fn ok_each_synchronizing_literal_asks_once() {
    let mut framer = server();
    framer.feed(b"A1 LOGIN {3}\r\n");
    assert_eq!(framer.poll(), Ok(Some(Framed::Continuation { literal: 3 })));
    assert_eq!(framer.partial(), b"A1 LOGIN {3}\r\n");
    assert_eq!(framer.poll(), Ok(None));
    framer.feed(b"joe {0}\r\n");
    assert_eq!(framer.poll(), Ok(Some(Framed::Continuation { literal: 0 })));
    assert_eq!(framer.partial(), b"A1 LOGIN {3}\r\njoe {0}\r\n");
    assert_eq!(framer.poll(), Ok(None));
    framer.feed(b"\r\n");
    assert_eq!(
        framer.poll(),
        Ok(Some(message("A1 LOGIN {3}\r\njoe {0}\r\n\r\n")))
    );
}

#[test]
fn ok_other_literals_of_commands_do_not_ask() {
    for text in [
        "A1 LOGIN {3+}\r\njoe {0+}\r\n\r\n",
        "A1 APPEND box ~{3+}\r\n\0\n\0\r\n",
        "A1 X name{3+}\r\na\nb\r\n",
        "{3+}\r\na\nb\r\n",
        "A1 LOGIN joe word{3}\r\n",
        "{3}\r\n",
    ] {
        assert_framed(server(), text, &[message(text)]);
    }
}

#[test]
fn ok_refused_literal_leaves_the_stream_in_step() {
    let mut framer = server();
    assert_eq!(framer.refuse_literal(), None);
    framer.feed(b"A1 APPEND {3+}\r\nbox {5}\r\nA2 NOOP\r\n");
    assert_eq!(framer.refuse_literal(), None);
    assert_eq!(framer.poll(), Ok(Some(Framed::Continuation { literal: 5 })));
    assert_eq!(
        framer.refuse_literal(),
        Some("A1 APPEND {3+}\r\nbox {5}\r\n".into())
    );
    assert_eq!(framer.refuse_literal(), None);
    assert_eq!(framer.poll(), Ok(Some(message("A2 NOOP\r\n"))));
}

#[test]
fn ok_lines_outside_of_commands_hold_no_literal() {
    let mut framer = server();
    framer.feed(b"DONE {5}\r\n\nA1 ");
    assert_eq!(framer.poll_line(), Ok(Some("DONE {5}\r\n".into())));
    assert_eq!(framer.poll_line(), Ok(Some("\n".into())));
    assert_eq!(framer.poll_line(), Ok(None));
    framer.feed(b"NOOP\r\n");
    assert_eq!(framer.poll(), Ok(Some(message("A1 NOOP\r\n"))));
}

#[test]
fn ok_incomplete_command_is_read_as_lines() {
    for stream in ["A1 X {9}\r\nab", "A1 X {9+}\r\nab", "A1 X {1+}\r\nab"] {
        let mut framer = server();
        framer.feed(stream.as_bytes());
        while framer.poll().unwrap().is_some() {}
        let (first, _) = stream.split_at(stream.len() - 2);
        assert_eq!(framer.poll_line(), Ok(Some(first.to_owned().into())));
        framer.feed(b"\r\n");
        assert_eq!(framer.poll_line(), Ok(Some("ab\r\n".into())));
    }
}

const TIGHT: Limits = Limits {
    max_line: 40,
    max_literal: 20,
    max_message: 64,
    ..Limits::DEFAULT
};

#[test]
fn ok_limits_may_be_reached_and_not_passed() {
    let line = format!("{:38}\r\n", "* X");
    let literal = format!("* X {{20}}\r\n{:20}\r\n", "");
    let whole = format!("* X {{20}}\r\n{0:20} {{20}}\r\n{0:20}{0:5}\r\n", "");
    assert_eq!(
        (line.len(), whole.len()),
        (TIGHT.max_line, TIGHT.max_message)
    );
    for (text, less) in [
        (
            line,
            Limits {
                max_line: 39,
                ..TIGHT
            },
        ),
        (
            literal,
            Limits {
                max_literal: 19,
                ..TIGHT
            },
        ),
        (
            whole,
            Limits {
                max_message: 63,
                ..TIGHT
            },
        ),
    ] {
        assert_framed(
            Framer::client(TIGHT),
            &text,
            &[Framed::Message(text.clone().into())],
        );
        let mut framer = Framer::client(less);
        framer.feed(text.as_bytes());
        assert!(!framer.poll().unwrap_err().is_fatal());
        assert_eq!((framer.poll(), framer.is_idle()), (Ok(None), true));
    }
}

/// Feeds a stream octet by octet and gives its error and the messages after it.
#[track_caller]
fn error_and_rest(mut framer: Framer, stream: &str) -> (FrameError, Vec<Framed>) {
    let mut errors = Vec::new();
    let mut rest = Vec::new();
    for octet in stream.as_bytes() {
        framer.feed(&[*octet]);
        match drain(&mut framer) {
            Ok(framed) => rest.extend(framed),
            Err(error) => errors.push(error),
        }
        assert!(framer.pending() <= TIGHT.max_message + 1);
    }
    assert_eq!(errors.len(), 1, "{errors:?}");
    (errors.remove(0), rest)
}

#[test]
fn err_large_synchronizing_literal_is_refused() {
    for size in [21_u64, 1 << 40, u64::MAX] {
        let stream = format!("A1 X {{{size}}}\r\nA2 NOOP\r\n");
        let (error, rest) = error_and_rest(Framer::server(TIGHT), &stream);
        assert_eq!(
            error.kind(),
            FrameErrorKind::LiteralTooLarge { size, limit: 20 }
        );
        assert_eq!((error.tag(), error.is_fatal()), (Some("A1"), false));
        assert_eq!(rest, [message("A2 NOOP\r\n")]);
    }
}

#[test]
fn err_large_literal_is_thrown_away_with_its_message() {
    let octets = "\r\nA9 NOOP\r\n{3+}\r\n".repeat(50);
    let size = octets.len();
    let kind = FrameErrorKind::LiteralTooLarge {
        size: size as u64,
        limit: 20,
    };
    for (framer, head, tag, rest) in [
        (Framer::server(TIGHT), "A1 X", Some("A1"), " more\r\n"),
        (
            Framer::server(TIGHT),
            "A1 X",
            Some("A1"),
            " (a) ~{0000000000000000003+}\r\na\nb)\r\n",
        ),
        (
            Framer::server(TIGHT),
            "A1 X",
            Some("A1"),
            "{3+}\r\na\nb {3}\r\n",
        ),
        (Framer::client(TIGHT), "* X", None, " more\r\n"),
        (Framer::client(TIGHT), "* X", None, " name{3}\r\n"),
        (
            Framer::client(TIGHT),
            "* X",
            None,
            "{3}\r\na\nb (a) ~{3}\n\0\n\0)\r\n",
        ),
        (
            Framer::client(TIGHT),
            "* NO [BADCHARSET (a",
            None,
            ")] see what the manual says about it {3}\r\n",
        ),
    ] {
        let plus = if tag.is_some() { "+" } else { "" };
        let head = format!("{head} {{{size}{plus}}}\r\n");
        let (error, rest) = error_and_rest(framer, &format!("{head}{octets}{rest}A2 OK\r\n"));
        assert_eq!((error.kind(), error.is_fatal()), (kind, false));
        assert_eq!((error.head(), error.tag()), (head.as_bytes(), tag));
        assert_eq!(rest, [message("A2 OK\r\n")], "{head}");
    }
}

#[test]
fn err_absurd_literal_is_fatal() {
    for (mut framer, stream) in [
        (Framer::server(TIGHT), "A1 X {4294967297+}\r\n"),
        (Framer::client(TIGHT), "* X {4294967297}\r\n"),
        (Framer::client(TIGHT), "* X {99999999999999999999}\r\n"),
    ] {
        framer.feed(stream.as_bytes());
        let error = framer.poll().unwrap_err();
        assert!(error.is_fatal());
        framer.feed(b"A2 NOOP\r\n");
        assert_eq!(framer.poll(), Err(error.clone()));
        assert_eq!(framer.poll_line(), Err(error));
    }
}

#[test]
fn err_absurd_literal_is_fatal_while_a_message_is_thrown_away() {
    let mut framer = Framer::client(TIGHT);
    framer.feed(b"* X {21}\r\n123456789012345678901 {4294967297}\r\n");
    assert!(!framer.poll().unwrap_err().is_fatal());
    let error = framer.poll().unwrap_err();
    let kind = FrameErrorKind::LiteralTooLarge {
        size: 4_294_967_297,
        limit: 20,
    };
    assert_eq!(
        (error.kind(), error.head(), error.is_fatal()),
        (kind, &b""[..], true)
    );
    assert_eq!(framer.poll(), Err(error));
}

#[test]
fn err_long_line_is_thrown_away_with_its_message() {
    let filler = "x".repeat(500);
    for (framer, start, end) in [
        (Framer::server(TIGHT), "A1 X ", "\r\n"),
        (Framer::server(TIGHT), "A1 X ", "{3+}\r\na\nb {3}\r\n"),
        (Framer::server(TIGHT), "A1 X ", "{3}\r\n"),
        (Framer::client(TIGHT), "* X ", " {3}\r\na\nb\n"),
        (Framer::client(TIGHT), "* X ", "{3}\r\n"),
        (Framer::client(TIGHT), "* OK ", " {3}\r\n"),
        (Framer::client(TIGHT), "* NO [BADCHARSET (", ")] {3}\r\n"),
        (Framer::client(TIGHT), "* X {3}\r\na\nb ", " {3}\r\na\nb\n"),
        (Framer::client(TIGHT), "", " {3}\r\n"),
    ] {
        let stream = format!("{start}{filler}{end}A2 OK\r\n");
        let (error, rest) = error_and_rest(framer, &stream);
        assert_eq!(
            error.kind(),
            FrameErrorKind::LineTooLong { limit: 40 },
            "{stream}"
        );
        assert!(stream.as_bytes().starts_with(error.head()) && error.head().len() >= 40);
        assert_eq!(error.tag(), start.starts_with("A1").then_some("A1"));
        assert_eq!(rest, [message("A2 OK\r\n")], "{stream}");
    }
}

#[test]
fn err_long_line_that_arrives_whole_is_dropped_alike() {
    let mut framer = Framer::client(TIGHT);
    framer.feed(format!("* X {} {{3}}\r\na\nb\r\nA2 OK\r\n", "x".repeat(500)).as_bytes());
    let error = framer.poll().unwrap_err();
    assert_eq!(error.to_string(), "line is longer than 40 octets");
    assert_eq!(framer.poll(), Ok(Some(message("A2 OK\r\n"))));
}

#[test]
fn err_parts_of_a_line_are_counted_together() {
    let stream = "* X {1}\r\na0123456789 {1}\r\na0123456789 {1}\r\na\r\n* 5 EXISTS\r\n";
    let (error, rest) = error_and_rest(Framer::client(TIGHT), stream);
    assert_eq!(error.kind(), FrameErrorKind::LineTooLong { limit: 40 });
    assert_eq!(rest, [message("* 5 EXISTS\r\n")]);
}

#[test]
fn err_large_message_is_thrown_away() {
    let literal = format!(" {{20}}\r\n{}", "\n".repeat(20));
    for stream in [
        format!("* X{}\r\n* 5 EXISTS\r\n", literal.repeat(3)),
        format!("* X{}{:20}\r\n* 5 EXISTS\r\n", literal.repeat(2), ""),
    ] {
        let (error, rest) = error_and_rest(Framer::client(TIGHT), &stream);
        assert_eq!(error.kind(), FrameErrorKind::MessageTooLarge { limit: 64 });
        assert_eq!(rest, [message("* 5 EXISTS\r\n")]);
    }
    let mut framer = Framer::server(TIGHT);
    framer.feed(b"A1 X {19+}\r\n0123456789012345678 {19+}\r\n0123456789012345678 {7}\r\n");
    let error = framer.poll().unwrap_err();
    assert_eq!(error.to_string(), "message is larger than 64 octets");
    assert!(framer.is_idle());
}

#[test]
fn err_long_plain_line_is_thrown_away() {
    let mut framer = Framer::server(TIGHT);
    framer.feed(&[b'x'; 100]);
    let error = framer.poll_line().unwrap_err();
    assert_eq!(error.kind(), FrameErrorKind::LineTooLong { limit: 40 });
    assert_eq!(framer.poll_line(), Ok(None));
    framer.feed(b" {3+}\r\nDONE\r\n");
    assert_eq!(framer.poll_line(), Ok(Some("DONE\r\n".into())));
}

#[test]
fn ok_limits_may_be_raised() {
    let mut framer = Framer::server(TIGHT);
    framer.set_limits(Limits::SERVER);
    framer.feed(b"A1 X {21}\r\n");
    assert_eq!(
        framer.poll(),
        Ok(Some(Framed::Continuation { literal: 21 }))
    );
}

#[test]
fn ok_large_literals_are_streamed_and_small_ones_are_not() {
    let mut framer = client();
    framer.set_stream_threshold(Some(3));
    let stream =
        "* X ({3}\r\n\n\n\n {4}\r\n{9}\n {0}\r\n {5}\r\n01234 {3}\r\nabc)\r\n* 5 EXISTS\r\n";
    assert_framed(
        framer,
        stream,
        &[
            head("* X ({3}\r\n\n\n\n {4}\r\n", 4),
            Framed::Chunk("{9}\n".into()),
            head(" {0}\r\n {5}\r\n", 5),
            Framed::Chunk("01234".into()),
            Framed::Tail(" {3}\r\nabc)\r\n".into()),
            message("* 5 EXISTS\r\n"),
        ],
    );
}

#[test]
fn ok_server_is_asked_before_a_literal_is_streamed() {
    let mut framer = server();
    framer.set_stream_threshold(Some(3));
    framer.feed(b"A1 APPEND box {4}\r\n");
    assert_eq!(framer.poll(), Ok(Some(Framed::Continuation { literal: 4 })));
    assert_eq!(framer.partial(), b"A1 APPEND box {4}\r\n");
    assert_eq!(framer.poll(), Ok(Some(head("A1 APPEND box {4}\r\n", 4))));
    assert_eq!((framer.poll(), framer.is_idle()), (Ok(None), false));
    framer.feed(b"mail\r\n");
    let rest = [Framed::Chunk("mail".into()), Framed::Tail("\r\n".into())];
    assert_eq!(drain(&mut framer).unwrap(), rest);
    assert!(framer.is_idle());
}

#[test]
fn ok_threshold_may_change_between_messages() {
    let mut framer = client();
    let stream = b"* X {2}\r\nab\r\n";
    for threshold in [None, Some(1), None] {
        framer.set_stream_threshold(threshold);
        framer.feed(stream);
        let parts = drain(&mut framer).unwrap().len();
        assert_eq!(parts, if threshold.is_some() { 3 } else { 1 });
    }
}

#[test]
fn err_message_that_has_begun_to_stream_is_dropped() {
    let mut framer = Framer::client(TIGHT);
    framer.set_stream_threshold(Some(3));
    framer.feed(b"* X {4}\r\nabcd {21}\r\n012345678901234567890\r\n* 5 EXISTS\r\n");
    assert_eq!(framer.poll(), Ok(Some(head("* X {4}\r\n", 4))));
    assert_eq!(framer.poll(), Ok(Some(Framed::Chunk("abcd".into()))));
    let error = framer.poll().unwrap_err();
    assert_eq!(
        error.kind(),
        FrameErrorKind::LiteralTooLarge {
            size: 21,
            limit: 20
        }
    );
    assert_eq!((error.head(), error.tag()), (&b""[..], None));
    assert_eq!(framer.poll(), Ok(Some(message("* 5 EXISTS\r\n"))));
}

#[test]
fn ok_streamed_and_dropped_octets_take_constant_memory() {
    let piece = vec![b'x'; 64 << 10];
    for (limit, threshold) in [(64 << 20, Some(1 << 20)), (1 << 20, None)] {
        let mut framer = Framer::client(Limits {
            max_literal: limit,
            ..Limits::DEFAULT
        });
        framer.set_stream_threshold(threshold);
        framer.feed(b"* 1 FETCH (BODY[] {67108864}\r\n");
        assert_eq!(drain(&mut framer).is_err(), threshold.is_none());
        for _ in 0..1024 {
            framer.feed(&piece);
            drain(&mut framer).unwrap();
            assert_eq!(framer.pending(), 0);
            assert!(framer.buffer_mut().capacity() <= 256 << 10);
        }
        framer.feed(b")\r\n* 5 EXISTS\r\n");
        assert_eq!(
            drain(&mut framer).unwrap().last(),
            Some(&message("* 5 EXISTS\r\n"))
        );
    }
}

#[test]
fn ok_large_message_leaves_a_small_buffer() {
    let mut framer = client();
    framer.feed(b"* 1 FETCH (BODY[] {10000000}\r\n");
    framer.feed(&vec![b'x'; 10_000_000]);
    framer.feed(b")\r\n* 5 EX");
    assert!(matches!(framer.poll(), Ok(Some(Framed::Message(_)))));
    assert!(framer.buffer_mut().capacity() < 100);
    framer.feed(b"ISTS\r\n");
    assert_eq!(framer.poll(), Ok(Some(message("* 5 EXISTS\r\n"))));
}

/// A head of 25 octets, and so many octets of its literal as `feed` takes at a time.
fn collect(size: usize, mut feed: impl FnMut(&mut Framer, usize)) -> Framer {
    let mut framer = client();
    framer.feed(format!("* 1 FETCH (X {{{size:08}}}\r\n").as_bytes());
    loop {
        assert_eq!(framer.poll(), Ok(None));
        let missing = framer.missing();
        if missing == 0 {
            return framer;
        }
        feed(&mut framer, missing);
        let arrived = framer.pending();
        let capacity = framer.buffer_mut().capacity();
        assert!(
            capacity <= 2 * arrived + (256 << 10),
            "{capacity} for {arrived}"
        );
    }
}

#[test]
fn ok_memory_of_a_literal_follows_what_arrives_up_to_its_end() {
    let size = 1_500_000;
    for piece in [64, 1000, 16 << 10, 1 << 20] {
        let octets = vec![b'x'; piece];
        let mut framer = collect(size, |framer, missing| {
            framer.feed(&octets[..missing.min(piece)]);
        });
        assert_eq!(framer.buffer_mut().capacity(), 25 + size + 512);
    }
    let mut framer = collect(size, |framer, missing| {
        framer.feed_with(|octets| {
            let spare = octets.capacity() - octets.len();
            assert!(spare >= missing.min(256 << 10) && spare <= missing + 512);
            octets.resize(octets.len() + spare.min(missing), b'x');
        });
    });
    assert_eq!(framer.buffer_mut().capacity(), 25 + size + 512);
    framer.feed(b")\r\n* 5 EXISTS\r\n");
    assert_eq!(drain(&mut framer).unwrap().len(), 2);
}

#[test]
fn ok_cost_is_linear_in_small_pieces() {
    let mut line = b"* SEARCH".to_vec();
    while line.len() < 1 << 20 {
        line.extend(b" 123456");
    }
    line.extend(b"\r\n");
    let mut framer = client();
    for piece in line.chunks(64) {
        assert_eq!(framer.poll(), Ok(None));
        framer.feed(piece);
    }
    assert_eq!(
        framer.poll(),
        Ok(Some(Framed::Message(line.clone().into())))
    );
    assert_eq!(framer.scanned(), line.len() as u64);
}

#[test]
fn ok_literals_are_not_searched() {
    let mut framer = client();
    framer.feed(b"* X {1000}\r\n");
    framer.feed(&[b'\n'; 1000]);
    framer.feed(b"\r\n");
    assert!(matches!(framer.poll(), Ok(Some(Framed::Message(_)))));
    assert_eq!(framer.scanned(), 14);
}

#[test]
fn ok_rest_is_handed_over() {
    let mut framer = client();
    framer.feed(b"a1 OK begin TLS\r\n* X {9}\r\nab");
    assert_eq!(framer.poll(), Ok(Some(message("a1 OK begin TLS\r\n"))));
    assert_eq!((framer.pending(), framer.is_idle()), (11, false));
    assert_eq!(framer.poll(), Ok(None));
    assert_eq!(framer.take_rest(), "* X {9}\r\nab");
    assert_eq!((framer.pending(), framer.is_idle()), (0, true));
    framer.feed(b"* X\r\n");
    assert_eq!(framer.poll(), Ok(Some(message("* X\r\n"))));
}

#[test]
fn ok_resting_framer_holds_no_memory() {
    let mut framer = client();
    framer.feed(b"* X\r\n* ");
    framer.poll().unwrap();
    framer.shrink();
    assert_eq!(framer.pending(), 2);
    framer.feed(b"Y\r\n");
    framer.poll().unwrap();
    framer.shrink();
    assert_eq!(framer.buffer_mut().capacity(), 0);
}

#[test]
fn ok_debug_shows_no_octets() {
    let mut framer = server();
    framer.feed(b"A1 LOGIN joe sesame");
    framer.poll().unwrap();
    let shown = format!("{framer:?}");
    assert_eq!(
        shown,
        "Framer { role: Server, state: Line, pending: 19, .. }"
    );
}
