//! Commands about mailboxes and the account against servers that follow a script.

mod support;

use imap_client::blocking::Client;
use imap_client::{AclEntry, Error, Event};
use imap_proto::Rights;
use imap_proto::command::AclAction;
use support::{LOGGED_IN, Script};

/// A client that has logged in, whose server goes on with `script`.
fn logged_in(script: &str) -> Client {
    let script = format!("{LOGGED_IN}{script}");
    Script::new(&script).client().unwrap()
}

/// The octets of the responses that nobody asked for.
fn events(client: &mut Client) -> Vec<String> {
    let text = |event| match event {
        Event::Response(response) => String::from_utf8_lossy(response.frame()).into_owned(),
        other => format!("{other:?}"),
    };
    std::iter::from_fn(|| client.next_event())
        .map(text)
        .collect()
}

fn rights(letters: &str) -> Rights {
    Rights::new(letters).unwrap()
}

#[test]
fn ok_acl_of_one_mailbox_leaves_others_to_events() {
    let mut client = logged_in(
        "C: A1 GETACL Entw&APw-rfe
         S: * ACL other ann lr
         S: * ACL Entw&APw-rfe Fred rwipslda -Fred wetd anyone \"\" \"Ann Bee\" lr
         S: * 5 EXISTS
         S: A1 OK done
         C: A2 GETACL other
         S: * ACL \"other\"
         S: A2 OK done",
    );
    let acl = client.get_acl("Entwürfe").unwrap();
    let entries: Vec<_> = acl
        .iter()
        .map(|entry| (&*entry.identifier, entry.rights.to_string()))
        .collect();
    let expected = [
        ("Fred", "lrswipad".to_owned()),
        ("-Fred", "wted".to_owned()),
        (AclEntry::ANYONE, String::new()),
        ("Ann Bee", "lr".to_owned()),
    ];
    assert_eq!(entries, expected);
    assert!(acl[1].is_negative() && !acl[0].is_negative());
    assert_eq!(events(&mut client), ["* ACL other ann lr\r\n", "Exists(5)"]);
    assert_eq!(client.get_acl("other").unwrap(), []);
}

#[test]
fn ok_acl_changes() {
    let mut client = logged_in(
        "C: A1 SETACL Archive ann +lr
         S: A1 OK done
         C: A2 SETACL Archive -ann w
         S: A2 OK done
         C: A3 SETACL Archive ann -r
         S: A3 OK done
         C: A4 DELETEACL Archive \"ann bee\"
         S: A4 NO [NOPERM] not yours
         C: A5 NOOP
         S: A5 OK done",
    );
    client
        .set_acl("Archive", "ann", AclAction::Add, rights("rl"))
        .unwrap();
    client
        .set_acl("Archive", "-ann", AclAction::Replace, Rights::WRITE)
        .unwrap();
    client
        .set_acl("Archive", "ann", AclAction::Remove, Rights::READ)
        .unwrap();
    let error = client.delete_acl("Archive", "ann bee").unwrap_err();
    assert!(error.refusal().unwrap().is(b"NOPERM"));
    client.noop().unwrap();
}

#[test]
fn ok_rights_that_can_be_given_and_that_the_user_has() {
    let mut client = logged_in(
        "C: A1 LISTRIGHTS ~/Mail/saved smith
         S: * LISTRIGHTS ~/Mail/saved smith la r swicdkxte
         S: A1 OK done
         C: A2 MYRIGHTS inbox
         S: * MYRIGHTS other lr
         S: * MYRIGHTS INBOX rwiptsldaex
         S: A2 OK done",
    );
    let grantable = client.list_rights("~/Mail/saved", "smith").unwrap();
    assert_eq!(grantable.required, rights("la"));
    assert_eq!(grantable.optional, [rights("r"), rights("swicdkxte")]);
    assert_eq!(client.my_rights("inbox").unwrap(), rights("rwiptsldaex"));
    assert_eq!(events(&mut client), ["* MYRIGHTS other lr\r\n"]);
}

#[test]
fn err_answer_without_data_leaves_the_session_usable() {
    let mut client = logged_in(
        "C: A1 MYRIGHTS INBOX
         S: A1 OK done
         C: A2 NOOP
         S: A2 OK done",
    );
    let error = client.my_rights("INBOX").unwrap_err();
    assert!(matches!(error, Error::NoData("MYRIGHTS")));
    assert!(!error.is_fatal());
    assert_eq!(
        error.to_string(),
        "server said OK to MYRIGHTS and nothing else"
    );
    client.noop().unwrap();
}
