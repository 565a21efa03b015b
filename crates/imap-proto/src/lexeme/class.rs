//! Character classes of the formal syntax.

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
pub(crate) fn is_text_char(b: u8) -> bool {
    has(b, TEXT)
}
