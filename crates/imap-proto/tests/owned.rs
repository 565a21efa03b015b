//! Values that own what they are made of.

use std::sync::Arc;
use std::thread;

use imap_proto::{
    Arena, CompactFetches, Expected, Fetches, FetchesBuilder, Options, Parsed, Quirk, Response, Uid,
};

const FRAMES: [&str; 3] = [
    "* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n",
    "* 2 FETCH (UID 9 ENVELOPE (NIL \"a \\\"b\\\"\" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n",
    "* 3 FETCH (UID 12 BODY[] {4}\r\na\r\nb)\r\n",
];

fn builder() -> FetchesBuilder {
    let mut builder = FetchesBuilder::new();
    for frame in FRAMES {
        builder.push(frame.as_bytes()).unwrap();
    }
    builder
}

/// What the frames hold, read one by one.
fn shown() -> Vec<String> {
    let arena = Arena::new();
    let read = |frame: &str| match Response::parse(frame.as_bytes(), &arena).unwrap() {
        Response::Fetch(fetch) => format!("{fetch:?}"),
        other => panic!("{other:?}"),
    };
    FRAMES.into_iter().map(read).collect()
}

#[test]
fn ok_fetches_hold_what_was_read() {
    let fetches = builder().finish();
    let held: Vec<String> = fetches.iter().map(|fetch| format!("{fetch:?}")).collect();
    assert_eq!(held, shown());
    assert_eq!(fetches.len(), 3);
    assert_eq!(fetches.get(1).unwrap().uid(), Uid::try_from(9).ok());
    assert_eq!((&fetches).into_iter().count(), 3);
    assert_eq!(format!("{fetches:?}"), format!("[{}]", shown().join(", ")));
    assert_eq!(fetches, builder().finish());
}

#[test]
fn ok_compact_fetches_read_again() {
    let fetches = builder().finish_compact();
    let mut arena = Arena::new();
    let mut held = Vec::new();
    fetches.for_each(&mut arena, |fetch| held.push(format!("{fetch:?}")));
    assert_eq!(held, shown());
    let second = fetches.with(1, &mut arena, |fetch| format!("{fetch:?}"));
    assert_eq!(second.as_ref(), Some(&shown()[1]));
    assert_eq!(fetches.with(3, &mut arena, |_| ()), None);
    assert_eq!(
        fetches.get(2, &arena).map(|fetch| fetch.items.len()),
        Some(2)
    );
    assert_eq!(fetches.frame(0), Some(FRAMES[0].as_bytes()));
    assert_eq!(fetches.frame(3), None);
    assert_eq!(fetches.clone().len(), 3);
}

#[test]
fn ok_none_are_no_fetches() {
    assert!(Fetches::default().is_empty());
    assert_eq!(Fetches::default(), FetchesBuilder::new().finish());
    assert!(CompactFetches::default().is_empty());
    assert!(FetchesBuilder::new().is_empty());
}

#[test]
fn err_a_frame_that_is_no_fetch_is_not_added() {
    let mut builder = builder();
    let error = builder.push(b"* 1 EXISTS\r\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected keyword at byte 0 of FETCH response"
    );
    let error = builder
        .push(b"* 1 FETCH (BODY[] {9}\r\nx)\r\n")
        .unwrap_err();
    assert_eq!(error.expected, Expected::LiteralData);
    builder.push(FRAMES[0].as_bytes()).unwrap();
    assert_eq!(builder.len(), 4);
    assert_eq!(builder.finish().get(3).unwrap().number.get(), 1);
}

#[test]
fn err_options_hold_for_each_frame() {
    let frame = b"* 1 FETCH (RFC822.SIZE -1 UID 5)\r\n";
    assert!(FetchesBuilder::new().push(frame).is_ok());
    let mut strict = FetchesBuilder::with_options(Options::strict());
    assert_eq!(strict.push(frame).unwrap_err().offset, 23);
}

#[test]
fn ok_fetches_are_shared_between_threads() {
    let fetches = Arc::new(builder().finish());
    let threads: Vec<_> = (0..3)
        .map(|n| {
            let fetches = Arc::clone(&fetches);
            thread::spawn(move || fetches.get(n).unwrap().uid().map(u32::from))
        })
        .collect();
    let uids = threads.into_iter().map(|thread| thread.join().unwrap());
    assert_eq!(uids.collect::<Vec<_>>(), [Some(7), Some(9), Some(12)]);
}

#[test]
fn ok_a_large_frame_among_small_ones() {
    let flags = "\\Seen ".repeat(20_000);
    let large = format!("* 2 FETCH (FLAGS ({flags}a))\r\n");
    let mut builder = builder();
    builder.push(large.as_bytes()).unwrap();
    builder.push(FRAMES[0].as_bytes()).unwrap();
    let fetches = builder.finish();
    assert_eq!(
        fetches.get(3).unwrap().flags().map(<[_]>::len),
        Some(20_001)
    );
    assert_eq!(fetches.get(4).unwrap(), fetches.get(0).unwrap());
}

#[test]
fn ok_parsed_holds_its_response() {
    let parsed = Parsed::new(*b"* OK\r\n").unwrap();
    assert!(matches!(parsed.response(), Response::Status(_)));
    assert_eq!(parsed.frame(), b"* OK\r\n");
    assert_eq!(parsed.used_quirks().as_slice()[0].quirk, Quirk::MissingText);
    assert_eq!(parsed, Parsed::new(b"* OK\r\n".to_vec()).unwrap());
    assert_eq!(format!("{parsed:?}"), format!("{:?}", parsed.response()));
}

#[test]
fn err_parsed_tells_what_is_wrong() {
    assert_eq!(Parsed::new(*b"* LIST x\r\n").unwrap_err().offset, 7);
    let strict = Parsed::with_options(*b"* OK\r\n", &Options::strict());
    assert_eq!(strict.unwrap_err().offset, 4);
}
