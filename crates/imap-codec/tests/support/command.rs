//! Commands.

use imap_proto::command::{
    Authenticate, BasicList, Copy, Create, Delete, Examine, Fetch, FetchModifier, Login,
    OtherCommand, Partial, Rename, SaslResponse, Select, Status, Store, StoreAction, StoreData,
    StoreModifier, Subscribe, Tagged, UidExpunge, Unsubscribe,
};
use imap_proto::{Command, MessageNumber, OtherItem, PartialRange};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn tagged(&mut self) -> Tagged<'a> {
        Tagged {
            tag: self.tag(),
            command: self.command(),
        }
    }

    pub(crate) fn command(&mut self) -> Command<'a> {
        if self.one_in(3) {
            return self.admin_command();
        }
        match self.below(35) {
            0 => self.command_alone(),
            1 => Command::Append(self.append()),
            2 => Command::Authenticate(self.authenticate()),
            3 => Command::Copy(self.copy()),
            4 => Command::UidCopy(self.copy()),
            5 => Command::Create(Create {
                mailbox: self.mailbox(),
                parameters: self.list(Self::create_parameter),
            }),
            6 => Command::Delete(Delete {
                mailbox: self.mailbox(),
            }),
            7 => Command::Examine(Examine {
                mailbox: self.mailbox(),
                parameters: self.list(Self::select_parameter),
            }),
            8 => Command::Fetch(self.fetch_command()),
            9 => Command::UidFetch(self.fetch_command()),
            10 => Command::List(self.list_command()),
            11 => self.basic_list_command(),
            12 => Command::Login(Login {
                user_name: self.string(),
                password: self.string(),
            }),
            13 => Command::Rename(Rename {
                from: self.mailbox(),
                to: self.mailbox(),
                parameters: self.list(Self::other_parameter),
            }),
            14 => Command::Search(self.search_command()),
            15 => Command::UidSearch(self.search_command()),
            16 => Command::Select(Select {
                mailbox: self.mailbox(),
                parameters: self.list(Self::select_parameter),
            }),
            17 => Command::Status(Status {
                mailbox: self.mailbox(),
                items: self.list1(Self::status_item_name),
            }),
            18 => Command::Store(self.store()),
            19 => Command::UidStore(self.store()),
            20 => Command::Subscribe(Subscribe {
                mailbox: self.mailbox(),
            }),
            21 => Command::Unsubscribe(Unsubscribe {
                mailbox: self.mailbox(),
            }),
            22 => Command::UidExpunge(UidExpunge { set: self.set() }),
            23 => Command::Partial(self.partial_command()),
            24 => Command::CancelUpdate(self.cancel_update()),
            25 => Command::Esearch(self.esearch_command()),
            26 => Command::Sort(self.sort_command()),
            27 => Command::UidSort(self.sort_command()),
            28 => Command::Thread(self.thread_command()),
            29 => Command::UidThread(self.thread_command()),
            30 => Command::UidBatches(self.uid_batches_command()),
            31 | 32 => self.message_command(),
            33 => self.convert_command(),
            _ => Command::Other(OtherCommand {
                name: self.new_atom(),
                arguments: self.raw_values(),
            }),
        }
    }

    fn command_alone(&mut self) -> Command<'a> {
        self.pick(&[
            Command::Capability,
            Command::Check,
            Command::Close,
            Command::Expunge,
            Command::Idle,
            Command::Logout,
            Command::Namespace,
            Command::Noop,
            Command::StartTls,
            Command::Unselect,
        ])
    }

    fn authenticate(&mut self) -> Authenticate<'a> {
        let responses = ["", "=", "AGEAYg==", "AGFubgBzZWNyZXQ="];
        Authenticate {
            mechanism: self.mechanism(),
            initial_response: self
                .option(|g| SaslResponse::from_base64(g.pick(&responses)).unwrap()),
        }
    }

    fn copy<N: MessageNumber>(&mut self) -> Copy<'a, N> {
        Copy {
            set: self.set(),
            mailbox: self.mailbox(),
        }
    }

    fn fetch_command<N: MessageNumber>(&mut self) -> Fetch<'a, N> {
        Fetch {
            set: self.set(),
            items: self.fetch_items(),
            modifiers: self.modifiers(Self::fetch_modifier),
        }
    }

    fn fetch_modifier(&mut self) -> FetchModifier<'a> {
        match self.below(4) {
            0 => FetchModifier::ChangedSince(self.number64().max(1)),
            1 => FetchModifier::Partial(self.partial_range()),
            2 => FetchModifier::Vanished,
            _ => FetchModifier::Other(self.other_modifier()),
        }
    }

    /// Mostly none.
    fn modifiers<T: core::marker::Copy>(&mut self, make: fn(&mut Self) -> T) -> &'a [T] {
        if self.one_in(4) { self.list(make) } else { &[] }
    }

    fn other_modifier(&mut self) -> &'a OtherItem<'a> {
        let item = OtherItem {
            name: self.word(),
            value: self.pick(&[&b""[..], b"5", b"1:*", b"(a (\"b)\"))"]),
        };
        self.alloc(item)
    }

    pub(crate) fn partial_range(&mut self) -> PartialRange {
        let (start, end) = (self.non_zero(), self.non_zero());
        if self.one_in(2) {
            PartialRange::Last(start, end)
        } else {
            PartialRange::First(start, end)
        }
    }

    fn partial_command(&mut self) -> Partial<'a> {
        Partial {
            seq: self.seq(),
            item: self.fetch_item_name(),
            first: self.number(),
            count: self.number(),
        }
    }

    fn basic_list_command(&mut self) -> Command<'a> {
        let list = BasicList {
            reference: self.mailbox(),
            pattern: self.list_pattern(),
        };
        match self.below(4) {
            0 => Command::Lsub(list),
            1 => Command::Rlist(list),
            2 => Command::Rlsub(list),
            _ => Command::Xlist(list),
        }
    }

    fn store<N: MessageNumber>(&mut self) -> Store<'a, N> {
        let actions = [StoreAction::Add, StoreAction::Remove, StoreAction::Replace];
        let (action, silent) = (self.pick(&actions), self.one_in(2));
        let data = match action {
            StoreAction::Replace if !silent && self.one_in(2) => {
                StoreData::Annotation(self.annotations(true))
            }
            _ => self.store_data(),
        };
        Store {
            set: self.set(),
            modifiers: self.modifiers(Self::store_modifier),
            action,
            silent,
            data,
        }
    }

    fn store_modifier(&mut self) -> StoreModifier<'a> {
        if self.one_in(2) {
            StoreModifier::Other(self.other_modifier())
        } else {
            StoreModifier::UnchangedSince(self.number64())
        }
    }

    fn store_data(&mut self) -> StoreData<'a> {
        match self.below(4) {
            0 => StoreData::XGmLabels(self.labels()),
            1 => {
                let item = OtherItem {
                    name: self.word(),
                    value: self.raw_value(),
                };
                StoreData::Other(self.alloc(item))
            }
            _ => StoreData::Flags(self.flags()),
        }
    }
}
