//! What a trace shows, and what it never shows.

#[path = "imaplib/memory.rs"]
#[allow(dead_code, reason = "the comparison with imaplib uses more of it")]
mod memory;

use std::sync::{Arc, Mutex};

use imap_client::blocking::{Client, Config};
use imap_client::sasl::{
    Anonymous, Callback, CramMd5, DigestMd5, External, Login, Mechanism, OAuthBearer, Plain, Scram,
    ScramHash, XOAuth2,
};
use imap_client::{AppendOptions, Trace};
use imap_proto::{FetchItemName, Section, SeqNum};
use memory::{Memory, Sent};

/// A client of a server that says these turns, and the lines of its trace.
fn traced(turns: &[&str]) -> (Client, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let shown = lines.clone();
    let trace = Trace::new(move |line| shown.lock().unwrap().push(line.to_string()));
    let turns = turns.iter().map(|turn| (*turn).to_owned());
    let server = Memory::new(turns, Sent::default());
    let client = Client::with_stream(server, &Config::default().with_trace(trace)).unwrap();
    (client, lines)
}

#[test]
fn ok_trace_has_the_lines_of_both_directions() {
    let (mut client, lines) = traced(&[
        "* PREAUTH [CAPABILITY IMAP4rev1] \u{1b}[1mhello {3}\r\n",
        "+ go on\r\n",
        "* OK see {5}\r\n{tag} OK done\r\n",
        "{tag} OK selected\r\n",
        "* 1 FETCH (BODY[] {4}\r\na\nb\n UID 7)\r\n{tag} OK done\r\n",
    ]);
    let message = b"Subject: private\r\n\r\n";
    client
        .append("Sent", message, AppendOptions::default())
        .unwrap();
    client.select("INBOX").unwrap();
    let body = FetchItemName::BodySection {
        section: Section::ALL,
        peek: false,
        partial: None,
    };
    client.fetch(SeqNum::try_from(1).unwrap(), &[body]).unwrap();
    let lines = lines.lock().unwrap();
    assert_eq!(
        *lines,
        [
            "S: * PREAUTH [CAPABILITY IMAP4rev1] \u{fffd}[1mhello {3 octets}",
            "S: + go on",
            "C: A1 APPEND Sent {20 octets}",
            "S: * OK see {5 octets}",
            "S: A1 OK done",
            "C: A2 SELECT INBOX",
            "S: A2 OK selected",
            "C: A3 FETCH 1 (BODY[])",
            "S: * 1 FETCH (BODY[] {4 octets} UID 7)",
            "S: A3 OK done",
        ]
    );
}

#[test]
fn ok_trace_has_the_sizes_of_streamed_contents() {
    let contents = "x\r\n".repeat(50_000);
    let fetch = format!("* 1 FETCH (BODY[] {{150000}}\r\n{contents} UID 7)\r\n{{tag}} OK done\r\n");
    let (mut client, lines) = traced(&[
        "* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n",
        "+ go on\r\n",
        "{tag} OK done\r\n",
        "{tag} OK selected\r\n",
        &fetch,
    ]);
    let mut message = contents.as_bytes();
    let options = AppendOptions::default();
    client
        .append_from("Sent", &mut message, 150_000, options)
        .unwrap();
    client.select("INBOX").unwrap();
    let mut copy = Vec::new();
    client
        .fetch_to(SeqNum::try_from(1).unwrap(), Section::ALL, &mut copy)
        .unwrap();
    assert_eq!(copy, contents.as_bytes());
    let lines = lines.lock().unwrap();
    assert!(
        lines.contains(&"C: A1 APPEND Sent {150000 octets}".to_owned()),
        "{lines:?}"
    );
    let fetched = "S: * 1 FETCH (BODY[] {150000 octets} UID 7)";
    assert!(lines.iter().any(|line| line == fetched), "{lines:?}");
    assert!(lines.iter().all(|line| line.len() < 80), "{lines:?}");
}

#[test]
fn ok_trace_has_no_passwords_of_login() {
    for password in ["secret", "se\"cret", "sécret"] {
        let (mut client, lines) = traced(&[
            "* OK [CAPABILITY IMAP4rev1] hello\r\n",
            "+ go on\r\n",
            "{tag} NO no\r\n",
        ]);
        let refused = client.login("ann", password);
        assert!(refused.is_err());
        let lines = lines.lock().unwrap();
        let sent: Vec<_> = lines
            .iter()
            .filter(|line| line.starts_with("C: "))
            .collect();
        assert_eq!(sent, ["C: A1 LOGIN [secret]"]);
    }
    let (mut client, lines) =
        traced(&["* PREAUTH [CAPABILITY IMAP4rev1] x\r\n", "{tag} BAD x\r\n"]);
    client.run_raw("login", b"ann secret").unwrap_err();
    assert!(!lines.lock().unwrap().concat().contains("ann"));
}

#[test]
fn ok_trace_has_no_secrets_of_sasl() {
    for with_command in [true, false] {
        let mechanisms: Vec<Box<dyn Mechanism>> = vec![
            Box::new(Anonymous::with_trace("secret").unwrap()),
            Box::new(Callback::new("X", |_: &[u8]| Some("secret".into())).unwrap()),
            Box::new(CramMd5::new("secret", "secret").unwrap()),
            Box::new(DigestMd5::new("secret", "secret", "secret").unwrap()),
            Box::new(External::new()),
            Box::new(Login::new("secret", "secret").unwrap()),
            Box::new(OAuthBearer::new("secret").unwrap()),
            Box::new(Plain::new("secret", "secret").unwrap()),
            Box::new(Scram::new(ScramHash::Sha256, "secret", "secret").unwrap()),
            Box::new(XOAuth2::new("secret", "secret").unwrap()),
        ];
        for mechanism in mechanisms {
            let name = mechanism.name().as_str().to_owned();
            let greeting = match with_command {
                true => "* OK [CAPABILITY IMAP4rev1 SASL-IR] hello\r\n",
                false => "* OK [CAPABILITY IMAP4rev1] hello\r\n",
            };
            let turns = [
                greeting,
                "+ \r\n",
                "+ c2VjcmV0\r\n",
                "+ c2VjcmV0\r\n",
                "{tag} NO no\r\n",
            ];
            let (mut client, lines) = traced(&turns);
            // What becomes of it does not matter.
            let _ = client.authenticate(mechanism);
            let lines = lines.lock().unwrap();
            let plain = format!("C: A1 AUTHENTICATE {name}");
            let allowed = [
                &*format!("S: {}", greeting.trim_end()),
                &*plain,
                &*format!("{plain} [secret]"),
                "C: [secret]",
                "C: *",
                "S: + [secret]",
                "S: A1 NO no",
            ];
            let shown = lines.iter().find(|line| !allowed.contains(&line.as_str()));
            assert_eq!(shown, None, "{name}");
            assert!(lines.len() > 3, "{lines:?}");
        }
    }
}

#[cfg(feature = "tracing")]
mod events {
    use std::fmt::{Debug, Write as _};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::*;

    /// Writes events down.
    #[derive(Clone, Default)]
    struct Notes(Arc<Mutex<String>>);

    impl Subscriber for Notes {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            let mut notes = self.0.lock().unwrap();
            let metadata = event.metadata();
            write!(notes, "{} {}", metadata.level(), metadata.target()).unwrap();
            event.record(&mut Fields(&mut notes));
            notes.push('\n');
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    struct Fields<'a>(&'a mut String);

    impl Visit for Fields<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }

    #[test]
    fn ok_trace_makes_events() {
        let notes = Notes::default();
        tracing::subscriber::with_default(notes.clone(), || {
            let turns = [
                "* PREAUTH [CAPABILITY IMAP4rev1] x\r\n",
                "{tag} OK done\r\n",
            ];
            let server = Memory::new(turns.map(str::to_owned), Sent::default());
            let config = Config::default().with_trace(Trace::to_tracing());
            Client::with_stream(server, &config)
                .unwrap()
                .noop()
                .unwrap();
        });
        let expected = "TRACE imap_client::wire direction=\"received\" line=\"* PREAUTH [CAPABILITY IMAP4rev1] x\"
TRACE imap_client::wire direction=\"sent\" line=\"A1 NOOP\"
TRACE imap_client::wire direction=\"received\" line=\"A1 OK done\"
";
        assert_eq!(*notes.0.lock().unwrap(), expected);
    }
}
