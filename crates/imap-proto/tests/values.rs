//! What holds for all values: sizes, traits, lifetimes, and how they are written down.

use std::fmt::Debug;
use std::hash::Hash;

use imap_proto::command::{self, Command, ListPattern, OtherCommand, SaslResponse, Tagged};
use imap_proto::response::{
    self, AppendUid, ContinuationRequest, CopyUid, Greeting, GreetingStatus, MailboxStatus,
    OtherResponse, Status, StatusResponse,
};
use imap_proto::{
    Address, Arena, Atom, BodyExtension, BodySection, BodyStructure, Bound, Capability, Code,
    CompactFetches, Date, Disposition, Envelope, Expected, FetchItem, FetchItemName, FetchItems,
    Fetches, FetchesBuilder, Flag, IString, InternalDate, Keyword, Limits, Mailbox,
    MailboxAttribute, Malformed, Mechanism, MultiPart, Options, OtherItem, Parameter, ParseError,
    Parsed, Part, PartKind, Quirk, Quirks, Range, Response, SearchKey, Section, SectionText,
    SeqNum, SequenceSet, SequenceSetBuf, SinglePart, StatusItem, StatusItemName, Tag, Text, Uid,
    UidSet, UidValidity, UsedQuirk,
};

fn plain<T: Copy + Debug + Eq + Hash + Send + Sync + Unpin>() {}

fn shared<T: Send + Sync>() {}

#[test]
fn ok_values_are_plain_data() {
    plain::<Address<'_>>();
    plain::<AppendUid<'_>>();
    plain::<Atom<'_>>();
    plain::<BodyExtension<'_>>();
    plain::<BodySection<'_>>();
    plain::<BodyStructure<'_>>();
    plain::<Bound<Uid>>();
    plain::<Capability<'_>>();
    plain::<Code<'_>>();
    plain::<ContinuationRequest<'_>>();
    plain::<CopyUid<'_>>();
    plain::<Date>();
    plain::<Disposition<'_>>();
    plain::<Envelope<'_>>();
    plain::<Expected>();
    plain::<FetchItem<'_>>();
    plain::<FetchItemName<'_>>();
    plain::<FetchItems<'_>>();
    plain::<Flag<'_>>();
    plain::<Greeting<'_>>();
    plain::<GreetingStatus>();
    plain::<IString<'_>>();
    plain::<InternalDate>();
    plain::<Keyword<'_>>();
    plain::<Mailbox<'_>>();
    plain::<MailboxAttribute<'_>>();
    plain::<MailboxStatus<'_>>();
    plain::<Malformed<'_>>();
    plain::<Mechanism<'_>>();
    plain::<MultiPart<'_>>();
    plain::<OtherItem<'_>>();
    plain::<OtherResponse<'_>>();
    plain::<Parameter<'_>>();
    plain::<ParseError>();
    plain::<Part<'_>>();
    plain::<PartKind<'_>>();
    plain::<Quirk>();
    plain::<Quirks>();
    plain::<Range<Uid>>();
    plain::<Response<'_>>();
    plain::<SearchKey<'_>>();
    plain::<Section<'_>>();
    plain::<SectionText<'_>>();
    plain::<SeqNum>();
    plain::<SequenceSet<'_>>();
    plain::<SinglePart<'_>>();
    plain::<Status>();
    plain::<StatusItem<'_>>();
    plain::<StatusItemName<'_>>();
    plain::<StatusResponse<'_>>();
    plain::<Tag<'_>>();
    plain::<Text<'_>>();
    plain::<Uid>();
    plain::<UidSet<'_>>();
    plain::<UidValidity>();
    plain::<UsedQuirk>();
    plain::<response::MessageLimit>();
    plain::<response::Modified<'_>>();
    plain::<response::Vanished<'_>>();
    plain::<response::Fetch<'_>>();
    plain::<response::Fetch<'_, Uid>>();
    plain::<response::List<'_>>();
    plain::<response::Search<'_>>();
}

#[test]
fn ok_commands_are_plain_data() {
    plain::<Command<'_>>();
    plain::<SaslResponse<'_>>();
    plain::<ListPattern<'_>>();
    plain::<OtherCommand<'_>>();
    plain::<Tagged<'_>>();
    plain::<command::Append<'_>>();
    plain::<command::Authenticate<'_>>();
    plain::<command::AuthenticateData<'_>>();
    plain::<command::Copy<'_, Uid>>();
    plain::<command::Create<'_>>();
    plain::<command::Delete<'_>>();
    plain::<command::Done>();
    plain::<command::Examine<'_>>();
    plain::<command::Fetch<'_>>();
    plain::<command::List<'_>>();
    plain::<command::Login<'_>>();
    plain::<command::Rename<'_>>();
    plain::<command::Search<'_>>();
    plain::<command::Select<'_>>();
    plain::<command::Status<'_>>();
    plain::<command::Store<'_, Uid>>();
    plain::<command::StoreAction>();
    plain::<command::Subscribe<'_>>();
    plain::<command::UidExpunge<'_>>();
    plain::<command::Unsubscribe<'_>>();
}

#[test]
fn ok_owners_may_be_shared_between_threads() {
    shared::<CompactFetches>();
    shared::<Fetches>();
    shared::<Limits>();
    shared::<Options>();
    shared::<Parsed>();
    shared::<SequenceSetBuf>();
    // These can only be sent.
    fn sent<T: Send>() {}
    sent::<Arena>();
    sent::<FetchesBuilder>();
}

#[test]
fn ok_values_are_small() {
    assert_eq!(size_of::<IString<'_>>(), 16);
    assert_eq!(size_of::<Option<IString<'_>>>(), 16);
    assert_eq!(size_of::<BodyStructure<'_>>(), 16);
    assert_eq!(size_of::<FetchItem<'_>>(), 24);
    assert_eq!(size_of::<Flag<'_>>(), 24);
    assert_eq!(size_of::<Option<Uid>>(), 4);
    assert_eq!(size_of::<Address<'_>>(), 64);
    assert_eq!(size_of::<response::Fetch<'_>>(), 24);
    assert_eq!(size_of::<Quirks>(), 16);
}

/// Values of the program and values that were read have one type, whatever they borrow.
#[test]
fn ok_lifetimes_shrink() {
    fn response<'short>(value: Response<'static>, _: &'short str) -> Response<'short> {
        value
    }
    fn command<'short>(value: Command<'static>, _: &'short str) -> Command<'short> {
        value
    }
    fn set<'short>(value: UidSet<'static>, _: &'short str) -> UidSet<'short> {
        value
    }
    let short = String::from("short");
    assert_eq!(response(Response::Exists(1), &short), Response::Exists(1));
    assert_eq!(command(Command::Noop, &short), Command::Noop);
    assert!(set(UidSet::SAVED, &short).is_saved());
}

#[test]
fn ok_patterns_reach_through_all_levels() {
    let frame = "* 3 FETCH (FLAGS (\\Seen $x) ENVELOPE (NIL \"s\" ((NIL NIL \"ann\" \"h\")) NIL NIL NIL NIL \
                 NIL NIL NIL) BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2) \"MIXED\"))\r\n";
    let arena = Arena::new();
    let response = Response::parse(frame.as_bytes(), &arena).unwrap();
    let Response::Fetch(response::Fetch {
        items:
            [
                FetchItem::Flags([Flag::Seen, Flag::Keyword(keyword)]),
                FetchItem::Envelope(Envelope {
                    from:
                        [
                            Address {
                                mailbox: Some(mailbox),
                                ..
                            },
                        ],
                    ..
                }),
                FetchItem::BodyStructure(BodyStructure::Multi(MultiPart {
                    parts:
                        [
                            BodyStructure::Single(SinglePart {
                                kind: PartKind::Text { lines: 2 },
                                ..
                            }),
                        ],
                    ..
                })),
            ],
        ..
    }) = response
    else {
        panic!("{response:?}");
    };
    assert_eq!((keyword.as_str(), *mailbox), ("$x", IString::from("ann")));
}

#[test]
fn ok_secrets_are_not_shown() {
    let arena = Arena::new();
    for command in [
        "a LOGIN ann geheim\r\n",
        "a AUTHENTICATE PLAIN Z2VoZWlt\r\n",
    ] {
        let shown = format!("{:?}", Command::parse(command.as_bytes(), &arena).unwrap());
        assert!(
            !shown.contains("geheim") && !shown.contains("Z2VoZWlt"),
            "{shown}"
        );
    }
}

#[test]
fn ok_accessors_find_the_items() {
    let frame = "* 3 FETCH (X 1 UID 7 RFC822.SIZE 5 FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
                 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) BODY (\"A\" \"B\" NIL NIL NIL \"C\" 1) \
                 BODY[1] NIL BODY[] \"x\" RFC822.HEADER \"h\" RFC822.TEXT \"t\" RFC822 \"ht\")\r\n";
    let arena = Arena::new();
    let Ok(Response::Fetch(fetch)) = Response::parse(frame.as_bytes(), &arena) else {
        panic!("no FETCH");
    };
    assert_eq!(fetch.uid(), Uid::try_from(7).ok());
    assert_eq!(fetch.size(), Some(5));
    assert_eq!(fetch.flags(), Some(&[][..]));
    assert_eq!(fetch.internal_date().map(|date| date.year()), Some(1996));
    assert_eq!(fetch.envelope(), Some(&Envelope::default()));
    assert!(matches!(
        fetch.body_structure(),
        Some(BodyStructure::Single(_))
    ));
    assert_eq!(fetch.section(Section::ALL), Some(&b"x"[..]));
    assert_eq!(fetch.section(Section::TEXT), None);
    assert_eq!(fetch.sections().count(), 2);
    assert_eq!(fetch.rfc822(), Some(&b"ht"[..]));
    assert_eq!(fetch.rfc822_header(), Some(&b"h"[..]));
    assert_eq!(fetch.rfc822_text(), Some(&b"t"[..]));
    assert_eq!(fetch.malformed().count(), 0);
    assert_eq!(fetch.others().map(|item| item.name).next(), Some(&b"X"[..]));
    let empty = response::Fetch {
        items: &[],
        ..fetch
    };
    assert_eq!(empty.uid(), None);
}

#[test]
fn ok_accessors_find_the_items_of_extensions() {
    let frame = "* 7 UIDFETCH (MODSEQ (9) EMAILID (M1) THREADID (T1) PREVIEW \"hi\" \
                 SAVEDATE \"17-Jul-1996 02:44:25 -0700\" X-GM-MSGID 1 X-GM-THRID 2 X-GM-LABELS (a b) \
                 BINARY[1] NIL BINARY[2] ~{1}\r\n\0 BINARY.SIZE[2] 1 RFC822.SIZE -1)\r\n";
    let arena = Arena::new();
    let Ok(Response::UidFetch(fetch)) = Response::parse(frame.as_bytes(), &arena) else {
        panic!("no UIDFETCH");
    };
    assert_eq!(fetch.number.get(), 7);
    assert_eq!(fetch.mod_seq(), Some(9));
    assert_eq!(fetch.email_id().map(|id| id.as_str()), Some("M1"));
    assert_eq!(fetch.thread_id().map(|id| id.as_str()), Some("T1"));
    assert_eq!(fetch.preview(), Some(IString::from("hi")));
    assert_eq!(fetch.save_date().map(|date| date.year()), Some(1996));
    assert_eq!(
        (fetch.x_gm_msg_id(), fetch.x_gm_thr_id()),
        (Some(1), Some(2))
    );
    assert_eq!(fetch.x_gm_labels().map(<[_]>::len), Some(2));
    let part = |number| Part::parse(number, &arena).unwrap();
    assert_eq!(fetch.binary(part("2")), Some(&[0][..]));
    assert_eq!(fetch.binary(part("1")), None);
    assert_eq!(fetch.binary_size(part("2")), Some(1));
    assert_eq!(fetch.binary_size(part("1")), None);
    assert_eq!(fetch.binaries().count(), 2);
    assert_eq!(fetch.malformed().count(), 1);
    assert_eq!((fetch.size(), fetch.rfc822()), (None, None));
}

#[test]
fn ok_accessors_find_the_items_of_status() {
    let frame = "* STATUS a (MESSAGES 1 RECENT 2 UIDNEXT 3 UIDVALIDITY 4 UNSEEN 5 DELETED 6 SIZE 7 \
                 HIGHESTMODSEQ 8 DELETED-STORAGE 9 APPENDLIMIT NIL MAILBOXID (F1) X 1 SIZE -1)\r\n";
    let arena = Arena::new();
    let Ok(Response::MailboxStatus(status)) = Response::parse(frame.as_bytes(), &arena) else {
        panic!("no STATUS");
    };
    assert_eq!(status.messages(), Some(1));
    assert_eq!(status.recent(), Some(2));
    assert_eq!(status.uid_next().map(Uid::get), Some(3));
    assert_eq!(status.uid_validity().map(UidValidity::get), Some(4));
    assert_eq!(status.unseen(), Some(5));
    assert_eq!(status.deleted(), Some(6));
    assert_eq!(status.size(), Some(7));
    assert_eq!(status.highest_mod_seq(), Some(8));
    assert_eq!(status.deleted_storage(), Some(9));
    assert_eq!(status.append_limit(), Some(None));
    assert_eq!(status.mailbox_id().map(|id| id.as_str()), Some("F1"));
    assert_eq!(
        status.others().map(|item| item.value).next(),
        Some(&b"1"[..])
    );
    assert_eq!(status.malformed().count(), 1);
    let empty = MailboxStatus {
        items: &[],
        ..status
    };
    assert_eq!((empty.messages(), empty.append_limit()), (None, None));
}
