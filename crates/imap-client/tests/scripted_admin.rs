//! Commands about rights, quotas and annotations against servers that follow a script.

mod support;

use imap_client::{AclEntry, Error, Metadata};
use imap_proto::command::{AclAction, MetadataDepth, MetadataOption, QuotaLimit};
use imap_proto::response::{AnnotateCode, MetadataCode};
use imap_proto::{AnnotationAttribute, Code, MetadataEntry, QuotaResource, Rights};
use support::{events, logged_in};

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

#[test]
fn ok_quota_roots_of_a_mailbox_with_their_usage() {
    let mut client = logged_in(
        "C: A1 GETQUOTAROOT Entw&APw-rfe
         S: * QUOTAROOT other \"\"
         S: * QUOTAROOT Entw&APw-rfe \"\" #user/ann
         S: * QUOTA #user/bob (STORAGE 1 2)
         S: * QUOTA \"\" (STORAGE 10 9223372036854775807 X-NEW 1 2)
         S: A1 OK done
         C: A2 GETQUOTAROOT INBOX
         S: * QUOTAROOT INBOX
         S: A2 OK done
         C: A3 GETQUOTAROOT nowhere
         S: A3 NO [NONEXISTENT] no such mailbox",
    );
    let roots = client.get_quota_root("Entwürfe").unwrap();
    assert_eq!(roots.len(), 2);
    assert_eq!(roots[0].name, "");
    let storage = roots[0].usage(QuotaResource::Storage).unwrap();
    assert_eq!((storage.usage, storage.limit), (10, (1 << 63) - 1));
    assert_eq!(roots[0].resources[1].resource().as_str(), "X-NEW");
    assert!(roots[0].usage(QuotaResource::Message).is_none());
    assert_eq!(
        (&*roots[1].name, roots[1].resources.len()),
        ("#user/ann", 0)
    );
    assert_eq!(
        events(&mut client),
        [
            "* QUOTAROOT other \"\"\r\n",
            "* QUOTA #user/bob (STORAGE 1 2)\r\n"
        ]
    );
    assert_eq!(client.get_quota_root("INBOX").unwrap(), []);
    let error = client.get_quota_root("nowhere").unwrap_err();
    assert!(error.refusal().unwrap().is(b"NONEXISTENT"));
}

#[test]
fn quirk_quota_told_before_its_root() {
    let mut client = logged_in(
        "C: A1 GETQUOTAROOT INBOX
         S: * QUOTA a (MESSAGE 3 5)
         S: * QUOTAROOT INBOX a
         S: A1 OK done",
    );
    let roots = client.get_quota_root("INBOX").unwrap();
    assert_eq!(roots[0].usage(QuotaResource::Message).unwrap().limit, 5);
}

#[test]
fn ok_quota_of_a_root_and_its_change() {
    let mut client = logged_in(
        "C: A1 GETQUOTA \"\"
         S: * QUOTA other (STORAGE 1 2)
         S: * QUOTA \"\" ()
         S: A1 OK done
         C: A2 SETQUOTA \"a b\" (STORAGE 510 MESSAGE 9223372036854775807)
         S: * QUOTA \"a b\" (STORAGE 58 512)
         S: A2 OK rounded
         C: A3 SETQUOTA a ()
         S: A3 OK done",
    );
    assert_eq!(client.get_quota("").unwrap().resources, []);
    assert_eq!(events(&mut client), ["* QUOTA other (STORAGE 1 2)\r\n"]);
    let limit = |resource, limit| QuotaLimit { resource, limit };
    let limits = [
        limit(QuotaResource::Storage, 510),
        limit(QuotaResource::Message, (1 << 63) - 1),
    ];
    let root = client.set_quota("a b", &limits).unwrap().unwrap();
    assert_eq!(root.usage(QuotaResource::Storage).unwrap().limit, 512);
    assert_eq!(client.set_quota("a", &[]).unwrap(), None);
    let beyond = [limit(QuotaResource::Storage, 1 << 63)];
    let error = client.set_quota("a", &beyond).unwrap_err();
    assert!(matches!(error, Error::Argument(e) if e.argument == "quota limit"));
}

#[test]
fn ok_metadata_leaves_changes_of_entries_to_events() {
    let mut client = logged_in(
        "C: A1 GETMETADATA (MAXSIZE 1024 DEPTH infinity) Entw&APw-rfe (/private /shared/comment)
         S: * METADATA Entw&APw-rfe /shared/comment
         S: * METADATA Entw&APw-rfe (/private/a \"x\" /private/b NIL)
         S: * METADATA INBOX (/private/a \"y\")
         S: * METADATA \"Entw&APw-rfe\" (/private/c ~{3}
         S: a\0b)
         S: A1 OK [METADATA LONGENTRIES 2199] done
         C: A2 GETMETADATA \"\" /shared/admin
         S: A2 OK nothing there",
    );
    let options = [
        MetadataOption::MaxSize(1024),
        MetadataOption::Depth(MetadataDepth::Infinity),
    ];
    let metadata = client
        .get_metadata("Entwürfe", &["/private", "/shared/comment"], &options)
        .unwrap();
    assert_eq!(metadata.long_entries, Some(2199));
    assert_eq!(metadata.values.len(), 3);
    assert_eq!(metadata.get("/PRIVATE/a"), Some(&b"x"[..]));
    assert_eq!(metadata.get("/private/b"), None);
    assert_eq!(metadata.get("/private/c"), Some(&b"a\0b"[..]));
    assert_eq!(
        events(&mut client),
        [
            "* METADATA Entw&APw-rfe /shared/comment\r\n",
            "* METADATA INBOX (/private/a \"y\")\r\n"
        ]
    );
    let server = client.get_metadata("", &["/shared/admin"], &[]).unwrap();
    assert_eq!(server, Metadata::default());
}

#[test]
fn ok_set_metadata_sends_any_octets() {
    let mut client = logged_in(
        "C: A1 SETMETADATA INBOX (/private/a \"x\" /private/b NIL /private/c ~{3}
         S: + go on
         C: a\0b)
         S: A1 OK done
         C: A2 SETMETADATA \"\" (/shared/a {4}
         S: A2 NO [METADATA MAXSIZE 3] too long
         C: A3 NOOP
         S: A3 OK done",
    );
    let entry = |name: &'static str, value: Option<&'static str>| MetadataEntry {
        name: name.into(),
        value: value.map(Into::into),
    };
    let entries = [
        entry("/private/a", Some("x")),
        entry("/private/b", None),
        entry("/private/c", Some("a\0b")),
    ];
    client.set_metadata("INBOX", &entries).unwrap();
    let error = client
        .set_metadata("", &[entry("/shared/a", Some("a\r\nb"))])
        .unwrap_err();
    assert_eq!(
        error.refusal().unwrap().code(),
        Some(Code::Metadata(MetadataCode::MaxSize(3)))
    );
    client.noop().unwrap();
}

#[test]
fn ok_annotations_as_of_the_draft() {
    let mut client = logged_in(
        "C: A1 GETANNOTATION INBOX \"/%\" (\"value.priv\" \"size.priv\")
         S: * ANNOTATION INBOX /comment
         S: * ANNOTATION INBOX /comment (value.priv \"My comment\" size.priv \"10\")
         S: * ANNOTATION INBOX /sort (value.priv NIL)
         S: * ANNOTATION other /sort (value.priv NIL)
         S: A1 OK done
         C: A2 SETANNOTATION \"\" \"/motd\" (\"value.shared\" \"hi\" \"value.priv\" NIL)
         S: A2 NO [ANNOTATEMORE TOOBIG] too big",
    );
    let annotations = client
        .get_annotation("INBOX", &["/%"], &["value.priv", "size.priv"])
        .unwrap();
    let values: Vec<_> = annotations
        .iter()
        .map(|annotation| (&*annotation.entry, annotation.get("Value.priv")))
        .collect();
    assert_eq!(
        values,
        [("/comment", Some(&b"My comment"[..])), ("/sort", None)]
    );
    assert_eq!(annotations[0].get("size.priv"), Some(&b"10"[..]));
    assert_eq!(
        events(&mut client),
        [
            "* ANNOTATION INBOX /comment\r\n",
            "* ANNOTATION other /sort (value.priv NIL)\r\n"
        ]
    );
    let attribute = |name: &'static str, value: Option<&'static str>| AnnotationAttribute {
        name: name.into(),
        value: value.map(Into::into),
    };
    let attributes = [
        attribute("value.shared", Some("hi")),
        attribute("value.priv", None),
    ];
    let error = client.set_annotation("", "/motd", &attributes).unwrap_err();
    assert_eq!(
        error.refusal().unwrap().code(),
        Some(Code::AnnotateMore(AnnotateCode::TooBig))
    );
}
