//! What the server is, and how it speaks.

use imap_client::{AppendOptions, Error};
use imap_interop::Server;
use imap_proto::{Capability, IdField, Response, SearchKey};

use super::{Scene, connect, fresh, log_in};

scenarios! {
    ok_id_before_and_after_login: needs ["ID"], proves ["ID"];
    ok_namespaces: needs ["NAMESPACE"], proves ["NAMESPACE"];
    ok_enable: needs ["ENABLE", "QRESYNC"], proves ["ENABLE"];
    ok_names_without_encoding: needs ["UTF8=ACCEPT"], proves ["ENABLE", "CREATE", "LIST"];
    ok_imap4rev2: needs ["IMAP4rev2"], proves ["ENABLE", "SEARCH", "SELECT"];
    ok_where_jmap_is: needs ["JMAPACCESS"], proves ["GETJMAPACCESS"];
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
        Server::InMemory => "imap-testserver",
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
        Server::InMemory => {
            assert_eq!((other_users, shared), (vec!["Other Users/"], vec![]));
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

async fn ok_names_without_encoding(scene: &Scene) {
    let mut client = fresh(scene, "utf8").await;
    wait!(client.enable(&[Capability::Utf8Accept])).unwrap();
    for name in ["Entwürfe", "仕事"] {
        wait!(client.create(name)).unwrap();
        let listed = wait!(client.list("", name)).unwrap();
        assert_eq!(listed[0].name(), name);
        let arguments = format!("\"{name}\" (MESSAGES)");
        wait!(client.run_raw("STATUS", arguments.as_bytes())).unwrap();
    }
    let message = "Subject: Grüße\r\n\r\nx\r\n";
    wait!(client.append("仕事", message.as_bytes(), AppendOptions::default())).unwrap();
    wait!(client.select("仕事")).unwrap();
    let found = wait!(client.search(&[SearchKey::Subject("Grüße".into())])).unwrap();
    assert_eq!(found.all.to_string(), "1");
}

async fn ok_imap4rev2(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("rev2", 3)).await;
    wait!(client.enable(&[Capability::Imap4Rev2])).unwrap();
    let mailbox = wait!(client.select("INBOX")).unwrap();
    assert_eq!((mailbox.exists, mailbox.recent), (3, None));
    // The answer is an ESEARCH without being asked for one.
    let reply = wait!(client.run_raw("SEARCH", b"ALL")).unwrap();
    let response = reply.responses[0].response();
    assert!(matches!(response, Response::Esearch(_)), "{response:?}");
    assert_eq!(wait!(client.search("ALL")).unwrap().all.to_string(), "1:3");
}

async fn ok_where_jmap_is(scene: &Scene) {
    let mut client = fresh(scene, "jmap").await;
    let url = wait!(client.get_jmap_access()).unwrap();
    assert_eq!(url, "https://localhost/.well-known/jmap");
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
    ];
    for error in errors {
        assert!(!error.is_fatal(), "{error:?}");
    }
    wait!(client.noop()).unwrap();
}
