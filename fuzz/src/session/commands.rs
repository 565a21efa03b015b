//! What is submitted to a session.

use std::fmt::Debug;

use imap_client::Session;
use imap_client::exchange::{
    Answer, Ask, Authenticate, Exchange, FetchEach, MoveByCopy, Raw, Resync, StartTls, UidSearch,
    UidSort, UidThread, Unauthenticate,
};
use imap_client::sasl::{
    Anonymous, Callback, CramMd5, DigestMd5, External, Login, Mechanism, OAuthBearer, Plain, Scram,
    ScramHash, XOAuth2,
};
use imap_codec::AppendHead;
use imap_proto::{Arena, Command};

use super::Run;

impl Run {
    /// Submits one of [`COMMANDS`].
    pub(super) fn command(&mut self, command: &str) {
        let arena = Arena::new();
        let line = format!("a {command}\r\n");
        // cannot fail: it is one of `COMMANDS`.
        let command = Command::parse(line.as_bytes(), &arena).unwrap().command;
        if !self.about_session(&command)
            && !self.about_mailboxes(&command)
            && !self.about_messages(&command)
        {
            self.about_extensions(&command);
        }
    }

    fn about_session(&mut self, command: &Command<'_>) -> bool {
        match command {
            Command::Capability => self.submit(&Ask::CAPABILITY),
            Command::Compress(command) => self.submit(command),
            Command::Enable(command) => self.submit(command),
            Command::Id(command) => self.submit(command),
            Command::Language(command) => self.submit(command),
            Command::Login(command) => self.submit(command),
            Command::Logout => self.submit(&Ask::LOGOUT),
            Command::Namespace => self.submit(&Ask::NAMESPACE),
            Command::Noop => self.submit(&Ask::NOOP),
            Command::Notify(command) => self.submit(command),
            Command::ProxyAuth(command) => self.submit(command),
            Command::StartTls => self.submit_and(&StartTls, Session::secured),
            Command::Unauthenticate => self.submit(&Unauthenticate),
            _ => return false,
        }
        true
    }

    fn about_mailboxes(&mut self, command: &Command<'_>) -> bool {
        match command {
            Command::Append(command) => self.submit(command),
            Command::Check => self.submit(&Ask::CHECK),
            Command::Close => self.submit(&Ask::CLOSE),
            Command::Create(command) => self.submit(command),
            Command::Delete(command) => self.submit(command),
            Command::Examine(command) => self.submit(&Resync(*command)),
            Command::List(command) => self.submit(command),
            Command::Lsub(command) => self.submit(&Ask::lsub(*command)),
            Command::Rename(command) => self.submit(command),
            Command::Rlist(command) => self.submit(&Ask::rlist(*command)),
            Command::Rlsub(command) => self.submit(&Ask::rlsub(*command)),
            Command::Select(command) if command.parameters.is_empty() => self.submit(command),
            Command::Select(command) => self.submit(&Resync(*command)),
            Command::Status(command) => self.submit(command),
            Command::Subscribe(command) => self.submit(command),
            Command::Unselect => self.submit(&Ask::UNSELECT),
            Command::Unsubscribe(command) => self.submit(command),
            Command::Xlist(command) => self.submit(&Ask::xlist(*command)),
            _ => return false,
        }
        true
    }

    fn about_messages(&mut self, command: &Command<'_>) -> bool {
        match command {
            Command::Copy(command) => self.submit(command),
            Command::Esearch(command) => self.submit(command),
            Command::Expunge => self.submit(&Ask::EXPUNGE),
            Command::Fetch(command) => self.submit(command),
            Command::Move(command) => self.submit(command),
            Command::Partial(command) => self.submit(command),
            Command::Replace(command) => self.submit(command),
            Command::Search(command) => self.submit(command),
            Command::Sort(command) => self.submit(command),
            Command::Store(command) => self.submit(command),
            Command::Thread(command) => self.submit(command),
            Command::UidCopy(command) => self.submit(command),
            Command::UidExpunge(command) => self.submit(command),
            Command::UidFetch(command) => self.submit(&FetchEach(*command)),
            Command::UidMove(command) => self.submit(&MoveByCopy(*command)),
            Command::UidReplace(command) => self.submit(command),
            Command::UidSearch(command) => self.submit(&UidSearch(*command)),
            Command::UidSort(command) => self.submit(&UidSort(*command)),
            Command::UidStore(command) => self.submit(command),
            Command::UidThread(command) => self.submit(&UidThread(*command)),
            _ => return false,
        }
        true
    }

    fn about_extensions(&mut self, command: &Command<'_>) {
        match command {
            Command::CancelUpdate(command) => self.submit(command),
            Command::Comparator(command) => self.submit(command),
            Command::DeleteAcl(command) => self.submit(command),
            Command::GenUrlAuth(command) => self.submit(command),
            Command::GetAcl(command) => self.submit(command),
            Command::GetAnnotation(command) => self.submit(command),
            Command::GetJmapAccess => self.submit(&Ask::GET_JMAP_ACCESS),
            Command::GetMetadata(command) => self.submit(command),
            Command::GetQuota(command) => self.submit(command),
            Command::GetQuotaRoot(command) => self.submit(command),
            Command::ListRights(command) => self.submit(command),
            Command::MyRights(command) => self.submit(command),
            Command::Other(command) => self.submit(&Raw(*command)),
            Command::ResetKey(command) => self.submit(command),
            Command::SetAcl(command) => self.submit(command),
            Command::SetAnnotation(command) => self.submit(command),
            Command::SetMetadata(command) => self.submit(command),
            Command::SetQuota(command) => self.submit(command),
            Command::UidBatches(command) => self.submit(command),
            Command::UrlFetch(command) => self.submit(command),
            other => panic!("no exchange for {other:?}"),
        }
    }

    /// Does one of [`ACTIONS`], given by its number.
    pub(super) fn action(&mut self, number: usize) {
        match number {
            0 => self.idle(),
            1 => self.session.end_idle(),
            2 => self.time_passes(),
            3 => self.abandon(0),
            4 => self.abandon(self.pending.len().saturating_sub(1)),
            5 => self.session.set_stream_threshold(None),
            6 => self.session.set_stream_threshold(Some(4)),
            7 => self.submit(&AppendHead {
                mailbox: "box".into(),
                flags: &[],
                date: None,
                length: 5,
            }),
            _ => {
                let command = Authenticate::new(mechanism(number), self.session.state());
                self.submit(&command);
            }
        }
    }

    fn submit<C: Exchange>(&mut self, command: &C)
    where
        <C::Answer as Answer>::Output: Debug,
    {
        self.submit_and(command, |_| ());
    }
}

/// One that always says the same.
fn mechanism(number: usize) -> Box<dyn Mechanism> {
    let digest = DigestMd5::new("ann", "secret", "host").unwrap();
    let scram = |hash| Scram::new(hash, "ann", "secret").unwrap();
    match number {
        8 => Box::new(Anonymous::new()),
        9 => Box::new(CramMd5::new("ann", "secret").unwrap()),
        10 => Box::new(digest.with_nonce("abc").unwrap()),
        11 => Box::new(External::new()),
        12 => Box::new(Login::new("ann", "secret").unwrap()),
        13 => Box::new(OAuthBearer::new("token").unwrap()),
        14 => Box::new(scram(ScramHash::Sha256).with_nonce("abc").unwrap()),
        15 => Box::new(XOAuth2::new("ann", "token").unwrap()),
        16 => Box::new(Callback::new("X-ECHO", |text: &[u8]| Some(text.to_vec().into())).unwrap()),
        _ => Box::new(Plain::new("ann", "secret").unwrap()),
    }
}

/// What else is done than submitting [`COMMANDS`]; their numbers begin at [`FIRST_ACTION`].
pub(crate) const ACTIONS: [&str; 18] = [
    "IDLE",
    "DONE",
    "time passes",
    "abandon the first command",
    "abandon the last command",
    "stream nothing",
    "stream what is large",
    "append by and by",
    "AUTHENTICATE ANONYMOUS",
    "AUTHENTICATE CRAM-MD5",
    "AUTHENTICATE DIGEST-MD5",
    "AUTHENTICATE EXTERNAL",
    "AUTHENTICATE LOGIN",
    "AUTHENTICATE OAUTHBEARER",
    "AUTHENTICATE SCRAM-SHA-256",
    "AUTHENTICATE XOAUTH2",
    "AUTHENTICATE X-ECHO",
    "AUTHENTICATE PLAIN",
];

/// The number of the first of [`ACTIONS`].
pub(crate) const FIRST_ACTION: usize = 0x80;

/// What can be submitted, as it would be on the wire.
pub(crate) const COMMANDS: [&str; 85] = [
    "LOGIN ann secret",
    "LOGIN ann {4}\r\np\u{e4}p",
    "SELECT INBOX",
    "EXAMINE {3}\r\n\u{fc}x",
    "FETCH 1:9 (FLAGS BODY[])",
    "FETCH 2:* FLAGS",
    "UID FETCH 1:20 (BODY.PEEK[] UID)",
    "UID FETCH * FULL",
    "SEARCH UNSEEN",
    "UID SEARCH CHARSET UTF-8 SUBJECT {2}\r\n\u{e4} TEXT {2}\r\n\u{fc}",
    "LIST \"\" *",
    "STATUS INBOX (MESSAGES UIDNEXT)",
    "STORE 3:4 +FLAGS (\\Seen)",
    "UID STORE 3,7 FLAGS.SILENT (x)",
    "APPEND INBOX {9}\r\nA: b\r\n\r\nc",
    "COPY 1:2 box",
    "UID COPY 5:* box",
    "CREATE box",
    "UID EXPUNGE 1:*",
    "NOOP",
    "CLOSE",
    "LOGOUT",
    "XNEWS {2}\r\nhi",
    "CAPABILITY",
    "CHECK",
    "STARTTLS",
    "COMPRESS DEFLATE",
    "ENABLE CONDSTORE UTF8=ACCEPT IMAP4rev2",
    "ID (\"name\" \"x\")",
    "NAMESPACE",
    "UNSELECT",
    "UNAUTHENTICATE",
    "PROXYAUTH bob",
    "SELECT INBOX (QRESYNC (7 9 1:5 (1 1)))",
    "SELECT INBOX (CONDSTORE)",
    "EXPUNGE",
    "DELETE box",
    "RENAME a b",
    "SUBSCRIBE a",
    "UNSUBSCRIBE a",
    "LSUB \"\" %",
    "RLIST \"\" %",
    "RLSUB \"\" %",
    "XLIST \"\" %",
    "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (a* b) RETURN (CHILDREN STATUS (MESSAGES) MYRIGHTS)",
    "LIST (SPECIAL-USE) \"\" * RETURN (METADATA (\"/shared/comment\"))",
    "MOVE 1:3 box",
    "UID MOVE 5:7 box",
    "REPLACE 4 box {3}\r\nabc",
    "UID REPLACE 4 box {3}\r\nabc",
    "SORT (REVERSE DATE) UTF-8 ALL",
    "UID SORT RETURN (COUNT ALL) (ARRIVAL) UTF-8 ALL",
    "THREAD REFERENCES UTF-8 ALL",
    "UID THREAD ORDEREDSUBJECT UTF-8 ALL",
    "SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN",
    "UID SEARCH RETURN (UPDATE PARTIAL 1:100) ALL",
    "SEARCH RETURN (SAVE) ALL",
    "ESEARCH IN (personal subtree (a b)) RETURN (COUNT) ALL",
    "FETCH 1:9 (UID FLAGS) (CHANGEDSINCE 5)",
    "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5 VANISHED)",
    "STORE 1:9 (UNCHANGEDSINCE 5) FLAGS (a)",
    "UID STORE 1:9 (UNCHANGEDSINCE 5) -FLAGS.SILENT (a)",
    "APPEND box (\\Seen) {1}\r\na {1}\r\nb",
    "PARTIAL 3 RFC822 1 100",
    "CANCELUPDATE \"A9\"",
    "UIDBATCHES 500",
    "NOTIFY SET (selected (MessageNew (UID) MessageExpunge FlagChange))",
    "NOTIFY NONE",
    "LANGUAGE en",
    "COMPARATOR i;basic",
    "GETJMAPACCESS",
    "GETACL a",
    "SETACL a bob +lr",
    "DELETEACL a bob",
    "LISTRIGHTS a bob",
    "MYRIGHTS a",
    "GETQUOTA \"\"",
    "GETQUOTAROOT a",
    "SETQUOTA \"\" (STORAGE 512)",
    "GETMETADATA (MAXSIZE 9) a (/private/comment)",
    "SETMETADATA a (/private/comment {1}\r\nx)",
    "GETANNOTATION a /comment value",
    "GENURLAUTH \"imap://x@y/z/;uid=1;urlauth=anonymous\" INTERNAL",
    "URLFETCH \"imap://x@y/z/;uid=1;urlauth=anonymous:internal:0123456789abcdef0123456789abcdef\"",
    "XNEWS",
];
