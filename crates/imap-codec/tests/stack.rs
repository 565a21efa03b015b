//! Values inside each other are written, or refused, on a small stack.

use std::num::NonZeroU32;
use std::thread;

use imap_codec::{Encode, EncodeOptions, Encoder, Reason};
use imap_proto::response::Thread;
use imap_proto::{
    Arena, BodyExtension, BodyStructure, Command, Envelope, IString, MultiPart, PartKind, Response,
    SearchKey, SinglePart,
};

/// A small stack: threads have eight times as much by default.
const SMALL: usize = 256 << 10;

/// Deeper than any limit.
const DEEP: usize = 100_000;

const PART: SinglePart<'static> = SinglePart {
    media_type: IString(b"MESSAGE"),
    media_subtype: IString(b"RFC822"),
    parameters: &[],
    id: None,
    description: None,
    encoding: IString(b"7BIT"),
    octets: 1,
    kind: PartKind::Basic,
    md5: None,
    extension: EXTENSION,
};

const MULTI: MultiPart<'static> = MultiPart {
    parts: &[],
    media_subtype: IString(b"MIXED"),
    parameters: &[],
    extension: EXTENSION,
};

const EXTENSION: BodyExtension<'static> = BodyExtension {
    disposition: None,
    language: &[],
    location: None,
};

const ENVELOPE: &str = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

fn on_a_small_stack(work: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(SMALL);
        thread.spawn_scoped(scope, work).unwrap().join().unwrap();
    });
}

fn encoder(value: &impl Encode) -> Encoder {
    let mut out = Encoder::new(EncodeOptions::SERVER);
    value.encode(&mut out);
    out
}

fn assert_written(value: &impl Encode, line: &str) {
    let encoded = encoder(value).finish().unwrap().into_bytes();
    assert_eq!(String::from_utf8(encoded).unwrap(), line);
}

fn assert_refused(value: &impl Encode) {
    assert_eq!(encoder(value).finish().unwrap_err().reason, Reason::Nesting);
}

fn nested([open, inside, close]: [&str; 3], depth: usize) -> String {
    [&open.repeat(depth), inside, &close.repeat(depth)].concat()
}

#[test]
fn ok_the_deepest_that_is_read_is_written() {
    let part = r#"("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL)"#;
    let message = format!(r#"("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 {ENVELOPE} "#);
    let structures = [
        nested(["(", part, r#" "M" NIL NIL NIL NIL)"#], 63),
        nested([&message, part, " 1 NIL NIL NIL NIL)"], 63),
    ];
    let keys = [
        nested(["(", "ALL", ")"], 63),
        nested(["NOT ", "ALL", ""], 63),
        nested(["OR ALL ", "ALL", ""], 63),
        nested(["OR (FUZZY ", "ALL", ") SEEN"], 21),
    ];
    let threads = nested(["(1 (2)", "(3)", ")"], 254);
    let fetch = |structure| format!("* 1 FETCH (BODYSTRUCTURE {structure})\r\n");
    let responses = structures.into_iter().map(fetch);
    let responses = responses.chain([format!("* THREAD {threads}\r\n")]);
    on_a_small_stack(move || {
        for line in responses {
            let arena = Arena::new();
            let response = Response::parse(line.as_bytes(), &arena).unwrap();
            assert_written(&response, &line);
        }
        for key in keys {
            let (line, arena) = (format!("a SEARCH {key}\r\n"), Arena::new());
            let command = Command::parse(line.as_bytes(), &arena).unwrap();
            assert_written(&command, &line);
        }
    });
}

#[test]
fn err_deeper_structures_of_a_program() {
    on_a_small_stack(|| {
        let (arena, envelope) = (Arena::new(), Envelope::default());
        let mut parts = BodyStructure::Single(&PART);
        let mut messages = parts;
        for _ in 0..DEEP {
            parts = BodyStructure::Multi(arena.alloc(MultiPart {
                parts: arena.alloc_slice([parts]),
                ..MULTI
            }));
            let kind = PartKind::Message {
                envelope: &envelope,
                body: messages,
                lines: 1,
            };
            messages = BodyStructure::Single(arena.alloc(SinglePart { kind, ..PART }));
        }
        assert_refused(&parts);
        assert_refused(&messages);
    });
}

#[test]
fn err_deeper_keys_and_threads_of_a_program() {
    on_a_small_stack(|| {
        let arena = Arena::new();
        let (mut not, mut and, mut or) = (SearchKey::All, SearchKey::All, SearchKey::All);
        let leaf = Thread {
            messages: &[NonZeroU32::MIN],
            replies: &[],
        };
        let mut thread = leaf;
        for _ in 0..DEEP {
            not = SearchKey::Not(arena.alloc(not));
            and = SearchKey::And(arena.alloc_slice([and]));
            or = SearchKey::Or(&SearchKey::Seen, arena.alloc(or));
            thread.replies = arena.alloc_slice([thread, leaf]);
        }
        assert_refused(&not);
        assert_refused(&and);
        assert_refused(&or);
        assert_refused(&thread);
    });
}
