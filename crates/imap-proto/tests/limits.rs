//! Hostile messages: what a message may make of an arena is limited.

mod support;

use imap_proto::{Arena, Command, Expected, Limits, Options, ParseError, Response};
use support::Role;

/// A message with a list that goes on and on: what is before it, an element, and what is behind it.
struct Hostile {
    name: &'static str,
    role: Role,
    before: &'static str,
    element: &'static str,
    after: &'static str,
    rule: &'static str,
}

const fn hostile(
    name: &'static str,
    role: Role,
    [before, element, after]: [&'static str; 3],
    rule: &'static str,
) -> Hostile {
    Hostile {
        name,
        role,
        before,
        element,
        after,
        rule,
    }
}

use Role::{Client, Server};

const LISTS: &[Hostile] = &[
    hostile(
        "items",
        Server,
        ["* 1 FETCH (", "UID 1 ", "UID 1)"],
        "FETCH response",
    ),
    hostile(
        "unknown items",
        Server,
        ["* 1 FETCH (", "X 1 ", "UID 1)"],
        "FETCH response",
    ),
    hostile(
        "malformed items",
        Server,
        ["* 1 FETCH (", "UID x ", "UID 1)"],
        "FETCH response",
    ),
    hostile(
        "short flag lists",
        Server,
        ["* 1 FETCH (", "FLAGS (a) ", "UID 1)"],
        "FETCH response",
    ),
    hostile(
        "flags of a message",
        Server,
        ["* 1 FETCH (FLAGS (", "a ", "b))"],
        "FETCH response",
    ),
    hostile(
        "addresses",
        Server,
        [
            "* 1 FETCH (ENVELOPE (NIL NIL (",
            "(NIL NIL NIL NIL)",
            ") NIL NIL NIL NIL NIL NIL NIL))",
        ],
        "FETCH response",
    ),
    hostile(
        "parts",
        Server,
        [
            "* 1 FETCH (BODYSTRUCTURE (",
            "(\"\" \"\" NIL NIL NIL \"\" 1)",
            " \"m\"))",
        ],
        "FETCH response",
    ),
    hostile(
        "parts without parts",
        Server,
        ["* 1 FETCH (BODYSTRUCTURE (", "()", " \"m\"))"],
        "FETCH response",
    ),
    hostile(
        "parameters",
        Server,
        [
            "* 1 FETCH (BODY (\"\" \"\" (",
            "\"\" \"\" ",
            "\"\" \"\") NIL NIL \"\" 1))",
        ],
        "FETCH response",
    ),
    hostile(
        "languages",
        Server,
        [
            "* 1 FETCH (BODYSTRUCTURE (\"\" \"\" NIL NIL NIL \"\" 1 NIL NIL (",
            "\"\" ",
            "\"\")))",
        ],
        "FETCH response",
    ),
    hostile(
        "header names",
        Server,
        ["* 1 FETCH (BODY[HEADER.FIELDS (", "a ", "b)] NIL)"],
        "FETCH response",
    ),
    hostile(
        "part numbers",
        Server,
        ["* 1 FETCH (BODY[", "1.", "1] NIL)"],
        "FETCH response",
    ),
    hostile(
        "flags of a mailbox",
        Server,
        ["* FLAGS (", "a ", "b)"],
        "FLAGS response",
    ),
    hostile(
        "permanent flags",
        Server,
        ["* OK [PERMANENTFLAGS (", "a ", "b)] x"],
        "status response",
    ),
    hostile(
        "charsets",
        Server,
        ["* NO [BADCHARSET (", "a ", "b)] x"],
        "status response",
    ),
    hostile(
        "sets of unique identifiers",
        Server,
        ["* OK [COPYUID 1 ", "1,", "1 1] x"],
        "status response",
    ),
    hostile(
        "capabilities of a code",
        Server,
        ["* OK [CAPABILITY", " a", " IMAP4rev1] x"],
        "status response",
    ),
    hostile(
        "capabilities",
        Server,
        ["* CAPABILITY", " a", " IMAP4rev1"],
        "CAPABILITY response",
    ),
    hostile(
        "attributes",
        Server,
        ["* LIST (", "\\a ", "\\b) NIL x"],
        "LIST response",
    ),
    hostile(
        "extended data",
        Server,
        ["* LIST () NIL x (", "a 1 ", "b 1)"],
        "LIST response",
    ),
    hostile(
        "status items",
        Server,
        ["* STATUS x (", "UNSEEN 1 ", "UNSEEN 1)"],
        "STATUS response",
    ),
    hostile(
        "unknown status items",
        Server,
        ["* STATUS x (", "X 1 ", "X 1)"],
        "STATUS response",
    ),
    hostile(
        "sequence sets",
        Client,
        ["a COPY ", "1,", "1 x"],
        "COPY command",
    ),
    hostile(
        "search keys",
        Client,
        ["a SEARCH", " ALL", ""],
        "SEARCH command",
    ),
    hostile(
        "search keys in parentheses",
        Client,
        ["a SEARCH (", "ALL ", "ALL)"],
        "SEARCH command",
    ),
    hostile(
        "search keys with keys inside",
        Client,
        ["a SEARCH", " NOT ALL", ""],
        "SEARCH command",
    ),
    hostile(
        "search keys with sets",
        Client,
        ["a SEARCH", " 1", ""],
        "SEARCH command",
    ),
    hostile(
        "unknown search keys",
        Client,
        ["a SEARCH", " X \"\"", ""],
        "SEARCH command",
    ),
    hostile(
        "names of items",
        Client,
        ["a FETCH 1 (", "UID ", "UID)"],
        "FETCH command",
    ),
    hostile(
        "names of status items",
        Client,
        ["a STATUS x (", "X ", "X)"],
        "STATUS command",
    ),
    hostile(
        "flags to store",
        Client,
        ["a STORE 1 FLAGS (", "a ", "b)"],
        "STORE command",
    ),
    hostile(
        "flags to store, bare",
        Client,
        ["a STORE 1 FLAGS", " a", ""],
        "STORE command",
    ),
    hostile(
        "entries of an access control list",
        Server,
        ["* ACL x", " a r", ""],
        "ACL response",
    ),
    hostile(
        "rights",
        Server,
        ["* LISTRIGHTS x a r", " r", ""],
        "LISTRIGHTS response",
    ),
    hostile(
        "quota resources",
        Server,
        ["* QUOTA x (", "a 1 2 ", "a 1 2)"],
        "QUOTA response",
    ),
    hostile(
        "quota roots",
        Server,
        ["* QUOTAROOT x", " a", ""],
        "QUOTAROOT response",
    ),
    hostile(
        "metadata",
        Server,
        ["* METADATA x (", "/a NIL ", "/a NIL)"],
        "METADATA response",
    ),
    hostile(
        "names of metadata",
        Server,
        ["* METADATA x", " /a", ""],
        "METADATA response",
    ),
    hostile(
        "annotations",
        Server,
        ["* ANNOTATION x a (", "\"b\" NIL ", "\"b\" NIL)"],
        "ANNOTATION response",
    ),
    hostile(
        "namespaces",
        Server,
        ["* NAMESPACE (", "(\"\" NIL)", ") NIL NIL"],
        "NAMESPACE response",
    ),
    hostile(
        "extensions of a namespace",
        Server,
        ["* NAMESPACE ((\"\" NIL", " \"x\" (\"y\")", ")) NIL NIL"],
        "NAMESPACE response",
    ),
    hostile(
        "data of a search",
        Server,
        ["* ESEARCH", " X 1", ""],
        "ESEARCH response",
    ),
    hostile(
        "languages of a server",
        Server,
        ["* LANGUAGE (", "a ", "b)"],
        "LANGUAGE response",
    ),
    hostile(
        "comparators",
        Server,
        ["* COMPARATOR x (", "a ", "b)"],
        "COMPARATOR response",
    ),
    hostile(
        "fields of an identification",
        Server,
        ["* ID (", "\"a\" \"b\" ", "\"a\" \"b\")"],
        "ID response",
    ),
    hostile(
        "enabled capabilities",
        Server,
        ["* ENABLED", " a", ""],
        "ENABLED response",
    ),
    hostile(
        "threads",
        Server,
        ["* THREAD ", "(1)", ""],
        "THREAD response",
    ),
    hostile(
        "replies",
        Server,
        ["* THREAD (1 ", "(1)", ")"],
        "THREAD response",
    ),
    hostile(
        "messages of a thread",
        Server,
        ["* THREAD (1", " 1", ")"],
        "THREAD response",
    ),
    hostile(
        "labels",
        Server,
        ["* 1 FETCH (X-GM-LABELS (", "a ", "b))"],
        "FETCH response",
    ),
    hostile(
        "capabilities to enable",
        Client,
        ["a ENABLE", " a", ""],
        "ENABLE command",
    ),
    hostile(
        "fields to tell of a client",
        Client,
        ["a ID (", "\"a\" \"b\" ", "\"a\" \"b\")"],
        "ID command",
    ),
    hostile(
        "languages to choose from",
        Client,
        ["a LANGUAGE", " a", ""],
        "LANGUAGE command",
    ),
    hostile(
        "patterns",
        Client,
        ["a LIST \"\" (", "a ", "b)"],
        "LIST command",
    ),
    hostile(
        "options of a list",
        Client,
        ["a LIST (", "SUBSCRIBED ", "REMOTE) \"\" x"],
        "LIST command",
    ),
    hostile(
        "parameters of a selection",
        Client,
        ["a SELECT x (", "X ", "X)"],
        "SELECT command",
    ),
    hostile(
        "flags of a new message",
        Client,
        ["a APPEND x (", "a ", "b) {1+}\r\nx"],
        "APPEND command",
    ),
    hostile(
        "new messages",
        Client,
        ["a APPEND x", " {1+}\r\nx", ""],
        "APPEND command",
    ),
    hostile(
        "limits",
        Client,
        ["a SETQUOTA x (", "a 1 ", "a 1)"],
        "SETQUOTA command",
    ),
    hostile(
        "metadata to set",
        Client,
        ["a SETMETADATA x (", "/a NIL ", "/a NIL)"],
        "SETMETADATA command",
    ),
    hostile(
        "metadata to get",
        Client,
        ["a GETMETADATA x (", "/a ", "/b)"],
        "GETMETADATA command",
    ),
    hostile(
        "groups of events",
        Client,
        ["a NOTIFY SET", " (PERSONAL NONE)", ""],
        "NOTIFY command",
    ),
    hostile(
        "criteria",
        Client,
        ["a SORT (", "DATE ", "DATE) UTF-8 ALL"],
        "SORT command",
    ),
    hostile(
        "options of a search",
        Client,
        ["a SEARCH RETURN (", "X 1 ", "ALL) ALL"],
        "SEARCH command",
    ),
    hostile(
        "places to search",
        Client,
        ["a ESEARCH IN (", "personal ", "personal) ALL"],
        "ESEARCH command",
    ),
    hostile(
        "searches to cancel",
        Client,
        ["a CANCELUPDATE", " \"a\"", ""],
        "CANCELUPDATE command",
    ),
    hostile("URLs", Client, ["a URLFETCH", " a", ""], "URLFETCH command"),
    hostile(
        "URLs to make",
        Client,
        ["a GENURLAUTH", " a INTERNAL", ""],
        "GENURLAUTH command",
    ),
    hostile(
        "mechanisms to revoke",
        Client,
        ["a RESETKEY x", " INTERNAL", ""],
        "RESETKEY command",
    ),
    hostile(
        "modifiers",
        Client,
        ["a FETCH 1 UID (", "X 1 ", "X 1)"],
        "FETCH command",
    ),
];

impl Hostile {
    /// A message of at least `octets` octets.
    fn message(&self, octets: usize) -> Vec<u8> {
        let count = octets / self.element.len() + 1;
        let elements = self.element.repeat(count);
        [self.before, &elements, self.after, "\r\n"].concat().into()
    }
}

fn read(role: Role, frame: &[u8], arena: &Arena, limits: Limits) -> Result<(), ParseError> {
    let options = Options::lenient().with_limits(limits);
    match role {
        Client => Command::parse_with(frame, arena, &options).map(drop),
        _ => Response::parse_with(frame, arena, &options).map(drop),
    }
}

const MEBIBYTE: usize = 1 << 20;

#[test]
fn err_lists_over_the_number_of_elements() {
    for hostile in LISTS {
        let limits = Limits {
            max_elements: 1000,
            ..Limits::DEFAULT
        };
        let message = hostile.message(MEBIBYTE);
        let error = read(hostile.role, &message, &Arena::new(), limits).expect_err(hostile.name);
        assert_eq!(error.expected, Expected::LessElements, "{}", hostile.name);
        assert_eq!(error.rule, hostile.rule, "{}", hostile.name);
        assert!(error.offset < 300_000, "{}: {}", hostile.name, error.offset);
    }
}

#[test]
fn ok_lists_within_the_number_of_elements() {
    for hostile in LISTS {
        let limits = Limits {
            max_elements: 2000,
            ..Limits::DEFAULT
        };
        let message = hostile.message(hostile.element.len() * 600);
        let read = read(hostile.role, &message, &Arena::new(), limits);
        assert_eq!(read, Ok(()), "{}", hostile.name);
    }
}

#[test]
fn err_lists_over_the_memory_of_a_message() {
    for hostile in LISTS {
        let limits = Limits {
            max_elements: u32::MAX,
            max_arena: 64 << 10,
            ..Limits::DEFAULT
        };
        let message = hostile.message(MEBIBYTE);
        let mut arena = Arena::new();
        // What a reset keeps comes on top.
        for most in [1, 2, 2] {
            let error = read(hostile.role, &message, &arena, limits).expect_err(hostile.name);
            assert_eq!(error.expected, Expected::LessMemory, "{}", hostile.name);
            assert_eq!(error.rule, hostile.rule, "{}", hostile.name);
            let held = arena.allocated();
            assert!(held <= most * limits.max_arena, "{}: {held}", hostile.name);
            arena.reset();
        }
    }
}

#[test]
fn ok_no_message_of_a_mebibyte_passes_the_default_memory() {
    for hostile in LISTS {
        let arena = Arena::new();
        let message = hostile.message(MEBIBYTE);
        let _ = read(hostile.role, &message, &arena, Limits::DEFAULT);
        let held = arena.allocated();
        assert!(
            held <= Limits::DEFAULT.max_arena,
            "{}: {held}",
            hostile.name
        );
        let _ = read(hostile.role, &message, &Arena::new(), Limits::SERVER);
    }
}

#[test]
fn err_lists_of_a_million_elements_on_a_small_stack() {
    let limits = Limits {
        max_elements: 20_000,
        max_arena: 1 << 20,
        ..Limits::DEFAULT
    };
    let read_all = move || {
        for hostile in LISTS {
            let message = hostile.message(hostile.element.len() * 1_000_000);
            let arena = Arena::new();
            let error = read(hostile.role, &message, &arena, limits).expect_err(hostile.name);
            assert!(
                matches!(
                    error.expected,
                    Expected::LessElements | Expected::LessMemory
                ),
                "{}: {error}",
                hostile.name
            );
            assert!(arena.allocated() <= limits.max_arena, "{}", hostile.name);
        }
    };
    let thread = std::thread::Builder::new().stack_size(256 << 10);
    thread.spawn(read_all).unwrap().join().unwrap();
}

#[test]
fn err_numbers_found_over_the_memory_of_a_message() {
    let limits = Limits {
        max_elements: 0,
        max_arena: 64 << 10,
        ..Limits::DEFAULT
    };
    for first in ["1", "1234567890"] {
        let message = format!("* SEARCH {first}{}\r\n", " 1".repeat(MEBIBYTE / 2));
        let arena = Arena::new();
        let error = read(Server, message.as_bytes(), &arena, limits).unwrap_err();
        assert_eq!(error.expected, Expected::LessMemory);
        assert_eq!(error.rule, "SEARCH response");
        assert!(arena.allocated() <= limits.max_arena);
    }
}

#[test]
fn err_strings_to_unescape_over_the_memory_of_a_message() {
    let limits = Limits {
        max_arena: 64 << 10,
        ..Limits::DEFAULT
    };
    let message = format!("* LIST () NIL \"{}\"\r\n", "\\\\".repeat(MEBIBYTE / 2));
    let arena = Arena::new();
    let error = read(Server, message.as_bytes(), &arena, limits).unwrap_err();
    assert_eq!(error.expected, Expected::LessMemory);
    assert!(arena.allocated() <= limits.max_arena);
}

#[test]
fn err_nesting_over_the_depth() {
    let depth = |max_depth| Limits {
        max_depth,
        ..Limits::DEFAULT
    };
    let strict = Options::strict();
    let part = "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)";
    let body = |depth: usize| {
        let (open, close) = ("(".repeat(depth - 1), " \"M\")".repeat(depth - 1));
        format!("* 1 FETCH (UID 1 BODY {open}{part}{close})\r\n")
    };
    let keys = |depth: usize| format!("a SEARCH {}ALL\r\n", "NOT ".repeat(depth - 1));
    let lists = |depth: usize| {
        let depth = depth - 1;
        format!("a SEARCH {}ALL{}\r\n", "(".repeat(depth), ")".repeat(depth))
    };
    for limit in [1, 2, 7, 255] {
        let arena = Arena::new();
        let options = strict.with_limits(depth(limit));
        let limit = usize::from(limit);
        assert!(Response::parse_with(body(limit).as_bytes(), &arena, &options).is_ok());
        let too_deep = body(limit + 1);
        let error = Response::parse_with(too_deep.as_bytes(), &arena, &options).unwrap_err();
        assert_eq!(error.expected, Expected::LessNesting);
        for keys in [&keys as &dyn Fn(usize) -> String, &lists] {
            assert!(Command::parse_with(keys(limit).as_bytes(), &arena, &options).is_ok());
            let too_deep = keys(limit + 1);
            let error = Command::parse_with(too_deep.as_bytes(), &arena, &options).unwrap_err();
            assert_eq!(error.expected, Expected::LessNesting);
            assert_eq!(error.rule, "SEARCH command");
        }
    }
}

#[test]
fn ok_nesting_over_the_depth_costs_only_its_item() {
    let message = format!(
        "* 1 FETCH (UID 7 BODYSTRUCTURE {}{} FLAGS ())\r\n",
        "(".repeat(20_000),
        ")".repeat(20_000)
    );
    let arena = Arena::new();
    let Response::Fetch(fetch) = Response::parse(message.as_bytes(), &arena).unwrap() else {
        panic!("no FETCH");
    };
    assert_eq!(fetch.uid().map(u32::from), Some(7));
    assert_eq!(fetch.flags(), Some(&[][..]));
    let malformed: Vec<_> = fetch.malformed().collect();
    assert_eq!(malformed[0].error.expected, Expected::LessNesting);
    assert_eq!(malformed[0].value.len(), 40_000);
}

#[test]
fn ok_a_message_that_fits_once_fits_after_each_reset() {
    let limits = Limits {
        max_arena: 32 << 10,
        ..Limits::DEFAULT
    };
    let message = format!("* FLAGS ({}b)\r\n", "a ".repeat(300));
    let mut arena = Arena::new();
    for _ in 0..100 {
        assert_eq!(read(Server, message.as_bytes(), &arena, limits), Ok(()));
        assert!(arena.allocated() <= 2 * limits.max_arena);
        arena.reset();
    }
    // Values that are in use do not count: each message may add to them.
    for _ in 0..10 {
        assert_eq!(read(Server, message.as_bytes(), &arena, limits), Ok(()));
    }
    assert!(arena.allocated() > 2 * limits.max_arena);
}

#[test]
fn ok_a_program_may_put_more_into_an_arena() {
    let limits = Limits {
        max_arena: 1024,
        ..Limits::DEFAULT
    };
    let arena = Arena::new();
    assert_eq!(
        read(Server, b"* 1 FETCH (FLAGS (a))\r\n", &arena, limits),
        Ok(())
    );
    assert_eq!(arena.alloc_slice(0..100_000u32).len(), 100_000);
}
