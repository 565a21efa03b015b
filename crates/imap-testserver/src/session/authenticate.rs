//! LOGIN and AUTHENTICATE.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imap_proto::command::{Authenticate, AuthenticateData, Login, SaslResponse};
use imap_proto::{Arena, Code, Mechanism, Tag, Text};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::state::Mode;
use crate::auth::{self, Bindings, Context, Exchange, Step};
use crate::store::Store;

impl Session {
    pub(super) fn login<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        login: &Login<'a>,
    ) -> Answer<'a> {
        if !self
            .shared
            .settings
            .login
            .allows_plaintext(self.bindings.as_ref())
        {
            return Err(needs_tls());
        }
        let password = login.password.as_bytes();
        match login.user_name.to_str() {
            Ok(user) if auth::is_password(store, user, password) => {
                self.logged_in(user.to_owned());
                Ok(self.welcome(call))
            }
            _ => Err(denied()),
        }
    }

    pub(super) fn authenticate<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        authenticate: &Authenticate<'a>,
    ) -> Option<Answer<'a>> {
        let mechanism = authenticate.mechanism;
        let policy = &self.shared.settings.login;
        let offered = policy.offered(self.bindings.as_ref()).contains(&mechanism);
        let Some(mut exchange) = auth::begin(mechanism).filter(|_| offered) else {
            return Some(Err(self.not_offered(mechanism)));
        };
        let first = exchange.first_challenge();
        let step = match (first, authenticate.initial_response) {
            (Some(challenge), None) => Step::Challenge(challenge),
            (None, Some(response)) => self.respond(store, &mut *exchange, response),
            (None, None) => Step::Challenge(Vec::new()),
            // RFC 4959 section 3: the server speaks first in this mechanism.
            (Some(_), Some(_)) => Step::Malformed,
        };
        self.take_step(call, exchange, step)
    }

    /// A line of the exchange.
    pub(super) fn sasl_line(&mut self, line: &[u8], tag: String, mut exchange: Box<dyn Exchange>) {
        let shared = std::sync::Arc::clone(&self.shared);
        let arena = Arena::new();
        // cannot fail: it was the tag of a command
        let Ok(tag) = Tag::new(&tag) else { return };
        let call = Call { tag, arena: &arena };
        let answer = match AuthenticateData::parse(line, &arena) {
            Ok(AuthenticateData::Response(response)) => {
                let step = self.respond(&shared.store(), &mut *exchange, response);
                self.take_step(call, exchange, step)
            }
            Ok(AuthenticateData::Cancel) => Some(Err(Reply::bad("AUTHENTICATE cancelled"))),
            Err(error) => {
                let text = arena.alloc_str(&error.to_string());
                Some(Err(Reply::bad(text)))
            }
        };
        if let Some(Ok(reply) | Err(reply)) = answer {
            self.send_status(Some(tag), reply);
        }
    }

    fn respond(
        &self,
        store: &Store,
        exchange: &mut dyn Exchange,
        response: SaslResponse<'_>,
    ) -> Step {
        match STANDARD.decode(response.as_base64()) {
            Ok(octets) => {
                let context = Context {
                    store,
                    policy: &self.shared.settings.login,
                    bindings: self.bindings.as_ref(),
                };
                exchange.respond(&octets, &context)
            }
            Err(_) => Step::Malformed,
        }
    }

    /// Why a mechanism cannot be used now.
    fn not_offered(&self, mechanism: Mechanism<'_>) -> Reply<'static> {
        let policy = &self.shared.settings.login;
        // With TLS, it could be.
        if policy
            .offered(Some(&Bindings::default()))
            .contains(&mechanism)
        {
            return needs_tls();
        }
        Reply::no("this mechanism is not offered").with_code(Code::Cannot)
    }

    fn take_step<'a>(
        &mut self,
        call: Call<'a>,
        exchange: Box<dyn Exchange>,
        step: Step,
    ) -> Option<Answer<'a>> {
        Some(match step {
            Step::Challenge(challenge) => {
                let text = STANDARD.encode(challenge);
                self.invite(Text::new(&text).unwrap_or_default());
                self.mode = Mode::Sasl {
                    tag: call.tag.as_str().to_owned(),
                    exchange,
                };
                return None;
            }
            Step::Done(user) => {
                self.logged_in(user);
                Ok(self.welcome(call))
            }
            Step::Denied => Err(denied()),
            Step::NotForOther => {
                Err(Reply::no("you may not act for others").with_code(Code::AuthorizationFailed))
            }
            Step::Malformed => Err(Reply::bad("the response cannot be read")),
        })
    }

    fn logged_in(&mut self, user: String) {
        self.user = Some(user);
        self.framer.set_limits(self.shared.settings.limits(true));
    }

    /// What is said to a client that has logged in.
    fn welcome<'a>(&self, call: Call<'a>) -> Reply<'a> {
        let capabilities = call.arena.alloc_slice(self.capabilities());
        Reply::ok("logged in").with_code(Code::Capability(capabilities))
    }
}

const fn denied() -> Reply<'static> {
    Reply::no("wrong name or password").with_code(Code::AuthenticationFailed)
}

/// [RFC 9051 section 6.2.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3)
const fn needs_tls() -> Reply<'static> {
    Reply::no("this needs TLS").with_code(Code::PrivacyRequired)
}
