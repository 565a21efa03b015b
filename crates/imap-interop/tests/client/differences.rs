//! What servers answer differently, and what the standard says of it.

/// What servers answer differently.
pub(crate) struct Difference {
    pub(crate) scenario: &'static str,
    /// In the order of `Server::ALL`; empty where the scenario does not run.
    pub(crate) answers: [&'static str; 3],
    pub(crate) rule: &'static str,
}

/// The line for a scenario.
pub(crate) fn of(scenario: &str) -> Option<&'static Difference> {
    ALL.iter()
        .find(|difference| difference.scenario == scenario)
}

const fn row(scenario: &'static str, answers: [&'static str; 3], rule: &'static str) -> Difference {
    Difference {
        scenario,
        answers,
        rule,
    }
}

/// In the order of the scenarios' names.
pub(crate) const ALL: &[Difference] = &[
    row(
        "err_channel_binding_required",
        [
            "refuses: it knows `tls-unique` only",
            "has no mechanism with it",
            "takes `tls-exporter`",
        ],
        "RFC 5802 section 6: a server tells by the name of the mechanism whether it can",
    ),
    row(
        "err_channel_binding_of_another_connection",
        ["`tls-unique`", "", "`tls-exporter`"],
        BINDINGS,
    ),
    row(
        "err_limits_are_set_by_somebody",
        ["`NO`", "`NO`", "`OK` for one's own root"],
        "RFC 9208 section 4.1.3 does not say who may",
    ),
    row(
        "err_login_with_a_wrong_password",
        [NO_CODE, "`AUTHENTICATIONFAILED`", "`AUTHENTICATIONFAILED`"],
        CODES,
    ),
    row(
        "err_mailbox_is_full",
        [NO_CODE, "`OVERQUOTA`", "`OVERQUOTA`"],
        CODES,
    ),
    row(
        "err_mailboxes_that_are_not_there",
        [
            NO_CODE,
            "`ALREADYEXISTS`, `NONEXISTENT`",
            "`ALREADYEXISTS`, `NONEXISTENT`",
        ],
        CODES,
    ),
    row("err_somebody_else_without_rights", OTHERS, OTHERS_RULE),
    row(
        "err_wrong_passwords",
        [NO_CODE, "`AUTHENTICATIONFAILED`", "`AUTHENTICATIONFAILED`"],
        CODES,
    ),
    row(
        "ok_channel_binding",
        ["`tls-unique`", "", "`tls-exporter`"],
        BINDINGS,
    ),
    row(
        "ok_fuzzy_search",
        [
            "finds nothing, without its index",
            "",
            "finds what it would without FUZZY",
        ],
        "RFC 6203 section 3: how is the server's choice",
    ),
    row(
        "ok_id_before_and_after_login",
        ["`Cyrus IMAPD`", "`Dovecot`", "`imap-testserver`"],
        "RFC 2971 section 3.3: the name of the program",
    ),
    row(
        "ok_mailboxes_with_awkward_names",
        [
            "refuses `\"`, `\\`, `{` and `%`",
            "takes all",
            "refuses `%`",
        ],
        "RFC 9051 section 5.1: a server may refuse names",
    ),
    row(
        "ok_namespaces",
        [
            "`Other Users/`, `Shared Folders/`",
            "`shared/`",
            "`Other Users/`",
        ],
        OTHERS_RULE,
    ),
    row(
        "ok_pattern_with_other_letters",
        [
            "compares with the encoded name",
            "finds the mailbox",
            "finds the mailbox",
        ],
        "RFC 3501 section 5.1.3: the encoding is of names; of half a letter it says nothing",
    ),
    row(
        "ok_plain_for_somebody_else",
        [
            "the administrator may",
            "the administrator may",
            "nobody may",
        ],
        "RFC 4616 section 2: the server decides",
    ),
    row(
        "ok_preview",
        ["`NIL`, without its index", "the text", "the text"],
        "RFC 8970 section 3.2: `NIL` where there is none yet",
    ),
    row(
        "ok_quota_of_a_root",
        [
            "`user/NAME`, for the administrator",
            "`User quota`",
            "the user's name",
        ],
        ROOTS,
    ),
    row(
        "ok_server_as_a_child_process",
        ["has none", "greets with `PREAUTH`", "has none"],
        "RFC 9051 section 7.1.4: an option",
    ),
    row(
        "ok_somebody_else_reads_a_shared_mailbox",
        OTHERS,
        OTHERS_RULE,
    ),
    row(
        "ok_sort_returns",
        [
            "`MIN` is the lowest number",
            "`MIN` is the first in the order",
            "`MIN` is the first in the order",
        ],
        "RFC 5267 section 3.1: the first in the order of the sort",
    ),
    row(
        "ok_usage_grows_with_messages",
        ["`INBOX`", "`User quota`", "the user's name"],
        ROOTS,
    ),
];

const BINDINGS: &str = "RFC 9266 section 3: TLS 1.3 has no `tls-unique`";
const NO_CODE: &str = "`NO` with a text";
const CODES: &str = "RFC 5530 section 3: codes are offered to servers, not asked of them";
const OTHERS: [&str; 3] = [
    "`Other Users/NAME/box`",
    "`shared/NAME/box`",
    "`Other Users/NAME/box`",
];
const OTHERS_RULE: &str = "RFC 2342 section 5: prefixes are the server's";
const ROOTS: &str = "RFC 9208 section 3.2: names of roots are the server's";
