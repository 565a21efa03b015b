//! No client: what it takes to read so many octets, and to copy them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use super::{HOST, PASSWORD, Task, USER};
use crate::contender::Form;
use crate::proof::{Proof, Sample, Sink};
use anyhow::{Result, bail};

/// Octets that are read at a time, at most.
const PIECE: usize = 64 << 10;

type Reader = BufReader<TcpStream>;

/// Runs a whole session, and tells what it found.
///
/// # Errors
///
/// If the session fails.
pub fn run(form: Form, task: &Task) -> Result<Proof> {
    let mut reader = BufReader::with_capacity(PIECE, TcpStream::connect((HOST, task.port))?);
    reader.get_ref().set_nodelay(true)?;
    reader.read_line(&mut String::new())?;
    send(&mut reader, &format!("a LOGIN {USER} {PASSWORD}"))?;
    skip_to(&mut reader, "a OK")?;
    send(&mut reader, "b SELECT INBOX")?;
    skip_to(&mut reader, "b OK")?;
    send(&mut reader, "c FETCH 1:* (UID BODY.PEEK[])")?;
    let content = match form {
        Form::Kept => keep(&mut reader, task.answer)?,
        Form::Streamed => copy(&mut reader, task.answer)?,
    };
    skip_to(&mut reader, "c OK")?;
    send(&mut reader, "d LOGOUT")?;
    skip_to(&mut reader, "d OK")?;
    Ok(Proof {
        content,
        ..Proof::default()
    })
}

/// Keeps all octets in one place.
fn keep(reader: &mut Reader, octets: u64) -> Result<u64> {
    let mut kept = Vec::with_capacity(usize::try_from(octets)?);
    read(reader, octets, |piece| kept.extend_from_slice(piece))?;
    Ok(Sample::of(&kept))
}

/// Keeps nothing.
fn copy(reader: &mut Reader, octets: u64) -> Result<u64> {
    let mut sink = Sink::default();
    let mut result = Ok(());
    read(reader, octets, |piece| result = sink.write_all(piece))?;
    result?;
    Ok(sink.total())
}

fn read(reader: &mut Reader, octets: u64, mut take: impl FnMut(&[u8])) -> Result<()> {
    let mut left = usize::try_from(octets)?;
    while left > 0 {
        let piece = reader.fill_buf()?;
        let count = piece.len().min(left);
        if count == 0 {
            bail!("the answer is too short");
        }
        take(&piece[..count]);
        reader.consume(count);
        left -= count;
    }
    Ok(())
}

fn send(reader: &mut Reader, command: &str) -> Result<()> {
    let line = format!("{command}\r\n");
    Ok(reader.get_mut().write_all(line.as_bytes())?)
}

fn skip_to(reader: &mut Reader, end: &str) -> Result<()> {
    let mut line = String::new();
    while !line.starts_with(end) {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            bail!("the session ended early");
        }
    }
    Ok(())
}
