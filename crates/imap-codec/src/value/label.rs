//! Labels of Gmail, which are its mailboxes.

use imap_proto::IString;
use imap_util::is_atom_char;

use crate::encode::Encoder;

impl Encoder {
    /// Labels in parentheses: those of the system with a bare backslash, the others as `astring`.
    pub(crate) fn labels(&mut self, labels: &[IString<'_>]) {
        self.argument("label");
        self.raw(b"(");
        for (n, label) in labels.iter().enumerate() {
            if n > 0 {
                self.raw(b" ");
            }
            match label.0.strip_prefix(b"\\") {
                Some(name) if !name.is_empty() && name.iter().all(|b| is_atom_char(*b)) => {
                    self.raw(label.0);
                }
                _ => self.astring(*label),
            }
        }
        self.raw(b")");
    }
}
