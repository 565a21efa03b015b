//! Commands about the server and the account against servers that follow a script.

mod support;

use imap_client::blocking::{Client, Config};
use imap_client::{ConnectionState, Error, Event, ServerId};
use imap_proto::command::{EventGroup, Notify, NotifySet};
use imap_proto::response::Status;
use imap_proto::{Atom, Capability, IdField, Mailbox, MailboxFilter, Quirks, StatusItemName};
use support::{LOGGED_IN, Script, events, logged_in, selected};

#[test]
fn ok_id_in_any_state_with_fields_or_without() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1 ID] ready
         C: A1 ID (\"name\" \"x\" \"os\" NIL)
         S: * OK still here
         S: * ID (\"name\" \"Cyrus\" \"Version\" \"1.5\" \"os\" NIL)
         S: A1 OK done
         C: A2 ID NIL
         S: * ID NIL
         S: A2 OK done
         C: A3 ID NIL
         S: A3 OK nothing to say
         C: A4 ID NIL
         S: A4 BAD what?",
    );
    let mut client = script.client().unwrap();
    let field = |name: &'static str, value: Option<&'static str>| IdField {
        name: name.into(),
        value: value.map(Into::into),
    };
    let server = client
        .id(&[field("name", Some("x")), field("os", None)])
        .unwrap();
    assert_eq!(
        (server.get("NAME"), server.get("os")),
        (Some("Cyrus"), None)
    );
    let fields: Vec<_> = server.iter().collect();
    assert_eq!(fields[1..], [("Version", Some("1.5")), ("os", None)]);
    assert_eq!(events(&mut client), ["* OK still here\r\n"]);
    assert_eq!(client.id(&[]).unwrap(), ServerId::default());
    assert_eq!(client.id(&[]).unwrap(), ServerId::default());
    assert_eq!(
        client.id(&[]).unwrap_err().refusal().unwrap().status(),
        Status::Bad
    );
}

#[test]
fn err_id_beyond_the_limits_is_not_sent() {
    let mut client = logged_in("C: A1 NOOP\nS: A1 OK done");
    let long = "x".repeat(1025);
    let field = |name: &'static str, value| IdField {
        name: name.into(),
        value,
    };
    let many = [field("a", None); 31];
    for (fields, expected) in [
        (&many[..], "list of fields"),
        (
            &[field("a name of more than 30 octets..", None)],
            "field name",
        ),
        (&[field("name", Some(long.as_str().into()))], "field value"),
    ] {
        let error = client.id(fields).unwrap_err();
        assert!(matches!(error, Error::Argument(e) if e.argument == expected));
    }
    client.noop().unwrap();
}

#[test]
fn ok_names_are_utf7_until_utf8_is_enabled() {
    let mut client = logged_in(
        "C: A1 LIST \"\" *
         S: * LIST () \"/\" Entw&APw-rfe
         S: A1 OK done
         C: A2 ENABLE UTF8=ACCEPT
         S: * ENABLED UTF8=ACCEPT
         S: A2 OK done
         C: A3 LIST \"\" *
         S: * LIST () \"/\" Entw&APw-rfe
         S: * LIST () \"/\" \"Entwürfe\"
         S: A3 OK done
         C: A4 NAMESPACE
         S: * NAMESPACE ((\"a&APw-/\" \"/\")) NIL NIL
         S: A4 OK done",
    );
    assert_eq!(client.list("", "*").unwrap()[0].name(), "Entwürfe");
    client.enable(&[Capability::Utf8Accept]).unwrap();
    let entries = client.list("", "*").unwrap();
    let names: Vec<_> = entries.iter().map(|entry| entry.name()).collect();
    assert_eq!(names, ["Entw&APw-rfe", "Entwürfe"]);
    assert_eq!(client.namespace().unwrap().personal[0].prefix, "a&APw-/");
}

#[test]
fn ok_namespaces_with_their_translation() {
    let mut client = logged_in(
        "C: A1 NAMESPACE
         S: * NAMESPACE ((\"\" \"/\")) ((\"Other Users/\" \"/\" \"TRANSLATION\" (\"Andere Ben&APw-tzer/\"))) ((\"Entw&APw-rfe.\" NIL))
         S: * 1 RECENT
         S: A1 OK done
         C: A2 LIST Entw&APw-rfe. *
         S: A2 OK done",
    );
    let namespaces = client.namespace().unwrap();
    assert_eq!(namespaces.personal[0].prefix, "");
    assert_eq!(namespaces.personal[0].translation(), None);
    let others = &namespaces.other_users[0];
    assert_eq!(others.delimiter, Some('/'));
    assert_eq!(others.translation().unwrap(), "Andere Benützer/");
    let shared = &namespaces.shared[0];
    assert_eq!((&*shared.prefix, shared.delimiter), ("Entwürfe.", None));
    client.list(shared.mailbox(), "*").unwrap();
    assert!(matches!(client.next_event(), Some(Event::Recent(1))));
}

#[test]
fn ok_enable_follows_what_the_server_says() {
    let mut client = logged_in(
        "C: A1 ENABLE CONDSTORE UTF8=ACCEPT X-GOOD-IDEA
         S: * ENABLED CONDSTORE X-GOOD-IDEA
         S: A1 OK done
         C: A2 CREATE Entw&APw-rfe
         S: A2 OK done
         C: A3 ENABLE QRESYNC
         S: A3 OK nothing to tell
         C: A4 ENABLE UTF8=ACCEPT
         S: * ENABLED
         S: * ENABLED UTF8=ACCEPT CONDSTORE
         S: A4 OK done
         C: A5 CREATE \"Entwürfe\"
         S: A5 OK done
         C: A6 LIST \"\" *
         S: * LIST () NIL \"Entwürfe\"
         S: A6 OK done",
    );
    let wanted = [
        Capability::CondStore,
        Capability::Utf8Accept,
        Capability::Other(Atom::from_static("X-GOOD-IDEA")),
    ];
    let enabled = client.enable(&wanted).unwrap();
    assert_eq!(enabled.to_string(), "CONDSTORE X-GOOD-IDEA");
    assert!(!client.state().utf8());
    client.create("Entwürfe").unwrap();
    assert_eq!(
        client
            .enable(&[Capability::QResync])
            .unwrap()
            .iter()
            .count(),
        0
    );
    assert!(!client.state().enabled().has(Capability::QResync));
    client.enable(&[Capability::Utf8Accept]).unwrap();
    assert!(client.state().utf8());
    let all = "CONDSTORE X-GOOD-IDEA UTF8=ACCEPT";
    assert_eq!(client.state().enabled().to_string(), all);
    client.create("Entwürfe").unwrap();
    assert_eq!(client.list("", "*").unwrap()[0].name(), "Entwürfe");
}

#[test]
fn err_enable_is_not_sent_where_it_is_not_allowed() {
    let mut client = selected("C: A2 NOOP\nS: A2 OK done");
    let error = client.enable(&[Capability::CondStore]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ENABLE is not allowed in the selected state"
    );
    client.noop().unwrap();
    let mut client = logged_in("C: A1 ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: A1 NO no");
    assert!(client.enable(&[]).is_err());
    assert!(client.enable(&[Capability::CondStore]).is_err());
    assert_eq!(client.state().enabled().iter().count(), 0);
}

#[test]
fn ok_strict_session_reads_utf8_once_it_is_enabled() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 LIST \"\" *
         S: * LIST () NIL \"Entwürfe\"
         S: A1 OK done
         C: A2 ENABLE IMAP4rev2
         S: * ENABLED IMAP4rev2
         S: A2 OK done
         C: A3 LIST \"\" *
         S: * LIST () NIL \"Entwürfe\"
         S: A3 OK done"
    );
    let mut config = Config::default();
    config.session.quirks = Quirks::strict();
    let mut client = Client::with_stream(Script::new(&script), &config).unwrap();
    assert_eq!(client.list("", "*").unwrap(), []);
    client.enable(&[Capability::Imap4Rev2]).unwrap();
    assert_eq!(client.list("", "*").unwrap()[0].name(), "Entwürfe");
}

#[test]
fn ok_languages_and_comparators() {
    let mut client = logged_in(
        "C: A1 LANGUAGE
         S: * LANGUAGE (EN DE i-default)
         S: A1 OK done
         C: A2 LANGUAGE DE-IT DE
         S: * LANGUAGE (DE)
         S: * NAMESPACE ((\"\" \"/\")) NIL NIL
         S: A2 OK gewechselt
         C: A3 LANGUAGE MUL
         S: A3 NO unsupported
         C: A4 COMPARATOR \"cz;*\" i;basic
         S: * COMPARATOR i;basic (i;basic i;octet)
         S: A4 OK done
         C: A5 COMPARATOR
         S: A5 OK done",
    );
    assert_eq!(client.language(&[]).unwrap(), ["EN", "DE", "i-default"]);
    assert_eq!(client.language(&["DE-IT", "DE"]).unwrap(), ["DE"]);
    assert_eq!(
        events(&mut client),
        ["* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n"]
    );
    assert!(client.language(&["MUL"]).is_err());
    let comparator = client.comparator(&["cz;*", "i;basic"]).unwrap();
    assert_eq!(comparator.active, "i;basic");
    assert_eq!(comparator.matching, ["i;basic", "i;octet"]);
    assert!(matches!(
        client.comparator(&[]),
        Err(Error::NoData("COMPARATOR"))
    ));
}

#[test]
fn ok_notify_data_are_events() {
    let mut client = logged_in(
        "C: A1 NOTIFY SET STATUS (selected-delayed (MessageNew MessageExpunge)) (subtree Entw&APw-rfe (MailboxName))
         S: * STATUS Entw&APw-rfe (MESSAGES 1)
         S: A1 OK done
         C: A2 STATUS INBOX (MESSAGES)
         S: * STATUS Entw&APw-rfe (MESSAGES 2)
         S: * STATUS INBOX (MESSAGES 7)
         S: A2 OK done
         C: A3 NOTIFY NONE
         S: A3 OK done
         C: A4 NOTIFY NONE
         S: A4 NO [NOTIFICATIONOVERFLOW] too much",
    );
    let mailboxes = [Mailbox::from("Entw&APw-rfe")];
    let groups = [
        EventGroup {
            filter: MailboxFilter::SelectedDelayed,
            events: &[
                imap_proto::Event::MessageNew(&[]),
                imap_proto::Event::MessageExpunge,
            ],
        },
        EventGroup {
            filter: MailboxFilter::Subtree(&mailboxes),
            events: &[imap_proto::Event::MailboxName],
        },
    ];
    let set = NotifySet {
        status: true,
        groups: &groups,
    };
    client.notify(&Notify::Set(set)).unwrap();
    let status = client.status("INBOX", &[StatusItemName::Messages]).unwrap();
    assert_eq!(status.messages, Some(7));
    assert_eq!(
        events(&mut client),
        [
            "* STATUS Entw&APw-rfe (MESSAGES 1)\r\n",
            "* STATUS Entw&APw-rfe (MESSAGES 2)\r\n"
        ]
    );
    client.notify(&Notify::None).unwrap();
    let error = client.notify(&Notify::None).unwrap_err();
    assert!(error.refusal().unwrap().is(b"NOTIFICATIONOVERFLOW"));
}

#[test]
fn ok_proxy_auth_asks_capabilities_again() {
    let mut client = logged_in(
        "C: A1 PROXYAUTH joe
         S: A1 OK you are joe
         C: A2 CAPABILITY
         S: * CAPABILITY IMAP4rev1 IDLE
         S: A2 OK done
         C: A3 PROXYAUTH \"ann bee\"
         S: A3 NO no such user",
    );
    client.proxy_auth("joe").unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
    assert!(client.state().has(Capability::Idle));
    assert!(client.proxy_auth("ann bee").is_err());
    assert!(client.state().has(Capability::Idle));
}

#[test]
fn ok_unauthenticate_forgets_what_was_enabled() {
    let mut client = logged_in(
        "C: A1 ENABLE UTF8=ACCEPT
         S: * ENABLED UTF8=ACCEPT
         S: A1 OK done
         C: A2 SELECT \"Entwürfe\"
         S: * 3 EXISTS
         S: A2 OK done
         C: A3 UNAUTHENTICATE
         S: * 4 EXISTS
         S: A3 OK [CAPABILITY IMAP4rev1 UNAUTHENTICATE] done
         C: A4 LOGIN ann secret
         S: A4 OK [CAPABILITY IMAP4rev1 UNAUTHENTICATE] welcome
         C: A5 CREATE Entw&APw-rfe
         S: A5 OK done
         C: A6 UNAUTHENTICATE
         S: A6 OK done
         C: A7 CAPABILITY
         S: * CAPABILITY IMAP4rev1 IDLE
         S: A7 OK done",
    );
    client.enable(&[Capability::Utf8Accept]).unwrap();
    client.select("Entwürfe").unwrap();
    client.unauthenticate().unwrap();
    let state = client.state();
    assert_eq!(state.connection(), ConnectionState::NotAuthenticated);
    assert!(state.selected().is_none() && !state.utf8());
    assert_eq!(state.enabled().iter().count(), 0);
    assert!(state.has(Capability::Unauthenticate));
    client.login("ann", "secret").unwrap();
    client.create("Entwürfe").unwrap();
    client.unauthenticate().unwrap();
    assert!(client.state().has(Capability::Idle));
}

#[test]
fn err_unauthenticate_refused_changes_nothing() {
    let mut client = selected("C: A2 UNAUTHENTICATE\nS: A2 BAD what?");
    assert!(client.unauthenticate().is_err());
    assert_eq!(client.state().connection(), ConnectionState::Selected);
    assert!(client.state().has(Capability::UidPlus));
}

#[test]
fn ok_jmap_access() {
    let mut client = logged_in(
        "C: A1 GETJMAPACCESS
         S: * OK working
         S: * JMAPACCESS \"https://example.com/jmap\"
         S: A1 OK done",
    );
    let url = client.get_jmap_access().unwrap();
    assert_eq!(url, "https://example.com/jmap");
    assert_eq!(events(&mut client), ["* OK working\r\n"]);
}
