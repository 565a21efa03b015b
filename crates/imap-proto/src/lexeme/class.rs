//! Character classes of the formal syntax.

use super::swar::{HIGH, below};

const ASTRING: u8 = 1;
const TAG: u8 = 2;
const LIST: u8 = 4;
const TEXT: u8 = 8;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut rest: &mut [u8] = &mut table;
    while let [entry, more @ ..] = rest {
        let b = (255 - more.len()) as u8;
        let atom = imap_util::is_atom_char(b);
        let mut class = 0;
        if atom || b == b']' {
            class |= ASTRING | LIST;
            if b != b'+' {
                class |= TAG;
            }
        }
        if b == b'%' || b == b'*' {
            class |= LIST;
        }
        if !matches!(b, 0 | b'\r' | b'\n' | 0x80..) {
            class |= TEXT;
        }
        *entry = class;
        rest = more;
    }
    table
};

#[inline(always)]
fn has(b: u8, class: u8) -> bool {
    CLASS.get(usize::from(b)).is_some_and(|c| c & class != 0)
}

/// `ASTRING-CHAR = ATOM-CHAR / resp-specials`
#[inline(always)]
pub(crate) fn is_astring_char(b: u8) -> bool {
    has(b, ASTRING)
}

/// `tag = 1*<any ASTRING-CHAR except "+">`
#[inline(always)]
pub(crate) fn is_tag_char(b: u8) -> bool {
    has(b, TAG)
}

/// `list-char = ATOM-CHAR / list-wildcards / resp-specials`
#[inline(always)]
pub(crate) fn is_list_char(b: u8) -> bool {
    has(b, LIST)
}

/// `TEXT-CHAR = <any CHAR except CR and LF>`
#[inline(always)]
fn is_text_char(b: u8) -> bool {
    has(b, TEXT)
}

/// Whether all are sure to be `TEXT-CHAR`: some control characters are, and make this false.
#[inline(always)]
pub(crate) fn is_plain_text(octets: &[u8]) -> bool {
    let odd = |chunk: &[u8; 8]| {
        let x = u64::from_le_bytes(*chunk);
        below(x, 14) | x & HIGH
    };
    let Some(last) = octets.last_chunk() else {
        return octets.iter().all(|b| is_text_char(*b));
    };
    let (chunks, _) = octets.as_chunks();
    // The last eight are looked at twice in part, rather than one by one.
    chunks.iter().fold(odd(last), |all, chunk| all | odd(chunk)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_classes_are_those_of_the_grammar() {
        for b in 0..=255u8 {
            let special = matches!(
                b,
                b'(' | b')' | b'{' | b' ' | b'%' | b'*' | b'"' | b'\\' | b']'
            );
            let atom = matches!(b, 0x21..=0x7e) && !special;
            assert_eq!(is_astring_char(b), atom || b == b']');
            assert_eq!(is_tag_char(b), (atom || b == b']') && b != b'+');
            assert_eq!(is_list_char(b), atom || matches!(b, b']' | b'%' | b'*'));
        }
    }
}
