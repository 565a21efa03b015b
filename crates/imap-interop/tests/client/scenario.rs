//! What happens between the client and a server, and what that proves.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use imap_client::{Config, Tls};
use imap_interop::{Instance, Message, Server, User, samples};

use crate::relay::Relay;
use crate::{capabilities, differences};

/// What happens between the client and a server.
pub(crate) struct Scenario {
    /// The name of its function.
    pub(crate) name: &'static str,
    /// The capabilities without which a server can't take part.
    pub(crate) needs: &'static [&'static str],
    /// The commands to which the server has to say OK.
    pub(crate) proves: &'static [&'static str],
    pub(crate) run: for<'s> fn(&'s Scene) -> Run<'s>,
}

/// A scenario that goes on.
pub(crate) type Run<'s> = Pin<Box<dyn Future<Output = ()> + 's>>;

impl Scenario {
    /// The servers that have what is needed.
    pub(crate) fn servers(&self) -> impl Iterator<Item = Server> {
        let offers_all = |server: &Server| {
            let mut needs = self.needs.iter();
            needs.all(|name| capabilities::offers(*server, name))
        };
        Server::ALL.into_iter().filter(offers_all)
    }

    /// Runs it on each of its servers, and looks at what went over the wire.
    pub(crate) fn check(&self, drive: fn(Run<'_>)) {
        let mut asks = false;
        for server in self.servers() {
            eprintln!("{} on {}", self.name, server.name());
            let scene = Scene::new(server);
            drive((self.run)(&scene));
            let done = scene.relay.done();
            for command in self.proves {
                assert!(done.contains(*command), "no {command} in {done:?}");
            }
            asks |= scene.asked.get();
        }
        assert_eq!(asks, differences::of(self.name).is_some(), "differences");
    }
}

/// A server, and the way to it.
pub(crate) struct Scene {
    instance: &'static Instance,
    relay: Relay,
    /// Whether the scenario wanted to know which server it is.
    asked: Cell<bool>,
}

impl Scene {
    fn new(server: Server) -> Self {
        let instance = server.shared().unwrap_or_else(|error| panic!("{error}"));
        Self {
            instance,
            relay: Relay::start(instance.addr()),
            asked: Cell::new(false),
        }
    }

    /// What trusts the server.
    pub(crate) fn config(&self) -> Config {
        Config::default().with_tls(self.tls())
    }

    /// What trusts the server, and shows that it is the user.
    pub(crate) fn config_with_certificate(&self, user: &User) -> Config {
        let certificate = self.instance.client_certificate(user).unwrap();
        let (pem, key_pem) = (certificate.pem, certificate.key_pem);
        let tls = self
            .tls()
            .with_identity_pem(pem.as_bytes(), key_pem.as_bytes());
        Config::default().with_tls(tls.unwrap())
    }

    pub(crate) fn instance(&self) -> &'static Instance {
        self.instance
    }

    /// The port on which commands are noted, for connections without TLS, or with STARTTLS.
    pub(crate) fn port(&self) -> u16 {
        self.relay.port()
    }

    /// Which server it is, for a scenario that has a line in the table of differences.
    pub(crate) fn server(&self) -> Server {
        self.asked.set(true);
        self.instance.server()
    }

    pub(crate) fn tls(&self) -> Tls {
        let pem = std::fs::read(self.instance.ca_pem()).unwrap();
        Tls::with_pem_authorities(&pem).unwrap()
    }

    /// A fresh user.
    pub(crate) fn user(&self, label: &str) -> User {
        self.instance.user(label)
    }

    /// A fresh user with so many messages without flags in INBOX.
    pub(crate) fn user_with_plain(&self, label: &str, count: usize) -> User {
        let user = self.user(label);
        let message = Message {
            bytes: b"Subject: x\r\n\r\nx\r\n".to_vec(),
            flags: Vec::new(),
            internal_date: 0,
        };
        let messages = std::iter::repeat_n(message, count);
        user.seed("INBOX", messages).unwrap();
        user
    }

    /// A fresh user with so many samples in INBOX.
    pub(crate) fn user_with(&self, label: &str, count: usize) -> User {
        let user = self.user(label);
        let messages = samples(1).take(count).map(|sample| sample.message);
        user.seed("INBOX", messages).unwrap();
        user
    }
}

/// Makes a scenario, and a test, of each function.
macro_rules! scenarios {
    ($($name:ident: needs $needs:expr, proves $proves:expr;)*) => {
        pub(super) const SCENARIOS: &[crate::scenario::Scenario] = &[$(crate::scenario::Scenario {
            name: stringify!($name),
            needs: &$needs,
            proves: &$proves,
            run: |scene| Box::pin($name(scene)),
        }),*];
        mod tests {
            $(#[test] fn $name() { super::super::check(super::SCENARIOS, stringify!($name)); })*
        }
    };
}
