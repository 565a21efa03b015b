//! Commands with a name that is not known.

use imap_proto::Verbatim;
use imap_proto::command::OtherCommand;

use crate::encode::{Encode, Encoder};

impl Encode for OtherCommand<'_> {
    /// The name and, as they are, the arguments: values with blanks between, and nothing else.
    ///
    /// Literals among them go out as they were announced; those without `+` have the client wait.
    fn encode(&self, out: &mut Encoder) {
        self.name.encode(out);
        out.argument("arguments");
        if self.arguments.is_empty() {
            return;
        }
        let start = out.position() + 1;
        out.verbatim_sp(Verbatim::Values, self.arguments);
        let name = self.name.as_str();
        if ["AUTHENTICATE", "LOGIN"]
            .iter()
            .any(|secret| name.eq_ignore_ascii_case(secret))
        {
            out.secret_from(start);
        }
    }
}
