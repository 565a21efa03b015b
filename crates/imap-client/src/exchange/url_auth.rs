//! GENURLAUTH, RESETKEY and URLFETCH.

use bytes::Bytes;
use imap_proto::command::{GenUrlAuth, ResetKey, UrlFetch};
use imap_proto::response::{StatusResponse, UrlContents, UrlData, UrlMechanismData};
use imap_proto::{Code, Parsed, Response};

use super::{Absorbed, Answer, Data, Rules, ValueAnswer};
use crate::error::Error;
use crate::state::State;

exchange!(
    GenUrlAuth<'_> => ValueAnswer<Vec<String>>,
    Rules::authenticated("GENURLAUTH").answered_by(Data::GEN_URL_AUTH),
    |_| {
        ValueAnswer::new("GENURLAUTH", |response| match response {
            Response::GenUrlAuth(urls) => Some(urls.iter().map(ToString::to_string).collect()),
            _ => None,
        })
    }
);

exchange!(ResetKey<'_> => ResetKeyAnswer, Rules::authenticated("RESETKEY"), |_| ResetKeyAnswer);

exchange!(
    UrlFetch<'_> => UrlFetchAnswer,
    Rules::authenticated("URLFETCH").answered_by(Data::URL_FETCH),
    |_| UrlFetchAnswer::default()
);

/// The answer to `RESETKEY`.
#[derive(Debug)]
pub struct ResetKeyAnswer;

impl Answer for ResetKeyAnswer {
    type Output = Vec<UrlAuthMechanism>;

    fn finish(
        self,
        status: &StatusResponse<'_>,
        _: &mut State,
    ) -> Result<Vec<UrlAuthMechanism>, Error> {
        let Some(Code::UrlMech(mechanisms)) = status.code else {
            return Ok(Vec::new());
        };
        Ok(mechanisms.iter().map(UrlAuthMechanism::new).collect())
    }
}

/// A mechanism beside `INTERNAL` that makes and checks the authorization of URLs.
///
/// `S: a1 OK [URLMECH INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==] done` tells one with data.
///
/// [RFC 4467 section 7](https://www.rfc-editor.org/rfc/rfc4467#section-7)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UrlAuthMechanism {
    /// The name.
    pub name: String,
    /// Data that a client needs for it, such as a public key, in base64.
    pub data: Option<String>,
}

impl UrlAuthMechanism {
    fn new(told: &UrlMechanismData<'_>) -> Self {
        Self {
            name: told.mechanism.as_str().into(),
            data: told.data.map(|data| data.as_str().into()),
        }
    }
}

/// Collects the answer to `URLFETCH`.
#[derive(Debug, Default)]
pub struct UrlFetchAnswer(FetchedUrls);

impl Answer for UrlFetchAnswer {
    type Output = FetchedUrls;

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        if !matches!(response, Response::UrlFetch(_)) {
            return Absorbed::Not;
        }
        match state.read(frame) {
            Ok(response) => self.0.0.push(response),
            Err(_) => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<FetchedUrls, Error> {
        Ok(self.0)
    }
}

/// What URLs stand for.
///
/// `S: * URLFETCH "imap://joe@example.com/INBOX/;uid=20/;section=1.2" "Si vis pacem"` tells it of one.
///
/// [RFC 4467 section 6.4](https://www.rfc-editor.org/rfc/rfc4467#section-6.4)
#[derive(Debug, Default, Eq, PartialEq)]
pub struct FetchedUrls(Vec<Parsed>);

impl FetchedUrls {
    /// The URLs in the order of the wire, with their data.
    pub fn iter(&self) -> impl Iterator<Item = &UrlContents<'_>> {
        self.0
            .iter()
            .flat_map(|response| match response.response() {
                Response::UrlFetch(urls) => urls,
                _ => &[],
            })
    }

    /// What a URL stands for; nothing if the server did not tell.
    pub fn get(&self, url: &str) -> Option<UrlData<'_>> {
        let mut urls = self.iter();
        urls.find(|told| told.url == url).map(|told| told.data)
    }
}
