//! One session, without I/O: octets of a client in, octets of the server out.
//!
//! The rule for who drives it: send [`Session::take_output`] after each [`Session::advance`], then do
//! what that gave.

mod access;
mod acl;
mod append;
mod authenticate;
mod catenate;
mod copy;
mod disturb;
mod esearch;
mod expunge;
mod fetch;
mod general;
mod item;
mod lacking;
mod list;
mod list_pattern;
mod mailbox;
mod metadata;
mod output;
mod quota;
mod reply;
mod search;
mod select;
mod state;
mod store;
mod sync;
#[cfg(test)]
mod tests;
mod url;

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use imap_codec::{FrameError, FrameErrorKind, Framed, Framer};
use imap_proto::response::{ContinuationRequest, Greeting, GreetingStatus, Status, StatusResponse};
use imap_proto::{Arena, Code, Command, Response, SeqNum, Tag, Text, Uid};

use crate::auth::Bindings;
use crate::faults::{Manner, Moment};
use crate::shared::Shared;
use crate::store::{SessionId, Store};
use disturb::tag_and_name;
use output::Output;
use reply::{Answer, Call, Reply};
use state::{Enabled, Mode, Selected, Work};

/// A session of one client.
pub(crate) struct Session {
    shared: Arc<Shared>,
    id: SessionId,
    framer: Framer,
    out: Output,
    mode: Mode,
    user: Option<String>,
    selected: Option<Selected>,
    enabled: Enabled,
    /// What TLS has for channel binding, if the connection has TLS.
    bindings: Option<Bindings>,
    /// Whether COMPRESS was used.
    compressed: bool,
    /// How the octets that wait are to be sent.
    manner: Manner,
    /// What goes on before anything else is read.
    work: Option<Work>,
    /// What is to be done before anything else is read.
    pending: Option<Next>,
}

/// What whoever drives a session does next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Next {
    /// Send what there is, and ask again.
    Again,
    /// Read more octets into [`Session::buffer_mut`].
    Read,
    /// Send what there is, and close.
    Close,
    /// Send what there is, and begin compression with [`Session::start_compression`].
    Compress,
    /// Send what there is, begin TLS, and call [`Session::start_tls`].
    StartTls,
}

impl Session {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let id = shared.next_session();
        let framer = Framer::server(shared.settings.limits(false));
        Self {
            shared,
            id,
            framer,
            out: Output::new(),
            mode: Mode::Command,
            user: None,
            selected: None,
            enabled: Enabled::default(),
            bindings: None,
            compressed: false,
            manner: Manner::default(),
            work: None,
            pending: None,
        }
    }

    /// Says the greeting.
    pub(crate) fn greet(&mut self) {
        self.out.set_quirks(self.shared.script.quirks(), b"*");
        if !self.disturb(Moment::Greeting, b"*") {
            return;
        }
        let capabilities = self.capabilities();
        let greeting = Greeting {
            status: GreetingStatus::Ok,
            code: Some(Code::Capability(&capabilities)),
            text: Text::from_static("imap-testserver ready"),
        };
        self.out.send(&Response::Status(StatusResponse {
            tag: None,
            status: greeting.status.into(),
            code: greeting.code,
            text: greeting.text,
        }));
    }

    /// Does one thing with what has arrived.
    pub(crate) fn advance(&mut self) -> Next {
        if let Some(next) = self.pending {
            return next;
        }
        if let Some(work) = &self.work {
            let frame = work.frame.clone();
            self.command(&frame);
            return Next::Again;
        }
        match self.mode {
            Mode::Command => self.poll_command(),
            Mode::Sasl { .. } | Mode::Idle { .. } => self.poll_line(),
        }
    }

    /// Goes on with TLS: what came before it is forgotten, since anybody could have put it there.
    ///
    /// [RFC 9051 section 6.2.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.1)
    pub(crate) fn start_tls(&mut self, bindings: Bindings) {
        self.pending = None;
        self.bindings = Some(bindings);
        self.framer.take_rest();
    }

    /// Tells what happened elsewhere, if the client wants to know at once.
    pub(crate) fn tell_news(&mut self) {
        let shared = Arc::clone(&self.shared);
        self.sync(&mut shared.store(), true);
    }

    /// Says octets as they are.
    pub(crate) fn say(&mut self, octets: &[u8]) {
        self.out.send_raw(octets);
    }

    /// Where octets that arrive are put.
    pub(crate) const fn buffer_mut(&mut self) -> &mut BytesMut {
        self.framer.buffer_mut()
    }

    /// Takes what is to be sent.
    pub(crate) fn take_output(&mut self) -> Vec<u8> {
        self.out.take()
    }

    /// How these octets of the output are to be sent; a command that goes on will want the same.
    pub(crate) fn take_manner(&mut self, octets: &[u8]) -> Manner {
        let manner = std::mem::take(&mut self.manner);
        if self.work.is_some() {
            self.manner = manner.behind(octets.len());
        }
        manner
    }

    /// Goes on with compression; gives compressed octets that have come already.
    pub(crate) fn start_compression(&mut self) -> Bytes {
        self.pending = None;
        self.framer.take_rest()
    }

    /// Whether news are to be told while nothing is asked.
    pub(crate) const fn awaits_news(&self) -> bool {
        matches!(self.mode, Mode::Idle { .. })
    }

    fn poll_command(&mut self) -> Next {
        match self.framer.poll() {
            Ok(None) => return Next::Read,
            Ok(Some(Framed::Message(frame))) => self.frame(&frame),
            Ok(Some(Framed::Continuation { .. })) => {
                self.invite(Text::from_static("send the literal"));
            }
            // Nothing is streamed.
            Ok(Some(_)) => {}
            Err(error) => self.refuse_frame(&error),
        }
        Next::Again
    }

    fn poll_line(&mut self) -> Next {
        match self.framer.poll_line() {
            Ok(None) => return Next::Read,
            Ok(Some(line)) => {
                self.shared.script.record(self.id, &line);
                self.line(&line);
            }
            Err(error) => {
                self.mode = Mode::Command;
                self.refuse_frame(&error);
            }
        }
        Next::Again
    }

    /// A line that is no command.
    fn line(&mut self, line: &Bytes) {
        match std::mem::replace(&mut self.mode, Mode::Command) {
            Mode::Command => {}
            Mode::Sasl { tag, exchange } => self.sasl_line(line, tag, exchange),
            Mode::Idle { tag } => self.end_idle(line, &tag),
        }
    }

    fn refuse_frame(&mut self, error: &FrameError) {
        let text = error.to_string();
        let tag = error.tag().and_then(|tag| Tag::new(tag).ok());
        let reply = match error.kind() {
            FrameErrorKind::LiteralTooLarge { .. } | FrameErrorKind::MessageTooLarge { .. } => {
                Reply::no(&text).with_code(Code::TooBig)
            }
            _ => Reply::bad(&text),
        };
        self.send_status(tag, reply);
        if error.is_fatal() {
            self.bye("the stream cannot be read on");
        }
    }

    /// A command, unless something else is to happen in its place.
    fn frame(&mut self, frame: &Bytes) {
        self.shared.script.record(self.id, frame);
        let (tag, name) = tag_and_name(frame);
        let quirks = self.shared.script.quirks();
        let told = quirks.tell(&name);
        self.out.set_quirks(quirks, tag);
        if self.disturb(Moment::Command(&name), tag) {
            self.out.send_raw(&told);
            self.command(frame);
        }
    }

    fn command(&mut self, frame: &Bytes) {
        let arena = Arena::new();
        let options = self
            .shared
            .settings
            .options(self.user.is_some(), self.utf8());
        match Command::parse_with(frame, &arena, &options) {
            Ok(tagged) => {
                let call = Call {
                    tag: tagged.tag,
                    arena: &arena,
                };
                self.execute(call, &tagged.command);
                if let Some(work) = &mut self.work {
                    work.frame = frame.clone();
                }
            }
            Err(error) => {
                let text = error.to_string();
                self.send_status(Tag::of_line(frame), Reply::bad(&text));
            }
        }
    }

    fn execute<'a>(&mut self, call: Call<'a>, command: &Command<'a>) {
        let shared = Arc::clone(&self.shared);
        let mut store = shared.store();
        let before = store.revision();
        let answer = match self.permit(command) {
            Ok(()) => self.dispatch(&mut store, call, command),
            Err(reply) => Some(Err(reply)),
        };
        if answer.is_some() {
            self.sync(&mut store, may_expunge(command));
        }
        let changed = store.revision() != before;
        drop(store);
        if let Some(Ok(reply) | Err(reply)) = answer {
            self.send_status(Some(call.tag), reply);
        }
        if changed {
            shared.ring();
        }
    }

    /// Whether a command is allowed now.
    fn permit(&self, command: &Command<'_>) -> Result<(), Reply<'static>> {
        self.check_capabilities(command)?;
        if self.enabled.uid_only && has_seq_nums(command) {
            let reply = Reply::bad("there are no sequence numbers now");
            return Err(reply.with_code(Code::UidRequired));
        }
        match (needs(command), &self.user, &self.selected) {
            (Needs::Nothing, ..) | (Needs::User, Some(_), _) | (Needs::Selected, _, Some(_)) => {
                Ok(())
            }
            (Needs::NoUser, None, _) => Ok(()),
            (Needs::NoUser, Some(_), _) => Err(Reply::bad("you are logged in already")),
            (Needs::User | Needs::Selected, None, _) => Err(Reply::bad("log in first")),
            (Needs::Selected, Some(_), None) => Err(Reply::bad("select a mailbox first")),
        }
    }

    /// Executes a command; there is no answer where one follows later.
    fn dispatch<'a>(
        &mut self,
        store: &mut Store,
        call: Call<'a>,
        command: &Command<'a>,
    ) -> Option<Answer<'a>> {
        Some(match command {
            Command::Append(append) => self.append(store, call, append),
            Command::Authenticate(authenticate) => {
                return self.authenticate(store, call, authenticate);
            }
            Command::Capability => self.capability(),
            Command::Check => Ok(Reply::ok("CHECK completed")),
            Command::Close => self.close(store),
            Command::Compress(algorithm) => self.compress(algorithm),
            Command::Copy(copy) => self.copy(store, call, copy.set, copy.mailbox),
            Command::Create(create) => self.create(store, call, create),
            Command::Delete(delete) => self.delete(store, delete),
            Command::DeleteAcl(command) => self.delete_acl(store, command),
            Command::Enable(enable) => self.enable(store, call, enable),
            Command::Esearch(esearch) => self.esearch(store, call, esearch),
            Command::Examine(examine) => {
                self.select(store, call, examine.mailbox, examine.parameters, true)
            }
            Command::Expunge => self.expunge(store),
            Command::Fetch(fetch) => return self.fetch(store, fetch),
            Command::GetAcl(command) => self.get_acl(store, call, command),
            Command::GetJmapAccess => self.jmap_access(),
            Command::GetMetadata(command) => self.get_metadata(store, command),
            Command::GetQuota(command) => self.get_quota(store, command),
            Command::GetQuotaRoot(command) => self.get_quota_root(store, call, command),
            Command::Id(_) => self.server_id(),
            Command::Idle => return self.idle(store, call),
            Command::List(list) => self.list(store, call, list),
            Command::ListRights(command) => self.list_rights(store, call, command),
            Command::Login(login) => self.login(store, call, login),
            Command::Logout => self.logout(),
            Command::Lsub(list) => self.lsub(store, call, list),
            Command::Move(r#move) => self.move_messages(store, call, r#move.set, r#move.mailbox),
            Command::MyRights(command) => self.my_rights(store, call, command),
            Command::Namespace => self.namespace(),
            Command::Noop => Ok(Reply::ok("NOOP completed")),
            Command::Rename(rename) => self.rename(store, rename),
            Command::Replace(replace) => self.replace(store, call, replace),
            Command::Search(search) => self.search::<SeqNum>(store, call, search),
            Command::Select(select) => {
                self.select(store, call, select.mailbox, select.parameters, false)
            }
            Command::SetAcl(command) => self.set_acl(store, command),
            Command::SetMetadata(command) => self.set_metadata(store, command),
            Command::SetQuota(command) => self.set_quota(store, command),
            Command::Sort(sort) => self.sort::<SeqNum>(store, call, sort),
            Command::StartTls => self.begin_tls(),
            Command::Status(status) => self.status(store, call, status),
            Command::Store(change) => self.store_flags(store, call, change),
            Command::Subscribe(subscribe) => self.subscribe(store, subscribe.mailbox),
            Command::Thread(thread) => self.thread::<SeqNum>(store, call, thread),
            Command::UidCopy(copy) => self.copy(store, call, copy.set, copy.mailbox),
            Command::UidExpunge(expunge) => self.uid_expunge(store, expunge),
            Command::UidFetch(fetch) => return self.fetch(store, fetch),
            Command::UidMove(r#move) => self.move_messages(store, call, r#move.set, r#move.mailbox),
            Command::UidStore(change) => self.store_flags(store, call, change),
            Command::UidReplace(replace) => self.replace(store, call, replace),
            Command::UidSearch(search) => self.search::<Uid>(store, call, search),
            Command::UidSort(sort) => self.sort::<Uid>(store, call, sort),
            Command::UidThread(thread) => self.thread::<Uid>(store, call, thread),
            Command::Unauthenticate => self.unauthenticate(),
            Command::Unselect => self.unselect(),
            Command::Unsubscribe(unsubscribe) => self.unsubscribe(store, unsubscribe.mailbox),
            _ => Err(Reply::bad("this command is not known here")),
        })
    }

    /// Sends a status response.
    fn send_status(&mut self, tag: Option<Tag<'_>>, reply: Reply<'_>) {
        let Reply { status, code, text } = reply;
        self.out.send(&Response::Status(StatusResponse {
            tag,
            status,
            code,
            // cannot fail: texts are the server's own, and have no line ends
            text: Text::new(text).unwrap_or_default(),
        }));
    }

    /// Sends an untagged OK with a code.
    fn send_code(&mut self, code: Code<'_>, text: &str) {
        self.send_status(None, Reply::ok(text).with_code(code));
    }

    /// Sends `+`.
    fn invite(&mut self, text: Text<'_>) {
        let request = ContinuationRequest { code: None, text };
        self.out.send(&Response::Continue(request));
    }

    /// Says goodbye and ends the session.
    fn bye(&mut self, text: &str) {
        let reply = Reply::ok(text);
        self.send_status(
            None,
            Reply {
                status: Status::Bye,
                ..reply
            },
        );
        self.pending = Some(Next::Close);
    }

    /// Whether names and texts are sent and read as UTF-8.
    const fn utf8(&self) -> bool {
        self.enabled.rev2 || self.enabled.utf8
    }
}

/// The state that a command is allowed in.
enum Needs {
    Nothing,
    NoUser,
    User,
    Selected,
}

/// [RFC 9051 section 6](https://www.rfc-editor.org/rfc/rfc9051#section-6)
const fn needs(command: &Command<'_>) -> Needs {
    match command {
        Command::Capability | Command::Id(_) | Command::Logout | Command::Noop => Needs::Nothing,
        Command::Authenticate(_) | Command::Login(_) | Command::StartTls => Needs::NoUser,
        Command::Check
        | Command::Close
        | Command::Copy(_)
        | Command::Expunge
        | Command::Fetch(_)
        | Command::Move(_)
        | Command::Replace(_)
        | Command::Search(_)
        | Command::Sort(_)
        | Command::Store(_)
        | Command::Thread(_)
        | Command::UidCopy(_)
        | Command::UidExpunge(_)
        | Command::UidFetch(_)
        | Command::UidMove(_)
        | Command::UidReplace(_)
        | Command::UidSearch(_)
        | Command::UidSort(_)
        | Command::UidStore(_)
        | Command::UidThread(_)
        | Command::Unselect => Needs::Selected,
        Command::Other(_) => Needs::Nothing,
        _ => Needs::User,
    }
}

/// Whether a command is about sequence numbers.
///
/// [RFC 9586 section 3](https://www.rfc-editor.org/rfc/rfc9586#section-3)
const fn has_seq_nums(command: &Command<'_>) -> bool {
    matches!(
        command,
        Command::Copy(_)
            | Command::Fetch(_)
            | Command::Move(_)
            | Command::Replace(_)
            | Command::Search(_)
            | Command::Sort(_)
            | Command::Store(_)
            | Command::Thread(_)
    )
}

/// Whether the answer to a command may tell of messages that are gone, which changes sequence numbers.
///
/// [RFC 9051 section 7.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.1)
const fn may_expunge(command: &Command<'_>) -> bool {
    !matches!(
        command,
        Command::Fetch(_)
            | Command::Search(_)
            | Command::Sort(_)
            | Command::Store(_)
            | Command::Thread(_)
    )
}
