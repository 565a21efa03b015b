//! Preparing names and passwords for comparison: stringprep, RFC 3454.

use std::borrow::Cow;

use stringprep::{saslprep, tables};

use super::{MechanismError, Secret, checked};

/// A user name by `SASLprep`, as a query.
///
/// Characters that are newer than Unicode 3.2 are allowed there; `SASLprep` does not know them, and
/// a name that has one is left as it is.
///
/// [RFC 4013](https://www.rfc-editor.org/rfc/rfc4013)
pub(super) fn user_name(name: &str) -> Result<Cow<'_, str>, MechanismError> {
    let prepared = if name.contains(tables::unassigned_code_point) {
        Cow::Borrowed(name)
    } else {
        saslprep(name).map_err(|_| MechanismError::Argument {
            name: "user name",
            reason: "has characters that SASLprep prohibits",
        })?
    };
    checked("user name", prepared.as_bytes())?;
    Ok(prepared)
}

/// A password by `SASLprep`, as a stored string.
///
/// [RFC 4013](https://www.rfc-editor.org/rfc/rfc4013)
pub(super) fn password(password: &str) -> Result<Secret, MechanismError> {
    match saslprep(password) {
        Ok(Cow::Borrowed(prepared)) => Ok(Secret::from(prepared)),
        Ok(Cow::Owned(prepared)) => Ok(Secret::from(prepared)),
        Err(_) => Err(MechanismError::Argument {
            name: "password",
            reason: "has characters that SASLprep prohibits",
        }),
    }
}

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

    /// The examples of RFC 4013 section 3.
    #[test]
    fn ok_saslprep_examples() {
        for (input, output) in [
            ("I\u{ad}X", "IX"),
            ("user", "user"),
            ("USER", "USER"),
            ("\u{aa}", "a"),
            ("\u{2168}", "IX"),
        ] {
            assert_eq!(user_name(input).unwrap(), output);
            assert_eq!(password(input).unwrap().as_bytes(), output.as_bytes());
        }
    }

    #[test]
    fn err_saslprep_examples() {
        for input in ["\u{7}", "\u{627}1"] {
            assert!(user_name(input).is_err());
            assert!(password(input).is_err());
        }
    }

    #[test]
    fn ok_unassigned_characters_in_names_only() {
        let key = "\u{1f511}";
        assert_eq!(user_name(key).unwrap(), key);
        assert!(password(key).is_err());
    }

    #[test]
    fn err_a_name_of_which_nothing_is_left() {
        assert!(user_name("\u{ad}").is_err());
        assert!(user_name("").is_err());
    }

    #[test]
    fn ok_direction_of_a_trace() {
        assert!(trace("\u{5d0}1\u{5d0}"));
        assert!(!trace("\u{5d0}1"));
        assert!(!trace("\u{5d0}a\u{5d0}"));
    }
}
