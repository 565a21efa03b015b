//! Connecting, logging in, and the session as a whole.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::{io, thread};

use imap_client::sasl::Credentials;
use imap_client::{Config, ConnectionState, Error, LogInOptions};
use imap_interop::Server;
use imap_proto::command::{Subscribe, Unsubscribe};
use imap_proto::{Capability, Code};

use super::{Client, Scene, assert_refused, connect, connect_starttls, connect_tls, fresh, log_in};
use crate::capabilities;

scenarios! {
    ok_servers_have_what_the_table_says: needs ["IMAP4rev1"], proves ["LOGIN"];
    ok_login_and_logout: needs ["IMAP4rev1"], proves ["LOGIN", "LOGOUT"];
    ok_login_with_quotes_blanks_and_umlauts: needs ["LITERAL+"], proves ["LOGIN"];
    err_login_with_a_wrong_password: needs ["IMAP4rev1"], proves ["LOGIN"];
    ok_tls_again: needs ["IMAP4rev1"], proves [];
    ok_starttls: needs ["STARTTLS"], proves ["STARTTLS"];
    err_tls_with_an_unknown_authority: needs ["IMAP4rev1"], proves [];
    err_tls_with_another_name: needs ["IMAP4rev1"], proves [];
    ok_compression: needs ["COMPRESS=DEFLATE"], proves ["COMPRESS"];
    ok_server_as_a_child_process: needs ["IMAP4rev1"], proves [];
    ok_another_user_on_the_same_connection: needs ["UNAUTHENTICATE"], proves ["UNAUTHENTICATE"];
    ok_commands_in_flight: needs ["IMAP4rev1"], proves ["SUBSCRIBE", "UNSUBSCRIBE"];
}

async fn ok_servers_have_what_the_table_says(scene: &Scene) {
    let mut told = BTreeSet::new();
    let clients = [
        connect(scene).await,
        connect_tls(scene, &scene.config()).await,
        connect_tls(
            scene,
            &scene.config_with_certificate(&scene.user("certified")),
        )
        .await,
        fresh(scene, "capabilities").await,
    ];
    for client in &clients {
        let capabilities = client.state().capabilities().unwrap();
        told.extend(capabilities.iter().map(|name| name.to_string()));
    }
    let table = capabilities::of(scene.instance().server()).map(str::to_owned);
    assert_eq!(told, table.collect());
}

async fn ok_login_and_logout(scene: &Scene) {
    for mut client in [
        connect(scene).await,
        connect_tls(scene, &scene.config()).await,
    ] {
        let state = ConnectionState::NotAuthenticated;
        assert_eq!(client.state().connection(), state);
        let user = scene.user("login");
        wait!(client.login(user.name(), user.password())).unwrap();
        let state = ConnectionState::Authenticated;
        assert_eq!(client.state().connection(), state);
        wait!(client.logout()).unwrap();
        assert_eq!(client.state().connection(), ConnectionState::Logout);
        assert!(wait!(client.noop()).is_err());
    }
}

async fn ok_login_with_quotes_blanks_and_umlauts(scene: &Scene) {
    log_in(scene, &scene.instance().awkward_user()).await;
}

async fn err_login_with_a_wrong_password(scene: &Scene) {
    let mut client = connect(scene).await;
    let user = scene.user("wrong");
    let error = wait!(client.login(user.name(), "nonsense")).unwrap_err();
    assert_refused(
        scene,
        &error,
        Code::AuthenticationFailed,
        "authentication failure",
    );
    wait!(client.login(user.name(), user.password())).unwrap();
}

async fn ok_tls_again(scene: &Scene) {
    let config = scene.config();
    for _ in 0..3 {
        let mut client = connect_tls(scene, &config).await;
        let user = scene.user("again");
        wait!(client.login(user.name(), user.password())).unwrap();
        wait!(client.logout()).unwrap();
    }
}

async fn ok_starttls(scene: &Scene) {
    let user = scene.user("starttls");
    let mut client = connect_starttls(scene).await;
    assert!(client.state().is_encrypted());
    wait!(client.login(user.name(), user.password())).unwrap();
    let mut client = connect(scene).await;
    wait!(client.start_tls("localhost", &scene.tls())).unwrap();
    let credentials = Credentials::password(user.name(), user.password());
    wait!(client.log_in(&credentials, LogInOptions::default())).unwrap();
}

async fn err_tls_with_an_unknown_authority(scene: &Scene) {
    let port = scene.instance().imaps_port();
    let client = wait!(Client::connect_tls("localhost", port, &Config::default()));
    let error = client.unwrap_err();
    assert!(matches!(error, Error::Tls(_)), "{error:?}");
}

async fn err_tls_with_another_name(scene: &Scene) {
    // The same server under an address that its certificate does not have.
    let listener = TcpListener::bind("127.0.0.2:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let behind = ("127.0.0.1", scene.instance().imaps_port());
    thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(behind).unwrap();
        let (mut from_client, mut to_server) =
            (client.try_clone().unwrap(), server.try_clone().unwrap());
        thread::spawn(move || io::copy(&mut from_client, &mut to_server));
        let _ = io::copy(&mut server, &mut client);
    });
    let client = wait!(Client::connect_tls("127.0.0.2", port, &scene.config()));
    let error = client.unwrap_err();
    assert!(matches!(error, Error::Tls(_)), "{error:?}");
}

async fn ok_compression(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("compress", 20)).await;
    wait!(client.compress()).unwrap();
    assert!(client.state().is_compressed());
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 20);
    wait!(client.logout()).unwrap();
}

async fn ok_server_as_a_child_process(scene: &Scene) {
    let user = scene.user_with("child", 3);
    let Some(command) = scene.instance().preauth_command(&user) else {
        // The others have no user who is logged in from the start.
        assert_ne!(scene.server(), Server::Dovecot);
        return;
    };
    let mut client = wait!(Client::spawn(command, &Config::default())).unwrap();
    let state = ConnectionState::Authenticated;
    assert_eq!(client.state().connection(), state);
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 3);
    wait!(client.logout()).unwrap();
}

async fn ok_another_user_on_the_same_connection(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("first", 2)).await;
    wait!(client.enable(&[Capability::CondStore])).unwrap();
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 2);
    wait!(client.unauthenticate()).unwrap();
    let state = client.state();
    assert_eq!(state.connection(), ConnectionState::NotAuthenticated);
    assert!(state.selected().is_none() && !state.enabled().has(Capability::CondStore));
    let user = scene.user("second");
    wait!(client.login(user.name(), user.password())).unwrap();
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 0);
}

async fn ok_commands_in_flight(scene: &Scene) {
    let mut client = fresh(scene, "pipeline").await;
    let tickets = ["Trash", "Drafts", "INBOX"].map(|name| {
        let mailbox = name.into();
        client.submit(&Subscribe { mailbox }).unwrap()
    });
    let mailbox = "Trash".into();
    let last = client.submit(&Unsubscribe { mailbox }).unwrap();
    // Answers can be taken in any order.
    wait!(client.answer(last)).unwrap();
    for ticket in tickets {
        wait!(client.answer(ticket)).unwrap();
    }
    let subscribed = wait!(client.lsub("", "*")).unwrap();
    for (name, is_there) in [("Drafts", true), ("INBOX", true), ("Trash", false)] {
        let found = subscribed.iter().any(|entry| entry.name() == name);
        assert_eq!(found, is_there, "{name}");
    }
}
