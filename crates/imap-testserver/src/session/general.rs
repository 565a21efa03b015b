//! Commands that are about the session: CAPABILITY, ENABLE, ID, IDLE, LOGOUT, NAMESPACE.

use imap_proto::command::{Done, Enable};
use imap_proto::response::{Namespace, Namespaces};
use imap_proto::{Arena, Capability, Id, IdField, Mailbox, Response, Tag, Text};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::state::Mode;
use crate::store::{SEPARATOR, Store};

impl Session {
    /// What the client is told that the server can do now.
    pub(super) fn capabilities(&self) -> Vec<Capability<'static>> {
        self.shared.settings.capabilities(self.user.is_some())
    }

    pub(super) fn capability(&mut self) -> Answer<'static> {
        let capabilities = self.capabilities();
        self.out.send(&Response::Capability(&capabilities));
        Ok(Reply::ok("CAPABILITY completed"))
    }

    /// [RFC 5161](https://www.rfc-editor.org/rfc/rfc5161)
    pub(super) fn enable<'a>(&mut self, call: Call<'a>, enable: &Enable<'a>) -> Answer<'a> {
        let mut enabled = Vec::new();
        for capability in enable.capabilities {
            if self.enable_one(*capability) && !enabled.contains(capability) {
                enabled.push(*capability);
            }
        }
        let enabled = call.arena.alloc_slice(enabled);
        self.out.send(&Response::Enabled(enabled));
        self.out.set_utf8(self.utf8());
        Ok(Reply::ok("ENABLE completed"))
    }

    fn enable_one(&mut self, capability: Capability<'_>) -> bool {
        match capability {
            Capability::Imap4Rev2 => self.enabled.rev2 = true,
            _ => return false,
        }
        true
    }

    /// [RFC 2971](https://www.rfc-editor.org/rfc/rfc2971)
    pub(super) fn server_id(&mut self) -> Answer<'static> {
        let field = |name: &'static str, value: &'static str| IdField {
            name: name.into(),
            value: Some(value.into()),
        };
        let fields = [
            field("name", env!("CARGO_PKG_NAME")),
            field("version", env!("CARGO_PKG_VERSION")),
        ];
        self.out.send(&Response::Id(Id { fields: &fields }));
        Ok(Reply::ok("ID completed"))
    }

    /// [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177)
    pub(super) fn idle<'a>(&mut self, store: &mut Store, call: Call<'a>) -> Option<Answer<'a>> {
        self.mode = Mode::Idle {
            tag: call.tag.as_str().to_owned(),
        };
        self.invite(Text::from_static("idling"));
        self.sync(store, true);
        None
    }

    /// The line that ends IDLE.
    pub(super) fn end_idle(&mut self, line: &[u8], tag: &str) {
        let arena = Arena::new();
        let text;
        let reply = match Done::parse(line, &arena) {
            Ok(Done) => Reply::ok("IDLE completed"),
            Err(error) => {
                text = error.to_string();
                Reply::bad(&text)
            }
        };
        self.send_status(Tag::new(tag).ok(), reply);
    }

    pub(super) fn logout(&mut self) -> Answer<'static> {
        self.selected = None;
        self.bye("logging out");
        Ok(Reply::ok("LOGOUT completed"))
    }

    /// [RFC 2342](https://www.rfc-editor.org/rfc/rfc2342)
    pub(super) fn namespace(&mut self) -> Answer<'static> {
        let personal = [Namespace {
            prefix: Mailbox::from(""),
            delimiter: u8::try_from(SEPARATOR).ok(),
            extensions: &[],
        }];
        self.out.send(&Response::Namespace(Namespaces {
            personal: &personal,
            ..Namespaces::default()
        }));
        Ok(Reply::ok("NAMESPACE completed"))
    }
}
