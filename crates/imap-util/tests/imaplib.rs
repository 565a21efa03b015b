//! The functions that need no time zone, against Python's imaplib.

use std::borrow::Cow;

use imap_util::imaplib::{int_to_ap, internaldate_to_tuple, parse_flags};
use imap_util::{decode_utf7, decode_utf7_lossy, encode_utf7};
use serde_json::Value;
use time::UtcOffset;

mod vectors;
use vectors::{NO_SUCH_CALL, REFUSED, check};

#[test]
fn ok_int_to_ap() {
    let python = |vector: &Value| text_or_refused(vector, |ok| ok.as_str().unwrap().to_owned());
    check("int2ap", "vectors", 33, python, |vector| {
        number(vector["input"].as_str().unwrap()).map_or_else(|| NO_SUCH_CALL.to_owned(), int_to_ap)
    });
}

#[test]
fn ok_parse_flags() {
    let python = |vector: &Value| text_or_refused(vector, Value::to_string);
    check(
        "parse_flags",
        "vectors",
        33,
        python,
        |vector| match octets(vector) {
            None => NO_SUCH_CALL.to_owned(),
            Some(response) => {
                let flags = parse_flags(response);
                let flags = flags.iter().map(|flag| str::from_utf8(flag).unwrap());
                Value::from_iter(flags).to_string()
            }
        },
    );
}

#[test]
fn ok_internaldate_to_tuple_of_malformed_dates() {
    let python =
        |vector: &Value| text_or_refused(vector, |ok| format!("{ok} at {}", vector["epoch"]));
    check(
        "internaldate2tuple_malformed",
        "vectors",
        38,
        python,
        |vector| {
            assert_eq!(vector["tz"], "UTC0");
            match octets(vector).map(|response| internaldate_to_tuple(response, &UtcOffset::UTC)) {
                None => NO_SUCH_CALL.to_owned(),
                Some(Err(_)) => REFUSED.to_owned(),
                Some(Ok(None)) => "null at null".to_owned(),
                Some(Ok(Some(tuple))) => {
                    let fields = [
                        tuple.year,
                        tuple.mon,
                        tuple.mday,
                        tuple.hour,
                        tuple.min,
                        tuple.sec,
                        tuple.wday,
                        tuple.yday,
                        tuple.isdst,
                    ];
                    let date = time::Date::from_ordinal_date(
                        i32::try_from(tuple.year).unwrap(),
                        u16::try_from(tuple.yday).unwrap(),
                    );
                    let seconds = tuple.hour * 3600 + tuple.min * 60 + tuple.sec;
                    let epoch = date.unwrap().midnight().assume_utc().unix_timestamp() + seconds;
                    assert_eq!(tuple.gmtoff, Some(0));
                    format!("{} at {epoch}", Value::from_iter(fields))
                }
            }
        },
    );
}

#[test]
fn ok_modified_utf7_both_ways() {
    let python = |vector: &Value| format!("{} {}", vector["unicode"], vector["wire"]);
    check("mutf7", "vectors", 23, python, |vector| {
        let unicode = vector["unicode"].as_str().unwrap();
        let wire = vector["wire"].as_str().unwrap();
        let text = decode_utf7(wire.as_bytes()).unwrap();
        assert_eq!(decode_utf7_lossy(wire.as_bytes()), text);
        format!(
            "{} {}",
            Value::from(text),
            Value::from(encode_utf7(unicode))
        )
    });
}

#[test]
fn err_modified_utf7_that_breaks_a_rule() {
    check(
        "mutf7",
        "invalid_decode",
        14,
        |_| REFUSED.to_owned(),
        |vector| {
            let wire = vector["wire"].as_str().unwrap();
            decode_utf7(wire.as_bytes()).map_or_else(|_| REFUSED.to_owned(), Cow::into_owned)
        },
    );
}

fn text_or_refused(vector: &Value, text: impl Fn(&Value) -> String) -> String {
    match vector.get("ok") {
        Some(ok) => text(ok),
        None => REFUSED.to_owned(),
    }
}

/// The argument, if it is octets.
fn octets(vector: &Value) -> Option<&[u8]> {
    let input = vector["input"].as_str()?.as_bytes();
    matches!(vector["input_type"].as_str()?, "bytes" | "bytearray").then_some(input)
}

/// A number as Python writes it, as the nearest thing a caller of `int_to_ap` has.
fn number(text: &str) -> Option<i128> {
    Some(match text {
        "True" => i128::from(true),
        "False" => i128::from(false),
        "2**31-1" => (1 << 31) - 1,
        "2**32" => 1 << 32,
        "2**63" => 1 << 63,
        "2**64-1" => (1 << 64) - 1,
        "2**64" => 1 << 64,
        "10**30" => 10i128.pow(30),
        _ => match text.strip_prefix("0x") {
            Some(hex) => i128::from_str_radix(hex, 16).ok()?,
            None => text
                .parse()
                .or_else(|_| text.parse().map(|float: f64| float as i128))
                .ok()?,
        },
    })
}
