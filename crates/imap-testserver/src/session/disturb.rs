//! What happens in place of what should.

use std::borrow::Cow;

use super::{Next, Session};
use crate::faults::{Action, Moment};

impl Session {
    /// Does what goes wrong now; gives whether what should happen is done, too.
    pub(super) fn disturb(&mut self, moment: Moment<&str>, tag: &[u8]) -> bool {
        let mut goes_on = true;
        for action in self.shared.script.take(moment) {
            match action {
                Action::Answer(octets) => {
                    self.out.send_raw(&with_tag(&octets, tag));
                    goes_on = false;
                }
                Action::Close => {
                    self.pending = Some(Next::Close);
                    goes_on = false;
                }
                Action::Ignore => goes_on = false,
                Action::Send(manner) => self.manner = self.manner.and(manner),
                Action::Tell(octets) => self.out.send_raw(&with_tag(&octets, tag)),
            }
        }
        goes_on
    }
}

/// The tag of a command, and its name in upper case, which has two words if the first is UID.
pub(super) fn tag_and_name(frame: &[u8]) -> (&[u8], String) {
    let mut words = frame.split(|b| b.is_ascii_whitespace());
    let tag = words.next().unwrap_or_default();
    let mut word = || {
        let word = String::from_utf8_lossy(words.next().unwrap_or_default());
        word.to_ascii_uppercase()
    };
    let name = match word() {
        uid if uid == "UID" => format!("UID {}", word()),
        name => name,
    };
    (tag, name)
}

/// Octets with the tag in place of `{tag}`.
fn with_tag<'a>(octets: &'a [u8], tag: &[u8]) -> Cow<'a, [u8]> {
    let mut places = memchr::memmem::find_iter(octets, PLACE).peekable();
    if places.peek().is_none() {
        return Cow::Borrowed(octets);
    }
    let mut whole = Vec::new();
    let mut done = 0;
    for place in places {
        whole.extend_from_slice(octets.get(done..place).unwrap_or_default());
        whole.extend_from_slice(tag);
        done = place + PLACE.len();
    }
    whole.extend_from_slice(octets.get(done..).unwrap_or_default());
    Cow::Owned(whole)
}

/// What stands for the tag.
const PLACE: &[u8] = b"{tag}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_tags_and_names() {
        for (frame, tag, name) in [
            ("a noop\r\n", "a", "NOOP"),
            ("a uid fetch 1 FLAGS\r\n", "a", "UID FETCH"),
            ("a\r\n", "a", ""),
            ("", "", ""),
        ] {
            let (found, named) = tag_and_name(frame.as_bytes());
            assert_eq!((found, &*named), (tag.as_bytes(), name), "{frame:?}");
        }
        assert_eq!(*with_tag(b"{tag} OK {tag}\r\n", b"a1"), *b"a1 OK a1\r\n");
    }
}
