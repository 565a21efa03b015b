//! What clients and servers say about themselves.

use super::IString;
use crate::error::PResult;
use crate::lexeme::{Context, Input, at, istring, list, nil, nstring, sp};

/// What one side says about itself, in the command `ID` and in the response.
///
/// `S: * ID ("name" "Cyrus" "version" "1.5")` has two fields; no fields are written as `NIL`.
///
/// ```
/// use imap_proto::{Id, IdField};
///
/// let id = Id {
///     fields: &[IdField { name: "name".into(), value: Some("Cyrus".into()) }],
/// };
/// assert_eq!(id.field("Name").unwrap(), "Cyrus");
/// assert!(id.field("version").is_none());
/// ```
///
/// [RFC 2971 section 3](https://www.rfc-editor.org/rfc/rfc2971#section-3)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Id<'a> {
    /// The fields: 30 at most.
    pub fields: &'a [IdField<'a>],
}

/// A name such as `name`, `version`, `os` or `support-url`, and what it is.
///
/// [RFC 2971 section 3.3](https://www.rfc-editor.org/rfc/rfc2971#section-3.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct IdField<'a> {
    /// The name, of 30 octets at most, in any case.
    pub name: IString<'a>,
    /// The value, of 1024 octets at most.
    pub value: Option<IString<'a>>,
}

impl<'a> Id<'a> {
    /// The value of the first field of this name; `NIL` counts as absent.
    pub fn field(&self, name: &str) -> Option<IString<'a>> {
        let mut fields = self.fields.iter();
        fields.find(|f| f.name.eq_ignore_ascii_case(name))?.value
    }
}

/// The fields.
///
/// ```abnf
/// id_params_list ::= "(" #(string SPACE nstring) ")" / nil
/// ```
pub(crate) fn id_params_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Id<'a>> {
    if !at(i, b'(') {
        return nil(i).map(|()| Id::default());
    }
    let fields = list(i, cx, |i| {
        let name = istring(i, cx)?;
        sp(i)?;
        let value = nstring(i, cx)?;
        Ok(IdField { name, value })
    })?;
    Ok(Id { fields })
}
