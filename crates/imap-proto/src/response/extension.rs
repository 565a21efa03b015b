//! Responses that few servers send, or that come once in a session: looked up after the usual ones.

use super::{
    Response, acl, annotatemore, convert, esearch, language, metadata, namespace, other, quota,
    search, thread, uid_batches, url_auth, vanished,
};
use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, atom, end, fold, istring, run, sp};
use crate::quirks::Quirk;
use crate::value::apple_push::push_service;
use crate::value::capability::capability_list;
use crate::value::id::id_params_list;
use crate::value::{Capability, IString, Id, PushService, SeqNum};

/// Reads what follows the name of a response.
type Parser = for<'a> fn(&mut Input<'a>, &Context<'a>) -> PResult<Response<'a>>;

/// An untagged response that is none of the usual ones, with the end of the line.
#[cold]
#[inline(never)]
pub(super) fn extension<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    number: Option<u32>,
) -> PResult<Response<'a>> {
    let start = *i;
    let name = atom(i)?;
    let seq = number.and_then(|n| SeqNum::try_from(n).ok());
    let response = match (fold(name.as_bytes(), by_name), number, seq) {
        (Some(parser), None, _) => parser(i, cx)?,
        (None, _, Some(seq)) if name.eq_ignore_ascii_case("CONVERTED") => {
            Response::Converted(convert::converted(i, cx, seq)?)
        }
        _ => {
            *i = start;
            return other(i, cx, number);
        }
    };
    end(i, cx)?;
    Ok(response)
}

fn by_name(name: &[u8]) -> Option<Parser> {
    let parser: Parser = match name {
        b"ACL" => |i, cx| acl::acl_data(i, cx).map(Response::Acl),
        b"ANNOTATION" => |i, cx| annotatemore::annotation_data(i, cx).map(Response::Annotation),
        b"COMPARATOR" => |i, cx| language::comparator_data(i, cx).map(Response::Comparator),
        b"CONVERSION" => |i, cx| convert::conversion_data(i, cx).map(Response::Conversion),
        b"ENABLED" => |i, cx| enable_data(i, cx).map(Response::Enabled),
        b"ESEARCH" => |i, cx| esearch::esearch(i, cx),
        b"GENURLAUTH" => |i, cx| url_auth::genurlauth_data(i, cx).map(Response::GenUrlAuth),
        b"ID" => |i, cx| id_response(i, cx).map(Response::Id),
        b"JMAPACCESS" => |i, cx| jmapaccess(i, cx).map(Response::JmapAccess),
        b"LANGUAGE" => |i, cx| language::language_data(i, cx).map(Response::Language),
        b"LISTRIGHTS" => |i, cx| acl::listrights_data(i, cx).map(Response::ListRights),
        b"METADATA" => |i, cx| metadata::metadata_resp(i, cx).map(Response::Metadata),
        b"MYRIGHTS" => |i, cx| acl::myrights_data(i, cx).map(Response::MyRights),
        b"NAMESPACE" => |i, cx| namespace::namespace_response(i, cx).map(Response::Namespace),
        b"QUOTA" => |i, cx| quota::quota_response(i, cx).map(Response::Quota),
        b"QUOTAROOT" => |i, cx| quota::quotaroot_response(i, cx).map(Response::QuotaRoot),
        b"SORT" => |i, cx| search::sort(i, cx).map(Response::Sort),
        b"THREAD" => |i, cx| thread::thread(i, cx).map(Response::Thread),
        b"UIDBATCHES" => |i, cx| uid_batches::uid_batches(i, cx).map(Response::UidBatches),
        b"URLFETCH" => |i, cx| url_auth::urlfetch_data(i, cx).map(Response::UrlFetch),
        b"VANISHED" => |i, cx| vanished::expunged_resp(i, cx),
        b"XAPPLEPUSHSERVICE" => {
            |i, cx| x_apple_push_service(i, cx).map(Response::XApplePushService)
        }
        _ => return None,
    };
    Some(parser)
}

/// `enable-data = "ENABLED" *(SP capability)`
fn enable_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Capability<'a>]> {
    cx.set_rule("ENABLED response");
    capability_list(i, cx)
}

/// `id_response ::= "ID" SPACE id_params_list`
fn id_response<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Id<'a>> {
    cx.set_rule("ID response");
    sp(i)?;
    let id = id_params_list(i, cx)?;
    if !matches!(**i, [b'\r' | b'\n', ..] | [b' ', b'\r' | b'\n', ..]) {
        // quirk: TextAfterId
        cx.forgive_or(i, Quirk::TextAfterId, Expected::Crlf)?;
        run(i, |b| !matches!(b, b'\r' | b'\n'));
    }
    Ok(id)
}

/// The parameters of XAPPLEPUSHSERVICE.
fn x_apple_push_service<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<PushService<'a>> {
    cx.set_rule("XAPPLEPUSHSERVICE response");
    push_service(i, cx)
}

/// `"JMAPACCESS" SP string`, RFC 9698
fn jmapaccess<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    cx.set_rule("JMAPACCESS response");
    sp(i)?;
    istring(i, cx)
}
