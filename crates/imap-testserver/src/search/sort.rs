//! SORT.
//!
//! [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3),
//! [RFC 5957](https://www.rfc-editor.org/rfc/rfc5957)

use imap_proto::command::{SortCriterion, SortKey};
use imap_proto::{Address, Arena};

use super::collation::casemap;
use super::subject::BaseSubject;
use super::{Candidate, Unsupported};
use crate::mime::decode_words;

/// What is compared of a message.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Value {
    Number(i64),
    Text(String),
}

/// The messages in order: the places that they have in `messages`, which is in the order of numbers.
///
/// # Errors
///
/// If one of the criteria belongs to an extension that the server does not have.
///
/// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
pub fn sort(
    criteria: &[SortCriterion<'_>],
    messages: &[Candidate<'_>],
) -> Result<Vec<usize>, Unsupported> {
    let mut rows = Vec::with_capacity(messages.len());
    for (place, message) in messages.iter().enumerate() {
        let values = criteria
            .iter()
            .map(|criterion| value(criterion.key, message));
        rows.push((values.collect::<Result<Vec<_>, _>>()?, place));
    }
    // A stable order, so that numbers decide between equal ones.
    rows.sort_by(|(a, _), (b, _)| {
        let mut orders = a.iter().zip(b).zip(criteria).map(|((a, b), criterion)| {
            let order = a.cmp(b);
            if criterion.reverse {
                order.reverse()
            } else {
                order
            }
        });
        orders
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    Ok(rows.into_iter().map(|(_, place)| place).collect())
}

fn value(key: SortKey<'_>, message: &Candidate<'_>) -> Result<Value, Unsupported> {
    let arena = Arena::new();
    let addresses = |name| message.mail.addresses(name, &arena);
    Ok(match key {
        SortKey::Arrival => Value::Number(message.internal_date.to_unix()),
        SortKey::Cc => mailbox(addresses("Cc")),
        SortKey::Date => Value::Number(message.sent()),
        SortKey::DisplayFrom => display(addresses("From")),
        SortKey::DisplayTo => display(addresses("To")),
        SortKey::From => mailbox(addresses("From")),
        // All fit equally well.
        SortKey::Relevancy => Value::Number(0),
        SortKey::Size => Value::Number(i64::try_from(message.mail.size()).unwrap_or(i64::MAX)),
        SortKey::Subject => Value::Text(BaseSubject::of(message.mail).text),
        SortKey::To => mailbox(addresses("To")),
        SortKey::Annotation { .. } => {
            return Err(Unsupported {
                what: "sort key ANNOTATION",
            });
        }
        _ => return Err(Unsupported { what: "sort key" }),
    })
}

/// `addr-mailbox` of the first address.
fn mailbox(addresses: &[Address<'_>]) -> Value {
    let mailbox = addresses.first().and_then(|address| address.mailbox);
    Value::Text(casemap(&mailbox.unwrap_or_default().to_str_lossy()))
}

/// The first address as it is shown.
///
/// [RFC 5957 section 3](https://www.rfc-editor.org/rfc/rfc5957#section-3)
fn display(addresses: &[Address<'_>]) -> Value {
    let Some(first) = addresses.first() else {
        return Value::Text(String::new());
    };
    let name = first.name.map(|name| decode_words(name.as_bytes()));
    let text = name.filter(|name| !name.is_empty()).unwrap_or_else(|| {
        let mailbox = first.mailbox.unwrap_or_default();
        match first.host {
            Some(host) => format!("{mailbox}@{host}"),
            None => mailbox.to_string(),
        }
    });
    Value::Text(casemap(&text))
}
