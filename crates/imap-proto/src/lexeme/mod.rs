//! The smallest pieces of the grammar: characters, numbers, strings, lists.
//!
//! Each parser is a plain function `fn(&mut Input<'a>) -> PResult<T>`, which is what a winnow parser
//! is. Those that need memory or options take the [`Context`] as a second argument.

mod byte;
mod class;
mod context;
mod list;
mod number;
mod parameter;
mod skip;
mod string;
mod swar;
#[cfg(test)]
pub(crate) mod testing;
mod word;

pub(crate) use byte::{
    at, blanks, byte, close, end, extra_blanks, is_line_end, open, opt, opt_blanks, opt_sp, peek,
    sp,
};
pub(crate) use class::{is_plain_text, is_tag_char};
pub(crate) use context::{Context, Input, Role};
pub(crate) use list::{
    collect, grow, list, list_or_nil, non_empty_list, one_or_list, separated, sp_separated,
};
pub(crate) use number::{
    digits64, exact_non_zero, mod_sequence_value, non_zero, number, number64, numbers_and_blanks,
};
pub(crate) use parameter::{other_option, other_parameter, parameters, tagged_ext_label};
pub(crate) use skip::{
    is_balanced, is_unclosed, run_with_nul, skip_broken_item, skip_item, skip_rest, skip_to_known,
    skip_to_last_paren, skip_value, taken,
};
pub(crate) use string::{
    astring, first_odd_octet, istring, list_mailbox, literal, literal8, nil, nstring,
    nstring_before, nstring8, quoted_contents,
};
pub(crate) use word::{astring_atom, atom, behind, exact_word, fold, run, tag_chars, word};
