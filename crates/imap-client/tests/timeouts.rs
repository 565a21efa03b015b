//! Servers that stop answering, or stop listening.

mod support;

use std::io::Write as _;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use imap_client::{AppendOptions, Config, Error};
#[cfg(feature = "tokio")]
use support::peer::connect_tokio;
use support::peer::{DRIVERS, Driver, HOST, Peer, Security, VISIT, connect, follow, rest, visit};

const READY: &str = "S: * PREAUTH [CAPABILITY IMAP4rev1 LITERAL+] ready";

const SHORT: Duration = Duration::from_millis(50);

/// A configuration for which nothing but `limit` ever ends.
fn patient(limit: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config::default().with_timeout(None);
    config.connect_timeout = Duration::MAX;
    config.greeting_timeout = Duration::MAX;
    limit(&mut config);
    config
}

/// Runs NOOP twice, or APPEND and NOOP, on a new connection, and gives both results.
fn twice(driver: Driver, port: u16, config: &Config, message: Option<&[u8]>) -> [Error; 2] {
    match driver {
        Driver::Blocking => {
            let mut client = connect(Security::Plain, HOST, port, config).unwrap();
            let first = match message {
                Some(message) => client
                    .append("INBOX", message, AppendOptions::default())
                    .map(|_| ()),
                None => client.noop(),
            };
            [first.unwrap_err(), client.noop().unwrap_err()]
        }
        #[cfg(feature = "tokio")]
        Driver::Tokio => support::peer::block_on(async {
            let client = connect_tokio(Security::Plain, HOST, port, config).await;
            let mut client = client.unwrap();
            let first = match message {
                Some(message) => client
                    .append("INBOX", message, AppendOptions::default())
                    .await
                    .map(|_| ()),
                None => client.noop().await,
            };
            [first.unwrap_err(), client.noop().await.unwrap_err()]
        }),
    }
}

fn assert_timed_out(errors: &[Error]) {
    for error in errors {
        assert!(matches!(error, Error::Timeout), "{error:?}");
        assert!(error.is_fatal());
        assert_eq!(error.to_string(), "no answer in time");
    }
}

#[test]
fn err_no_greeting() {
    let config = patient(|config| config.greeting_timeout = SHORT);
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| rest(&mut stream));
        let error = visit(driver, Security::Plain, server.port, &config).unwrap_err();
        assert_timed_out(&[error]);
        assert_eq!(server.join(), b"");
    }
}

#[test]
fn err_no_end_of_the_greeting() {
    let config = patient(|config| config.greeting_timeout = SHORT);
    for &driver in DRIVERS {
        // Each octet is a sign of life, but not enough.
        let server = Peer::new(|mut stream| while stream.write_all(b"*").is_ok() {});
        let error = visit(driver, Security::Plain, server.port, &config).unwrap_err();
        assert!(error.is_fatal());
        server.join();
    }
}

#[cfg(feature = "rustls")]
#[test]
fn err_no_handshake() {
    let config = patient(|config| config.greeting_timeout = SHORT);
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| rest(&mut stream));
        let error = visit(driver, Security::Tls, server.port, &config).unwrap_err();
        assert_timed_out(&[error]);
        assert!(server.join().starts_with(&[22, 3]), "no handshake of TLS");
    }
}

#[test]
fn err_no_answer_and_none_ever_after() {
    let config = patient(|config| config.read_timeout = Some(SHORT));
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| {
            follow(&mut stream, READY).unwrap();
            rest(&mut stream)
        });
        assert_timed_out(&twice(driver, server.port, &config, None));
        assert_eq!(server.join(), b"A1 NOOP\r\n");
    }
}

/// A server that greets and never reads, until it is told.
fn deaf(over: Receiver<()>) -> Peer<()> {
    Peer::new(move |mut stream| {
        follow(&mut stream, READY).unwrap();
        over.recv().unwrap();
    })
}

#[test]
fn err_nobody_reads() {
    let config = patient(|config| config.write_timeout = Some(SHORT));
    // More than the system takes in by itself.
    let message = vec![b'x'; 32 << 20];
    for &driver in DRIVERS {
        let (tell, over): (Sender<()>, _) = channel();
        let server = deaf(over);
        assert_timed_out(&twice(driver, server.port, &config, Some(&message)));
        tell.send(()).unwrap();
        server.join();
    }
}

#[test]
fn ok_a_pause_is_no_end_with_a_limit_out_of_reach() {
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| {
            let (greeting_and_noop, rest) = VISIT.split_once("S:").unwrap();
            follow(&mut stream, &format!("{READY}{greeting_and_noop}"))?;
            std::thread::sleep(SHORT);
            follow(&mut stream, &format!("S:{rest}"))
        });
        let config = patient(|config| config.read_timeout = Some(Duration::MAX));
        visit(driver, Security::Plain, server.port, &config).unwrap();
        server.join().unwrap();
    }
}
