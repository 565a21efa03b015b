//! Commands that few servers have against servers that follow a script.

mod support;

use std::num::NonZeroU32;

use imap_client::{Error, Event};
use imap_proto::command::{UrlItemName, UrlRequest, UrlRump};
use imap_proto::response::{UrlData, UrlItem};
use imap_proto::{FetchItem, FetchItemName, IString, SeqNum, Tag, UidSetBuf, UrlMechanism};
use support::{events, logged_in, selected};

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

/// A URL of a part of a message.
const URL: &str = "imap://joe@example.com/INBOX/;uid=20/;section=1.2";

#[test]
fn ok_url_auth_gives_urls_for_others() {
    let mut client = logged_in(&format!(
        "C: A1 GENURLAUTH {URL};urlauth=submit+ann INTERNAL
         S: * 5 EXISTS
         S: * GENURLAUTH {URL};urlauth=submit+ann:internal:91354a473744909de610943775f92038
         S: A1 OK done
         C: A2 GENURLAUTH {URL} INTERNAL
         S: A2 BAD no access"
    ));
    let rump = format!("{URL};urlauth=submit+ann");
    let request = |url| UrlRump {
        url,
        mechanism: UrlMechanism::Internal,
    };
    let urls = client
        .gen_url_auth(&[request(rump.as_str().into())])
        .unwrap();
    assert_eq!(
        urls,
        [format!("{rump}:internal:91354a473744909de610943775f92038")]
    );
    assert!(matches!(client.next_event(), Some(Event::Exists(5))));
    assert!(client.gen_url_auth(&[request(URL.into())]).is_err());
}

#[test]
fn ok_reset_key_tells_the_other_mechanisms() {
    let mut client = logged_in(
        "C: A1 RESETKEY
         S: A1 OK all keys are gone
         C: A2 RESETKEY Entw&APw-rfe INTERNAL
         S: A2 OK [URLMECH INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg== OTHER] done",
    );
    assert_eq!(client.reset_key(None, &[]).unwrap(), []);
    let mechanisms = client
        .reset_key(Some("Entwürfe".into()), &[UrlMechanism::Internal])
        .unwrap();
    let told: Vec<_> = mechanisms
        .iter()
        .map(|mechanism| (&*mechanism.name, mechanism.data.as_deref()))
        .collect();
    let data = Some("P34OKhO7VEkCbsiYY8rGEg==");
    assert_eq!(told, [("XSAMPLE", data), ("OTHER", None)]);
    let error = client.reset_key(None, &[UrlMechanism::Internal]);
    assert!(matches!(error, Err(Error::Argument(_))));
}

#[test]
fn ok_url_fetch_gives_what_urls_stand_for() {
    let mut client = logged_in(&format!(
        "C: A1 URLFETCH {URL} ({URL}.1 BINARY) imap://nowhere
         S: * URLFETCH {URL} \"Si vis pacem\" imap://nowhere NIL
         S: * 5 EXISTS
         S: * URLFETCH {URL}.1 (BINARY {{3}}
         S: a\0b)
         S: A1 OK done
         C: A2 URLFETCH {URL}
         S: A2 NO not now"
    ));
    let binary = format!("{URL}.1");
    let request = |url, items| UrlRequest { url, items };
    let requests = [
        request(URL.into(), &[][..]),
        request(binary.as_str().into(), &[UrlItemName::Binary]),
        request("imap://nowhere".into(), &[]),
    ];
    let fetched = client.url_fetch(&requests).unwrap();
    assert_eq!(
        fetched.get(URL),
        Some(UrlData::Octets(Some("Si vis pacem".into())))
    );
    assert_eq!(fetched.get("imap://nowhere"), Some(UrlData::Octets(None)));
    assert_eq!(
        fetched.get(&binary),
        Some(UrlData::Items(&[UrlItem::Binary(Some("a\0b".into()))]))
    );
    assert_eq!(fetched.get("imap://elsewhere"), None);
    assert_eq!(fetched.iter().count(), 3);
    assert!(matches!(client.next_event(), Some(Event::Exists(5))));
    assert!(client.url_fetch(&requests[..1]).is_err());
}
