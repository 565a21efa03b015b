//! SELECT and EXAMINE.

use imap_proto::command::{Examine, QResync, Select, SelectParameter, SeqMatch};

use super::mailbox::{about, other_parameter, parameters};
use crate::encode::{Encode, Encoder};

impl Encode for Select<'_> {
    /// `select`
    fn encode(&self, out: &mut Encoder) {
        about(b"SELECT ", self.mailbox, out);
        parameters(self.parameters, Encode::encode, out);
    }
}

impl Encode for Examine<'_> {
    /// `examine`
    fn encode(&self, out: &mut Encoder) {
        about(b"EXAMINE ", self.mailbox, out);
        parameters(self.parameters, Encode::encode, out);
    }
}

impl Encode for SelectParameter<'_> {
    /// `select-param`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Annotate => out.raw(b"ANNOTATE"),
            Self::CondStore => out.raw(b"CONDSTORE"),
            Self::QResync(known) => {
                out.raw(b"QRESYNC ");
                known.encode(out);
            }
            Self::Utf8 => out.raw(b"UTF8"),
            Self::Other(item) => other_parameter(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for QResync<'_> {
    /// `"(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        self.uid_validity.encode(out);
        out.raw(b" ");
        out.number(self.mod_seq);
        if let Some(uids) = self.known_uids {
            out.raw(b" ");
            uids.encode(out);
        }
        if let Some(seq_match) = self.seq_match {
            out.raw(b" ");
            seq_match.encode(out);
        }
        out.raw(b")");
    }
}

impl Encode for SeqMatch<'_> {
    /// `seq-match-data`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        self.seqs.encode(out);
        out.raw(b" ");
        self.uids.encode(out);
        out.raw(b")");
    }
}
