//! How texts are compared: `i;unicode-casemap`.
//!
//! [RFC 5051](https://www.rfc-editor.org/rfc/rfc5051), which
//! [RFC 5256 section 7](https://www.rfc-editor.org/rfc/rfc5256#section-7) wants

use unicode_normalization::UnicodeNormalization as _;

/// The text in the form in which its octets are compared.
///
/// No mark is put in order across an ASCII character, so that runs of those need not be decomposed.
pub(super) fn casemap(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (run, behind) = split(rest, |b| !b.is_ascii());
        out += &run.to_ascii_uppercase();
        let (run, behind) = split(behind, u8::is_ascii);
        out.extend(run.chars().map(upper).nfkd());
        rest = behind;
    }
    out
}

/// The text in front of the first such octet, which begins a character, and what begins with it.
fn split(text: &str, is_end: impl Fn(&u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|b| is_end(&b));
    text.split_at(end.unwrap_or(text.len()))
}

/// The one character that stands for both cases.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ok_case_and_composition_do_not_count() {
        for (a, b) in [
            ("aé", "AE\u{301}"),
            ("ПРИВЕТ", "привет"),
            ("ﬁ", "FI"),
            ("ß", "ß"),
        ] {
            assert_eq!(casemap(&casemap(a)), casemap(&casemap(b)), "{a} {b}");
        }
        assert!(casemap("_") > casemap("z"));
    }

    proptest! {
        #[test]
        fn ok_runs_of_ascii_are_as_all_else(text in "[a-zZ ßﬁǆ\u{fc}\u{300}\u{316}\u{1d15e}가]{0,12}") {
            let whole: String = text.chars().map(upper).nfkd().collect();
            prop_assert_eq!(casemap(&text), whole);
        }
    }
}
