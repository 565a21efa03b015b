use std::num::NonZeroU32;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

use super::{Next, Session};
use crate::auth::Bindings;
use crate::faults::{Quirks, Script};
use crate::settings::Settings;
use crate::shared::{self, Shared};
use crate::store::{NewMessage, Store};

fn session() -> Session {
    let mut store = Store::new(1);
    store.add_account("ann", "secret");
    let id = store.find("ann", "INBOX").unwrap();
    let inbox = store.mailbox_mut(id).unwrap();
    for n in 0..5 {
        let octets = format!("Subject: {n}\r\n\r\n{}\r\n", "x".repeat(100_000));
        inbox.append(NewMessage::incoming(octets.into(), shared::now()));
    }
    let settings = Settings {
        progress_step: NonZeroU32::new(2),
        ..Settings::default()
    };
    Session::new(Arc::new(Shared::new(
        settings,
        Script::new(Vec::new(), Quirks::default()),
        store,
    )))
}

/// Puts octets in, and gives what is said until more are needed, piece by piece.
fn talk(session: &mut Session, octets: &[u8]) -> Vec<Vec<u8>> {
    session.buffer_mut().extend_from_slice(octets);
    let mut pieces = Vec::new();
    while session.advance() == Next::Again {
        pieces.push(session.take_output());
    }
    pieces.push(session.take_output());
    pieces
}

#[test]
fn err_what_is_behind_starttls_is_forgotten() {
    let mut session = session();
    let octets = b"a STARTTLS\r\nb NOOP\r\n";
    assert_eq!(
        talk(&mut session, octets).concat(),
        b"a OK begin TLS now\r\n"
    );
    assert_eq!(session.advance(), Next::StartTls);
    session.start_tls(Bindings::default());
    assert_eq!(session.advance(), Next::Read);
    assert!(session.take_output().is_empty());
}

#[test]
fn ok_a_large_answer_comes_in_pieces() {
    let mut session = session();
    talk(&mut session, b"a LOGIN ann secret\r\nb SELECT INBOX\r\n");
    let pieces = talk(&mut session, b"c FETCH 1:* (UID BODY[])\r\nd NOOP\r\n");
    let sizes: Vec<usize> = pieces.iter().map(Vec::len).collect();
    assert!(sizes.iter().all(|size| *size < 400_000), "{sizes:?}");
    let whole = String::from_utf8(pieces.concat()).unwrap();
    for n in 1..=5 {
        assert_eq!(whole.matches(&format!("* {n} FETCH (UID {n} ")).count(), 1);
    }
    assert!(whole.ends_with("c OK FETCH completed\r\nd OK NOOP completed\r\n"));
}

#[test]
fn err_any_octets_get_an_answer() {
    for octets in [
        &b"\0\r\n"[..],
        b"a LOGIN {3+}\r\nxyz\r\n",
        b"a UID FETCH\r\n",
        b"a AUTHENTICATE PLAIN !\r\n",
        b"* OK\r\n",
        b"a APPEND x {99999999999+}\r\n",
        b"\xff\xfe {5}\r\n",
    ] {
        let said = talk(&mut session(), octets).concat();
        assert!(!said.is_empty(), "{octets:?}");
    }
}

/// Pieces of commands, of which some make sense together.
const WORDS: [&str; 78] = [
    "FETCH",
    "UID",
    "STORE",
    "SEARCH",
    "SORT",
    "THREAD",
    "COPY",
    "MOVE",
    "EXPUNGE",
    "SELECT",
    "EXAMINE",
    "CLOSE",
    "LIST",
    "LSUB",
    "STATUS",
    "CREATE",
    "DELETE",
    "RENAME",
    "APPEND",
    "REPLACE",
    "IDLE",
    "DONE",
    "ENABLE",
    "NOOP",
    "UNSELECT",
    "SETACL",
    "GETACL",
    "MYRIGHTS",
    "GETQUOTA",
    "SETQUOTA",
    "GETQUOTAROOT",
    "SETMETADATA",
    "GETMETADATA",
    "UNAUTHENTICATE",
    "CAPABILITY",
    "NAMESPACE",
    "1:*",
    "*",
    "1",
    "3:2",
    "$",
    "4294967295",
    "2:4",
    "(FLAGS)",
    "(UID MODSEQ ENVELOPE)",
    "BODY[1.MIME]",
    "BODY[]<0.10>",
    "BINARY[1]",
    "BODYSTRUCTURE",
    "(CHANGEDSINCE 1 VANISHED)",
    "(PARTIAL -1:-2)",
    "+FLAGS",
    "FLAGS.SILENT",
    "(\\Deleted)",
    "(UNCHANGEDSINCE 3)",
    "INBOX",
    "a/b",
    "\"\"",
    "\"Other Users/ann/INBOX\"",
    "%",
    "QRESYNC",
    "(QRESYNC (1 1 1:*))",
    "UIDONLY",
    "IMAP4rev2",
    "UTF-8",
    "ALL",
    "UNSEEN",
    "OR",
    "RETURN (SAVE MIN)",
    "(REVERSE DATE)",
    "REFERENCES",
    "{3+}\r\nabc",
    "~{2+}\r\n\0\0",
    "(MESSAGES UNSEEN HIGHESTMODSEQ)",
    "ann",
    "+lr",
    "(MESSAGE 1)",
    "(/shared/a x)",
];

proptest! {
    #[test]
    fn ok_no_commands_make_it_panic(
        commands in prop::collection::vec(prop::collection::vec(select(&WORDS[..]), 1..6), 1..20)
    ) {
        let mut session = session();
        talk(&mut session, b"a LOGIN ann secret\r\nb SELECT INBOX\r\n");
        for words in commands {
            let command = format!("c {}\r\n", words.join(" "));
            let said = talk(&mut session, command.as_bytes()).concat();
            // IDLE waits for its end, and so does whatever has words behind it.
            if session.awaits_news() {
                talk(&mut session, b"DONE\r\n");
            } else {
                let text = String::from_utf8_lossy(&said).into_owned();
                prop_assert!(text.contains("c OK") || text.contains("c NO") || text.contains("c BAD"), "{command:?}: {text:?}");
                prop_assert!(!text.contains("SERVERBUG"), "{command:?}: {text:?}");
            }
        }
    }
}
