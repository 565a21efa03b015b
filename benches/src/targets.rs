//! What is wanted of the figures.

use crate::report::Bound::{self, AtLeast, AtMost};
use crate::report::Target;

/// Makes a target.
const fn target(
    table: &'static str,
    row: &'static str,
    ratio: &'static str,
    bound: Bound,
) -> Target {
    Target {
        table,
        row,
        ratio,
        bound,
    }
}

/// All targets, in the order of the tables.
pub const ALL: &[Target] = &[
    target("parse", "FETCH flags", "read", AtLeast(5.0)),
    target("parse", "FETCH full", "read", AtLeast(3.0)),
    target("parse", "FETCH BODY[] 64 KiB", "read", AtLeast(5.0)),
    target("parse", "LIST", "read", AtLeast(3.0)),
    target("parse", "LIST", "alone", AtLeast(3.5)),
    target("parse", "SEARCH 200,000", "read", AtLeast(5.0)),
    target("parse", "status", "read", AtLeast(2.5)),
    target("parse", "status", "alone", AtLeast(3.5)),
    target("parse", "ESEARCH 20,000", "ours, read", AtMost(200_000.0)),
    target("parse", "LOGIN", "read", AtLeast(3.0)),
    target("parse", "SELECT", "read", AtLeast(3.0)),
    target("parse", "UID FETCH", "read", AtLeast(3.0)),
    target("parse", "STORE", "read", AtLeast(3.0)),
    target("parse", "SEARCH of 20 keys", "read", AtLeast(3.0)),
    target("allocations", "FETCH flags", "ours, read", AtMost(0.0)),
    target("allocations", "FETCH full", "ours, read", AtMost(0.0)),
    target(
        "allocations",
        "FETCH BODY[] 64 KiB",
        "ours, read",
        AtMost(0.0),
    ),
    target("allocations", "LIST", "ours, read", AtMost(0.0)),
    target("allocations", "SEARCH 200,000", "ours, read", AtMost(0.0)),
    target("allocations", "status", "ours, read", AtMost(0.0)),
    target("allocations", "ESEARCH 20,000", "ours, read", AtMost(0.0)),
    target("allocations", "rare", "ours, read", AtMost(0.0)),
    target("allocations", "LOGIN", "ours, read", AtMost(0.0)),
    target("allocations", "SELECT", "ours, read", AtMost(0.0)),
    target("allocations", "UID FETCH", "ours, read", AtMost(0.0)),
    target("allocations", "STORE", "ours, read", AtMost(0.0)),
    target(
        "allocations",
        "SEARCH of 20 keys",
        "ours, read",
        AtMost(0.0),
    ),
    target("encode", "FETCH flags", "", AtLeast(1.0)),
    target("encode", "FETCH full", "", AtLeast(1.0)),
    target("encode", "LIST", "", AtLeast(1.0)),
    target("encode", "LOGIN", "", AtLeast(1.0)),
    target("encode", "STORE", "", AtLeast(1.0)),
    target("arrival", "FETCH flags", "", AtMost(2.0)),
    target("arrival", "FETCH full", "", AtMost(2.0)),
    target("arrival", "FETCH BODY[] 64 KiB", "", AtMost(2.0)),
    target("arrival", "LIST", "", AtMost(2.0)),
    target("arrival", "SEARCH 200,000", "", AtMost(2.0)),
    target("arrival", "status", "", AtMost(2.0)),
    target("arrival", "ESEARCH 20,000", "", AtMost(2.0)),
    target("arrival", "rare", "", AtMost(2.0)),
    target("arrival", "LOGIN", "", AtMost(2.0)),
    target("arrival", "SELECT", "", AtMost(2.0)),
    target("arrival", "UID FETCH", "", AtMost(2.0)),
    target("arrival", "STORE", "", AtMost(2.0)),
    target("arrival", "SEARCH of 20 keys", "", AtMost(2.0)),
    target("arrival", "FETCH BODY[] 16 MiB", "", AtMost(2.0)),
    target("kept", "FETCH flags", "ours, parsed", AtMost(200.0)),
    target("kept", "FETCH flags", "ours, compact", AtMost(64.0)),
    target("kept", "FETCH full", "parsed / wire", AtMost(3.0)),
    target("kept", "FETCH full", "compact / wire", AtMost(1.1)),
];
