//! Lists of addresses.
//!
//! [RFC 5322 section 3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)

use imap_proto::{Address, Arena, IString};

use super::lexer::{Lexeme, Lexer};

/// The addresses of a field, groups included, as an envelope has them.
pub(super) fn addresses<'a>(value: &[u8], arena: &'a Arena) -> Vec<Address<'a>> {
    let mut list = List {
        arena,
        addresses: Vec::new(),
        words: Words::default(),
        in_group: false,
    };
    let mut lexer = Lexer::new(value);
    while let Some(lexeme) = lexer.lexeme() {
        list.take(lexeme, &mut lexer);
    }
    list.end_address();
    list.end_group();
    list.addresses
}

struct List<'a> {
    arena: &'a Arena,
    addresses: Vec<Address<'a>>,
    words: Words,
    in_group: bool,
}

/// What has been read of an address.
#[derive(Default)]
struct Words {
    /// Words, with the blanks that stand between.
    text: Vec<u8>,
    /// Where in the text the last `@` stands.
    at: Option<usize>,
    comment: Option<Vec<u8>>,
}

impl Words {
    fn push(&mut self, text: &[u8], is_apart: bool) {
        if is_apart && !self.text.is_empty() && !self.text.ends_with(b"@") {
            self.text.push(b' ');
        }
        self.text.extend(text);
    }

    fn push_at(&mut self) {
        self.at = Some(self.text.len());
        self.text.push(b'@');
    }

    /// The part in front of the `@` and the part behind it, without blanks.
    fn spec(&self) -> (Vec<u8>, Vec<u8>) {
        let text = self.text.as_slice();
        let (mailbox, host) = match self.at {
            Some(at) => (text.get(..at), text.get(at + 1..)),
            None => (Some(text), None),
        };
        let mailbox = mailbox.unwrap_or_default().trim_ascii().to_vec();
        let mut host = host.unwrap_or_default().to_vec();
        host.retain(|b| *b != b' ');
        (mailbox, host)
    }
}

impl<'a> List<'a> {
    fn take(&mut self, lexeme: Lexeme, lexer: &mut Lexer<'_>) {
        match lexeme {
            Lexeme::Comment(text) => self.words.comment = Some(text),
            Lexeme::Special(b',') => self.end_address(),
            Lexeme::Special(b';') => {
                self.end_address();
                self.end_group();
            }
            Lexeme::Special(b':') => self.begin_group(),
            Lexeme::Special(b'<') => self.angle(lexer),
            Lexeme::Special(b'@') => self.words.push_at(),
            Lexeme::Special(_) => {}
            Lexeme::Word { text, is_apart } => self.words.push(&text, is_apart),
        }
    }

    /// What follows `<`: `[obs-route] addr-spec ">"`.
    fn angle(&mut self, lexer: &mut Lexer<'_>) {
        let display = std::mem::take(&mut self.words);
        let mut spec = Words::default();
        let mut route = Vec::new();
        while let Some(lexeme) = lexer.lexeme() {
            match lexeme {
                Lexeme::Special(b'>') => break,
                Lexeme::Special(b':') => {
                    route = std::mem::take(&mut spec).text;
                }
                Lexeme::Special(b'@') => spec.push_at(),
                Lexeme::Special(b) => spec.push(&[b], false),
                Lexeme::Word { text, .. } => spec.push(&text, false),
                Lexeme::Comment(_) => {}
            }
        }
        let (mailbox, host) = spec.spec();
        let name = Some(display.text).filter(|name| !name.is_empty());
        self.push(name.or(display.comment), &route, &mailbox, &host);
    }

    /// Ends an address without angle brackets, if there is one.
    fn end_address(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.text.is_empty() {
            return;
        }
        if words.at.is_none() && words.text.contains(&b' ') {
            // A name without an address.
            return self.push(Some(words.text), b"", b"", b"");
        }
        let (mailbox, host) = words.spec();
        self.push(words.comment, b"", &mailbox, &host);
    }

    fn begin_group(&mut self) {
        let words = std::mem::take(&mut self.words);
        if self.in_group || words.text.is_empty() {
            return;
        }
        self.in_group = true;
        self.addresses.push(Address {
            mailbox: Some(self.string(&words.text)),
            ..Address::default()
        });
    }

    fn end_group(&mut self) {
        if std::mem::take(&mut self.in_group) {
            self.addresses.push(Address::default());
        }
    }

    fn push(&mut self, name: Option<Vec<u8>>, route: &[u8], mailbox: &[u8], host: &[u8]) {
        // What is not there cannot be NIL, which belongs to groups.
        let or = |text: &[u8], missing: &'static str| match text {
            b"" => IString::from(missing),
            text => self.string(text),
        };
        let address = Address {
            name: name.map(|name| self.string(&name)),
            route: (!route.is_empty()).then(|| self.string(route)),
            mailbox: Some(or(mailbox, MISSING_MAILBOX)),
            host: Some(or(host, MISSING_DOMAIN)),
        };
        self.addresses.push(address);
    }

    fn string(&self, text: &[u8]) -> IString<'a> {
        IString(self.arena.alloc_bytes(text))
    }
}

/// What Dovecot says where an address has nothing in front of the `@`.
const MISSING_MAILBOX: &str = "MISSING_MAILBOX";
/// What Dovecot says where an address has nothing behind the `@`.
const MISSING_DOMAIN: &str = "MISSING_DOMAIN";

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> String {
        let arena = Arena::new();
        let of =
            |string: Option<IString<'_>>| string.map_or_else(|| "NIL".into(), |s| format!("{s:?}"));
        let all = addresses(value.as_bytes(), &arena);
        let shown = all.iter().map(|a| {
            let all = [a.name, a.route, a.mailbox, a.host];
            format!("({})", all.map(of).join(" "))
        });
        shown.collect::<Vec<_>>().join("")
    }

    #[test]
    fn ok_addresses() {
        for (value, expected) in [
            ("ann@example.org", r#"(NIL NIL "ann" "example.org")"#),
            (
                "Ann Bee <ann@x>, bob@y",
                r#"("Ann Bee" NIL "ann" "x")(NIL NIL "bob" "y")"#,
            ),
            (
                r#""Ann \"A\" Bee"<ann@x>"#,
                r#"("Ann \"A\" Bee" NIL "ann" "x")"#,
            ),
            (
                "\"A,\r\n B\" C. D <a.b@x>",
                r#"("A, B C. D" NIL "a.b" "x")"#,
            ),
            (r#""a b"@x"#, r#"(NIL NIL "a b" "x")"#),
            ("ann@x (Ann (A) Bee)", r#"("Ann (A) Bee" NIL "ann" "x")"#),
            ("ann @ x . y", r#"(NIL NIL "ann" "x.y")"#),
            ("Ann <@a,@b:ann@x>", r#"("Ann" "@a,@b" "ann" "x")"#),
            ("ann@[127.0.0.1]", r#"(NIL NIL "ann" "[127.0.0.1]")"#),
            (
                "=?utf-8?Q?J=C3=B6rg?= <j@x>",
                r#"("=?utf-8?Q?J=C3=B6rg?=" NIL "j" "x")"#,
            ),
            ("ann", r#"(NIL NIL "ann" "MISSING_DOMAIN")"#),
            (
                "Ann <>",
                r#"("Ann" NIL "MISSING_MAILBOX" "MISSING_DOMAIN")"#,
            ),
            (
                "Ann Bee, <>",
                r#"("Ann Bee" NIL "MISSING_MAILBOX" "MISSING_DOMAIN")(NIL NIL "MISSING_MAILBOX" "MISSING_DOMAIN")"#,
            ),
            (", ,", ""),
            ("", ""),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn ok_groups() {
        for (value, expected) in [
            (
                "A Group:Ed <ed@x>,joe@y;",
                r#"(NIL NIL "A Group" NIL)("Ed" NIL "ed" "x")(NIL NIL "joe" "y")(NIL NIL NIL NIL)"#,
            ),
            (
                "undisclosed-recipients:;",
                r#"(NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL)"#,
            ),
            (
                "a:b@c",
                r#"(NIL NIL "a" NIL)(NIL NIL "b" "c")(NIL NIL NIL NIL)"#,
            ),
            (":;", ""),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }
}
