//! Lines that go over the wire, as events of the crate `tracing`.

use super::{Trace, TraceLine};

impl Trace {
    /// Makes an event of the level `TRACE` of each line, with the target `imap_client::wire` and the fields
    /// `direction`, which is `sent` or `received`, and `line`.
    ///
    /// ```
    /// use imap_client::{Config, Trace};
    ///
    /// let config = Config::default().with_trace(Trace::to_tracing());
    /// # let _ = config;
    /// ```
    pub fn to_tracing() -> Self {
        Self::new(|line| {
            let (direction, line) = match line {
                TraceLine::Client(line) => ("sent", line),
                TraceLine::Server(line) => ("received", line),
            };
            tracing::trace!(target: "imap_client::wire", direction, line);
        })
    }
}
