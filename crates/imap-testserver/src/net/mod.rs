//! Sockets: what comes in goes to the session, what it says goes out.

mod compress;
mod pipe;
mod tls;

use std::io;
use std::sync::Arc;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, watch};

use crate::faults::{Moment, Shout};
use crate::session::{Next, Session};
use crate::shared::Shared;

use pipe::Pipe;
pub(crate) use tls::{Certificate, Tls};

/// What connections need.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) shared: Arc<Shared>,
    pub(crate) tls: Tls,
    /// Whether connections begin with TLS.
    pub(crate) tls_first: bool,
}

/// Takes connections until the server ends.
pub(crate) async fn listen(listener: TcpListener, door: Door) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Without it, small answers wait for each other.
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, door.clone()));
            }
            // Too many files are open, or the client has gone: others may come.
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// One connection, to its end. That the client goes away is no error of the server's.
async fn serve(stream: TcpStream, door: Door) {
    let script = &door.shared.script;
    let manner = script.manner();
    let mut ears = Ears {
        bell: door.shared.subscribe(),
        shouts: script.listen(),
    };
    let mut session = Session::new(Arc::clone(&door.shared));
    let mut pipe = Pipe::new(stream, manner);
    if !door.tls_first {
        session.greet();
        match drive(&mut pipe, &mut session, &mut ears).await {
            Ok(End::StartTls) => {}
            _ => return,
        }
    }
    if !script.take(Moment::Handshake).is_empty() {
        return stall(pipe, &mut ears).await;
    }
    let Ok(stream) = door.tls.acceptor.accept(pipe.into_inner()).await else {
        return;
    };
    session.start_tls(door.tls.bindings(&stream));
    if door.tls_first {
        session.greet();
    }
    let _ = drive(&mut Pipe::new(stream, manner), &mut session, &mut ears).await;
}

/// Reads and says nothing.
async fn stall(mut pipe: Pipe<TcpStream>, ears: &mut Ears) {
    let mut buffer = BytesMut::new();
    loop {
        buffer.clear();
        tokio::select! {
            read = pipe.read(&mut buffer) => {
                if !matches!(read, Ok(1..)) {
                    return;
                }
            }
            shout = ears.shouts.recv() => {
                if matches!(shout, Ok(Shout::Close)) {
                    return;
                }
            }
        }
    }
}

/// What a connection hears beside its client.
struct Ears {
    /// Something in a mailbox has changed.
    bell: watch::Receiver<()>,
    /// What all connections are to do.
    shouts: broadcast::Receiver<Shout>,
}

/// Why a session stopped using its stream.
enum End {
    Closed,
    StartTls,
}

async fn drive<S: AsyncRead + AsyncWrite + Unpin>(
    pipe: &mut Pipe<S>,
    session: &mut Session,
    ears: &mut Ears,
) -> io::Result<End> {
    loop {
        let next = session.advance();
        let octets = session.take_output();
        let manner = session.take_manner(&octets);
        pipe.send(octets, manner).await?;
        match next {
            Next::Again => {}
            Next::Compress => pipe.compress(&session.start_compression()),
            Next::StartTls => return Ok(End::StartTls),
            Next::Close => {
                pipe.shut_down().await?;
                return Ok(End::Closed);
            }
            Next::Read => {
                if !wait(pipe, session, ears).await? {
                    return Ok(End::Closed);
                }
            }
        }
    }
}

/// Waits for octets, or for news if they are to be told; false at the end of the stream.
async fn wait<S: AsyncRead + AsyncWrite + Unpin>(
    pipe: &mut Pipe<S>,
    session: &mut Session,
    ears: &mut Ears,
) -> io::Result<bool> {
    let awaits_news = session.awaits_news();
    let buffer = session.buffer_mut();
    buffer.reserve(READ_SIZE);
    tokio::select! {
        read = pipe.read(buffer) => Ok(read? > 0),
        news = ears.bell.changed(), if awaits_news => {
            if news.is_ok() {
                session.tell_news();
            }
            Ok(true)
        }
        shout = ears.shouts.recv() => match shout {
            Ok(Shout::Close) => Ok(false),
            Ok(Shout::Say(octets)) => {
                session.say(&octets);
                Ok(true)
            }
            // Too many at once.
            Err(_) => Ok(true),
        },
    }
}

/// How many octets are read at once.
const READ_SIZE: usize = 16 << 10;

/// How long to wait when no connection can be taken.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
