//! The wire form of an [`InternalDate`], read and written.

use super::{InternalDate, InternalDateError, InternalDateReason};

/// Reads what [`InternalDate::parse`] accepts.
pub(super) fn read(input: &[u8]) -> Result<InternalDate, InternalDateError> {
    Cursor { input, offset: 0 }.date_time()
}

/// Reads the form of the grammar without a branch for each octet: what is wrong is gathered in
/// one number, which is looked at once.
#[inline]
pub(super) fn read_strictly(wire: &[u8; InternalDate::WIRE_LEN]) -> Option<InternalDate> {
    let mut wrong = (wire[0] ^ b'"') | (wire[3] ^ b'-') | (wire[7] ^ b'-') | (wire[12] ^ b' ');
    wrong |= (wire[15] ^ b':') | (wire[18] ^ b':') | (wire[21] ^ b' ') | (wire[27] ^ b'"');
    wrong |= u8::from(!matches!(wire[22], b'+' | b'-'));
    let mut number = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        wrong |= u8::from(tens > 9) | u8::from(ones > 9);
        tens.wrapping_mul(10).wrapping_add(ones)
    };
    let tens_of_day = if wire[1] == b' ' { b'0' } else { wire[1] };
    let day = number(tens_of_day, wire[2]);
    let (century, year) = (number(wire[8], wire[9]), number(wire[10], wire[11]));
    let (hour, minute) = (number(wire[13], wire[14]), number(wire[16], wire[17]));
    let second = number(wire[19], wire[20]);
    let (offset_hour, offset_minute) = (number(wire[23], wire[24]), number(wire[25], wire[26]));
    wrong |= u8::from(offset_minute > 59);
    let offset = i16::from(offset_hour) * 60 + i16::from(offset_minute);
    let date = InternalDate {
        year: u16::from(century) * 100 + u16::from(year),
        month: month_number([wire[4], wire[5], wire[6]])?,
        day,
        hour,
        minute,
        second,
        offset_minutes: if wire[22] == b'-' { -offset } else { offset },
    };
    if wrong == 0 && date.fault().is_none() {
        Some(date)
    } else {
        None
    }
}

/// Writes the form of the grammar, the day padded by a zero.
pub(super) fn write(date: &InternalDate) -> [u8; InternalDate::WIRE_LEN] {
    let mut wire = *b"\"dd-Mon-yyyy hh:mm:ss +zzzz\"";
    let mut put = |at: usize, number: u16| {
        let digits = [number / 10, number % 10].map(|digit| DIGITS[usize::from(digit % 10)]);
        wire[at..at + 2].copy_from_slice(&digits);
    };
    let offset = date.offset_minutes.unsigned_abs();
    put(1, u16::from(date.day));
    put(8, date.year / 100);
    put(10, date.year % 100);
    put(13, u16::from(date.hour));
    put(16, u16::from(date.minute));
    put(19, u16::from(date.second));
    put(23, offset / 60);
    put(25, offset % 60);
    wire[4..7].copy_from_slice(&MONTHS[usize::from(date.month - 1) % 12]);
    wire[22] = if date.offset_minutes < 0 { b'-' } else { b'+' };
    wire
}

/// A place in the input of [`InternalDate::parse`].
struct Cursor<'a> {
    input: &'a [u8],
    offset: usize,
}

impl Cursor<'_> {
    fn date_time(mut self) -> Result<InternalDate, InternalDateError> {
        let quoted = self.eat(b'"');
        let day_at = self.offset;
        let day = self.day()?;
        self.separator(b'-')?;
        let month = self.month()?;
        self.separator(b'-')?;
        let year = self.year()?;
        self.separator(b' ')?;
        let hour = self.two_digits(InternalDateReason::Hour, 23)?;
        self.separator(b':')?;
        let minute = self.two_digits(InternalDateReason::Minute, 59)?;
        self.separator(b':')?;
        let second = self.two_digits(InternalDateReason::Second, 60)?.min(59);
        self.separator(b' ')?;
        let offset_minutes = self.offset_minutes()?;
        if quoted {
            self.separator(b'"')?;
        }
        if self.offset != self.input.len() {
            return Err(self.error(InternalDateReason::Separator));
        }
        InternalDate::new(year, month, day, hour, minute, second, offset_minutes).map_err(
            |reason| InternalDateError {
                offset: day_at,
                reason,
            },
        )
    }

    fn day(&mut self) -> Result<u8, InternalDateError> {
        let at = self.offset;
        let padded = self.eat(b' ');
        let first = self.digit();
        let second = if padded { None } else { self.digit() };
        match (first, second) {
            (Some(ones), None) => Ok(ones),
            (Some(tens), Some(ones)) => Ok(tens * 10 + ones),
            (None, _) => Err(InternalDateError {
                offset: at,
                reason: InternalDateReason::Day,
            }),
        }
    }

    fn month(&mut self) -> Result<u8, InternalDateError> {
        let error = self.error(InternalDateReason::Month);
        let name = self
            .input
            .get(self.offset..)
            .and_then(|left| left.first_chunk());
        let month = name.and_then(|name| month_number(*name)).ok_or(error)?;
        self.offset += 3;
        Ok(month)
    }

    fn year(&mut self) -> Result<u16, InternalDateError> {
        let error = self.error(InternalDateReason::Year);
        let century = self
            .two_digits(InternalDateReason::Year, 99)
            .map_err(|_| error)?;
        let year = self
            .two_digits(InternalDateReason::Year, 99)
            .map_err(|_| error)?;
        let year = u16::from(century) * 100 + u16::from(year);
        if year == 0 { Err(error) } else { Ok(year) }
    }

    fn offset_minutes(&mut self) -> Result<i16, InternalDateError> {
        let error = self.error(InternalDateReason::Offset);
        let negative = self.eat(b'-');
        if !negative && !self.eat(b'+') {
            return Err(error);
        }
        let hours = self
            .two_digits(InternalDateReason::Offset, 23)
            .map_err(|_| error)?;
        let minutes = self
            .two_digits(InternalDateReason::Offset, 59)
            .map_err(|_| error)?;
        let offset = i16::from(hours) * 60 + i16::from(minutes);
        Ok(if negative { -offset } else { offset })
    }

    fn two_digits(&mut self, reason: InternalDateReason, max: u8) -> Result<u8, InternalDateError> {
        let error = self.error(reason);
        let tens = self.digit().ok_or(error)?;
        let number = tens * 10 + self.digit().ok_or(error)?;
        if number > max { Err(error) } else { Ok(number) }
    }

    fn digit(&mut self) -> Option<u8> {
        let digit = self.input.get(self.offset)?.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        self.offset += 1;
        Some(digit)
    }

    fn separator(&mut self, byte: u8) -> Result<(), InternalDateError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.error(InternalDateReason::Separator))
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.input.get(self.offset) == Some(&byte);
        self.offset += usize::from(found);
        found
    }

    fn error(&self, reason: InternalDateReason) -> InternalDateError {
        InternalDateError {
            offset: self.offset,
            reason,
        }
    }
}

/// The number of a month from its English abbreviation in any case.
#[inline]
pub(crate) fn month_number(name: [u8; 3]) -> Option<u8> {
    // No octet but a letter becomes a small letter by this bit.
    Some(match &name.map(|letter| letter | 0x20) {
        b"jan" => 1,
        b"feb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"aug" => 8,
        b"sep" => 9,
        b"oct" => 10,
        b"nov" => 11,
        b"dec" => 12,
        _ => return None,
    })
}

const DIGITS: [u8; 10] = *b"0123456789";

const MONTHS: [[u8; 3]; 12] = [
    *b"Jan", *b"Feb", *b"Mar", *b"Apr", *b"May", *b"Jun", *b"Jul", *b"Aug", *b"Sep", *b"Oct",
    *b"Nov", *b"Dec",
];

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> InternalDate {
        text.parse().unwrap()
    }

    #[test]
    fn ok_parse_takes_every_padding_and_case() {
        let expected = InternalDate::new(2000, 1, 5, 3, 4, 6, -90).unwrap();
        for text in [
            "\"05-Jan-2000 03:04:06 -0130\"",
            "\" 5-Jan-2000 03:04:06 -0130\"",
            "\"5-Jan-2000 03:04:06 -0130\"",
            "05-Jan-2000 03:04:06 -0130",
            " 5-jan-2000 03:04:06 -0130",
            "5-JAN-2000 03:04:06 -0130",
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn quirk_leap_second_becomes_59() {
        let text = b"\"31-Dec-2016 23:59:60 +0000\"";
        assert_eq!(InternalDate::parse(text).unwrap().second(), 59);
        assert_eq!(InternalDate::split_quoted(text), None);
        assert_eq!(
            InternalDate::new(2016, 12, 31, 23, 59, 60, 0),
            Err(InternalDateReason::Second),
        );
    }

    #[test]
    fn err_parse_reports_offset_of_the_field() {
        for (text, message) in [
            ("", "expected day of that month at byte 0"),
            ("\"", "expected day of that month at byte 1"),
            (
                "  5-Jan-2000 00:00:00 +0000",
                "expected day of that month at byte 0",
            ),
            (
                "005-Jan-2000 00:00:00 +0000",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 2",
            ),
            (
                "00-Jan-2000 00:00:00 +0000",
                "expected day of that month at byte 0",
            ),
            (
                "\"31-Feb-2024 00:00:00 +0000\"",
                "expected day of that month at byte 1",
            ),
            (
                "29-Feb-1900 00:00:00 +0000",
                "expected day of that month at byte 0",
            ),
            (
                "01 Jan-2000 00:00:00 +0000",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 2",
            ),
            (
                "01-Foo-2000 00:00:00 +0000",
                "expected month from Jan to Dec at byte 3",
            ),
            ("01-J", "expected month from Jan to Dec at byte 3"),
            (
                "01-Jan-0000 00:00:00 +0000",
                "expected year from 0001 to 9999 at byte 7",
            ),
            (
                "01-Jan-200 00:00:00 +0000",
                "expected year from 0001 to 9999 at byte 7",
            ),
            (
                "01-Jan-2000 24:00:00 +0000",
                "expected hour from 00 to 23 at byte 12",
            ),
            (
                "01-Jan-2000 0:00:00 +0000",
                "expected hour from 00 to 23 at byte 12",
            ),
            (
                "01-Jan-2000 00:60:00 +0000",
                "expected minute from 00 to 59 at byte 15",
            ),
            (
                "01-Jan-2000 00:00:61 +0000",
                "expected second from 00 to 59 at byte 18",
            ),
            (
                "01-Jan-2000 00:00:00 +2400",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 +0060",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 GMT",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 +00",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 +0000\"",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 26",
            ),
            (
                "\"01-Jan-2000 00:00:00 +0000",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 27",
            ),
        ] {
            let error = InternalDate::parse(text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
    }

    #[test]
    fn ok_split_quoted_gives_the_rest() {
        let (found, rest) =
            InternalDate::split_quoted(b"\" 5-Jan-2000 03:04:06 -0130\" UID 4)").unwrap();
        assert_eq!(
            (found, rest),
            (date("05-Jan-2000 03:04:06 -0130"), &b" UID 4)"[..])
        );
    }

    #[test]
    fn err_split_quoted_at_every_wrong_octet() {
        let good = *b"\"28-Feb-2001 13:14:15 +0130\"";
        assert!(InternalDate::split_quoted(&good).is_some());
        for at in 0..good.len() {
            let mut wire = good;
            for byte in [
                0,
                b'/',
                b':' + u8::from(at == 15 || at == 18),
                b'*',
                b'_',
                0xff,
            ] {
                wire[at] = byte;
                assert_eq!(InternalDate::split_quoted(&wire), None, "{byte:#x} at {at}");
            }
            assert_eq!(InternalDate::split_quoted(&good[..at]), None);
        }
    }

    proptest! {
        #[test]
        fn ok_wire_form_is_read_back(
            unix in -62_135_510_400i64..=253_402_214_399,
            offset in -1439i16..=1439,
        ) {
            let date = InternalDate::from_unix(unix, offset).unwrap();
            let wire = date.write_to();
            prop_assert_eq!(date.to_unix(), unix);
            prop_assert_eq!(InternalDate::parse(&wire), Ok(date));
            prop_assert_eq!(InternalDate::split_quoted(&wire), Some((date, &b""[..])));
        }

        #[test]
        fn ok_strict_and_lenient_reading_agree(
            month in proptest::sample::select(&MONTHS[..]),
            wire in "\"[ 0-3][0-9]-Mon-[0-9]{4} \
                     [0-2][0-9]:[0-6][0-9]:[0-6][0-9] [-+][0-2][0-6]30\"",
        ) {
            let wire = wire.replace("Mon", core::str::from_utf8(&month).unwrap());
            if let Some((date, rest)) = InternalDate::split_quoted(wire.as_bytes()) {
                prop_assert_eq!(rest, b"");
                prop_assert_eq!(InternalDate::parse(wire.as_bytes()), Ok(date));
            } else if let Ok(date) = InternalDate::parse(wire.as_bytes()) {
                prop_assert_eq!(&wire[19..21], "60");
                prop_assert_eq!(date.second(), 59);
            }
        }

        #[test]
        fn ok_any_octets_are_read_or_refused(
            input in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            if let Err(error) = InternalDate::parse(&input) {
                prop_assert!(error.offset <= input.len());
            }
        }
    }
}
