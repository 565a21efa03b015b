//! Client to server.
//!
//! A command is written without its tag and its line end; [`Tagged`] and
//! [`encode_command`](crate::encode_command) add them. The lines that are no commands have theirs.

mod acl;
mod annotatemore;
mod append;
mod compress;
mod convert;
mod enable;
mod esearch;
mod fetch;
mod idle;
mod language;
mod list;
mod login;
pub(crate) mod mailbox;
mod metadata;
mod notify;
mod other;
mod quota;
mod replace;
mod search;
mod select;
mod sort;
mod store;
mod thread;
mod uid_batches;
mod url_auth;

pub use append::AppendHead;

use imap_proto::command::Tagged;
use imap_proto::{Command, Tag};

use crate::encode::{Encode, Encoder};

impl Encode for Tagged<'_> {
    /// `command`, with its tag and its line end.
    fn encode(&self, out: &mut Encoder) {
        tagged(self.tag, &self.command, out);
    }
}

impl Encode for Command<'_> {
    fn encode(&self, out: &mut Encoder) {
        let name: &[u8] = match self {
            Self::Append(command) => return command.encode(out),
            Self::Authenticate(command) => return command.encode(out),
            Self::CancelUpdate(command) => return command.encode(out),
            Self::Capability => b"CAPABILITY",
            Self::Check => b"CHECK",
            Self::Close => b"CLOSE",
            Self::Comparator(command) => return command.encode(out),
            Self::Compress(command) => return command.encode(out),
            Self::Conversions(command) => return command.encode(out),
            Self::Convert(command) => return command.encode(out),
            Self::Copy(command) => return command.encode(out),
            Self::Create(command) => return command.encode(out),
            Self::Delete(command) => return command.encode(out),
            Self::DeleteAcl(command) => return command.encode(out),
            Self::Enable(command) => return command.encode(out),
            Self::Esearch(command) => return command.encode(out),
            Self::Examine(command) => return command.encode(out),
            Self::Expunge => b"EXPUNGE",
            Self::Fetch(command) => return command.encode(out),
            Self::GenUrlAuth(command) => return command.encode(out),
            Self::GetAcl(command) => return command.encode(out),
            Self::GetAnnotation(command) => return command.encode(out),
            Self::GetJmapAccess => b"GETJMAPACCESS",
            Self::GetMetadata(command) => return command.encode(out),
            Self::GetQuota(command) => return command.encode(out),
            Self::GetQuotaRoot(command) => return command.encode(out),
            Self::Id(id) => {
                out.raw(b"ID ");
                return id.encode(out);
            }
            Self::Idle => b"IDLE",
            Self::Language(command) => return command.encode(out),
            Self::List(command) => return command.encode(out),
            Self::ListRights(command) => return command.encode(out),
            Self::Login(command) => return command.encode(out),
            Self::Logout => b"LOGOUT",
            Self::Lsub(command) => return list::basic_list(b"LSUB ", command, out),
            Self::Move(command) => return command.encode(out),
            Self::MyRights(command) => return command.encode(out),
            Self::Namespace => b"NAMESPACE",
            Self::Noop => b"NOOP",
            Self::Notify(command) => return command.encode(out),
            Self::Partial(command) => return command.encode(out),
            Self::ProxyAuth(command) => return command.encode(out),
            Self::Rename(command) => return command.encode(out),
            Self::Rlist(command) => return list::basic_list(b"RLIST ", command, out),
            Self::Rlsub(command) => return list::basic_list(b"RLSUB ", command, out),
            Self::Replace(command) => return command.encode(out),
            Self::ResetKey(command) => return command.encode(out),
            Self::Search(command) => return command.encode(out),
            Self::Select(command) => return command.encode(out),
            Self::SetAcl(command) => return command.encode(out),
            Self::SetAnnotation(command) => return command.encode(out),
            Self::SetMetadata(command) => return command.encode(out),
            Self::SetQuota(command) => return command.encode(out),
            Self::Sort(command) => return command.encode(out),
            Self::StartTls => b"STARTTLS",
            Self::Status(command) => return command.encode(out),
            Self::Store(command) => return command.encode(out),
            Self::Subscribe(command) => return command.encode(out),
            Self::Thread(command) => return command.encode(out),
            Self::UidBatches(command) => return command.encode(out),
            Self::UidConvert(command) => return command.encode(out),
            Self::UidCopy(command) => return command.encode(out),
            Self::UidExpunge(command) => return command.encode(out),
            Self::UidFetch(command) => return command.encode(out),
            Self::UidMove(command) => return command.encode(out),
            Self::UidReplace(command) => return command.encode(out),
            Self::UidSearch(command) => return uid(command, out),
            Self::UidSort(command) => return uid(command, out),
            Self::UidStore(command) => return command.encode(out),
            Self::UidThread(command) => return uid(command, out),
            Self::Unauthenticate => b"UNAUTHENTICATE",
            Self::Unselect => b"UNSELECT",
            Self::Unsubscribe(command) => return command.encode(out),
            Self::XApplePushService(service) => return service.encode(out),
            Self::Xlist(command) => return list::basic_list(b"XLIST ", command, out),
            Self::UrlFetch(command) => return command.encode(out),
            Self::Other(command) => return command.encode(out),
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
    }
}

/// The UID form of a command that does not know it.
fn uid(command: &impl Encode, out: &mut Encoder) {
    out.raw(b"UID ");
    command.encode(out);
}

/// A command with its tag and its line end.
pub(crate) fn tagged<C: Encode + ?Sized>(tag: Tag<'_>, command: &C, out: &mut Encoder) {
    tag.encode(out);
    out.raw(b" ");
    command.encode(out);
    out.raw(b"\r\n");
}
