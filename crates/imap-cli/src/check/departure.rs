//! In which ways a server can depart from the standards.

use std::fmt;

use imap_proto::Quirk;

/// A way to depart from the standards.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Departure {
    /// The grammar was broken.
    Grammar(Quirk),
    /// What was said is well formed, but not what the command has to be answered with.
    Behaviour(Behaviour),
}

impl Departure {
    /// What it is, as a sentence without its full stop.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Grammar(quirk) => quirk.meaning(),
            Self::Behaviour(behaviour) => behaviour.text().meaning,
        }
    }

    /// What the library does about it.
    pub(crate) fn treatment(self) -> &'static str {
        match self {
            Self::Grammar(quirk) => quirk.treatment(),
            Self::Behaviour(behaviour) => behaviour.text().treatment,
        }
    }

    /// Where the standards say how it should be.
    pub(crate) fn reference(self) -> Option<&'static str> {
        match self {
            Self::Grammar(_) => None,
            Self::Behaviour(behaviour) => behaviour.text().reference,
        }
    }

    /// `grammar` or `behaviour`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Grammar(_) => "grammar",
            Self::Behaviour(_) => "behaviour",
        }
    }
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Grammar(quirk) => quirk.name(),
            Self::Behaviour(behaviour) => behaviour.text().name,
        })
    }
}

impl From<Behaviour> for Departure {
    fn from(behaviour: Behaviour) -> Self {
        Self::Behaviour(behaviour)
    }
}

impl From<Quirk> for Departure {
    fn from(quirk: Quirk) -> Self {
        Self::Grammar(quirk)
    }
}

/// What a server does that no production of the grammar forbids.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Behaviour {
    ConflictingCapabilities,
    ConnectionLost,
    DuplicateData,
    EsearchWithoutTag,
    InconsistentList,
    MissingBye,
    MissingCapability,
    MissingContinuation,
    MissingData,
    MissingExists,
    MissingFetchItem,
    MissingFlags,
    MissingMessage,
    MissingPermanentFlags,
    MissingReadOnly,
    MissingRecent,
    MissingSection,
    MissingStatusItem,
    MissingUid,
    MissingUidNext,
    MissingUidValidity,
    NoAnswer,
    OfferRefused,
    SearchForEsearch,
    UnknownCharsetTaken,
    UnknownCommandTaken,
    UnnamedDeviation,
    UnreadableLine,
    UnsortedUids,
    WrongCount,
    WrongOctets,
    WrongPartSize,
    WrongSearch,
    WrongSize,
    WrongUidNext,
}

impl Behaviour {
    #[cfg(test)]
    const ALL: [Self; 35] = [
        Self::ConflictingCapabilities,
        Self::ConnectionLost,
        Self::DuplicateData,
        Self::EsearchWithoutTag,
        Self::InconsistentList,
        Self::MissingBye,
        Self::MissingCapability,
        Self::MissingContinuation,
        Self::MissingData,
        Self::MissingExists,
        Self::MissingFetchItem,
        Self::MissingFlags,
        Self::MissingMessage,
        Self::MissingPermanentFlags,
        Self::MissingReadOnly,
        Self::MissingRecent,
        Self::MissingSection,
        Self::MissingStatusItem,
        Self::MissingUid,
        Self::MissingUidNext,
        Self::MissingUidValidity,
        Self::NoAnswer,
        Self::OfferRefused,
        Self::SearchForEsearch,
        Self::UnknownCharsetTaken,
        Self::UnknownCommandTaken,
        Self::UnnamedDeviation,
        Self::UnreadableLine,
        Self::UnsortedUids,
        Self::WrongCount,
        Self::WrongOctets,
        Self::WrongPartSize,
        Self::WrongSearch,
        Self::WrongSize,
        Self::WrongUidNext,
    ];

    fn text(self) -> Text {
        match self {
            Self::ConflictingCapabilities => Text::of(
                "conflicting-capabilities",
                "Capabilities that cannot be there together, or not now",
                "use each of them as far as it works",
                "RFC 9051 section 6.2.1, RFC 6855 section 6",
            ),
            Self::ConnectionLost => Text::of(
                "connection-lost",
                "The connection ends, or the protocol breaks, over a command",
                "end the session with an error",
                "RFC 9051 section 3",
            ),
            Self::DuplicateData => Text::of(
                "duplicate-data",
                "The data that a command asks for once come twice",
                "add the later ones to the earlier ones, or keep the last",
                "RFC 9051 section 7",
            ),
            Self::EsearchWithoutTag => Text::of(
                "esearch-without-tag",
                "An ESEARCH response without the tag of its command, or with another one",
                "take it as the answer to the search in flight",
                "RFC 4731 section 3.1",
            ),
            Self::InconsistentList => Text::of(
                "inconsistent-list",
                "LIST responses that contradict each other or the pattern",
                "keep each as it came",
                "RFC 9051 section 6.3.9",
            ),
            Self::MissingBye => Text::of(
                "missing-bye",
                "LOGOUT is answered without an untagged BYE",
                "take the end of the session as meant",
                "RFC 9051 section 6.1.3",
            ),
            Self::MissingCapability => Text::of(
                "missing-capability",
                "A capability without another one that it needs",
                "go by each of them alone",
                "RFC 7162 section 3.2.3, RFC 5182 section 2.1, RFC 5267 section 4",
            ),
            Self::MissingContinuation => Text::of(
                "missing-continuation",
                "IDLE is not answered with a continuation request",
                "wait for it as long as for any answer",
                "RFC 2177 section 3",
            ),
            Self::MissingData => Text::of(
                "missing-data",
                "A command is answered with OK, and the data are missing that it asks for",
                "an error that the session outlives, or an empty answer where that has a meaning",
                "RFC 9051 section 6",
            ),
            Self::MissingExists => Text::of(
                "missing-exists",
                "A mailbox is selected and EXISTS is not told",
                "take it as empty",
                "RFC 9051 section 6.3.2",
            ),
            Self::MissingFetchItem => Text::of(
                "missing-fetch-item",
                "A FETCH response lacks an item that was asked for",
                "give the message without it",
                "RFC 9051 section 6.4.5",
            ),
            Self::MissingFlags => Text::of(
                "missing-flags",
                "A mailbox is selected and FLAGS is not told",
                "know of no flags",
                "RFC 9051 section 6.3.2",
            ),
            Self::MissingMessage => Text::of(
                "missing-message",
                "FETCH says nothing of a message that is there",
                "give the others",
                "RFC 9051 section 6.4.5",
            ),
            Self::MissingPermanentFlags => Text::of(
                "missing-permanent-flags",
                "A mailbox is selected and PERMANENTFLAGS is not told",
                "take all flags as permanent",
                "RFC 9051 section 6.3.2",
            ),
            Self::MissingReadOnly => Text::of(
                "missing-read-only",
                "EXAMINE is answered without the code READ-ONLY",
                "go by the command",
                "RFC 9051 section 6.3.3",
            ),
            Self::MissingRecent => Text::of(
                "missing-recent",
                "A mailbox is selected and RECENT is not told, as IMAP4rev1 wants it",
                "know of no recent messages",
                "RFC 3501 section 6.3.1",
            ),
            Self::MissingSection => Text::of(
                "missing-section",
                "A part that the body structure tells of cannot be fetched",
                "give the message without it",
                "RFC 9051 section 6.4.5",
            ),
            Self::MissingStatusItem => Text::of(
                "missing-status-item",
                "A STATUS response lacks an item that was asked for",
                "give the others",
                "RFC 9051 section 6.3.11",
            ),
            Self::MissingUid => Text::of(
                "missing-uid",
                "A FETCH response to a UID command lacks the UID",
                "find the message by its sequence number only",
                "RFC 9051 section 6.4.9",
            ),
            Self::MissingUidNext => Text::of(
                "missing-uid-next",
                "A mailbox is selected and UIDNEXT is not told",
                "do not know it",
                "RFC 9051 section 6.3.2",
            ),
            Self::MissingUidValidity => Text::of(
                "missing-uid-validity",
                "A mailbox is selected and UIDVALIDITY is not told",
                "do not know it: UIDs are good for this session only",
                "RFC 9051 section 6.3.2",
            ),
            Self::NoAnswer => Text::of(
                "no-answer",
                "A command is not answered in time",
                "end the session with an error",
                "RFC 9051 section 2.2",
            ),
            Self::OfferRefused => Text::of(
                "offer-refused",
                "A command is not understood that the capabilities offer",
                "give the refusal as an error; simpler commands are tried where there are some",
                "RFC 9051 section 6.1.1",
            ),
            Self::SearchForEsearch => Text::of(
                "search-for-esearch",
                "A search with RETURN is answered by SEARCH or SORT in place of ESEARCH",
                "make the same of it",
                "RFC 4731 section 3.1",
            ),
            Self::UnknownCharsetTaken => Text::of(
                "unknown-charset-taken",
                "A search in a charset that does not exist is not refused with NO",
                "nothing: it does not ask for such a charset",
                "RFC 9051 section 6.4.4",
            ),
            Self::UnknownCommandTaken => Text::of(
                "unknown-command-taken",
                "A command that does not exist is not answered with BAD",
                "go by the tagged answer",
                "RFC 9051 section 7.1.3",
            ),
            Self::UnnamedDeviation => Text::unnamed(
                "unnamed-deviation",
                "A line that strict reading refuses, and that has no quirk to its name",
                "read it",
            ),
            Self::UnreadableLine => Text::unnamed(
                "unreadable-line",
                "A line that cannot be read at all",
                "hand it out as an event; where it ends a command, the session ends",
            ),
            Self::UnsortedUids => Text::of(
                "unsorted-uids",
                "UIDs that do not grow with the sequence numbers",
                "go by what each response says",
                "RFC 9051 section 2.3.1.1",
            ),
            Self::WrongCount => Text::of(
                "wrong-count",
                "STATUS counts other messages than EXAMINE in the same mailbox",
                "give each as it came",
                "RFC 9051 section 6.3.11",
            ),
            Self::WrongOctets => Text::of(
                "wrong-octets",
                "Octets of a section are not those at the same place of the message",
                "give them as they came",
                "RFC 9051 section 6.4.5",
            ),
            Self::WrongPartSize => Text::of(
                "wrong-part-size",
                "The body structure tells another size than the part has",
                "give each as it came",
                "RFC 9051 section 7.5.2",
            ),
            Self::WrongSearch => Text::of(
                "wrong-search",
                "Searches for the same messages find different ones",
                "give each as it came",
                "RFC 9051 section 6.4.4",
            ),
            Self::WrongSize => Text::of(
                "wrong-size",
                "RFC822.SIZE is not the number of octets of the message",
                "give each as it came",
                "RFC 9051 section 7.5.2",
            ),
            Self::WrongUidNext => Text::of(
                "wrong-uid-next",
                "UIDNEXT is not above the highest UID",
                "keep what was told",
                "RFC 9051 section 2.3.1.1",
            ),
        }
    }
}

/// What is said of a behaviour.
struct Text {
    name: &'static str,
    meaning: &'static str,
    treatment: &'static str,
    reference: Option<&'static str>,
}

impl Text {
    const fn of(
        name: &'static str,
        meaning: &'static str,
        treatment: &'static str,
        reference: &'static str,
    ) -> Self {
        let reference = Some(reference);
        Self {
            name,
            meaning,
            treatment,
            reference,
        }
    }

    /// What no section of a standard is about.
    const fn unnamed(name: &'static str, meaning: &'static str, treatment: &'static str) -> Self {
        Self {
            name,
            meaning,
            treatment,
            reference: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_are_those_of_the_variants() {
        for behaviour in Behaviour::ALL {
            let name = behaviour.text().name.replace('-', "");
            assert_eq!(name, format!("{behaviour:?}").to_lowercase());
        }
    }

    #[test]
    fn ok_no_name_is_that_of_a_quirk() {
        for behaviour in Behaviour::ALL {
            assert!(behaviour.text().name.parse::<Quirk>().is_err());
        }
    }
}
