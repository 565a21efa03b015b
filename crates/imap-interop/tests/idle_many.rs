//! A thousand sessions of one process, all in IDLE: that each hears of news, and what memory it takes.

use std::sync::Arc;
use std::time::Duration;

use imap_client::tokio::{Client, Config};
use imap_client::{Event, Idled, Tls};
use imap_interop::{Instance, Message, Server, User};
use imap_proto::command::StoreAction;
use imap_proto::{Flag, Response, SeqNum};
use tokio::sync::{Barrier, Semaphore};
use tokio::task::JoinSet;

/// How many sessions there are.
const SESSIONS: usize = 1000;

/// How many of them connect and log in at a time.
const CONNECTING: usize = 16;

/// How many octets one may take: TLS, buffers and all that the session knows.
const MOST: u64 = 48 << 10;

struct Setting {
    server: Instance,
    user: User,
    config: Config,
    connecting: Semaphore,
    /// All wait in IDLE.
    idle: Barrier,
}

impl Setting {
    fn new() -> Self {
        let server = Server::Dovecot
            .start()
            .unwrap_or_else(|error| panic!("{error}"));
        let user = server.user("many");
        let message = Message {
            bytes: b"Subject: x\r\n\r\nx\r\n".to_vec(),
            flags: Vec::new(),
            internal_date: 0,
        };
        user.seed("INBOX", [message]).unwrap();
        let pem = std::fs::read(server.ca_pem()).unwrap();
        let tls = Tls::with_pem_authorities(&pem).unwrap();
        Self {
            server,
            user,
            config: Config::default().with_tls(tls),
            connecting: Semaphore::new(CONNECTING),
            idle: Barrier::new(SESSIONS + 1),
        }
    }

    async fn log_in(&self) -> Client {
        let port = self.server.imaps_port();
        let mut client = Client::connect_tls("localhost", port, &self.config)
            .await
            .unwrap();
        client
            .login(self.user.name(), self.user.password())
            .await
            .unwrap();
        client.select("INBOX").await.unwrap();
        client
    }

    /// Waits in IDLE until the message is flagged.
    async fn await_flag(&self) {
        let turn = self.connecting.acquire().await.unwrap();
        let mut client = self.log_in().await;
        let mut idle = client.idle().unwrap();
        // IDLE begins with the first wait, which finds no news.
        let begun = idle.wait_for(Duration::ZERO).await.unwrap();
        assert!(matches!(begun, Idled::Elapsed), "{begun:?}");
        drop(turn);
        self.idle.wait().await;
        loop {
            match idle.wait().await.unwrap() {
                Idled::Event(event) if is_flagged(&event) => return,
                Idled::Event(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

fn is_flagged(event: &Event) -> bool {
    let Some(Response::Fetch(fetch)) = event.response() else {
        return false;
    };
    fetch
        .flags()
        .is_some_and(|flags| flags.contains(&Flag::Flagged))
}

/// The memory of this process that is resident, in octets.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.unwrap().trim().split(' ').next().unwrap();
    kib.parse::<u64>().unwrap() * 1024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ok_a_thousand_idle_sessions_hear_of_a_flag() {
    // The server's processes inherit it.
    rlimit::increase_nofile_limit(8192).unwrap();
    let setting = Arc::new(Setting::new());
    let mut other = setting.log_in().await;
    let before = resident();
    let mut sessions = JoinSet::new();
    for _ in 0..SESSIONS {
        let setting = Arc::clone(&setting);
        sessions.spawn(async move { setting.await_flag().await });
    }
    tokio::select! {
        _ = setting.idle.wait() => {}
        ended = sessions.join_next() => panic!("{ended:?}"),
    }
    let each = resident().saturating_sub(before) / SESSIONS as u64;
    eprintln!("{each} octets for each idle session");
    let first = SeqNum::try_from(1).unwrap();
    other
        .store(first, StoreAction::Add, &[Flag::Flagged])
        .await
        .unwrap();
    while let Some(session) = sessions.join_next().await {
        session.unwrap();
    }
    assert!(each < MOST, "{each} octets for each idle session");
}
