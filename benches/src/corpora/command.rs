//! Commands.

use crate::random::Random;

fn tag(random: &mut Random) -> String {
    format!("A{:04}", random.range(1, 9_999))
}

pub(super) fn login(random: &mut Random) -> String {
    let (tag, number) = (tag(random), random.range(1, 9_999));
    format!("{tag} LOGIN user{number}@example.org \"pass word {number}\"\r\n")
}

pub(super) fn select(random: &mut Random) -> String {
    let mailbox = random.pick(&["INBOX", "INBOX", "Archive/2024", "\"Lunch plans\"", "Sent"]);
    format!("{} SELECT {mailbox}\r\n", tag(random))
}

pub(super) fn uid_fetch(random: &mut Random) -> String {
    let (tag, first) = (tag(random), random.range(1, 99_999));
    let last = first + random.range(1, 500);
    let items = random.pick(&[
        "(FLAGS)",
        "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)",
        "(FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)])",
        "(BODY.PEEK[])",
        "BODY[1.2.MIME]",
    ]);
    format!("{tag} UID FETCH {first}:{last},{}:* {items}\r\n", last + 5)
}

pub(super) fn store(random: &mut Random) -> String {
    let (tag, first) = (tag(random), random.range(1, 99_999));
    let action = random.pick(&["+FLAGS.SILENT", "-FLAGS.SILENT", "+FLAGS", "FLAGS"]);
    let flags = random.pick(&["\\Seen", "\\Deleted", "\\Seen \\Answered", "$Forwarded"]);
    format!("{tag} STORE {first}:{} {action} ({flags})\r\n", first + 7)
}

/// Twenty keys.
pub(super) fn search(random: &mut Random) -> String {
    let mut line = format!("{} SEARCH", tag(random));
    for _ in 0..20 {
        line.push(' ');
        line.push_str(&search_key(random));
    }
    line.push_str("\r\n");
    line
}

fn search_key(random: &mut Random) -> String {
    const ALONE: &[&str] = &[
        "ALL",
        "ANSWERED",
        "DELETED",
        "FLAGGED",
        "NEW",
        "OLD",
        "SEEN",
        "UNDELETED",
        "UNSEEN",
        "UNANSWERED",
        "UNDRAFT",
    ];
    const NAMES: &[&str] = &["ann", "bob@example.org", "\"Carol Doe\"", "\"the plan\""];
    let (day, year, number) = (
        random.range(1, 28),
        random.range(1994, 2030),
        random.range(1, 99_999),
    );
    match random.range(0, 10) {
        0 => format!("FROM {}", random.pick(NAMES)),
        1 => format!("SUBJECT {}", random.pick(NAMES)),
        2 => format!("SINCE {day}-Feb-{year}"),
        3 => format!("LARGER {number}"),
        4 => format!("UID {number}:*"),
        5 => format!("NOT {}", random.pick(ALONE)),
        6 => format!("OR {} {}", random.pick(ALONE), random.pick(ALONE)),
        7 => format!("({} {})", random.pick(ALONE), random.pick(ALONE)),
        8 => "KEYWORD $Forwarded".into(),
        _ => random.pick(ALONE).into(),
    }
}
