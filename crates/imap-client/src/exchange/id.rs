//! ID.

use imap_codec::{EncodeError, EncodeOptions, Encoded, Reason, encode_command};
use imap_proto::{Command, Id, IdField, Response, Tag};

use super::{Data, Exchange, Rules, ValueAnswer};
use crate::error::Error;
use crate::state::State;

impl Exchange for Id<'_> {
    type Answer = ValueAnswer<ServerId>;

    fn rules(&self) -> Rules {
        Rules::any_state("ID").answered_by(Data::ID)
    }

    fn check(&self, _: &State) -> Result<(), Error> {
        let too_long = |argument, offset| EncodeError {
            argument,
            offset,
            reason: Reason::Syntax,
        };
        if self.fields.len() > MAX_FIELDS {
            return Err(too_long("list of fields", MAX_FIELDS).into());
        }
        for field in self.fields {
            if field.name.as_bytes().len() > MAX_NAME {
                return Err(too_long("field name", MAX_NAME).into());
            }
            if field
                .value
                .is_some_and(|value| value.as_bytes().len() > MAX_VALUE)
            {
                return Err(too_long("field value", MAX_VALUE).into());
            }
        }
        Ok(())
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Id(*self), options)
    }

    fn answer(&self) -> ValueAnswer<ServerId> {
        // A server that has nothing to say may say nothing.
        ValueAnswer::new("ID", |response| match response {
            Response::Id(id) => Some(ServerId::new(id)),
            _ => None,
        })
        .or(ServerId::default())
    }
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

/// How many fields there can be (RFC 2971 section 3.3).
const MAX_FIELDS: usize = 30;

/// How many octets the name of a field can have.
const MAX_NAME: usize = 30;

/// How many octets the value of a field can have.
const MAX_VALUE: usize = 1024;
