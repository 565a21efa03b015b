//! Commands about the session as a whole.

use imap_proto::command::{Login, ProxyAuth};

use super::Client;
use crate::driver::Driver;
use crate::exchange::{
    Ask, Authenticate, AuthenticateAnswer, CapabilityAnswer, DoneAnswer, LoginAnswer, LogoutAnswer,
    Unauthenticate, UnauthenticateAnswer,
};
use crate::sasl::{ChannelBinding, Mechanism};

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

    /// Logs in by a mechanism of SASL.
    ///
    /// ```
    /// use imap_client::blocking::Client;
    /// use imap_client::sasl::CramMd5;
    ///
    /// fn log_in(client: &mut Client) -> Result<(), Box<dyn std::error::Error>> {
    ///     let mechanism = CramMd5::new("tim", "tanstaaftanstaaf")?;
    ///     Ok(client.authenticate(mechanism)?)
    /// }
    /// # let _ = log_in;
    /// ```
    ///
    /// What is sent may show the secret to a listener, if [`Mechanism::reveals_secret`] says so; let
    /// the connection be one with TLS then.
    ///
    /// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
    pub fn authenticate(
        &mut self,
        mechanism: impl Mechanism + 'static,
    ) -> D::Run<'_, AuthenticateAnswer> {
        let command = Authenticate::new(Box::new(mechanism), self.session.state());
        self.run(&command)
    }

    /// What ties an authentication to the TLS of this connection, the best first: mechanisms with
    /// channel binding want one of them.
    pub fn channel_bindings(&self) -> Vec<ChannelBinding> {
        self.driver.channel_bindings()
    }

    /// Asks again what the server can do. [`State::capabilities`] is kept up to date without it.
    ///
    /// [`State::capabilities`]: crate::State::capabilities
    pub fn capability(&mut self) -> D::Run<'_, CapabilityAnswer> {
        self.run(&Ask::CAPABILITY)
    }

    /// Does nothing, and gives the server a chance to tell its news.
    pub fn noop(&mut self) -> D::Run<'_, DoneAnswer> {
        self.run(&Ask::NOOP)
    }

    /// Asks for a checkpoint of the selected mailbox.
    pub fn check(&mut self) -> D::Run<'_, DoneAnswer> {
        self.run(&Ask::CHECK)
    }

    /// Acts for another user from now on, as an administrator who has logged in.
    ///
    /// `C: a1 PROXYAUTH joe` is of no RFC; servers of Netscape's line have it. Elsewhere SASL does this.
    pub fn proxy_auth(&mut self, user_name: &str) -> D::Run<'_, LoginAnswer> {
        self.run(&ProxyAuth {
            user_name: user_name.into(),
        })
    }

    /// Goes back to the state before logging in, so that another user can log in.
    ///
    /// What was enabled is not any more, and what the server can do is asked for again. It is refused while
    /// all is compressed, since compression would have to end, too.
    ///
    /// [RFC 8437 section 3](https://www.rfc-editor.org/rfc/rfc8437#section-3)
    pub fn unauthenticate(&mut self) -> D::Run<'_, UnauthenticateAnswer> {
        self.run(&Unauthenticate)
    }

    /// Ends the session.
    pub fn logout(&mut self) -> D::Run<'_, LogoutAnswer> {
        self.run(&Ask::LOGOUT)
    }
}
