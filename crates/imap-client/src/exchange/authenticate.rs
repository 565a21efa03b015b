//! AUTHENTICATE.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{self, SaslResponse};
use imap_proto::response::{ContinuationRequest, StatusResponse};
use imap_proto::{Capability, Response, Tag};
use zeroize::Zeroizing;

use super::{Absorbed, Answer, Exchange, LoginAnswer, Reply, Rules};
use crate::error::{Error, Refusal};
use crate::sasl::{Mechanism, MechanismError, Secret};
use crate::state::{ConnectionState, State};

/// `AUTHENTICATE`: log in by a mechanism of SASL.
///
/// ```text
/// C: a1 AUTHENTICATE CRAM-MD5
/// S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
/// C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
/// S: a1 OK welcome
/// ```
///
/// It is good for one time, since a mechanism goes through its steps once.
///
/// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
pub struct Authenticate {
    /// What goes along with the command.
    initial: Option<Zeroizing<String>>,
    steps: Arc<Mutex<Steps>>,
}

/// How far the mechanism went.
struct Steps {
    mechanism: Box<dyn Mechanism>,
    /// What the client says first, if it did not go along with the command.
    first: Option<Secret>,
    /// The server sent a challenge for the mechanism itself to answer.
    challenged: bool,
    /// Why the authentication was cancelled.
    error: Option<MechanismError>,
}

impl Authenticate {
    /// An authentication by a mechanism, with a server in this state.
    ///
    /// Where the server knows `SASL-IR`, what the client says first goes along with the command.
    pub fn new(mut mechanism: Box<dyn Mechanism>, state: &State) -> Self {
        let mut first = mechanism.initial_response();
        let at_once = state.has(Capability::SaslIr) || state.has(Capability::Imap4Rev2);
        let initial = if at_once { first.take() } else { None };
        Self {
            initial: initial.as_ref().map(to_base64),
            steps: Arc::new(Mutex::new(Steps {
                mechanism,
                first,
                challenged: false,
                error: None,
            })),
        }
    }

    /// Whether the server went so far as to challenge the mechanism, so that it knows it.
    pub(crate) fn was_challenged(&self) -> bool {
        lock(&self.steps).challenged
    }
}

impl Exchange for Authenticate {
    type Answer = AuthenticateAnswer;

    fn rules(&self) -> Rules {
        Rules::new("AUTHENTICATE", &[ConnectionState::NotAuthenticated]).alone()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        let initial_response = match self.initial.as_ref().map(|text| text.as_str()) {
            Some("") => Some(SaslResponse::EMPTY),
            // cannot fail: it is base64
            Some(text) => SaslResponse::from_base64(text),
            None => None,
        };
        let steps = lock(&self.steps);
        let command = command::Authenticate {
            mechanism: steps.mechanism.name(),
            initial_response,
        };
        encode_command(tag, &command, options)
    }

    fn answer(&self) -> AuthenticateAnswer {
        AuthenticateAnswer {
            steps: Arc::clone(&self.steps),
            login: LoginAnswer::default(),
        }
    }
}

impl fmt::Debug for Authenticate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = lock(&self.steps);
        f.debug_tuple("Authenticate")
            .field(&steps.mechanism.name())
            .finish()
    }
}

/// Answers the challenges of the server; after it a user is logged in.
pub struct AuthenticateAnswer {
    steps: Arc<Mutex<Steps>>,
    login: LoginAnswer,
}

impl Answer for AuthenticateAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        self.login.absorb(response, frame, state)
    }

    fn reply(&mut self, request: &ContinuationRequest<'_>) -> Reply {
        let mut steps = lock(&self.steps);
        match steps.respond(request) {
            Ok(response) => {
                let mut line = to_base64(&response);
                line.push_str("\r\n");
                Reply::Send(std::mem::take(&mut *line).into_bytes())
            }
            // It is cancelled once, however many challenges follow.
            Err(_) if steps.error.is_some() => Reply::None,
            Err(error) => {
                steps.error = Some(error);
                Reply::Send(b"*\r\n".to_vec())
            }
        }
    }

    fn refused(&mut self, refusal: Refusal, _: &mut State) -> Error {
        let mut steps = lock(&self.steps);
        match steps.error.take().or_else(|| steps.mechanism.failure()) {
            Some(error) => Error::Authentication { error, refusal },
            None => Error::Refused(refusal),
        }
    }

    fn finish(self, status: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        lock(&self.steps).finish().map_err(Error::Untrusted)?;
        self.login.finish(status, state)
    }
}

impl fmt::Debug for AuthenticateAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticateAnswer").finish_non_exhaustive()
    }
}

impl Steps {
    fn respond(&mut self, request: &ContinuationRequest<'_>) -> Result<Secret, MechanismError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let challenge = STANDARD
            .decode(request.text.as_bytes().trim_ascii())
            .map_err(|_| MechanismError::Challenge("base64"))?;
        self.challenged = true;
        self.mechanism.respond(&challenge)
    }

    fn finish(&mut self) -> Result<(), MechanismError> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.mechanism.finish(),
        }
    }
}

fn lock(steps: &Mutex<Steps>) -> MutexGuard<'_, Steps> {
    steps.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The base64 text, with room for a line end.
fn to_base64(secret: &Secret) -> Zeroizing<String> {
    // In one allocation, so that no copy of a part is left behind.
    let octets = secret.as_bytes();
    let mut text = Zeroizing::new(String::with_capacity(octets.len().div_ceil(3) * 4 + 2));
    STANDARD.encode_string(octets, &mut text);
    text
}
