//! Response codes.

use imap_proto::response::{AppendUid, CopyUid, MessageLimit};
use imap_proto::{Code, IString, Malformed, OtherItem, Verbatim};

use super::url_auth::urlmech;
use crate::encode::{Encode, Encoder, Reason};
use crate::value::search_key::filter_name;
use crate::verbatim::name_fault;

impl Encode for Code<'_> {
    /// `"[" resp-text-code "]"`
    fn encode(&self, out: &mut Encoder) {
        let (Self::Other(OtherItem { name, value })
        | Self::Malformed(Malformed { name, value, .. })) = self
        else {
            out.raw(b"[");
            out.raw(self.name());
            argument(self, out);
            return out.raw(b"]");
        };
        verbatim(name, value, out);
    }
}

/// What stands behind the name, with the blank in front.
fn argument(code: &Code<'_>, out: &mut Encoder) {
    match code {
        Code::Annotate(code) | Code::AnnotateMore(code) => argument_sp(code, out),
        Code::Annotations(code) => argument_sp(code, out),
        Code::AppendUid(uids) => argument_sp(uids, out),
        Code::BadCharset([]) => {}
        Code::BadCharset(charsets) => {
            out.argument("charset");
            out.raw(b" ");
            out.astring_list(charsets);
        }
        Code::BadEvent(events) => {
            out.argument("list of events");
            if events.is_empty() {
                out.refuse_empty();
            }
            out.raw(b" (");
            for (n, event) in events.iter().enumerate() {
                out.raw(if n == 0 { b"" } else { b" " });
                out.raw(event.as_str().as_bytes());
            }
            out.raw(b")");
        }
        Code::BadUrl(url) => bad_url(*url, out),
        Code::Capability(capabilities) => {
            if capabilities.is_empty() {
                out.argument("list of capabilities");
                out.refuse_empty();
            }
            out.raw(b" ");
            out.joined(capabilities, b" ");
        }
        Code::CopyUid(uids) => argument_sp(*uids, out),
        Code::HighestModSeq(mod_seq) => {
            out.raw(b" ");
            out.number(*mod_seq);
        }
        Code::InProgress(None) => {}
        Code::InProgress(Some(progress)) => argument_sp(*progress, out),
        Code::MailboxId(id) => {
            out.raw(b" (");
            id.encode(out);
            out.raw(b")");
        }
        Code::MaxConvertMessages(limit) | Code::MaxConvertParts(limit) => {
            out.raw(b" ");
            out.number(limit.get().into());
        }
        Code::MessageLimit(limit) => argument_sp(limit, out),
        Code::Metadata(code) => argument_sp(code, out),
        Code::Modified(modified) => argument_sp(modified, out),
        Code::NoUpdate(tag) => argument_sp(&IString(tag.as_bytes()), out),
        Code::PermanentFlags(flags) => {
            out.raw(b" ");
            out.list(flags);
        }
        Code::Referral(urls) => referral(urls, out),
        Code::UidNext(uid) => argument_sp(uid, out),
        Code::UidValidity(validity) => argument_sp(validity, out),
        Code::UndefinedFilter(name) => {
            out.raw(b" ");
            filter_name(*name, out);
        }
        Code::Unseen(seq) => argument_sp(seq, out),
        Code::UrlMech(mechanisms) => urlmech(mechanisms, out),
        simple if simple.name().is_empty() => out.refuse_unknown(),
        _ => {}
    }
}

fn argument_sp(argument: &impl Encode, out: &mut Encoder) {
    out.raw(b" ");
    argument.encode(out);
}

/// `1*(SP url)`
fn referral(urls: &[IString<'_>], out: &mut Encoder) {
    out.argument("URL");
    if urls.is_empty() {
        out.refuse_empty();
    }
    for url in urls {
        out.raw(b" ");
        let is_odd = |b: &u8| !b.is_ascii_graphic() || *b == b']';
        match url.as_bytes().iter().position(is_odd) {
            Some(offset) => out.refuse(offset, Reason::Syntax),
            None if url.as_bytes().is_empty() => out.refuse_empty(),
            None => out.raw(url.as_bytes()),
        }
    }
}

/// `SP url-resp-text`
fn bad_url(url: IString<'_>, out: &mut Encoder) {
    out.argument("URL");
    let is_odd = |b: &u8| matches!(b, 0 | b'\r' | b'\n' | b']');
    match url.as_bytes().iter().position(is_odd) {
        Some(offset) => out.refuse(offset, Reason::Syntax),
        None if url.as_bytes().is_empty() => out.refuse_empty(),
        None => {
            out.raw(b" ");
            out.raw(url.as_bytes());
        }
    }
}

/// A code that is not known, or broken, as it is.
///
/// It must be balanced and without literals: else it could end somewhere in the text behind it.
#[cold]
fn verbatim(name: &[u8], value: &[u8], out: &mut Encoder) {
    out.argument("response code");
    if let Some(offset) = name_fault(Verbatim::Code, name) {
        return out.refuse(offset + 1, Reason::Syntax);
    }
    let start = out.position();
    out.raw(b"[");
    out.raw(name);
    if !value.is_empty() {
        out.raw(b" ");
        out.raw(value);
    }
    out.raw(b"]");
    let code = out.written_from(start);
    let line_break = code.iter().position(|b| matches!(b, b'\r' | b'\n'));
    if let Some(offset) = line_break {
        return out.refuse(offset, Reason::LineBreak);
    }
    if let Err(error) = Verbatim::Values.check(value) {
        out.refuse(name.len() + 2 + error.offset, Reason::Syntax);
    }
    out.check_verbatim(Verbatim::Code, start);
}

impl Encode for AppendUid<'_> {
    /// `nz-number SP append-uid`
    fn encode(&self, out: &mut Encoder) {
        self.uid_validity.encode(out);
        out.raw(b" ");
        self.uids.encode(out);
    }
}

impl Encode for CopyUid<'_> {
    /// `nz-number SP uid-set SP uid-set`
    fn encode(&self, out: &mut Encoder) {
        self.uid_validity.encode(out);
        out.raw(b" ");
        self.source.encode(out);
        out.raw(b" ");
        self.destination.encode(out);
    }
}

impl Encode for MessageLimit {
    /// `nz-number [SP uniqueid]`
    fn encode(&self, out: &mut Encoder) {
        out.number(self.limit.get().into());
        if let Some(uid) = &self.uid {
            argument_sp(uid, out);
        }
    }
}
