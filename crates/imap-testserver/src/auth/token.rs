//! OAUTHBEARER and XOAUTH2: bearer tokens of OAuth 2.0.
//!
//! [RFC 7628](https://www.rfc-editor.org/rfc/rfc7628)

use std::mem;

use super::{Context, Exchange, Step, acting_as};

/// How the token is sent.
#[derive(Clone, Copy)]
pub(super) enum Form {
    OAuthBearer,
    XOAuth2,
}

pub(super) struct Bearer {
    form: Form,
    /// Whether the client was told that its token is not valid.
    told: bool,
}

impl Bearer {
    pub(super) const fn new(form: Form) -> Self {
        Self { form, told: false }
    }
}

impl Exchange for Bearer {
    /// A client that sent a token that is not valid is told why, has to say that it has read it, and
    /// is refused.
    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step {
        if mem::replace(&mut self.told, true) {
            return Step::Denied;
        }
        let Some((name, token)) = self.form.read(response) else {
            return Step::Malformed;
        };
        match context.policy.user_of(token) {
            Some(user) => acting_as(user, &name),
            None => Step::Challenge(self.form.failure().to_vec()),
        }
    }
}

impl Form {
    /// The name, which may be empty, and the token.
    ///
    /// ```abnf
    /// client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
    /// kvpair      = key "=" value kvsep
    /// ```
    fn read(self, response: &[u8]) -> Option<(String, &[u8])> {
        let fields = response.strip_suffix(b"\x01\x01")?;
        let mut fields = fields.split(|b| *b == 1);
        let first = std::str::from_utf8(fields.next()?).ok()?;
        let name = match self {
            Self::OAuthBearer => {
                let (flag, name) = first.strip_suffix(',')?.split_once(',')?;
                if !matches!(flag, "n" | "y") {
                    return None;
                }
                name.strip_prefix("a=")
                    .or_else(|| name.is_empty().then_some(""))?
            }
            Self::XOAuth2 => first.strip_prefix("user=")?,
        };
        let token = fields.find_map(|field| field.strip_prefix(b"auth="))?;
        let token = token.strip_prefix(b"Bearer ").unwrap_or_default();
        Some((name.replace("=2C", ",").replace("=3D", "="), token))
    }

    /// Why a token is refused, in JSON.
    const fn failure(self) -> &'static [u8] {
        match self {
            Self::OAuthBearer => br#"{"status":"invalid_token","scope":"mail"}"#,
            Self::XOAuth2 => br#"{"status":"401","schemes":"bearer","scope":"mail"}"#,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::respond;
    use super::*;

    #[test]
    fn ok_and_err_responses() {
        let done = || Step::Done("ann".to_owned());
        for (form, response, step) in [
            (
                Form::OAuthBearer,
                "n,a=ann,\x01host=h\x01port=1\x01auth=Bearer t0ken\x01\x01",
                done(),
            ),
            (
                Form::OAuthBearer,
                "n,,\x01auth=Bearer t0ken\x01\x01",
                done(),
            ),
            (
                Form::OAuthBearer,
                "n,a=bob,\x01auth=Bearer t0ken\x01\x01",
                Step::NotForOther,
            ),
            (Form::OAuthBearer, "\x01", Step::Malformed),
            (
                Form::OAuthBearer,
                "p=x,,\x01auth=Bearer t0ken\x01\x01",
                Step::Malformed,
            ),
            (
                Form::XOAuth2,
                "user=ann\x01auth=Bearer t0ken\x01\x01",
                done(),
            ),
            (
                Form::XOAuth2,
                "user=bob\x01auth=Bearer t0ken\x01\x01",
                Step::NotForOther,
            ),
            (
                Form::XOAuth2,
                "user=ann\x01auth=Bearer t0ken",
                Step::Malformed,
            ),
        ] {
            let step_of = respond(&mut Bearer::new(form), response.as_bytes());
            assert_eq!(step_of, step, "{response:?}");
        }
    }

    #[test]
    fn err_token_is_told_of_before_it_is_refused() {
        let mut bearer = Bearer::new(Form::OAuthBearer);
        let told = respond(&mut bearer, b"n,,\x01auth=Bearer old\x01\x01");
        assert_eq!(told, Step::Challenge(Form::OAuthBearer.failure().to_vec()));
        assert_eq!(respond(&mut bearer, b"\x01"), Step::Denied);
    }
}
