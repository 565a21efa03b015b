//! The functions that need a time zone, against Python's imaplib.

use imap_util::LocalZone;
use imap_util::imaplib::{DateTimeArg, TimeTuple, internaldate_to_tuple, time_to_internaldate};
use serde_json::Value;
use time::macros::datetime;
use time::{OffsetDateTime, UtcOffset};

mod vectors;
use vectors::{NO_SUCH_CALL, REFUSED, check};

/// When Python ran.
const YEAR: u16 = 2026;

#[test]
fn ok_internaldate_to_tuple() {
    let python = |vector: &Value| format!("{} {}", vector["ok"], vector["gmtoff"]);
    check("internaldate2tuple", "vectors", 231, python, |vector| {
        let zone = zone(vector);
        let response = vector["input"].as_str().unwrap().as_bytes();
        let tuple = internaldate_to_tuple(response, &zone).unwrap().unwrap();
        let epoch = vector["epoch"].as_i64().unwrap();
        assert_eq!(tuple, TimeTuple::from_unix(epoch, &zone));
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
        format!("{} {}", Value::from_iter(fields), tuple.gmtoff.unwrap())
    });
}

#[test]
fn ok_time_to_internaldate() {
    let python = |vector: &Value| vector["ok"].as_str().unwrap_or(REFUSED).to_owned();
    check("time2internaldate", "vectors", 573, python, |vector| {
        let zone = zone(vector);
        match argument(vector["expr"].as_str().unwrap(), &zone) {
            None => NO_SUCH_CALL.to_owned(),
            Some(arg) => {
                time_to_internaldate(arg.borrowed(), &zone).unwrap_or_else(|_| REFUSED.to_owned())
            }
        }
    });
}

fn zone(vector: &Value) -> LocalZone {
    LocalZone::named(vector["tz"].as_str().unwrap(), YEAR).unwrap()
}

/// An argument that owns its string.
enum Argument {
    Plain(DateTimeArg<'static>),
    Text(String),
}

impl Argument {
    fn borrowed(&self) -> DateTimeArg<'_> {
        match self {
            Self::Plain(arg) => *arg,
            Self::Text(text) => DateTimeArg::Quoted(text),
        }
    }
}

/// What a Python expression is in Rust, if it is anything.
fn argument(expr: &str, zone: &LocalZone) -> Option<Argument> {
    if let Some((_, moment)) = MOMENTS.iter().find(|(known, _)| *known == expr) {
        return Some(Argument::Plain(DateTimeArg::Aware(*moment)));
    }
    if let Ok(text) = serde_json::from_str(expr) {
        return Some(Argument::Text(text));
    }
    let call = |name: &str| expr.strip_prefix(name)?.strip_suffix(')');
    Some(Argument::Plain(match expr {
        "True" => DateTimeArg::Seconds(i64::from(true)),
        "False" => DateTimeArg::Seconds(i64::from(false)),
        "10**20" => DateTimeArg::Float(1e20),
        "float(\"nan\")" => DateTimeArg::Float(f64::NAN),
        "float(\"inf\")" => DateTimeArg::Float(f64::INFINITY),
        "datetime(2024,7,15,12,0).timetuple()" => tuple("(2024,7,15,12,0,0,0,197,-1)")?,
        _ => {
            if let Some(unix) = call("time.localtime(") {
                DateTimeArg::Tuple(TimeTuple::from_unix(unix.parse().ok()?, zone))
            } else if let Some(unix) = call("time.gmtime(") {
                DateTimeArg::Tuple(TimeTuple::from_unix(unix.parse().ok()?, &UtcOffset::UTC))
            } else if let Some(fields) = call("time.struct_time(") {
                tuple(fields)?
            } else if let Ok(seconds) = expr.parse() {
                DateTimeArg::Seconds(seconds)
            } else if let Ok(seconds) = expr.parse() {
                DateTimeArg::Float(seconds)
            } else {
                tuple(expr)?
            }
        }
    }))
}

/// A tuple without an offset; `isdst` is to be found out if it isn't there.
fn tuple(expr: &str) -> Option<DateTimeArg<'static>> {
    let fields = expr.strip_prefix('(')?.strip_suffix(')')?.split(',');
    let fields: Vec<i64> = fields.map(str::parse).collect::<Result<_, _>>().ok()?;
    let field = |at: usize| fields.get(at).copied().unwrap_or(0);
    Some(DateTimeArg::Tuple(TimeTuple {
        year: field(0),
        mon: field(1),
        mday: field(2),
        hour: field(3),
        min: field(4),
        sec: field(5),
        wday: field(6),
        yday: field(7),
        isdst: fields.get(8).copied().unwrap_or(-1),
        gmtoff: None,
    }))
}

/// What aware dates are in Rust; `time` has no offsets with microseconds.
const MOMENTS: &[(&str, OffsetDateTime)] = &[
    (
        "datetime(2024,2,29,23,59,59,tzinfo=timezone.utc)",
        datetime!(2024-02-29 23:59:59 +00:00),
    ),
    (
        "datetime(2024,2,29,23,59,59,999999,tzinfo=timezone.utc)",
        datetime!(2024-02-29 23:59:59.999999 +00:00),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(timedelta(hours=5,minutes=30)))",
        datetime!(2024-01-01 0:00:00 +05:30),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(timedelta(hours=5,minutes=45)))",
        datetime!(2024-01-01 0:00:00 +05:45),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(-timedelta(hours=3,minutes=30)))",
        datetime!(2024-01-01 0:00:00 -03:30),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(-timedelta(hours=12)))",
        datetime!(2024-01-01 0:00:00 -12:00),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(timedelta(hours=14)))",
        datetime!(2024-01-01 0:00:00 +14:00),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(timedelta(hours=23,minutes=59)))",
        datetime!(2024-01-01 0:00:00 +23:59),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(-timedelta(hours=23,minutes=59)))",
        datetime!(2024-01-01 0:00:00 -23:59),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(timedelta(seconds=30)))",
        datetime!(2024-01-01 0:00:00 +00:00:30),
    ),
    (
        "datetime(2024,1,1,tzinfo=timezone(timedelta(hours=1,seconds=30,microseconds=5)))",
        datetime!(2024-01-01 0:00:00 +01:00:30),
    ),
    (
        r#"datetime(1880,1,1,tzinfo=ZoneInfo("Europe/Amsterdam"))"#,
        datetime!(1880-01-01 0:00:00 +00:19:32),
    ),
    (
        r#"datetime(2024,7,1,tzinfo=ZoneInfo("Europe/Berlin"))"#,
        datetime!(2024-07-01 0:00:00 +02:00),
    ),
    (
        r#"datetime(2024,1,1,tzinfo=ZoneInfo("Europe/Berlin"))"#,
        datetime!(2024-01-01 0:00:00 +01:00),
    ),
    (
        r#"datetime(2024,10,27,2,30,tzinfo=ZoneInfo("Europe/Berlin"))"#,
        datetime!(2024-10-27 2:30:00 +02:00),
    ),
    (
        r#"datetime(2024,10,27,2,30,fold=1,tzinfo=ZoneInfo("Europe/Berlin"))"#,
        datetime!(2024-10-27 2:30:00 +01:00),
    ),
    (
        r#"datetime(2024,3,31,2,30,tzinfo=ZoneInfo("Europe/Berlin"))"#,
        datetime!(2024-03-31 2:30:00 +01:00),
    ),
    (
        r#"datetime(2024,7,1,tzinfo=ZoneInfo("Australia/Lord_Howe"))"#,
        datetime!(2024-07-01 0:00:00 +10:30),
    ),
    (
        r#"datetime(2024,1,1,tzinfo=ZoneInfo("Australia/Lord_Howe"))"#,
        datetime!(2024-01-01 0:00:00 +11:00),
    ),
    (
        "datetime(999,12,31,tzinfo=timezone.utc)",
        datetime!(0999-12-31 0:00:00 +00:00),
    ),
    (
        "datetime(1,1,1,tzinfo=timezone.utc)",
        datetime!(0001-01-01 0:00:00 +00:00),
    ),
    (
        "datetime(9999,12,31,23,59,59,tzinfo=timezone.utc)",
        datetime!(9999-12-31 23:59:59 +00:00),
    ),
    (
        "datetime(2024,1,5,tzinfo=timezone.utc)",
        datetime!(2024-01-05 0:00:00 +00:00),
    ),
];
