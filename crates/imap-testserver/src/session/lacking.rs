//! What belongs to capabilities that the server is to lack.

use imap_proto::command::{
    Append, AppendData, AppendMessage, CatenatePart, CreateParameter, FetchModifier, List,
    ListPatterns, ListReturnOption, ListSelectOption, SearchReturnOption, SelectParameter, SortKey,
    StoreModifier,
};
use imap_proto::{Command, FetchItemName, FetchItems, SearchKey, StatusItemName, ThreadAlgorithm};

use super::Session;
use super::reply::Reply;
use super::search::any_key;

impl Session {
    /// Refuses a command as a server does that has not all capabilities of this one.
    pub(super) fn check_capabilities(&self, command: &Command<'_>) -> Result<(), Reply<'static>> {
        let settings = &self.shared.settings;
        let is_lacking = |row: &&Row| row.capabilities.iter().all(|name| settings.hides(name));
        let mut lacking = ROWS.iter().filter(is_lacking);
        match lacking.any(|row| (row.is_needed)(command)) {
            true => Err(Reply::bad("the server lacks what this needs")),
            false => Ok(()),
        }
    }
}

/// Capabilities each of which has something, and whether a command has need of that.
struct Row {
    capabilities: &'static [&'static str],
    is_needed: fn(&Command<'_>) -> bool,
}

const fn row(capabilities: &'static [&'static str], is_needed: fn(&Command<'_>) -> bool) -> Row {
    Row {
        capabilities,
        is_needed,
    }
}

/// In the order of the first names. IMAP4rev2 has many extensions of IMAP4rev1, RFC 9051 appendix E.
const ROWS: &[Row] = &[
    row(&["ACL"], |c| {
        matches!(
            c,
            Command::DeleteAcl(_)
                | Command::GetAcl(_)
                | Command::ListRights(_)
                | Command::MyRights(_)
                | Command::SetAcl(_)
        )
    }),
    row(&["APPENDLIMIT"], |c| {
        status_items(c).contains(&StatusItemName::AppendLimit)
    }),
    row(&["BINARY"], |c| {
        any_data(c, |data| matches!(data, AppendData::Literal8(_)))
    }),
    row(&["BINARY", REV2], |c| {
        any_item(c, |item| {
            matches!(
                item,
                FetchItemName::Binary { .. } | FetchItemName::BinarySize(_)
            )
        })
    }),
    row(&["CATENATE"], |c| {
        any_data(c, |data| matches!(data, AppendData::Catenate(_)))
    }),
    row(&["COMPRESS=DEFLATE"], |c| matches!(c, Command::Compress(_))),
    row(&["CONDSTORE", "QRESYNC"], needs_mod_seqs),
    row(&["CREATE-SPECIAL-USE"], |c| {
        let Command::Create(create) = c else {
            return false;
        };
        let mut parameters = create.parameters.iter();
        parameters.any(|parameter| matches!(parameter, CreateParameter::Use(_)))
    }),
    row(&["ENABLE", REV2], |c| matches!(c, Command::Enable(_))),
    row(&["ESEARCH", REV2], |c| match c {
        Command::Search(search) | Command::UidSearch(search) => search.return_options.is_some(),
        _ => false,
    }),
    row(&["ESORT"], |c| match c {
        Command::Sort(sort) | Command::UidSort(sort) => sort.return_options.is_some(),
        _ => false,
    }),
    row(&["ID"], |c| matches!(c, Command::Id(_))),
    row(&["IDLE", REV2], |c| matches!(c, Command::Idle)),
    row(&["JMAPACCESS"], |c| matches!(c, Command::GetJmapAccess)),
    row(&["LIST-EXTENDED", REV2], needs_extended_list),
    row(&["LIST-METADATA"], |c| {
        any_list_return(c, |option| matches!(option, ListReturnOption::Metadata(_)))
    }),
    row(&["LIST-MYRIGHTS"], |c| {
        any_list_return(c, |option| matches!(option, ListReturnOption::MyRights))
    }),
    row(&["LIST-STATUS", REV2], |c| {
        any_list_return(c, |option| matches!(option, ListReturnOption::Status(_)))
    }),
    row(&["METADATA"], |c| {
        matches!(c, Command::GetMetadata(_) | Command::SetMetadata(_))
    }),
    row(&["MOVE", REV2], |c| {
        matches!(c, Command::Move(_) | Command::UidMove(_))
    }),
    row(&["MULTIAPPEND"], |c| messages(c).len() > 1),
    row(&["MULTISEARCH"], |c| matches!(c, Command::Esearch(_))),
    row(&["NAMESPACE", REV2], |c| matches!(c, Command::Namespace)),
    row(&["OBJECTID"], |c| {
        status_items(c).contains(&StatusItemName::MailboxId)
            || any_item(c, |item| {
                matches!(item, FetchItemName::EmailId | FetchItemName::ThreadId)
            })
            || any_search_key(c, |key| {
                matches!(key, SearchKey::EmailId(_) | SearchKey::ThreadId(_))
            })
    }),
    row(&["PARTIAL"], |c| {
        let in_search = |option: &_| matches!(option, SearchReturnOption::Partial(_));
        fetch_modifiers(c)
            .iter()
            .any(|m| matches!(m, FetchModifier::Partial(_)))
            || search_returns(c).iter().any(in_search)
    }),
    row(&["PREVIEW"], |c| {
        any_item(c, |item| matches!(item, FetchItemName::Preview(_)))
    }),
    row(&["QRESYNC"], |c| {
        let in_select = |parameter: &_| matches!(parameter, SelectParameter::QResync(_));
        fetch_modifiers(c).contains(&FetchModifier::Vanished)
            || select_parameters(c).iter().any(in_select)
    }),
    row(&["QUOTA"], |c| {
        matches!(
            c,
            Command::GetQuota(_) | Command::GetQuotaRoot(_) | Command::SetQuota(_)
        )
    }),
    row(&["QUOTA=RES-MESSAGE", REV2], |c| {
        status_items(c).contains(&StatusItemName::Deleted)
    }),
    row(&["QUOTA=RES-STORAGE"], |c| {
        status_items(c).contains(&StatusItemName::DeletedStorage)
    }),
    row(&["QUOTASET"], |c| matches!(c, Command::SetQuota(_))),
    row(&["REPLACE"], |c| {
        matches!(c, Command::Replace(_) | Command::UidReplace(_))
    }),
    row(
        &["SASL-IR", REV2],
        |c| matches!(c, Command::Authenticate(command) if command.initial_response.is_some()),
    ),
    row(&["SAVEDATE"], |c| {
        any_item(c, |item| matches!(item, FetchItemName::SaveDate))
            || any_search_key(c, |key| {
                matches!(
                    key,
                    SearchKey::SaveDateSupported
                        | SearchKey::SavedBefore(_)
                        | SearchKey::SavedOn(_)
                        | SearchKey::SavedSince(_)
                )
            })
    }),
    row(&["SEARCH=FUZZY"], |c| {
        any_search_key(c, |key| matches!(key, SearchKey::Fuzzy(_)))
    }),
    row(&["SEARCHRES", REV2], |c| {
        search_returns(c).contains(&SearchReturnOption::Save) || names_saved(c)
    }),
    row(&["SORT"], |c| {
        matches!(c, Command::Sort(_) | Command::UidSort(_))
    }),
    row(&["SORT=DISPLAY"], |c| match c {
        Command::Sort(sort) | Command::UidSort(sort) => sort
            .criteria
            .iter()
            .any(|by| matches!(by.key, SortKey::DisplayFrom | SortKey::DisplayTo)),
        _ => false,
    }),
    row(&["SPECIAL-USE", REV2], |c| {
        list_selects(c).contains(&ListSelectOption::SpecialUse)
            || any_list_return(c, |option| matches!(option, ListReturnOption::SpecialUse))
    }),
    row(&["STARTTLS"], |c| matches!(c, Command::StartTls)),
    row(&["STATUS=SIZE", REV2], |c| {
        status_items(c).contains(&StatusItemName::Size)
    }),
    row(&["THREAD=ORDEREDSUBJECT"], |c| {
        threads_by(c, ThreadAlgorithm::OrderedSubject)
    }),
    row(&["THREAD=REFERENCES"], |c| {
        threads_by(c, ThreadAlgorithm::References)
    }),
    row(&["THREAD=REFS"], |c| threads_by(c, ThreadAlgorithm::Refs)),
    row(&["UIDPLUS", REV2], |c| matches!(c, Command::UidExpunge(_))),
    row(&["UNAUTHENTICATE"], |c| {
        matches!(c, Command::Unauthenticate)
    }),
    row(&["UNSELECT", REV2], |c| matches!(c, Command::Unselect)),
    row(&["UTF8=ACCEPT"], |c| {
        any_data(c, |data| match data {
            AppendData::Catenate(parts) => {
                let mut parts = parts.iter();
                parts.any(|part| matches!(part, CatenatePart::Utf8(_)))
            }
            data => matches!(data, AppendData::Utf8(_)),
        })
    }),
    row(&["WITHIN"], |c| {
        any_search_key(c, |key| {
            matches!(key, SearchKey::Older(_) | SearchKey::Younger(_))
        })
    }),
];

const REV2: &str = "IMAP4rev2";

/// [RFC 7162 section 3.1](https://www.rfc-editor.org/rfc/rfc7162#section-3.1)
fn needs_mod_seqs(command: &Command<'_>) -> bool {
    let in_fetch = |modifier: &_| matches!(modifier, FetchModifier::ChangedSince(_));
    let in_store = |modifier: &_| matches!(modifier, StoreModifier::UnchangedSince(_));
    let modifiers = match command {
        Command::Store(store) => store.modifiers,
        Command::UidStore(store) => store.modifiers,
        _ => &[],
    };
    modifiers.iter().any(in_store)
        || fetch_modifiers(command).iter().any(in_fetch)
        || any_item(command, |item| matches!(item, FetchItemName::ModSeq))
        || any_search_key(command, |key| matches!(key, SearchKey::ModSeq(..)))
        || select_parameters(command).contains(&SelectParameter::CondStore)
        || status_items(command).contains(&StatusItemName::HighestModSeq)
}

/// [RFC 5258 section 3](https://www.rfc-editor.org/rfc/rfc5258#section-3)
fn needs_extended_list(command: &Command<'_>) -> bool {
    let Command::List(list) = command else {
        return false;
    };
    let of_others = |option: &_| matches!(option, ListSelectOption::SpecialUse);
    matches!(list.patterns, ListPatterns::Several(_))
        || !list_selects(command).iter().all(of_others)
        || any_list_return(command, |option| {
            matches!(
                option,
                ListReturnOption::Children | ListReturnOption::Subscribed
            )
        })
}

fn messages<'c, 'a>(command: &'c Command<'a>) -> &'c [AppendMessage<'a>] {
    match command {
        Command::Append(Append { messages, .. }) => messages,
        Command::Replace(replace) => std::slice::from_ref(replace.message),
        Command::UidReplace(replace) => std::slice::from_ref(replace.message),
        _ => &[],
    }
}

fn any_data(command: &Command<'_>, holds: fn(&AppendData<'_>) -> bool) -> bool {
    let mut messages = messages(command).iter();
    messages.any(|message| holds(&message.data))
}

fn any_item(command: &Command<'_>, holds: fn(&FetchItemName<'_>) -> bool) -> bool {
    let items = match command {
        Command::Fetch(fetch) => fetch.items,
        Command::UidFetch(fetch) => fetch.items,
        _ => return false,
    };
    match items {
        FetchItems::List(items) => items.iter().any(holds),
        _ => false,
    }
}

fn fetch_modifiers<'a>(command: &Command<'a>) -> &'a [FetchModifier<'a>] {
    match command {
        Command::Fetch(fetch) => fetch.modifiers,
        Command::UidFetch(fetch) => fetch.modifiers,
        _ => &[],
    }
}

fn select_parameters<'a>(command: &Command<'a>) -> &'a [SelectParameter<'a>] {
    match command {
        Command::Examine(examine) => examine.parameters,
        Command::Select(select) => select.parameters,
        _ => &[],
    }
}

fn list_selects<'a>(command: &Command<'a>) -> &'a [ListSelectOption<'a>] {
    match command {
        Command::List(list) => list.select_options.unwrap_or_default(),
        _ => &[],
    }
}

fn any_list_return(command: &Command<'_>, holds: fn(&ListReturnOption<'_>) -> bool) -> bool {
    match command {
        Command::List(List {
            return_options: Some(options),
            ..
        }) => options.iter().any(holds),
        _ => false,
    }
}

fn status_items<'a>(command: &Command<'a>) -> &'a [StatusItemName<'a>] {
    match command {
        Command::Status(status) => status.items,
        Command::List(list) => {
            let options = list.return_options.unwrap_or_default().iter();
            let mut items = options.filter_map(|option| match option {
                ListReturnOption::Status(items) => Some(*items),
                _ => None,
            });
            items.next().unwrap_or_default()
        }
        _ => &[],
    }
}

fn search_returns<'a>(command: &Command<'a>) -> &'a [SearchReturnOption<'a>] {
    let options = match command {
        Command::Esearch(search) => search.return_options,
        Command::Search(search) | Command::UidSearch(search) => search.return_options,
        Command::Sort(sort) | Command::UidSort(sort) => sort.return_options,
        _ => None,
    };
    options.unwrap_or_default()
}

fn any_search_key(command: &Command<'_>, holds: fn(&SearchKey<'_>) -> bool) -> bool {
    let keys = match command {
        Command::Esearch(search) => search.keys,
        Command::Search(search) | Command::UidSearch(search) => search.keys,
        Command::Sort(sort) | Command::UidSort(sort) => sort.keys,
        Command::Thread(thread) | Command::UidThread(thread) => thread.keys,
        _ => &[],
    };
    any_key(keys, holds)
}

/// Whether `$` is the set of messages, or among the search keys.
fn names_saved(command: &Command<'_>) -> bool {
    match command {
        Command::Copy(copy) => copy.set.is_saved(),
        Command::Fetch(fetch) => fetch.set.is_saved(),
        Command::Move(r#move) => r#move.set.is_saved(),
        Command::Store(store) => store.set.is_saved(),
        Command::UidCopy(copy) => copy.set.is_saved(),
        Command::UidExpunge(expunge) => expunge.set.is_saved(),
        Command::UidFetch(fetch) => fetch.set.is_saved(),
        Command::UidMove(r#move) => r#move.set.is_saved(),
        Command::UidStore(store) => store.set.is_saved(),
        _ => any_search_key(command, |key| match key {
            SearchKey::SequenceSet(set) => set.is_saved(),
            SearchKey::Uid(set) => set.is_saved(),
            _ => false,
        }),
    }
}

fn threads_by(command: &Command<'_>, algorithm: ThreadAlgorithm<'_>) -> bool {
    match command {
        Command::Thread(thread) | Command::UidThread(thread) => thread.algorithm == algorithm,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_rows_are_in_order() {
        assert!(ROWS.is_sorted_by_key(|row| row.capabilities));
    }
}
