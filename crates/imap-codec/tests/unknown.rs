//! What is not known is never an error: it is kept as it came, and encoded back to the same octets.

use imap_codec::{Encode, EncodeOptions, Encoder};
use imap_proto::{Arena, Command, Response, Rights};
use proptest::prelude::*;
use proptest::sample::select;

/// Whose message it is.
#[derive(Clone, Copy)]
enum Role {
    Client,
    Server,
}

use Role::{Client, Server};

/// A message with an unknown word at each `@`, and a part of what `Debug` gives for its value.
type Template = (Role, &'static str, &'static str);

/// Where any atom can stand.
const ATOMS: &[Template] = &[
    (
        Client,
        "a @",
        "Other(OtherCommand { name: \"@\", arguments: \"\" })",
    ),
    (
        Client,
        "a @ b (c)",
        "Other(OtherCommand { name: \"@\", arguments: \"b (c)\" })",
    ),
    (
        Client,
        "a UID @",
        "Other(OtherCommand { name: \"UID\", arguments: \"@\" })",
    ),
    (
        Client,
        "a UID @ 1:*",
        "Other(OtherCommand { name: \"UID\", arguments: \"@ 1:*\" })",
    ),
    (Client, "a AUTHENTICATE @", "Other(\"@\")"),
    (Client, "a COMPRESS @", "Other(\"@\")"),
    (Client, "a ENABLE @ CONDSTORE", "[Other(\"@\"), CondStore]"),
    (Client, "a FETCH 1 (UID PREVIEW (@))", "Other(\"@\")"),
    (
        Client,
        "a LIST (@) \"\" x",
        "[Other(OtherItem { name: \"@\", value: \"\" })]",
    ),
    (
        Client,
        "a LIST \"\" x RETURN (@ (b) CHILDREN)",
        "[Other(OtherItem { name: \"@\", value: \"(b)\" }), Children]",
    ),
    (
        Client,
        "a LIST \"\" x RETURN (STATUS (@ UNSEEN))",
        "Status([Other(\"@\"), Unseen])",
    ),
    (
        Client,
        "a NOTIFY SET (personal (@ MessageExpunge))",
        "[Other(\"@\"), MessageExpunge]",
    ),
    (
        Client,
        "a NOTIFY SET (@ (FlagChange))",
        "Other(OtherItem { name: \"@\", value: \"\" })",
    ),
    (
        Client,
        "a NOTIFY SET (@ (b) NONE)",
        "Other(OtherItem { name: \"@\", value: \"(b)\" })",
    ),
    (
        Client,
        "a ESEARCH IN (@ personal) ALL",
        "[Other(OtherItem { name: \"@\", value: \"\" }), Personal]",
    ),
    (
        Client,
        "a SETQUOTA \"\" (@ 5 STORAGE 6)",
        "resource: Other(\"@\")",
    ),
    (
        Client,
        "a SORT (REVERSE @ DATE) UTF-8 ALL",
        "key: Other(\"@\")",
    ),
    (Client, "a STATUS x (@ UNSEEN)", "[Other(\"@\"), Unseen]"),
    (Client, "a STORE 1 +FLAGS (\\@)", "Flags([Other(\"@\")])"),
    (
        Client,
        "a STORE 1 FLAGS (@ \\Seen)",
        "Flags([Keyword(\"@\"), Seen])",
    ),
    (Client, "a THREAD @ UTF-8 ALL", "algorithm: Other(\"@\")"),
    (Client, "a CREATE x (USE (\\@))", "Use([Other(\"@\")])"),
    (Client, "a URLFETCH (imap://x @)", "Other(\"@\")"),
    (
        Server,
        "* @",
        "Other(OtherResponse { number: None, name: \"@\", value: \"\" })",
    ),
    (
        Server,
        "* @ b (c)",
        "Other(OtherResponse { number: None, name: \"@\", value: \"b (c)\" })",
    ),
    (
        Server,
        "* 5 @",
        "Other(OtherResponse { number: Some(5), name: \"@\", value: \"\" })",
    ),
    (
        Server,
        "* 5 @ \"b\"",
        "Other(OtherResponse { number: Some(5), name: \"@\", value: \"\\\"b\\\"\" })",
    ),
    (
        Server,
        "* OK [@] x",
        "Other(OtherItem { name: \"@\", value: \"\" })",
    ),
    (
        Server,
        "a NO [@ b (c)] x",
        "Other(OtherItem { name: \"@\", value: \"b (c)\" })",
    ),
    (
        Server,
        "+ [@ 5] x",
        "Other(OtherItem { name: \"@\", value: \"5\" })",
    ),
    (
        Server,
        "* OK [BADEVENT (@ FlagChange)] x",
        "BadEvent([Other(\"@\"), FlagChange])",
    ),
    (
        Server,
        "* OK [CAPABILITY IMAP4rev1 @] x",
        "Capability([Imap4Rev1, Other(\"@\")])",
    ),
    (Server, "* OK [PERMANENTFLAGS (\\@ \\*)] x", "Other(\"@\")"),
    (
        Server,
        "* CAPABILITY IMAP4rev1 @ IDLE",
        "[Imap4Rev1, Other(\"@\"), Idle]",
    ),
    (
        Server,
        "* CAPABILITY IMAP4rev1 AUTH=@",
        "Auth(Other(\"@\"))",
    ),
    (Server, "* ENABLED @", "Enabled([Other(\"@\")])"),
    (
        Server,
        "* FLAGS (\\@ \\Seen @)",
        "Flags([Other(\"@\"), Seen, Keyword(\"@\")])",
    ),
    (
        Server,
        "* 1 FETCH (FLAGS (\\@ \\Seen))",
        "Flags([Other(\"@\"), Seen])",
    ),
    (
        Server,
        "* LIST (\\@ \\Marked) \"/\" x",
        "[Other(\"@\"), Marked]",
    ),
    (
        Server,
        "* LIST () NIL x (@ (b) \"CHILDINFO\" (\"SUBSCRIBED\"))",
        "[Other(OtherItem { name: \"@\", value: \"(b)\" }), ChildInfo(",
    ),
    (
        Server,
        "* STATUS x (@ 5 UNSEEN 1)",
        "[Other(OtherItem { name: \"@\", value: \"5\" }), Unseen(1)]",
    ),
    (
        Server,
        "* STATUS x (UNSEEN 1 @ (b c))",
        "[Unseen(1), Other(OtherItem { name: \"@\", value: \"(b c)\" })]",
    ),
    (
        Server,
        "* QUOTA \"\" (STORAGE 1 2 @ 3 4)",
        "resource: Other(\"@\")",
    ),
    (
        Server,
        "* 1 CONVERTED (TAG \"a\") (BINARY[1] (ERROR \"x\" @ 5 (b)))",
        "reason: Other(OtherItem { name: \"@\", value: \"5 (b)\" })",
    ),
    (
        Server,
        "* URLFETCH x (@ 1 (b)) (BODY NIL)",
        "[Other(OtherItem { name: \"@\", value: \"1 (b)\" }), Body(None)]",
    ),
];

/// Where the names of options, parameters and items stand.
const LABELS: &[Template] = &[
    (
        Client,
        "a APPEND x @ 5 {1}\r\na",
        "extensions: [Other(OtherItem { name: \"@\", value: \"5\" })]",
    ),
    (
        Client,
        "a APPEND x @ (b)",
        "data: Other(OtherItem { name: \"@\", value: \"(b)\" })",
    ),
    (
        Client,
        "a CREATE x (@ (b) USE (\\Sent))",
        "[Other(OtherItem { name: \"@\", value: \"(b)\" }), Use(",
    ),
    (
        Client,
        "a RENAME x y (@ 1:4)",
        "[OtherItem { name: \"@\", value: \"1:4\" }]",
    ),
    (
        Client,
        "a EXAMINE x (@)",
        "[Other(OtherItem { name: \"@\", value: \"\" })]",
    ),
    (
        Client,
        "a SELECT x (@ (b (c)) CONDSTORE)",
        "[Other(OtherItem { name: \"@\", value: \"(b (c))\" }), CondStore]",
    ),
    (
        Client,
        "a CONVERT 1 (NIL) (@ UID)",
        "[Other(OtherItem { name: \"@\", value: \"\" }), Uid]",
    ),
    (
        Server,
        "* 1 CONVERTED (TAG \"a\") (UID 5 @ (b))",
        "[Uid(Uid(5)), Other(OtherItem { name: \"@\", value: \"(b)\" })]",
    ),
    (
        Client,
        "a FETCH 1 (@)",
        "[Other(OtherItem { name: \"@\", value: \"\" })]",
    ),
    (
        Client,
        "a FETCH 1 (UID @ @ (b) @[1]<0.5>)",
        "[Uid, Other(OtherItem { name: \"@\", value: \"\" }), Other(OtherItem { name: \"@\", value: \"(b)\" }), Other(OtherItem { name: \"@[1]<0.5>\", value: \"\" })]",
    ),
    (
        Client,
        "a UID FETCH 1 (UID) (@ CHANGEDSINCE 5)",
        "[Other(OtherItem { name: \"@\", value: \"\" }), ChangedSince(",
    ),
    (
        Client,
        "a UID FETCH 1 (UID) (CHANGEDSINCE 5 @ (b))",
        "Other(OtherItem { name: \"@\", value: \"(b)\" })]",
    ),
    (
        Client,
        "a GETMETADATA (MAXSIZE 5 @ 5) x /shared/a",
        "[MaxSize(5), Other(OtherItem { name: \"@\", value: \"5\" })]",
    ),
    (
        Client,
        "a SEARCH RETURN (@ 5 COUNT) ALL",
        "[Other(OtherItem { name: \"@\", value: \"5\" }), Count]",
    ),
    (
        Client,
        "a SEARCH @",
        "[Other(OtherItem { name: \"@\", value: \"\" })]",
    ),
    (
        Client,
        "a SEARCH SEEN NOT @ \"b\" \"c\" (@)",
        "[Seen, Not(Other(OtherItem { name: \"@\", value: \"\\\"b\\\" \\\"c\\\"\" })), And([Other(OtherItem { name: \"@\", value: \"\" })])]",
    ),
    (Client, "a UID SEARCH OR @ SEEN", "Or("),
    (
        Client,
        "a STORE 1 (@ 5) FLAGS ()",
        "[Other(OtherItem { name: \"@\", value: \"5\" })]",
    ),
    (
        Client,
        "a STORE 1 (UNCHANGEDSINCE 5 @) +FLAGS.SILENT ()",
        "[UnchangedSince(5), Other(OtherItem { name: \"@\", value: \"\" })]",
    ),
    (
        Client,
        "a STORE 1 -@ (b)",
        "Other(OtherItem { name: \"@\", value: \"(b)\" })",
    ),
    (
        Server,
        "* 1 FETCH (@ 5 UID 7)",
        "[Other(OtherItem { name: \"@\", value: \"5\" }), Uid(",
    ),
    (
        Server,
        "* 1 FETCH (UID 7 @ (b {2}\r\nc)) FLAGS ())",
        "Other(OtherItem { name: \"@\", value: ",
    ),
    (
        Server,
        "* 1 FETCH (@[1.2]<5> \"b\" UID 7)",
        "[Other(OtherItem { name: \"@[1.2]<5>\", value: \"\\\"b\\\"\" }), Uid(",
    ),
    (
        Server,
        "* 7 UIDFETCH (@ NIL FLAGS ())",
        "[Other(OtherItem { name: \"@\", value: \"NIL\" }), Flags(",
    ),
    (
        Server,
        "* ESEARCH (TAG \"a\") UID COUNT 5 @ 1:4",
        "[Count(5), Other(OtherItem { name: \"@\", value: \"1:4\" })]",
    ),
    (
        Server,
        "* ESEARCH (TAG \"a\" @ 5) COUNT 5",
        "Other(OtherItem { name: \"@\", value: \"5\" })",
    ),
];

/// Where the letters of rights stand.
const RIGHTS: &[Template] = &[
    (Client, "a SETACL x y @", "Rights(@)"),
    (Client, "a SETACL x y +@", "Rights(@)"),
    (Server, "* ACL x y @", "Rights(@)"),
    (Server, "* LISTRIGHTS x y @", "Rights(@)"),
    (Server, "* MYRIGHTS x @", "Rights(@)"),
];

/// The keywords of the grammar: what is nearly one of them is the likeliest to be taken for it.
const KNOWN: &str = "\
    ACL ADDTO ALERT ALL ALLMAIL ALREADYEXISTS ANNOTATE ANNOTATE-EXPERIMENT-1 ANNOTATEMORE \
    ANNOTATION ANNOTATION-STORAGE ANNOTATIONCHANGE ANNOTATIONS AVAILABLECONVERSIONS \
    BADPARAMETERS CONVERSION CONVERSIONS CONVERTED MISSINGPARAMETERS SNIPPET URLMECH ANONYMOUS ANSWERED APPEND APPENDLIMIT \
    APPENDUID ARCHIVE ARRIVAL AUTHENTICATE AUTHENTICATIONFAILED AUTHORIZATIONFAILED BAD \
    BADCHARSET BADCOMPARATOR BADEVENT BADURL BCC BEFORE BINARY BINARY.PEEK BINARY.SIZE BODY \
    BODY.PEEK BODYPARTSTRUCTURE BODYSTRUCTURE BYE CANCELUPDATE CANNOT CAPABILITY CATENATE CC \
    CHANGEDSINCE CHARSET CHECK CHILDINFO CHILDREN CLIENTBUG CLOSE CLOSED COMPARATOR COMPRESS \
    COMPRESSIONACTIVE CONDSTORE CONTACTADMIN CONTEXT CONVERT COPY COPYUID CORRUPTION COUNT \
    CRAM-MD5 CREATE CREATE-SPECIAL-USE DATE DEFLATE DELETE DELETEACL DELETED DELETED-STORAGE \
    DEPTH DIGEST-MD5 DISPLAYFROM DISPLAYTO DRAFT DRAFTS EMAILID ENABLE ENABLED ENVELOPE ESEARCH \
    ESORT EXAMINE EXISTS EXPIRED EXPUNGE EXPUNGEISSUED EXTERNAL F1 FAST FETCH FILTER FILTERS \
    FLAGCHANGE FLAGGED FLAGS FROM FULL FUZZY GENURLAUTH GETACL GETANNOTATION GETJMAPACCESS \
    GETMETADATA GETQUOTA GETQUOTAROOT GSSAPI HASCHILDREN HASNOCHILDREN HEADER HEADER.FIELDS \
    HEADER.FIELDS.NOT HIGHESTMODSEQ I18NLEVEL ID IDLE IMAP4 IMAP4REV1 IMAP4REV2 IMAPSIEVE \
    IMPORTANT IN INBOX INBOXES INFINITY INPROGRESS INTERNALDATE INUSE JMAPACCESS JUNK KEYWORD \
    LANGUAGE LARGER LAZY LIMIT LIST LIST-EXTENDED LIST-METADATA LIST-MYRIGHTS LIST-STATUS \
    LISTRIGHTS LITERAL- LOGIN LOGIN-REFERRALS LOGINDISABLED LOGOUT LONGENTRIES LSUB MAILBOX \
    MAILBOX-REFERRALS MAILBOXES MAILBOXID MAILBOXMETADATACHANGE MAILBOXNAME MARKED MAX \
    MAXCONVERTMESSAGES MAXCONVERTPARTS MAXSIZE MESSAGE MESSAGEEXPUNGE MESSAGELIMIT MESSAGENEW \
    MESSAGES METADATA METADATA-SERVER MIME MIN MODIFIED MODSEQ MOVE MULTIAPPEND MULTIPART \
    MULTISEARCH MYRIGHTS NAME NAMESPACE NEW NEXT NIL NO NOINFERIORS NOMODSEQ NONE NONEXISTENT \
    NOOP NOPERM NOPRIVATE NOSELECT NOT NOTIFICATIONOVERFLOW NOTIFY NOTSAVED NOUPDATE NTLM \
    OAUTHBEARER OBJECTID OK OLD OLDER OLDNAME ON OR ORDEREDSUBJECT OVERQUOTA PARSE PARTIAL \
    PERMANENTFLAGS PERSONAL PLAIN PREAUTH PREVIEW PRIV PRIVACYREQUIRED PROXYAUTH QRESYNC QUOTA \
    QUOTAROOT QUOTASET READ-ONLY READ-WRITE RECENT RECURSIVEMATCH REFERENCES REFERRAL REFS \
    RELEVANCY REMOTE REMOVEFROM RENAME REPLACE RESETKEY RETURN REVERSE RFC822 RFC822.HEADER \
    RFC822.HEADER.LINES RFC822.HEADER.LINES.NOT RFC822.PEEK RFC822.SIZE RFC822.TEXT \
    RFC822.TEXT.PEEK RIGHTS RLIST RLSUB SASL-IR SAVE SAVEDATE SAVEDATESUPPORTED SAVEDBEFORE \
    SAVEDON SAVEDSINCE SAVELIMIT SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS \
    SCRAM-SHA-512 SCRAM-SHA-512-PLUS SEARCH SEARCHRES SEEN SELECT SELECTED SELECTED-DELAYED SENT \
    SENTBEFORE SENTON SENTSINCE SERVERBUG SERVERMETADATACHANGE SET SETACL SETANNOTATION \
    SETMETADATA SETQUOTA SHARED SINCE SIZE SMALLER SORT SPAM SPECIAL-USE STARRED STARTTLS STATUS \
    STORAGE STORE STRUCTURE SUBJECT SUBSCRIBE SUBSCRIBED SUBSCRIPTIONCHANGE SUBTREE SUBTREE-ONE \
    TAG TEMPFAIL TEXT THREAD THREADID TO TOOBIG TOOFEW TOOMANY TRASH TRYCREATE UID UIDBATCHES \
    UIDFETCH UIDNEXT UIDNOTSTICKY UIDONLY UIDPLUS UIDREQUIRED UIDVALIDITY UNANSWERED \
    UNAUTHENTICATE UNAVAILABLE UNCHANGEDSINCE UNDEFINED-FILTER UNDELETED UNDRAFT UNFLAGGED \
    UNKEYWORD UNKNOWN-CTE UNMARKED UNSEEN UNSELECT UNSUBSCRIBE UPDATE URL URL-PARTIAL URLAUTH \
    URLFETCH USE USEATTR UTF8 VALIDITY VANISHED WITHIN X-GM-EXT-1 X-GM-LABELS X-GM-MSGID \
    X-GM-RAW X-GM-THRID XAPPLEPUSHSERVICE XLIST XOAUTH2 YOUNGER";

fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.split_ascii_whitespace()
}

fn is_unknown(word: &str) -> bool {
    !known().any(|name| name.eq_ignore_ascii_case(word))
}

/// A word which is nearly a known one.
fn near() -> impl Strategy<Value = String> {
    let names: Vec<_> = known().collect();
    let change = |(name, lower, cut, end): (&str, bool, bool, String)| {
        let name = if lower {
            name.to_lowercase()
        } else {
            name.into()
        };
        let stem = if cut { &name[..name.len() - 1] } else { &name };
        format!("{stem}{end}")
    };
    (
        select(names),
        any::<bool>(),
        any::<bool>(),
        "[A-Za-z0-9._-]?",
    )
        .prop_map(change)
}

/// `tagged-ext-label`, though not one that begins like a change of flags.
fn label() -> impl Strategy<Value = String> {
    let label = prop_oneof![near(), "[A-Za-z_.][A-Za-z0-9_.:-]{0,14}"];
    label.prop_filter("a known word", |word| is_unknown(word))
}

/// `atom`, though not one that begins like a number, a code, or a capability with a value.
fn atom() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        near(),
        "[!#$&+,./:;<=>?@A-Z^_`a-z|}~-][!#$&+,./0-9:;<=>?@A-Z^_`a-z|}~\\[-]{0,14}"
    ];
    atom.prop_filter("a known word", |word| is_unknown(word))
}

fn encode(value: &impl Encode) -> Vec<u8> {
    let mut out = Encoder::new(EncodeOptions::SERVER);
    value.encode(&mut out);
    out.finish().unwrap().as_bytes().to_vec()
}

/// What `Debug` gives for the value of a message, and the message that the value is encoded to.
fn read(role: Role, message: &str) -> (String, Vec<u8>) {
    let (frame, arena) = (message.as_bytes(), Arena::new());
    match role {
        Client => {
            let value = Command::parse(frame, &arena).expect(message);
            (format!("{value:?}"), encode(&value))
        }
        Server => {
            let value = Response::parse(frame, &arena).expect(message);
            (format!("{value:?}"), encode(&value))
        }
    }
}

/// Puts the word into the template, which must be read as it tells and written as it was.
fn check((role, template, shown): Template, word: &str) {
    let message = format!("{}\r\n", template.replace('@', word));
    let shown = shown.replace('@', word);
    let (value, encoded) = read(role, &message);
    assert!(value.contains(&shown), "no {shown} in {value} of {message}");
    assert_eq!(String::from_utf8(encoded).unwrap(), message);
}

proptest! {
    #[test]
    fn ok_unknown_atoms_are_kept(word in atom()) {
        for template in ATOMS {
            check(*template, &word);
        }
    }

    #[test]
    fn ok_unknown_labels_are_kept(word in label()) {
        for template in ATOMS.iter().chain(LABELS) {
            check(*template, &word);
        }
    }

    #[test]
    fn ok_rights_of_any_letters_are_kept(letters in "[a-z0-9]{1,36}") {
        let rights = Rights::new(&letters).unwrap();
        let all = |letters: &str| letters.chars().all(|c| rights.letters().any(|right| right == c));
        prop_assert!(all(&letters));
        for template in RIGHTS {
            check(*template, &rights.to_string());
        }
    }
}
