//! Logging in by each mechanism of SASL that a server offers.

use std::fs;
use std::process::Command;

use imap_client::sasl::{
    Anonymous, Callback, ChannelBinding, ChannelBindingKind, CramMd5, Credentials, DigestMd5,
    External, Login, Mechanism, MechanismError, OAuthBearer, Plain, Scram, ScramHash, XOAuth2,
};
use imap_client::{ConnectionState, Error, LogInOptions};
use imap_interop::{Server, User};
use imap_proto::{Capability, Code, Mechanism as MechanismName};

use tempfile::NamedTempFile;

use crate::capabilities;

use super::{Client, Scene, assert_refused, connect, connect_starttls, connect_tls, log_in};

scenarios! {
    ok_plain: needs ["AUTH=PLAIN", "SASL-IR"], proves ["AUTHENTICATE PLAIN"];
    ok_plain_with_awkward_letters: needs ["AUTH=PLAIN"], proves ["AUTHENTICATE PLAIN"];
    ok_plain_for_somebody_else: needs ["AUTH=PLAIN"], proves ["AUTHENTICATE PLAIN"];
    ok_login: needs ["AUTH=LOGIN"], proves ["AUTHENTICATE LOGIN"];
    ok_cram_md5: needs ["AUTH=CRAM-MD5"], proves ["AUTHENTICATE CRAM-MD5"];
    ok_digest_md5: needs ["AUTH=DIGEST-MD5"], proves ["AUTHENTICATE DIGEST-MD5"];
    ok_scram_sha_1: needs ["AUTH=SCRAM-SHA-1"], proves ["AUTHENTICATE SCRAM-SHA-1"];
    ok_scram_sha_256: needs ["AUTH=SCRAM-SHA-256"], proves ["AUTHENTICATE SCRAM-SHA-256"];
    ok_external: needs ["AUTH=EXTERNAL"], proves [];
    ok_anonymous: needs ["AUTH=ANONYMOUS"], proves ["AUTHENTICATE ANONYMOUS"];
    ok_oauth_bearer: needs ["AUTH=OAUTHBEARER"], proves ["AUTHENTICATE OAUTHBEARER"];
    ok_xoauth2: needs ["AUTH=XOAUTH2"], proves ["AUTHENTICATE XOAUTH2"];
    ok_mechanism_of_the_program: needs ["AUTH=LOGIN"], proves ["AUTHENTICATE LOGIN"];
    ok_the_strongest_is_chosen: needs ["AUTH=SCRAM-SHA-256"],
        proves ["AUTHENTICATE SCRAM-SHA-256"];
    ok_the_strongest_is_chosen_over_tls: needs ["AUTH=SCRAM-SHA-256"], proves [];
    ok_the_strongest_is_chosen_for_tokens: needs ["AUTH=OAUTHBEARER"],
        proves ["AUTHENTICATE OAUTHBEARER"];
    err_wrong_passwords: needs ["AUTH=SCRAM-SHA-256", "AUTH=CRAM-MD5", "AUTH=PLAIN", "AUTH=LOGIN"],
        proves ["LOGIN"];
    err_expired_token: needs ["AUTH=OAUTHBEARER", "AUTH=XOAUTH2"], proves ["LOGIN"];
    err_token_of_somebody_else: needs ["AUTH=OAUTHBEARER"], proves [];
    err_unknown_mechanism: needs ["IMAP4rev1"], proves ["LOGIN"];
    err_cancelled: needs ["AUTH=LOGIN"], proves ["LOGIN"];
    ok_channel_binding: needs ["AUTH=SCRAM-SHA-1-PLUS", "AUTH=SCRAM-SHA-256-PLUS"], proves [];
    err_channel_binding_of_another_connection: needs ["AUTH=SCRAM-SHA-256-PLUS"], proves [];
    err_channel_binding_required: needs ["AUTH=SCRAM-SHA-256"], proves [];
}

/// Logs in without TLS, after STARTTLS, and over TLS from the start.
async fn log_in_by<M: Mechanism + 'static>(
    scene: &Scene,
    mechanism: impl Fn() -> Result<M, MechanismError>,
) {
    for mut client in [
        connect(scene).await,
        connect_starttls(scene).await,
        connect_tls(scene, &scene.config()).await,
    ] {
        wait!(client.authenticate(mechanism().unwrap())).unwrap();
        let state = client.state();
        assert_eq!(state.connection(), ConnectionState::Authenticated);
        assert!(state.has(Capability::UidPlus));
        wait!(client.select("INBOX")).unwrap();
    }
}

/// What is left after a refusal: a session in which the user can log in.
async fn assert_goes_on(client: &mut Client, user: &User) {
    wait!(client.login(user.name(), user.password())).unwrap();
}

async fn ok_plain(scene: &Scene) {
    let user = scene.user("plain");
    log_in_by(scene, || Plain::new(user.name(), user.password())).await;
}

async fn ok_plain_with_awkward_letters(scene: &Scene) {
    let user = scene.instance().awkward_user();
    log_in_by(scene, || Plain::new(user.name(), user.password())).await;
}

async fn ok_plain_for_somebody_else(scene: &Scene) {
    let (user, admin) = (scene.user("acted"), scene.instance().admin());
    let mechanism = || Plain::acting_as(user.name(), admin.name(), admin.password());
    let mut client = connect(scene).await;
    let done = wait!(client.authenticate(mechanism().unwrap()));
    if scene.server() == Server::InMemory {
        // Nobody may act for others there.
        let error = done.unwrap_err();
        assert!(error.refusal().is_some(), "{error:?}");
        let admin = Plain::new(admin.name(), admin.password());
        return wait!(client.authenticate(admin.unwrap())).unwrap();
    }
    done.unwrap();
    wait!(client.create("theirs")).unwrap();
    let mut client = log_in(scene, &user).await;
    wait!(client.select("theirs")).unwrap();
}

async fn ok_login(scene: &Scene) {
    let user = scene.user("login");
    log_in_by(scene, || Login::new(user.name(), user.password())).await;
}

async fn ok_cram_md5(scene: &Scene) {
    let user = scene.user("cram");
    log_in_by(scene, || CramMd5::new(user.name(), user.password())).await;
}

async fn ok_digest_md5(scene: &Scene) {
    let user = scene.user("digest");
    log_in_by(scene, || {
        DigestMd5::new(user.name(), user.password(), "localhost")
    })
    .await;
}

async fn ok_scram_sha_1(scene: &Scene) {
    let user = scene.user("scram");
    let hash = ScramHash::Sha1;
    log_in_by(scene, || Scram::new(hash, user.name(), user.password())).await;
}

async fn ok_scram_sha_256(scene: &Scene) {
    let user = scene.user("scram");
    let hash = ScramHash::Sha256;
    log_in_by(scene, || Scram::new(hash, user.name(), user.password())).await;
}

async fn ok_external(scene: &Scene) {
    let user = scene.user("external");
    let config = scene.config_with_certificate(&user);
    let mut client = connect_tls(scene, &config).await;
    assert!(
        client
            .state()
            .has(Capability::Auth(MechanismName::External))
    );
    wait!(client.authenticate(External::new())).unwrap();
    wait!(client.create("mine")).unwrap();
    let mut client = connect_tls(scene, &config).await;
    let credentials = Credentials::external();
    wait!(client.log_in(&credentials, LogInOptions::default())).unwrap();
    let mut client = log_in(scene, &user).await;
    wait!(client.select("mine")).unwrap();
}

async fn ok_anonymous(scene: &Scene) {
    log_in_by(scene, || Anonymous::with_trace("ann@example.org")).await;
}

async fn ok_oauth_bearer(scene: &Scene) {
    let user = scene.user("token");
    let token = scene.instance().bearer_token(&user);
    log_in_by(scene, || {
        OAuthBearer::new(&token)?
            .with_user(user.name())?
            .with_server("localhost", 143)
    })
    .await;
}

async fn ok_xoauth2(scene: &Scene) {
    let user = scene.user("token");
    let token = scene.instance().bearer_token(&user);
    log_in_by(scene, || XOAuth2::new(user.name(), &token)).await;
}

async fn ok_mechanism_of_the_program(scene: &Scene) {
    let user = scene.user("callback");
    log_in_by(scene, || {
        let user = user.clone();
        let mut asked = 0;
        Callback::new("LOGIN", move |_: &[u8]| {
            asked += 1;
            match asked {
                1 => Some(user.name().as_bytes().into()),
                2 => Some(user.password().as_bytes().into()),
                _ => None,
            }
        })
    })
    .await;
}

async fn ok_the_strongest_is_chosen(scene: &Scene) {
    let user = scene.user("strongest");
    let credentials = Credentials::password(user.name(), user.password());
    let mut client = connect(scene).await;
    wait!(client.log_in(&credentials, LogInOptions::default())).unwrap();
}

async fn ok_the_strongest_is_chosen_over_tls(scene: &Scene) {
    let user = scene.user("strongest");
    let credentials = Credentials::password(user.name(), user.password());
    for mut client in [
        connect_starttls(scene).await,
        connect_tls(scene, &scene.config()).await,
    ] {
        // Cyrus offers channel binding, yet not for a kind that rustls can give: it goes on without.
        wait!(client.log_in(&credentials, LogInOptions::default())).unwrap();
        wait!(client.select("INBOX")).unwrap();
    }
}

async fn ok_the_strongest_is_chosen_for_tokens(scene: &Scene) {
    let user = scene.user("token");
    let token = scene.instance().bearer_token(&user);
    let credentials = Credentials::token(user.name(), &token).with_server("localhost", 143);
    let mut client = connect(scene).await;
    let error = wait!(client.log_in(&credentials, LogInOptions::default())).unwrap_err();
    let needs_encryption = matches!(error, Error::Mechanism(MechanismError::NeedsEncryption));
    assert!(needs_encryption, "{error:?}");
    let mut options = LogInOptions::default();
    options.allow_plaintext = true;
    wait!(client.log_in(&credentials, options)).unwrap();
}

async fn err_wrong_passwords(scene: &Scene) {
    let user = scene.user("wrong");
    let (name, password) = (user.name(), "nonsense");
    let scram = Scram::new(ScramHash::Sha256, name, password);
    let digest = DigestMd5::new(name, password, "localhost");
    let mechanisms: [Box<dyn Mechanism>; 5] = [
        Box::new(scram.unwrap()),
        Box::new(digest.unwrap()),
        Box::new(CramMd5::new(name, password).unwrap()),
        Box::new(Plain::new(name, password).unwrap()),
        Box::new(Login::new(name, password).unwrap()),
    ];
    let mut client = connect(scene).await;
    for mechanism in mechanisms {
        let capability = format!("AUTH={}", mechanism.name().as_str());
        if !capabilities::offers(scene.server(), &capability) {
            continue;
        }
        let error = wait!(client.authenticate(mechanism)).unwrap_err();
        assert!(!error.is_fatal(), "{capability}: {error:?}");
        let code = Code::AuthenticationFailed;
        assert_refused(scene, &error, code, "authentication failure");
    }
    let credentials = Credentials::password(name, password);
    let error = wait!(client.log_in(&credentials, LogInOptions::default())).unwrap_err();
    assert!(error.refusal().is_some(), "{error:?}");
    assert_goes_on(&mut client, &user).await;
}

async fn err_expired_token(scene: &Scene) {
    let user = scene.user("expired");
    let token = scene.instance().expired_bearer_token(&user);
    let mut client = connect(scene).await;
    let bearer = OAuthBearer::new(&token).unwrap().with_user(user.name());
    let xoauth2 = XOAuth2::new(user.name(), &token);
    let mechanisms: [Box<dyn Mechanism>; 2] =
        [Box::new(bearer.unwrap()), Box::new(xoauth2.unwrap())];
    for mechanism in mechanisms {
        match wait!(client.authenticate(mechanism)).unwrap_err() {
            Error::Authentication {
                error: MechanismError::Token(failure),
                ..
            } => assert!(failure.wants_new_token(), "{failure:?}"),
            other => panic!("{other:?}"),
        }
    }
    assert_goes_on(&mut client, &user).await;
}

async fn err_token_of_somebody_else(scene: &Scene) {
    let (user, other) = (scene.user("token"), scene.user("other"));
    let token = scene.instance().bearer_token(&user);
    let mut client = connect(scene).await;
    let bearer = OAuthBearer::new(&token).unwrap().with_user(other.name());
    let error = wait!(client.authenticate(bearer.unwrap())).unwrap_err();
    assert!(matches!(error, Error::Authentication { .. }), "{error:?}");
}

async fn err_unknown_mechanism(scene: &Scene) {
    let user = scene.user("unknown");
    let mut client = connect(scene).await;
    let mechanism = Callback::new("X-NONSENSE", |_: &[u8]| None).unwrap();
    let error = wait!(client.authenticate(mechanism)).unwrap_err();
    // The server was not asked for a password, and does not say that one was wrong.
    let Error::Refused(refusal) = error else {
        panic!("{error:?}")
    };
    assert_ne!(refusal.code(), Some(Code::AuthenticationFailed));
    assert_goes_on(&mut client, &user).await;
}

async fn err_cancelled(scene: &Scene) {
    let user = scene.user("cancelled");
    let mut client = connect(scene).await;
    let mechanism = Callback::new("LOGIN", |_: &[u8]| None).unwrap();
    let error = wait!(client.authenticate(mechanism)).unwrap_err();
    let Error::Authentication { error, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(error, MechanismError::Cancelled);
    assert_goes_on(&mut client, &user).await;
}

/// A client over a TLS that tells its `tls-unique`, which Cyrus wants and rustls does not tell.
async fn connect_by_tunnel(scene: &Scene) -> (Client, ChannelBinding) {
    let binding = NamedTempFile::new().unwrap();
    let mut tunnel = Command::new("python3");
    tunnel.args(["-c", include_str!("../tunnel.py")]);
    tunnel.arg(scene.instance().imaps_port().to_string());
    tunnel.arg(scene.instance().ca_pem()).arg(binding.path());
    let client = wait!(Client::spawn(tunnel, &scene.config())).unwrap();
    let binding = fs::read(binding.path()).unwrap();
    let binding = ChannelBinding::new(ChannelBindingKind::TlsUnique, &binding);
    (client, binding.unwrap())
}

async fn ok_channel_binding(scene: &Scene) {
    let user = scene.user("binding");
    if scene.server() == Server::InMemory {
        // It takes what rustls tells: `tls-exporter`.
        let credentials = Credentials::password(user.name(), user.password());
        let mut options = LogInOptions::default();
        options.require_channel_binding = true;
        let mut client = connect_tls(scene, &scene.config()).await;
        wait!(client.log_in(&credentials, options)).unwrap();
        wait!(client.select("INBOX")).unwrap();
        return;
    }
    for hash in [ScramHash::Sha1, ScramHash::Sha256] {
        let (mut client, binding) = connect_by_tunnel(scene).await;
        let scram = Scram::new(hash, user.name(), user.password()).unwrap();
        let scram = scram.with_channel_binding(binding);
        assert!(scram.name().as_str().ends_with("-PLUS"));
        wait!(client.authenticate(scram)).unwrap();
        wait!(client.select("INBOX")).unwrap();
    }
}

async fn err_channel_binding_of_another_connection(scene: &Scene) {
    let user = scene.user("binding");
    let (mut client, binding) = match scene.server() {
        Server::InMemory => {
            let binding = ChannelBinding::new(ChannelBindingKind::TlsExporter, &[7; 32]);
            (connect_tls(scene, &scene.config()).await, binding.unwrap())
        }
        _ => {
            let (_other, binding) = connect_by_tunnel(scene).await;
            (connect_by_tunnel(scene).await.0, binding)
        }
    };
    let scram = Scram::new(ScramHash::Sha256, user.name(), user.password()).unwrap();
    let error = wait!(client.authenticate(scram.with_channel_binding(binding))).unwrap_err();
    assert!(error.refusal().is_some(), "{error:?}");
    assert_goes_on(&mut client, &user).await;
}

async fn err_channel_binding_required(scene: &Scene) {
    let user = scene.user("binding");
    let credentials = Credentials::password(user.name(), user.password());
    let mut options = LogInOptions::default();
    options.require_channel_binding = true;
    let mut client = connect_tls(scene, &scene.config()).await;
    let done = wait!(client.log_in(&credentials, options));
    if scene.server() == Server::InMemory {
        return done.unwrap();
    }
    let error = done.unwrap_err();
    match (scene.server(), &error) {
        // It has mechanisms for it, and takes `tls-unique` only, which rustls does not tell.
        (Server::Cyrus, Error::Refused(_) | Error::Authentication { .. }) => {}
        (Server::Dovecot, Error::Mechanism(MechanismError::ChannelBindingMissing)) => {}
        _ => panic!("{error:?}"),
    }
}
