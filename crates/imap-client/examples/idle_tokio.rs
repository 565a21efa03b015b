//! Watches several mailboxes of an account at once, each by a connection of its own.
//!
//! ```text
//! cargo run --features tokio --example idle_tokio -- [--ca FILE] imaps://USER@HOST[:PORT] MAILBOX...
//! ```
//!
//! It goes on until it is interrupted. The password comes from the variable `IMAP_PASSWORD`, or is
//! asked for.

mod common;

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use common::{Account, Arguments, Failure};
use imap_client::sasl::Credentials;
use imap_client::tokio::{Client, Config};
use imap_client::{Error, Event, Idled};
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::sleep;

/// How long to wait before connecting again.
const PAUSE: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let Arguments { config, values, .. } = Arguments::read()?;
    let Some((address, mailboxes @ [_, ..])) = values.split_first() else {
        return Err("usage: idle_tokio [--ca FILE] imaps://USER@HOST[:PORT] MAILBOX...".into());
    };
    let account = Account::with_tls(address)?;
    let credentials = account.credentials()?;
    let server = Arc::new(Server {
        account,
        credentials,
        config,
    });
    let (news, mut told) = channel(100);
    for mailbox in mailboxes {
        tokio::spawn(watch(Arc::clone(&server), mailbox.clone(), news.clone()));
    }
    drop(news);
    let mut out = std::io::stdout().lock();
    // It ends when there is no watcher left.
    while let Some((mailbox, told)) = told.recv().await {
        match told {
            Ok(exists) => writeln!(out, "{mailbox}: {exists} messages")?,
            Err(error) => writeln!(out, "{mailbox}: {:?}", Failure::from(error))?,
        }
    }
    Ok(())
}

/// Where to connect, and as whom.
struct Server {
    account: Account,
    credentials: Credentials,
    config: Config,
}

/// A mailbox, and how many messages it has now.
type News = (String, Result<u32, Error>);

/// Watches a mailbox over as many connections as it takes.
async fn watch(server: Arc<Server>, mailbox: String, news: Sender<News>) {
    while let Err(error) = watch_once(&server, &mailbox, &news).await {
        let is_lost = matches!(
            error,
            Error::Bye(_) | Error::Closed | Error::Io(_) | Error::Timeout
        );
        if news.send((mailbox.clone(), Err(error))).await.is_err() || !is_lost {
            return;
        }
        sleep(PAUSE).await;
    }
}

/// Watches a mailbox until nobody wants to know.
async fn watch_once(server: &Server, mailbox: &str, news: &Sender<News>) -> Result<(), Error> {
    let Account { host, port, .. } = &server.account;
    let mut client = Client::connect_tls(host, *port, &server.config).await?;
    client
        .log_in(&server.credentials, Default::default())
        .await?;
    let exists = client.examine(mailbox).await?.exists;
    let mut heard = news.send((mailbox.to_owned(), Ok(exists))).await.is_ok();
    while heard {
        let mut idle = client.idle()?;
        // A server that ends IDLE by itself is asked again.
        while let (true, Idled::Event(event)) = (heard, idle.wait().await?) {
            if let Event::Exists(exists) = event {
                heard = news.send((mailbox.to_owned(), Ok(exists))).await.is_ok();
            }
        }
    }
    Ok(())
}
