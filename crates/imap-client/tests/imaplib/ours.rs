//! What a program for this client does in the place of each call of imaplib.

use imap_client::blocking::Client;
use imap_client::sasl::{Callback, CramMd5, Plain, Secret};
use imap_client::{
    AppendOptions, Criteria, Error, Event, Expunged, Idled, Refusal, Selected, StoreOptions,
};
use imap_proto::command::{
    AclAction, QuotaLimit, SearchReturnOption, SortCriterion, SortKey, StoreAction, StoreData,
};
use imap_proto::{
    AnnotationAttribute, Capability, Code, FetchItemName, Flag, InternalDate, Part, QuotaResource,
    Rights, SearchKey, Section, SeqNum, SequenceSetBuf, StatusItemName, ThreadAlgorithm, UidSetBuf,
};

use crate::fold::{self, Given, done, given, login};
use crate::memory::latin1;

/// What the case gives here.
pub(crate) fn call(case: &str, client: &mut Client) -> Vec<Given> {
    let several = several(case, client);
    if !several.is_empty() {
        return several;
    }
    let one = mailbox(case, client)
        .or_else(|| message(case, client))
        .or_else(|| search(case, client))
        .or_else(|| session(case, client))
        .or_else(|| administration(case, client));
    vec![one.unwrap_or_else(|| panic!("no call for {case}"))]
}

/// What the types make impossible.
fn no_such_call() -> Given {
    vec!["no such call".to_owned()]
}

fn mailbox(case: &str, client: &mut Client) -> Option<Given> {
    let exists = |selected: Selected| match selected.exists {
        0 => Vec::new(),
        exists => vec![exists.to_string()],
    };
    Some(match case {
        "select" => given(client.select("INBOX"), exists),
        "select_bytes" => given(client.select("A B"), exists),
        "select_injection" => given(client.select("INBOX\r\nX1 DELETE INBOX"), exists),
        "select_no" => given(client.select("nope"), exists),
        "select_nonascii" => given(client.select("Entwürfe"), exists),
        "select_readonly_arg" => given(client.examine("A B"), exists),
        "select_space" => given(client.select("New folder"), exists),
        "check" => done(client.check()),
        "close" | "close_no" => done(client.close()),
        "unselect" => done(client.unselect()),
        "create" => done(client.create("foo/bar")),
        "create_empty" => done(client.create("")),
        "create_space" => done(client.create("New folder")),
        "delete" => done(client.delete("foo/bar")),
        "delete_space" => done(client.delete("New folder")),
        "rename" => done(client.rename("a", "b")),
        "subscribe" => done(client.subscribe("foo/bar")),
        "subscribe_space" => done(client.subscribe("New folder")),
        "unsubscribe" => done(client.unsubscribe("foo/bar")),
        "unsubscribe_space" => done(client.unsubscribe("New folder")),
        "list" | "list_literal_name" => given(client.list("", "*"), fold::mailboxes),
        "list_args" => given(client.list("~/Mail/", "%"), fold::mailboxes),
        "list_empty_pat" => given(client.list("", ""), fold::mailboxes),
        "lsub" => given(client.lsub("", "*"), fold::mailboxes),
        "namespace" => given(client.namespace(), fold::namespaces),
        "status" => {
            let items = [StatusItemName::UidNext, StatusItemName::Messages];
            given(client.status("blurdybloop", &items), |status| {
                fold::status("blurdybloop", status)
            })
        }
        "status_noparen" => done(client.status("blurdybloop", &[StatusItemName::Messages])),
        _ => return None,
    })
}

fn message(case: &str, client: &mut Client) -> Option<Given> {
    let body = |section| FetchItemName::BodySection {
        section,
        peek: false,
        partial: None,
    };
    let flagged = AppendOptions {
        flags: &[Flag::Seen],
        ..AppendOptions::default()
    };
    Some(match case {
        "append" => {
            let date = InternalDate::from_unix(946_684_800, 0).unwrap();
            let options = AppendOptions {
                date: Some(date),
                ..flagged
            };
            done(client.append("INBOX", b"a\r\nb\nc\rd", options))
        }
        "append_no" => done(client.append("X", b"x", AppendOptions::default())),
        "append_none" => done(client.append("INBOX", b"x", AppendOptions::default())),
        "append_space" => done(client.append("New folder", b"x", flagged)),
        "append_str" | "copy_int" => no_such_call(),
        "append_utf8" | "append_utf8_of_3_14" => {
            client.enable(&[Capability::Utf8Accept]).unwrap();
            done(client.append("X", b"hi\n", AppendOptions::default()))
        }
        "copy" => done(client.copy(set("2:4"), "MEETING")),
        "expunge" | "expunge_none" => given(client.expunge(), |expunged| {
            expunged.seq_nums.iter().map(ToString::to_string).collect()
        }),
        "fetch" => {
            let items = [FetchItemName::Flags, body(Section::ALL)];
            given(client.fetch(set("1:2"), &items), fold::fetched)
        }
        "fetch_bad" => no_such_call(),
        "fetch_blank_after_literal" => fetch(client, "1", &[body(Section::ALL)]),
        "fetch_literal8" => {
            let part = [1.try_into().unwrap()];
            let item = FetchItemName::Binary {
                part: Part(&part),
                peek: false,
                partial: None,
            };
            fetch(client, "1", &[item])
        }
        "fetch_no" | "fetch_none" => fetch(client, "99", &[FetchItemName::Flags]),
        "fetch_quoted_body" => fetch(client, "1", &[body(Section::TEXT)]),
        "fetch_two_literals" => {
            let items = [
                body(Section::HEADER),
                body(Section::TEXT),
                FetchItemName::Uid,
            ];
            fetch(client, "1", &items)
        }
        "partial" => {
            let one = SeqNum::try_from(1).unwrap();
            let answer = client.partial(one, FetchItemName::Rfc822Text, 0, 10);
            given(answer, fold::fetched)
        }
        "store" => {
            let stored = client.store(set("2:4"), StoreAction::Add, &[Flag::Deleted]);
            given(stored, |stored| fold::fetched(stored.fetched))
        }
        "store_empty_flags" => done(client.store(set("2:4"), StoreAction::Add, &[])),
        "store_silent" => {
            let data = StoreData::Flags(&[Flag::Deleted]);
            let silent = StoreOptions {
                silent: true,
                ..StoreOptions::default()
            };
            done(client.store_with(set("2:4"), StoreAction::Add, data, silent))
        }
        "uid_fetch" => {
            let answer = client.uid_fetch(uids("4:5"), &[FetchItemName::Flags]);
            given(answer, fold::fetched)
        }
        "uid_store" => {
            let stored = client.uid_store(uids("4"), StoreAction::Add, &[Flag::Seen]);
            given(stored, |stored| fold::fetched(stored.fetched))
        }
        "uid_unknown" => no_such_call(),
        "unsolicited_fetch_mixed" => {
            client.noop().unwrap();
            fetch(client, "1", &[FetchItemName::Uid])
        }
        "wrong_state_fetch" => fetch(client, "1", &[FetchItemName::Flags]),
        _ => return None,
    })
}

fn fetch(client: &mut Client, messages: &str, items: &[FetchItemName<'_>]) -> Given {
    given(client.fetch(set(messages), items), fold::fetched)
}

fn search(case: &str, client: &mut Client) -> Option<Given> {
    Some(match case {
        "search" => find(client, &[SearchKey::From("Smith".into())]),
        "search_charset" => find(client, "TEXT {4}"),
        "search_empty" | "search_missing" | "search_two_lines" => find(client, &[SearchKey::All]),
        "search_nonascii" => find(client, &[SearchKey::Subject("é".into())]),
        "search_nonascii_bytes" => find(client, &[SearchKey::Subject("café".into())]),
        "sort" => {
            let order = [SortCriterion {
                reverse: true,
                key: SortKey::Date,
            }];
            given(client.sort(&order, &[SearchKey::All]), |found| {
                fold::numbers(&found.all)
            })
        }
        "sort_empty_criteria" => done(client.sort(&[], &[SearchKey::All])),
        "thread" => {
            let threads = client.thread(ThreadAlgorithm::References, &[SearchKey::All]);
            given(threads, fold::threads)
        }
        "uid_search" => given(client.uid_search(&[SearchKey::All]), |found| {
            fold::numbers(&found.all)
        }),
        "uid_thread" => {
            let threads = client.uid_thread(ThreadAlgorithm::References, &[SearchKey::All]);
            given(threads, fold::threads)
        }
        _ => return None,
    })
}

fn find<'k>(client: &mut Client, criteria: impl Into<Criteria<'k>>) -> Given {
    given(client.search(criteria), |found| fold::numbers(&found.all))
}

fn session(case: &str, client: &mut Client) -> Option<Given> {
    let callback =
        |name, respond: fn(&[u8]) -> Option<Secret>| Callback::new(name, respond).unwrap();
    Some(match case {
        "authenticate_abort" => login(client.authenticate(callback("X", |_| None))),
        "authenticate_multi" => login(client.authenticate(callback("X", |challenge| {
            Some([b"r:", challenge].concat().into())
        }))),
        "authenticate_no" => login(client.authenticate(callback("X", |_| Some("".into())))),
        "authenticate_plain" => {
            let plain = Plain::new("u", "p").unwrap();
            login(client.authenticate(plain))
        }
        "login" => login(client.login("user", "pa\"ss\\w")),
        "login_cram_md5" => {
            let mechanism = CramMd5::new("tim", "tanstaaftanstaaf").unwrap();
            login(client.authenticate(mechanism))
        }
        "login_crlf" => login(client.login("u", "p\r\nX1 DELETE INBOX")),
        "login_empty" => login(client.login("", "")),
        "login_no" => login(client.login("u", "p")),
        "login_nonascii" => login(client.login("u", "pé")),
        "login_user_space" => login(client.login("us er", "p")),
        "capability" => given(client.capability(), |all| vec![all.to_string()]),
        "caps_imap4" | "caps_rev2_only" | "greeting_caps" => vec![protocol(client)],
        "greeting_preauth" => vec!["AUTH".to_owned()],
        "ctx_manager" => {
            client.logout().unwrap();
            vec!["None".to_owned()]
        }
        "logout" | "logout_no_bye" => done(client.logout()),
        "bye_midway"
        | "double_space"
        | "eof"
        | "foreign_tag"
        | "lf_only"
        | "lowercase_tagged"
        | "lowercase_untagged"
        | "noop"
        | "ok_text_ending_brace"
        | "stray_continuation"
        | "tagged_no_text"
        | "unknown_tag"
        | "uppercase_attr" => done(client.noop()),
        "recent_after_select" | "recent_none" => given(client.noop(), |()| {
            let recent = client.state().selected().unwrap().recent;
            recent.iter().map(ToString::to_string).collect()
        }),
        "enable_wrong_state" => done(client.enable(&[Capability::Utf8Accept])),
        "idle" => idle(client),
        "idle_denied" => match client
            .idle()
            .and_then(|mut idle| idle.wait(None).map(|_| ()))
        {
            Ok(()) => done(Ok(())),
            Err(error) => login(Err(error)),
        },
        "idle_wrong_state" => login(client.idle().map(|_| ())),
        "proxyauth" => done(client.proxy_auth("bob")),
        "uppercase_attr_missing" => no_such_call(),
        "xatom" => done(client.run_raw("XLIST", b"\"\" *")),
        _ => return None,
    })
}

/// The version of the protocol, as imaplib writes it.
fn protocol(client: &Client) -> String {
    let version = client.state().protocol_version().unwrap();
    version.to_string().to_uppercase()
}

fn idle(client: &mut Client) -> Given {
    let mut idle = client.idle().unwrap();
    let event = idle.wait(None).unwrap();
    idle.done().unwrap();
    match event {
        Idled::Event(Event::Exists(n)) => vec!["EXISTS".to_owned(), n.to_string()],
        other => panic!("{other:?}"),
    }
}

fn administration(case: &str, client: &mut Client) -> Option<Given> {
    let limit = QuotaLimit {
        resource: QuotaResource::Storage,
        limit: 512,
    };
    Some(match case {
        "getacl" => given(client.get_acl("INBOX"), fold::acl),
        "setacl" => done(client.set_acl("INBOX", "Fred", AclAction::Add, Rights::READ)),
        "deleteacl" => done(client.delete_acl("INBOX", "Fred")),
        "myrights" => given(client.my_rights("INBOX"), |rights| {
            vec![format!("INBOX {rights}")]
        }),
        "getquota" | "getquota_empty" => given(client.get_quota(""), fold::quota),
        "getquotaroot" => given(client.get_quota_root("INBOX"), fold::quota_roots),
        "setquota" => given(client.set_quota("", &[limit]), |root| {
            root.map(fold::quota).unwrap_or_default()
        }),
        "getannotation" => {
            let answer = client.get_annotation("INBOX", &["/comment"], &["value"]);
            given(answer, fold::annotations)
        }
        "setannotation" => {
            let value = AnnotationAttribute {
                name: "value".into(),
                value: Some("x".into()),
            };
            done(client.set_annotation("INBOX", "/comment", &[value]))
        }
        _ => return None,
    })
}

/// Cases of more than one result.
fn several(case: &str, client: &mut Client) -> Vec<Given> {
    let selected_exists = |client: &Client| client.state().selected().unwrap().exists.to_string();
    match case {
        "append_literal_leak_into_next_command" => vec![
            done(client.append("ü\0", b"hello", AppendOptions::default())),
            done(client.noop()),
        ],
        "enable" | "enable_not_enabled_but_ok" => vec![
            done(client.enable(&[Capability::Utf8Accept])),
            vec![
                if client.state().utf8() {
                    "True"
                } else {
                    "False"
                }
                .to_owned(),
            ],
        ],
        "esearch" => {
            let options = [SearchReturnOption::Min, SearchReturnOption::Count];
            let found = client.search_return(&options, &[SearchKey::All]).unwrap();
            let (min, count) = (found.min.unwrap(), found.count.unwrap());
            // The third command, after CAPABILITY and SELECT.
            let tag = found.tag.replace("A3", "T1");
            let esearch = format!("(TAG \"{tag}\") MIN {min} COUNT {count}");
            vec![done(Ok(())), vec!["ESEARCH".to_owned(), esearch]]
        }
        "response" => {
            let noop = done(client.noop());
            let exists = vec!["exists".to_owned(), selected_exists(client)];
            vec![noop, exists, vec!["EXISTS".to_owned()]]
        }
        "response_code_bad_charset" => bad_charset(&client.search("CHARSET X ALL").unwrap_err()),
        "response_code_with_bracket_in_text" => {
            let noop = done(client.noop());
            let validity = client.state().selected().unwrap().uid_validity.unwrap();
            vec![noop, vec!["UIDVALIDITY".to_owned(), validity.to_string()]]
        }
        "select_got_readonly_then_close" => {
            let select = done(client.select("X"));
            vec![select, done(client.close()), vec!["AUTH".to_owned()]]
        }
        "uid_copy" => {
            let copied = client.uid_copy(uids("4"), "X").unwrap();
            vec![done(Ok(())), fold::copied(copied)]
        }
        "uid_expunge" => vec![done(Ok(())), expunged(client.uid_expunge(uids("4:5")))],
        "uid_move" => {
            let moved = client.uid_move_messages(uids("4"), "X").unwrap();
            let copied = fold::copied(moved.copied);
            vec![done(Ok(())), expunged(Ok(moved.expunged)), copied]
        }
        "unicode_digits_status" => vec![done(client.noop()), vec![selected_exists(client)]],
        "xatom_then_wrong_state" => vec![done(client.run_raw("XFOO", b""))],
        _ => Vec::new(),
    }
}

fn expunged(answer: Result<Expunged, Error>) -> Given {
    let numbers = answer.unwrap().seq_nums;
    let numbers = numbers.iter().map(ToString::to_string);
    ["EXPUNGE".to_owned()].into_iter().chain(numbers).collect()
}

fn bad_charset(error: &Error) -> Vec<Given> {
    let Some(Code::BadCharset(charsets)) = error.refusal().and_then(Refusal::code) else {
        panic!("{error}");
    };
    let charsets: Vec<String> = charsets.iter().map(|name| latin1(name.0)).collect();
    let charsets = format!("({})", charsets.join(" "));
    vec![fold::error(error), vec!["BADCHARSET".to_owned(), charsets]]
}

fn set(text: &str) -> SequenceSetBuf {
    text.parse().unwrap()
}

fn uids(text: &str) -> UidSetBuf {
    text.parse().unwrap()
}
