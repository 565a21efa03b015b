//! A server of one mailbox with three messages, for all who know the password; prints its address.

use std::io::{Error, Read as _, Result, Write as _};
use std::net::{TcpListener, TcpStream};

use imap_codec::{Framed, Framer, encode_response};
use imap_proto::command::{Command, Tagged};
use imap_proto::response::{Fetch, Response, Status, StatusResponse};
use imap_proto::{Arena, Capability, FetchItem, Flag, Limits, SeqNum, SequenceSetBuf, Tag, Text};

const MESSAGES: [&[Flag<'_>]; 3] = [&[Flag::Seen], &[], &[Flag::Answered, Flag::Flagged]];

fn main() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    for stream in listener.incoming() {
        std::thread::spawn(|| serve(stream?));
    }
    Ok(())
}

fn serve(mut stream: TcpStream) -> Result<()> {
    let (mut framer, mut arena) = (Framer::server(Limits::SERVER), Arena::new());
    let (mut logged_in, mut buffer) = (false, [0; 4096]);
    stream.write_all(b"* OK ready\r\n")?;
    loop {
        match framer.poll().map_err(Error::other)? {
            Some(Framed::Message(line)) => {
                arena.reset();
                for response in answer(&line, &arena, &mut logged_in) {
                    stream.write_all(&encode_response(&response).map_err(Error::other)?)?;
                }
            }
            Some(_) => stream.write_all(b"+ go on\r\n")?,
            None => match stream.read(&mut buffer)? {
                0 => return Ok(()),
                octets => framer.feed(&buffer[..octets]),
            },
        }
    }
}

fn answer<'a>(line: &'a [u8], arena: &'a Arena, logged_in: &mut bool) -> Vec<Response<'a>> {
    let Ok(Tagged { tag, command }) = Command::parse(line, arena) else {
        return vec![status(Tag::of_line(line), Status::Bad, "what?")];
    };
    *logged_in |= matches!(command, Command::Login(login) if login.password == "secret");
    let mut answers = match command {
        Command::Capability => vec![Response::Capability(&[Capability::Imap4Rev1])],
        Command::Logout => vec![status(None, Status::Bye, "see you")],
        Command::Login(_) | Command::Noop if *logged_in => vec![],
        Command::Select(_) | Command::Examine(_) if *logged_in => vec![
            Response::Flags(&[Flag::Answered, Flag::Flagged, Flag::Seen]),
            Response::Exists(MESSAGES.len() as u32),
        ],
        Command::Fetch(fetch) if *logged_in => flags(fetch.set.into(), arena),
        _ => return vec![status(Some(tag), Status::No, "not here, or not now")],
    };
    answers.push(status(Some(tag), Status::Ok, "done"));
    answers
}

fn flags(set: SequenceSetBuf, arena: &Arena) -> Vec<Response<'_>> {
    let last = SeqNum::try_from(MESSAGES.len() as u32).into_iter();
    let fetched = last.flat_map(|last| set.numbers(last)).map(|number| {
        let items = arena.alloc_slice([FetchItem::Flags(MESSAGES[u32::from(number) as usize - 1])]);
        Response::Fetch(Fetch { number, items })
    });
    fetched.collect()
}

fn status<'a>(tag: Option<Tag<'a>>, status: Status, text: &'a str) -> Response<'a> {
    Response::Status(StatusResponse {
        tag,
        status,
        code: None,
        text: Text::try_from(text).unwrap_or_default(),
    })
}
