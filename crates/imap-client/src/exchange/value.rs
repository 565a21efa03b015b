//! Answers that are one untagged response.

use std::fmt;

use bytes::Bytes;
use imap_proto::Response;
use imap_proto::response::StatusResponse;

use super::{Absorbed, Answer};
use crate::error::Error;
use crate::state::State;

/// Waits for the one untagged response that is the answer to a command.
///
/// If it comes more than once, the last one counts.
pub struct ValueAnswer<T> {
    command: &'static str,
    of_response: Box<OfResponse<T>>,
    value: Option<T>,
}

type OfResponse<T> = dyn Fn(&Response<'_>) -> Option<T> + Send;

impl<T> ValueAnswer<T> {
    /// The answer to a command of this name; `of_response` gives the value if a response has it.
    pub fn new(
        command: &'static str,
        of_response: impl Fn(&Response<'_>) -> Option<T> + Send + 'static,
    ) -> Self {
        Self {
            command,
            of_response: Box::new(of_response),
            value: None,
        }
    }

    /// The same with a value for the case that the server tells none.
    #[must_use]
    pub fn or(self, value: T) -> Self {
        Self {
            value: Some(value),
            ..self
        }
    }
}

impl<T: Send + 'static> Answer for ValueAnswer<T> {
    type Output = T;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match (self.of_response)(response) {
            Some(value) => {
                self.value = Some(value);
                Absorbed::Taken
            }
            None => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<T, Error> {
        self.value.ok_or(Error::NoData(self.command))
    }
}

impl<T: fmt::Debug> fmt::Debug for ValueAnswer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValueAnswer")
            .field("command", &self.command)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
