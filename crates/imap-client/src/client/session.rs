//! Commands about the session as a whole.

use imap_proto::Command;
use imap_proto::command::Login;

use super::Client;
use crate::driver::Driver;
use crate::exchange::{CapabilityAnswer, DoneAnswer, LoginAnswer, LogoutAnswer, Rules, simple};

impl<D: Driver> Client<D> {
    /// Logs in with a name and a password.
    ///
    /// The password goes over the connection as it is, so let that be one with TLS.
    ///
    /// [RFC 9051 section 6.2.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3)
    pub fn login(&mut self, user_name: &str, password: &str) -> D::Run<'_, LoginAnswer> {
        self.run(&Login {
            user_name: user_name.into(),
            password: password.into(),
        })
    }

    /// Asks again what the server can do. [`State::capabilities`] is kept up to date without it.
    pub fn capability(&mut self) -> D::Run<'_, CapabilityAnswer> {
        self.run(&simple::AskCapability)
    }

    /// Does nothing, and gives the server a chance to tell its news.
    pub fn noop(&mut self) -> D::Run<'_, DoneAnswer> {
        self.run(&simple::News(Command::Noop, Rules::any_state("NOOP")))
    }

    /// Asks for a checkpoint of the selected mailbox.
    pub fn check(&mut self) -> D::Run<'_, DoneAnswer> {
        self.run(&simple::News(Command::Check, Rules::selected("CHECK")))
    }

    /// Ends the session.
    pub fn logout(&mut self) -> D::Run<'_, LogoutAnswer> {
        self.run(&simple::Logout)
    }
}
