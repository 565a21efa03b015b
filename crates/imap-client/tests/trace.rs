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
use imap_proto::command::{AppendData, AppendMessage, CatenatePart, UrlRequest, UrlRump};
use imap_proto::{FetchItemName, Section, SeqNum, UrlMechanism};
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
fn ok_messages_are_shown_as_they_came() {
    let turns = [
        "* PREAUTH [CAPABILITY IMAP4rev1] \u{1b}[1mhello\n",
        "* 1 FETCH (BODY[] {4}\r\na\nb\n)\r\nunreadable (\r\n{tag} OK  done \r\n",
    ];
    let shown = Arc::new(Mutex::new(Vec::new()));
    let messages = shown.clone();
    let trace = Trace::new(|_| {}).with_messages(move |message| {
        let message = String::from_utf8(message.to_vec()).unwrap();
        messages.lock().unwrap().push(message);
    });
    let server = Memory::new(turns.map(str::to_owned), Sent::default());
    let config = Config::default().with_trace(trace);
    let mut client = Client::with_stream(server, &config).unwrap();
    client.noop().unwrap();
    assert_eq!(
        *shown.lock().unwrap(),
        [
            turns[0],
            "* 1 FETCH (BODY[] {4}\r\na\nb\n)\r\n",
            "unreadable (\r\n",
            "A1 OK  done \r\n",
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

/// What the client sent, by its trace.
fn sent(lines: &Mutex<Vec<String>>) -> Vec<String> {
    let lines = lines.lock().unwrap();
    let sent = lines.iter().filter_map(|line| line.strip_prefix("C: "));
    sent.map(str::to_owned).collect()
}

#[test]
fn ok_trace_has_no_passwords_of_login() {
    for (user, shown) in [("ann", "ann"), ("\u{e4}nn", "{4 octets}")] {
        for password in ["secret", "se\"cret", "s\u{e9}cret", "secret{3}"] {
            for capabilities in ["IMAP4rev1", "IMAP4rev1 LITERAL+"] {
                let greeting = format!("* OK [CAPABILITY {capabilities}] hello\r\n");
                let (mut client, lines) =
                    traced(&[&greeting, "+ go on\r\n", "+ go on\r\n", "{tag} NO no\r\n"]);
                // What becomes of it does not matter.
                let _ = client.login(user, password);
                assert_eq!(sent(&lines), [format!("A1 LOGIN {shown} [redacted]")]);
            }
        }
    }
}

#[test]
fn ok_trace_has_no_secrets_of_raw_commands() {
    for (name, arguments) in [
        ("login", &b"ann secret"[..]),
        ("LOGIN", b"{3}\r\nann {6}\r\nsecret"),
        ("Authenticate", b"PLAIN AGFubgBzZWNyZXQ="),
    ] {
        let (mut client, lines) = traced(&[
            "* OK [CAPABILITY IMAP4rev1] x\r\n",
            "+ go on\r\n",
            "+ go on\r\n",
            "{tag} BAD x\r\n",
        ]);
        // What becomes of it does not matter.
        let _ = client.run_raw(name, arguments);
        assert_eq!(sent(&lines), [format!("A1 {name} [redacted]")]);
    }
}

#[test]
fn ok_trace_has_no_urls_that_let_everybody_read() {
    let (mut client, lines) = traced(&[
        "* PREAUTH [CAPABILITY IMAP4rev1 CATENATE URLAUTH] x\r\n",
        "* GENURLAUTH \"imap://ann@host/x;uid=1;urlauth=anonymous:internal:secret\"\r\n{tag} OK x\r\n",
        "* URLFETCH \"imap://ann@host/x;uid=1;urlauth=anonymous:internal:secret\" {3}\r\nabc\r\n{tag} OK x\r\n",
        "{tag} OK x\r\n",
    ]);
    let url = "imap://ann@host/x;uid=1;urlauth=anonymous";
    let rump = UrlRump {
        url: url.into(),
        mechanism: UrlMechanism::Internal,
    };
    client.gen_url_auth(&[rump]).unwrap();
    let url = format!("{url}:internal:secret");
    let request = UrlRequest {
        url: url.as_str().into(),
        items: &[],
    };
    client.url_fetch(&[request]).unwrap();
    let parts = [
        CatenatePart::Url("/x;UID=2".into()),
        CatenatePart::Url(url.as_str().into()),
    ];
    let message = AppendMessage {
        flags: &[],
        date: None,
        extensions: &[],
        data: AppendData::Catenate(&parts),
    };
    client.append_messages("Sent", &[message]).unwrap();
    assert_eq!(
        *lines.lock().unwrap(),
        [
            "S: * PREAUTH [CAPABILITY IMAP4rev1 CATENATE URLAUTH] x",
            "C: A1 GENURLAUTH imap://ann@host/x;uid=1;urlauth=anonymous INTERNAL",
            "S: * GENURLAUTH [redacted]",
            "S: A1 OK x",
            "C: A2 URLFETCH [redacted]",
            "S: * URLFETCH [redacted]",
            "S: A2 OK x",
            "C: A3 APPEND Sent CATENATE (URL /x;UID=2 URL [redacted])",
            "S: A3 OK x",
        ]
    );
}

/// What was announced does not swallow what follows.
#[test]
fn ok_trace_goes_on_behind_a_literal_that_was_refused() {
    let (mut client, lines) = traced(&[
        "* PREAUTH [CAPABILITY IMAP4rev1] x\r\n",
        "{tag} NO [TRYCREATE] no\r\n",
        "{tag} OK done\r\n",
    ]);
    let refused = client.append("Sent", b"0123456789", AppendOptions::default());
    refused.unwrap_err();
    client.noop().unwrap();
    assert_eq!(sent(&lines), ["A1 APPEND Sent {10 octets}", "A2 NOOP"]);
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
                &*format!("{plain} [redacted]"),
                "C: [redacted]",
                "C: *",
                "S: + [redacted]",
                "S: A1 NO no",
            ];
            let shown = lines.iter().find(|line| !allowed.contains(&line.as_str()));
            assert_eq!(shown, None, "{name}");
            assert!(lines.len() > 3, "{lines:?}");
        }
    }
}

#[cfg(feature = "tracing")]
mod spans {
    use std::fmt::{Debug, Write as _};

    use imap_proto::StatusItemName;
    use imap_proto::command::{List, ListPattern, Status};
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::*;

    /// Writes down what happens, spans by their numbers.
    #[derive(Clone, Default)]
    struct Notes(Arc<Mutex<State>>);

    #[derive(Default)]
    struct State {
        text: String,
        spans: u64,
    }

    impl Notes {
        fn write(
            &self,
            start: &str,
            metadata: &Metadata<'_>,
            record: impl FnOnce(&mut Fields<'_>),
        ) {
            let text = &mut self.0.lock().unwrap().text;
            write!(text, "{start} {} {}", metadata.level(), metadata.target()).unwrap();
            record(&mut Fields(text));
            text.push('\n');
        }
    }

    impl Subscriber for Notes {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            let number = {
                let mut state = self.0.lock().unwrap();
                state.spans += 1;
                state.spans
            };
            let name = span.metadata().name();
            let parent = span.parent().map_or(0, Id::into_u64);
            let start = format!("{number} in {parent}: {name}");
            self.write(&start, span.metadata(), |fields| span.record(fields));
            Id::from_u64(number)
        }

        fn record(&self, span: &Id, values: &Record<'_>) {
            let text = &mut self.0.lock().unwrap().text;
            write!(text, "{}:", span.into_u64()).unwrap();
            values.record(&mut Fields(text));
            text.push('\n');
        }

        fn event(&self, event: &Event<'_>) {
            let start = format!("in {}:", event.parent().map_or(0, Id::into_u64));
            self.write(&start, event.metadata(), |fields| event.record(fields));
        }

        fn try_close(&self, span: Id) -> bool {
            let text = &mut self.0.lock().unwrap().text;
            writeln!(text, "{} closed", span.into_u64()).unwrap();
            true
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    struct Fields<'a>(&'a mut String);

    impl Visit for Fields<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }

    fn noted(turns: &[&str], run: impl FnOnce(&mut Client)) -> String {
        let notes = Notes::default();
        tracing::subscriber::with_default(notes.clone(), || {
            let turns = turns.iter().map(|turn| (*turn).to_owned());
            let server = Memory::new(turns, Sent::default());
            let config = Config::default().with_trace(Trace::to_tracing());
            run(&mut Client::with_stream(server, &config).unwrap());
        });
        let state = notes.0.lock().unwrap();
        state.text.clone()
    }

    #[test]
    fn ok_commands_are_spans_inside_of_their_connection() {
        let turns = [
            "* OK [CAPABILITY IMAP4rev1] x\r\n",
            "{tag} NO no\r\n",
            "{tag} OK [CAPABILITY IMAP4rev1] yes\r\n",
            "* 1 EXISTS\r\n{tag} OK done\r\n",
        ];
        let notes = noted(&turns, |client| {
            client.login("ann", "guess").unwrap_err();
            client.login("ann", "secret").unwrap();
            client.noop().unwrap();
        });
        assert_eq!(
            notes,
            "1 in 0: connection DEBUG imap_client
in 1: TRACE imap_client::wire direction=\"received\" line=\"* OK [CAPABILITY IMAP4rev1] x\"
2 in 1: command DEBUG imap_client tag=\"A1\" name=\"LOGIN\"
in 2: TRACE imap_client::wire direction=\"sent\" line=\"A1 LOGIN ann [redacted]\"
in 2: TRACE imap_client::wire direction=\"received\" line=\"A1 NO no\"
2: outcome=\"NO\"
2 closed
3 in 1: command DEBUG imap_client tag=\"A2\" name=\"LOGIN\"
in 3: TRACE imap_client::wire direction=\"sent\" line=\"A2 LOGIN ann [redacted]\"
in 3: TRACE imap_client::wire direction=\"received\" line=\"A2 OK [CAPABILITY IMAP4rev1] yes\"
3: outcome=\"OK\"
3 closed
4 in 1: command DEBUG imap_client tag=\"A3\" name=\"NOOP\"
in 4: TRACE imap_client::wire direction=\"sent\" line=\"A3 NOOP\"
in 4: TRACE imap_client::wire direction=\"received\" line=\"* 1 EXISTS\"
in 4: TRACE imap_client::wire direction=\"received\" line=\"A3 OK done\"
4: outcome=\"OK\"
4 closed
1 closed
"
        );
    }
    /// What is not about the only command is about the connection.
    #[test]
    fn ok_commands_in_flight_have_their_own_lines() {
        let turns = [
            "* PREAUTH [CAPABILITY IMAP4rev1] x\r\n",
            "* LIST () / x\r\nA2 OK done\r\n* STATUS x (MESSAGES 1)\r\nA1 OK done\r\n",
        ];
        let notes = noted(&turns, |client| {
            let items = &[StatusItemName::Messages];
            let mailbox = "x".into();
            let status = client.submit(&Status { mailbox, items }).unwrap();
            let pattern = ListPattern::from("*");
            let list = client.submit(&List::new("".into(), pattern)).unwrap();
            client.answer(status).unwrap();
            client.answer(list).unwrap();
        });
        let received = notes.lines().filter(|line| line.contains("received"));
        let places: Vec<_> = received
            .map(|line| line.split(':').next().unwrap())
            .collect();
        assert_eq!(places, ["in 1", "in 1", "in 3", "in 2", "in 2"]);
    }
}
