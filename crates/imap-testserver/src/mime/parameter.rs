//! `Content-Type` and other fields with parameters.
//!
//! [RFC 2045 section 5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1),
//! [RFC 2231](https://www.rfc-editor.org/rfc/rfc2231)

use super::field::{field, unfold};
use super::lexer::Lexer;

/// The parameters of a field: names, and values without quotes.
pub(super) type Parameters = Vec<(Vec<u8>, Vec<u8>)>;

/// What a part is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct ContentType {
    pub(super) media_type: Vec<u8>,
    pub(super) media_subtype: Vec<u8>,
    pub(super) parameters: Parameters,
}

impl ContentType {
    /// The type that a header says, or the one to be assumed.
    pub(super) fn of(header: &[u8], in_digest: bool) -> Self {
        let said = field(header, "Content-Type");
        // RFC 2045 5.2: text is also assumed where the field cannot be read.
        match said.map(Self::parse) {
            Some(Some(content)) if !content.is_broken() => content,
            // RFC 2046 5.1.5
            None if in_digest => Self::new("message", "rfc822"),
            _ => Self::text(),
        }
    }

    /// The type, if the field can be read.
    pub(super) fn parse(value: &[u8]) -> Option<Self> {
        let mut lexer = Lexer::new(value);
        let media_type = lexer.token()?.to_vec();
        lexer.special(b'/')?;
        let media_subtype = lexer.token()?.to_vec();
        Some(Self {
            media_type,
            media_subtype,
            parameters: parameters(&mut lexer),
        })
    }

    pub(super) fn new(media_type: &str, media_subtype: &str) -> Self {
        Self {
            media_type: media_type.into(),
            media_subtype: media_subtype.into(),
            parameters: Vec::new(),
        }
    }

    /// `text/plain; charset=us-ascii`
    fn text() -> Self {
        let parameters = vec![(b"charset".to_vec(), b"us-ascii".to_vec())];
        Self {
            parameters,
            ..Self::new("text", "plain")
        }
    }

    /// Whether it is of this type, in any case.
    pub(super) fn is_type(&self, media_type: &str) -> bool {
        self.media_type.eq_ignore_ascii_case(media_type.as_bytes())
    }

    /// Whether it is this, in any case.
    pub(super) fn is(&self, media_type: &str, media_subtype: &str) -> bool {
        let subtype = self.media_subtype.as_slice();
        self.is_type(media_type) && subtype.eq_ignore_ascii_case(media_subtype.as_bytes())
    }

    /// Whether it is a message with parts of its own.
    pub(super) fn is_message(&self) -> bool {
        self.is("message", "rfc822") || self.is("message", "global")
    }

    /// The boundary of a multipart.
    pub(super) fn boundary(&self) -> Option<Vec<u8>> {
        let boundary = self.parameter("boundary")?.trim_ascii_end();
        (self.is_type("multipart") && !boundary.is_empty()).then(|| boundary.to_vec())
    }

    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&[u8]> {
        let mut all = self.parameters.iter();
        all.find(|(n, _)| n.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value.as_slice())
    }

    /// Whether it says that there are parts, but not where.
    fn is_broken(&self) -> bool {
        self.is_type("multipart") && self.boundary().is_none()
    }
}

/// A value with parameters: that of `Content-Disposition`.
pub(super) fn disposition(value: &[u8]) -> Option<(Vec<u8>, Parameters)> {
    let mut lexer = Lexer::new(value);
    let kind = lexer.token()?.to_vec();
    Some((kind, parameters(&mut lexer)))
}

/// The first word of a value: that of `Content-Transfer-Encoding`.
pub(super) fn encoding(header: &[u8]) -> Option<Vec<u8>> {
    let value = field(header, "Content-Transfer-Encoding")?;
    Lexer::new(value).token().map(<[u8]>::to_vec)
}

/// The words of a value with commas between: that of `Content-Language`.
pub(super) fn languages(value: &[u8]) -> Vec<Vec<u8>> {
    let value = unfold(value);
    let tags = value.split(|b| *b == b',').map(<[u8]>::trim_ascii);
    tags.filter(|tag| !tag.is_empty())
        .map(<[u8]>::to_vec)
        .collect()
}

/// `*(";" parameter)`, what cannot be read being left out.
fn parameters(lexer: &mut Lexer<'_>) -> Parameters {
    let mut all = Vec::new();
    while lexer.skip_to(b';') {
        if let Some(name) = lexer.token()
            && lexer.special(b'=').is_some()
            && let Some(value) = lexer.value()
        {
            all.push((name.to_vec(), value));
        }
    }
    join(all)
}

/// Puts values together that stand in several parameters, `name*0` and so on.
///
/// RFC 2231 6: servers are to do so. A name ends with `*` where its value has a charset and octets in
/// hexadecimal digits.
fn join(all: Parameters) -> Parameters {
    let mut joined = Parameters::new();
    let pieces: Vec<Option<Piece<'_>>> = all.iter().map(|(n, v)| Piece::new(n, v)).collect();
    for ((name, value), piece) in all.iter().zip(&pieces) {
        match piece {
            None => joined.push((name.clone(), value.clone())),
            Some(piece) if piece.number == 0 => {
                let of_name = pieces.iter().flatten();
                let of_name = of_name.filter(|other| other.name.eq_ignore_ascii_case(piece.name));
                joined.push(join_pieces(of_name.copied().collect()));
            }
            Some(_) => {}
        }
    }
    joined
}

/// A parameter that is one of several.
#[derive(Clone, Copy)]
struct Piece<'a> {
    name: &'a [u8],
    number: u32,
    is_extended: bool,
    value: &'a [u8],
}

impl<'a> Piece<'a> {
    /// `name*0` or `name*0*`.
    fn new(name: &'a [u8], value: &'a [u8]) -> Option<Self> {
        let without_star = name.strip_suffix(b"*");
        let star = name.iter().position(|b| *b == b'*')?;
        let digits = without_star.unwrap_or(name).get(star + 1..)?;
        let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
        Some(Self {
            name: name.get(..star)?,
            number,
            is_extended: without_star.is_some(),
            value,
        })
    }
}

/// The value of which these are the pieces, up to the first that is missing.
fn join_pieces(mut pieces: Vec<Piece<'_>>) -> (Vec<u8>, Vec<u8>) {
    pieces.sort_by_key(|piece| piece.number);
    pieces.dedup_by_key(|piece| piece.number);
    let in_order = pieces.iter().zip(0..);
    let count = in_order.take_while(|(piece, n)| piece.number == *n).count();
    pieces.truncate(count);
    let is_extended = pieces.iter().any(|piece| piece.is_extended);
    let mut value = Vec::new();
    for piece in &pieces {
        if is_extended && !piece.is_extended {
            if piece.number == 0 {
                value.extend(b"''");
            }
            value.extend(percent_encoded(piece.value));
        } else {
            value.extend(piece.value);
        }
    }
    let mut name = pieces.first().map(|p| p.name.to_vec()).unwrap_or_default();
    if is_extended {
        name.push(b'*');
    }
    (name, value)
}

/// A plain value in the form of those with a charset.
fn percent_encoded(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for b in value {
        if b.is_ascii_alphanumeric() || b"!#$&+-.^_`{|}~".contains(b) {
            out.push(*b);
        } else {
            out.extend(format!("%{b:02X}").bytes());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> String {
        let Some(content) = ContentType::parse(value.as_bytes()) else {
            return "none".into();
        };
        let mut text = format!(
            "{}/{}",
            content.media_type.escape_ascii(),
            content.media_subtype.escape_ascii()
        );
        for (name, value) in &content.parameters {
            text += &format!("; {}={}", name.escape_ascii(), value.escape_ascii());
        }
        text
    }

    #[test]
    fn ok_content_types() {
        for (value, expected) in [
            (" text/plain", "text/plain"),
            (
                "Text / HTML (really); charset=utf-8",
                "Text/HTML; charset=utf-8",
            ),
            (
                "a/b; c=\"d \\\"e\\\";f\"; g=h/i;;j",
                "a/b; c=d \\\"e\\\";f; g=h/i",
            ),
            ("a/b;\r\n\tc = d (x) ; e=f g", "a/b; c=d; e=f"),
            ("a/b; c=\"d\r\n e\"; f=\"g", "a/b; c=d e; f=g"),
            ("text", "none"),
            ("/x", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn ok_pieces_of_a_value() {
        for (value, expected) in [
            // RFC 2231 3
            (
                "message/external-body; access-type=URL;\r\n URL*0=\"ftp://\";\r\n URL*1=\"cs.utk.edu/\"",
                "message/external-body; access-type=URL; URL=ftp://cs.utk.edu/",
            ),
            // RFC 2231 4.1
            (
                "a/b; title*0*=us-ascii'en'This%20is%20even%20more%20;\
                 title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
                "a/b; title*=us-ascii\\'en\\'This%20is%20even%20more%20%2A%2A%2Afun%2A%2A%2A%20isn%27t%20it!",
            ),
            ("a/b; t*1=y; t*0=x; t*3=no", "a/b; t=xy"),
            ("a/b; t*=utf-8''x%20y", "a/b; t*=utf-8\\'\\'x%20y"),
            ("a/b; t*0=x; t*1*=%41", "a/b; t*=\\'\\'x%41"),
            ("a/b; t*1=lost", "a/b"),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn ok_what_is_assumed() {
        let of = |header: &str, in_digest| {
            let content = ContentType::of(header.as_bytes(), in_digest);
            (content.is("text", "plain"), content.is_message())
        };
        assert_eq!(of("", false), (true, false));
        assert_eq!(of("", true), (false, true));
        assert_eq!(of("Content-Type: what\r\n", true), (true, false));
        assert_eq!(
            of("Content-Type: multipart/mixed\r\n", false),
            (true, false)
        );
    }
}
