//! `write!` and our encoder write the same, so that their times can be compared.

use imap_benches::corpora;
use imap_benches::encoding::{Values, is_written, values};
use imap_benches::plain;
use imap_codec::{Encode, EncodeOptions, Encoder};
use imap_proto::Arena;

fn encoded(value: &impl Encode, options: EncodeOptions) -> String {
    let mut out = Encoder::new(options);
    value.encode(&mut out);
    String::from_utf8(out.finish().unwrap().into_bytes()).unwrap()
}

#[test]
fn ok_write_and_encoder_agree() {
    let mut compared = 0;
    for corpus in corpora::all().iter().filter(|corpus| is_written(corpus)) {
        let arena = Arena::new();
        let pairs: Vec<(String, Vec<u8>)> = match values(corpus, &arena) {
            Values::Commands(ours, _) => ours
                .iter()
                .map(|value| {
                    let mut plain = Vec::new();
                    plain::command(&mut plain, value).unwrap();
                    (encoded(value, EncodeOptions::CLIENT), plain)
                })
                .collect(),
            Values::Responses(ours, _) => ours
                .iter()
                .map(|value| {
                    let mut plain = Vec::new();
                    plain::response(&mut plain, value).unwrap();
                    (encoded(value, EncodeOptions::SERVER), plain)
                })
                .collect(),
        };
        for (encoded, plain) in pairs {
            assert_eq!(encoded, String::from_utf8(plain).unwrap());
            compared += 1;
        }
    }
    assert_eq!(compared, 256 + 128 + 256 + 64 + 64);
}
