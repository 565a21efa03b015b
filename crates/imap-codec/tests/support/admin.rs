//! Rights, quotas, what is told about oneself, languages.

use imap_proto::command::{
    self, AclAction, DeleteAcl, Enable, EventGroup, GetAcl, GetAnnotation, GetMetadata, GetQuota,
    GetQuotaRoot, Language, MetadataDepth, MetadataOption, Notify, NotifySet, ProxyAuth,
    QuotaLimit, SetAcl, SetAnnotation, SetMetadata, SetQuota,
};
use imap_proto::response::{
    self, Acl, AclEntry, AnnotateCode, AnnotateMore, AnnotateMoreData, AnnotationsCode, InProgress,
    ListRights, Metadata, MetadataCode, MetadataEntries, MyRights, Quota, QuotaRoot, QuotaUsage,
};
use imap_proto::{
    Annotation, AnnotationAttribute, Code, Command, Event, IString, Id, IdField, MailboxFilter,
    MetadataEntry, OtherItem, QuotaResource, Response, Rights, ThreadAlgorithm,
};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn admin_command(&mut self) -> Command<'a> {
        match self.below(24) {
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
            13 => Command::GetAnnotation(GetAnnotation {
                mailbox: self.mailbox(),
                entries: self.list1(Self::string),
                attributes: self.list1(Self::string),
            }),
            14 | 15 => Command::GetMetadata(GetMetadata {
                options: self.list(Self::metadata_option),
                mailbox: self.mailbox(),
                entries: self.list1(Self::string),
            }),
            16 => Command::SetAnnotation(SetAnnotation {
                mailbox: self.mailbox(),
                entry: self.string(),
                attributes: self.list1(Self::annotation_attribute),
            }),
            17 => Command::SetMetadata(SetMetadata {
                mailbox: self.mailbox(),
                entries: self.list1(Self::metadata_entry),
            }),
            18..=20 => Command::Notify(self.notify()),
            _ => self.pick(&[Command::GetJmapAccess, Command::Unauthenticate]),
        }
    }

    pub(crate) fn admin_response(&mut self) -> Response<'a> {
        match self.below(14) {
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
            9 => Response::Annotation(AnnotateMore {
                mailbox: self.mailbox(),
                data: AnnotateMoreData::Changed(self.list1(Self::string)),
            }),
            10 => Response::Annotation(AnnotateMore {
                mailbox: self.mailbox(),
                data: AnnotateMoreData::Values {
                    entry: self.string(),
                    attributes: self.list1(Self::annotation_attribute),
                },
            }),
            11 => Response::Metadata(Metadata {
                mailbox: self.mailbox(),
                entries: MetadataEntries::Changed(self.list1(Self::string)),
            }),
            12 => Response::Metadata(Metadata {
                mailbox: self.mailbox(),
                entries: MetadataEntries::Values(self.list1(Self::metadata_entry)),
            }),
            _ => Response::QuotaRoot(QuotaRoot {
                mailbox: self.mailbox(),
                roots: self.list(Self::string),
            }),
        }
    }

    pub(crate) fn admin_code(&mut self) -> Code<'a> {
        match self.below(7) {
            5 => return Code::Annotate(AnnotateCode::TooMany),
            6 => {
                let no_private = self.one_in(2);
                return Code::Annotations(match self.below(3) {
                    0 => AnnotationsCode::None,
                    1 => AnnotationsCode::ReadOnly { no_private },
                    _ => AnnotationsCode::ReadWrite {
                        max_octets: self.non_zero(),
                        no_private,
                    },
                });
            }
            0 => {
                let codes = [AnnotateCode::TooBig, AnnotateCode::TooMany];
                return Code::AnnotateMore(self.pick(&codes));
            }
            1 => return Code::BadEvent(self.list1(Self::event_name)),
            2 => {
                return Code::Metadata(match self.below(4) {
                    0 => MetadataCode::LongEntries(self.number()),
                    1 => MetadataCode::MaxSize(self.number()),
                    2 => MetadataCode::NoPrivate,
                    _ => MetadataCode::TooMany,
                });
            }
            _ => {}
        }
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

    fn metadata_option(&mut self) -> MetadataOption<'a> {
        match self.below(4) {
            0 => MetadataOption::MaxSize(self.number()),
            1 => {
                let name = self.keep(b"X-NEW");
                let value = self.pick(&["", "5", "(a \")\")", "1:4,7"]).as_bytes();
                MetadataOption::Other(self.alloc(OtherItem { name, value }))
            }
            _ => MetadataOption::Depth(self.pick(&[
                MetadataDepth::Zero,
                MetadataDepth::One,
                MetadataDepth::Infinity,
            ])),
        }
    }

    fn metadata_entry(&mut self) -> MetadataEntry<'a> {
        let name = self.string();
        let value = if self.one_in(4) {
            Some(IString(self.pick(&[
                &b"\0"[..],
                b"a\r\n\0b",
                b"two\r\nlines",
            ])))
        } else {
            self.option(|g| IString(g.octets()))
        };
        MetadataEntry { name, value }
    }

    /// Annotations of a message; those that a client sets have attributes.
    pub(crate) fn annotations(&mut self, set: bool) -> &'a [Annotation<'a>] {
        self.list1(|g| Annotation {
            entry: g.string(),
            attributes: match set || g.one_in(2) {
                true => g.list1(Self::annotation_attribute),
                false => &[],
            },
        })
    }

    fn annotation_attribute(&mut self) -> AnnotationAttribute<'a> {
        AnnotationAttribute {
            name: self.string(),
            value: self.nstring(),
        }
    }

    fn notify(&mut self) -> Notify<'a> {
        if self.one_in(4) {
            return Notify::None;
        }
        Notify::Set(NotifySet {
            status: self.one_in(2),
            groups: self.list1(|g| EventGroup {
                filter: g.notify_filter(),
                events: g.list(Self::event),
            }),
        })
    }

    fn event(&mut self) -> Event<'a> {
        if self.one_in(4) {
            Event::MessageNew(self.list1(Self::fetch_item_name))
        } else {
            self.event_name()
        }
    }

    fn event_name(&mut self) -> Event<'a> {
        let events = [
            Event::AnnotationChange,
            Event::FlagChange,
            Event::MailboxMetadataChange,
            Event::MailboxName,
            Event::MessageExpunge,
            Event::MessageNew(&[]),
            Event::ServerMetadataChange,
            Event::SubscriptionChange,
            Event::Other(self.new_atom()),
        ];
        self.pick(&events)
    }

    fn notify_filter(&mut self) -> MailboxFilter<'a> {
        match self.below(8) {
            0 => MailboxFilter::SelectedDelayed,
            1 => {
                let name = self.word();
                let value = if self.one_in(2) {
                    self.raw_value()
                } else {
                    &[]
                };
                MailboxFilter::Other(self.alloc(OtherItem { name, value }))
            }
            _ => self.mailbox_filter(),
        }
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
