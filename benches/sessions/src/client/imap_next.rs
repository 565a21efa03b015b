//! The crate `imap-next`, with tokio: messages come as events, and who wants to keep them does.

use anyhow::{Result, bail};
use peer_imap_next::client::{Client, Event, Options};
use peer_imap_next::imap_types::command::{Command, CommandBody};
use peer_imap_next::imap_types::core::{Tag, Vec1};
use peer_imap_next::imap_types::response::{Data, Status, StatusKind};
use peer_imap_next::imap_types::search::SearchKey;
use peer_imap_next::imap_types::sequence::SequenceSet;
use peer_imap_next::stream::Stream;
use tokio::net::TcpStream;

use super::io_imap::{add, items};
use super::{HOST, PASSWORD, Task, USER, block_on};
use crate::contender::Form;
use crate::load::Scenario;
use crate::proof::Proof;

/// A connection, and how many commands were sent over it.
struct Connection {
    stream: Stream,
    client: Client,
    commands: usize,
}

impl Connection {
    async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((HOST, port)).await?;
        stream.set_nodelay(true)?;
        let mut options = Options::default();
        // More than its 100 MiB, which one of the answers exceeds.
        options.max_response_size = u32::MAX;
        let mut connection = Self {
            stream: Stream::insecure(stream),
            client: Client::new(options),
            commands: 0,
        };
        match connection.stream.next(&mut connection.client).await? {
            Event::GreetingReceived { .. } => Ok(connection),
            event => bail!("no greeting but {event:?}"),
        }
    }

    /// Runs a command, and shows the data that come until its end.
    async fn run(
        &mut self,
        body: CommandBody<'static>,
        mut each: impl FnMut(Data<'static>),
    ) -> Result<()> {
        self.commands += 1;
        let tag = Tag::try_from(format!("A{}", self.commands))?;
        self.client.enqueue_command(Command {
            tag: tag.clone(),
            body,
        });
        loop {
            match self.stream.next(&mut self.client).await? {
                Event::DataReceived { data } => each(data),
                Event::StatusReceived {
                    status: Status::Tagged(tagged),
                } if tagged.tag == tag && tagged.body.kind == StatusKind::Ok => return Ok(()),
                Event::StatusReceived {
                    status: Status::Tagged(tagged),
                } => bail!("not done: {tagged:?}"),
                _ => {}
            }
        }
    }
}

/// Runs a whole session, and tells what it found.
///
/// # Errors
///
/// If the session fails.
pub fn run(form: Form, task: &Task) -> Result<Proof> {
    block_on(session(form, task))
}

async fn session(form: Form, task: &Task) -> Result<Proof> {
    let mut connection = Connection::open(task.port).await?;
    let login = CommandBody::login(USER, PASSWORD)?;
    connection.run(login, |_| {}).await?;
    let select = CommandBody::select("INBOX")?;
    connection.run(select, |_| {}).await?;
    let (scenario, mut proof) = (task.load.scenario, Proof::default());
    match (scenario, form) {
        (Scenario::Empty, _) => {}
        (Scenario::Noop, _) => {
            for _ in 0..task.load.count {
                connection.run(CommandBody::Noop, |_| {}).await?;
                proof.count += 1;
            }
        }
        (Scenario::Search, _) => {
            let search = CommandBody::search(None, Vec1::from(SearchKey::All), true);
            let mut found = Vec::new();
            connection.run(search, |data| found.push(data)).await?;
            found.iter().for_each(|data| add_found(data, &mut proof));
        }
        (_, Form::Kept) => {
            let mut messages = Vec::new();
            let fetch = fetch(scenario)?;
            connection.run(fetch, |data| messages.push(data)).await?;
            messages.iter().for_each(|data| add_fetch(data, &mut proof));
        }
        (_, Form::Streamed) => {
            let fetch = fetch(scenario)?;
            connection
                .run(fetch, |data| add_fetch(&data, &mut proof))
                .await?;
        }
    }
    connection.run(CommandBody::Logout, |_| {}).await?;
    Ok(proof)
}

fn fetch(scenario: Scenario) -> Result<CommandBody<'static>> {
    Ok(CommandBody::Fetch {
        sequence_set: SequenceSet::try_from("1:*")?,
        macro_or_item_names: items(scenario),
        uid: false,
        modifiers: Vec::new(),
    })
}

fn add_fetch(data: &Data<'_>, proof: &mut Proof) {
    if let Data::Fetch { items, .. } = data {
        add(items.as_ref(), proof);
    }
}

fn add_found(data: &Data<'_>, proof: &mut Proof) {
    if let Data::Search(numbers, ..) = data {
        *proof = Proof::of_numbers(numbers.iter().map(|number| number.get()));
    }
}
