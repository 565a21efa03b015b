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

const ALL: &[Server] = &Server::ALL;
const INSTALLED: &[Server] = &Server::INSTALLED;
const ALL_BUT_CYRUS: &[Server] = &[Server::Dovecot, Server::InMemory];
const ALL_BUT_DOVECOT: &[Server] = &[Server::Cyrus, Server::InMemory];
const CYRUS: &[Server] = &[Server::Cyrus];
const DOVECOT: &[Server] = &[Server::Dovecot];
const IN_MEMORY: &[Server] = &[Server::InMemory];

/// The capabilities that are told before or after the login, with or without TLS and a certificate.
pub(crate) const OFFERED: &[(&str, &[Server])] = &[
    ("ACL", ALL),
    ("ANNOTATE-EXPERIMENT-1", CYRUS),
    ("ANNOTATEMORE", CYRUS),
    ("APPENDLIMIT=67108864", ALL_BUT_DOVECOT),
    ("AUTH=ANONYMOUS", DOVECOT),
    ("AUTH=CRAM-MD5", ALL),
    ("AUTH=DIGEST-MD5", INSTALLED),
    ("AUTH=EXTERNAL", INSTALLED),
    ("AUTH=LOGIN", ALL),
    ("AUTH=OAUTHBEARER", DOVECOT),
    ("AUTH=PLAIN", ALL),
    ("AUTH=SCRAM-SHA-1", ALL),
    ("AUTH=SCRAM-SHA-1-PLUS", ALL_BUT_DOVECOT),
    ("AUTH=SCRAM-SHA-256", ALL),
    ("AUTH=SCRAM-SHA-256-PLUS", ALL_BUT_DOVECOT),
    ("AUTH=XOAUTH2", DOVECOT),
    ("BINARY", ALL),
    ("CATENATE", ALL),
    ("CHILDREN", ALL),
    ("COMPRESS=DEFLATE", ALL),
    ("CONDSTORE", ALL),
    ("CONTEXT=SEARCH", DOVECOT),
    ("CREATE-SPECIAL-USE", ALL_BUT_DOVECOT),
    ("DIGEST=SHA1", CYRUS),
    ("ENABLE", ALL),
    ("ESEARCH", ALL),
    ("ESORT", ALL),
    ("I18NLEVEL=1", ALL_BUT_CYRUS),
    ("ID", ALL),
    ("IDLE", ALL),
    ("IMAP4rev1", ALL),
    ("IMAP4rev2", IN_MEMORY),
    ("JMAPACCESS", IN_MEMORY),
    ("LIST-EXTENDED", ALL),
    ("LIST-METADATA", ALL_BUT_DOVECOT),
    ("LIST-MYRIGHTS", ALL_BUT_DOVECOT),
    ("LIST-STATUS", ALL),
    ("LITERAL+", ALL),
    ("LOGIN-REFERRALS", DOVECOT),
    ("LOGINDISABLED", CYRUS),
    ("MAILBOX-REFERRALS", CYRUS),
    ("METADATA", ALL),
    ("MOVE", ALL),
    ("MULTIAPPEND", ALL),
    ("MULTISEARCH", IN_MEMORY),
    ("NAMESPACE", ALL),
    ("NOTIFY", DOVECOT),
    ("NO_ATOMIC_RENAME", CYRUS),
    ("OBJECTID", ALL_BUT_DOVECOT),
    ("PARTIAL", IN_MEMORY),
    ("PREVIEW", ALL),
    ("PREVIEW=FUZZY", DOVECOT),
    ("QRESYNC", ALL),
    ("QUOTA", ALL),
    ("QUOTA=RES-MESSAGE", IN_MEMORY),
    ("QUOTA=RES-STORAGE", IN_MEMORY),
    ("QUOTASET", IN_MEMORY),
    ("REPLACE", IN_MEMORY),
    ("RIGHTS=kxte", ALL_BUT_CYRUS),
    ("RIGHTS=kxten", CYRUS),
    ("SASL-IR", ALL),
    ("SAVEDATE", ALL),
    ("SCAN", CYRUS),
    ("SEARCH=FUZZY", ALL_BUT_DOVECOT),
    ("SEARCHRES", ALL_BUT_CYRUS),
    ("SNIPPET=FUZZY", DOVECOT),
    ("SORT", ALL),
    ("SORT=DISPLAY", ALL),
    ("SORT=MODSEQ", CYRUS),
    ("SORT=UID", CYRUS),
    ("SPECIAL-USE", ALL),
    ("STARTTLS", ALL),
    ("STATUS=SIZE", ALL),
    ("THREAD=ORDEREDSUBJECT", ALL),
    ("THREAD=REFERENCES", ALL),
    ("THREAD=REFS", ALL),
    ("UIDONLY", IN_MEMORY),
    ("UIDPLUS", ALL),
    ("UNAUTHENTICATE", IN_MEMORY),
    ("UNSELECT", ALL),
    ("URL-PARTIAL", DOVECOT),
    ("URLAUTH", INSTALLED),
    ("URLAUTH=BINARY", INSTALLED),
    ("UTF8=ACCEPT", IN_MEMORY),
    ("WITHIN", ALL),
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
