//! Annotations of mailboxes and the server.

use imap_client::Metadata;
use imap_proto::command::{MetadataDepth, MetadataOption};
use imap_proto::{AnnotationAttribute, IString, MetadataEntry};

use super::{Scene, fresh};

scenarios! {
    ok_annotations_are_any_octets: needs ["METADATA"], proves ["SETMETADATA", "GETMETADATA"];
    ok_annotations_below_others: needs ["METADATA"], proves ["GETMETADATA"];
    ok_large_annotations_are_left_out: needs ["METADATA"], proves ["GETMETADATA"];
    ok_annotations_of_the_draft: needs ["ANNOTATEMORE"], proves ["SETANNOTATION", "GETANNOTATION"];
}

fn entry<'a>(name: &'a str, value: Option<&'a str>) -> MetadataEntry<'a> {
    MetadataEntry {
        name: name.into(),
        value: value.map(IString::from),
    }
}

/// The names that have values.
fn names(metadata: &Metadata) -> Vec<&str> {
    let values = metadata.values.iter().filter(|one| one.value.is_some());
    let mut names = Vec::from_iter(values.map(|one| &*one.name));
    names.sort_unstable();
    names
}

async fn ok_annotations_are_any_octets(scene: &Scene) {
    let mut client = fresh(scene, "metadata").await;
    let value = "{3}\r\n\"quoted\" Grüße\\";
    for (mailbox, name) in [
        ("INBOX", "/private/comment"),
        ("INBOX", "/shared/comment"),
        ("", "/private/vendor/example/x"),
    ] {
        wait!(client.set_metadata(mailbox, &[entry(name, Some(value))])).unwrap();
        let told = wait!(client.get_metadata(mailbox, &[name], &[])).unwrap();
        assert_eq!(told.get(name), Some(value.as_bytes()), "{mailbox} {name}");
        wait!(client.set_metadata(mailbox, &[entry(name, None)])).unwrap();
        let told = wait!(client.get_metadata(mailbox, &[name], &[])).unwrap();
        assert_eq!(told.get(name), None, "{mailbox} {name}");
    }
}

async fn ok_annotations_below_others(scene: &Scene) {
    let mut client = fresh(scene, "depth").await;
    let entries = ["", "/a", "/a/b"].map(|end| format!("/private/vendor/x{end}"));
    for name in &entries {
        wait!(client.set_metadata("INBOX", &[entry(name, Some("v"))])).unwrap();
    }
    for (depth, count) in [
        (MetadataDepth::Zero, 1),
        (MetadataDepth::One, 2),
        (MetadataDepth::Infinity, 3),
    ] {
        let options = [MetadataOption::Depth(depth)];
        let told = wait!(client.get_metadata("INBOX", &[&entries[0]], &options)).unwrap();
        assert_eq!(names(&told), entries[..count], "{depth:?}");
    }
}

async fn ok_large_annotations_are_left_out(scene: &Scene) {
    let mut client = fresh(scene, "maxsize").await;
    let (large, small) = ("/private/vendor/large", "/private/vendor/small");
    let long = "x".repeat(1500);
    let entries = [entry(large, Some(&long)), entry(small, Some("v"))];
    wait!(client.set_metadata("INBOX", &entries)).unwrap();
    let options = [MetadataOption::MaxSize(100)];
    let told = wait!(client.get_metadata("INBOX", &[large, small], &options)).unwrap();
    assert_eq!(names(&told), [small]);
    assert_eq!(told.long_entries, Some(1500));
}

async fn ok_annotations_of_the_draft(scene: &Scene) {
    let mut client = fresh(scene, "draft").await;
    let value = AnnotationAttribute {
        name: "value.priv".into(),
        value: Some("a \"remark\"".into()),
    };
    wait!(client.set_annotation("INBOX", "/comment", &[value])).unwrap();
    let (entries, attributes) = (["/comment"], ["value.priv"]);
    let told = wait!(client.get_annotation("INBOX", &entries, &attributes)).unwrap();
    assert_eq!(told[0].entry, "/comment");
    assert_eq!(told[0].get("value.priv"), Some(&b"a \"remark\""[..]));
}
