//! What users of the client get to see when a server does something wrong.

mod support;

use std::time::Duration;

use imap_client::blocking::Client;
use imap_client::sasl::Credentials;
use imap_client::{Config, Error, LogInOptions, Tls};
use imap_proto::Code;
use imap_testserver::{Fault, TestServer};
use support::{Wire, client, message, server_with};

fn connect(server: &TestServer, config: &Config) -> Result<Client, Error> {
    Client::connect_plain("127.0.0.1", server.address().port(), config)
}

fn tls(server: &TestServer) -> Config {
    let tls = Tls::with_pem_authorities(server.ca_pem().as_bytes()).unwrap();
    let config = Config::default().with_tls(tls);
    let mut config = config.with_timeout(Some(Duration::from_millis(300)));
    config.greeting_timeout = Duration::from_millis(300);
    config
}

#[test]
fn ok_answers_of_a_script() {
    let server = server_with(&["first"]);
    let mut client = client(&server);
    server.fault(Fault::on("NOOP").no("[OVERQUOTA] no more").once());
    let Error::Refused(refusal) = client.noop().unwrap_err() else {
        panic!("not refused");
    };
    assert_eq!(refusal.code(), Some(Code::OverQuota));
    client.noop().unwrap();

    server.fault(Fault::on("status").answer("* STATUS INBOX (MESSAGES 7)\r\n{tag} OK done\r\n"));
    let items = [imap_proto::StatusItemName::Messages];
    assert_eq!(client.status("INBOX", &items).unwrap().messages, Some(7));
    server.clear_faults();
    assert_eq!(client.status("INBOX", &items).unwrap().messages, Some(1));

    server.fault(
        Fault::on("SELECT")
            .tell("* OK [ALERT] {tag} comes\r\n")
            .times(1),
    );
    client.select("INBOX").unwrap();
    server.fault(Fault::on_any_command().bad("[CLIENTBUG] what?").once());
    let error = client.check().unwrap_err().to_string();
    assert_eq!(error, "server refused: BAD [CLIENTBUG] what?");
    server.fault(Fault::on("CHECK").bye("see you"));
    let error = client.check().unwrap_err().to_string();
    assert_eq!(error, "server ended the session: BYE see you");
}

#[test]
fn err_connection_ends() {
    for (fault, error) in [
        (Fault::on("SELECT").close(), "server closed the connection"),
        (
            Fault::on("SELECT").close_after(0),
            "server closed the connection",
        ),
        (
            Fault::on("SELECT").close_after(20),
            "server closed the connection",
        ),
    ] {
        let server = TestServer::start().unwrap();
        server.fault(fault);
        let mut client = client(&server);
        assert_eq!(client.select("INBOX").unwrap_err().to_string(), error);
        // It has happened to this connection only.
        server.clear_faults();
        support::client(&server).select("INBOX").unwrap();
    }
    let server = TestServer::start().unwrap();
    let mut client = client(&server);
    server.disconnect();
    let error = client.noop().unwrap_err().to_string();
    assert_eq!(error, "server closed the connection");
    server.fault(Fault::connection_closed_after(5));
    let error = connect(&server, &Config::default()).unwrap_err();
    assert_eq!(error.to_string(), "server closed the connection");
}

#[test]
fn err_server_does_not_answer() {
    let server = TestServer::start().unwrap();
    let config = Config::default().with_timeout(Some(Duration::from_millis(100)));
    let mut client = connect(&server, &config).unwrap();
    server.fault(Fault::on("NOOP").ignore());
    assert_eq!(client.noop().unwrap_err().to_string(), "no answer in time");
    assert_eq!(server.received().last().unwrap().command(), "NOOP");

    server.fault(Fault::stalled_handshake());
    let port = server.tls_address().port();
    let error = Client::connect_tls("localhost", port, &tls(&server)).unwrap_err();
    assert_eq!(error.to_string(), "no answer in time");
    let port = server.address().port();
    let error = Client::connect_starttls("localhost", port, &tls(&server)).unwrap_err();
    assert_eq!(error.to_string(), "no answer in time");
}

#[test]
fn err_greeting() {
    for (greeting, error) in [
        ("* BYE go away\r\n", "server ended the session: BYE go away"),
        (
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            "no greeting of IMAP: \"HTTP/1.1 400 Bad Request\"",
        ),
        ("\u{1}\u{2}\r\n", "no greeting of IMAP: \"\\x01\\x02\""),
    ] {
        let fault = Fault::on_greeting().answer(greeting);
        let server = TestServer::builder().fault(fault).start().unwrap();
        let refused = connect(&server, &Config::default()).unwrap_err();
        assert_eq!(refused.to_string(), error, "{greeting}");
    }
}

#[test]
fn err_certificate() {
    let expired = TestServer::builder().expired_certificate().start().unwrap();
    let other = TestServer::builder().certificate_for(&["mail.example.org"]);
    for (server, error) in [
        (expired, "expired"),
        (other.start().unwrap(), "not valid for name"),
    ] {
        let port = server.tls_address().port();
        let refused = Client::connect_tls("localhost", port, &tls(&server)).unwrap_err();
        let source = std::error::Error::source(&refused).unwrap().to_string();
        assert!(source.contains(error), "{refused}: {source}");
    }
}

/// The pieces and pauses change nothing, and a delay takes its time only.
#[test]
fn ok_slow_and_split_answers() {
    let server = server_with(&["first", "second"]);
    server.fault(Fault::connection_split(1, Duration::ZERO));
    server.fault(Fault::on("SELECT").delay(Duration::from_millis(1)));
    server.fault(Fault::on("SEARCH").split(3, Duration::from_micros(1)));
    let mut client = client(&server);
    assert_eq!(client.select("INBOX").unwrap().exists, 2);
    let found = client.search("ALL").unwrap();
    assert_eq!(found.all.to_string(), "1:2");
}

#[test]
fn ok_octets_that_nobody_asked_for() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::inbox(&server);
    server.say("* 5 EXISTS\r\n");
    assert_eq!(wire.line(), "* 5 EXISTS");
}

#[test]
fn ok_what_was_received() {
    let server = TestServer::start().unwrap();
    let mut first = client(&server);
    let mut second = connect(&server, &Config::default()).unwrap();
    let credentials = Credentials::password("user", "pass");
    second
        .log_in(&credentials, LogInOptions::default())
        .unwrap();
    let octets = message("x");
    first
        .append("INBOX", octets.as_bytes(), Default::default())
        .unwrap();
    first.idle().unwrap().done().unwrap();
    let received = server.received();
    let of = |connection| {
        let of = received
            .iter()
            .filter(move |r| r.connection() == connection);
        of.map(|r| r.command()).collect::<Vec<_>>()
    };
    let commands = of(1);
    assert_eq!(commands[0], "LOGIN user pass");
    assert!(commands[1].starts_with("APPEND INBOX {") && commands[1].ends_with("text of x"));
    assert_eq!(commands[2..], ["IDLE", "DONE"]);
    assert!(
        of(2)[0].starts_with("AUTHENTICATE SCRAM-SHA-512 "),
        "{:?}",
        of(2)
    );
}

#[test]
fn ok_compression() {
    let server = server_with(&["first"]);
    let config = Config::default().with_timeout(Some(Duration::from_secs(20)));
    let mut client = connect(&server, &config).unwrap();
    client.login("user", "pass").unwrap();
    client.compress().unwrap();
    assert_eq!(client.select("INBOX").unwrap().exists, 1);
    let octets = message(&"long ".repeat(50_000));
    client
        .append("INBOX", octets.as_bytes(), Default::default())
        .unwrap();
    let view = server.user("user").unwrap().mailbox("INBOX").unwrap();
    assert_eq!(view.messages()[1].octets(), octets.as_bytes());
    let mut wire = Wire::inbox(&server);
    assert_eq!(
        wire.run("COMPRESS X"),
        ["NO [CANNOT] only DEFLATE is known"]
    );
    let error = client.run_raw("COMPRESS", b"DEFLATE").unwrap_err();
    assert!(error.to_string().contains("COMPRESSIONACTIVE"), "{error}");
}
