//! Responses.

use imap_proto::response::{
    AppendUid, ContinuationRequest, CopyUid, Fetch, Greeting, GreetingStatus, MailboxStatus,
    MessageLimit, Modified, OtherResponse, Search, Status, StatusResponse, UnnumberedFetch,
    Vanished,
};
use imap_proto::{Atom, Code, Flag, OtherItem, Range, Response, Tag, Text};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn response(&mut self) -> Response<'a> {
        if self.one_in(4) {
            return self.admin_response();
        }
        match self.below(28) {
            0 => Response::Capability(self.capabilities()),
            1 => Response::Continue(self.continuation()),
            2 => Response::Exists(self.number()),
            3 => Response::Expunge(self.seq()),
            4 => Response::Flags(self.flags()),
            5 => Response::List(self.list_response()),
            6 => match self.below(3) {
                0 => Response::Lsub(self.list_response()),
                1 => Response::Namespace(self.namespaces()),
                _ => Response::Xlist(self.list_response()),
            },
            7 => Response::MailboxStatus(self.mailbox_status()),
            8 => Response::Recent(self.number()),
            9 => Response::Search(self.search_response()),
            10 => Response::Other(OtherResponse {
                number: self.option(Self::number),
                name: self.new_atom(),
                value: self.raw_values(),
            }),
            11..=14 => Response::Status(self.status_response()),
            19 => Response::UidFetch(Fetch {
                number: self.uid(),
                items: self.list1(Self::fetch_item),
            }),
            18 if !self.strict => Response::UnnumberedFetch(UnnumberedFetch {
                number: self.pick(&[0, 1 << 32, u64::MAX]),
                items: self.list1(Self::fetch_item),
            }),
            20 => Response::Esearch(self.esearch_response()),
            21 => Response::UidEsearch(self.esearch_response()),
            22 => Response::Sort(self.search_response()),
            23 => Response::Thread(self.threads()),
            15 => Response::Vanished(Vanished {
                earlier: self.one_in(2),
                uids: self.uid_set(),
            }),
            24 => Response::UidBatches(self.uid_batches_response()),
            25 => self.message_response(),
            26 => self.convert_response(),
            _ => Response::Fetch(self.fetch()),
        }
    }

    pub(crate) fn greeting(&mut self) -> Greeting<'a> {
        let (code, text) = self.resp_text();
        Greeting {
            status: self.pick(&[
                GreetingStatus::Ok,
                GreetingStatus::PreAuth,
                GreetingStatus::Bye,
            ]),
            code,
            text,
        }
    }

    fn fetch(&mut self) -> Fetch<'a> {
        Fetch {
            number: self.seq(),
            items: self.list1(Self::fetch_item),
        }
    }

    fn mailbox_status(&mut self) -> MailboxStatus<'a> {
        MailboxStatus {
            mailbox: self.mailbox(),
            items: self.list(Self::status_item),
        }
    }

    fn search_response(&mut self) -> Search<'a> {
        Search {
            numbers: self.list(|g| g.non_zero().get()),
            mod_seq: self.option(|g| g.number64().max(1)),
        }
    }

    fn continuation(&mut self) -> ContinuationRequest<'a> {
        ContinuationRequest {
            code: self.option(Self::plain_code),
            text: self.text(),
        }
    }

    fn status_response(&mut self) -> StatusResponse<'a> {
        let status = self.pick(&[
            Status::Ok,
            Status::No,
            Status::Bad,
            Status::PreAuth,
            Status::Bye,
        ]);
        let (code, text) = self.resp_text();
        StatusResponse {
            tag: self.status_tag(status),
            status,
            code,
            text,
        }
    }

    fn status_tag(&mut self, status: Status) -> Option<Tag<'a>> {
        if self.strict && matches!(status, Status::PreAuth | Status::Bye) {
            return None;
        }
        self.option(Self::tag)
    }

    fn resp_text(&mut self) -> (Option<Code<'a>>, Text<'a>) {
        (self.option(Self::code), self.text())
    }

    pub(crate) fn code(&mut self) -> Code<'a> {
        if self.one_in(8) {
            return self.admin_code();
        }
        match self.below(21) {
            0 => Code::AppendUid(AppendUid {
                uid_validity: self.uid_validity(),
                uids: self.uid_set(),
            }),
            1 => Code::BadCharset(self.list(Self::string)),
            2 => Code::Capability(self.capabilities()),
            3 => {
                let uids = CopyUid {
                    uid_validity: self.uid_validity(),
                    source: self.uid_set(),
                    destination: self.uid_set(),
                };
                Code::CopyUid(self.alloc(uids))
            }
            4 => Code::HighestModSeq(self.number64().max(1)),
            5 => Code::PermanentFlags(self.permanent_flags()),
            6 => Code::UidNext(self.uid()),
            7 => Code::UidValidity(self.uid_validity()),
            8 => Code::Unseen(self.seq()),
            9 => {
                let value = self.pick(&["", "a b", "(1 \"]\") x", "http://x/y", "\"]\""]);
                let name = self.word();
                Code::Other(self.alloc(OtherItem {
                    name,
                    value: value.as_bytes(),
                }))
            }
            10 => Code::MailboxId(self.object_id()),
            11 => {
                let urls = ["imap://a;AUTH=*@b/c", "x", "imap://h/%5B1%5D/;UID=5"];
                Code::Referral(self.list1(|g| g.pick(&urls).into()))
            }
            12 => Code::Modified(Modified {
                ranges: self.list1(|g| Range::from(g.non_zero())),
            }),
            13 => match self.below(3) {
                0 => Code::MaxConvertMessages(self.non_zero()),
                1 => Code::MaxConvertParts(self.non_zero()),
                _ => Code::BadUrl(self.pick(&["imap://a/b", "\"/a b;UID=1\"", "x"]).into()),
            },
            14 => Code::MessageLimit(MessageLimit {
                limit: self.non_zero(),
                uid: self.option(Self::uid),
            }),
            15 => self.url_mechanisms(),
            18 => Code::NoUpdate(self.tag()),
            19 => Code::UndefinedFilter(Atom::new(self.pick(&["on-the-road", "a+b"])).unwrap()),
            _ => self.plain_code(),
        }
    }

    fn permanent_flags(&mut self) -> &'a [Flag<'a>] {
        let any = self.one_in(2);
        self.list(|g| {
            if any && g.one_in(4) {
                Flag::Any
            } else {
                g.flag()
            }
        })
    }

    fn plain_code(&mut self) -> Code<'a> {
        self.pick(&[
            Code::Alert,
            Code::AlreadyExists,
            Code::AuthenticationFailed,
            Code::AuthorizationFailed,
            Code::BadComparator,
            Code::Cannot,
            Code::ClientBug,
            Code::Closed,
            Code::CompressionActive,
            Code::ContactAdmin,
            Code::Corruption,
            Code::Expired,
            Code::ExpungeIssued,
            Code::HasChildren,
            Code::InUse,
            Code::Limit,
            Code::NoModSeq,
            Code::NonExistent,
            Code::NoPerm,
            Code::NotificationOverflow,
            Code::OverQuota,
            Code::Parse,
            Code::PrivacyRequired,
            Code::ReadOnly,
            Code::ReadWrite,
            Code::ServerBug,
            Code::TempFail,
            Code::TooBig,
            Code::TooFew,
            Code::TryCreate,
            Code::UidNotSticky,
            Code::UidRequired,
            Code::Unavailable,
            Code::UnknownCte,
            Code::UseAttr,
        ])
    }
}
