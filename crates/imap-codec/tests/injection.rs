//! No argument, whatever its octets, is read as anything but that argument.

use imap_codec::{EncodeError, EncodeOptions, Encoded, Framed, Framer, LiteralMode, Reason};
use imap_codec::{encode_command, encode_response};
use imap_proto::command::{
    AppendData, AppendExtension, AppendMessage, CatenatePart, EventGroup, ListPattern,
    ListPatterns, ListReturnOption, ListSelectOption, Notify, OtherCommand, Search,
    SearchReturnOption, Select, SelectParameter, Sort, SortKey, Status, StoreData, Tagged,
};
use imap_proto::response::{
    ContinuationRequest, Fetch, List, ListExtendedItem, MailboxStatus, OtherResponse,
    StatusResponse,
};
use imap_proto::{
    Annotation, AnnotationAttribute, Arena, Atom, Code, Command, ConversionParameter, Event,
    FetchItem, FetchItemName, FetchItems, IString, IdField, Limits, Mailbox, MailboxFilter,
    Options, OtherItem, PushValue, Response, SearchKey, SectionText, SeqNum, SequenceSet,
    StatusItem, Tag, Text,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[expect(dead_code, reason = "each test uses a part of it")]
mod support;
use support::Gen;

const TAG: &str = "a1";

fn encode(command: &Command<'_>) -> Result<Encoded, EncodeError> {
    encode_command(Tag::new(TAG).unwrap(), command, EncodeOptions::CLIENT)
}

/// The strings of a command in the order of the wire, with the names that errors use.
fn strings<'a>(command: &Command<'a>) -> Vec<(&'static str, IString<'a>)> {
    let mailbox = |mailbox: Mailbox<'a>| vec![("mailbox", mailbox.as_string())];
    let named = |name, strings: &[IString<'a>]| strings.iter().map(|s| (name, *s)).collect();
    let somebody = |mailbox: Mailbox<'a>, identifier| {
        vec![("mailbox", mailbox.as_string()), ("identifier", identifier)]
    };
    let with_message = |name: Mailbox<'a>, message: &AppendMessage<'a>| {
        [mailbox(name), append_strings(message)].concat()
    };
    match command {
        Command::Append(c) => {
            let messages = c.messages.iter().flat_map(append_strings);
            mailbox(c.mailbox).into_iter().chain(messages).collect()
        }
        Command::Comparator(c) => named("comparator", c.order),
        Command::Conversions(c) => vec![("media type", c.source), ("media type", c.target)],
        Command::Convert(c) => parameter_strings(c.parameters),
        Command::Copy(c) => mailbox(c.mailbox),
        Command::Create(c) => mailbox(c.mailbox),
        Command::Delete(c) => mailbox(c.mailbox),
        Command::DeleteAcl(c) => somebody(c.mailbox, c.identifier),
        Command::Examine(c) => mailbox(c.mailbox),
        Command::Fetch(c) => item_strings(c.items),
        Command::GetAcl(c) => mailbox(c.mailbox),
        Command::GetAnnotation(c) => {
            let attributes: Vec<_> = named("attribute name", c.attributes);
            let entries: Vec<_> = named("entry name", c.entries);
            [mailbox(c.mailbox), entries, attributes].concat()
        }
        Command::GetMetadata(c) => {
            let entries: Vec<_> = named("entry name", c.entries);
            [mailbox(c.mailbox), entries].concat()
        }
        Command::Notify(Notify::Set(set)) => set.groups.iter().flat_map(group_strings).collect(),
        Command::SetAnnotation(c) => {
            let entry = vec![("entry name", c.entry)];
            [mailbox(c.mailbox), entry, attribute_strings(c.attributes)].concat()
        }
        Command::SetMetadata(c) => {
            // Values may have any octets.
            let names = c.entries.iter().map(|entry| ("entry name", entry.name));
            mailbox(c.mailbox).into_iter().chain(names).collect()
        }
        Command::GetQuota(c) => vec![("quota root", c.root)],
        Command::GetQuotaRoot(c) => mailbox(c.mailbox),
        Command::Id(id) => {
            let value = |f: &IdField<'a>| f.value.map(|value| ("field value", value));
            let strings = |f: &IdField<'a>| [Some(("field name", f.name)), value(f)];
            id.fields.iter().flat_map(strings).flatten().collect()
        }
        Command::Language(c) => named("language", c.ranges),
        Command::ListRights(c) => somebody(c.mailbox, c.identifier),
        Command::MyRights(c) => mailbox(c.mailbox),
        Command::ProxyAuth(c) => vec![("user name", c.user_name)],
        Command::SetAcl(c) => somebody(c.mailbox, c.identifier),
        Command::SetQuota(c) => vec![("quota root", c.root)],
        Command::List(c) => {
            let patterns = match &c.patterns {
                ListPatterns::One(pattern) => std::slice::from_ref(pattern),
                ListPatterns::Several(patterns) => patterns,
            };
            let patterns = patterns.iter().map(|pattern| ("pattern", pattern.0));
            let entries = c.return_options.into_iter().flatten().flat_map(entries);
            let reference = ("reference", c.reference.as_string());
            [reference]
                .into_iter()
                .chain(patterns)
                .chain(entries)
                .collect()
        }
        Command::XApplePushService(c) => {
            let strings = c.parameters.iter().flat_map(|parameter| {
                let values = match &parameter.value {
                    PushValue::List(values) => values,
                    PushValue::String(value) => std::slice::from_ref(value),
                };
                [
                    named("parameter name", &[parameter.name]),
                    named("parameter value", values),
                ]
            });
            strings.flatten().collect()
        }
        Command::Lsub(c) | Command::Rlist(c) | Command::Rlsub(c) | Command::Xlist(c) => {
            let ListPattern(pattern) = c.pattern;
            vec![("reference", c.reference.as_string()), ("pattern", pattern)]
        }
        Command::Login(c) => vec![("user name", c.user_name), ("password", c.password)],
        Command::Partial(c) => header_names(&c.item),
        Command::Move(c) => mailbox(c.mailbox),
        Command::UidMove(c) => mailbox(c.mailbox),
        Command::Replace(c) => with_message(c.mailbox, c.message),
        Command::UidReplace(c) => with_message(c.mailbox, c.message),
        Command::GenUrlAuth(c) => c.urls.iter().map(|url| ("URL", url.url)).collect(),
        Command::UrlFetch(c) => c.urls.iter().map(|url| ("URL", url.url)).collect(),
        Command::ResetKey(c) => c.mailbox.map_or(vec![], mailbox),
        Command::Rename(c) => vec![
            ("mailbox", c.from.as_string()),
            ("new mailbox name", c.to.as_string()),
        ],
        Command::Esearch(c) => {
            let mailboxes = c.sources.iter().flat_map(filter_mailboxes);
            let strings = search_strings(c.return_options, c.charset, c.keys);
            mailboxes.chain(strings).collect()
        }
        Command::Search(c) | Command::UidSearch(c) => {
            search_strings(c.return_options, c.charset, c.keys)
        }
        Command::Select(c) => mailbox(c.mailbox),
        Command::Sort(c) | Command::UidSort(c) => sort_strings(c),
        Command::Status(c) => mailbox(c.mailbox),
        Command::Store(c) => store_strings(c.data),
        Command::Subscribe(c) => mailbox(c.mailbox),
        Command::Thread(c) | Command::UidThread(c) => search_strings(None, Some(c.charset), c.keys),
        Command::UidConvert(c) => parameter_strings(c.parameters),
        Command::UidCopy(c) => mailbox(c.mailbox),
        Command::UidFetch(c) => item_strings(c.items),
        Command::UidStore(c) => store_strings(c.data),
        Command::Unsubscribe(c) => mailbox(c.mailbox),
        _ => vec![],
    }
}

fn parameter_strings<'a>(
    parameters: &[ConversionParameter<'a>],
) -> Vec<(&'static str, IString<'a>)> {
    let strings =
        |p: &ConversionParameter<'a>| [("parameter name", p.name), ("parameter value", p.value)];
    parameters.iter().flat_map(strings).collect()
}

fn entries<'a>(option: &ListReturnOption<'a>) -> Vec<(&'static str, IString<'a>)> {
    match option {
        ListReturnOption::Metadata(entries) => entries.iter().map(|e| ("entry", *e)).collect(),
        _ => vec![],
    }
}

/// The strings of a message that a NUL makes impossible to send.
fn append_strings<'a>(message: &AppendMessage<'a>) -> Vec<(&'static str, IString<'a>)> {
    let extensions = message
        .extensions
        .iter()
        .flat_map(|extension| match extension {
            AppendExtension::Annotation(annotations) => annotation_strings(annotations),
            _ => vec![],
        });
    let data = match message.data {
        AppendData::Literal(octets) => vec![("message", octets)],
        AppendData::Catenate(parts) => {
            let strings = parts.iter().filter_map(|part| match part {
                CatenatePart::Text(text) => Some(("message", *text)),
                CatenatePart::Url(url) => Some(("URL", *url)),
                _ => None,
            });
            strings.collect()
        }
        _ => vec![],
    };
    extensions.chain(data).collect()
}

fn filter_mailboxes<'a>(filter: &MailboxFilter<'a>) -> Vec<(&'static str, IString<'a>)> {
    match filter {
        MailboxFilter::Mailboxes(mailboxes)
        | MailboxFilter::Subtree(mailboxes)
        | MailboxFilter::SubtreeOne(mailboxes) => {
            let strings = mailboxes.iter().map(|mailbox| mailbox.as_string());
            strings.map(|string| ("mailbox", string)).collect()
        }
        _ => vec![],
    }
}

fn search_strings<'a>(
    return_options: Option<&[SearchReturnOption<'a>]>,
    charset: Option<IString<'a>>,
    keys: &[SearchKey<'a>],
) -> Vec<(&'static str, IString<'a>)> {
    let items = |option: &SearchReturnOption<'a>| match *option {
        SearchReturnOption::Update(items) => items,
        _ => &[],
    };
    let items = return_options.into_iter().flatten().flat_map(items);
    let charset = charset.map(|charset| ("charset", charset));
    let keys = keys.iter().flat_map(search_texts);
    items
        .flat_map(header_names)
        .chain(charset)
        .chain(keys)
        .collect()
}

fn group_strings<'a>(group: &EventGroup<'a>) -> Vec<(&'static str, IString<'a>)> {
    let items = group.events.iter().flat_map(|event| match event {
        Event::MessageNew(items) => item_strings(FetchItems::List(items)),
        _ => vec![],
    });
    filter_mailboxes(&group.filter)
        .into_iter()
        .chain(items)
        .collect()
}

fn search_texts<'a>(key: &SearchKey<'a>) -> Vec<(&'static str, IString<'a>)> {
    match key {
        SearchKey::And(keys) => keys.iter().flat_map(search_texts).collect(),
        SearchKey::Fuzzy(key) | SearchKey::Not(key) => search_texts(key),
        SearchKey::Or(left, right) => [search_texts(left), search_texts(right)].concat(),
        SearchKey::Bcc(text)
        | SearchKey::Body(text)
        | SearchKey::Cc(text)
        | SearchKey::From(text)
        | SearchKey::Subject(text)
        | SearchKey::Text(text)
        | SearchKey::To(text)
        | SearchKey::XGmLabels(text)
        | SearchKey::XGmRaw(text) => vec![("search text", *text)],
        SearchKey::Annotation(key) => {
            let value = key.value.map(|value| ("search text", value));
            let names = [("entry name", key.entry), ("attribute name", key.attribute)];
            names.into_iter().chain(value).collect()
        }
        SearchKey::Header(name, text) => {
            vec![("header field name", *name), ("search text", *text)]
        }
        _ => vec![],
    }
}

fn sort_strings<'a>(sort: &Sort<'a>) -> Vec<(&'static str, IString<'a>)> {
    let keys = sort
        .criteria
        .iter()
        .flat_map(|criterion| match criterion.key {
            SortKey::Annotation { entry, attribute } => {
                vec![("entry name", entry), ("attribute name", attribute)]
            }
            _ => vec![],
        });
    let items = search_strings(sort.return_options, None, &[]);
    let rest = search_strings(None, Some(sort.charset), sort.keys);
    items.into_iter().chain(keys).chain(rest).collect()
}

fn store_strings(data: StoreData<'_>) -> Vec<(&'static str, IString<'_>)> {
    match data {
        StoreData::Annotation(annotations) => annotation_strings(annotations),
        StoreData::XGmLabels(labels) => labels.iter().map(|label| ("label", *label)).collect(),
        _ => vec![],
    }
}

fn annotation_strings<'a>(annotations: &[Annotation<'a>]) -> Vec<(&'static str, IString<'a>)> {
    let strings = |annotation: &Annotation<'a>| {
        let entry = vec![("entry name", annotation.entry)];
        [entry, attribute_strings(annotation.attributes)].concat()
    };
    annotations.iter().flat_map(strings).collect()
}

fn attribute_strings<'a>(
    attributes: &[AnnotationAttribute<'a>],
) -> Vec<(&'static str, IString<'a>)> {
    let strings = |attribute: &AnnotationAttribute<'a>| {
        let value = attribute.value.map(|value| ("annotation value", value));
        [Some(("attribute name", attribute.name)), value]
    };
    attributes.iter().flat_map(strings).flatten().collect()
}

fn item_strings(items: FetchItems<'_>) -> Vec<(&'static str, IString<'_>)> {
    match items {
        FetchItems::List(items) => items.iter().flat_map(header_names).collect(),
        _ => vec![],
    }
}

fn header_names<'a>(item: &FetchItemName<'a>) -> Vec<(&'static str, IString<'a>)> {
    if let FetchItemName::Annotation(names) = item {
        let entries = names.entries.iter().map(|entry| ("entry name", *entry));
        let attributes = names
            .attributes
            .iter()
            .map(|name| ("attribute name", *name));
        return entries.chain(attributes).collect();
    }
    let names = match item {
        FetchItemName::BodySection { section, .. } => match section.text {
            Some(SectionText::HeaderFields(names) | SectionText::HeaderFieldsNot(names)) => names,
            _ => &[],
        },
        FetchItemName::Rfc822HeaderLines(names) | FetchItemName::Rfc822HeaderLinesNot(names) => {
            names
        }
        _ => &[],
    };
    names
        .iter()
        .map(|name| ("header field name", *name))
        .collect()
}

/// What a client has to refuse in the first string that holds such.
fn first_fault(strings: &[(&'static str, IString<'_>)]) -> Option<EncodeError> {
    strings.iter().find_map(|(argument, string)| {
        let bad = |b: &u8| *b == 0 || (*argument != "message" && matches!(b, b'\r' | b'\n'));
        let offset = string.as_bytes().iter().position(bad)?;
        let reason = match string.as_bytes()[offset] {
            0 => Reason::Nul,
            _ => Reason::LineBreak,
        };
        Some(EncodeError {
            argument,
            offset,
            reason,
        })
    })
}

/// Asserts that there is one line end outside of literals: the last two octets.
fn assert_one_line(encoded: &Encoded) {
    let mut data = 0;
    let parts: Vec<&[u8]> = encoded.parts().collect();
    for (n, part) in parts.iter().enumerate() {
        let line = part[data..].strip_suffix(b"\r\n").unwrap();
        assert!(
            !line.iter().any(|b| matches!(b, b'\r' | b'\n')),
            "{}",
            line.escape_ascii()
        );
        if n + 1 < parts.len() {
            let marker = line.strip_suffix(b"}").unwrap();
            let digits = marker.rsplit(|b| *b == b'{').next().unwrap();
            data = std::str::from_utf8(digits).unwrap().parse().unwrap();
        }
    }
}

/// Asserts that the server of this command sees one message.
fn assert_one_command(encoded: &Encoded) {
    let mut framer = Framer::server(Limits::default());
    framer.feed(encoded.as_bytes());
    for _ in encoded.pauses() {
        assert!(matches!(
            framer.poll(),
            Ok(Some(Framed::Continuation { .. }))
        ));
    }
    let message = encoded.as_bytes().to_vec().into();
    assert_eq!(framer.poll(), Ok(Some(Framed::Message(message))));
}

fn assert_one_response(bytes: &[u8]) {
    let mut framer = Framer::client(Limits::default());
    framer.feed(bytes);
    let message = bytes.to_vec().into();
    assert_eq!(
        framer.poll(),
        Ok(Some(Framed::Message(message))),
        "{}",
        bytes.escape_ascii()
    );
}

/// Octets that mean something to somebody who reads them where they don't belong.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"a",
        b"X",
        b"1",
        b" ",
        b" ",
        b"(",
        b")",
        b"(",
        b")",
        b"\"",
        b"\"",
        b"\\",
        b"[",
        b"]",
        b"{",
        b"}",
        b"+",
        b"~",
        b"<",
        b">",
        b"\r",
        b"\n",
        b"\r\n",
        b"\0",
        b"\x80",
        b"{0}\r\n",
        b"{2}\r\n",
        b"{2}\r\nab",
        b" {2}\r\n)\n",
        b"{1+}\r\nb",
        b" ~{1}\r\n\0",
        b"UID 7",
        b"FLAGS (\\Seen)",
        b"\"a\"",
        b"NIL",
        b"BODY[]",
        b"OK",
        b"*",
    ];
    vec(select(pieces), 0..8).prop_map(|pieces| pieces.concat())
}

fn item<'a>(name: &'a [u8], value: &'a [u8]) -> OtherItem<'a> {
    OtherItem { name, value }
}

/// Encodes a response for which the grammar was not asked, and reads it if that is possible.
fn check_response(response: &Response<'_>) {
    if let Ok(bytes) = encode_response(response) {
        assert_one_response(&bytes);
        let arena = Arena::new();
        let read = Response::parse(&bytes, &arena).unwrap();
        let again = encode_response(&read).unwrap();
        assert_eq!(
            again.escape_ascii().to_string(),
            bytes.escape_ascii().to_string()
        );
    }
}

/// The same for a command.
fn check_command(command: &Command<'_>) {
    let Ok(encoded) = encode(command) else {
        return;
    };
    assert_one_command(&encoded);
    let arena = Arena::new();
    if let Ok(read) = Command::parse(encoded.as_bytes(), &arena) {
        let again = encode(&read.command).unwrap();
        assert_eq!(again.as_bytes(), encoded.as_bytes());
        assert_eq!(again.pauses(), encoded.pauses());
    }
}

proptest! {
    #[test]
    fn ok_strings_are_strings_or_errors(decisions in vec(any::<u8>(), 0..300)) {
        let arena = Arena::new();
        let command = Gen::with_nul(&decisions, &arena).command();
        match (encode(&command), first_fault(&strings(&command))) {
            (Err(error), fault) => prop_assert_eq!(Some(error), fault),
            (Ok(encoded), fault) => {
                prop_assert_eq!(fault, None);
                assert_one_line(&encoded);
                assert_one_command(&encoded);
                // Not all is by the book: flags have characters that they should not have.
                let lenient = Options::lenient();
                let read = Command::parse_with(encoded.as_bytes(), &arena, &lenient);
                let tag = Tag::new(TAG).unwrap();
                prop_assert_eq!(read, Ok(Tagged { tag, command }));
            }
        }
    }

    #[test]
    fn ok_arguments_of_unknown_commands(name in select(vec!["X", "UID"]), soup in soup()) {
        check_command(&Command::Other(OtherCommand {
            name: Atom::new(name).unwrap(),
            arguments: &soup,
        }));
    }

    #[test]
    fn ok_arguments_of_known_commands(soup in soup()) {
        let name = Atom::from_static("LOGIN");
        let login = Command::Other(OtherCommand { name, arguments: &soup });
        if let Ok(encoded) = encode(&login) {
            assert_one_command(&encoded);
        }
    }

    #[test]
    fn ok_unknown_search_keys(name in soup(), value in soup()) {
        let other = item(&name, &value);
        let keys = [SearchKey::Other(&other), SearchKey::Text("x".into())];
        check_command(&Command::Search(Search { return_options: None, charset: None, keys: &keys }));
    }

    #[test]
    fn ok_unknown_item_names(name in soup(), value in soup()) {
        let other = item(&name, &value);
        let items = [FetchItemName::Other(&other), FetchItemName::Uid];
        check_command(&Command::Fetch(imap_proto::command::Fetch {
            set: SequenceSet::SAVED,
            items: FetchItems::List(&items),
            modifiers: &[],
        }));
    }

    #[test]
    fn ok_unknown_parameters(name in soup(), value in soup()) {
        let other = item(&name, &value);
        let parameters = &[SelectParameter::Other(&other), SelectParameter::CondStore];
        let mailbox = Mailbox::INBOX;
        check_command(&Command::Select(Select { mailbox, parameters }));
    }

    #[test]
    fn ok_unknown_list_options(name in soup(), value in soup()) {
        let other = item(&name, &value);
        let list = imap_proto::command::List::new("".into(), "*".into());
        let select_options = &[ListSelectOption::Other(&other), ListSelectOption::Remote];
        let return_options = &[ListReturnOption::Other(&other), ListReturnOption::Children];
        check_command(&Command::List(imap_proto::command::List {
            select_options: Some(select_options),
            return_options: Some(return_options),
            ..list
        }));
    }

    #[test]
    fn ok_unknown_items(names in vec(soup(), 3), values in vec(soup(), 3)) {
        let others: Vec<_> = names.iter().zip(&values).map(|(n, v)| item(n, v)).collect();
        let items = [
            FetchItem::Other(&others[0]),
            FetchItem::Other(&others[1]),
            FetchItem::Rfc822Size(7),
            FetchItem::Other(&others[2]),
        ];
        for items in [&items[..1], &items[..2], &items[1..3], &items] {
            let number = SeqNum::MIN;
            check_response(&Response::Fetch(Fetch { number, items }));
        }
    }

    #[test]
    fn ok_extended_list_data(name in soup(), value in soup()) {
        let mailbox = Mailbox::INBOX;
        let items = [item(&name, &value), item(b"X", b"1")];
        let extended = &[
            ListExtendedItem::Other(&items[0]),
            ListExtendedItem::OldName(mailbox),
            ListExtendedItem::Other(&items[1]),
        ];
        check_response(&Response::List(List { attributes: &[], delimiter: None, mailbox, extended }));
    }

    #[test]
    fn ok_unknown_status_items(name in soup(), value in soup()) {
        let other = item(&name, &value);
        check_response(&Response::MailboxStatus(MailboxStatus {
            mailbox: Mailbox::INBOX,
            items: &[StatusItem::Other(&other), StatusItem::Messages(7)],
        }));
    }

    #[test]
    fn ok_unknown_codes(name in soup(), value in soup(), text in soup()) {
        let other = item(&name, &value);
        let text = std::str::from_utf8(&text).unwrap_or_default();
        let text = Text::new(text).unwrap_or_default();
        for code in [None, Some(Code::Other(&other))] {
            let (tag, status) = (None, imap_proto::response::Status::Ok);
            check_response(&Response::Status(StatusResponse { tag, status, code, text }));
            check_response(&Response::Continue(ContinuationRequest { code, text }));
        }
    }

    #[test]
    fn ok_unknown_responses(name in select(vec!["X", "OK", "LIST"]), value in soup()) {
        let name = Atom::new(name).unwrap();
        for number in [None, Some(5)] {
            let response = Response::Other(OtherResponse { number, name, value: &value });
            if let Ok(bytes) = encode_response(&response) {
                assert_one_response(&bytes);
            }
        }
    }
}

#[test]
fn err_names_the_argument_and_the_place() {
    let arguments = |arguments| {
        Command::Other(OtherCommand {
            name: Atom::from_static("X"),
            arguments,
        })
    };
    let list = |select_options, return_options| {
        Command::List(imap_proto::command::List {
            select_options: Some(select_options),
            return_options: Some(return_options),
            ..imap_proto::command::List::new("".into(), "*".into())
        })
    };
    let cases = [
        (
            arguments(b"a\r\nb DELETE x"),
            "line break at byte 1 of arguments",
        ),
        (arguments(b"(a"), "syntax error at byte 2 of arguments"),
        (arguments(b"a)"), "syntax error at byte 1 of arguments"),
        (arguments(b"\"a"), "syntax error at byte 2 of arguments"),
        (
            arguments(b"x{1}\r\na"),
            "syntax error at byte 1 of arguments",
        ),
        (
            arguments(b"{2}\r\na"),
            "syntax error at byte 0 of arguments",
        ),
        (arguments(b"a \0"), "NUL at byte 2 of arguments"),
        (arguments(b"{1}\r\n\0"), "NUL at byte 5 of arguments"),
        (
            Command::Search(Search {
                return_options: None,
                charset: None,
                keys: &[],
            }),
            "list of search keys is empty",
        ),
        (
            Command::Search(Search {
                return_options: None,
                charset: None,
                keys: &[SearchKey::And(&[])],
            }),
            "list of search keys is empty",
        ),
        (
            Command::Status(Status {
                mailbox: Mailbox::INBOX,
                items: &[],
            }),
            "list of items is empty",
        ),
        (
            list(
                &[ListSelectOption::RecursiveMatch, ListSelectOption::Remote],
                &[],
            ),
            "syntax error at byte 0 of selection options",
        ),
        (
            list(&[], &[ListReturnOption::Status(&[])]),
            "list of items is empty",
        ),
        (
            list(&[], &[ListReturnOption::Metadata(&[])]),
            "entry is empty",
        ),
    ];
    for (command, text) in cases {
        assert_eq!(
            encode(&command).unwrap_err().to_string(),
            text,
            "{command:?}"
        );
    }
}

#[test]
fn ok_literals_of_unknown_commands_have_the_client_wait() {
    let command = OtherCommand {
        name: Atom::from_static("X"),
        arguments: b"{2}\r\nab ({1+}\r\nc {3}\r\nd e)",
    };
    let tag = Tag::new("a").unwrap();
    for mode in [LiteralMode::Synchronizing, LiteralMode::NonSynchronizing] {
        let options = EncodeOptions::CLIENT.with_literals(mode);
        let encoded = encode_command(tag, &command, options).unwrap();
        let parts: Vec<&[u8]> = encoded.parts().collect();
        let expected: [&[u8]; 3] = [b"a X {2}\r\n", b"ab ({1+}\r\nc {3}\r\n", b"d e)\r\n"];
        assert_eq!(parts, expected);
    }
}

#[test]
fn err_nesting_is_bounded() {
    let arena = Arena::new();
    let mut key = SearchKey::All;
    for _ in 0..100_000 {
        key = SearchKey::Not(arena.alloc(key));
    }
    let search = Command::Search(Search {
        return_options: None,
        charset: None,
        keys: &[key],
    });
    assert_eq!(encode(&search).unwrap_err().reason, Reason::Nesting);
}

#[test]
fn ok_debug_shows_no_password() {
    let login = Command::Login(imap_proto::command::Login {
        user_name: "ann".into(),
        password: "s3cr3t".into(),
    });
    let encoded = encode(&login).unwrap();
    assert!(!format!("{login:?} {encoded:?}").contains("s3cr3t"));
}
