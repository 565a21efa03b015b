//! Encoding asks for no memory once its buffer is large enough.

use allocation_counter::measure;
use imap_codec::{Encode, EncodeOptions, Encoder, LiteralMode};
use imap_proto::command::{
    Append, AppendMessage, Command, Fetch, Login, Search, Store, StoreAction, StoreData, Tagged,
};
use imap_proto::{
    Arena, FetchItemName, FetchItems, Flag, Response, SearchKey, Section, SequenceSetBuf, Tag,
    UidSetBuf,
};

/// Encodes into a buffer that has room, and gives it back.
fn allocations(value: &impl Encode, options: EncodeOptions) -> u64 {
    let mut buffer = Vec::with_capacity(1 << 20);
    let allocated = measure(|| {
        for _ in 0..10 {
            let mut out = Encoder::with_buffer(options, std::mem::take(&mut buffer));
            value.encode(&mut out);
            buffer = out.finish().unwrap().into_bytes();
            assert!(buffer.ends_with(b"\r\n"));
            buffer.clear();
        }
    });
    allocated.count_total
}

#[test]
fn ok_responses_take_none() {
    let frames: [&[u8]; 6] = [
        b"* 12 FETCH (UID 7 FLAGS (\\Seen $Junk))\r\n",
        b"* 1 FETCH (UID 7 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286 \
        ENVELOPE (\"x\" \"a \\\"b\\\"\" ((\"Ann\" NIL \"ann\" \"example.org\")) NIL NIL NIL NIL \
        NIL NIL \"<a@b>\") BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \
        \"7BIT\" 1152 23 NIL NIL (\"en\") NIL) \"MIXED\" NIL NIL NIL NIL) BODY[TEXT] {3}\r\na\r\n)\r\n",
        b"* LIST (\\HasNoChildren) \"/\" \"a b\"\r\n",
        b"* STATUS INBOX (MESSAGES 231 UIDNEXT 44292)\r\n",
        b"* SEARCH 2 84 882\r\n",
        b"a1 OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n",
    ];
    for frame in frames {
        let arena = Arena::new();
        let response = Response::parse(frame, &arena).unwrap();
        let shown = frame.escape_ascii();
        assert_eq!(allocations(&response, EncodeOptions::SERVER), 0, "{shown}");
    }
}

#[test]
fn ok_commands_take_none() {
    let uids: UidSetBuf = "1:4,7,9:*".parse().unwrap();
    let set: SequenceSetBuf = "2".parse().unwrap();
    let section = FetchItemName::BodySection {
        section: Section::HEADER,
        peek: true,
        partial: Some((0, 100)),
    };
    let message = AppendMessage {
        flags: &[Flag::Seen],
        ..AppendMessage::new(b"a\r\n\r\nb\r\n")
    };
    let commands = [
        Command::Append(Append::one("Sent".into(), &message)),
        Command::Login(Login {
            user_name: "ann".into(),
            password: "\"\\ \u{e4}".into(),
        }),
        Command::Search(Search {
            return_options: None,
            charset: Some("UTF-8".into()),
            keys: &[SearchKey::Not(&SearchKey::From("ann \u{e4}".into()))],
        }),
        Command::UidFetch(Fetch {
            set: uids.as_set().unwrap(),
            items: FetchItems::List(&[FetchItemName::Uid, section]),
            modifiers: &[],
        }),
        Command::Store(Store {
            set: set.as_set().unwrap(),
            action: StoreAction::Add,
            silent: true,
            modifiers: &[],
            data: StoreData::Flags(&[Flag::Deleted]),
        }),
    ];
    let options = EncodeOptions::CLIENT.with_literals(LiteralMode::NonSynchronizing);
    for command in commands {
        let tag = Tag::new("a1").unwrap();
        let tagged = Tagged { tag, command };
        assert_eq!(allocations(&tagged, options), 0, "{command:?}");
    }
}

#[test]
fn ok_places_to_wait_at_take_one() {
    let login = Command::Login(Login {
        user_name: "\u{e4}".into(),
        password: "\u{e4}".into(),
    });
    let tag = Tag::new("a1").unwrap();
    let tagged = Tagged {
        tag,
        command: login,
    };
    assert_eq!(allocations(&tagged, EncodeOptions::CLIENT), 10);
}
