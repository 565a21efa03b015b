//! The header that SCRAM and OAUTHBEARER share with GS2: RFC 5801.

use super::{MechanismError, checked};

/// Flag and identity in front of the first message.
///
/// ```abnf
/// gs2-header = gs2-cbind-flag "," [ authzid ] ","
/// authzid    = "a=" saslname
/// ```
pub(super) fn header(flag: &str, authzid: Option<&str>) -> String {
    match authzid {
        Some(saslname) => format!("{flag},a={saslname},"),
        None => format!("{flag},,"),
    }
}

/// A name, with comma and equals sign written as `=2C` and `=3D`.
///
/// ```abnf
/// saslname = 1*(value-safe-char / "=2C" / "=3D")
/// ```
pub(super) fn saslname(argument: &'static str, name: &str) -> Result<String, MechanismError> {
    checked(argument, name.as_bytes())?;
    Ok(name.replace('=', "=3D").replace(',', "=2C"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_header_with_an_identity_that_has_commas() {
        let name = saslname("user name", "a,b=2C").unwrap();
        assert_eq!(header("y", Some(&name)), "y,a=a=2Cb=3D2C,");
        assert_eq!(header("n", None), "n,,");
    }

    #[test]
    fn err_a_name_that_cannot_be_sent() {
        assert!(saslname("user name", "").is_err());
        assert!(saslname("user name", "a\0b").is_err());
    }
}
