//! Octets that are taken for values that need no connection.

use imap_util::imaplib::{
    DateTimeArg, int_to_ap, internaldate_to_tuple, parse_flags, time_to_internaldate,
};
use imap_util::{Flag, InternalDate, decode_utf7, decode_utf7_lossy, encode_utf7};
use time::{OffsetDateTime, UtcOffset};

/// The octets are the name of a mailbox, as a text and in modified UTF-7.
pub fn utf7(octets: &[u8]) {
    if let Ok(text) = str::from_utf8(octets) {
        let wire = encode_utf7(text);
        assert!(wire.bytes().all(|octet| matches!(octet, b' '..=b'~')));
        assert_eq!(decode_utf7(wire.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode_utf7_lossy(wire.as_bytes()), text);
    }
    let lossy = decode_utf7_lossy(octets);
    match decode_utf7(octets) {
        Ok(text) => {
            assert_eq!(text, lossy);
            assert_eq!(encode_utf7(&text).as_bytes(), octets);
        }
        Err(error) => assert!(error.offset <= octets.len()),
    }
}

/// The octets are a date, an instant, or a response that has a date and flags.
pub fn internal_date(octets: &[u8]) {
    match InternalDate::parse(octets) {
        Ok(date) => check_date(date),
        Err(error) => assert!(error.offset <= octets.len()),
    }
    if let Some((date, rest)) = InternalDate::split_quoted(octets) {
        let wire = octets.strip_suffix(rest).unwrap();
        assert_eq!(InternalDate::parse(wire), Ok(date));
    }
    if let Some((seconds, rest)) = octets.split_first_chunk() {
        let seconds = i64::from_le_bytes(*seconds);
        let offset = rest.first_chunk().copied().map_or(0, i16::from_le_bytes);
        if let Ok(date) = InternalDate::from_unix(seconds, offset) {
            assert_eq!((date.to_unix(), date.offset_minutes()), (seconds, offset));
            check_date(date);
        }
        assert!(
            int_to_ap(seconds.into())
                .bytes()
                .all(|c| matches!(c, b'A'..=b'P'))
        );
    }
    for word in parse_flags(octets) {
        assert!(!word.is_empty() && !word.contains(&b' '));
    }
    if let Ok(flags) = Flag::parse_list(octets) {
        let list = flags.iter().map(ToString::to_string).collect::<Vec<_>>();
        let list = format!("({})", list.join(" "));
        assert_eq!(Flag::parse_list(list.as_bytes()), Ok(flags));
    }
    if let Ok(Some(tuple)) = internaldate_to_tuple(octets, &UtcOffset::UTC)
        && let Ok(date) = time_to_internaldate(DateTimeArg::Tuple(tuple), &UtcOffset::UTC)
    {
        check_date(InternalDate::parse(date.as_bytes()).unwrap());
    }
}

fn check_date(date: InternalDate) {
    let wire = date.write_to();
    assert_eq!(InternalDate::parse(&wire), Ok(date));
    assert_eq!(InternalDate::split_quoted(&wire), Some((date, &[][..])));
    let moment = OffsetDateTime::from(date);
    assert_eq!(InternalDate::from_offset_date_time(moment), Ok(date));
    let (seconds, offset) = (date.to_unix(), date.offset_minutes());
    assert_eq!(InternalDate::from_unix(seconds, offset), Ok(date));
}
