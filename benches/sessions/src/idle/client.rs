//! The clients of many idle sessions.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use imap_client::tokio::{Client, Config};
use imap_client::{Idled, Tls};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::sleep;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{Holder, Layer};
use crate::client::{HOST, PASSWORD, USER};
use crate::memory;

/// What is held.
pub(super) struct Held {
    pub(super) layer: Layer,
    pub(super) holder: Holder,
    pub(super) count: usize,
    pub(super) port: u16,
}

/// How many connect and log in at a time.
const CONNECTING: usize = 32;

/// How many sessions there are before it is measured what more of them take.
const BEFORE: usize = 100;

/// How long everything has to be at rest.
const REST: Duration = Duration::from_millis(300);

/// Whom to trust, for both holders.
struct Setting {
    held: Held,
    config: Config,
    connector: TlsConnector,
    connecting: Semaphore,
}

/// Holds them, and gives the octets that each of them takes.
pub(super) fn run(held: Held, certificate: &str) -> Result<usize> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    let pem = certificate.replace('|', "\n");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes())?)?;
    let bare = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let setting = Arc::new(Setting {
        held,
        config: Config::default().with_tls(Tls::with_pem_authorities(pem.as_bytes())?),
        connector: TlsConnector::from(Arc::new(bare)),
        connecting: Semaphore::new(CONNECTING),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure(&setting))
}

async fn measure(setting: &Arc<Setting>) -> Result<usize> {
    let count = setting.held.count;
    hold(setting, BEFORE).await?;
    let before = memory::status("VmRSS:")?;
    hold(setting, count).await?;
    let growth = memory::status("VmRSS:")?.saturating_sub(before);
    Ok(usize::try_from(growth)? / count)
}

/// Holds so many more, for ever.
async fn hold(setting: &Arc<Setting>, count: usize) -> Result<()> {
    let (told, mut tells) = channel(CONNECTING);
    for _ in 0..count {
        let (setting, told) = (Arc::clone(setting), told.clone());
        tokio::spawn(async move {
            // Apart, so that the smaller one does not have the size of the other.
            let ended = match setting.held.holder {
                Holder::Bare => Box::pin(bare(&setting, &told)).await,
                Holder::Ours => Box::pin(ours(&setting, &told)).await,
            };
            // Nobody listens any more at the end of the process.
            let _ = told.send(ended).await;
        });
    }
    for _ in 0..count {
        tells.recv().await.context("no session is left")??;
    }
    sleep(REST).await;
    Ok(())
}

/// Waits in IDLE, and tells when it does.
async fn ours(setting: &Setting, told: &Sender<Result<()>>) -> Result<()> {
    // What connecting takes is given back: it is no part of what waits.
    let mut client = Box::pin(log_in(setting)).await?;
    let mut idle = client.idle()?;
    // IDLE begins with the first wait, which finds no news.
    let begun = idle.wait_for(Duration::ZERO).await?;
    ensure!(matches!(begun, Idled::Elapsed), "{begun:?}");
    told.send(Ok(())).await?;
    let news = idle.wait().await?;
    bail!("not idle: {news:?}")
}

async fn log_in(setting: &Setting) -> Result<Client> {
    let Held { layer, port, .. } = setting.held;
    let _turn = setting.connecting.acquire().await?;
    let mut client = match layer {
        Layer::Plain => Client::connect_plain(HOST, port, &setting.config).await?,
        Layer::Tls => Client::connect_tls(HOST, port, &setting.config).await?,
    };
    client.login(USER, PASSWORD).await?;
    client.select("INBOX").await?;
    Ok(client)
}

/// Waits for octets, and tells when it does.
async fn bare(setting: &Setting, told: &Sender<Result<()>>) -> Result<()> {
    match setting.held.layer {
        Layer::Plain => {
            let stream = Box::pin(connect(setting)).await?;
            Box::pin(wait(stream, told)).await
        }
        Layer::Tls => {
            let stream = Box::pin(connect_tls(setting)).await?;
            Box::pin(wait(stream, told)).await
        }
    }
}

async fn connect(setting: &Setting) -> Result<TcpStream> {
    let _turn = setting.connecting.acquire().await?;
    let mut stream = TcpStream::connect((HOST, setting.held.port)).await?;
    read_greeting(&mut stream).await?;
    Ok(stream)
}

async fn connect_tls(setting: &Setting) -> Result<TlsStream<TcpStream>> {
    let _turn = setting.connecting.acquire().await?;
    let stream = TcpStream::connect((HOST, setting.held.port)).await?;
    let name = ServerName::try_from(HOST)?;
    let mut stream = setting.connector.connect(name, stream).await?;
    read_greeting(&mut stream).await?;
    Ok(stream)
}

async fn read_greeting(stream: &mut (impl AsyncRead + Unpin)) -> Result<()> {
    let count = stream.read(&mut [0; 512]).await?;
    ensure!(count > 0, "no greeting");
    Ok(())
}

async fn wait(mut stream: impl AsyncRead + Unpin, told: &Sender<Result<()>>) -> Result<()> {
    told.send(Ok(())).await?;
    stream.read_u8().await?;
    bail!("not idle")
}
