//! ID.

use imap_proto::{Command, Id, IdField, Response};

use super::simple::Ask;
use super::{Data, Rules, ValueAnswer};

/// `ID`: what is the server?
pub(crate) fn ask(id: Id<'_>) -> Ask<'_, ValueAnswer<ServerId>> {
    let rules = Rules::any_state("ID").answered_by(Data::ID);
    Ask::new(Command::Id(id), rules, || {
        // A server that has nothing to say may say nothing.
        ValueAnswer::new("ID", |response| match response {
            Response::Id(id) => Some(ServerId::new(id)),
            _ => None,
        })
        .or(ServerId::default())
    })
}

/// What a server says about itself.
///
/// `S: * ID ("name" "Cyrus" "version" "1.5" "os" NIL)` has three fields; `NIL` has none.
///
/// [RFC 2971 section 3.2](https://www.rfc-editor.org/rfc/rfc2971#section-3.2)
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ServerId(Vec<(String, Option<String>)>);

impl ServerId {
    fn new(id: &Id<'_>) -> Self {
        let field = |field: &IdField<'_>| {
            let value = field.value.map(|value| value.to_string());
            (field.name.to_string(), value)
        };
        Self(id.fields.iter().map(field).collect())
    }

    /// The value of a field such as `name`, `version`, `vendor` or `support-url`, its name in any case;
    /// nothing if it is not there, or `NIL`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.iter();
        fields
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?
            .1
    }

    /// The fields in the order of the wire.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0
            .iter()
            .map(|(name, value)| (&**name, value.as_deref()))
    }
}
