//! The server dies: after each octet that it says, and after each octet that the client says.
//!
//! `death/session.txt` is a session of 50 commands. Wherever it is cut, the answers that were whole are
//! given as in the whole session, the command in flight is an error that says what happened, and so is every
//! later call, at once.

mod support;

use std::fmt::Debug;
use std::io::{self, ErrorKind, Read, Write};

use imap_client::blocking::Blocking;
use imap_client::sasl::Plain;
#[cfg(feature = "tokio")]
use imap_client::tokio::Tokio;
use imap_client::{AppendOptions, Client, Config, Error};
use imap_proto::command::{AclAction, SearchReturnOption, SortCriterion, SortKey, StoreAction};
use imap_proto::{
    Capability, FetchItemName, Flag, IdField, Rights, SearchKey, Section, SeqNum, SequenceSetBuf,
    StatusItemName, ThreadAlgorithm, UidSetBuf,
};
use support::play::Play;
use support::{End, Life, Script, seq, uid};

const SESSION: &str = include_str!("death/session.txt");

/// What came of a session.
struct Outcome {
    /// The answers of the server, refusals included.
    answers: Vec<String>,
    result: Result<(), Error>,
}

fn play<D: Play>(life: Life) -> Outcome {
    let mut script = Script::new(SESSION);
    script.life = life;
    let reads = script.reads();
    let mut answers = Vec::new();
    let mut client = match D::connect(script, &Config::default()) {
        Ok(client) => client,
        Err(error) => {
            let result = Err(error);
            return Outcome { answers, result };
        }
    };
    let result = commands(&mut client, &mut answers);
    if let Err(error) = &result {
        let before = *reads.lock().unwrap();
        assert_over(&mut client, error);
        assert_eq!(*reads.lock().unwrap(), before, "later calls read");
    }
    Outcome { answers, result }
}

/// Every call gives the error.
fn assert_over<D: Play>(client: &mut Client<D>, error: &Error) {
    assert!(error.is_fatal(), "{error:?}");
    let expected = error.to_string();
    let later = [
        D::now(client.noop()).map(drop),
        D::now(client.select("INBOX")).map(drop),
        D::now(client.fetch(seq(1), &[FetchItemName::Flags])).map(drop),
        D::idle(client).map(drop),
        D::now(client.logout()),
    ];
    for result in later {
        assert_eq!(result.unwrap_err().to_string(), expected);
    }
}

fn commands<D: Play>(client: &mut Client<D>, answers: &mut Vec<String>) -> Result<(), Error> {
    let mut say = |answer: Result<String, Error>| -> Result<(), Error> {
        answers.push(answer?);
        Ok(())
    };
    begin(client, &mut say)?;
    mailboxes(client, &mut say)?;
    rights(client, &mut say)?;
    select(client, &mut say)?;
    read(client, &mut say)?;
    search(client, &mut say)?;
    change(client, &mut say)?;
    finish(client, &mut say)
}

/// The answer to a command as text; a refusal is one, too.
fn text<D: Play, A: imap_client::exchange::Answer>(run: D::Run<'_, A>) -> Result<String, Error>
where
    A::Output: Debug,
{
    match D::now(run) {
        Err(error) if error.is_fatal() => Err(error),
        answer => Ok(format!("{answer:?}")),
    }
}

type Say<'s> = &'s mut dyn FnMut(Result<String, Error>) -> Result<(), Error>;

fn begin<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    say(text::<D, _>(
        client.authenticate(Plain::new("ann", "wrong").unwrap()),
    ))?;
    say(text::<D, _>(client.login("ann", "käse5")))?;
    let name = IdField {
        name: "name".into(),
        value: Some("x".into()),
    };
    say(text::<D, _>(client.id(&[name])))?;
    say(text::<D, _>(client.capability()))?;
    say(text::<D, _>(client.namespace()))?;
    say(text::<D, _>(client.enable(&[Capability::CondStore])))
}

fn mailboxes<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let items = [StatusItemName::Messages, StatusItemName::Unseen];
    say(text::<D, _>(client.list("", "*")))?;
    say(text::<D, _>(client.lsub("", "*")))?;
    say(text::<D, _>(client.status("INBOX", &items)))?;
    say(text::<D, _>(client.create("New")))?;
    say(text::<D, _>(client.subscribe("New")))?;
    say(text::<D, _>(client.rename("New", "Newer")))?;
    say(text::<D, _>(client.unsubscribe("New")))?;
    say(text::<D, _>(client.delete("New")))
}

fn rights<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let rights = Rights::new("lr").unwrap();
    say(text::<D, _>(client.get_quota_root("INBOX")))?;
    say(text::<D, _>(client.get_quota("")))?;
    say(text::<D, _>(client.get_acl("INBOX")))?;
    say(text::<D, _>(client.my_rights("INBOX")))?;
    say(text::<D, _>(client.set_acl(
        "INBOX",
        "bob",
        AclAction::Replace,
        rights,
    )))?;
    say(text::<D, _>(client.delete_acl("INBOX", "bob")))?;
    say(text::<D, _>(client.get_metadata(
        "INBOX",
        &["/private/comment"],
        &[],
    )))
}

fn select<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let options = AppendOptions {
        flags: &[Flag::Seen],
        date: None,
    };
    say(text::<D, _>(client.append(
        "INBOX",
        b"X: b\r\nC: d",
        options,
    )))?;
    say(text::<D, _>(client.examine("INBOX")))?;
    say(text::<D, _>(client.unselect()))?;
    say(text::<D, _>(client.select("INBOX")))
}

fn read<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let body = FetchItemName::BodySection {
        section: Section::ALL,
        peek: true,
        partial: None,
    };
    let structure = FetchItemName::BodyStructure;
    say(text::<D, _>(
        client.fetch(first(3), &[FetchItemName::Flags]),
    ))?;
    say(text::<D, _>(client.uid_fetch(uid(9), &[body])))?;
    say(text::<D, _>(
        client.fetch(seq(1), &[FetchItemName::Envelope]),
    ))?;
    say(text::<D, _>(client.fetch(seq(1), &[structure])))
}

fn search<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let all = &[SearchKey::All];
    let by_date = SortCriterion {
        key: SortKey::Date,
        reverse: false,
    };
    say(text::<D, _>(client.search(&[SearchKey::Unseen])))?;
    say(text::<D, _>(
        client.uid_search(&[SearchKey::Subject("ä".into())]),
    ))?;
    say(text::<D, _>(
        client.search_return(&[SearchReturnOption::Count], all),
    ))?;
    say(text::<D, _>(client.sort(&[by_date], all)))?;
    say(text::<D, _>(
        client.thread(ThreadAlgorithm::References, all),
    ))
}

fn change<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let deleted = &[Flag::Deleted];
    say(text::<D, _>(client.store(
        seq(2),
        StoreAction::Add,
        deleted,
    )))?;
    say(text::<D, _>(client.uid_store(
        uid(9),
        StoreAction::Remove,
        deleted,
    )))?;
    say(text::<D, _>(client.copy(first(2), "Newer")))?;
    say(text::<D, _>(client.uid_copy(uid(8), "nowhere")))?;
    say(text::<D, _>(client.move_messages(seq(1), "Newer")))?;
    say(text::<D, _>(client.uid_expunge(uid(10))))?;
    say(text::<D, _>(client.expunge()))
}

fn finish<D: Play>(client: &mut Client<D>, say: Say<'_>) -> Result<(), Error> {
    let every = UidSetBuf::starting_at(uid(1));
    say(text::<D, _>(client.noop()))?;
    say(text::<D, _>(client.check()))?;
    say(D::idle(client).map(|idled| format!("{idled:?}")))?;
    say(text::<D, _>(client.run_raw("XHELLO", b"")))?;
    say(text::<D, _>(client.close()))?;
    say(text::<D, _>(client.select("Newer")))?;
    say(text::<D, _>(
        client.uid_fetch(every, &[FetchItemName::Flags]),
    ))?;
    say(text::<D, _>(client.noop()))?;
    say(text::<D, _>(client.logout()))
}

/// The messages up to this one.
fn first(last: u32) -> SequenceSetBuf<SeqNum> {
    (1..=last).map(seq).collect()
}

/// What is said of the way a server dies.
fn assert_tells(error: &Error, end: End) {
    let is_told = match end {
        End::Closed => matches!(error, Error::Closed),
        // After the error there is nothing to read, which IDLE sees, since it does not mind waiting.
        End::Error(ErrorKind::TimedOut) => matches!(error, Error::Timeout | Error::Closed),
        End::Error(_) => matches!(error, Error::Closed | Error::Io(_)),
    };
    assert!(is_told, "{end:?} gave {error:?}");
}

/// Cuts the session after each octet of one side, the client's being 0 and the server's 1.
fn cut_everywhere<D: Play>(side: usize) {
    let whole = play::<D>(Life::LONG);
    whole.result.unwrap();
    let answers = Script::new(SESSION).answers();
    assert_eq!((whole.answers.len(), answers.len()), (50, 50));
    let octets = answers[49][side];
    for (count, error) in (0..octets).zip(ERRORS.into_iter().cycle()) {
        for end in [End::Closed, End::Error(error)] {
            let mut life = Life { end, ..Life::LONG };
            *[&mut life.hears, &mut life.says][side] = count;
            let outcome = play::<D>(life);
            let mut answered = answers.iter().filter(|said| said[side] <= count).count();
            match outcome.result {
                // LOGOUT is answered by the end, too.
                Ok(()) => {
                    assert!(answered == 49 && end != End::Error(ErrorKind::TimedOut));
                    answered = 50;
                }
                Err(error) => assert_tells(&error, end),
            }
            let expected = &whole.answers[..answered];
            assert_eq!(outcome.answers, expected, "after {count} octets");
        }
    }
}

/// How the server dies in turn, beside closing the connection.
const ERRORS: [ErrorKind; 2] = [ErrorKind::ConnectionReset, ErrorKind::TimedOut];

#[test]
fn err_server_dies_after_each_octet_it_says() {
    cut_everywhere::<Blocking>(1);
}

#[test]
fn err_server_dies_after_each_octet_it_hears() {
    cut_everywhere::<Blocking>(0);
}

#[cfg(feature = "tokio")]
#[test]
fn err_server_of_tokio_dies_after_each_octet_it_says() {
    cut_everywhere::<Tokio>(1);
}

#[cfg(feature = "tokio")]
#[test]
fn err_server_of_tokio_dies_after_each_octet_it_hears() {
    cut_everywhere::<Tokio>(0);
}

/// A stream whose calls are all interrupted once before they do what they should.
struct Interrupted {
    script: Script,
    is_due: bool,
}

impl Interrupted {
    fn interrupt(&mut self) -> io::Result<()> {
        self.is_due = !self.is_due;
        if self.is_due {
            return Ok(());
        }
        Err(ErrorKind::Interrupted.into())
    }
}

impl Read for Interrupted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupt()?;
        self.script.read(buffer)
    }
}

impl Write for Interrupted {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.interrupt()?;
        self.script.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.interrupt()
    }
}

#[test]
fn ok_interrupted_calls_are_repeated_and_nothing_is_said_twice() {
    let stream = Interrupted {
        script: Script::new(SESSION),
        is_due: true,
    };
    let mut client = Client::<Blocking>::with_stream(stream, &Config::default()).unwrap();
    let mut answers = Vec::new();
    commands(&mut client, &mut answers).unwrap();
    assert_eq!(answers, play::<Blocking>(Life::LONG).answers);
}
