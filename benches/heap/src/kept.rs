//! Octets of memory for each FETCH response that is kept.

use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use imap_benches::arrival::Pieces;
use imap_benches::corpora;
use imap_benches::report::{Axes, Cell, Plot, Role, Table};
use imap_proto::FetchesBuilder;
use peer_imap_codec::ResponseCodec;
use peer_imap_codec::decode::Decoder as _;
use peer_imap_codec::imap_types::IntoStatic as _;

/// How many messages are kept.
const COUNT: usize = 2_048;

pub(crate) fn count() -> Table {
    let columns = [
        ("octets", Role::Fact),
        ("ours, parsed", Role::Ours),
        ("ours, compact", Role::Ours),
        ("imap-proto 0.17", Role::Peer),
        ("imap-codec 2.0.0-alpha.10", Role::Peer),
        ("imap 3.0.0-alpha.15", Role::Peer),
        ("async-imap 0.12", Role::Peer),
    ];
    let mut table = Table::new("kept", "kept, octets per message", &columns)
        .with_best_peer("parsed", "ours, parsed")
        .with_quotient("parsed / wire", "ours, parsed", "octets")
        .with_quotient("compact / wire", "ours, compact", "octets")
        .with_column_judged("ours, parsed")
        .with_column_judged("ours, compact")
        .with_plot(Plot {
            title: "Memory of a FETCH response that is kept".into(),
            figures: "octets".into(),
            axes: Axes::Bars,
        });
    for name in ["FETCH flags", "FETCH full"] {
        let corpus = corpora::named(name).expect("one of the corpora");
        let frames = &corpus.frames;
        let frames: Vec<&[u8]> = frames.iter().cycle().take(COUNT).map(|f| &**f).collect();
        table.push(name, row(&frames));
    }
    table
}

fn row(frames: &[&[u8]]) -> Vec<Cell> {
    let wire = frames.concat();
    let session = |first: &str, second: &str| {
        let (first, second) = (
            format!("{first} OK in\r\n"),
            format!("{second} OK done\r\n"),
        );
        [first.as_bytes(), &wire, second.as_bytes()].concat()
    };
    let (imap_wire, async_wire) = (session("a1", "a2"), session("A0001", "A0002"));
    vec![
        each(wire.len()),
        kept(|| ours(frames).finish()),
        kept(|| ours(frames).finish_compact()),
        kept(|| {
            frames
                .iter()
                .map(|frame| imap_proto_owned(frame))
                .collect::<Vec<_>>()
        }),
        kept(|| {
            frames
                .iter()
                .map(|frame| imap_codec_owned(frame))
                .collect::<Vec<_>>()
        }),
        kept(|| imap_fetches(&imap_wire)),
        kept(|| async_imap_fetches(&async_wire)),
    ]
}

/// Octets on the heap as long as the value lives, for each message.
fn kept<T>(make: impl FnOnce() -> T) -> Cell {
    let mut value = None;
    let counted = allocation_counter::measure(|| value = Some(make()));
    drop(value);
    each(counted.bytes_current.unsigned_abs() as usize)
}

fn each(octets: usize) -> Cell {
    Cell::measured(octets as f64 / COUNT as f64)
}

fn ours(frames: &[&[u8]]) -> FetchesBuilder {
    let mut builder = FetchesBuilder::new();
    for frame in frames {
        builder.push(frame).expect("legal");
    }
    builder
}

fn imap_proto_owned(frame: &[u8]) -> peer_imap_proto::Response<'static> {
    let (_, response) = peer_imap_proto::Response::parse(frame).expect("legal");
    response.into_owned()
}

fn imap_codec_owned(frame: &[u8]) -> peer_imap_codec::imap_types::response::Response<'static> {
    let (_, response) = ResponseCodec::default().decode(frame).expect("legal");
    response.into_static()
}

fn imap_fetches(wire: &[u8]) -> peer_imap::types::Fetches {
    let client = peer_imap::Client::new(pieces(wire));
    let session = client.login("user", "password").map_err(|(error, _)| error);
    let fetches = session.expect("OK").uid_fetch("1:*", "ALL").expect("OK");
    assert_eq!(fetches.len(), COUNT);
    fetches
}

fn async_imap_fetches(wire: &[u8]) -> Vec<peer_async_imap::types::Fetch> {
    pollster::block_on(async {
        let client = peer_async_imap::Client::new(pieces(wire));
        let session = client.login("user", "password").await;
        let mut session = session.map_err(|(error, _)| error).expect("OK");
        let fetches = session.uid_fetch("1:*", "ALL").await.expect("OK");
        let fetches: Vec<_> = fetches.try_collect().await.expect("OK");
        assert_eq!(fetches.len(), COUNT);
        fetches
    })
}

fn pieces(wire: &[u8]) -> Pieces<'_> {
    Pieces::new(wire, 16 << 10, Instant::now() + Duration::from_secs(60))
}
