//! Changing responses that are written already.

use memchr::memmem;

/// What is behind a prefix.
pub(super) fn after<'a>(octets: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    octets.strip_prefix(prefix)
}

/// The first `from` becomes `to`; nothing if there is none.
pub(super) fn replace(octets: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    let place = memmem::find(octets, from.as_bytes())?;
    let (before, rest) = octets.split_at(place);
    let rest = rest.get(from.len()..).unwrap_or_default();
    Some([before, to.as_bytes(), rest].concat())
}

/// The same, where the octets stay what they are if there is none.
pub(super) fn put(octets: &[u8], from: &str, to: &str) -> Vec<u8> {
    replace(octets, from, to).unwrap_or_else(|| octets.to_vec())
}

/// A FETCH response without its last parenthesis and line end.
pub(super) fn fetch(response: &[u8]) -> Option<&[u8]> {
    let rest = after(response, b"* ")?;
    let number = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    rest.get(number..)?.starts_with(b" FETCH (").then_some(())?;
    response.strip_suffix(b")\r\n")
}

/// The value of an item of a FETCH response becomes another one.
pub(super) fn item(
    response: &[u8],
    name: &str,
    change: impl Fn(&[u8]) -> Vec<u8>,
) -> Option<Vec<u8>> {
    fetch(response)?;
    let place = item_place(response, name)?;
    let end = value_end(response, place);
    let value = change(response.get(place..end)?);
    Some([response.get(..place)?, &value, response.get(end..)?].concat())
}

/// The first body section of a FETCH response, and the blank in front of it, are left out; its name stays.
pub(super) fn without_body(response: &[u8]) -> Option<Vec<u8>> {
    fetch(response)?;
    let place = item_place(response, "BODY[")?;
    let start = place + memmem::find(response.get(place..)?, b"] ")? + 1;
    let end = value_end(response, start + 1);
    Some([response.get(..start)?, response.get(end..)?].concat())
}

/// The first list of one address in an envelope loses its parentheses.
pub(super) fn single_address(envelope: &[u8]) -> Vec<u8> {
    for start in memmem::find_iter(envelope, b"((") {
        let end = value_end(envelope, start + 1);
        if let (Some(before), Some(address), Some([b')', rest @ ..])) = (
            envelope.get(..start),
            envelope.get(start + 1..end),
            envelope.get(end..),
        ) {
            return [before, address, rest].concat();
        }
    }
    envelope.to_vec()
}

/// Where the value of an item begins.
fn item_place(response: &[u8], name: &str) -> Option<usize> {
    let found = memmem::find_iter(response, name.as_bytes());
    let mut places = found.filter(|place| {
        let before = place.checked_sub(1).and_then(|place| response.get(place));
        matches!(before, Some(b' ' | b'('))
    });
    places.next().map(|place| place + name.len())
}

/// Where a value ends: a list, a string, or an atom.
fn value_end(octets: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut place = start;
    while let Some(octet) = octets.get(place) {
        match octet {
            b'(' => depth += 1,
            b')' if depth == 0 => return place,
            b')' => depth -= 1,
            b'"' => place = quoted_end(octets, place),
            b'{' => place = literal_end(octets, place),
            b' ' | b'\r' if depth == 0 => return place,
            _ => {}
        }
        place += 1;
        if depth == 0 && matches!(octet, b')' | b'"' | b'{') {
            return place;
        }
    }
    octets.len()
}

/// The place of the quote that ends a string.
fn quoted_end(octets: &[u8], start: usize) -> usize {
    let mut place = start + 1;
    while let Some(octet) = octets.get(place) {
        match octet {
            b'"' => return place,
            b'\\' => place += 2,
            _ => place += 1,
        }
    }
    place
}

/// The place of the last octet of a literal.
fn literal_end(octets: &[u8], start: usize) -> usize {
    let rest = octets.get(start + 1..).unwrap_or_default();
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let size = rest
        .get(..digits)
        .and_then(|digits| str::from_utf8(digits).ok());
    let size: usize = size.and_then(|size| size.parse().ok()).unwrap_or(0);
    // The braces and the line end are four octets.
    start + digits + 3 + size
}

/// The number behind some text becomes another one.
pub(super) fn number_of(
    octets: &[u8],
    text: &str,
    change: impl Fn(&str) -> String,
) -> Option<Vec<u8>> {
    let start = memmem::find(octets, text.as_bytes())? + text.len();
    let (before, rest) = octets.split_at(start);
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at(digits);
    let number = change(str::from_utf8(digits).ok()?);
    Some([before, number.as_bytes(), rest].concat())
}

/// `1234` becomes `1.234e+03`.
pub(super) fn float_size(digits: &[u8]) -> Vec<u8> {
    let Some((first, rest)) = digits.split_first() else {
        return Vec::new();
    };
    let exponent = format!("e+{:02}", rest.len());
    let rest = if rest.is_empty() { b"0" } else { rest };
    [&[*first], &b"."[..], rest, exponent.as_bytes()].concat()
}

/// The quotes of a date that follows the announcement of a literal are taken away.
pub(super) fn date(response: &[u8]) -> Vec<u8> {
    let text = put(response, "{26}\r\n\"", "{26}\r\n");
    put(&text, "0000\"", "0000")
}

/// The first literal of a FETCH response becomes one that does not wait.
pub(super) fn literal(response: &[u8]) -> Option<Vec<u8>> {
    fetch(response)?;
    replace(response, "}\r\n", "+}\r\n")
}

/// The text of a status response becomes another one.
pub(super) fn status_text(response: &[u8], change: impl Fn(&[u8]) -> Vec<u8>) -> Option<Vec<u8>> {
    let line = response.strip_suffix(b"\r\n")?;
    let mut words = line.splitn(3, |b| *b == b' ');
    let (tag, condition, rest) = (words.next()?, words.next()?, words.next()?);
    if !matches!(condition, b"OK" | b"NO" | b"BAD" | b"BYE" | b"PREAUTH") {
        return None;
    }
    let text = match rest.starts_with(b"[") {
        true => memmem::find(rest, b"] ")? + 2,
        false => 0,
    };
    let (code, text) = rest.split_at(text);
    let text = change(text);
    let line = [tag, b" ", condition, b" ", code, &text].concat();
    let line = match &*text {
        [] => line.trim_ascii_end(),
        _ => &line,
    };
    Some([line, b"\r\n"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_values_of_items() {
        let response = b"* 1 FETCH (UID 7 X (a \")\" {2}\r\n)) b) Y \"\\\"\" Z 5)\r\n";
        for (name, value) in [
            ("UID ", &b"7"[..]),
            ("X ", b"(a \")\" {2}\r\n)) b)"),
            ("Y ", b"\"\\\"\""),
            ("Z ", b"5"),
        ] {
            let place = item_place(response, name).unwrap();
            assert_eq!(
                response.get(place..value_end(response, place)).unwrap(),
                value
            );
        }
        assert_eq!(item(b"* 1 EXISTS\r\n", "UID ", |_| Vec::new()), None);
        let addresses = single_address(b"(NIL ((a)(b)) ((NIL \"(\") ) ((c)))");
        assert_eq!(addresses, b"(NIL ((a)(b)) ((NIL \"(\") ) (c))");
        let rest = without_body(b"* 1 FETCH (UID 7 BODY[] {3}\r\nabc FLAGS ())\r\n").unwrap();
        assert_eq!(rest, b"* 1 FETCH (UID 7 BODY[] FLAGS ())\r\n");
    }

    #[test]
    fn ok_numbers_and_texts() {
        assert_eq!(float_size(b"1234"), b"1.234e+03");
        assert_eq!(float_size(b"5"), b"5.0e+00");
        let text = |line: &str| status_text(line.as_bytes(), |_| Vec::new());
        assert_eq!(text("a OK [X] y\r\n").unwrap(), b"a OK [X]\r\n");
        assert_eq!(text("* NO y z\r\n").unwrap(), b"* NO\r\n");
        assert_eq!(text("* 1 EXISTS\r\n"), None);
    }
}
