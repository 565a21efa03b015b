//! Appending from a reader.

use std::io::{self, Read};

use super::{Blocking, Client};
use crate::client::AppendOptions;
use crate::error::Error;
use crate::exchange::{Appended, MailboxName};
use crate::session::Session;

impl Client {
    /// Puts a message at the end of a mailbox, in constant memory, as [`Client::append`] does with one
    /// that is in memory.
    ///
    /// `length` octets are read of `message`, and sent as they are.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends. If `message` fails, has NUL, or is shorter than
    /// `length`, the session is over, since the server waits for octets that cannot come.
    pub fn append_from<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        message: &mut dyn Read,
        length: u64,
        options: AppendOptions<'_>,
    ) -> Result<Option<Appended>, Error> {
        let ticket = self.submit_append(mailbox.into(), length, options)?;
        let Self { session, driver } = self;
        let mut buffer = vec![0; CHUNK];
        loop {
            if let Some(wanted) = session.literal_wanted(&ticket) {
                driver.copy(session, message, wanted, &mut buffer)?;
            } else if let Some(answer) = session.take(&ticket) {
                return answer;
            } else if !driver.turn(session, driver.read_timeout, &mut |_| Ok(()))? {
                return Err(session.failed(Error::Timeout));
            }
        }
    }
}

impl Blocking {
    /// Sends a chunk of the literal that is wanted.
    fn copy(
        &mut self,
        session: &mut Session,
        message: &mut dyn Read,
        wanted: u64,
        buffer: &mut [u8],
    ) -> Result<(), Error> {
        let size = usize::try_from(wanted).map_or(CHUNK, |wanted| wanted.min(CHUNK));
        let room = buffer.get_mut(..size).unwrap_or_default();
        let count = match message.read(room) {
            Ok(0) if wanted > 0 => {
                session.failed(Error::Abandoned("APPEND"));
                return Err(too_short());
            }
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            Err(error) => {
                session.failed(Error::Abandoned("APPEND"));
                return Err(Error::Io(error.into()));
            }
        };
        session.literal(room.get(..count).unwrap_or_default())?;
        self.send(session)
    }
}

/// The error of a message that ends before it was expected to.
pub(in crate::driver) fn too_short() -> Error {
    let error = io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "message shorter than its length",
    );
    Error::Io(error.into())
}

/// Octets sent at a time.
pub(in crate::driver) const CHUNK: usize = 64 << 10;
