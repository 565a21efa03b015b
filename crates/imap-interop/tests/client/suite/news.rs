//! What the server tells unasked.

use imap_client::{AppendOptions, Event, Idled};
use imap_interop::User;
use imap_proto::command::{EventGroup, Notify, NotifySet, StoreAction};
use imap_proto::{Capability, Event as MailEvent, Flag, MailboxFilter, Response, UidSetBuf};

use super::{Client, Scene, event, idled, log_in, seq, uid};

scenarios! {
    ok_news_with_another_command: needs ["IMAP4rev1"], proves ["NOOP"];
    ok_news_by_uid: needs ["QRESYNC"], proves ["NOOP"];
    ok_news_in_idle: needs ["IDLE"], proves ["IDLE", "NOOP"];
    ok_idle_dropped: needs ["IDLE"], proves ["IDLE", "NOOP"];
    ok_news_of_other_mailboxes: needs ["NOTIFY"], proves ["NOTIFY"];
}

/// A client that looks on, and one that changes things.
async fn two_clients(scene: &Scene, user: &User) -> [Client; 2] {
    let mut clients = [log_in(scene, user).await, log_in(scene, user).await];
    for client in &mut clients {
        wait!(client.select("INBOX")).unwrap();
    }
    clients
}

fn events(client: &mut Client) -> Vec<Event> {
    std::iter::from_fn(|| client.next_event()).collect()
}

async fn append(client: &mut Client) {
    let message = b"Subject: new\r\n\r\nx\r\n";
    wait!(client.append("INBOX", message, AppendOptions::default())).unwrap();
}

/// Whether the event says that a message has a flag.
fn is_flagged(event: &Event) -> bool {
    match event.response() {
        Some(Response::Fetch(fetch)) => {
            let flags = fetch.flags().unwrap_or_default();
            flags.contains(&Flag::Flagged)
        }
        _ => false,
    }
}

async fn ok_news_with_another_command(scene: &Scene) {
    let user = scene.user_with_plain("news", 3);
    let [mut watching, mut changing] = two_clients(scene, &user).await;
    wait!(changing.store(seq(1), StoreAction::Add, &[Flag::Deleted])).unwrap();
    wait!(changing.expunge()).unwrap();
    wait!(changing.store(seq(1), StoreAction::Add, &[Flag::Flagged])).unwrap();
    append(&mut changing).await;
    wait!(watching.noop()).unwrap();
    let mailbox = watching.state().selected().unwrap();
    assert_eq!(mailbox.exists, 3);
    let events = events(&mut watching);
    for (what, is_there) in [
        (
            "EXPUNGE",
            events
                .iter()
                .any(|e| matches!(e, Event::Expunge(n) if *n == seq(1))),
        ),
        (
            "EXISTS",
            events.iter().any(|e| matches!(e, Event::Exists(3))),
        ),
        ("FETCH", events.iter().any(is_flagged)),
    ] {
        assert!(is_there, "{what} in {events:?}");
    }
}

async fn ok_news_by_uid(scene: &Scene) {
    let user = scene.user_with_plain("news", 3);
    let mut watching = log_in(scene, &user).await;
    wait!(watching.enable(&[Capability::QResync])).unwrap();
    wait!(watching.select("INBOX")).unwrap();
    let mut changing = log_in(scene, &user).await;
    wait!(changing.select("INBOX")).unwrap();
    wait!(changing.store(seq(2), StoreAction::Add, &[Flag::Deleted])).unwrap();
    wait!(changing.expunge()).unwrap();
    wait!(watching.noop()).unwrap();
    assert_eq!(watching.state().selected().unwrap().exists, 2);
    let gone = UidSetBuf::from(uid(2));
    let events = events(&mut watching);
    let vanished =
        |event: &Event| matches!(event, Event::Vanished { earlier: false, uids } if *uids == gone);
    assert!(events.iter().any(vanished), "{events:?}");
}

async fn ok_news_in_idle(scene: &Scene) {
    let user = scene.user_with_plain("idle", 2);
    let [mut watching, mut changing] = two_clients(scene, &user).await;
    events(&mut watching);
    let mut idle = watching.idle().unwrap();
    append(&mut changing).await;
    loop {
        match wait!(idled(&mut idle)).unwrap() {
            Idled::Event(Event::Exists(3)) => break,
            Idled::Event(_) => {}
            other => panic!("{other:?}"),
        }
    }
    wait!(changing.store(seq(1), StoreAction::Add, &[Flag::Flagged])).unwrap();
    loop {
        match wait!(idled(&mut idle)).unwrap() {
            Idled::Event(event) if is_flagged(&event) => break,
            Idled::Event(_) => {}
            other => panic!("{other:?}"),
        }
    }
    wait!(idle.done()).unwrap();
    assert_eq!(watching.state().selected().unwrap().exists, 3);
    wait!(watching.noop()).unwrap();
}

async fn ok_idle_dropped(scene: &Scene) {
    let user = scene.user_with_plain("idle", 1);
    let [mut watching, mut changing] = two_clients(scene, &user).await;
    let mut idle = watching.idle().unwrap();
    append(&mut changing).await;
    let first = wait!(idled(&mut idle)).unwrap();
    assert!(matches!(first, Idled::Event(_)), "{first:?}");
    drop(idle);
    wait!(watching.noop()).unwrap();
    assert_eq!(watching.state().selected().unwrap().exists, 2);
}

async fn ok_news_of_other_mailboxes(scene: &Scene) {
    let user = scene.user("notify");
    let mut watching = log_in(scene, &user).await;
    wait!(watching.select("Drafts")).unwrap();
    let events = [MailEvent::MessageNew(&[]), MailEvent::MessageExpunge];
    let names = [MailEvent::MailboxName];
    let groups = [
        EventGroup {
            filter: MailboxFilter::Inboxes,
            events: &events,
        },
        EventGroup {
            filter: MailboxFilter::Personal,
            events: &names,
        },
    ];
    let set = NotifySet {
        status: false,
        groups: &groups,
    };
    wait!(watching.notify(&Notify::Set(set))).unwrap();
    let mut changing = log_in(scene, &user).await;
    append(&mut changing).await;
    wait_for(
        &mut watching,
        |response| matches!(response, Response::MailboxStatus(status) if status.mailbox.is_inbox()),
    )
    .await;
    wait!(changing.create("Neu: Entwürfe")).unwrap();
    wait_for(&mut watching, |response| {
        matches!(response, Response::List(_))
    })
    .await;
    wait!(watching.notify(&Notify::None)).unwrap();
}

async fn wait_for(client: &mut Client, is_it: fn(&Response<'_>) -> bool) {
    loop {
        let event = wait!(event(client)).unwrap().expect("some news");
        if event.response().is_some_and(|response| is_it(&response)) {
            return;
        }
    }
}
