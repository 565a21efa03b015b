//! Octets that a value is made of.

use crate::support::round_trip::{
    command, command_by_the_book, greeting, response, response_by_the_book,
};

/// The first octet says what is made of the others.
pub fn round_trip(octets: &[u8]) {
    let Some((kind, decisions)) = octets.split_first() else {
        return;
    };
    match kind % 8 {
        0 | 1 => command(decisions),
        2 => command_by_the_book(decisions),
        3..=5 => response(decisions),
        6 => response_by_the_book(decisions),
        _ => greeting(decisions),
    }
}
