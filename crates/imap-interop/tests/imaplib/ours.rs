//! What `live.py` does, with this client.

use std::collections::BTreeMap;

use imap_client::blocking::{Client, Config};
use imap_client::{AppendOptions, Error, Fetched, ListEntry, Numbers, StoreOptions};
use imap_interop::{Instance, User};
use imap_proto::command::{AclAction, QuotaLimit, SortCriterion, SortKey, StoreAction, StoreData};
use imap_proto::response::Status;
use imap_proto::{
    AnnotationAttribute, FetchItemName, Flag, InternalDate, Mailbox, MessageNumber, QuotaResource,
    Rights, SearchKey, Section, SeqNum, SequenceSetBuf, StatusItemName, ThreadAlgorithm, UidSetBuf,
};

/// What each step gave: `OK` and data, `NO`, or `error` for what imaplib raises.
pub(crate) type Seen = BTreeMap<String, Vec<String>>;

pub(crate) struct Run {
    client: Client,
    seen: Seen,
}

/// Goes through the account.
pub(crate) fn run(server: &Instance, user: &User) -> Seen {
    let client =
        Client::connect_plain(server.host(), server.imap_port(), &Config::default()).unwrap();
    let version = client.state().protocol_version().unwrap().to_string();
    let mut run = Run {
        client,
        seen: Seen::from([("version".to_owned(), vec![version.to_uppercase()])]),
    };
    run.mailboxes(user);
    run.flags();
    run.searches();
    run.moves();
    run.lists();
    run.administration();
    run.client.logout().unwrap();
    run.seen
        .insert("state".to_owned(), vec!["LOGOUT".to_owned()]);
    run.seen
}

impl Run {
    fn note<T>(
        &mut self,
        name: &str,
        answer: Result<T, Error>,
        read: impl FnOnce(T) -> Vec<String>,
    ) {
        let given = match answer {
            Ok(answer) => [vec!["OK".to_owned()], read(answer)].concat(),
            Err(error) if error.refusal().is_some_and(|no| no.status() == Status::No) => {
                vec!["NO".to_owned()]
            }
            Err(error) => {
                assert!(!error.is_fatal(), "{name}: {error}");
                vec!["error".to_owned()]
            }
        };
        self.seen.insert(name.to_owned(), given);
    }

    fn done<T>(&mut self, name: &str, answer: Result<T, Error>) {
        self.note(name, answer, |_| Vec::new());
    }

    fn mailboxes(&mut self, user: &User) {
        for name in ["login", "login again"] {
            let answer = self.client.login(user.name(), user.password());
            self.done(name, answer);
        }
        let names = [
            "Archive",
            "New folder",
            "Entwürfe",
            "Archive/2024",
            "Rubbish",
            "say \"&\"",
        ];
        let pythons = [
            "Archive",
            "\"New folder\"",
            "Entw&APw-rfe",
            "Archive/2024",
            "Rubbish",
            r#""say \"&-\"""#,
        ];
        for (name, python) in names.into_iter().zip(pythons) {
            let answer = self.client.create(name);
            self.done(&format!("create {python}"), answer);
        }
        let answer = self.client.create("Archive");
        self.done("create twice", answer);
        let answer = self.client.subscribe("New folder");
        self.done("subscribe", answer);
        let answer = self.client.subscribe("Archive");
        self.done("subscribe another", answer);
        let answer = self.client.unsubscribe("Archive");
        self.done("unsubscribe", answer);
        let answer = self.client.rename("Archive/2024", "Archive/2023");
        self.done("rename", answer);
        for name in ["delete", "delete nothing"] {
            let answer = self.client.delete("Rubbish");
            self.done(name, answer);
        }
        for number in 1..=6 {
            self.append(number);
        }
        let message = b"Subject: x\r\n\r\nx\r\n";
        let answer = self
            .client
            .append("Nowhere", message, AppendOptions::default());
        self.done("append nowhere", answer);
        let answer = self.client.select("Nowhere");
        self.done("select nothing", answer);
        let answer = self.client.fetch(set("1"), &[FetchItemName::Flags]);
        self.done("fetch too early", answer);
        let answer = self.client.select("INBOX");
        self.note("select", answer, |selected| {
            vec![selected.exists.to_string()]
        });
    }

    fn append(&mut self, number: usize) {
        let message = format!(
            "Subject: number {number}\r\nMessage-ID: <{number}@x>\r\n\
             Date: {} Feb 2024 10:00:00 +0000\r\n\r\n{}\r\n",
            20 - number,
            "word ".repeat(number),
        );
        let date = format!("\"{number:02}-Jan-2024 12:00:00 +0100\"");
        let flags: &[Flag<'_>] = if number % 2 == 1 { &[Flag::Seen] } else { &[] };
        let options = AppendOptions {
            flags,
            date: Some(InternalDate::parse(date.as_bytes()).unwrap()),
        };
        let answer = self.client.append("INBOX", message.as_bytes(), options);
        self.done(&format!("append {number}"), answer);
    }

    fn store(&mut self, name: &str, messages: &str, action: StoreAction, list: &[Flag<'_>]) {
        let answer = self.client.store(set(messages), action, list);
        self.note(name, answer, |stored| flags(&stored.fetched));
    }

    fn flags(&mut self) {
        let label = Flag::new("$Label").unwrap();
        self.store("store", "1:2", StoreAction::Add, &[Flag::Flagged]);
        self.store(
            "store other",
            "3",
            StoreAction::Replace,
            &[Flag::Answered, label],
        );
        let (seen, silent) = (StoreData::Flags(&[Flag::Seen]), silent());
        let answer = self
            .client
            .store_with(set("1"), StoreAction::Remove, seen, silent);
        self.done("store silent", answer);
        let answer = self.client.fetch(set("1:*"), &[FetchItemName::Flags]);
        self.note("fetch", answer, |fetched| flags(&fetched));
        let answer = self.client.fetch(set("2"), &[FetchItemName::Rfc822Size]);
        self.note("fetch size", answer, |fetched| {
            let size = fetched.iter().next().unwrap().size().unwrap();
            vec![format!("2 (RFC822.SIZE {size})")]
        });
        let text = FetchItemName::BodySection {
            section: Section::TEXT,
            peek: true,
            partial: None,
        };
        let answer = self.client.fetch(set("2"), &[text]);
        self.note("fetch text", answer, |fetched| {
            let text = fetched
                .iter()
                .next()
                .unwrap()
                .section(Section::TEXT)
                .unwrap();
            vec![String::from_utf8_lossy(text).into_owned()]
        });
        let answer = self.client.fetch(set("2"), &[FetchItemName::InternalDate]);
        self.note("fetch date", answer, |fetched| {
            let date = fetched
                .iter()
                .next()
                .unwrap()
                .internal_date()
                .unwrap()
                .to_string();
            vec![date.trim_matches('"').to_owned()]
        });
        let answer = self.client.uid_fetch(uids("5:6"), &[FetchItemName::Flags]);
        self.note("uid fetch", answer, |fetched| flags(&fetched));
        let answer = self
            .client
            .uid_store(uids("5"), StoreAction::Add, &[Flag::Draft]);
        self.note("uid store", answer, |stored| flags(&stored.fetched));
    }

    fn searches(&mut self) {
        let answer = self.client.search("UNSEEN SUBJECT number");
        self.note("search", answer, |found| numbers(&found.all));
        let answer = self.client.search(&[SearchKey::From("nobody".into())]);
        self.note("search nothing", answer, |found| numbers(&found.all));
        let answer = self.client.search("NOT FLAGGED");
        self.note("search charset", answer, |found| numbers(&found.all));
        let answer = self.client.uid_search("2:4");
        self.note("uid search", answer, |found| numbers(&found.all));
        let by = |reverse, key| [SortCriterion { reverse, key }];
        let answer = self
            .client
            .sort(&by(false, SortKey::Date), &[SearchKey::All]);
        self.note("sort", answer, |found| numbers(&found.all));
        let answer = self
            .client
            .uid_sort(&by(true, SortKey::Subject), &[SearchKey::All]);
        self.note("uid sort", answer, |found| numbers(&found.all));
        let answer = self.client.thread(ThreadAlgorithm::References, "1:2");
        self.note("thread", answer, |threads| {
            vec![
                threads
                    .messages()
                    .map(|m| format!("({})", m.number))
                    .collect(),
            ]
        });
        let answer = self.client.uid_thread(ThreadAlgorithm::References, "3");
        self.note("uid thread", answer, |threads| {
            vec![
                threads
                    .messages()
                    .map(|m| format!("({})", m.number))
                    .collect(),
            ]
        });
    }

    fn moves(&mut self) {
        let answer = self.client.copy(set("1:2"), "Archive");
        self.done("copy", answer);
        let answer = self.client.copy(set("1:2"), "Nowhere");
        self.done("copy nowhere", answer);
        let answer = self.client.uid_copy(uids("3"), "New folder");
        self.done("uid copy", answer);
        let answer = self.client.uid_move_messages(uids("4"), "Entwürfe");
        self.done("uid move", answer);
        let answer = self.client.noop();
        self.done("noop", answer);
        let answer = self.client.check();
        self.done("check", answer);
        self.store("store deleted", "2", StoreAction::Add, &[Flag::Deleted]);
        let answer = self.client.expunge();
        self.note("expunge", answer, |expunged| {
            expunged.seq_nums.iter().map(ToString::to_string).collect()
        });
        let deleted = StoreData::Flags(&[Flag::Deleted]);
        let answer = self
            .client
            .uid_store_with(uids("1,5"), StoreAction::Add, deleted, silent());
        self.done("uid store deleted", answer);
        let answer = self.client.uid_expunge(uids("5"));
        self.done("uid expunge", answer);
        let one = SeqNum::try_from(1).unwrap();
        let answer = self.client.partial(one, FetchItemName::Rfc822Text, 1, 10);
        self.done("partial", answer);
        let answer = self.client.close();
        self.done("close", answer);
        let answer = self.client.examine("Archive");
        self.note("examine", answer, |selected| {
            vec![selected.exists.to_string()]
        });
        let answer = self
            .client
            .store(set("1"), StoreAction::Add, &[Flag::Deleted]);
        self.done("store read only", answer);
        let answer = self.client.unselect();
        self.done("unselect", answer);
    }

    fn lists(&mut self) {
        let items = [
            StatusItemName::Messages,
            StatusItemName::UidNext,
            StatusItemName::Unseen,
        ];
        let answer = self.client.status("INBOX", &items);
        self.note("status", answer, |status| {
            let numbers = [
                status.messages,
                status.uid_next.map(|uid| uid.get()),
                status.unseen,
            ];
            let named = ["MESSAGES", "UIDNEXT", "UNSEEN"].into_iter().zip(numbers);
            named
                .flat_map(|(name, n)| [name.to_owned(), n.unwrap().to_string()])
                .collect()
        });
        let answer = self.client.list("", "*");
        self.note("list", answer, names);
        let answer = self.client.list("", "%");
        self.note("list one level", answer, names);
        let answer = self.client.lsub("", "*");
        self.note("lsub", answer, names);
        let answer = self.client.namespace();
        self.note("namespace", answer, |all| {
            let lists = [all.personal, all.other_users, all.shared].map(|list| {
                let list = list.iter();
                let one = list.map(|n| format!("(\"{}\" \"{}\")", n.prefix, n.delimiter.unwrap()));
                Some(one.collect::<String>()).filter(|list| !list.is_empty())
            });
            let texts = lists.map(|list| list.map_or_else(|| "NIL".into(), |l| format!("({l})")));
            vec![texts.join(" ")]
        });
    }

    fn administration(&mut self) {
        let rights = Rights::new("lr").unwrap();
        let answer = self
            .client
            .set_acl("Archive", "anyone", AclAction::Replace, rights);
        self.done("setacl", answer);
        let answer = self.client.get_acl("Archive");
        self.note("getacl", answer, |entries| {
            let anyone = entries.iter().filter(|entry| entry.identifier == "anyone");
            anyone
                .map(|entry| format!("anyone {}", entry.rights))
                .collect()
        });
        let answer = self.client.delete_acl("Archive", "anyone");
        self.done("deleteacl", answer);
        let answer = self.client.my_rights("Archive");
        self.note("myrights", answer, |rights| {
            let mut letters: Vec<char> = rights.to_string().chars().collect();
            // The rights of RFC 2086 stand for those of RFC 4314 that they became.
            letters.retain(|letter| !"cd".contains(*letter));
            letters.sort_unstable();
            vec![letters.into_iter().collect()]
        });
        let answer = self.client.get_quota_root("INBOX");
        self.note("getquotaroot", answer, |roots| {
            vec![roots.len().to_string()]
        });
        let answer = self.client.get_quota("no such root");
        self.done("getquota nothing", answer);
        let limit = QuotaLimit {
            resource: QuotaResource::Storage,
            limit: 512,
        };
        let answer = self.client.set_quota("no such root", &[limit]);
        self.done("setquota", answer);
        let answer = self.client.run_raw("ID", b"NIL");
        self.done("xatom", answer);
        let answer = self.client.proxy_auth("somebody");
        self.done("proxyauth", answer);
        let value = AnnotationAttribute {
            name: "value.priv".into(),
            value: Some("x".into()),
        };
        let answer = self.client.set_annotation("Archive", "/comment", &[value]);
        self.done("setannotation", answer);
        let answer = self
            .client
            .get_annotation("Archive", &["/comment"], &["value.priv"]);
        self.done("getannotation", answer);
    }
}

fn silent() -> StoreOptions {
    StoreOptions {
        silent: true,
        ..StoreOptions::default()
    }
}

/// The number of each message with its flags, but for `\Recent`.
fn flags(fetched: &Fetched) -> Vec<String> {
    let line = |fetch: &imap_proto::response::Fetch<'_>| {
        let flags = fetch.flags().unwrap_or_default().iter();
        let mut flags: Vec<String> = flags.map(ToString::to_string).collect();
        flags.retain(|flag| flag != "\\Recent");
        flags.sort_unstable();
        [vec![fetch.number.to_string()], flags].concat().join(" ")
    };
    fetched.iter().map(line).collect()
}

fn numbers<N: MessageNumber>(numbers: &Numbers<N>) -> Vec<String> {
    numbers.iter().map(|n| n.into().to_string()).collect()
}

/// The names of mailboxes as they are on the wire, in order.
fn names(entries: Vec<ListEntry>) -> Vec<String> {
    let text = |name: Mailbox<'_>| String::from_utf8_lossy(name.as_bytes()).into_owned();
    let mut names: Vec<String> = entries.iter().map(|entry| text(entry.mailbox())).collect();
    names.sort_unstable();
    names
}

fn set(text: &str) -> SequenceSetBuf {
    text.parse().unwrap()
}

fn uids(text: &str) -> UidSetBuf {
    text.parse().unwrap()
}
