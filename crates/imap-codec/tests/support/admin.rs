//! Rights, quotas, what is told about oneself, languages.

use imap_proto::command::{
    self, AclAction, DeleteAcl, Enable, GetAcl, GetQuota, GetQuotaRoot, Language, ProxyAuth,
    QuotaLimit, SetAcl, SetQuota,
};
use imap_proto::response::{
    self, Acl, AclEntry, InProgress, ListRights, MyRights, Quota, QuotaRoot, QuotaUsage,
};
use imap_proto::{Code, Command, Id, IdField, QuotaResource, Response, Rights, ThreadAlgorithm};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn admin_command(&mut self) -> Command<'a> {
        match self.below(16) {
            0 => Command::Comparator(command::Comparator {
                order: self.list(Self::string),
            }),
            1 => Command::DeleteAcl(DeleteAcl {
                mailbox: self.mailbox(),
                identifier: self.string(),
            }),
            2 => Command::Enable(Enable {
                capabilities: self.list1(Self::capability),
            }),
            3 => Command::GetAcl(GetAcl {
                mailbox: self.mailbox(),
            }),
            4 => Command::GetQuota(GetQuota {
                root: self.string(),
            }),
            5 => Command::GetQuotaRoot(GetQuotaRoot {
                mailbox: self.mailbox(),
            }),
            6 => Command::Id(self.id()),
            7 => Command::Language(Language {
                ranges: self.list(Self::string),
            }),
            8 => Command::ListRights(command::ListRights {
                mailbox: self.mailbox(),
                identifier: self.string(),
            }),
            9 => Command::MyRights(command::MyRights {
                mailbox: self.mailbox(),
            }),
            10 => Command::ProxyAuth(ProxyAuth {
                user_name: self.string(),
            }),
            11 => Command::SetAcl(self.set_acl()),
            12 => Command::SetQuota(SetQuota {
                root: self.string(),
                limits: self.list(|g| QuotaLimit {
                    resource: g.quota_resource(),
                    limit: g.number64(),
                }),
            }),
            _ => self.pick(&[Command::GetJmapAccess, Command::Unauthenticate]),
        }
    }

    pub(crate) fn admin_response(&mut self) -> Response<'a> {
        match self.below(10) {
            0 => Response::Acl(Acl {
                mailbox: self.mailbox(),
                entries: self.list(|g| AclEntry {
                    identifier: g.string(),
                    rights: g.rights(),
                }),
            }),
            1 => Response::Comparator(response::Comparator {
                active: self.string(),
                matching: self.list(Self::string),
            }),
            2 => Response::Enabled(self.list(Self::capability)),
            3 => Response::Id(self.id()),
            4 => Response::JmapAccess(self.string()),
            5 => Response::Language(self.list1(Self::string)),
            6 => Response::ListRights(ListRights {
                mailbox: self.mailbox(),
                identifier: self.string(),
                required: self.rights(),
                optional: self.list(Self::rights),
            }),
            7 => Response::MyRights(MyRights {
                mailbox: self.mailbox(),
                rights: self.rights(),
            }),
            8 => Response::Quota(Quota {
                root: self.string(),
                resources: self.list(|g| QuotaUsage {
                    resource: g.quota_resource(),
                    usage: g.number64(),
                    limit: g.number64(),
                }),
            }),
            _ => Response::QuotaRoot(QuotaRoot {
                mailbox: self.mailbox(),
                roots: self.list(Self::string),
            }),
        }
    }

    pub(crate) fn admin_code(&mut self) -> Code<'a> {
        let progress = self.option(|g| {
            let progress = InProgress {
                tag: g.tag(),
                done: g.option(Self::number),
                goal: g.option(Self::number),
            };
            g.alloc(progress)
        });
        Code::InProgress(progress)
    }

    fn id(&mut self) -> Id<'a> {
        Id {
            fields: self.list(|g| IdField {
                name: g.string(),
                value: g.nstring(),
            }),
        }
    }

    fn set_acl(&mut self) -> SetAcl<'a> {
        SetAcl {
            mailbox: self.mailbox(),
            identifier: self.string(),
            action: self.pick(&[AclAction::Add, AclAction::Remove, AclAction::Replace]),
            rights: self.rights(),
        }
    }

    pub(crate) fn quota_resource(&mut self) -> QuotaResource<'a> {
        let names = ["ANNOTATION-STORAGE", "MAILBOX", "MESSAGE", "STORAGE"];
        if self.one_in(4) {
            QuotaResource::Other(self.new_atom())
        } else {
            QuotaResource::from(imap_proto::Atom::new(self.pick(&names)).unwrap())
        }
    }

    pub(crate) fn rights(&mut self) -> Rights {
        let one = ["", "l", "r", "lrswipkxtea", "cd", "0z9", "n"];
        let (a, b) = (self.pick(&one), self.pick(&one));
        Rights::new(a).unwrap().with(Rights::new(b).unwrap())
    }

    pub(crate) fn thread_algorithm(&mut self) -> ThreadAlgorithm<'a> {
        match self.below(4) {
            0 => ThreadAlgorithm::OrderedSubject,
            1 => ThreadAlgorithm::References,
            2 => ThreadAlgorithm::Refs,
            _ => ThreadAlgorithm::Other(self.new_atom()),
        }
    }
}
