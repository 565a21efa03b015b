//! Preparing names and passwords for comparison: stringprep, RFC 3454.

use stringprep::tables;

/// Whether a text keeps to the profile "trace".
///
/// [RFC 4505 section 3](https://www.rfc-editor.org/rfc/rfc4505#section-3)
pub(super) fn trace(text: &str) -> bool {
    let prohibited = [
        tables::ascii_control_character,
        tables::non_ascii_control_character,
        tables::private_use,
        tables::non_character_code_point,
        tables::inappropriate_for_plain_text,
        tables::change_display_properties_or_deprecated,
        tables::tagging_character,
    ];
    !text.contains(|c| prohibited.iter().any(|is_prohibited| is_prohibited(c)))
        && reads_one_way(text)
}

/// Whether a text does not mix directions.
///
/// [RFC 3454 section 6](https://www.rfc-editor.org/rfc/rfc3454#section-6)
fn reads_one_way(text: &str) -> bool {
    let to_left = tables::bidi_r_or_al;
    !text.contains(to_left)
        || (!text.contains(tables::bidi_l) && text.starts_with(to_left) && text.ends_with(to_left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_direction_of_a_trace() {
        assert!(trace("\u{5d0}1\u{5d0}"));
        assert!(!trace("\u{5d0}1"));
        assert!(!trace("\u{5d0}a\u{5d0}"));
    }
}
