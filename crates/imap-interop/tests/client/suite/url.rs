//! URLs that stand for messages.

use imap_interop::samples;
use imap_proto::UrlMechanism;
use imap_proto::command::{UrlRequest, UrlRump};
use imap_proto::response::UrlData;

use super::{Scene, log_in};

scenarios! {
    ok_url_of_a_message: needs ["URLAUTH"], proves ["GENURLAUTH", "URLFETCH", "RESETKEY"];
}

async fn ok_url_of_a_message(scene: &Scene) {
    let user = scene.user_with("url", 1);
    let mut client = log_in(scene, &user).await;
    wait!(client.select("INBOX")).unwrap();
    let (name, host) = (user.name(), scene.instance().url_host());
    let rump = format!("imap://{name}@{host}/INBOX/;UID=1;URLAUTH=user+{name}");
    let rumps = [UrlRump {
        url: (&*rump).into(),
        mechanism: UrlMechanism::Internal,
    }];
    let urls = wait!(client.gen_url_auth(&rumps)).unwrap();
    assert!(
        urls[0].starts_with(&format!("{rump}:internal:")),
        "{urls:?}"
    );
    let request = UrlRequest {
        url: (&*urls[0]).into(),
        items: &[],
    };
    let sample = samples(1).next().unwrap();
    let fetched = wait!(client.url_fetch(&[request])).unwrap();
    let Some(UrlData::Octets(Some(octets))) = fetched.get(&urls[0]) else {
        panic!("{fetched:?}")
    };
    assert!(octets.0 == sample.message.bytes);
    wait!(client.reset_key(Some("INBOX".into()), &[])).unwrap();
    let fetched = wait!(client.url_fetch(&[request])).unwrap();
    let revoked = fetched.get(&urls[0]);
    assert!(
        matches!(revoked, Some(UrlData::Octets(None))),
        "{revoked:?}"
    );
}
