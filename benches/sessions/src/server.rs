//! The server that replays, on a thread of the process that measures.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crate::client::Task;
use crate::dialogue::{Dialogue, Reply};
use crate::load::Load;
use crate::replay::Replay;

/// A session that a server is ready for.
pub struct Served {
    /// What the server sends.
    pub replay: Arc<Replay>,
    /// Where it is, and what a client does there.
    pub task: Task,
    /// Serves as long as this lives.
    _server: Server,
}

impl Served {
    /// Makes the answer, and starts a server for it.
    ///
    /// # Errors
    ///
    /// If there is no free port.
    pub fn start(load: Load) -> io::Result<Self> {
        let replay = Arc::new(Replay::new(load));
        let server = Server::start(Arc::clone(&replay))?;
        let task = Task {
            port: server.address.port(),
            load,
            answer: replay.octets.len() as u64,
        };
        Ok(Self {
            replay,
            task,
            _server: server,
        })
    }
}

/// A server on loopback that gives everybody the same answer; it ends when dropped.
struct Server {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts it on a free port.
    fn start(replay: Arc<Replay>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let is_over = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_over);
        let thread = std::thread::spawn(move || accept(&listener, &replay, &seen));
        Ok(Self {
            address,
            is_over,
            thread: Some(thread),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // It looks up when somebody connects.
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn accept(listener: &TcpListener, replay: &Arc<Replay>, is_over: &AtomicBool) {
    while let Ok((stream, _)) = listener.accept() {
        if is_over.load(Ordering::Acquire) {
            return;
        }
        let replay = Arc::clone(replay);
        // A client that went away in the middle is seen by what it proves.
        std::thread::spawn(move || serve(stream, &replay).is_ok());
    }
}

fn serve(mut stream: TcpStream, replay: &Replay) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.write_all(Dialogue::greeting().as_bytes())?;
    let mut dialogue = Dialogue::new(replay.exists());
    let (mut buffer, mut replies) = (vec![0; 64 << 10], Vec::new());
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        let received = dialogue.receive(&buffer[..count], &mut replies);
        received.map_err(io::Error::other)?;
        for reply in replies.drain(..) {
            match reply {
                Reply::Lines(lines) => stream.write_all(lines.as_bytes())?,
                Reply::Replay => stream.write_all(&replay.octets)?,
                Reply::Close => return Ok(()),
            }
        }
    }
}
