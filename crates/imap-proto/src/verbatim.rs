//! Octets that are kept as they came, and written as they are.

use crate::arena::Arena;
use crate::error::{Fail, ParseError};
use crate::lexeme::{
    Context, Role, other_option, other_parameter, skip_rest, skip_value, tagged_ext_label, word,
};
use crate::options::Options;
use crate::quirks::{Quirk, Quirks};
use crate::response::code::resp_text_code;
use crate::response::esearch::{one_correlator, search_return_data};
use crate::value::Uid;
use crate::value::fetch_item::msg_att;
use crate::value::fetch_item_name::fetch_att;
use crate::value::search_key::search_key;
use crate::value::status_item::status_att_val;

/// A place of the grammar where the octets of what is not known, or broken, are kept as they came.
///
/// A program can put octets of its own there, for an extension. [`Verbatim::check`] tells whether they
/// stay within their place, so that a writer can refuse those that would reach beyond it.
///
/// ```
/// use imap_proto::Verbatim;
///
/// assert!(Verbatim::Values.check(b"(a \"b\") {2}\r\nc\n").is_ok());
/// assert!(Verbatim::Values.check(b"a\r\na2 DELETE INBOX").is_err());
/// assert!(Verbatim::FetchItem.check(b"X-NEW (1 2)").is_ok());
/// assert!(Verbatim::FetchItem.check(b"X-NEW 1) UID 5").is_err());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Verbatim {
    /// One value of a command: the argument of [`MailboxFilter::Other`](crate::MailboxFilter::Other).
    Argument,
    /// A response code with its brackets: [`Code::Other`](crate::Code::Other).
    Code,
    /// An item of a FETCH response: [`FetchItem::Other`](crate::FetchItem::Other).
    FetchItem,
    /// An item that a FETCH command asks for: [`FetchItemName::Other`](crate::FetchItemName::Other).
    FetchItemName,
    /// An option of a LIST command:
    /// [`ListReturnOption::Other`](crate::command::ListReturnOption::Other) and the like.
    ListOption,
    /// A parameter of a command: [`SelectParameter::Other`](crate::command::SelectParameter::Other)
    /// and the like.
    Parameter,
    /// What a search is answered with: [`SearchCorrelator::Other`](crate::response::SearchCorrelator::Other).
    SearchCorrelator,
    /// A search key: [`SearchKey::Other`](crate::SearchKey::Other).
    SearchKey,
    /// What a search tells: [`SearchReturnData::Other`](crate::response::SearchReturnData::Other).
    SearchReturnData,
    /// An item of a STATUS response: [`StatusItem::Other`](crate::StatusItem::Other).
    StatusItem,
    /// One value: extended data of a [LIST response](crate::response::List).
    Value,
    /// Any values with blanks between:
    /// [`OtherCommand::arguments`](crate::command::OtherCommand::arguments).
    Values,
}

impl Verbatim {
    /// Checks that the octets, of a name with its value if both are kept, are one such thing as a
    /// whole.
    ///
    /// # Errors
    ///
    /// If they are something else, less, or more.
    pub fn check(self, octets: &[u8]) -> Result<(), ParseError> {
        let arena = Arena::new();
        let options = Options::lenient().with_quirks(FORGIVEN);
        let cx = Context::new(octets, &arena, &options, self.role());
        let mut i = octets;
        let read = match self {
            Self::Code => resp_text_code(&mut i, &cx).map(drop),
            Self::FetchItem => msg_att(&mut i, &cx).map(drop),
            Self::FetchItemName => fetch_att(&mut i, &cx).map(drop),
            Self::ListOption => word(&mut i)
                .and_then(|name| other_option(&mut i, &cx, name))
                .map(drop),
            Self::Parameter => tagged_ext_label(&mut i)
                .and_then(|name| other_parameter(&mut i, &cx, name))
                .map(drop),
            Self::SearchCorrelator => one_correlator(&mut i, &cx).map(drop),
            Self::SearchKey => search_key(&mut i, &cx, cx.max_depth()).map(drop),
            Self::SearchReturnData => search_return_data::<Uid>(&mut i, &cx).map(drop),
            Self::StatusItem => status_att_val(&mut i, &cx).map(drop),
            Self::Argument | Self::Value => skip_value(&mut i, &cx).map(drop),
            Self::Values => skip_rest(&mut i, &cx).map(drop),
        };
        match read {
            Ok(()) if i.is_empty() => Ok(()),
            Ok(()) => Err(Fail::new(i, crate::Expected::End).locate(octets, self.rule())),
            Err(error) => Err(error.locate(octets, self.rule())),
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Code
            | Self::FetchItem
            | Self::SearchCorrelator
            | Self::SearchReturnData
            | Self::StatusItem
            | Self::Value => Role::Server,
            Self::Argument
            | Self::FetchItemName
            | Self::ListOption
            | Self::Parameter
            | Self::SearchKey
            | Self::Values => Role::Client,
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Code => "response code",
            Self::FetchItem => "FETCH item",
            Self::FetchItemName => "item name",
            Self::ListOption => "option",
            Self::Parameter => "parameter",
            Self::SearchCorrelator => "ESEARCH correlator",
            Self::SearchKey => "search key",
            Self::SearchReturnData => "ESEARCH data",
            Self::StatusItem => "STATUS item",
            Self::Value => "value",
            Self::Values => "values",
        }
    }
}

/// Broken values are kept, too; but where they end must be beyond doubt.
const FORGIVEN: Quirks = Quirks::lenient()
    .without(Quirk::BareBackslash)
    .without(Quirk::BareLineFeed)
    .without(Quirk::NonSyncLiteral)
    .without(Quirk::NulOctet)
    .without(Quirk::UnclosedCode);

#[cfg(test)]
mod tests {
    use super::Verbatim;

    #[test]
    fn ok_one_whole_thing() {
        let cases: [(Verbatim, &[u8]); 22] = [
            (Verbatim::Code, b"[XLIMIT]"),
            (Verbatim::Code, b"[UIDNEXT x]"),
            (Verbatim::Code, b"[X (a ]) b]"),
            (Verbatim::FetchItem, b"X-NEW"),
            (Verbatim::FetchItem, b"X[1.2 (a)]<5> {2}\r\nab"),
            (Verbatim::FetchItem, b"RFC822.SIZE -1"),
            (Verbatim::FetchItem, b"BODY[2]"),
            (Verbatim::FetchItemName, b"BINARY.PEEK[1]<0.100>"),
            (Verbatim::FetchItemName, b"X (a b)"),
            (Verbatim::ListOption, b"5-X"),
            (Verbatim::ListOption, b"X ((a) \"b\")"),
            (Verbatim::Parameter, b"X"),
            (Verbatim::Parameter, b"X.2:a 5"),
            (Verbatim::Parameter, b"X 1:4,$"),
            (Verbatim::Parameter, b"X (a (b \")\") {1}\r\n))"),
            (Verbatim::SearchKey, b"X-KEY \"a\" {1}\r\nb"),
            (Verbatim::StatusItem, b"SIZE 5"),
            (Verbatim::StatusItem, b"MESSAGES"),
            (Verbatim::StatusItem, b"MESSAGES -1"),
            (Verbatim::Value, b"(a \")\")"),
            (Verbatim::Values, b""),
            (Verbatim::Values, b"a (b \")\") ~{1}\r\n\0"),
        ];
        for (place, octets) in cases {
            let shown = octets.escape_ascii();
            assert_eq!(place.check(octets), Ok(()), "{place:?} {shown}");
        }
    }

    #[test]
    fn err_less_or_more_with_its_offset() {
        let cases: [(Verbatim, &[u8], usize); 21] = [
            (Verbatim::Code, b"[X", 2),
            (Verbatim::Code, b"[X a] b]", 5),
            (Verbatim::FetchItem, b"", 0),
            (Verbatim::FetchItem, b"X 1 UID 2", 3),
            (Verbatim::FetchItem, b"X )", 1),
            (Verbatim::FetchItemName, b"X Y", 1),
            (Verbatim::FetchItemName, b"X (a", 4),
            (Verbatim::ListOption, b"X 5", 1),
            (Verbatim::ListOption, b"X (a", 4),
            (Verbatim::Parameter, b"5", 0),
            (Verbatim::Parameter, b"X Y", 1),
            (Verbatim::Parameter, b"X 5a", 3),
            (Verbatim::Parameter, b"X (a", 4),
            (Verbatim::SearchKey, b"X ALL", 1),
            (Verbatim::StatusItem, b"", 0),
            (Verbatim::StatusItem, b"SIZE 5 6", 6),
            (Verbatim::Value, b"a b", 1),
            (Verbatim::Values, b"a\r\nb", 1),
            (Verbatim::Values, b"a \"b", 4),
            (Verbatim::Values, b"{5}\r\nabc", 5),
            (Verbatim::Values, b"{3}\nabc", 3),
        ];
        for (place, octets, offset) in cases {
            let shown = octets.escape_ascii();
            let error = place.check(octets).unwrap_err();
            assert_eq!(error.offset, offset, "{place:?} {shown}");
        }
    }
}
