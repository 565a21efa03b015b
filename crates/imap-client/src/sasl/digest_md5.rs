//! DIGEST-MD5: RFC 2831, given up by RFC 6331.

use std::{fmt, mem};

use md5::{Digest as _, Md5};
use zeroize::Zeroizing;

use super::mutual::{Step, checked_nonce, random_nonce};
use super::{Mechanism, MechanismError, MechanismName, Secret, checked, hex, no_more};

/// `DIGEST-MD5`: both sides prove by MD5 that they know the password, and neither tells it.
///
/// ```text
/// S: realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8
/// C: username="chris",realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",cnonce="OA6MHXh6VqTrRk",
///    digest-uri="imap/elwood.innosoft.com",nc=00000001,qop=auth,charset=utf-8,
///    response=d388dad90d4bbd760a152321f2143af7
/// S: rspauth=ea40f60335c427b5527b84dbabcdfffd
/// ```
///
/// It is for servers that have nothing better, and on request only: [`Choice`](super::Choice) leaves it
/// out, since RFC 6331 has given it up, and a right password may fail by it where client and server do
/// not mean the same realm. Names and passwords are taken as they are.
///
/// [RFC 2831 section 2.1](https://www.rfc-editor.org/rfc/rfc2831#section-2.1),
/// [RFC 6331](https://www.rfc-editor.org/rfc/rfc6331)
pub struct DigestMd5 {
    user: String,
    password: Zeroizing<String>,
    host: String,
    realm: Option<String>,
    authzid: Option<String>,
    nonce: String,
    step: Step,
}

impl DigestMd5 {
    /// Logs in a user on this host, by a nonce of the system's random numbers.
    ///
    /// The realm is the first one that the server offers, or else the host.
    ///
    /// # Errors
    ///
    /// If the name of the user or of the host is empty or has control characters, or if there are no
    /// random numbers.
    pub fn new(user: &str, password: &str, host: &str) -> Result<Self, MechanismError> {
        Ok(Self {
            user: name("user name", user)?,
            password: Zeroizing::new(password.to_owned()),
            host: name("host", host)?,
            realm: None,
            authzid: None,
            nonce: random_nonce()?,
            step: Step::Start,
        })
    }

    /// Says in which realm the server is to look for the user.
    ///
    /// # Errors
    ///
    /// If the realm has control characters.
    pub fn with_realm(mut self, realm: &str) -> Result<Self, MechanismError> {
        self.realm = Some(without_controls("realm", realm)?);
        Ok(self)
    }

    /// Asks to act as another user.
    ///
    /// # Errors
    ///
    /// If the name is empty or has control characters.
    pub fn with_authzid(mut self, authzid: &str) -> Result<Self, MechanismError> {
        self.authzid = Some(name("authorization identity", authzid)?);
        Ok(self)
    }

    /// Uses this nonce, which must never have been used before, instead of a random one.
    ///
    /// # Errors
    ///
    /// If the nonce is empty, or has anything but printable ASCII without comma.
    pub fn with_nonce(mut self, nonce: &str) -> Result<Self, MechanismError> {
        self.nonce = checked_nonce(nonce)?;
        Ok(self)
    }

    fn prove(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        let challenge = Challenge::parse(challenge)?;
        let charset = challenge.charset;
        let password = mem::take(&mut self.password);
        let user = charset.encode("user name", &self.user)?;
        let password = charset.encode("password", &password)?;
        let realm = match (&self.realm, challenge.realm) {
            (Some(realm), _) => charset.encode("realm", realm)?,
            (None, Some(offered)) => Secret::from(offered),
            (None, None) => charset.encode("host", &self.host)?,
        };
        let [who, whence, what] = [&user, &realm, &password].map(|octets| charset.hashed(octets));
        let key = md5(&[who.as_bytes(), whence.as_bytes(), what.as_bytes()]);
        let uri = format!("imap/{}", self.host);
        let sign = |method| self.sign(&key, &challenge.nonce, method, &uri);
        let (proof, signature) = (sign(b"AUTHENTICATE"), sign(b""));

        let mut response = Vec::new();
        push_quoted(&mut response, "username", user.as_bytes());
        push_quoted(&mut response, "realm", realm.as_bytes());
        push_quoted(&mut response, "nonce", &challenge.nonce);
        push_quoted(&mut response, "cnonce", self.nonce.as_bytes());
        push_quoted(&mut response, "digest-uri", uri.as_bytes());
        if let Some(authzid) = &self.authzid {
            push_quoted(&mut response, "authzid", authzid.as_bytes());
        }
        if charset == Charset::Utf8 {
            response.extend_from_slice(b"charset=utf-8,");
        }
        response.extend([b"nc=", COUNT, b",qop=", PROTECTION, b",response="].concat());
        response.extend_from_slice(proof.as_bytes());
        self.step = Step::Proved(signature);
        Ok(Secret::from(response))
    }

    /// What the side whose method this is shows of its knowledge of the password: `response-value`.
    ///
    /// [RFC 2831 section 2.1.2.1](https://www.rfc-editor.org/rfc/rfc2831#section-2.1.2.1)
    fn sign(&self, key: &Secret, nonce: &[u8], method: &[u8], uri: &str) -> Secret {
        let own_nonce = self.nonce.as_bytes();
        let mut session = vec![key.as_bytes(), nonce, own_nonce];
        session.extend(self.authzid.as_ref().map(String::as_bytes));
        let session = hex(md5(&session).as_bytes());
        let action = hex(md5(&[method, uri.as_bytes()]).as_bytes());
        let (session, action) = (session.as_bytes(), action.as_bytes());
        let all = md5(&[session, nonce, COUNT, own_nonce, PROTECTION, action]);
        hex(all.as_bytes())
    }

    /// ```abnf
    /// response-auth = "rspauth" "=" response-value
    /// ```
    fn verify(&mut self, message: &[u8], signature: &Secret) -> Result<Secret, MechanismError> {
        let directives = Directives::parse(message)?;
        let said = directives
            .single("rspauth")?
            .ok_or(MechanismError::Challenge("a signature"))?;
        self.step = Step::verify(said, signature)?;
        Ok(Secret::default())
    }
}

impl Mechanism for DigestMd5 {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::DigestMd5
    }

    fn reveals_secret(&self) -> bool {
        false
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        match mem::replace(&mut self.step, Step::Broken) {
            Step::Start => self.prove(challenge),
            Step::Proved(signature) => self.verify(challenge, &signature),
            Step::Verified | Step::Broken => no_more(),
        }
    }

    fn finish(&mut self) -> Result<(), MechanismError> {
        self.step.finish()
    }
}

impl fmt::Debug for DigestMd5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DigestMd5")
            .field("user", &self.user)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// What the server says first.
struct Challenge {
    /// The first one that is offered.
    realm: Option<Vec<u8>>,
    nonce: Vec<u8>,
    charset: Charset,
}

impl Challenge {
    /// ```abnf
    /// digest-challenge = 1#( realm | nonce | qop-options | stale | server_maxbuf | charset |
    ///                        algorithm | cipher-opts | auth-param )
    /// ```
    ///
    /// What is about encryption by the mechanism does not matter, since it is not asked for.
    fn parse(message: &[u8]) -> Result<Self, MechanismError> {
        let directives = Directives::parse(message)?;
        let is = |value: &[u8], wanted: &str| value.eq_ignore_ascii_case(wanted.as_bytes());
        let nonce = directives.single("nonce")?;
        let nonce = nonce.filter(|nonce| !nonce.is_empty());
        let algorithm = directives.single("algorithm")?;
        if !algorithm.is_some_and(|algorithm| is(algorithm, "md5-sess")) {
            return Err(MechanismError::Challenge("the algorithm md5-sess"));
        }
        let protection = directives.single("qop")?.unwrap_or(PROTECTION);
        let mut protections = protection.split(|octet| *octet == b',');
        if !protections.any(|one| is(one.trim_ascii(), "auth")) {
            return Err(MechanismError::Challenge("the protection auth"));
        }
        let charset = match directives.single("charset")? {
            None => Charset::Latin1,
            Some(charset) if is(charset, "utf-8") => Charset::Utf8,
            Some(_) => return Err(MechanismError::Challenge("the charset utf-8")),
        };
        Ok(Self {
            realm: directives.all("realm").next().map(<[u8]>::to_vec),
            nonce: nonce.ok_or(MechanismError::Challenge("a nonce"))?.to_vec(),
            charset,
        })
    }
}

/// How texts are sent.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Charset {
    /// ISO 8859-1.
    Latin1,
    Utf8,
}

impl Charset {
    fn encode(self, name: &'static str, text: &str) -> Result<Secret, MechanismError> {
        match self {
            Self::Latin1 => latin1(text).ok_or(MechanismError::Argument {
                name,
                reason: "is not ISO 8859-1, and the server knows nothing else",
            }),
            Self::Utf8 => Ok(Secret::from(text)),
        }
    }

    /// RFC 2831 2.1.2.1: what is ISO 8859-1 is hashed as such, however it is sent.
    fn hashed(self, octets: &Secret) -> Secret {
        let text = match self {
            Self::Latin1 => None,
            Self::Utf8 => str::from_utf8(octets.as_bytes()).ok(),
        };
        text.and_then(latin1).unwrap_or_else(|| octets.clone())
    }
}

/// The text in ISO 8859-1, if it has no other characters.
fn latin1(text: &str) -> Option<Secret> {
    // In one allocation, so that no copy of a part is left behind.
    let mut octets = Zeroizing::new(Vec::with_capacity(text.len()));
    for character in text.chars() {
        octets.push(u8::try_from(character).ok()?);
    }
    Some(Secret::from(mem::take(&mut *octets)))
}

/// A name and its value, without quotes.
type Directive<'a> = (&'a [u8], Vec<u8>);

/// What a message consists of.
struct Directives<'a>(Vec<Directive<'a>>);

impl<'a> Directives<'a> {
    /// ```abnf
    /// 1#( auth-param )
    /// auth-param    = token "=" ( token | quoted-string )
    /// #element      = [element] *( *LWS "," *LWS [element] )
    /// ```
    fn parse(message: &'a [u8]) -> Result<Self, MechanismError> {
        let malformed = || MechanismError::Challenge("a list of directives");
        let mut directives = Vec::new();
        let mut rest = message;
        loop {
            rest = rest.trim_ascii_start();
            if let Some(behind) = rest.strip_prefix(b",") {
                rest = behind;
            } else if rest.is_empty() {
                return Ok(Self(directives));
            } else {
                let (directive, behind) = auth_param(rest).ok_or_else(malformed)?;
                directives.push(directive);
                rest = behind.trim_ascii_start();
                if !rest.is_empty() && !rest.starts_with(b",") {
                    return Err(malformed());
                }
            }
        }
    }

    /// The values of the directives of this name.
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let of_name = self
            .0
            .iter()
            .filter(move |(found, _)| found.eq_ignore_ascii_case(name.as_bytes()));
        of_name.map(|(_, value)| value.as_slice())
    }

    /// The value of a directive that must not be there twice.
    fn single(&self, name: &str) -> Result<Option<&[u8]>, MechanismError> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            _ => Err(MechanismError::Challenge("directives that are there once")),
        }
    }
}

/// ```abnf
/// auth-param    = token "=" ( token | quoted-string )
/// ```
fn auth_param(input: &[u8]) -> Option<(Directive<'_>, &[u8])> {
    let (name, rest) = token(input)?;
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let (value, rest) = match rest.strip_prefix(b"\"") {
        Some(quoted) => quoted_string(quoted)?,
        None => token(rest).map(|(value, rest)| (value.to_vec(), rest))?,
    };
    Some(((name, value), rest))
}

/// The value of a quoted string whose opening quote was read.
///
/// ```abnf
/// quoted-string = ( <"> qdstr-val <"> )
/// quoted-pair   = "\" CHAR
/// ```
fn quoted_string(input: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut value = Vec::new();
    let mut octets = input.iter();
    loop {
        value.push(match octets.next()? {
            b'"' => return Some((value, octets.as_slice())),
            b'\\' => *octets.next()?,
            octet => *octet,
        });
    }
}

/// ```abnf
/// token = 1*<any CHAR except CTLs or separators>
/// ```
fn token(input: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_in_token = |octet: &u8| octet.is_ascii_graphic() && !SEPARATORS.contains(octet);
    let end = input.iter().position(|octet| !is_in_token(octet));
    let (token, rest) = input.split_at(end.unwrap_or(input.len()));
    (!token.is_empty()).then_some((token, rest))
}

/// Appends a directive with a quoted value, and a comma.
fn push_quoted(response: &mut Vec<u8>, name: &str, value: &[u8]) {
    response.extend_from_slice(name.as_bytes());
    response.extend_from_slice(b"=\"");
    for octet in value {
        if matches!(octet, b'"' | b'\\') {
            response.push(b'\\');
        }
        response.push(*octet);
    }
    response.extend_from_slice(b"\",");
}

/// The hash of the parts with colons between them.
fn md5(parts: &[&[u8]]) -> Secret {
    let mut hash = Md5::new();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            hash.update(b":");
        }
        hash.update(part);
    }
    Secret::from(hash.finalize().as_slice())
}

/// A text that can be in quotes, and is not empty.
fn name(argument: &'static str, name: &str) -> Result<String, MechanismError> {
    checked(argument, name.as_bytes())?;
    without_controls(argument, name)
}

fn without_controls(argument: &'static str, text: &str) -> Result<String, MechanismError> {
    match text.contains(|c: char| c.is_ascii_control()) {
        false => Ok(text.to_owned()),
        true => Err(MechanismError::Argument {
            name: argument,
            reason: "has control characters",
        }),
    }
}

/// How often the nonce of the server was used.
const COUNT: &[u8] = b"00000001";

/// The quality of protection: authentication, and nothing for what follows.
const PROTECTION: &[u8] = b"auth";

const SEPARATORS: &[u8] = b"()<>@,;:\\\"/[]?={} \t";

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 2831 section 4.
    const CHALLENGE: &[u8] = br#"realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8"#;

    fn chris() -> DigestMd5 {
        let digest = DigestMd5::new("chris", "secret", "elwood.innosoft.com").unwrap();
        digest.with_nonce("OA6MHXh6VqTrRk").unwrap()
    }

    fn digest(user: &str, password: &str) -> DigestMd5 {
        let digest = DigestMd5::new(user, password, "h").unwrap();
        digest.with_nonce("c").unwrap()
    }

    /// What is answered to this beside nonce and algorithm, in ISO 8859-1 or UTF-8, and the signature
    /// that is expected then.
    fn answer(mut digest: DigestMd5, more: &str) -> (Vec<u8>, Vec<u8>) {
        let challenge = format!(r#"nonce="n",algorithm=md5-sess{more}"#);
        let response = digest.respond(challenge.as_bytes()).unwrap();
        let Step::Proved(signature) = digest.step else {
            panic!("not proved")
        };
        let [response, signature] = [response, signature].map(|s| s.as_bytes().to_vec());
        (response, signature)
    }

    #[test]
    fn ok_exchange_of_the_rfc() {
        let mut digest = chris();
        assert!(digest.initial_response().is_none());
        let response = digest.respond(CHALLENGE).unwrap();
        assert_eq!(
            str::from_utf8(response.as_bytes()).unwrap(),
            concat!(
                r#"username="chris",realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh","#,
                r#"cnonce="OA6MHXh6VqTrRk",digest-uri="imap/elwood.innosoft.com",charset=utf-8,"#,
                "nc=00000001,qop=auth,response=d388dad90d4bbd760a152321f2143af7",
            )
        );
        assert_eq!(digest.finish(), Err(MechanismError::Unfinished));
        let last = digest.respond(b"rspauth=ea40f60335c427b5527b84dbabcdfffd");
        assert_eq!(last.unwrap().as_bytes(), b"");
        assert_eq!(digest.finish(), Ok(()));
        assert!(digest.respond(b"").is_err());
    }

    #[test]
    fn err_server_that_does_not_prove_the_password() {
        let once = MechanismError::Challenge("directives that are there once");
        for (message, error) in [
            (
                "rspauth=ea40f60335c427b5527b84dbabcdfffe",
                MechanismError::ServerSignature,
            ),
            (
                "rspauth=ea40f60335c427b5527b84dbabcdfff",
                MechanismError::ServerSignature,
            ),
            ("rspauth=\"\"", MechanismError::ServerSignature),
            ("", MechanismError::Challenge("a signature")),
            ("stale=true", MechanismError::Challenge("a signature")),
            (
                "rspauth=",
                MechanismError::Challenge("a list of directives"),
            ),
            ("rspauth=ea40f60335c427b5527b84dbabcdfffd,rspauth=x", once),
        ] {
            let mut digest = chris();
            digest.respond(CHALLENGE).unwrap();
            let said = digest.respond(message.as_bytes());
            assert_eq!(said.unwrap_err(), error, "{message}");
            assert_eq!(digest.finish(), Err(MechanismError::Unfinished));
            assert!(digest.respond(message.as_bytes()).is_err());
        }
    }

    /// Computed with Python's `hashlib`.
    #[test]
    fn ok_realm_of_the_program_then_of_the_server_then_the_host() {
        let of_the_host = (
            r#"realm="h""#,
            "a0a15e997c321d716ad00d00ab942161",
            "8500baa9167cb228fd8779ddbe118852",
        );
        let empty = (
            r#"realm="""#,
            "0d8589de6682495301831223031e26a3",
            "a06dd41031edfc1e636052e2269b7f3d",
        );
        let own = digest("ann", "pw").with_realm("h").unwrap();
        for (digest, offered, (realm, response, signature)) in [
            (digest("ann", "pw"), "", of_the_host),
            (digest("ann", "pw"), r#",realm="",realm="x""#, empty),
            (own, r#",realm="",realm="h""#, of_the_host),
        ] {
            let (said, expected) = answer(digest, offered);
            let said = String::from_utf8(said).unwrap();
            assert!(said.contains(realm), "{said}");
            assert!(said.ends_with(&format!("response={response}")), "{said}");
            assert!(!said.contains("charset"), "{said}");
            assert_eq!(expected, signature.as_bytes());
        }
    }

    /// Computed with Python's `hashlib`: what is sent differs, and what is hashed does not.
    #[test]
    fn ok_iso_8859_1_is_hashed_however_it_is_sent() {
        let hash = b"response=23ee05d9eb35ba2e6386d26738c06a09";
        let juergen = || {
            let digest = digest("j\u{fc}rgen", "p\u{e4}ss");
            digest.with_realm("k\u{f6}ln").unwrap()
        };
        for (charset, start) in [
            ("", &b"username=\"j\xfcrgen\",realm=\"k\xf6ln\","[..]),
            (
                ",charset=utf-8",
                "username=\"j\u{fc}rgen\",realm=\"k\u{f6}ln\",".as_bytes(),
            ),
        ] {
            let (said, signature) = answer(juergen(), charset);
            assert!(said.starts_with(start), "{}", said.escape_ascii());
            assert!(said.ends_with(hash), "{}", said.escape_ascii());
            assert_eq!(signature, b"ed8a92c5ae157822f0ba3220f661a548");
        }
    }

    /// Computed with Python's `hashlib`: the name is ISO 8859-1, and the password is not.
    #[test]
    fn ok_other_characters_where_the_server_knows_utf_8() {
        let digest = || digest("j\u{fc}rgen", "\u{4ed5}");
        let (said, signature) = answer(digest(), ",charset=utf-8");
        assert!(said.ends_with(b"response=6ff878e692ee67e326feb0d5a72de9f7"));
        assert_eq!(signature, b"7874848a693e0e7ce113fe92fd7412e4");
        let refused = digest().respond(br#"nonce="n",algorithm=md5-sess"#);
        let is_argument = |error| matches!(error, MechanismError::Argument { .. });
        assert!(refused.is_err_and(is_argument));
    }

    /// Computed with Python's `hashlib`: quotes and backslashes are hashed without what protects them.
    #[test]
    fn ok_quotes_and_another_identity() {
        let mut digest = digest("a\"b\\c", "pw").with_authzid("\u{f6}").unwrap();
        let challenge = br#"nonce="n\"",realm="r\"\\\x",algorithm=md5-sess"#;
        let said = digest.respond(challenge).unwrap();
        assert_eq!(
            str::from_utf8(said.as_bytes()).unwrap(),
            concat!(
                r#"username="a\"b\\c",realm="r\"\\x",nonce="n\"",cnonce="c",digest-uri="imap/h","#,
                "authzid=\"\u{f6}\",nc=00000001,qop=auth,",
                "response=1d6bb1625a2ea47015654d0914d74d40",
            )
        );
        digest
            .respond(b"rspauth=9979dc9338e6a245545675e112e69235")
            .unwrap();
    }

    #[test]
    fn ok_challenges_as_they_come() {
        for challenge in [
            r#"nonce="n",algorithm=md5-sess"#,
            r#"algorithm=md5-sess,nonce=n"#,
            ",, NONCE = \"n\" ,\r\n\tAlgorithm = \"MD5-SESS\" , ,",
            r#"nonce="n",qop="auth-int, auth",cipher="rc4,des",maxbuf=65536,algorithm=md5-sess"#,
            r#"nonce="n",qop=auth,stale=true,stale=true,algorithm=md5-sess,x-new="a\"b,c=d""#,
        ] {
            let said = digest("ann", "pw").respond(challenge.as_bytes()).unwrap();
            let hash = b"response=a0a15e997c321d716ad00d00ab942161";
            assert!(said.as_bytes().ends_with(hash), "{challenge}");
        }
    }

    #[test]
    fn err_says_what_was_expected() {
        let (list, once) = ("a list of directives", "directives that are there once");
        for (challenge, expected) in [
            ("", "the algorithm md5-sess"),
            (r#"nonce="n""#, "the algorithm md5-sess"),
            (r#"nonce="n",algorithm=md5"#, "the algorithm md5-sess"),
            (r#"algorithm=md5-sess"#, "a nonce"),
            (r#"algorithm=md5-sess,nonce="""#, "a nonce"),
            (r#"algorithm=md5-sess,nonce="n",nonce="n""#, once),
            (r#"algorithm=md5-sess,algorithm=md5-sess,nonce="n""#, once),
            (
                r#"algorithm=md5-sess,nonce="n",qop="""#,
                "the protection auth",
            ),
            (
                r#"algorithm=md5-sess,nonce="n",qop="auth-int,auth-conf""#,
                "the protection auth",
            ),
            (
                r#"algorithm=md5-sess,nonce="n",qop="auth",qop="auth""#,
                once,
            ),
            (
                r#"algorithm=md5-sess,nonce="n",charset=utf-16"#,
                "the charset utf-8",
            ),
            (
                r#"algorithm=md5-sess,nonce="n",charset=utf-8,charset=utf-8"#,
                once,
            ),
            (r#"algorithm=md5-sess,nonce="n"#, list),
            (r#"algorithm=md5-sess,nonce="n\"#, list),
            (r#"algorithm=md5-sess,nonce="n"x"#, list),
            (r#"algorithm=md5-sess nonce="n""#, list),
            (r#"algorithm=md5-sess,nonce"#, list),
            (r#"algorithm=md5-sess,nonce="#, list),
            (r#"algorithm=md5-sess,="n""#, list),
            ("\0", list),
            ("\u{fc}=x", list),
        ] {
            let error = digest("ann", "pw").respond(challenge.as_bytes());
            let expected = MechanismError::Challenge(expected);
            assert_eq!(error.unwrap_err(), expected, "{challenge}");
        }
    }

    #[test]
    fn err_what_cannot_be_in_quotes() {
        for text in ["", "a\0b", "a\r\nb"] {
            assert!(DigestMd5::new(text, "pw", "h").is_err());
            assert!(DigestMd5::new("ann", "pw", text).is_err());
            assert!(chris().with_authzid(text).is_err());
        }
        assert!(chris().with_realm("a\r\nb").is_err());
        assert!(chris().with_nonce("a,b").is_err());
    }
}
