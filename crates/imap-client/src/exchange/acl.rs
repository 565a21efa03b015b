//! SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS.

use imap_proto::command::{DeleteAcl, GetAcl, ListRights, MyRights, SetAcl};
use imap_proto::{Response, Rights, response};

use super::mailbox::AskedMailbox;
use super::{Data, DoneAnswer, Rules, ValueAnswer};

exchange!(SetAcl<'_> => DoneAnswer, Rules::authenticated("SETACL"), |_| DoneAnswer);
exchange!(DeleteAcl<'_> => DoneAnswer, Rules::authenticated("DELETEACL"), |_| DoneAnswer);

exchange!(
    GetAcl<'_> => ValueAnswer<Vec<AclEntry>>,
    Rules::authenticated("GETACL").answered_by(Data::ACL),
    |command| {
        let mailbox = AskedMailbox::new(command.mailbox);
        ValueAnswer::new("GETACL", move |response| match response {
            Response::Acl(acl) if mailbox.is(acl.mailbox) => {
                Some(acl.entries.iter().map(AclEntry::new).collect())
            }
            _ => None,
        })
    }
);

exchange!(
    ListRights<'_> => ValueAnswer<GrantableRights>,
    Rules::authenticated("LISTRIGHTS").answered_by(Data::LIST_RIGHTS),
    |command| {
        let mailbox = AskedMailbox::new(command.mailbox);
        ValueAnswer::new("LISTRIGHTS", move |response| match response {
            Response::ListRights(rights) if mailbox.is(rights.mailbox) => Some(GrantableRights {
                required: rights.required,
                optional: rights.optional.into(),
            }),
            _ => None,
        })
    }
);

exchange!(
    MyRights<'_> => ValueAnswer<Rights>,
    Rules::authenticated("MYRIGHTS").answered_by(Data::MY_RIGHTS),
    |command| {
        let mailbox = AskedMailbox::new(command.mailbox);
        ValueAnswer::new("MYRIGHTS", move |response| match response {
            Response::MyRights(my) if mailbox.is(my.mailbox) => Some(my.rights),
            _ => None,
        })
    }
);

/// The rights of somebody on a mailbox.
///
/// `S: * ACL INBOX Fred rwipslda -Fred wetd` has two: what Fred may do, and what he may not whatever
/// other entries say.
///
/// [RFC 4314 section 3.6](https://www.rfc-editor.org/rfc/rfc4314#section-3.6)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct AclEntry {
    /// Who, as SETACL and DELETEACL take it: a user, with some servers a group, [`AclEntry::ANYONE`],
    /// or one of these with `-` in front.
    pub identifier: String,
    /// The rights.
    pub rights: Rights,
}

impl AclEntry {
    /// The identifier that stands for everybody, those who log in anonymously included.
    pub const ANYONE: &'static str = "anyone";

    fn new(entry: &response::AclEntry<'_>) -> Self {
        Self {
            identifier: entry.identifier.to_str_lossy().into_owned(),
            rights: entry.rights,
        }
    }

    /// Whether the rights are taken away rather than granted: the identifier begins with `-`.
    pub fn is_negative(&self) -> bool {
        self.identifier.starts_with('-')
    }
}

/// Which rights somebody can be given on a mailbox.
///
/// `S: * LISTRIGHTS ~/Mail/saved smith la r swicdkxte` says that `l` and `a` are always granted, `r` can
/// be, and the others can be together.
///
/// [RFC 4314 section 3.7](https://www.rfc-editor.org/rfc/rfc4314#section-3.7)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct GrantableRights {
    /// The rights that are always granted.
    pub required: Rights,
    /// The rights that can be granted; those of one element only together.
    pub optional: Vec<Rights>,
}
