//! One response.

use alloc::boxed::Box;
use core::fmt;

use self_cell::{MutBorrow, self_cell};

use crate::arena::Arena;
use crate::error::ParseError;
use crate::options::Options;
use crate::quirks::UsedQuirks;
use crate::response::Response;

/// A response with all that it is made of: its octets, and an arena for its values.
///
/// It can be kept, sent to other threads and shared between them. For many FETCH responses
/// [`Fetches`](super::Fetches) takes less memory.
///
/// ```
/// use imap_proto::{Parsed, Response};
///
/// let parsed = Parsed::new(*b"* 23 EXISTS\r\n")?;
/// let parsed = std::thread::spawn(move || parsed).join().unwrap();
/// assert_eq!(parsed.response(), Response::Exists(23));
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
pub struct Parsed(Cell);

struct Owner {
    frame: Box<[u8]>,
    arena: MutBorrow<Arena>,
}

struct Read<'a> {
    response: Response<'a>,
    used_quirks: UsedQuirks,
    allocated: usize,
}

self_cell!(
    struct Cell {
        owner: Owner,
        #[covariant]
        dependent: Read,
    }
);

impl Parsed {
    /// Reads one whole response, line end and literals included, with [`Options::lenient`].
    ///
    /// # Errors
    ///
    /// If the response cannot be read; see [`Response::parse`].
    pub fn new(frame: impl Into<Box<[u8]>>) -> Result<Self, ParseError> {
        Self::with_options(frame, &Options::lenient())
    }

    /// Reads one whole response with these options.
    ///
    /// # Errors
    ///
    /// If the response cannot be read; see [`Response::parse`].
    pub fn with_options(
        frame: impl Into<Box<[u8]>>,
        options: &Options,
    ) -> Result<Self, ParseError> {
        let owner = Owner {
            frame: frame.into(),
            arena: MutBorrow::new(Arena::new()),
        };
        let cell = Cell::try_new(owner, |owner| {
            let arena: &Arena = owner.arena.borrow_mut();
            let response = Response::parse_with(&owner.frame, arena, options)?;
            Ok(Read {
                response,
                used_quirks: arena.used_quirks(),
                allocated: arena.allocated(),
            })
        });
        cell.map(Self)
    }

    /// The response.
    pub fn response(&self) -> Response<'_> {
        self.0.borrow_dependent().response
    }

    /// The octets of the response.
    pub fn frame(&self) -> &[u8] {
        &self.0.borrow_owner().frame
    }

    /// Octets of memory that the response takes: its own, and those of its values.
    ///
    /// ```
    /// use imap_proto::Parsed;
    ///
    /// let parsed = Parsed::new(*b"* SEARCH 2 3 6\r\n")?;
    /// assert!(parsed.allocated() > parsed.frame().len());
    /// # Ok::<(), imap_proto::ParseError>(())
    /// ```
    pub fn allocated(&self) -> usize {
        self.frame().len() + self.0.borrow_dependent().allocated
    }

    /// The deviations from the standards that were forgiven.
    pub fn used_quirks(&self) -> UsedQuirks {
        self.0.borrow_dependent().used_quirks
    }
}

impl Eq for Parsed {}

impl PartialEq for Parsed {
    fn eq(&self, other: &Self) -> bool {
        self.response() == other.response()
    }
}

impl fmt::Debug for Parsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response().fmt(f)
    }
}
