//! The server of many idle sessions.

use std::io::Read as _;
use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::Result;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::Layer;
use crate::dialogue::{Dialogue, Reply};

/// Says its port and its certificate, and serves until its standard input ends.
pub(super) fn run(layer: Layer) -> Result<()> {
    // As many as the system allows: who starts it has made sure of that.
    rlimit::increase_nofile_limit(u64::MAX)?;
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(layer))
}

async fn serve(layer: Layer) -> Result<()> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".into()])?;
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).map_err(anyhow::Error::msg)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?.port());
    println!("{}", cert.pem().replace(['\r', '\n'], "|"));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let acceptor = acceptor.clone();
        // Clients go away when they like.
        tokio::spawn(async move {
            match layer {
                Layer::Plain => talk(stream).await.is_ok(),
                Layer::Tls => match acceptor.accept(stream).await {
                    Ok(stream) => talk(stream).await.is_ok(),
                    Err(_) => false,
                },
            }
        });
    }
}

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<()> {
    stream.write_all(Dialogue::greeting().as_bytes()).await?;
    let mut dialogue = Dialogue::new(1);
    let (mut buffer, mut replies) = ([0; 1024], Vec::new());
    loop {
        stream.flush().await?;
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        dialogue.receive(&buffer[..count], &mut replies)?;
        for reply in replies.drain(..) {
            match reply {
                Reply::Lines(lines) => stream.write_all(lines.as_bytes()).await?,
                // Nobody asks for it.
                Reply::Replay => {}
                Reply::Close => return Ok(()),
            }
        }
    }
}
