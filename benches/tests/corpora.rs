//! The corpora are what they are said to be, and all contenders read them.

use imap_benches::contenders::Contender;
use imap_benches::corpora::{self, Corpus, Side};
use imap_proto::{Arena, Command, Response};
use peer_imap_codec::decode::Decoder as _;
use peer_imap_codec::{CommandCodec, ResponseCodec};

fn each_frame(side: Side, check: impl Fn(&[u8], &str)) {
    for corpus in corpora::all().iter().filter(|corpus| corpus.side == side) {
        check_frames(corpus, &check);
    }
}

/// The same for what the peers read, too.
fn each_common_frame(side: Side, check: impl Fn(&[u8], &str)) {
    let all = corpora::all();
    for corpus in all.iter().filter(|c| c.side == side && c.common) {
        check_frames(corpus, &check);
    }
}

fn check_frames(corpus: &Corpus, check: impl Fn(&[u8], &str)) {
    for frame in &corpus.frames {
        check(frame, &format!("{}: {}", corpus.name, start(frame)));
    }
}

#[test]
fn ok_the_peers_read_all_corpora_but_two() {
    let all = corpora::all();
    let ours = all.iter().filter(|corpus| !corpus.common);
    let names: Vec<_> = ours.map(|corpus| corpus.name).collect();
    assert_eq!(names, ["ESEARCH 20,000", "rare"]);
}

fn start(frame: &[u8]) -> String {
    String::from_utf8_lossy(&frame[..frame.len().min(2_000)]).into_owned()
}

#[test]
fn ok_we_read_all_of_each_response_and_forgive_nothing() {
    each_frame(Side::Server, |frame, name| {
        let arena = Arena::new();
        let response = Response::parse(frame, &arena).expect(name);
        let debug = format!("{response:?}");
        assert!(!debug.contains("Malformed"), "{name}");
        assert!(arena.used_quirks().as_slice().is_empty(), "{name}");
    });
}

#[test]
fn ok_we_read_each_command() {
    each_frame(Side::Client, |frame, name| {
        let arena = Arena::new();
        let command = Command::parse(frame, &arena).expect(name).command;
        assert!(!matches!(command, Command::Other(_)), "{name}");
    });
}

#[test]
fn ok_imap_proto_reads_all_of_each_response() {
    each_common_frame(Side::Server, |frame, name| {
        let (rest, _) = peer_imap_proto::Response::parse(frame).expect(name);
        assert!(rest.is_empty(), "{name}");
    });
}

#[test]
fn ok_imap_codec_reads_all_of_each_message() {
    each_common_frame(Side::Server, |frame, name| {
        let (rest, _) = ResponseCodec::default().decode(frame).expect(name);
        assert!(rest.is_empty(), "{name}");
    });
    each_common_frame(Side::Client, |frame, name| {
        let (rest, _) = CommandCodec::default().decode(frame).expect(name);
        assert!(rest.is_empty(), "{name}");
    });
}

#[test]
fn ok_corpora_are_the_same_each_time() {
    let again = corpora::all();
    for (corpus, again) in corpora::all().iter().zip(&again) {
        assert_eq!(corpus.frames, again.frames, "{}", corpus.name);
    }
}

#[test]
fn ok_corpora_have_the_sizes_of_their_names() {
    let mean = |name: &str| {
        let all = corpora::all();
        let corpus = all.iter().find(|corpus| corpus.name == name).unwrap();
        corpus.octets() / corpus.frames.len()
    };
    assert!((40..48).contains(&mean("FETCH flags")));
    assert!(
        (1_150..1_450).contains(&mean("FETCH full")),
        "{}",
        mean("FETCH full")
    );
    assert!((65_570..65_600).contains(&mean("FETCH BODY[] 64 KiB")));
    assert!((1_390_000..1_410_000).contains(&mean("SEARCH 200,000")));
    assert!((270_000..310_000).contains(&mean("ESEARCH 20,000")));
}

#[test]
fn ok_parsing_allocates_nothing_once_the_arena_is_warm() {
    for corpus in corpora::all() {
        let mut arena = Arena::new();
        for _ in 0..3 {
            run_both(&corpus, &mut arena);
        }
        let counted = allocation_counter::measure(|| run_both(&corpus, &mut arena));
        assert_eq!(counted.count_total, 0, "{}", corpus.name);
    }
}

fn run_both(corpus: &Corpus, arena: &mut Arena) {
    Contender::Ours.run(corpus, arena);
    Contender::OursRead.run(corpus, arena);
}
