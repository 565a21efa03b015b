//! Faults as text, for those who cannot write code.

use std::error::Error;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use super::{Fault, On};

/// Reads `WHEN[#TIMES]:WHAT[=VALUE]`.
///
/// `WHEN` is the name of a command, `*` for any command, `greeting`, `connection` or `handshake`; `WHAT` is
/// one of [`Fault::forms`], of which `connection` knows `close-after` and `split`, and `handshake`
/// `ignore`.
///
/// ```
/// use imap_testserver::{Fault, TestServer};
///
/// let server = TestServer::start()?;
/// server.fault("SELECT#1:no=[INUSE] somebody else has it".parse::<Fault>()?);
/// server.fault(r"UID FETCH:answer=* 1 FETCH (FLAGS NIL)\r\n{tag} OK done\r\n".parse::<Fault>()?);
/// server.fault("*:delay=5".parse::<Fault>()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let expected = |kind, found: &str| FaultError {
            kind,
            found: found.to_owned(),
        };
        let (when, what) = text
            .split_once(':')
            .ok_or_else(|| expected(Kind::Form, text))?;
        let (when, times) = match when.split_once('#') {
            Some((when, times)) => {
                let number = times.parse::<NonZeroU32>();
                (
                    when,
                    Some(number.map_err(|_| expected(Kind::Times, times))?),
                )
            }
            None => (when, None),
        };
        let (name, value) = match what.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (what, None),
        };
        let form = FORMS.iter().find(|form| form.name == name);
        let form = form.ok_or_else(|| expected(Kind::What, name))?;
        let on = on(when, name).ok_or_else(|| expected(Kind::When, text))?;
        let fault =
            (form.make)(on, value).ok_or_else(|| expected(Kind::Value(form.value), what))?;
        Ok(match times {
            Some(times) => fault.times(times.get()),
            None => fault,
        })
    }
}

impl Fault {
    /// What can be in a text behind the colon, with its meaning.
    pub fn forms() -> impl Iterator<Item = (String, &'static str)> {
        FORMS.iter().map(|form| {
            let text = match form.value {
                "" => form.name.to_owned(),
                value => format!("{}={value}", form.name),
            };
            (text, form.meaning)
        })
    }
}

/// A text is no fault.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FaultError {
    kind: Kind,
    found: String,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Form,
    Times,
    What,
    When,
    Value(&'static str),
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, found } = self;
        match kind {
            Kind::Form => write!(f, "expected WHEN[#TIMES]:WHAT[=VALUE], found {found:?}"),
            Kind::Times => write!(f, "expected how often, 1 at least, found {found:?}"),
            Kind::What => write!(f, "no fault {found:?}"),
            Kind::When => write!(f, "nothing goes wrong like that then: {found:?}"),
            Kind::Value("") => write!(f, "expected no value, found {found:?}"),
            Kind::Value(value) => write!(f, "expected {value} behind `=`, found {found:?}"),
        }
    }
}

impl Error for FaultError {}

/// When this goes wrong, if it can then.
fn on(when: &str, what: &str) -> Option<On> {
    match when {
        "" => None,
        "*" => Some(Fault::on_any_command()),
        "greeting" => Some(Fault::on_greeting()),
        "connection" => matches!(what, "close-after" | "split").then(Fault::on_connection),
        "handshake" => (what == "ignore").then(Fault::on_handshake),
        name => Some(Fault::on(name)),
    }
}

/// Something that goes wrong.
struct Form {
    name: &'static str,
    /// What is behind `=`; empty if there is nothing.
    value: &'static str,
    meaning: &'static str,
    /// Nothing if the value is wrong.
    make: fn(On, Option<&str>) -> Option<Fault>,
}

const fn form(
    name: &'static str,
    value: &'static str,
    meaning: &'static str,
    make: fn(On, Option<&str>) -> Option<Fault>,
) -> Form {
    Form {
        name,
        value,
        meaning,
        make,
    }
}

const FORMS: &[Form] = &[
    form(
        "answer",
        "OCTETS",
        r"these octets instead, where \r, \n and \\ are escapes, and {tag} is the tag",
        |on, value| octets(value?).map(|octets| on.answer(octets)),
    ),
    form("bad", "TEXT", "BAD with this text", |on, value| {
        line(value?).map(|text| on.bad(text))
    }),
    form(
        "bye",
        "TEXT",
        "BYE with this text, and the end",
        |on, value| line(value?).map(|text| on.bye(text)),
    ),
    form("close", "", "the connection ends", |on, value| {
        value.is_none().then(|| on.close())
    }),
    form(
        "close-after",
        "COUNT",
        "the connection ends after so many octets",
        |on, value| Some(on.close_after(value?.parse().ok()?)),
    ),
    form(
        "delay",
        "MILLISECONDS",
        "the answer comes late",
        |on, value| milliseconds(value?).map(|time| on.delay(time)),
    ),
    form("ignore", "", "there is no answer", |on, value| {
        value.is_none().then(|| on.ignore())
    }),
    form(
        "no",
        "TEXT",
        "NO with this text, which may begin with a code in brackets",
        |on, value| line(value?).map(|text| on.no(text)),
    ),
    form(
        "split",
        "COUNT[,MILLISECONDS]",
        "pieces of so many octets, and time between them",
        |on, value| {
            let (count, pause) = value?.split_once(',').unwrap_or((value?, "0"));
            Some(on.split(count.parse().ok()?, milliseconds(pause)?))
        },
    ),
    form(
        "tell",
        "OCTETS",
        "these octets in front of the answer, as for answer",
        |on, value| octets(value?).map(|octets| on.tell(octets)),
    ),
];

fn line(text: &str) -> Option<&str> {
    (!text.contains(['\r', '\n'])).then_some(text)
}

fn milliseconds(text: &str) -> Option<Duration> {
    text.parse().ok().map(Duration::from_millis)
}

/// Text without its escapes.
fn octets(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_texts_are_the_same_as_code() {
        let ms = Duration::from_millis;
        for (text, fault) in [
            (
                "UID FETCH:answer=* 1 FETCH ()\\r\\n{tag} OK \\\\\\r\\n",
                Fault::on("uid fetch").answer("* 1 FETCH ()\r\n{tag} OK \\\r\n"),
            ),
            ("noop#2:bad=a=b:c", Fault::on("NOOP").bad("a=b:c").times(2)),
            ("greeting:bye=no", Fault::on_greeting().bye("no")),
            ("*:close", Fault::on_any_command().close()),
            (
                "connection#1:close-after=9",
                Fault::connection_closed_after(9).once(),
            ),
            ("SELECT:delay=5", Fault::on("SELECT").delay(ms(5))),
            ("handshake:ignore", Fault::stalled_handshake()),
            ("SELECT:no=[INUSE] x", Fault::on("SELECT").no("[INUSE] x")),
            ("connection:split=3", Fault::connection_split(3, ms(0))),
            ("FETCH:split=3,20", Fault::on("FETCH").split(3, ms(20))),
            (
                "*:tell=* 1 EXISTS\\r\\n",
                Fault::on_any_command().tell("* 1 EXISTS\r\n"),
            ),
        ] {
            let read: Fault = text.parse().unwrap();
            assert_eq!(format!("{read:?}"), format!("{fault:?}"), "{text}");
        }
    }

    #[test]
    fn err_says_what_is_expected() {
        for (text, error) in [
            (
                "close",
                "expected WHEN[#TIMES]:WHAT[=VALUE], found \"close\"",
            ),
            ("NOOP:fail", "no fault \"fail\""),
            (
                "NOOP#0:close",
                "expected how often, 1 at least, found \"0\"",
            ),
            (":close", "nothing goes wrong like that then: \":close\""),
            (
                "connection:no=x",
                "nothing goes wrong like that then: \"connection:no=x\"",
            ),
            (
                "handshake:close",
                "nothing goes wrong like that then: \"handshake:close\"",
            ),
            ("NOOP:close=1", "expected no value, found \"close=1\""),
            ("NOOP:no", "expected TEXT behind `=`, found \"no\""),
            (
                "NOOP:no=a\nb",
                "expected TEXT behind `=`, found \"no=a\\nb\"",
            ),
            (
                "NOOP:delay=1s",
                "expected MILLISECONDS behind `=`, found \"delay=1s\"",
            ),
            (
                "NOOP:tell=\\x",
                "expected OCTETS behind `=`, found \"tell=\\\\x\"",
            ),
            (
                "NOOP:split=,1",
                "expected COUNT[,MILLISECONDS] behind `=`, found \"split=,1\"",
            ),
        ] {
            let found = text.parse::<Fault>().unwrap_err();
            assert_eq!(found.to_string(), error, "{text}");
        }
    }

    #[test]
    fn ok_forms_are_in_order() {
        assert!(FORMS.is_sorted_by_key(|form| form.name));
        let forms: Vec<_> = Fault::forms().map(|(text, _)| text).collect();
        assert_eq!(forms[3..5], ["close", "close-after=COUNT"]);
    }
}
