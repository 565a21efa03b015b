//! FETCH responses with envelope and body structure.

use super::{Numbers, flags};
use crate::random::Random;

/// `* 5 FETCH (UID .. FLAGS .. INTERNALDATE .. RFC822.SIZE .. ENVELOPE .. BODYSTRUCTURE ..)`
pub(super) fn fetch_full(random: &mut Random) -> String {
    let (seq, uid) = (random.range(1, 9_999), random.range(1, 999_999));
    full_of(random, Numbers { seq, uid })
}

pub(super) fn full_of(random: &mut Random, Numbers { seq, uid }: Numbers) -> String {
    let (flags, date, size) = (flags(random), date(random), random.range(900, 9_000_000));
    let envelope = envelope(random);
    let levels = random.range(2, 7);
    let body = body(random, levels);
    format!(
        "* {seq} FETCH (UID {uid} FLAGS ({flags}) INTERNALDATE \"{date}\" RFC822.SIZE {size} \
         ENVELOPE {envelope} BODYSTRUCTURE {body})\r\n"
    )
}

/// `17-Jul-1996 02:44:25 -0700`
fn date(random: &mut Random) -> String {
    let month = random.pick(&["Jan", "Feb", "Mar", "Jul", "Oct", "Dec"]);
    let (day, year) = (random.range(1, 28), random.range(1996, 2030));
    let (hour, minute, second) = (
        random.range(0, 24),
        random.range(0, 60),
        random.range(0, 60),
    );
    let zone = random.pick(&["+0000", "-0700", "+0200", "+0530"]);
    format!("{day:02}-{month}-{year} {hour:02}:{minute:02}:{second:02} {zone}")
}

fn envelope(random: &mut Random) -> String {
    let date = date(random).replace('-', " ");
    let subject = random.pick(&[
        "\"Re: minutes of the meeting on Tuesday\"",
        "\"=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_dem_Urlaub_in_den_Alpen?=\"",
        "\"[list] [PATCH v3 2/7] mm: do not take the lock twice\"",
        "\"Invoice 2024-0815, see attachment\"",
        "\"hi\"",
    ]);
    let from = address(random);
    let mut to = String::new();
    for _ in 0..random.range(1, 4) {
        to.push_str(&address(random));
    }
    let cc = if random.chance(1, 3) {
        format!("({})", address(random))
    } else {
        "NIL".into()
    };
    let reply = if random.chance(1, 2) {
        message_id(random)
    } else {
        "NIL".into()
    };
    let id = message_id(random);
    format!("(\"Mon, {date}\" {subject} ({from}) ({from}) ({from}) ({to}) {cc} NIL {reply} {id})")
}

fn message_id(random: &mut Random) -> String {
    format!(
        "\"<{:016x}.{:08x}@mail.example.org>\"",
        random.next(),
        random.next() as u32
    )
}

fn address(random: &mut Random) -> String {
    let name = random.pick(&[
        "\"Terry Gray\"",
        "NIL",
        "\"Ann Bee\"",
        "\"=?utf-8?q?J=C3=BCrgen?=\"",
        "\"Support Team\"",
    ]);
    let mailbox = random.pick(&["gray", "ann.bee", "support", "noreply+4711", "j"]);
    let host = random.pick(&["cac.washington.edu", "example.org", "mail.example.com"]);
    format!("({name} NIL \"{mailbox}\" \"{host}\")")
}

/// A body of so many levels; texts are the lowest one.
fn body(random: &mut Random, levels: u64) -> String {
    if levels <= 1 {
        return text(random);
    }
    if random.chance(1, 8) {
        let (size, envelope) = (random.range(900, 99_999), envelope(random));
        let inner = body(random, levels - 1);
        return format!(
            "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" {size} {envelope} {inner} 55 NIL NIL NIL NIL)"
        );
    }
    let inner = body(random, levels - 1);
    let second = if random.chance(1, 2) {
        attachment(random)
    } else {
        text(random)
    };
    let boundary = format!("=_{:016x}", random.next());
    let subtype = random.pick(&["MIXED", "ALTERNATIVE", "RELATED"]);
    format!("({inner}{second} \"{subtype}\" (\"BOUNDARY\" \"{boundary}\") NIL NIL NIL)")
}

fn text(random: &mut Random) -> String {
    let subtype = random.pick(&["PLAIN", "HTML"]);
    let encoding = random.pick(&["7BIT", "QUOTED-PRINTABLE", "8BIT"]);
    let (octets, lines) = (random.range(10, 99_999), random.range(1, 2_000));
    format!(
        "(\"TEXT\" \"{subtype}\" (\"CHARSET\" \"utf-8\") NIL NIL \"{encoding}\" {octets} {lines} \
         NIL NIL NIL NIL)"
    )
}

fn attachment(random: &mut Random) -> String {
    let (kind, subtype, name) = random.pick(&[
        ("APPLICATION", "PDF", "invoice.pdf"),
        ("IMAGE", "PNG", "logo small.png"),
        ("APPLICATION", "OCTET-STREAM", "data.tar.gz"),
    ]);
    let octets = random.range(900, 9_000_000);
    format!(
        "(\"{kind}\" \"{subtype}\" (\"NAME\" \"{name}\") \"<{:08x}@x>\" NIL \"BASE64\" {octets} NIL \
         (\"ATTACHMENT\" (\"FILENAME\" \"{name}\")) NIL NIL)",
        random.next() as u32
    )
}
