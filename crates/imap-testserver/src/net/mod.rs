//! Sockets: what comes in goes to the session, what it says goes out.

mod tls;

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::session::{Next, Session};
use crate::shared::Shared;

pub(crate) use tls::Tls;

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
async fn serve(mut stream: TcpStream, door: Door) {
    let mut bell = door.shared.subscribe();
    let mut session = Session::new(door.shared);
    if !door.tls_first {
        session.greet();
        match drive(&mut stream, &mut session, &mut bell).await {
            Ok(End::StartTls) => {}
            _ => return,
        }
    }
    let Ok(mut stream) = door.tls.acceptor.accept(stream).await else {
        return;
    };
    session.start_tls(door.tls.bindings(&stream));
    if door.tls_first {
        session.greet();
    }
    let _ = drive(&mut stream, &mut session, &mut bell).await;
}

/// Why a session stopped using its stream.
enum End {
    Closed,
    StartTls,
}

async fn drive<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    session: &mut Session,
    bell: &mut watch::Receiver<()>,
) -> io::Result<End> {
    loop {
        let next = session.advance();
        stream.write_all(&session.take_output()).await?;
        match next {
            Next::Again => {}
            Next::StartTls => {
                stream.flush().await?;
                return Ok(End::StartTls);
            }
            Next::Close => {
                stream.shutdown().await?;
                return Ok(End::Closed);
            }
            Next::Read => {
                stream.flush().await?;
                if !wait(stream, session, bell).await? {
                    return Ok(End::Closed);
                }
            }
        }
    }
}

/// Waits for octets, or for news if they are to be told; false at the end of the stream.
async fn wait<S: AsyncRead + Unpin>(
    stream: &mut S,
    session: &mut Session,
    bell: &mut watch::Receiver<()>,
) -> io::Result<bool> {
    let awaits_news = session.awaits_news();
    let buffer = session.buffer_mut();
    buffer.reserve(READ_SIZE);
    tokio::select! {
        read = stream.read_buf(buffer) => Ok(read? > 0),
        news = bell.changed(), if awaits_news => {
            if news.is_ok() {
                session.tell_news();
            }
            Ok(true)
        }
    }
}

/// How many octets are read at once.
const READ_SIZE: usize = 16 << 10;

/// How long to wait when no connection can be taken.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
