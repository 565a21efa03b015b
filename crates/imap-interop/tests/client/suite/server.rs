//! What the server is, and how it speaks.

use imap_client::Error;
use imap_interop::Server;
use imap_proto::{Capability, IdField, Response};

use super::{Scene, connect, fresh};

scenarios! {
    ok_id_before_and_after_login: needs ["ID"], proves ["ID"];
    ok_namespaces: needs ["NAMESPACE"], proves ["NAMESPACE"];
    ok_enable: needs ["ENABLE", "QRESYNC"], proves ["ENABLE"];
    ok_capability: needs ["IMAP4rev1"], proves ["CAPABILITY"];
    ok_raw_commands: needs ["NAMESPACE"], proves ["NAMESPACE", "LIST"];
    err_unknown_commands: needs ["IMAP4rev1"], proves ["NOOP"];
}

async fn ok_id_before_and_after_login(scene: &Scene) {
    let field = |name: &'static str, value: &'static str| IdField {
        name: name.into(),
        value: Some(value.into()),
    };
    let fields = [field("name", "interop \"suite\""), field("version", "1")];
    let name = match scene.server() {
        Server::Cyrus => "Cyrus IMAPD",
        Server::Dovecot => "Dovecot",
    };
    let mut client = connect(scene).await;
    let before = wait!(client.id(&fields)).unwrap();
    assert_eq!(before.get("name"), Some(name));
    let user = scene.user("id");
    wait!(client.login(user.name(), user.password())).unwrap();
    for fields in [&fields[..], &[]] {
        let after = wait!(client.id(fields)).unwrap();
        assert_eq!(after.get("NAME"), Some(name));
    }
}

async fn ok_namespaces(scene: &Scene) {
    let mut client = fresh(scene, "namespace").await;
    let told = wait!(client.namespace()).unwrap();
    let [personal, other_users, shared] = [&told.personal, &told.other_users, &told.shared]
        .map(|some| Vec::from_iter(some.iter().map(|one| &*one.prefix)));
    assert_eq!(personal, [""]);
    match scene.server() {
        Server::Cyrus => {
            assert_eq!(
                (other_users, shared),
                (vec!["Other Users/"], vec!["Shared Folders/"])
            );
        }
        Server::Dovecot => assert_eq!((other_users, shared), (vec!["shared/"], vec![])),
    }
    assert_eq!(told.personal[0].delimiter, Some('/'));
}

async fn ok_enable(scene: &Scene) {
    let mut client = fresh(scene, "enable").await;
    let wanted = [Capability::CondStore, Capability::QResync];
    let enabled = wait!(client.enable(&wanted)).unwrap();
    assert!(enabled.has(Capability::QResync), "{enabled}");
    assert!(client.state().enabled().has(Capability::QResync));
    // What a server does not know it passes over.
    let unknown = Capability::XList;
    assert!(!wait!(client.enable(&[unknown])).unwrap().has(unknown));
    wait!(client.select("INBOX")).unwrap();
    let error = wait!(client.enable(&wanted)).unwrap_err();
    assert!(matches!(error, Error::State { .. }), "{error:?}");
}

async fn ok_capability(scene: &Scene) {
    let mut client = connect(scene).await;
    let before = wait!(client.capability()).unwrap();
    assert!(before.has(Capability::StartTls), "{before}");
    let user = scene.user("capability");
    wait!(client.login(user.name(), user.password())).unwrap();
    assert!(client.state().has(Capability::Move));
    let after = wait!(client.capability()).unwrap();
    assert_eq!(Some(&after), client.state().capabilities());
    assert!(!after.has(Capability::StartTls), "{after}");
}

async fn ok_raw_commands(scene: &Scene) {
    let mut client = fresh(scene, "raw").await;
    let reply = wait!(client.run_raw("NAMESPACE", b"")).unwrap();
    let response = reply.responses[0].response();
    assert!(matches!(response, Response::Namespace(_)), "{response:?}");
    let reply = wait!(client.run_raw("LIST", b"{0}\r\n {4}\r\nINB*")).unwrap();
    let response = reply.responses[0].response();
    assert!(matches!(response, Response::List(_)), "{response:?}");
}

async fn err_unknown_commands(scene: &Scene) {
    let mut client = fresh(scene, "unknown").await;
    let errors = [
        wait!(client.run_raw("XNONSENSE", b"")).unwrap_err(),
        wait!(client.language(&[])).unwrap_err(),
        wait!(client.comparator(&[])).unwrap_err(),
        wait!(client.proxy_auth("somebody")).unwrap_err(),
        wait!(client.unauthenticate()).unwrap_err(),
        wait!(client.get_jmap_access()).unwrap_err(),
    ];
    for error in errors {
        assert!(!error.is_fatal(), "{error:?}");
    }
    wait!(client.noop()).unwrap();
}
