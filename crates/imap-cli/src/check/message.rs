//! One message of the server, as it came and as it reads.

use imap_proto::response::Greeting;
use imap_proto::{
    Arena, Options, ParseError, Parsed, Quirk, Quirks, Response, UsedQuirk, UsedQuirks,
};

/// A message of the server.
#[derive(Debug)]
pub(super) struct Message {
    frame: Vec<u8>,
    /// How it reads leniently; nothing if it does not, or if it is the greeting.
    response: Option<Parsed>,
    is_greeting: bool,
}

impl Message {
    pub(super) fn new(frame: Vec<u8>, is_greeting: bool) -> Self {
        let response = if is_greeting {
            None
        } else {
            Parsed::new(&frame[..]).ok()
        };
        Self {
            frame,
            response,
            is_greeting,
        }
    }

    pub(super) fn frame(&self) -> &[u8] {
        &self.frame
    }

    /// What it says, if it can be read.
    pub(super) fn response(&self) -> Option<Response<'_>> {
        self.response.as_ref().map(Parsed::response)
    }

    /// Whether some of what it says is lost or changed by what had to be forgiven.
    pub(super) fn is_damaged(&self) -> bool {
        match &self.response {
            None => !self.is_greeting,
            Some(parsed) => {
                let used = parsed.used_quirks();
                let mut used = used.as_slice().iter();
                used.any(|used| loses(used.quirk))
            }
        }
    }

    /// Whether nothing had to be forgiven.
    pub(super) fn is_exact(&self) -> bool {
        let parsed = self.response.as_ref();
        parsed.is_some_and(|parsed| parsed.used_quirks().count() == 0)
    }

    /// All deviations from the grammar in the order of their places, or why it cannot be read at all.
    pub(super) fn used_quirks(&self) -> Result<Vec<UsedQuirk>, ParseError> {
        let arena = Arena::new();
        let value = self.value(&arena, &Options::lenient())?;
        let kept = arena.used_quirks();
        let mut used = kept.as_slice().to_vec();
        if kept.count() > UsedQuirks::MAX {
            used.extend(self.other_quirks(&used, value));
        }
        Ok(used)
    }

    /// The deviations of which no places were kept, since there are too many in the message: those without
    /// which it reads differently.
    fn other_quirks(&self, known: &[UsedQuirk], value: Value<'_>) -> Vec<UsedQuirk> {
        let is_known = |quirk: &Quirk| known.iter().any(|used| used.quirk == *quirk);
        let unknown = Quirk::ALL.iter().copied().filter(|quirk| !is_known(quirk));
        unknown
            .filter_map(|quirk| {
                let quirks = Quirks::lenient().without(quirk);
                let arena = Arena::new();
                let offset = match self.value(&arena, &Options::lenient().with_quirks(quirks)) {
                    Err(error) => error.offset,
                    Ok(other) if other != value => 0,
                    Ok(_) => return None,
                };
                Some(UsedQuirk { quirk, offset })
            })
            .collect()
    }

    /// Why a reader that forgives nothing refuses it.
    pub(super) fn strict_error(&self) -> Option<ParseError> {
        self.value(&Arena::new(), &Options::strict()).err()
    }

    fn value<'a>(&'a self, arena: &'a Arena, options: &Options) -> Result<Value<'a>, ParseError> {
        Ok(if self.is_greeting {
            Value::Greeting(Greeting::parse_with(&self.frame, arena, options)?)
        } else {
            Value::Response(Response::parse_with(&self.frame, arena, options)?)
        })
    }
}

/// What a message says.
#[derive(Clone, Copy, PartialEq)]
enum Value<'a> {
    Greeting(Greeting<'a>),
    Response(Response<'a>),
}

/// Whether what is read in spite of a deviation may be less than what was meant.
fn loses(quirk: Quirk) -> bool {
    matches!(
        quirk,
        Quirk::BasicMessage
            | Quirk::ChildlessMultipart
            | Quirk::EmptyBody
            | Quirk::EmptyList
            | Quirk::EmptyVanished
            | Quirk::ExtraCloseParen
            | Quirk::ImpossibleNumber
            | Quirk::LargePart
            | Quirk::MalformedItem
            | Quirk::MissingCloseParen
            | Quirk::NilNumber
            | Quirk::ShortPart
            | Quirk::UnbalancedText
            | Quirk::UnclosedCode
            | Quirk::UnescapedQuote
            | Quirk::UnquotedMailbox
            | Quirk::ZeroNumber
    )
}
