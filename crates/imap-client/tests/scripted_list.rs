//! Lists of mailboxes from servers that follow a script.

mod support;

use imap_client::{Error, Event, ListEntry, ListOptions, SpecialUse};
use imap_proto::command::{ListReturnOption, ListSelectOption};
use imap_proto::response::Status;
use imap_proto::{Mailbox, MailboxAttribute, Response, Rights, StatusItemName};
use support::{events, logged_in};

/// What plain LIST gives for the lines of a server.
fn list(lines: &str) -> Vec<ListEntry> {
    let mut client = logged_in(&format!("C: A1 LIST \"\" *\n{lines}\nS: A1 OK done"));
    client.list("", "*").unwrap()
}

fn names(entries: &[ListEntry]) -> Vec<&str> {
    entries.iter().map(ListEntry::name).collect()
}

#[test]
fn ok_list_extended_sends_options_and_several_patterns() {
    let mut client = logged_in(
        "C: A1 LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX Entw&APw-rfe/%) RETURN (CHILDREN SPECIAL-USE)
         S: * LIST (\\Subscribed) \"/\" INBOX
         S: * LIST (\\NonExistent) \"/\" Entw&APw-rfe (\"CHILDINFO\" (\"SUBSCRIBED\" \"X\"))
         S: * LIST () \"/\" new (OLDNAME (\"Entw&APw-rfe\") X-FOO (a 5))
         S: A1 OK done
         C: A2 LIST \"\" %
         S: A2 OK done",
    );
    let options = ListOptions {
        select: &[
            ListSelectOption::Subscribed,
            ListSelectOption::RecursiveMatch,
        ],
        returns: &[ListReturnOption::Children, ListReturnOption::SpecialUse],
    };
    let patterns = ["INBOX", "Entwürfe/%"];
    let entries = client.list_extended("", &patterns, options).unwrap();
    assert_eq!(names(&entries), ["INBOX", "Entwürfe", "new"]);
    assert!(entries[0].has(MailboxAttribute::Subscribed) && entries[0].is_selectable());
    assert!(!entries[1].is_selectable());
    assert_eq!(entries[1].child_info(), ["SUBSCRIBED", "X"]);
    assert_eq!(entries[2].child_info(), [""; 0]);
    assert_eq!(entries[2].old_name(), Some(Mailbox::from("Entw&APw-rfe")));
    let others: Vec<_> = entries[2].other_data().collect();
    assert_eq!(others, [("X-FOO", &b"(a 5)"[..])]);
    let plain = client.list_extended("", &["%"], ListOptions::default());
    assert_eq!(plain.unwrap(), []);
}

#[test]
fn ok_list_with_status_rights_and_metadata_of_each_entry() {
    let mut client = logged_in(
        "C: A1 LIST \"\" * RETURN (STATUS (MESSAGES) MYRIGHTS METADATA (/private/comment))
         S: * LIST () \"/\" inbox
         S: * LIST () \"/\" Entw&APw-rfe
         S: * STATUS Entw&APw-rfe (MESSAGES 2)
         S: * STATUS other (MESSAGES 9)
         S: * MYRIGHTS INBOX lrs
         S: * METADATA \"Entw&APw-rfe\" (/private/comment \"x\")
         S: * METADATA INBOX /private/comment
         S: * STATUS INBOX (MESSAGES 1)
         S: * LIST (\\Noselect) \"/\" a
         S: A1 OK done",
    );
    let options = ListOptions {
        returns: &[
            ListReturnOption::Status(&[StatusItemName::Messages]),
            ListReturnOption::MyRights,
            ListReturnOption::Metadata(&["/private/comment".into()]),
        ],
        ..ListOptions::default()
    };
    let entries = client.list_extended("", &["*"], options).unwrap();
    let messages: Vec<_> = entries
        .iter()
        .map(|entry| entry.status().and_then(|status| status.messages))
        .collect();
    assert_eq!(messages, [Some(1), Some(2), None]);
    assert_eq!(entries[0].my_rights(), Some(Rights::new("lrs").unwrap()));
    assert_eq!(entries[1].my_rights(), None);
    assert_eq!(entries[1].metadata()[0].value.as_deref(), Some(&b"x"[..]));
    assert_eq!(entries[0].metadata(), []);
    assert_eq!(
        events(&mut client),
        [
            "* STATUS other (MESSAGES 9)\r\n",
            "* METADATA INBOX /private/comment\r\n"
        ]
    );
}

#[test]
fn ok_list_leaves_data_that_it_did_not_ask_for_to_events() {
    let mut client = logged_in(
        "C: A1 LIST \"\" *
         S: * LIST () \"/\" a
         S: * STATUS a (MESSAGES 9)
         S: * MYRIGHTS a lrs
         S: * LSUB () \"/\" a
         S: A1 OK done",
    );
    let entries = client.list("", "*").unwrap();
    assert_eq!(names(&entries), ["a"]);
    assert!(entries[0].status().is_none() && entries[0].my_rights().is_none());
    assert_eq!(events(&mut client).len(), 3);
}

#[test]
fn ok_list_options_step_down_until_the_server_knows_them() {
    let mut client = logged_in(
        "C: A1 LIST (SUBSCRIBED) \"\" * RETURN (CHILDREN)
         S: A1 BAD what?
         C: A2 LIST (SUBSCRIBED) \"\" *
         S: A2 BAD what?
         C: A3 LIST \"\" *
         S: A3 BAD what?",
    );
    let mut options = Some(ListOptions {
        select: &[ListSelectOption::Subscribed],
        returns: &[ListReturnOption::Children],
    });
    let mut tries = 0;
    while let Some(next) = options {
        let error = client.list_extended("", &["*"], next).unwrap_err();
        assert_eq!(error.refusal().unwrap().status(), Status::Bad);
        options = next.step_down();
        tries += 1;
    }
    assert_eq!(tries, 3);
}

#[test]
fn err_list_extended_without_patterns_is_not_sent() {
    let mut client = logged_in("C: A1 NOOP\nS: A1 OK done");
    let nothing: [&str; 0] = [];
    let error = client.list_extended("", &nothing, ListOptions::default());
    assert!(matches!(error, Err(Error::Argument(_))));
    client.noop().unwrap();
}

#[test]
fn ok_lists_of_older_kinds() {
    let mut client = logged_in(
        "C: A1 LSUB \"\" Entw&APw-rfe*
         S: * LIST () \"/\" other
         S: * LSUB () \"/\" Entw&APw-rfe
         S: A1 OK done
         C: A2 RLIST \"\" %
         S: * LIST (\\Remote) \"/\" far
         S: A2 OK done
         C: A3 RLSUB \"\" %
         S: * LSUB () \"/\" far
         S: A3 OK done
         C: A4 XLIST \"\" %
         S: * LSUB () \"/\" other
         S: * XLIST (\\Spam) \"/\" far
         S: A4 OK done
         C: A5 XLIST \"\" %
         S: A5 BAD what?",
    );
    assert_eq!(names(&client.lsub("", "Entwürfe*").unwrap()), ["Entwürfe"]);
    let remote = client.rlist("", "%").unwrap();
    assert!(remote[0].has(MailboxAttribute::Remote));
    assert_eq!(names(&client.rlsub("", "%").unwrap()), ["far"]);
    assert_eq!(names(&client.xlist("", "%").unwrap()), ["far"]);
    assert!(client.xlist("", "%").is_err());
    let mut others = 0;
    while let Some(event) = client.next_event() {
        let Event::Response(response) = event else {
            panic!("{event:?}")
        };
        assert!(matches!(
            response.response(),
            Response::List(_) | Response::Lsub(_)
        ));
        others += 1;
    }
    assert_eq!(others, 2);
}

#[test]
fn ok_special_uses_by_attributes_come_before_names() {
    let entries = list(
        "S: * LIST () \"/\" Sent
         S: * LIST (\\Sent) \"/\" \"Sent Messages\"
         S: * LIST (\\Noselect \\Drafts) \"/\" Drafts
         S: * LIST () \"/\" a/drafts
         S: * LIST () \"/\" b/c/Drafts
         S: * LIST (\\Junk) \"/\" Trash
         S: * LIST () \"/\" \"Deleted Items\"",
    );
    let name = |entry: Option<&ListEntry>| entry.map(|entry| entry.name().to_owned());
    let guessed = |usage: SpecialUse| name(usage.find_or_guess(&entries));
    assert_eq!(guessed(SpecialUse::Sent).unwrap(), "Sent Messages");
    assert_eq!(guessed(SpecialUse::Drafts).unwrap(), "a/drafts");
    assert_eq!(name(SpecialUse::Drafts.find(&entries)), None);
    assert_eq!(guessed(SpecialUse::Junk).unwrap(), "Trash");
    assert_eq!(guessed(SpecialUse::Trash).unwrap(), "Deleted Items");
    assert_eq!(guessed(SpecialUse::Archive), None);
}

#[test]
fn ok_special_uses_by_attributes_of_xlist() {
    let mut client = logged_in(
        "C: A1 XLIST \"\" *
         S: * XLIST (\\Inbox) \"/\" Posteingang
         S: * XLIST (\\AllMail) \"/\" all
         S: * XLIST (\\Starred) \"/\" starred
         S: * XLIST (\\Spam) \"/\" spam
         S: * XLIST (\\Important) \"/\" important
         S: A1 OK done",
    );
    let entries = client.xlist("", "*").unwrap();
    for (usage, name) in [
        (SpecialUse::All, "all"),
        (SpecialUse::Flagged, "starred"),
        (SpecialUse::Junk, "spam"),
        (SpecialUse::Important, "important"),
    ] {
        assert_eq!(usage.find(&entries).unwrap().name(), name);
    }
}

#[test]
fn quirk_dovecot_answers_xlist_by_list() {
    let mut client = logged_in(
        "C: A1 XLIST \"\" *
         S: * LIST (\\HasNoChildren \\Sent) \"/\" Gone
         S: A1 OK done",
    );
    let entries = client.xlist("", "*").unwrap();
    assert_eq!(SpecialUse::Sent.find(&entries).unwrap().name(), "Gone");
}

#[test]
fn ok_special_uses_have_the_attributes_that_tell_them() {
    for usage in [
        SpecialUse::All,
        SpecialUse::Archive,
        SpecialUse::Drafts,
        SpecialUse::Flagged,
        SpecialUse::Important,
        SpecialUse::Junk,
        SpecialUse::Sent,
        SpecialUse::Trash,
    ] {
        assert_eq!(SpecialUse::of_attribute(usage.attribute()), Some(usage));
    }
    assert_eq!(SpecialUse::of_attribute(MailboxAttribute::Marked), None);
}

#[test]
fn ok_create_for_a_purpose() {
    let mut client = logged_in(
        "C: A1 CREATE Entw&APw-rfe (USE (\\Drafts \\Sent))
         S: A1 OK done
         C: A2 CREATE Everything (USE (\\All))
         S: A2 NO [USEATTR] not that",
    );
    let uses = [MailboxAttribute::Drafts, MailboxAttribute::Sent];
    client.create_special_use("Entwürfe", &uses).unwrap();
    let error = client.create_special_use("Everything", &[MailboxAttribute::All]);
    assert!(error.unwrap_err().refusal().unwrap().is(b"USEATTR"));
}
