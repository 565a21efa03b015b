//! Commands.

use imap_proto::Command;
use imap_proto::MessageNumber;
use imap_proto::command::{
    Authenticate, BasicList, Copy, Create, Delete, Examine, Fetch, InitialResponse, Login,
    OtherCommand, Rename, Search, Select, Status, Store, StoreAction, Subscribe, Tagged,
    UidExpunge, Unsubscribe,
};

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
        match self.below(24) {
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
            Command::Logout,
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
                .option(|g| InitialResponse::from_base64(g.pick(&responses)).unwrap()),
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

    fn search_command(&mut self) -> Search<'a> {
        Search {
            charset: self.option(|g| g.pick(&["UTF-8", "US-ASCII", "odd \"name\""]).into()),
            keys: self.list1(Self::search_key),
        }
    }

    fn store<N: MessageNumber>(&mut self) -> Store<'a, N> {
        Store {
            set: self.set(),
            action: self.pick(&[StoreAction::Add, StoreAction::Remove, StoreAction::Replace]),
            silent: self.one_in(2),
            flags: self.flags(),
        }
    }
}
