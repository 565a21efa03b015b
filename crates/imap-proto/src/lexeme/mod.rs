//! The smallest pieces of the grammar: characters, numbers, strings, lists.
//!
//! Each parser is a plain function `fn(&mut Input<'a>) -> PResult<T>`, which is what a winnow parser
//! is. Those that need memory or options take the [`Context`] as a second argument.

mod byte;
mod class;
mod context;
mod list;
mod number;
mod skip;
mod string;
mod swar;
mod word;

pub(crate) use byte::{at, byte, close, end, open, opt, opt_sp, peek, sp};
pub(crate) use class::{is_printable_text, is_tag_char};
pub(crate) use context::{Context, Input};
pub(crate) use list::{collect, list, list_or_nil, separated};
pub(crate) use number::{each_number, non_zero, number, number64};
pub(crate) use skip::{skip_rest, skip_value};
pub(crate) use string::{
    astring, istring, istring_or, list_mailbox, literal, nil, nstring, quoted_contents,
};
pub(crate) use word::{astring_atom, atom, exact_word, fold, run, tag_chars, word};
