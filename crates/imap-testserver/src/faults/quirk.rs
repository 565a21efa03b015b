//! Quirks: answers as servers are known to send them, although the grammar does not allow it.

use std::fmt;
use std::sync::Arc;

use imap_proto::Quirk;

use super::rewrite::{
    after, date, fetch, float_size, item, literal, number_of, put, replace, single_address,
    status_text, without_body,
};

/// A way to depart from the grammar, by name.
///
/// Each of [`imap_proto::Quirk`] is one, by its [name](Quirk::name), and there are names for what certain
/// servers are known for.
#[derive(Clone, Copy, Debug)]
pub struct QuirkName {
    name: &'static str,
    quirk: Quirk,
    effect: Effect,
}

impl QuirkName {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let grammar = Quirk::ALL.iter().map(|quirk| Self {
            name: quirk.name(),
            quirk: *quirk,
            effect: effect(*quirk),
        });
        let servers = SERVERS.iter().map(|(name, quirk, effect)| Self {
            name,
            quirk: *quirk,
            effect: effect.unwrap_or_else(|| self::effect(*quirk)),
        });
        grammar.chain(servers)
    }

    /// The name, such as `missing-text` or `yandex-missing-body`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What a client that reads the answers meets; with `unclosed-code`, `missing-text` and
    /// `malformed-item` as well.
    pub const fn quirk(&self) -> Quirk {
        self.quirk
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        Self::all().find(|known| known.name == name)
    }
}

/// No quirk has this name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownQuirk(pub(crate) String);

impl fmt::Display for UnknownQuirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no quirk {:?}", self.0)
    }
}

impl std::error::Error for UnknownQuirk {}

/// What servers are known for: the name, what it is, and how it differs from that in general.
const SERVERS: [(&str, Quirk, Option<Effect>); 8] = [
    ("domino-extra-parens", Quirk::ExtraParens, None),
    ("dovecot-fuzzy-preview", Quirk::FuzzyPreview, None),
    ("dovecot-unquoted-mailbox", Quirk::UnquotedMailbox, None),
    ("exchange-missing-condition", Quirk::MissingCondition, None),
    ("gmail-childless-multipart", Quirk::ChildlessMultipart, None),
    ("icloud-missing-text", Quirk::MissingText, None),
    ("mailru-float-size", Quirk::FloatNumber, None),
    (
        "yandex-missing-body",
        Quirk::MalformedItem,
        Some(Effect::Rewrite(without_body)),
    ),
];

/// How an answer is changed.
#[derive(Clone, Copy, Debug)]
enum Effect {
    /// Each response becomes another one, if it is of the right kind.
    Rewrite(fn(&[u8]) -> Option<Vec<u8>>),
    /// These octets are sent in front of the answers to these commands.
    Tell(&'static [&'static str], &'static [u8]),
    /// The tag stands in front of BYE.
    TagBye,
}

/// The quirks of a server that are on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quirks(Arc<[QuirkName]>);

impl Quirks {
    /// These and another one.
    pub(crate) fn with(&self, quirk: QuirkName) -> Self {
        Self(self.0.iter().copied().chain([quirk]).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A response as it is sent in answer to the command with a tag.
    pub(crate) fn rewrite(&self, response: Vec<u8>, tag: &[u8]) -> Vec<u8> {
        self.0.iter().fold(response, |response, known| {
            let changed = match known.effect {
                Effect::Rewrite(rewrite) => rewrite(&response),
                Effect::TagBye => {
                    after(&response, b"* BYE").map(|rest| [tag, b" BYE", rest].concat())
                }
                Effect::Tell(..) => None,
            };
            changed.unwrap_or(response)
        })
    }

    /// What is sent in front of the answer to a command.
    pub(crate) fn tell(&self, command: &str) -> Vec<u8> {
        let told = self.0.iter().filter_map(|known| match known.effect {
            Effect::Tell(commands, octets) if commands.contains(&command) => Some(octets),
            _ => None,
        });
        told.flatten().copied().collect()
    }
}

const LIST: &[&str] = &["LIST"];
const SELECT: &[&str] = &["EXAMINE", "SELECT"];
const FETCH: &[&str] = &["FETCH", "UID FETCH"];

fn flags(response: &[u8], flag: &str) -> Option<Vec<u8>> {
    let rest = after(response, b"* FLAGS (")?;
    Some([b"* FLAGS (", flag.as_bytes(), b" ", rest].concat())
}

fn structure(response: &[u8], structure: &str) -> Option<Vec<u8>> {
    item(response, "BODYSTRUCTURE ", |_| {
        structure.as_bytes().to_vec()
    })
}

fn envelope(response: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    item(response, "ENVELOPE ", |value| put(value, from, to))
}

/// How a server has a quirk.
#[expect(clippy::too_many_lines, reason = "one line for each quirk")]
fn effect(quirk: Quirk) -> Effect {
    use Effect::{Rewrite, TagBye, Tell};
    match quirk {
        Quirk::AddressBlanks => Rewrite(|r| envelope(r, "((", "( (")),
        Quirk::AnyFlag => Rewrite(|r| flags(r, "\\*")),
        Quirk::AttributeWithoutBackslash => Rewrite(|r| {
            after(r, b"* LIST (")?;
            replace(r, "(\\", "(").or_else(|| replace(r, "()", "(HasNoChildren)"))
        }),
        Quirk::BareBackslash => Tell(LIST, b"* LIST () \"/\" \"a\\b\"\r\n"),
        Quirk::BareCharsets => Rewrite(|r| {
            let r = replace(r, "[BADCHARSET (", "[BADCHARSET ")?;
            replace(&r, ")]", "]")
        }),
        Quirk::BareContinuation => Rewrite(|r| {
            let text = after(r, b"+ ")?;
            text.contains(&b' ').then(|| b"+\r\n".to_vec())
        }),
        Quirk::BareDisposition => Rewrite(|r| {
            structure(
                r,
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5 NIL \"attachment\")",
            )
        }),
        Quirk::BareLineFeed => Rewrite(|r| {
            let line = status_text(r, <[u8]>::to_vec)?;
            Some([line.strip_suffix(b"\r\n")?, b"\n"].concat())
        }),
        Quirk::BareModSeq => Rewrite(|r| {
            item(r, "MODSEQ ", |v| {
                v.iter().filter(|b| b.is_ascii_digit()).copied().collect()
            })
        }),
        Quirk::BasicMessage => {
            Rewrite(|r| structure(r, "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 5)"))
        }
        Quirk::CapabilityWithoutVersion => {
            Rewrite(|r| replace(&replace(r, "IMAP4rev1 ", "")?, "IMAP4rev2 ", ""))
        }
        Quirk::ChildlessMultipart => Rewrite(|r| structure(r, "(\"ALTERNATIVE\")")),
        Quirk::EightBitQuoted => Tell(LIST, b"* LIST () \"/\" \"Entw\xfcrfe\"\r\n"),
        Quirk::EightBitText => Rewrite(|r| status_text(r, |text| [text, b"\xfc"].concat())),
        Quirk::EmptyBody => Rewrite(|r| structure(r, "()")),
        Quirk::EmptyDelimiter => Rewrite(|r| {
            after(r, b"* LIST ")?;
            replace(r, "\"/\"", "\"\"")
        }),
        Quirk::EmptyFlag => Rewrite(|r| flags(r, "\"\"")),
        Quirk::EmptyList => Tell(FETCH, b"* 1 FETCH ()\r\n"),
        Quirk::EmptyVanished => Tell(FETCH, b"* VANISHED\r\n"),
        Quirk::ExtraCarriageReturn => {
            Rewrite(|r| Some([r.strip_suffix(b"\r\n")?, b"\r\r\n"].concat()))
        }
        Quirk::ExtraCloseParen => Rewrite(|r| Some([fetch(r)?, b"))\r\n"].concat())),
        Quirk::ExtraEnvelope => Rewrite(|r| {
            structure(
                r,
                "(\"MESSAGE\" \"DISPOSITION-NOTIFICATION\" NIL NIL NIL \"7BIT\" 5 \
                 (NIL \"x\" NIL NIL NIL NIL NIL NIL NIL NIL) \
                 (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 3)",
            )
        }),
        Quirk::ExtraLines => {
            Rewrite(|r| structure(r, "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5 12 NIL NIL)"))
        }
        Quirk::ExtraParens => {
            Rewrite(|r| Some([&*put(fetch(r)?, "FETCH (", "FETCH (("), b"))\r\n"].concat()))
        }
        Quirk::FlagCharacters => Rewrite(|r| flags(r, "[css3-page]")),
        Quirk::FloatNumber => Rewrite(|r| item(r, "RFC822.SIZE ", float_size)),
        Quirk::FuzzyPreview => {
            Rewrite(|r| item(r, "PREVIEW ", |value| [b"(FUZZY ", value, b")"].concat()))
        }
        Quirk::ImpossibleNumber => Tell(FETCH, b"* 0 FETCH (UID 7 FLAGS (\\Seen))\r\n"),
        Quirk::LargeNumber => {
            Rewrite(|r| number_of(r, "[HIGHESTMODSEQ ", |_| "18446744073709551615".to_owned()))
        }
        Quirk::LargePart => {
            Rewrite(|r| structure(r, "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 4294967296)"))
        }
        Quirk::LeadingZero => Rewrite(|r| number_of(r, "[UIDNEXT ", |n| format!("0{n}"))),
        Quirk::ListBlanks => Rewrite(|r| flags(r, "x ")),
        Quirk::Literal8 => Tell(LIST, b"* LIST () \"/\" ~{1}\r\na\r\n"),
        Quirk::LiteralDate => Rewrite(|r| {
            item(r, "INTERNALDATE ", |v| {
                [b"{26}\r\n", v.trim_ascii_start()].concat()
            })
            .map(|r| date(&r))
        }),
        Quirk::MalformedItem => Rewrite(|r| item(r, "RFC822.SIZE ", |_| b"many".to_vec())),
        Quirk::MissingCloseParen => Rewrite(|r| Some([fetch(r)?, b"\r\n"].concat())),
        Quirk::MissingCodeBlank => Rewrite(|r| {
            after(r, b"* OK [")?;
            replace(r, "] ", "]")
        }),
        Quirk::MissingCondition => Rewrite(|r| {
            let rest = after(r, b"* OK [")?;
            // A client must see that the greeting is one.
            after(rest, b"CAPABILITY")
                .is_none()
                .then(|| [b"* [", rest].concat())
        }),
        Quirk::MissingLines => {
            Rewrite(|r| structure(r, "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1)"))
        }
        Quirk::MissingMd5 => Rewrite(|r| {
            structure(
                r,
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5 (\"inline\" NIL) NIL NIL)",
            )
        }),
        Quirk::MissingSubtypeBlank => Rewrite(|r| {
            structure(
                r,
                "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)\"MIXED\")",
            )
        }),
        Quirk::MissingText => Rewrite(|r| status_text(r, |_| Vec::new())),
        Quirk::NegativeQuota => Tell(
            &["GETQUOTA", "GETQUOTAROOT"],
            b"* QUOTA \"\" (STORAGE -5 -1)\r\n",
        ),
        Quirk::NilAddress => Rewrite(|r| envelope(r, "((", "(NIL(")),
        Quirk::NilEnvelope => Rewrite(|r| {
            structure(
                r,
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 5 NIL \
                 (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 3)",
            )
        }),
        Quirk::NilList => Rewrite(|r| replace(r, "FLAGS ()", "FLAGS NIL")),
        Quirk::NilNumber => {
            Rewrite(|r| structure(r, "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" -1)"))
        }
        Quirk::NilString => Rewrite(|r| structure(r, "(\"TEXT\" NIL NIL NIL NIL \"7BIT\" 1 1)")),
        Quirk::NonSyncLiteral => Rewrite(literal),
        Quirk::NulOctet => Rewrite(|r| {
            after(r, b"* ")?;
            status_text(r, |text| [text, b"\0b"].concat())
        }),
        Quirk::OriginWithLength => Rewrite(|r| {
            fetch(r)?;
            number_of(r, "]<", |n| format!("{n}.65536"))
        }),
        Quirk::PartBlanks => Rewrite(|r| {
            structure(
                r,
                "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) \
                 (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) \"MIXED\")",
            )
        }),
        Quirk::QuotedFlag => Rewrite(|r| flags(r, "\"Junk\"")),
        Quirk::RecentFlag => Rewrite(|r| {
            let put = |flag: &str| replace(r, "[PERMANENTFLAGS (", flag);
            match after(r, b"* OK [PERMANENTFLAGS ()") {
                Some(_) => put("[PERMANENTFLAGS (\\Recent"),
                None => put("[PERMANENTFLAGS (\\Recent "),
            }
        }),
        Quirk::SearchModSeq => Rewrite(|r| {
            after(r, b"* SEARCH")?;
            let line = r.strip_suffix(b"\r\n")?;
            replace(r, " (MODSEQ", "(MODSEQ").or_else(|| Some([line, b"(MODSEQ 9)\r\n"].concat()))
        }),
        Quirk::ShortEnvelope => Rewrite(|r| item(r, "ENVELOPE ", |_| b"()".to_vec())),
        Quirk::ShortNamespace => Rewrite(|r| {
            after(r, b"* NAMESPACE ")?;
            Some(b"* NAMESPACE ((\"\" \"/\"))\r\n".to_vec())
        }),
        Quirk::ShortPart => Rewrite(|r| structure(r, "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\")")),
        Quirk::SingleAddress => Rewrite(|r| item(r, "ENVELOPE ", single_address)),
        Quirk::SingleReply => Rewrite(|r| {
            after(r, b"* THREAD ")?;
            Some(b"* THREAD (1 (2))\r\n".to_vec())
        }),
        Quirk::SplitLiteralPlus => Rewrite(|r| replace(r, "LITERAL+", "LITERAL +")),
        Quirk::SwappedDisposition => Rewrite(|r| {
            structure(
                r,
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5 NIL (\"en\") \
                 (\"attachment\" (\"filename\" \"x\")))",
            )
        }),
        Quirk::TaggedBye => TagBye,
        Quirk::TextAfterId => Rewrite(|r| {
            after(r, b"* ID (")?;
            Some([r.strip_suffix(b"\r\n")?, b"+\r\n"].concat())
        }),
        Quirk::TrailingBlanks => Rewrite(|r| {
            after(r, b"* FLAGS (")?;
            Some([r.strip_suffix(b"\r\n")?, b" \r\n"].concat())
        }),
        Quirk::UnbalancedText => Tell(SELECT, b"* XWARN \"unbalanced (text\r\n"),
        Quirk::UnclosedCode => Tell(SELECT, b"* OK [X-DOWN system going down\r\n"),
        Quirk::UnescapedQuote => Rewrite(|r| {
            item(r, "ENVELOPE ", |_| {
                b"(NIL \"a \"b\" c\" NIL NIL NIL NIL NIL NIL NIL NIL)".to_vec()
            })
        }),
        Quirk::UnpaddedDay => Rewrite(|r| {
            item(r, "INTERNALDATE ", |_| {
                b"\"7-Feb-1994 21:52:25 -0800\"".to_vec()
            })
        }),
        Quirk::UnquotedDelimiter => Rewrite(|r| {
            after(r, b"* LIST ")?;
            replace(r, "\"/\"", "/")
        }),
        Quirk::UnquotedMailbox => Tell(&["STATUS"], b"* STATUS Entw\xc3\xbcrfe (MESSAGES 1)\r\n"),
        Quirk::ZeroModSeq => Rewrite(|r| item(r, "MODSEQ ", |_| b"(0)".to_vec())),
        Quirk::ZeroNumber => Rewrite(|r| {
            let rest = after(r, b"* SEARCH")?;
            Some([b"* SEARCH 0", rest].concat())
        }),
        // Quirks that are new to the grammar change nothing, which the test of all of them tells.
        _ => Rewrite(|_| None),
    }
}
