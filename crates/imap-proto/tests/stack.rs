//! Deep and wide messages: what they are read to, or refused for, fits a small stack.

mod support;

use std::fmt::Debug;
use std::thread;

use imap_proto::{Arena, Command, Expected, ParseError, Response};
use support::Role::{self, Client, Server};

/// A small stack: threads have eight times as much by default.
const SMALL: usize = 256 << 10;

/// Deeper than any limit, in octets that a line may have.
const DEEP: usize = 100_000;

/// As many elements as a message may have by default.
const WIDE: usize = 1_000_000;

/// A message by its parts: what is before, what opens a level, what is inside, what closes a level, and
/// what is behind.
type Nested = (Role, [&'static str; 5]);

/// What is read by recursion.
const RECURSIVE: &[Nested] = &[
    (
        Server,
        ["* 1 FETCH (BODYSTRUCTURE ", "(", PART, " \"M\")", ")"],
    ),
    (Server, ["* 1 FETCH (BODYSTRUCTURE ", "(", "", ")", ")"]),
    (
        Server,
        ["* 1 FETCH (UID 1 BODY ", MESSAGE, PART, " 1)", ")"],
    ),
    (Client, ["a SEARCH ", "(", "ALL", ")", ""]),
    (Client, ["a SEARCH ", "NOT ", "ALL", "", ""]),
    (Client, ["a SEARCH ", "FUZZY ", "ALL", "", ""]),
    (Client, ["a SEARCH ", "OR ALL ", "ALL", "", ""]),
    (Client, ["a UID SEARCH ", "OR ", "ALL", " SEEN", ""]),
    (
        Client,
        ["a SORT (DATE) UTF-8 ", "OR ALL (NOT ", "ALL", ")", ""],
    ),
];

/// What is read without.
const FLAT: &[Nested] = &[
    (Server, ["* THREAD ", "((1)", "(2)", ")", ""]),
    (Server, ["* THREAD ", "(1 ", "2", ")", ""]),
    (Server, ["* THREAD ", "(1 (2)", "(3)", ")", ""]),
    (
        Server,
        [
            "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL NIL NIL NIL ",
            "(",
            "1",
            ")",
            "))",
        ],
    ),
    (Server, ["* 1 FETCH (ENVELOPE ", "(", "", ")", ")"]),
    (Server, ["* 1 FETCH (X ", "(", "a", ")", ")"]),
    (Server, ["* 1 FETCH (X ", "(a (b) ", "", ")", ")"]),
    (Server, ["* X ", "(", "a", ")", ""]),
    (Server, ["* LIST () NIL x (a ", "(", "a", ")", ")"]),
    (Server, ["* STATUS x (X ", "(", "a", ")", ")"]),
    (Server, ["* OK [X ", "(", "a", ")", "] x"]),
    (Server, ["* ESEARCH X ", "(", "a", ")", ""]),
    (Client, ["a SEARCH RETURN (X ", "(", "a", ")", ") ALL"]),
    (Client, ["a SELECT x (X ", "(", "a", ")", ")"]),
    (Client, ["a X ", "(", "a", ")", ""]),
];

/// An element that can come any number of times, with what is before and behind.
const REPEATED: &[(Role, [&str; 3])] = &[
    (Server, ["* THREAD ", "(1)", ""]),
    (Server, ["* THREAD (1 ", "(1)", ")"]),
    (Server, ["* 1 FETCH (BODYSTRUCTURE (", PART, " \"M\"))"]),
    (Server, ["* 1 FETCH (BODYSTRUCTURE (", "()", " \"M\"))"]),
    (Server, ["* 1 FETCH (X (", "()", "))"]),
    (Client, ["a SEARCH ALL", " (NOT SEEN)", ""]),
    (Client, ["a SEARCH ALL", " OR SEEN 1", ""]),
    (Client, ["a X (", "()", ")"]),
];

const PART: &str = "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)";

const MESSAGE: &str = "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 1 \
                       (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ";

fn nested([before, open, inside, close, after]: &[&str; 5], depth: usize) -> String {
    let (opened, closed) = (open.repeat(depth), close.repeat(depth));
    [*before, &opened, inside, &closed, after, "\r\n"].concat()
}

fn repeated([before, element, after]: &[&str; 3], count: usize) -> String {
    [*before, &element.repeat(count), after, "\r\n"].concat()
}

/// Does with a value all that goes through its levels, on a small stack.
fn walk<T: Copy + Debug + PartialEq + Send + Sync>(
    value: Result<T, ParseError>,
    again: Result<T, ParseError>,
) -> Result<(), ParseError> {
    on_stack(SMALL, || {
        let copied = value;
        assert!(copied == again);
        assert!(!format!("{value:?}").is_empty());
    });
    value.map(drop)
}

/// Reads a message twice, and goes through the values.
fn check(role: Role, message: &str) -> Result<(), Expected> {
    let (frame, first, second) = (message.as_bytes(), Arena::new(), Arena::new());
    let read = match role {
        Client => walk(
            Command::parse(frame, &first),
            Command::parse(frame, &second),
        ),
        _ => walk(
            Response::parse(frame, &first),
            Response::parse(frame, &second),
        ),
    };
    read.map_err(|error| error.expected)
}

fn on_stack(size: usize, work: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(size);
        thread.spawn_scoped(scope, work).unwrap().join().unwrap();
    });
}

/// Reads messages that are not deep, as deep as is allowed, and deeper.
fn check_nested(all: &[Nested]) {
    for (role, parts) in all {
        assert_eq!(check(*role, &nested(parts, 1)), Ok(()), "{parts:?}");
        for depth in [61, 62, 63, 64, 253, 254, 255, DEEP] {
            let read = check(*role, &nested(parts, depth));
            let is_sound = matches!(read, Ok(()) | Err(Expected::LessNesting));
            assert!(is_sound, "{read:?} for {depth} levels of {parts:?}");
        }
    }
}

#[test]
fn ok_deep_lists_fit_a_small_stack() {
    on_stack(SMALL, || check_nested(FLAT));
}

#[test]
fn ok_deep_structures_and_keys_fit_a_small_stack() {
    on_stack(SMALL, || check_nested(RECURSIVE));
}

#[test]
fn ok_wide_messages_fit_a_small_stack() {
    on_stack(SMALL, || {
        for (role, parts) in REPEATED {
            let read = check(*role, &repeated(parts, WIDE));
            let is_sound = matches!(
                read,
                Ok(()) | Err(Expected::LessElements | Expected::LessMemory)
            );
            assert!(is_sound, "{read:?} for {parts:?}");
        }
    });
}
