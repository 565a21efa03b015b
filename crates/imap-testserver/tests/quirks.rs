//! Each quirk, as a client meets it.

mod support;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use imap_codec::{Framed, Framer};
use imap_proto::{Arena, Limits, Options, Quirk, Response};
use imap_testserver::{QuirkName, StartError, TestServer};

/// Commands whose answers show each quirk.
const COMMANDS: [&str; 16] = [
    "CAPABILITY",
    "ID NIL",
    "LOGIN {4}\r\nuser pass",
    "NAMESPACE",
    "LIST \"\" *",
    "STATUS INBOX (MESSAGES)",
    "GETQUOTAROOT INBOX",
    "EXAMINE INBOX",
    "SELECT INBOX",
    "FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE PREVIEW MODSEQ)",
    "FETCH 1 BODY.PEEK[]",
    "FETCH 1 BODY.PEEK[]<0.10>",
    "SEARCH ALL",
    "SEARCH CHARSET X-NONE ALL",
    "THREAD REFERENCES US-ASCII ALL",
    "LOGOUT",
];

const MESSAGE: &str = "From: ann@example.org\r\nTo: bob@example.org\r\nCc: cyd@example.org\r\n\
    Subject: hello\r\n\r\nhow are you?\r\n";

fn server(names: &[&str]) -> Result<TestServer, StartError> {
    let builder = TestServer::builder().message("user", "INBOX", MESSAGE);
    let builder = builder.user("user", "pass");
    names
        .iter()
        .fold(builder, |all, name| all.quirk(name))
        .start()
}

/// The responses to all commands.
fn responses(server: &TestServer) -> Vec<Vec<u8>> {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let mut octets = Vec::new();
    for (i, command) in COMMANDS.iter().enumerate() {
        stream
            .write_all(format!("t{i} {command}\r\n").as_bytes())
            .unwrap();
    }
    stream.read_to_end(&mut octets).unwrap();
    let mut framer = Framer::client(Limits::default());
    framer.buffer_mut().extend_from_slice(&octets);
    let mut responses = Vec::new();
    while let Some(framed) = framer.poll().unwrap() {
        if let Framed::Message(frame) = framed {
            responses.push(frame.to_vec());
        }
    }
    responses
}

/// The quirks that are in responses, and whether strict options refuse one of them.
fn read(responses: &[Vec<u8>]) -> (BTreeSet<Quirk>, bool) {
    let mut quirks = BTreeSet::new();
    let mut refused = false;
    for response in responses {
        let arena = Arena::new();
        let text = String::from_utf8_lossy(response);
        let lenient = Response::parse(response, &arena);
        assert!(lenient.is_ok(), "{text}: {}", lenient.unwrap_err());
        quirks.extend(arena.used_quirks().as_slice().iter().map(|used| used.quirk));
        let arena = Arena::new();
        refused |= Response::parse_with(response, &arena, &Options::strict()).is_err();
    }
    (quirks, refused)
}

#[test]
fn ok_no_quirk_unless_it_is_asked_for() {
    let (quirks, refused) = read(&responses(&server(&[]).unwrap()));
    assert!(quirks.is_empty() && !refused, "{quirks:?}");
}

#[test]
fn ok_each_quirk_is_met_alone() {
    let mut wrong = Vec::new();
    for known in QuirkName::all() {
        let server = server(&[known.name()]).unwrap();
        let (mut quirks, refused) = read(&responses(&server));
        // A code that is not closed cannot be read, and there is no text behind it.
        if known.quirk() == Quirk::UnclosedCode {
            assert!(quirks.remove(&Quirk::MissingText) && quirks.remove(&Quirk::MalformedItem));
        }
        if quirks != BTreeSet::from([known.quirk()]) || !refused {
            wrong.push(format!("{}: {quirks:?}, refused: {refused}", known.name()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ok_each_quirk_of_the_grammar_has_its_name() {
    for quirk in Quirk::ALL {
        let known = QuirkName::all().find(|known| known.name() == quirk.name());
        assert_eq!(known.unwrap().quirk(), *quirk);
    }
}

#[test]
fn ok_client_works_all_the_same() {
    for known in QuirkName::all().filter(|known| known.quirk() != Quirk::TaggedBye) {
        let server = server(&[]).unwrap();
        server.with_quirk(known.name()).unwrap();
        let mut client = support::client(&server);
        let selected = client.select("INBOX");
        assert_eq!(selected.unwrap().exists, 1, "{}", known.name());
    }
}

#[test]
fn err_unknown_name() {
    let error = server(&["no-such-quirk"]).unwrap_err();
    assert_eq!(error.to_string(), "no quirk \"no-such-quirk\"");
    let server = server(&[]).unwrap();
    assert!(server.with_quirk("no-such-quirk").is_err());
}
