//! The blocking client against Dovecot, command by command.

use std::net::{TcpListener, TcpStream};
use std::thread;

use imap_client::blocking::{Client, Config};
use imap_client::{AppendOptions, ConnectionState, Error, Event, Tls};
use imap_interop::{Instance, Message, Server, SystemFlag, User, samples};
use imap_proto::command::StoreAction;
use imap_proto::{
    Capability, FetchItemName, Flag, InternalDate, MailboxAttribute, Response, SearchKey, Section,
    SeqNum, SequenceSetBuf, StatusItemName, Uid, UidSetBuf,
};

fn server() -> &'static Instance {
    Server::Dovecot
        .shared()
        .unwrap_or_else(|error| panic!("{error}"))
}

fn config() -> Config {
    let pem = std::fs::read(server().ca_pem()).unwrap();
    Config::default().with_tls(Tls::with_pem_authorities(&pem).unwrap())
}

fn connect() -> Client {
    Client::connect_tls("localhost", server().imaps_port(), &config()).unwrap()
}

fn login(user: &User) -> Client {
    let mut client = connect();
    client.login(user.name(), user.password()).unwrap();
    client
}

/// A client of a fresh user with `count` sample messages, INBOX selected.
fn selected(label: &str, count: usize) -> Client {
    let user = server().user(label);
    user.seed("INBOX", samples(1).take(count).map(|sample| sample.message))
        .unwrap();
    let mut client = login(&user);
    assert_eq!(client.select("INBOX").unwrap().exists as usize, count);
    client
}

/// Small messages with `\\Seen`.
fn small(count: usize) -> impl Iterator<Item = Message> {
    let message = Message {
        bytes: b"Subject: x\r\n\r\nx\r\n".to_vec(),
        flags: vec![SystemFlag::Seen],
        internal_date: 0,
    };
    std::iter::repeat_n(message, count)
}

fn seq(n: u32) -> SeqNum {
    SeqNum::try_from(n).unwrap()
}

fn uid(n: u32) -> Uid {
    Uid::try_from(n).unwrap()
}

#[test]
fn ok_login_learns_the_capabilities_of_the_user() {
    let mut client = connect();
    assert_eq!(
        client.state().connection(),
        ConnectionState::NotAuthenticated
    );
    assert!(client.state().has(Capability::Imap4Rev1));
    assert!(!client.state().has(Capability::Move));
    let user = server().user("login");
    client.login(user.name(), user.password()).unwrap();
    assert!(client.state().has(Capability::Move));
    let told = client.capability().unwrap();
    assert!(told.has(Capability::Idle));
    client.logout().unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Logout);
}

#[test]
fn ok_login_with_quotes_blanks_and_umlauts() {
    login(&server().awkward_user()).logout().unwrap();
}

#[test]
fn err_login_with_a_wrong_password() {
    let mut client = connect();
    let user = server().user("wrong");
    let error = client.login(user.name(), "nonsense").unwrap_err();
    assert!(
        error.refusal().unwrap().is(b"AUTHENTICATIONFAILED"),
        "{error}"
    );
    client.login(user.name(), user.password()).unwrap();
}

#[test]
fn ok_without_tls() {
    let mut client =
        Client::connect_plain("127.0.0.1", server().imap_port(), &Config::default()).unwrap();
    let user = server().user("plain");
    client.login(user.name(), user.password()).unwrap();
}

#[test]
fn err_tls_with_an_unknown_authority() {
    let error =
        Client::connect_tls("localhost", server().imaps_port(), &Config::default()).unwrap_err();
    assert!(matches!(error, Error::Tls(_)), "{error:?}");
}

#[test]
fn err_tls_with_another_name() {
    // The same server under an address that its certificate does not have.
    let listener = TcpListener::bind("127.0.0.2:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", server().imaps_port())).unwrap();
        let (mut from_client, mut to_server) =
            (client.try_clone().unwrap(), server.try_clone().unwrap());
        thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
        let _ = std::io::copy(&mut server, &mut client);
    });
    let error = Client::connect_tls("127.0.0.2", port, &config()).unwrap_err();
    assert!(matches!(error, Error::Tls(_)), "{error:?}");
}

#[test]
fn ok_mailboxes() {
    let mut client = login(&server().user("mailboxes"));
    client.create("仕事/会議").unwrap();
    client.subscribe("仕事/会議").unwrap();
    client.rename("仕事/会議", "仕事/打合せ & Co").unwrap();
    let listed = client.list("", "*").unwrap();
    let renamed = listed
        .iter()
        .find(|m| m.name() == "仕事/打合せ & Co")
        .unwrap();
    assert_eq!(renamed.delimiter(), Some('/'));
    let sent = listed.iter().find(|m| m.name() == "Sent").unwrap();
    assert!(sent.has(MailboxAttribute::HasNoChildren));
    assert_eq!(client.select(renamed.mailbox()).unwrap().exists, 0);
    client.close().unwrap();
    let subscribed = client.lsub("", "*").unwrap();
    assert!(subscribed.iter().any(|m| m.name() == "仕事/会議"));
    client.unsubscribe("仕事/会議").unwrap();
    client.delete("仕事/打合せ & Co").unwrap();
    assert!(matches!(
        client.select("仕事/打合せ & Co"),
        Err(Error::Refused(_))
    ));
    let error = client.create("INBOX").unwrap_err();
    assert!(error.refusal().unwrap().is(b"ALREADYEXISTS"), "{error}");
}

#[test]
fn ok_select_examine_status_close() {
    let mut client = selected("select", 5);
    let mailbox = client.state().selected().unwrap().clone();
    assert!(!mailbox.read_only);
    assert!(mailbox.uid_validity.is_some());
    assert_eq!(mailbox.uid_next, Some(uid(6)));
    assert!(mailbox.permanent_flags.unwrap().contains(Flag::Any));
    client.unselect().unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
    assert!(client.examine("INBOX").unwrap().read_only);
    client.close().unwrap();
    let items = [
        StatusItemName::Messages,
        StatusItemName::UidNext,
        StatusItemName::UidValidity,
    ];
    let status = client.status("INBOX", &items).unwrap();
    assert_eq!((status.messages, status.uid_next), (Some(5), Some(uid(6))));
    assert_eq!(status.uid_validity, mailbox.uid_validity);
}

#[test]
fn ok_search() {
    let mut client = login(&server().user("search"));
    for subject in ["Lunch", "Käsekuchen", "Lunch again"] {
        let message = format!("Subject: {subject}\r\nFrom: ann@example.org\r\n\r\nhello\r\n");
        client
            .append("INBOX", message.as_bytes(), AppendOptions::default())
            .unwrap();
    }
    client.select("INBOX").unwrap();
    let lunch = [SearchKey::Subject("lunch".into())];
    assert_eq!(client.search(&lunch).unwrap().all, [seq(1), seq(3)]);
    assert_eq!(
        client
            .uid_search(&[SearchKey::Subject("Käse".into())])
            .unwrap()
            .all,
        [uid(2)]
    );
    let keys = [
        SearchKey::Not(&SearchKey::Subject("again".into())),
        SearchKey::Or(&SearchKey::Seen, &SearchKey::From("ann".into())),
        SearchKey::And(&[SearchKey::Unseen, SearchKey::Larger(10)]),
    ];
    assert_eq!(client.search(&keys).unwrap().all, [seq(1), seq(2)]);
    assert_eq!(client.search("DELETED").unwrap().all, []);
    let error = client.search(&[
        SearchKey::Header("x".into(), "".into()),
        SearchKey::And(&[]),
    ]);
    assert!(matches!(error, Err(Error::Argument(_))));
}

#[test]
fn ok_fetch_in_every_way() {
    let expected: Vec<_> = samples(1).take(20).collect();
    let mut client = selected("fetch", 20);
    let items = [
        FetchItemName::Uid,
        FetchItemName::Flags,
        FetchItemName::InternalDate,
        FetchItemName::Rfc822Size,
        FetchItemName::Envelope,
        FetchItemName::BodyStructure,
    ];
    let fetched = client.fetch(SequenceSetBuf::all(), &items).unwrap();
    assert_eq!(fetched.len(), 20);
    for (message, sample) in fetched.iter().zip(&expected) {
        assert_eq!(message.malformed().count(), 0);
        assert_eq!(message.items.len(), items.len());
        assert_eq!(message.size(), Some(sample.size() as u64));
        let date = message.internal_date().unwrap().to_unix();
        assert_eq!(date, sample.message.internal_date);
        let from = message.envelope().unwrap().from[0];
        let address = format!("{}@{}", from.mailbox.unwrap(), from.host.unwrap());
        assert_eq!(address, sample.from.address);
        for flag in &sample.message.flags {
            let flag = Flag::new(flag.as_str()).unwrap();
            assert!(message.flags().unwrap().contains(&flag));
        }
    }
    let by_uid = client
        .uid_fetch(UidSetBuf::starting_at(uid(19)), &items)
        .unwrap();
    assert_eq!(by_uid.len(), 2);
    let mut sizes = Vec::new();
    client
        .fetch_each(SequenceSetBuf::all(), &items, |message| {
            sizes.extend(message.size());
        })
        .unwrap();
    let expected_sizes: Vec<u64> = expected.iter().map(|s| s.size() as u64).collect();
    assert_eq!(sizes, expected_sizes);
    for (n, sample) in (1..).zip(&expected) {
        let mut contents = Vec::new();
        let octets = client
            .fetch_to(seq(n), Section::ALL, &mut contents)
            .unwrap();
        assert_eq!(octets, Some(sample.size() as u64));
        assert!(contents == sample.message.bytes, "message {n} differs");
    }
    let whole = FetchItemName::BodySection {
        section: Section::ALL,
        peek: true,
        partial: None,
    };
    let collected = client.fetch(seq(1), &[whole]).unwrap();
    let contents = collected.iter().next().unwrap().section(Section::ALL);
    assert_eq!(contents, Some(&expected[0].message.bytes[..]));
    let mut nothing = Vec::new();
    assert_eq!(
        client
            .uid_fetch_to(uid(99), Section::ALL, &mut nothing)
            .unwrap(),
        None
    );
}

#[test]
fn ok_store_copy_expunge() {
    let mut client = selected("store", 4);
    client.create("Archive/2024").unwrap();
    let stored = client
        .store(seq(2), StoreAction::Add, &[Flag::Deleted])
        .unwrap();
    assert!(
        stored
            .fetched
            .iter()
            .next()
            .unwrap()
            .flags()
            .unwrap()
            .contains(&Flag::Deleted)
    );
    let keyword = Flag::new("$Junk").unwrap();
    let stored = client
        .uid_store(uid(3), StoreAction::Replace, &[keyword])
        .unwrap();
    assert!(
        stored
            .fetched
            .iter()
            .next()
            .unwrap()
            .flags()
            .unwrap()
            .contains(&keyword)
    );
    client
        .uid_store(uid(3), StoreAction::Remove, &[keyword])
        .unwrap();
    let copied = client
        .copy(SequenceSetBuf::range(seq(1), seq(2)), "Archive/2024")
        .unwrap();
    let pairs: Vec<_> = copied
        .unwrap()
        .pairs()
        .map(|(a, b)| (a.get(), b.get()))
        .collect();
    assert_eq!(pairs, [(1, 1), (2, 2)]);
    assert!(client.uid_copy(uid(4), "Archive/2024").unwrap().is_some());
    assert_eq!(client.uid_expunge(uid(1)).unwrap().seq_nums, []);
    assert_eq!(client.expunge().unwrap().seq_nums, [seq(2)]);
    assert_eq!(client.state().selected().unwrap().exists, 3);
    client
        .uid_store(uid(4), StoreAction::Add, &[Flag::Deleted])
        .unwrap();
    assert_eq!(client.uid_expunge(uid(4)).unwrap().seq_nums, [seq(3)]);
    let error = client.uid_copy(uid(1), "nowhere").unwrap_err();
    assert!(error.refusal().unwrap().is(b"TRYCREATE"), "{error}");
}

#[test]
fn ok_append_with_flags_and_date() {
    let mut client = login(&server().user("append"));
    let date = InternalDate::new(2001, 2, 3, 4, 5, 6, 330).unwrap();
    let options = AppendOptions {
        flags: &[Flag::Seen, Flag::Flagged],
        date: Some(date),
    };
    let message = b"Subject: x\r\n\r\n{5}\r\n.\r\n";
    let appended = client.append("INBOX", message, options).unwrap().unwrap();
    assert_eq!(appended.uids, uid(1).into());
    client.select("INBOX").unwrap();
    let items = [
        FetchItemName::InternalDate,
        FetchItemName::Flags,
        FetchItemName::Rfc822,
    ];
    let fetched = client.uid_fetch(appended.uids, &items).unwrap();
    let message = fetched.iter().next().unwrap();
    assert_eq!(message.internal_date().unwrap().to_unix(), date.to_unix());
    let flags = message.flags().unwrap();
    assert!(flags.contains(&Flag::Seen) && flags.contains(&Flag::Flagged));
}

#[test]
fn ok_news_of_another_session() {
    let user = server().user("news");
    user.seed("INBOX", small(3)).unwrap();
    let (mut watching, mut changing) = (login(&user), login(&user));
    watching.select("INBOX").unwrap();
    changing.select("INBOX").unwrap();
    changing
        .store(seq(1), StoreAction::Add, &[Flag::Deleted])
        .unwrap();
    changing.expunge().unwrap();
    changing
        .append(
            "INBOX",
            b"Subject: new\r\n\r\nx\r\n",
            AppendOptions::default(),
        )
        .unwrap();
    watching.noop().unwrap();
    assert_eq!(watching.state().selected().unwrap().exists, 3);
    let mut events = Vec::new();
    events.extend(std::iter::from_fn(|| watching.next_event()));
    assert!(
        events
            .iter()
            .any(|e| matches!(e, Event::Expunge(n) if *n == seq(1))),
        "{events:?}"
    );
    assert!(
        events.iter().any(|e| matches!(e, Event::Exists(3))),
        "{events:?}"
    );
}

#[test]
fn ok_raw_command() {
    let mut client = login(&server().user("raw"));
    let reply = client.run_raw("NAMESPACE", b"").unwrap();
    assert!(matches!(
        reply.responses[0].response(),
        Response::Namespace(_)
    ));
    let error = client.run_raw("XNONSENSE", b"").unwrap_err();
    assert!(!error.is_fatal());
    client.noop().unwrap();
}

#[test]
fn ok_many_messages_come_in_constant_memory() {
    let user = server().user("many");
    user.seed("INBOX", small(3000)).unwrap();
    let mut client = login(&user);
    client.examine("INBOX").unwrap();
    let mut count = 0;
    client
        .fetch_each(SequenceSetBuf::all(), &[FetchItemName::Flags], |_| {
            count += 1;
        })
        .unwrap();
    assert_eq!(count, 3000);
    let found = client.uid_search(&[SearchKey::All]).unwrap();
    assert_eq!(found.all.len(), 3000);
}
