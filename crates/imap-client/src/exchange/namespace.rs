//! NAMESPACE.

use bytes::Bytes;
use imap_proto::response::{self, StatusResponse};
use imap_proto::{Command, Mailbox, Response};
use imap_util::decode_utf7_lossy;

use super::mailbox::{readable, wire_mailbox};
use super::{Absorbed, Answer, Ask, Data, Rules};
use crate::error::Error;
use crate::state::State;

impl Ask<'static, NamespaceAnswer> {
    /// `NAMESPACE`: where are mailboxes?
    ///
    /// [RFC 9051 section 6.3.10](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.10)
    pub const NAMESPACE: Self = Self::new(
        Command::Namespace,
        Rules::authenticated("NAMESPACE").answered_by(Data::NAMESPACE),
        NamespaceAnswer::default,
    );
}

/// Collects the answer to `NAMESPACE`.
#[derive(Debug, Default)]
pub struct NamespaceAnswer(Option<Namespaces>);

impl Answer for NamespaceAnswer {
    type Output = Namespaces;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, state: &State) -> Absorbed {
        let Response::Namespace(told) = response else {
            return Absorbed::Not;
        };
        self.0 = Some(Namespaces::new(told, state.utf8()));
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Namespaces, Error> {
        self.0.ok_or(Error::NoData("NAMESPACE"))
    }
}

/// Where mailboxes are.
///
/// `S: * NAMESPACE (("" "/")) NIL (("Public Folders/" "/"))` has one personal namespace, none for other
/// users, and a shared one.
///
/// [RFC 9051 section 6.3.10](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.10)
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Namespaces {
    /// The mailboxes of the user.
    pub personal: Vec<Namespace>,
    /// Those of other users.
    pub other_users: Vec<Namespace>,
    /// Those that belong to nobody.
    pub shared: Vec<Namespace>,
}

impl Namespaces {
    fn new(told: &response::Namespaces<'_>, utf8: bool) -> Self {
        let owned = |told: &[response::Namespace<'_>]| {
            let told = told.iter();
            told.map(|one| Namespace::new(one, utf8)).collect()
        };
        Self {
            personal: owned(told.personal),
            other_users: owned(told.other_users),
            shared: owned(told.shared),
        }
    }
}

/// A namespace: mailboxes whose names begin alike.
///
/// `("Other Users/" "/" "TRANSLATION" ("Andere Ben&APw-tzer/"))` has a prefix, a delimiter and one
/// extension.
///
/// [RFC 9051 section 6.3.10](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.10)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Namespace {
    wire_prefix: Box<[u8]>,
    /// What the names begin with, as people read it, mostly with the delimiter at its end; it can be
    /// empty.
    pub prefix: String,
    /// What separates the levels of the hierarchy; nothing where there are no levels.
    pub delimiter: Option<char>,
    /// Extensions: a name, and its values. Mostly none.
    pub extensions: Vec<(String, Vec<String>)>,
}

impl Namespace {
    fn new(told: &response::Namespace<'_>, utf8: bool) -> Self {
        let extension = |extension: &response::NamespaceExtension<'_>| {
            let values = extension.values.iter().map(ToString::to_string).collect();
            (extension.name.to_string(), values)
        };
        Self {
            wire_prefix: told.prefix.as_bytes().into(),
            prefix: readable(told.prefix, utf8).into_owned(),
            delimiter: told.delimiter.map(char::from),
            extensions: told.extensions.iter().map(extension).collect(),
        }
    }

    /// The prefix as it is on the wire, to pass to commands.
    pub fn mailbox(&self) -> Mailbox<'_> {
        wire_mailbox(&self.wire_prefix)
    }

    /// The prefix in the language that the user chose by LANGUAGE, if the server has it.
    ///
    /// [RFC 5255 section 3.4](https://www.rfc-editor.org/rfc/rfc5255#section-3.4)
    pub fn translation(&self) -> Option<String> {
        let mut extensions = self.extensions.iter();
        let (_, values) = extensions.find(|(name, _)| name.eq_ignore_ascii_case("TRANSLATION"))?;
        let translation = values.first()?;
        Some(decode_utf7_lossy(translation.as_bytes()).into_owned())
    }
}
