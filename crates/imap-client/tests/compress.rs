//! COMPRESS=DEFLATE against a server that compresses with flate2 itself.

#![cfg(feature = "compress")]

mod support;

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::rc::Rc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use imap_client::{Config, Error, Event};
#[cfg(feature = "tokio")]
use support::peer::connect_tokio;
use support::peer::{DRIVERS, Driver, HOST, Peer, Security, VISIT, connect, follow, hear, rest};

const OFFER: &str = "
    S: * PREAUTH [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] ready
    C: A1 COMPRESS DEFLATE
";

/// What is said under compression: a text that goes through in many pieces, and a visit.
fn inside() -> String {
    let long = "x".repeat(LONG);
    let visit = VISIT.replace("A2", "A4").replace("A1", "A3");
    format!("C: A2 NOOP\nS: * OK {long}\nS: A2 OK done\n{visit}")
}

/// Octets of a long text, below the limit for one line.
const LONG: usize = 300_000;

/// A stream with two handles.
struct Shared<S>(Rc<RefCell<S>>);

impl<S: Read> Read for Shared<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buffer)
    }
}

impl<S: Write> Write for Shared<S> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

/// The server's end of compression.
struct Deflate<S: Read + Write> {
    decoder: DeflateDecoder<Shared<S>>,
    encoder: DeflateEncoder<Shared<S>>,
}

impl<S: Read + Write> Deflate<S> {
    fn new(stream: S, level: Compression) -> Self {
        let stream = Rc::new(RefCell::new(stream));
        Self {
            decoder: DeflateDecoder::new(Shared(stream.clone())),
            encoder: DeflateEncoder::new(Shared(stream), level),
        }
    }
}

impl<S: Read + Write> Read for Deflate<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(buffer)
    }
}

impl<S: Read + Write> Write for Deflate<S> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.encoder.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.flush()
    }
}

/// Serves a client that compresses after it has asked.
fn serve<S: Read + Write>(mut stream: S) -> io::Result<()> {
    follow(&mut stream, OFFER)?;
    follow(&mut stream, "S: A1 OK begin")?;
    follow(&mut Deflate::new(stream, Compression::fast()), &inside())
}

/// Connects, compresses, and gives the octets of what the server said unasked.
fn visit(driver: Driver, security: Security, port: u16, config: &Config) -> Result<usize, Error> {
    let length = |event| match event {
        Some(Event::Response(response)) => response.frame().len(),
        other => panic!("{other:?}"),
    };
    match driver {
        Driver::Blocking => {
            let mut client = connect(security, HOST, port, config)?;
            client.compress()?;
            client.noop()?;
            client.noop()?;
            client.logout()?;
            Ok(length(client.next_event()))
        }
        #[cfg(feature = "tokio")]
        Driver::Tokio => support::peer::block_on(async {
            let mut client = connect_tokio(security, HOST, port, config).await?;
            client.compress().await?;
            client.noop().await?;
            client.noop().await?;
            client.logout().await?;
            Ok(length(client.next_event()))
        }),
    }
}

#[test]
fn ok_session_goes_on_compressed() {
    for &driver in DRIVERS {
        let server = Peer::new(serve);
        let said = visit(driver, Security::Plain, server.port, &Config::default());
        assert_eq!(said.unwrap(), LONG + "* OK \r\n".len());
        server.join().unwrap();
    }
}

#[cfg(feature = "rustls")]
#[test]
fn ok_session_goes_on_compressed_inside_of_tls() {
    use rustls::version::{TLS12, TLS13};
    use support::tls::{Authority, accept, server_config};

    let authority = Authority::new();
    let tls = server_config(&authority.sign("localhost"), &[&TLS12, &TLS13]);
    for &driver in DRIVERS {
        let tls = tls.clone();
        let server = Peer::new(move |stream| serve(accept(&tls, stream)));
        let said = visit(driver, Security::Tls, server.port, &authority.config());
        assert_eq!(said.unwrap(), LONG + "* OK \r\n".len());
        server.join().unwrap();
    }
}

/// The result of compressing and of NOOP, by a client of a server that follows `serve` after OFFER.
fn try_compression(
    driver: Driver,
    serve: impl FnOnce(TcpStream) -> io::Result<()> + Send + 'static,
) -> Result<(), Error> {
    let server = Peer::new(|mut stream| {
        follow(&mut stream, OFFER)?;
        serve(stream)
    });
    let config = Config::default();
    let result = match driver {
        Driver::Blocking => {
            let mut client = connect(Security::Plain, HOST, server.port, &config)?;
            client.compress().and_then(|()| client.noop())
        }
        #[cfg(feature = "tokio")]
        Driver::Tokio => support::peer::block_on(async {
            let client = connect_tokio(Security::Plain, HOST, server.port, &config);
            let mut client = client.await?;
            client.compress().await?;
            client.noop().await
        }),
    };
    server.join().unwrap();
    result
}

#[test]
fn ok_compressed_octets_in_one_piece_with_the_consent() {
    for &driver in DRIVERS {
        let result = try_compression(driver, |mut stream| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(b"* OK early\r\n")?;
            encoder.flush()?;
            let early = std::mem::take(encoder.get_mut());
            stream.write_all(&[b"A1 OK begin\r\n", &early[..]].concat())?;
            hear(&mut DeflateDecoder::new(&stream), "A2 NOOP\r\n")?;
            encoder.write_all(b"A2 OK done\r\n")?;
            encoder.flush()?;
            stream.write_all(encoder.get_ref())
        });
        result.unwrap();
    }
}

#[test]
fn err_what_comes_is_not_compressed() {
    for &driver in DRIVERS {
        let result = try_compression(driver, |mut stream| {
            stream.write_all(b"A1 OK begin\r\n\xff\xff not compressed")?;
            rest(&mut stream);
            Ok(())
        });
        let error = result.unwrap_err();
        assert!(error.is_fatal());
        let text = "protocol violated by the server: broken compressed data";
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn err_compression_is_refused() {
    for &driver in DRIVERS {
        let result = try_compression(driver, |mut stream| {
            follow(&mut stream, "S: A1 NO [COMPRESSIONACTIVE] it is already")
        });
        let error = result.unwrap_err();
        assert!(error.refusal().unwrap().is(b"COMPRESSIONACTIVE"));
        assert!(!error.is_fatal());
    }
}

/// Floods a client with lines that compress too well to be mail, until it hangs up.
fn flood<S: Read + Write>(mut stream: S) -> io::Result<()> {
    follow(&mut stream, OFFER)?;
    follow(&mut stream, "S: A1 OK begin")?;
    let line = format!("* OK {}\r\n", "A".repeat(LONG));
    let mut deflate = Deflate::new(stream, Compression::best());
    while deflate.write_all(line.as_bytes()).is_ok() {}
    Ok(())
}

#[test]
fn err_bomb_ends_the_session() {
    for &driver in DRIVERS {
        let server = Peer::new(flood);
        let error = visit(driver, Security::Plain, server.port, &Config::default()).unwrap_err();
        assert!(matches!(error, Error::Protocol(what) if what.contains("250 : 1")));
        server.join().unwrap();
    }
}
