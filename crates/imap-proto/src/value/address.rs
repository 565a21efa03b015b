//! Addresses of an envelope: mailboxes and groups.

use core::fmt;
use core::fmt::Write as _;

use super::{Address, IString};

/// One entry of a list of addresses: a mailbox, or a group with its members.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum AddressEntry<'a> {
    /// Several addresses under a name.
    Group(Group<'a>),
    /// One address.
    Mailbox(&'a Address<'a>),
}

/// A group of addresses: `Friends: ann@example.org, bob@example.org;`.
///
/// [RFC 5322 section 3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Group<'a> {
    /// Its name.
    pub name: IString<'a>,
    /// Its members, maybe none.
    pub members: &'a [Address<'a>],
}

/// An address without display name, which shows as `mailbox@host`, quoted where that is needed.
///
/// [RFC 5322 section 3.4.1](https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1)
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AddrSpec<'a> {
    /// The part in front of the `@`, without quotes.
    pub mailbox: IString<'a>,
    /// The part behind the `@`.
    pub host: IString<'a>,
}

impl<'a> Address<'a> {
    /// The mailboxes and groups of a list of addresses.
    ///
    /// A group that is not ended reaches up to the next one or to the end of the list.
    ///
    /// # Example
    ///
    /// ```
    /// use imap_proto::{Address, AddressEntry, IString};
    ///
    /// let mailbox = |name| Address { mailbox: Some(IString::from(name)), ..Address::default() };
    /// let host = Some(IString::from("example.org"));
    /// let to = [mailbox("Friends"), Address { host, ..mailbox("ann") }, Address::default()];
    /// let mut entries = Address::entries(&to);
    /// let Some(AddressEntry::Group(group)) = entries.next() else {
    ///     panic!();
    /// };
    /// assert_eq!(group.name, "Friends");
    /// let member = group.members[0].addr_spec().unwrap();
    /// assert_eq!(member.to_string(), "ann@example.org");
    /// assert_eq!(entries.next(), None);
    /// ```
    pub fn entries(addresses: &'a [Self]) -> AddressEntries<'a> {
        AddressEntries { rest: addresses }
    }

    /// The address without its display name; nothing where a group starts or ends, and where the
    /// server tells that something is missing.
    ///
    /// Dovecot sends `MISSING_MAILBOX` and `MISSING_DOMAIN` for what an address lacks.
    pub fn addr_spec(&self) -> Option<AddrSpec<'a>> {
        let (mailbox, host) = (self.mailbox?, self.host?);
        let is_missing = mailbox == "MISSING_MAILBOX" || host == "MISSING_DOMAIN";
        (!is_missing).then_some(AddrSpec { mailbox, host })
    }
}

impl fmt::Display for AddrSpec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_dot_atom(self.mailbox.as_bytes()) {
            fmt::Display::fmt(&self.mailbox.to_str_lossy(), f)?;
        } else {
            f.write_char('"')?;
            for c in self.mailbox.to_str_lossy().chars() {
                if matches!(c, '"' | '\\') {
                    f.write_char('\\')?;
                }
                f.write_char(c)?;
            }
            f.write_char('"')?;
        }
        write!(f, "@{}", self.host.to_str_lossy())
    }
}

/// An iterator over mailboxes and groups, from [`Address::entries`].
#[derive(Clone, Debug)]
pub struct AddressEntries<'a> {
    rest: &'a [Address<'a>],
}

impl<'a> Iterator for AddressEntries<'a> {
    type Item = AddressEntry<'a>;

    fn next(&mut self) -> Option<AddressEntry<'a>> {
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            if let Some(name) = first.group_start() {
                let end = rest.iter().position(|address| address.host.is_none());
                let (members, rest) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
                self.rest = rest;
                return Some(AddressEntry::Group(Group { name, members }));
            }
            // The end of the group in front is nothing by itself.
            if !first.is_group_end() {
                return Some(AddressEntry::Mailbox(first));
            }
        }
    }
}

/// Whether a text is a `dot-atom`, with what RFC 6532 adds.
///
/// `dot-atom-text = 1*atext *("." 1*atext)`
fn is_dot_atom(text: &[u8]) -> bool {
    let atext = |b: &u8| b.is_ascii_alphanumeric() || ATEXT_SPECIALS.contains(b) || !b.is_ascii();
    let mut atoms = text.split(|b| *b == b'.');
    atoms.all(|atom| !atom.is_empty() && atom.iter().all(atext))
}

/// The characters of `atext` that are no letters and digits.
const ATEXT_SPECIALS: &[u8] = b"!#$%&'*+-/=?^_`{|}~";

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;
    use alloc::vec::Vec;

    use super::*;

    fn address(mailbox: &'static str, host: &'static str) -> Address<'static> {
        let some = |text: &'static str| Some(IString::from(text)).filter(|text| *text != "");
        Address {
            mailbox: some(mailbox),
            host: some(host),
            ..Address::default()
        }
    }

    #[test]
    fn ok_groups_that_are_not_closed_or_not_opened() {
        let [a, b] = [address("a", "x"), address("b", "x")];
        let [one, two, end] = [address("one", ""), address("two", ""), Address::default()];
        let list = [end, a, one, b, two, end, end, two, a, b];
        let group = |name: &'static str, members| {
            let name = IString::from(name);
            AddressEntry::Group(Group { name, members })
        };
        let entries: Vec<_> = Address::entries(&list).collect();
        let (of_one, of_two) = ([b], [a, b]);
        let expected = [
            AddressEntry::Mailbox(&a),
            group("one", &of_one),
            group("two", &[]),
            group("two", &of_two),
        ];
        assert_eq!(entries, expected);
    }

    #[test]
    fn ok_an_address_shows_with_quotes_where_needed() {
        for (mailbox, shown) in [
            ("ann.bee+x", "ann.bee+x@example.org"),
            ("äöü", "äöü@example.org"),
            ("ann bee", "\"ann bee\"@example.org"),
            ("a\"b\\", "\"a\\\"b\\\\\"@example.org"),
            (".ann", "\".ann\"@example.org"),
            ("a..b", "\"a..b\"@example.org"),
        ] {
            let spec = address(mailbox, "example.org").addr_spec();
            assert_eq!(spec.map(|spec| spec.to_string()).as_deref(), Some(shown));
        }
    }

    #[test]
    fn ok_no_address_where_something_is_missing() {
        for (mailbox, host) in [
            ("group", ""),
            ("", ""),
            ("MISSING_MAILBOX", "x"),
            ("ann", "MISSING_DOMAIN"),
        ] {
            assert_eq!(address(mailbox, host).addr_spec(), None);
        }
    }
}
