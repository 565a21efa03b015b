//! Commands that few servers have against servers that follow a script.

mod support;

use std::num::NonZeroU32;

use imap_client::Event;
use imap_proto::{FetchItem, FetchItemName, IString, SeqNum, Tag, UidSetBuf};
use support::{events, selected};

fn non_zero(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap()
}

#[test]
fn ok_partial_is_answered_by_fetch() {
    let mut client = selected(
        "C: A2 PARTIAL 2 RFC822 1 5
         S: * 1 FETCH (RFC822 {5}
         S: other)
         S: * 2 FETCH (FLAGS (\\Seen))
         S: * 2 FETCH (RFC822 {5}
         S: a: bc)
         S: A2 OK done
         C: A3 PARTIAL 2 RFC822 0 5
         S: A3 BAD octets are counted from 1",
    );
    let seq = SeqNum::try_from(2).unwrap();
    let fetched = client.partial(seq, FetchItemName::Rfc822, 1, 5).unwrap();
    let items: Vec<_> = fetched.iter().map(|fetch| fetch.items).collect();
    assert_eq!(items, [[FetchItem::Rfc822(Some(IString(b"a: bc")))]]);
    assert_eq!(events(&mut client).len(), 2);
    assert!(client.partial(seq, FetchItemName::Rfc822, 0, 5).is_err());
}

#[test]
fn ok_cancel_update() {
    let mut client = selected(
        "C: A2 CANCELUPDATE \"A1\" \"B01\"
         S: * 4 EXISTS
         S: A2 OK done
         C: A3 CANCELUPDATE \"A1\"
         S: A3 BAD no such search",
    );
    let tag = |text| Tag::new(text).unwrap();
    client.cancel_update(&[tag("A1"), tag("B01")]).unwrap();
    assert!(matches!(client.next_event(), Some(Event::Exists(4))));
    assert!(client.cancel_update(&[tag("A1")]).is_err());
}

#[test]
fn ok_uid_batches_can_be_fetched() {
    let mut client = selected(
        "C: A2 UIDBATCHES 2000 1:2
         S: * OK working
         S: * UIDBATCHES (TAG \"A2\") 99695:20351,20350:7830
         S: A2 OK done
         C: A3 UID FETCH 7830:20350 (FLAGS)
         S: A3 OK done
         C: A4 UIDBATCHES 1
         S: * UIDBATCHES (TAG \"A4\")
         S: A4 OK no messages
         C: A5 UIDBATCHES 1
         S: A5 NO [TOOFEW] larger batches only",
    );
    let range = Some((non_zero(1), non_zero(2)));
    let batches = client.uid_batches(non_zero(2000), range).unwrap();
    let texts: Vec<_> = batches.iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["20351:99695", "7830:20350"]);
    assert_eq!(events(&mut client), ["* OK working\r\n"]);
    client
        .uid_fetch(&batches[1], &[FetchItemName::Flags])
        .unwrap();
    let none: [UidSetBuf; 0] = [];
    assert_eq!(client.uid_batches(non_zero(1), None).unwrap(), none);
    let error = client.uid_batches(non_zero(1), None).unwrap_err();
    assert!(error.refusal().unwrap().is(b"TOOFEW"));
}
