//! Server to client.
//!
//! A response is written with all that makes it a line: its `*` or tag, and its line end.

mod acl;
mod annotatemore;
mod annotation;
mod code;
mod convert;
mod esearch;
mod fetch;
mod greeting;
mod in_progress;
mod language;
mod list;
mod mailbox_status;
mod metadata;
mod modified;
mod namespace;
mod quota;
mod search;
mod status;
mod thread;
mod uid_batches;
mod url_auth;
mod vanished;

use imap_proto::response::OtherResponse;
use imap_proto::{Arena, Capability, Response, Verbatim};

use crate::encode::{Encode, Encoder, Reason};
use crate::frame::may_have_literals;

impl Encode for Response<'_> {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Acl(acl) => acl.encode(out),
            Self::Annotation(annotation) => annotation.encode(out),
            Self::Capability(capabilities) => capability_data(b"* CAPABILITY", capabilities, out),
            Self::Comparator(comparator) => comparator.encode(out),
            Self::Continue(request) => request.encode(out),
            Self::Conversion(conversion) => conversion.encode(out),
            Self::Converted(converted) => converted.encode(out),
            Self::Enabled(capabilities) => capability_data(b"* ENABLED", capabilities, out),
            Self::Esearch(esearch) => esearch.encode(out),
            Self::Exists(n) => numbered(*n, b" EXISTS\r\n", out),
            Self::Expunge(seq) => numbered(seq.get(), b" EXPUNGE\r\n", out),
            Self::Fetch(fetch) => fetch.encode(out),
            Self::Flags(flags) => {
                out.raw(b"* FLAGS ");
                out.list(flags);
                out.raw(b"\r\n");
            }
            Self::GenUrlAuth(urls) => url_auth::genurlauth_data(urls, out),
            Self::Id(id) => {
                out.raw(b"* ID ");
                id.encode(out);
                out.raw(b"\r\n");
            }
            Self::JmapAccess(url) => {
                out.raw(b"* JMAPACCESS ");
                out.argument("URL");
                url.encode(out);
                out.raw(b"\r\n");
            }
            Self::Language(tags) => language::language_data(tags, out),
            Self::List(list) => list.encode(out),
            Self::ListRights(rights) => rights.encode(out),
            Self::Lsub(list) => list::mailbox_list(b"* LSUB ", list, out),
            Self::MailboxStatus(status) => status.encode(out),
            Self::Metadata(metadata) => metadata.encode(out),
            Self::MyRights(rights) => rights.encode(out),
            Self::Namespace(namespaces) => namespaces.encode(out),
            Self::Quota(quota) => quota.encode(out),
            Self::QuotaRoot(roots) => roots.encode(out),
            Self::Recent(n) => numbered(*n, b" RECENT\r\n", out),
            Self::Search(search) => search.encode(out),
            Self::Sort(search) => search::search(b"* SORT", search, out),
            Self::Status(status) => status.encode(out),
            Self::Thread(threads) => thread::thread_data(threads, out),
            Self::UidBatches(batches) => batches.encode(out),
            Self::UidEsearch(esearch) => esearch.encode(out),
            Self::UidFetch(fetch) => fetch.encode(out),
            Self::UnnumberedFetch(fetch) => fetch.encode(out),
            Self::UrlFetch(urls) => url_auth::urlfetch_data(urls, out),
            Self::Vanished(vanished) => vanished.encode(out),
            Self::XApplePushService(service) => {
                out.raw(b"* ");
                service.encode(out);
                out.raw(b"\r\n");
            }
            Self::Xlist(list) => list::mailbox_list(b"* XLIST ", list, out),
            Self::Other(other) => other.encode(out),
            _ => out.refuse_unknown(),
        }
    }
}

/// The beginning of a line, and capabilities, each with a blank in front.
fn capability_data(name: &[u8], capabilities: &[Capability<'_>], out: &mut Encoder) {
    out.raw(name);
    for capability in capabilities {
        out.raw(b" ");
        capability.encode(out);
    }
    out.raw(b"\r\n");
}

impl Encode for OtherResponse<'_> {
    /// The number, the name and, as it is, the value: values with blanks between, or a text.
    fn encode(&self, out: &mut Encoder) {
        let start = out.position();
        out.raw(b"* ");
        if let Some(number) = self.number {
            out.number(number.into());
            out.raw(b" ");
        }
        self.name.encode(out);
        out.argument("value");
        let is_text = is_text(self.value);
        if is_text {
            out.raw(if self.value.is_empty() { b"" } else { b" " });
            out.raw(self.value);
        } else {
            out.verbatim_sp(Verbatim::Values, self.value);
        }
        out.raw(b"\r\n");
        // Behind a name such as `OK` or `NO[X` no client looks for literals.
        if !is_text && !reads_alike(out.written_from(start), self) {
            out.refuse(0, Reason::Syntax);
        }
    }
}

#[cold]
fn reads_alike(line: &[u8], meant: &OtherResponse<'_>) -> bool {
    let arena = Arena::new();
    may_have_literals(line)
        && matches!(Response::parse(line, &arena), Ok(Response::Other(read)) if read == *meant)
}

/// Whether octets stay on their line and cannot be taken for the announcement of a literal.
fn is_text(octets: &[u8]) -> bool {
    !octets.ends_with(b"}") && !octets.iter().any(|b| matches!(b, 0 | b'\r' | b'\n'))
}

/// `"*" SP number`, and the rest of the line.
fn numbered(n: u32, rest: &[u8], out: &mut Encoder) {
    out.raw(b"* ");
    out.number(n.into());
    out.raw(rest);
}
