//! How texts are compared: `i;unicode-casemap`.
//!
//! [RFC 5051](https://www.rfc-editor.org/rfc/rfc5051), which
//! [RFC 5256 section 7](https://www.rfc-editor.org/rfc/rfc5256#section-7) wants

use unicode_normalization::UnicodeNormalization as _;

/// The text in the form in which its octets are compared.
pub(super) fn casemap(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    text.chars().map(upper).nfkd().collect()
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
    use super::casemap;

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
}
