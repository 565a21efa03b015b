//! Notifications by Apple's push service.

use super::IString;
use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, at, list, sp, sp_separated};

/// What is agreed on notifications by Apple's push service, in the command `XAPPLEPUSHSERVICE` and in the
/// response.
///
/// ```text
/// C: a1 XAPPLEPUSHSERVICE aps-version 2 aps-account-id 0715 mailboxes (INBOX Notes)
/// S: * XAPPLEPUSHSERVICE aps-version "2" aps-topic "com.apple.mail"
/// ```
///
/// No document describes it; what names there are is left to the two sides.
///
/// ```
/// use imap_proto::{Arena, Command, PushValue};
///
/// let arena = Arena::new();
/// let command = Command::parse(b"a1 XAPPLEPUSHSERVICE aps-version 2\r\n", &arena)?.command;
/// let Command::XApplePushService(service) = command else { unreachable!() };
/// assert_eq!(service.parameter("APS-Version"), Some(PushValue::String("2".into())));
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct PushService<'a> {
    /// The parameters.
    pub parameters: &'a [PushParameter<'a>],
}

/// A parameter of a [`PushService`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct PushParameter<'a> {
    /// The name, such as `aps-version`, `aps-device-token`, `aps-topic` or `mailboxes`.
    pub name: IString<'a>,
    /// The value.
    pub value: PushValue<'a>,
}

/// The value of a [`PushParameter`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PushValue<'a> {
    /// Strings in parentheses: `(INBOX Notes)`.
    List(&'a [IString<'a>]),
    /// One string.
    String(IString<'a>),
}

impl<'a> PushService<'a> {
    /// The value of the first parameter of this name, in any case.
    pub fn parameter(&self, name: &str) -> Option<PushValue<'a>> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|p| p.name.eq_ignore_ascii_case(name))?;
        Some(found.value)
    }
}

/// `*(SP astring SP (astring / "(" [astring *(SP astring)] ")"))`
pub(crate) fn push_service<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<PushService<'a>> {
    let parameters = sp_separated(i, cx, |i| {
        let name = astring(i, cx)?;
        sp(i)?;
        let value = if at(i, b'(') {
            PushValue::List(list(i, cx, |i| astring(i, cx))?)
        } else {
            PushValue::String(astring(i, cx)?)
        };
        Ok(PushParameter { name, value })
    })?;
    Ok(PushService { parameters })
}
