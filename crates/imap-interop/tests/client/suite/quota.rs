//! How much may be stored.

use imap_client::AppendOptions;
use imap_interop::Server;
use imap_proto::command::QuotaLimit;
use imap_proto::{Code, QuotaResource};

use super::{Scene, assert_refused, fresh, log_in};

scenarios! {
    ok_usage_grows_with_messages: needs ["QUOTA"], proves ["GETQUOTAROOT"];
    ok_quota_of_a_root: needs ["QUOTA"], proves ["GETQUOTA"];
    ok_limits_are_set_by_the_administrator: needs ["X-QUOTA=STORAGE"], proves ["SETQUOTA"];
    err_limits_are_set_by_somebody: needs ["QUOTA"], proves [];
    err_mailbox_is_full: needs ["QUOTA"], proves ["APPEND"];
}

async fn ok_usage_grows_with_messages(scene: &Scene) {
    let user = scene.user("quota");
    let mut client = log_in(scene, &user).await;
    let roots = wait!(client.get_quota_root("INBOX")).unwrap();
    let name = match scene.server() {
        Server::Cyrus => "INBOX",
        Server::Dovecot => "User quota",
        Server::InMemory => user.name(),
    };
    assert_eq!((roots.len(), &*roots[0].name), (1, name));
    let storage = roots[0].usage(QuotaResource::Storage).unwrap();
    assert_eq!((storage.usage, storage.limit), (0, 10_485_760));
    let message = [b"a: b\r\n\r\n", &[b'x'; 5000][..]].concat();
    wait!(client.append("INBOX", &message, AppendOptions::default())).unwrap();
    let roots = wait!(client.get_quota_root("INBOX")).unwrap();
    let usage = roots[0].usage(QuotaResource::Storage).unwrap().usage;
    assert!((4..=5).contains(&usage), "{usage}");
}

async fn ok_quota_of_a_root(scene: &Scene) {
    let user = scene.user("root");
    let mut client = log_in(scene, &user).await;
    let root = match scene.server() {
        // Only the administrator may ask.
        Server::Cyrus => {
            client = log_in(scene, &scene.instance().admin()).await;
            format!("user/{}", user.name())
        }
        Server::Dovecot => "User quota".into(),
        Server::InMemory => user.name().into(),
    };
    let quota = wait!(client.get_quota(&root)).unwrap();
    assert_eq!(quota.name, root);
    let storage = quota.usage(QuotaResource::Storage).unwrap();
    assert_eq!((storage.usage, storage.limit), (0, 10_485_760));
}

async fn ok_limits_are_set_by_the_administrator(scene: &Scene) {
    let user = scene.user("limits");
    log_in(scene, &user).await;
    let mut admin = log_in(scene, &scene.instance().admin()).await;
    let root = format!("user/{}", user.name());
    let limits = [(QuotaResource::Storage, 512), (QuotaResource::Message, 7)];
    let limits = limits.map(|(resource, limit)| QuotaLimit { resource, limit });
    wait!(admin.set_quota(&root, &limits)).unwrap();
    let set = wait!(admin.get_quota(&root)).unwrap();
    for QuotaLimit { resource, limit } in limits {
        assert_eq!(set.usage(resource).unwrap().limit, limit);
    }
    wait!(admin.set_quota(&root, &[])).unwrap();
    assert_eq!(wait!(admin.get_quota(&root)).unwrap().resources, []);
}

async fn err_limits_are_set_by_somebody(scene: &Scene) {
    let mut client = fresh(scene, "limits").await;
    let roots = wait!(client.get_quota_root("INBOX")).unwrap();
    let limit = QuotaLimit {
        resource: QuotaResource::Storage,
        limit: 1,
    };
    let set = wait!(client.set_quota(&roots[0].name, &[limit]));
    let words = match scene.server() {
        Server::Cyrus => "Permission denied",
        Server::Dovecot => "only by admin",
        // It lets users try their own limits.
        Server::InMemory => return assert!(set.is_ok(), "{set:?}"),
    };
    let error = set.unwrap_err();
    let refusal = error.refusal().unwrap();
    assert!(refusal.text().contains(words), "{refusal}");
}

async fn err_mailbox_is_full(scene: &Scene) {
    let user = scene.instance().small_user("full").unwrap();
    let mut client = log_in(scene, &user).await;
    let (message, options) = (b"a: b\r\n\r\n", AppendOptions::default());
    for _ in 0..5 {
        wait!(client.append("INBOX", message, options)).unwrap();
    }
    let error = wait!(client.append("INBOX", message, options)).unwrap_err();
    assert_refused(scene, &error, Code::OverQuota, "Over quota");
    let roots = wait!(client.get_quota_root("INBOX")).unwrap();
    let messages = roots[0].usage(QuotaResource::Message).unwrap();
    assert_eq!((messages.usage, messages.limit), (5, 5));
}
