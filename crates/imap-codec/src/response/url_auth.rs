//! GENURLAUTH and URLFETCH responses, and the response code URLMECH.

use imap_proto::response::{UrlContents, UrlData, UrlItem, UrlMechanismData};
use imap_proto::{IString, Malformed, OtherItem};

use crate::encode::{Encode, Encoder};
use crate::value::body_structure::{Extension, body};
use crate::value::fetch_item::{binary_data, message_data};

/// `"*" SP "GENURLAUTH" 1*(SP url-full)`
pub(super) fn genurlauth_data(urls: &[IString<'_>], out: &mut Encoder) {
    out.raw(b"* GENURLAUTH");
    out.argument("URL");
    if urls.is_empty() {
        out.refuse_empty();
    }
    for url in urls {
        out.raw(b" ");
        out.astring(*url);
    }
    out.raw(b"\r\n");
}

/// `urlfetch-data`
pub(super) fn urlfetch_data(urls: &[UrlContents<'_>], out: &mut Encoder) {
    out.raw(b"* URLFETCH ");
    if urls.is_empty() {
        out.argument("list of URLs");
        out.refuse_empty();
    }
    out.joined(urls, b" ");
    out.raw(b"\r\n");
}

impl Encode for UrlContents<'_> {
    /// `urldata-simple / urldata-ext`; octets are a literal whatever they are.
    fn encode(&self, out: &mut Encoder) {
        out.argument("URL");
        out.astring(self.url);
        match self.data {
            UrlData::Items([]) => {
                out.argument("list of items");
                out.refuse_empty();
            }
            UrlData::Items(items) => {
                out.raw(b" ");
                out.joined(items, b" ");
            }
            UrlData::Octets(data) => message_data(b" ", data, out),
        }
    }
}

impl Encode for UrlItem<'_> {
    /// `"(" url-metadata-el ")"`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Binary(data) => binary_data(b"(BINARY ", *data, out),
            Self::Body(data) => message_data(b"(BODY ", *data, out),
            Self::BodyPartStructure(structure) => {
                out.argument("body structure");
                out.raw(b"(BODYPARTSTRUCTURE ");
                body(*structure, Extension::IfAny, out);
            }
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("item");
                return out.verbatim_list(name, value);
            }
            _ => return out.refuse_unknown(),
        }
        out.raw(b")");
    }
}

/// What stands behind the word URLMECH, with the blank in front.
pub(super) fn urlmech(mechanisms: &[UrlMechanismData<'_>], out: &mut Encoder) {
    out.raw(b" INTERNAL");
    for UrlMechanismData { mechanism, data } in mechanisms {
        out.raw(b" ");
        mechanism.encode(out);
        if let Some(data) = data {
            out.raw(b"=");
            data.encode(out);
        }
    }
}
