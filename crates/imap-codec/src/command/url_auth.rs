//! GENURLAUTH, RESETKEY and URLFETCH.

use imap_proto::IString;
use imap_proto::command::{GenUrlAuth, ResetKey, UrlFetch, UrlItemName, UrlRequest, UrlRump};

use crate::encode::{Encode, Encoder};

impl Encode for GenUrlAuth<'_> {
    /// `genurlauth`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"GENURLAUTH ");
        urls(self.urls, out);
    }
}

impl Encode for UrlRump<'_> {
    /// `url-rump SP mechanism`
    fn encode(&self, out: &mut Encoder) {
        out.argument("URL");
        out.astring(self.url);
        out.raw(b" ");
        self.mechanism.encode(out);
    }
}

impl Encode for ResetKey<'_> {
    /// `resetkey`; mechanisms without a mailbox are refused.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"RESETKEY");
        out.argument("mailbox");
        match self.mailbox {
            Some(mailbox) => {
                out.raw(b" ");
                mailbox.encode(out);
            }
            None if self.mechanisms.is_empty() => {}
            None => out.refuse_empty(),
        }
        for mechanism in self.mechanisms {
            out.raw(b" ");
            mechanism.encode(out);
        }
    }
}

impl Encode for UrlFetch<'_> {
    /// `urlfetch`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"URLFETCH ");
        urls(self.urls, out);
    }
}

impl Encode for UrlRequest<'_> {
    /// `url-fetch-arg`
    fn encode(&self, out: &mut Encoder) {
        if self.items.is_empty() {
            return url(self.url, out);
        }
        out.raw(b"(");
        url(self.url, out);
        out.raw(b" ");
        out.joined(self.items, b" ");
        out.raw(b")");
    }
}

impl Encode for UrlItemName<'_> {
    /// `url-fetch-param`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}

/// A URL, which is secret if whoever knows it can read what it stands for.
pub(super) fn url(url: IString<'_>, out: &mut Encoder) {
    out.argument("URL");
    let start = out.position();
    out.astring(url);
    let mut rest = url.as_bytes().windows(AUTHORIZED.len());
    if rest.any(|octets| octets.eq_ignore_ascii_case(AUTHORIZED)) {
        out.secret_from(start);
    }
}

/// What stands in front of the access and its token in a URL.
const AUTHORIZED: &[u8] = b";URLAUTH=";

/// URLs with blanks between, one at least.
fn urls<T: Encode>(urls: &[T], out: &mut Encoder) {
    if urls.is_empty() {
        out.argument("list of URLs");
        out.refuse_empty();
    }
    out.joined(urls, b" ");
}
