//! LANGUAGE and COMPARATOR.

use imap_proto::command::{self, Language};
use imap_proto::{IString, Response, response};

use super::{Data, Rules, ValueAnswer};

exchange!(
    Language<'_> => ValueAnswer<Vec<String>>,
    Rules::any_state("LANGUAGE").answered_by(Data::LANGUAGE),
    |_| {
        ValueAnswer::new("LANGUAGE", |response| match response {
            Response::Language(languages) => Some(texts(languages)),
            _ => None,
        })
    }
);

exchange!(
    command::Comparator<'_> => ValueAnswer<Comparator>,
    Rules::authenticated("COMPARATOR").answered_by(Data::COMPARATOR),
    |_| {
        ValueAnswer::new("COMPARATOR", |response| match response {
            Response::Comparator(comparator) => Some(Comparator::new(comparator)),
            _ => None,
        })
    }
);

/// How texts are compared and sorted.
///
/// `S: * COMPARATOR i;unicode-casemap (i;ascii-casemap)` tells the active comparator and one that
/// could be chosen.
///
/// [RFC 5255 section 4.8](https://www.rfc-editor.org/rfc/rfc5255#section-4.8)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Comparator {
    /// The active comparator.
    pub active: String,
    /// Those that match what was asked for, if there are several.
    pub matching: Vec<String>,
}

impl Comparator {
    fn new(comparator: &response::Comparator<'_>) -> Self {
        Self {
            active: comparator.active.to_string(),
            matching: texts(comparator.matching),
        }
    }
}

fn texts(strings: &[IString<'_>]) -> Vec<String> {
    strings.iter().map(ToString::to_string).collect()
}
