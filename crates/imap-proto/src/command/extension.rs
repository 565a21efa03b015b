//! Commands that few clients send, or once in a session: looked up after the usual ones.

use imap_util::Atom;

use super::{
    Command, acl, annotatemore, compress, convert, enable, esearch, language, login, metadata,
    notify, other, quota, search, sort, thread, uid_batches, url_auth,
};
use crate::error::PResult;
use crate::lexeme::{Context, Input, fold, sp};
use crate::value::apple_push::push_service;
use crate::value::id::id_params_list;
use crate::value::{Id, PushService};

/// Reads what follows the name of a command.
type Parser = for<'a> fn(&mut Input<'a>, &Context<'a>) -> PResult<Command<'a>>;

enum Name {
    /// Nothing follows.
    Alone(Command<'static>),
    /// Arguments follow, with a blank in front that the parser does not take.
    Arguments(Parser),
    /// The parser takes the blanks, too.
    Optional(Parser),
}

/// A command of this name, which is none of the usual ones.
#[cold]
#[inline(never)]
pub(super) fn extension<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: Atom<'a>,
) -> PResult<Command<'a>> {
    match fold(name.as_bytes(), by_name) {
        Some(Name::Alone(command)) => Ok(command),
        Some(Name::Arguments(parser)) => {
            sp(i)?;
            parser(i, cx)
        }
        Some(Name::Optional(parser)) => parser(i, cx),
        None => other::other(i, cx, name).map(Command::Other),
    }
}

fn by_name(name: &[u8]) -> Option<Name> {
    use Name::{Alone, Arguments, Optional};
    Some(match name {
        b"CANCELUPDATE" => {
            Arguments(|i, cx| search::cancel_update(i, cx).map(Command::CancelUpdate))
        }
        b"COMPARATOR" => Optional(|i, cx| language::comparator_cmd(i, cx).map(Command::Comparator)),
        b"COMPRESS" => Arguments(|i, cx| compress::compress(i, cx).map(Command::Compress)),
        b"CONVERSIONS" => {
            Arguments(|i, cx| convert::conversions_cmd(i, cx).map(Command::Conversions))
        }
        b"CONVERT" => Arguments(|i, cx| convert::convert(i, cx).map(Command::Convert)),
        b"DELETEACL" => Arguments(|i, cx| acl::deleteacl(i, cx).map(Command::DeleteAcl)),
        b"ENABLE" => Arguments(|i, cx| enable::enable(i, cx).map(Command::Enable)),
        b"ESEARCH" => Arguments(|i, cx| esearch::esearch(i, cx).map(Command::Esearch)),
        b"GENURLAUTH" => Arguments(|i, cx| url_auth::gen_url_auth(i, cx).map(Command::GenUrlAuth)),
        b"GETACL" => Arguments(|i, cx| acl::getacl(i, cx).map(Command::GetAcl)),
        b"GETANNOTATION" => {
            Arguments(|i, cx| annotatemore::getannotation(i, cx).map(Command::GetAnnotation))
        }
        b"GETJMAPACCESS" => Alone(Command::GetJmapAccess),
        b"GETMETADATA" => Arguments(|i, cx| metadata::getmetadata(i, cx).map(Command::GetMetadata)),
        b"GETQUOTA" => Arguments(|i, cx| quota::getquota(i, cx).map(Command::GetQuota)),
        b"GETQUOTAROOT" => Arguments(|i, cx| quota::getquotaroot(i, cx).map(Command::GetQuotaRoot)),
        b"ID" => Arguments(|i, cx| id(i, cx).map(Command::Id)),
        b"LANGUAGE" => Optional(|i, cx| language::language_cmd(i, cx).map(Command::Language)),
        b"LISTRIGHTS" => Arguments(|i, cx| acl::listrights(i, cx).map(Command::ListRights)),
        b"MYRIGHTS" => Arguments(|i, cx| acl::myrights(i, cx).map(Command::MyRights)),
        b"NOTIFY" => Arguments(|i, cx| notify::notify(i, cx).map(Command::Notify)),
        b"PROXYAUTH" => Arguments(|i, cx| login::proxyauth(i, cx).map(Command::ProxyAuth)),
        b"RESETKEY" => Optional(|i, cx| url_auth::reset_key(i, cx).map(Command::ResetKey)),
        b"SETACL" => Arguments(|i, cx| acl::setacl(i, cx).map(Command::SetAcl)),
        b"SETANNOTATION" => {
            Arguments(|i, cx| annotatemore::setannotation(i, cx).map(Command::SetAnnotation))
        }
        b"SETMETADATA" => Arguments(|i, cx| metadata::setmetadata(i, cx).map(Command::SetMetadata)),
        b"SETQUOTA" => Arguments(|i, cx| quota::setquota(i, cx).map(Command::SetQuota)),
        b"SORT" => Arguments(|i, cx| sort::sort(i, cx).map(Command::Sort)),
        b"THREAD" => Arguments(|i, cx| thread::thread(i, cx).map(Command::Thread)),
        b"UIDBATCHES" => {
            Arguments(|i, cx| uid_batches::uid_batches(i, cx).map(Command::UidBatches))
        }
        b"UNAUTHENTICATE" => Alone(Command::Unauthenticate),
        b"URLFETCH" => Arguments(|i, cx| url_auth::url_fetch(i, cx).map(Command::UrlFetch)),
        b"XAPPLEPUSHSERVICE" => {
            Optional(|i, cx| x_apple_push_service(i, cx).map(Command::XApplePushService))
        }
        _ => return None,
    })
}

/// The UID form of a command of this name, which is none of the usual ones and begins at `start`.
#[cold]
#[inline(never)]
pub(super) fn uid_extension<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    name: Atom<'a>,
) -> PResult<Command<'a>> {
    match fold(name.as_bytes(), uid_by_name) {
        Some(parser) => {
            sp(i)?;
            parser(i, cx)
        }
        None => {
            *i = start;
            other::arguments(i, cx, Atom::from_static("UID")).map(Command::Other)
        }
    }
}

fn uid_by_name(name: &[u8]) -> Option<Parser> {
    let parser: Parser = match name {
        b"CONVERT" => |i, cx| convert::convert(i, cx).map(Command::UidConvert),
        b"SORT" => |i, cx| sort::sort(i, cx).map(Command::UidSort),
        b"THREAD" => |i, cx| thread::thread(i, cx).map(Command::UidThread),
        _ => return None,
    };
    Some(parser)
}

/// The parameters of XAPPLEPUSHSERVICE.
fn x_apple_push_service<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<PushService<'a>> {
    cx.set_rule("XAPPLEPUSHSERVICE command");
    push_service(i, cx)
}

/// `id ::= "ID" SPACE id_params_list`
fn id<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Id<'a>> {
    cx.set_rule("ID command");
    id_params_list(i, cx)
}
