//! Commands that are about the session, CAPABILITY, ENABLE, ID, IDLE and the like, and its progress.

use std::sync::Arc;

use imap_proto::command::{Compress, Done, Enable};
use imap_proto::response::{InProgress, Namespace, Namespaces};
use imap_proto::{Arena, Capability, Code, Id, IdField, Mailbox, Response, Tag, Text};

use super::access::OTHER_USERS;
use super::reply::{Answer, Call, Reply};
use super::state::{Enabled, Mode};
use super::{Next, Session};
use crate::store::{SEPARATOR, Store};

impl Session {
    /// What the client is told that the server can do now.
    pub(super) fn capabilities(&self) -> Vec<Capability<'static>> {
        let settings = &self.shared.settings;
        settings.capabilities(self.user.is_some(), self.bindings.as_ref())
    }

    pub(super) fn capability(&mut self) -> Answer<'static> {
        let capabilities = self.capabilities();
        self.out.send(&Response::Capability(&capabilities));
        Ok(Reply::ok("CAPABILITY completed"))
    }

    /// [RFC 5161](https://www.rfc-editor.org/rfc/rfc5161)
    pub(super) fn enable<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        enable: &Enable<'a>,
    ) -> Answer<'a> {
        let mut enabled = Vec::new();
        for capability in enable.capabilities {
            if self.enable_one(store, *capability) && !enabled.contains(capability) {
                enabled.push(*capability);
            }
        }
        let enabled = call.arena.alloc_slice(enabled);
        self.out.send(&Response::Enabled(enabled));
        self.out.set_utf8(self.utf8());
        Ok(Reply::ok("ENABLE completed"))
    }

    fn enable_one(&mut self, store: &Store, capability: Capability<'_>) -> bool {
        if self.shared.settings.hides(&capability.to_string()) {
            return false;
        }
        match capability {
            Capability::CondStore => self.enable_condstore(store),
            Capability::Imap4Rev2 => self.enabled.rev2 = true,
            Capability::QResync => {
                self.enable_condstore(store);
                self.enabled.qresync = true;
            }
            Capability::UidOnly => self.enabled.uid_only = true,
            Capability::Utf8Accept => self.enabled.utf8 = true,
            _ => return false,
        }
        true
    }

    /// Tells of modification sequences from now on, and of the one of the selected mailbox at once.
    ///
    /// [RFC 7162 section 3.1.2](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.2)
    pub(super) fn enable_condstore(&mut self, store: &Store) {
        if std::mem::replace(&mut self.enabled.condstore, true) {
            return;
        }
        let selected = self.selected.as_ref();
        if let Some(mailbox) = selected.and_then(|selected| store.mailbox(selected.id)) {
            let highest = mailbox.highest_mod_seq();
            self.send_code(
                Code::HighestModSeq(highest),
                "highest modification sequence",
            );
        }
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

    /// The URL of the same mail in JMAP, RFC 9698.
    pub(super) fn jmap_access(&mut self) -> Answer<'static> {
        let shared = Arc::clone(&self.shared);
        let Some(url) = &shared.settings.jmap_url else {
            return Err(Reply::no("there is no JMAP here"));
        };
        self.out.send(&Response::JmapAccess(url.as_str().into()));
        Ok(Reply::ok("GETJMAPACCESS completed"))
    }

    /// Tells how far a command came while it was about so many messages.
    ///
    /// [RFC 9585 section 4](https://www.rfc-editor.org/rfc/rfc9585#section-4)
    pub(super) fn tell_progress(&mut self, call: Call<'_>, messages: usize) {
        let Some(step) = self.shared.settings.progress_step else {
            return;
        };
        let goal = u32::try_from(messages).unwrap_or(u32::MAX);
        let steps = (step.get()..goal).step_by(step.get() as usize);
        for done in steps {
            let code = InProgress {
                tag: call.tag,
                done: Some(done),
                goal: Some(goal),
            };
            self.send_code(Code::InProgress(Some(&code)), "still at it");
        }
    }

    /// [RFC 2342](https://www.rfc-editor.org/rfc/rfc2342)
    pub(super) fn namespace(&mut self) -> Answer<'static> {
        let namespace = |prefix: &'static str| Namespace {
            prefix: Mailbox::from(prefix),
            delimiter: u8::try_from(SEPARATOR).ok(),
            extensions: &[],
        };
        self.out.send(&Response::Namespace(Namespaces {
            personal: &[namespace("")],
            other_users: &[namespace(OTHER_USERS)],
            shared: &[],
        }));
        Ok(Reply::ok("NAMESPACE completed"))
    }

    /// [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978)
    pub(super) fn compress(&mut self, algorithm: &Compress<'_>) -> Answer<'static> {
        if self.compressed {
            let reply = Reply::no("the connection is compressed already");
            return Err(reply.with_code(Code::CompressionActive));
        }
        if !matches!(algorithm, Compress::Deflate) {
            return Err(Reply::no("only DEFLATE is known").with_code(Code::Cannot));
        }
        self.compressed = true;
        self.pending = Some(Next::Compress);
        Ok(Reply::ok("compression begins"))
    }

    /// [RFC 9051 section 6.2.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.1)
    pub(super) fn begin_tls(&mut self) -> Answer<'static> {
        if self.bindings.is_some() {
            return Err(Reply::bad("the connection has TLS already"));
        }
        self.pending = Some(Next::StartTls);
        Ok(Reply::ok("begin TLS now"))
    }

    /// [RFC 8437](https://www.rfc-editor.org/rfc/rfc8437)
    pub(super) fn unauthenticate(&mut self) -> Answer<'static> {
        self.user = None;
        self.selected = None;
        self.enabled = Enabled::default();
        self.out.set_utf8(false);
        self.framer.set_limits(self.shared.settings.limits(false));
        Ok(Reply::ok("UNAUTHENTICATE completed"))
    }
}
