//! Where real servers answer otherwise than the test server.

use imap_interop::Server::{self, Cyrus, Dovecot};

/// Questions to which a real server gives another answer.
pub(crate) struct Difference {
    pub(crate) server: Server,
    /// The 1-based numbers of messages; 0 for what is asked of the mailbox.
    pub(crate) messages: &'static [usize],
    pub(crate) questions: &'static [&'static str],
    /// What decides.
    pub(crate) rule: &'static str,
}

pub(crate) const DIFFERENCES: &[Difference] = &[
    Difference {
        server: Dovecot,
        messages: &[1, 7],
        questions: &["BODY", "BODYSTRUCTURE"],
        rule: "RFC 9051 7.5.2: the parameters are those of the field; Dovecot adds the charset that a \
               text without one is to be taken for",
    },
    Difference {
        server: Dovecot,
        messages: &[1, 3, 22, 23, 31],
        questions: &["BODY.PEEK[1.1]"],
        rule: NO_PART_OF_A_PART,
    },
    Difference {
        server: Dovecot,
        messages: &[2, 22, 23],
        questions: &["BODY.PEEK[2.1]"],
        rule: NO_PART_OF_A_PART,
    },
    Difference {
        server: Dovecot,
        messages: &[23],
        questions: &["BODY.PEEK[3.1]"],
        rule: NO_PART_OF_A_PART,
    },
    Difference {
        server: Dovecot,
        messages: &[1],
        questions: &["BODY.PEEK[3]"],
        rule: LINE_BREAK_OF_A_BOUNDARY,
    },
    Difference {
        server: Dovecot,
        messages: &[5],
        questions: &[
            "BODY",
            "BODYSTRUCTURE",
            "BODY.PEEK[1]",
            "BODY.PEEK[1.MIME]",
            "BODY.PEEK[1]<2.3>",
            "BINARY.PEEK[1]",
            "BINARY.SIZE[1]",
        ],
        rule: TEXT_IF_NOT_VALID,
    },
    Difference {
        server: Dovecot,
        messages: &[6],
        questions: &["BODY", "BODYSTRUCTURE"],
        rule: "RFC 2231 4.1: what has a charset has octets in hexadecimal digits for blanks; 6: values \
               are put together under their name, which Dovecot gives a number from elsewhere",
    },
    Difference {
        server: Dovecot,
        messages: &[9],
        questions: &["ENVELOPE"],
        rule: "RFC 5322 2.2.3: unfolding removes the line break and leaves the tab, for which Dovecot \
               has a blank",
    },
    Difference {
        server: Dovecot,
        messages: &[10],
        questions: &["BODY.PEEK[HEADER.FIELDS (subject to x-empty)]"],
        rule: NO_BLANK_LINE,
    },
    Difference {
        server: Dovecot,
        messages: &[0],
        questions: &["SEARCH SENTBEFORE 2-Jan-2020"],
        rule: NO_DATE,
    },
    Difference {
        server: Dovecot,
        messages: &[0],
        questions: &["THREAD REFS UTF-8 ALL"],
        rule: "draft-ietf-morg-inthread 4: threads are in the order of their latest arrival, for which \
               Dovecot takes the latest sent date",
    },
    Difference {
        server: Cyrus,
        messages: &[1],
        questions: &["BODY.PEEK[3]"],
        rule: LINE_BREAK_OF_A_BOUNDARY,
    },
    Difference {
        server: Cyrus,
        messages: &[2, 3, 22, 23],
        questions: &["BODY.PEEK[2.HEADER.FIELDS (subject)]"],
        rule: "RFC 9051 6.4.5: HEADER.FIELDS belongs to a part that is a message",
    },
    Difference {
        server: Cyrus,
        messages: &[5],
        questions: &[
            "BODY",
            "BODYSTRUCTURE",
            "BODY.PEEK[1]",
            "BODY.PEEK[1]<2.3>",
            "BODY.PEEK[TEXT]",
            "BINARY.PEEK[1]",
            "BINARY.SIZE[1]",
        ],
        rule: TEXT_IF_NOT_VALID,
    },
    Difference {
        server: Cyrus,
        messages: &[8],
        questions: &["ENVELOPE"],
        rule: "RFC 5322 4.5.3: several fields of recipients are as one, of which Cyrus has the last",
    },
    Difference {
        server: Cyrus,
        messages: &[10],
        questions: &[
            "BODY.PEEK[HEADER.FIELDS (subject to x-empty)]",
            "BODY.PEEK[HEADER.FIELDS.NOT (subject to x-empty)]",
        ],
        rule: NO_BLANK_LINE,
    },
    Difference {
        server: Cyrus,
        messages: &[11],
        questions: &["ENVELOPE"],
        rule: "RFC 9051 7.5.2: what an address lacks is not said to be NIL; the words are the server's",
    },
    Difference {
        server: Cyrus,
        messages: &[0],
        questions: &["SEARCH HEADER X-Empty \"\""],
        rule: "RFC 9051 6.4.4: an empty string finds all messages with the field, also with an empty one",
    },
    Difference {
        server: Cyrus,
        messages: &[0],
        questions: &["SEARCH SENTSINCE 2-Jan-2020"],
        rule: NO_DATE,
    },
    Difference {
        server: Cyrus,
        messages: &[0],
        questions: &["SORT (TO) UTF-8 ALL"],
        rule: "RFC 5256 3: the first address counts, and where a group starts it has the group's name",
    },
];

const LINE_BREAK_OF_A_BOUNDARY: &str = "RFC 2046 5.1.1: the line break in front of a boundary belongs to it, also behind another boundary";
const NO_BLANK_LINE: &str = "RFC 9051 6.4.5: a message without a body and an empty line has no empty line behind its fields";
const NO_DATE: &str = "RFC 9051 6.4.4: the key is about the Date field, which has to be there";
const NO_PART_OF_A_PART: &str =
    "RFC 9051 6.4.5: a message that is no multipart has a part 1, and a part that is none has not";
const TEXT_IF_NOT_VALID: &str =
    "RFC 2045 5.2: what has no valid type is text; a multipart needs a boundary";
