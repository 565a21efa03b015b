//! Which server has what.

use imap_interop::Server;

/// Whether the server is to have the capability.
pub(crate) fn offers(server: Server, name: &str) -> bool {
    let offered = OFFERED.iter().find(|(offered, _)| *offered == name);
    let (_, servers) = offered.unwrap_or_else(|| panic!("{name} has no line in the table"));
    servers.contains(&server)
}

/// What the server is to have.
pub(crate) fn of(server: Server) -> impl Iterator<Item = &'static str> {
    let offered = OFFERED.iter();
    offered
        .filter(move |(_, servers)| servers.contains(&server))
        .map(|(name, _)| *name)
}

const BOTH: &[Server] = &Server::ALL;
const CYRUS: &[Server] = &[Server::Cyrus];
const DOVECOT: &[Server] = &[Server::Dovecot];

/// The capabilities that are told before or after the login, with or without TLS and a certificate.
pub(crate) const OFFERED: &[(&str, &[Server])] = &[
    ("ACL", BOTH),
    ("ANNOTATE-EXPERIMENT-1", CYRUS),
    ("ANNOTATEMORE", CYRUS),
    ("APPENDLIMIT=67108864", CYRUS),
    ("AUTH=ANONYMOUS", DOVECOT),
    ("AUTH=CRAM-MD5", BOTH),
    ("AUTH=DIGEST-MD5", BOTH),
    ("AUTH=EXTERNAL", BOTH),
    ("AUTH=LOGIN", BOTH),
    ("AUTH=OAUTHBEARER", DOVECOT),
    ("AUTH=PLAIN", BOTH),
    ("AUTH=SCRAM-SHA-1", BOTH),
    ("AUTH=SCRAM-SHA-1-PLUS", CYRUS),
    ("AUTH=SCRAM-SHA-256", BOTH),
    ("AUTH=SCRAM-SHA-256-PLUS", CYRUS),
    ("AUTH=XOAUTH2", DOVECOT),
    ("BINARY", BOTH),
    ("CATENATE", BOTH),
    ("CHILDREN", BOTH),
    ("COMPRESS=DEFLATE", BOTH),
    ("CONDSTORE", BOTH),
    ("CONTEXT=SEARCH", DOVECOT),
    ("CREATE-SPECIAL-USE", CYRUS),
    ("DIGEST=SHA1", CYRUS),
    ("ENABLE", BOTH),
    ("ESEARCH", BOTH),
    ("ESORT", BOTH),
    ("I18NLEVEL=1", DOVECOT),
    ("ID", BOTH),
    ("IDLE", BOTH),
    ("IMAP4rev1", BOTH),
    ("LIST-EXTENDED", BOTH),
    ("LIST-METADATA", CYRUS),
    ("LIST-MYRIGHTS", CYRUS),
    ("LIST-STATUS", BOTH),
    ("LITERAL+", BOTH),
    ("LOGIN-REFERRALS", DOVECOT),
    ("LOGINDISABLED", CYRUS),
    ("MAILBOX-REFERRALS", CYRUS),
    ("METADATA", BOTH),
    ("MOVE", BOTH),
    ("MULTIAPPEND", BOTH),
    ("NAMESPACE", BOTH),
    ("NOTIFY", DOVECOT),
    ("NO_ATOMIC_RENAME", CYRUS),
    ("OBJECTID", CYRUS),
    ("PREVIEW", BOTH),
    ("PREVIEW=FUZZY", DOVECOT),
    ("QRESYNC", BOTH),
    ("QUOTA", BOTH),
    ("RIGHTS=kxten", CYRUS),
    ("RIGHTS=kxte", DOVECOT),
    ("SASL-IR", BOTH),
    ("SAVEDATE", BOTH),
    ("SCAN", CYRUS),
    ("SEARCH=FUZZY", CYRUS),
    ("SEARCHRES", DOVECOT),
    ("SNIPPET=FUZZY", DOVECOT),
    ("SORT", BOTH),
    ("SORT=DISPLAY", BOTH),
    ("SORT=MODSEQ", CYRUS),
    ("SORT=UID", CYRUS),
    ("SPECIAL-USE", BOTH),
    ("STARTTLS", BOTH),
    ("STATUS=SIZE", BOTH),
    ("THREAD=ORDEREDSUBJECT", BOTH),
    ("THREAD=REFERENCES", BOTH),
    ("THREAD=REFS", BOTH),
    ("UIDPLUS", BOTH),
    ("UNSELECT", BOTH),
    ("URL-PARTIAL", DOVECOT),
    ("URLAUTH", BOTH),
    ("URLAUTH=BINARY", BOTH),
    ("WITHIN", BOTH),
    ("X-CREATEDMODSEQ", CYRUS),
    ("X-QUOTA=MESSAGE", CYRUS),
    ("X-QUOTA=STORAGE", CYRUS),
    ("X-QUOTA=X-ANNOTATION-STORAGE", CYRUS),
    ("X-QUOTA=X-NUM-FOLDERS", CYRUS),
    ("X-REPLICATION", CYRUS),
    ("X-SIEVE-MAILBOX", CYRUS),
    ("XCONVERSATIONS", CYRUS),
    ("XLIST", CYRUS),
    ("XMOVE", CYRUS),
];
