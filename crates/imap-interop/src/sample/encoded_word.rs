//! Encoded words: text outside ASCII in header fields.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A character set that an encoded word can be in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Charset {
    /// Hiragana and katakana only.
    Iso2022Jp,
    Iso8859_1,
    Utf8,
}

/// How an encoded word writes its octets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    B,
    Q,
}

/// Text as encoded words, as many as the limit of 75 characters asks for, one a line.
///
/// `Grüße` gives `=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=`. Each word stands for whole characters.
///
/// [RFC 2047 section 2](https://www.rfc-editor.org/rfc/rfc2047#section-2)
pub(super) fn encode(text: &str, charset: Charset, form: Form) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut part = String::new();
    for c in text.chars() {
        let longer = format!("{part}{c}");
        if word(&longer, charset, form).len() > MAX_LEN && !part.is_empty() {
            words.push(word(&part, charset, form));
            part.clear();
        }
        part.push(c);
    }
    words.push(word(&part, charset, form));
    words.join("\r\n ")
}

fn word(text: &str, charset: Charset, form: Form) -> String {
    let octets = match charset {
        Charset::Iso2022Jp => iso_2022_jp(text),
        Charset::Iso8859_1 => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
            .collect(),
        Charset::Utf8 => text.as_bytes().to_vec(),
    };
    let name = match charset {
        Charset::Iso2022Jp => "ISO-2022-JP",
        Charset::Iso8859_1 => "ISO-8859-1",
        Charset::Utf8 => "UTF-8",
    };
    match form {
        Form::B => format!("=?{name}?B?{}?=", STANDARD.encode(octets)),
        Form::Q => format!("=?{name}?Q?{}?=", q(&octets)),
    }
}

/// The Q form in its strictest variant, which is good for phrases too.
///
/// [RFC 2047 section 4.2](https://www.rfc-editor.org/rfc/rfc2047#section-4.2)
fn q(octets: &[u8]) -> String {
    let mut out = String::new();
    for &octet in octets {
        match octet {
            b' ' => out.push('_'),
            b'!' | b'*' | b'+' | b'-' | b'/' => out.push(char::from(octet)),
            _ if octet.is_ascii_alphanumeric() => out.push(char::from(octet)),
            _ => {
                // cannot fail: a `String` takes everything.
                let _ = write!(out, "={octet:02X}");
            }
        }
    }
    out
}

/// Kana are rows 4 and 5 of JIS X 0208, in the order in which Unicode has them.
///
/// [RFC 1468](https://www.rfc-editor.org/rfc/rfc1468)
fn iso_2022_jp(text: &str) -> Vec<u8> {
    let mut out = b"\x1b$B".to_vec();
    for c in text.chars() {
        let (row, first) = if c < KATAKANA {
            (0x24, HIRAGANA)
        } else {
            (0x25, KATAKANA)
        };
        let column = u32::from(c)
            .checked_sub(u32::from(first))
            .filter(|column| *column < 86);
        let column = column.and_then(|column| u8::try_from(column).ok());
        out.extend(column.map_or([0x22, 0x2e], |column| [row, 0x21 + column]));
    }
    out.extend(b"\x1b(B");
    out
}

const MAX_LEN: usize = 75;
const HIRAGANA: char = 'ぁ';
const KATAKANA: char = 'ァ';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_words() {
        let cases = [
            (
                "Grüße an é",
                Charset::Utf8,
                Form::Q,
                "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_an_=C3=A9?=",
            ),
            (
                "Keld Jørn",
                Charset::Iso8859_1,
                Form::Q,
                "=?ISO-8859-1?Q?Keld_J=F8rn?=",
            ),
            ("日本", Charset::Utf8, Form::B, "=?UTF-8?B?5pel5pys?="),
            (
                "おしらせ",
                Charset::Iso2022Jp,
                Form::B,
                "=?ISO-2022-JP?B?GyRCJCokNyRpJDsbKEI=?=",
            ),
            (
                "テスト",
                Charset::Iso2022Jp,
                Form::B,
                "=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=",
            ),
        ];
        for (text, charset, form, encoded) in cases {
            assert_eq!(encode(text, charset, form), encoded);
        }
    }

    #[test]
    fn long_text_is_split_between_characters() {
        let encoded = encode(&"日本語".repeat(20), Charset::Utf8, Form::B);
        let mut decoded = String::new();
        for word in encoded.split("\r\n ") {
            assert!(word.len() <= 75, "{word}");
            let inner = word
                .strip_prefix("=?UTF-8?B?")
                .unwrap()
                .strip_suffix("?=")
                .unwrap();
            decoded += &String::from_utf8(STANDARD.decode(inner).unwrap()).unwrap();
        }
        assert_eq!(decoded, "日本語".repeat(20));
    }
}
