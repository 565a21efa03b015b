//! The parts of a message, as ranges of its octets.
//!
//! [RFC 2046 section 5](https://www.rfc-editor.org/rfc/rfc2046#section-5)

use std::ops::Range;

use super::field::{is_blank, line_len};
use super::parameter::ContentType;

/// A message, or a part of one: a header, and a body with what is inside it.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// Its header, with the empty line if there is one.
    pub(super) header: Range<usize>,
    /// Its body, without the line break in front of a boundary.
    pub(super) body: Range<usize>,
    pub(super) kind: Kind,
    /// The parts of a multipart, or the message inside.
    pub(super) children: Vec<usize>,
    /// Whether it is a message if its header does not say what it is.
    pub(super) in_digest: bool,
}

impl Entity {
    /// The header, of the octets of the message.
    pub(super) fn header<'a>(&self, octets: &'a [u8]) -> &'a [u8] {
        octets.get(self.header.clone()).unwrap_or_default()
    }

    /// The body, of the octets of the message.
    pub(super) fn body<'a>(&self, octets: &'a [u8]) -> &'a [u8] {
        octets.get(self.body.clone()).unwrap_or_default()
    }

    /// What it is, said or assumed; what is not looked into is something without parts.
    pub(super) fn content_type(&self, octets: &[u8]) -> ContentType {
        match self.kind {
            Kind::Opaque => ContentType::new("application", "octet-stream"),
            _ => ContentType::of(self.header(octets), self.in_digest),
        }
    }
}

/// What an entity has inside.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// No parts.
    Leaf,
    /// A message.
    Message,
    /// Parts, one at least.
    Multipart,
    /// Parts that are too many or too deep to be looked at.
    Opaque,
}

/// The entities of a message, each in front of those inside it; the first is the message itself.
///
/// Each line is looked at once, and nothing recurs.
pub(super) fn entities(octets: &[u8]) -> Vec<Entity> {
    let mut splitter = Splitter {
        octets,
        entities: Vec::new(),
        open: Vec::new(),
        in_header: true,
    };
    splitter.begin(0, false);
    let mut at = 0;
    while let Some(line) = octets.get(at..).filter(|rest| !rest.is_empty()) {
        let line = line.get(..line_len(line)).unwrap_or(line);
        splitter.line(line, at);
        at += line.len();
    }
    splitter.close(0, octets.len());
    splitter.entities
}

/// What is known of a message when some of its lines have been read.
struct Splitter<'a> {
    octets: &'a [u8],
    entities: Vec<Entity>,
    open: Vec<Open>,
    /// Whether the innermost entity's header is not over.
    in_header: bool,
}

/// An entity that has not come to its end.
struct Open {
    entity: usize,
    /// What divides the parts of a multipart, until the last of them.
    boundary: Option<Vec<u8>>,
}

/// A line that divides parts.
struct Delimiter {
    /// Which of the open entities it belongs to.
    level: usize,
    is_last: bool,
}

impl Splitter<'_> {
    fn line(&mut self, line: &[u8], at: usize) {
        let end = at + line.len();
        if let Some(delimiter) = self.delimiter(line) {
            self.close(delimiter.level + 1, self.line_break(at));
            if delimiter.is_last {
                if let Some(open) = self.open.last_mut() {
                    open.boundary = None;
                }
                self.in_header = false;
            } else {
                self.begin_part(end);
            }
        } else if self.in_header && is_blank(line) {
            self.begin_body(end);
        }
    }

    /// The delimiter that a line is; of two boundaries that it begins with the longer one counts.
    fn delimiter(&self, line: &[u8]) -> Option<Delimiter> {
        let text = line.strip_prefix(b"--")?;
        let mut found = None;
        let mut longest = 0;
        for (level, open) in self.open.iter().enumerate() {
            if let Some(boundary) = &open.boundary
                && boundary.len() >= longest
                && let Some(rest) = text.strip_prefix(boundary.as_slice())
            {
                longest = boundary.len();
                let is_last = rest.starts_with(b"--");
                found = Some(Delimiter { level, is_last });
            }
        }
        found
    }

    /// The line break in front of `at` belongs to the delimiter there.
    fn line_break(&self, at: usize) -> usize {
        let before = self.octets.get(..at).unwrap_or_default();
        let before = before.strip_suffix(b"\n").unwrap_or(before);
        before.strip_suffix(b"\r").unwrap_or(before).len()
    }

    fn begin_part(&mut self, at: usize) {
        if self.entities.len() >= MAX_ENTITIES {
            self.in_header = false;
            return;
        }
        let parent = self.open.last().map(|open| open.entity);
        let parent = parent.and_then(|parent| self.entities.get(parent));
        let in_digest = parent.is_some_and(|parent| {
            let content = parent.content_type(self.octets);
            content.is("multipart", "digest")
        });
        self.begin(at, in_digest);
    }

    fn begin(&mut self, at: usize, in_digest: bool) {
        let entity = self.entities.len();
        if let Some(parent) = self.open.last().map(|open| open.entity)
            && let Some(parent) = self.entities.get_mut(parent)
        {
            parent.children.push(entity);
        }
        self.entities.push(Entity {
            header: at..at,
            body: at..at,
            kind: Kind::Leaf,
            children: Vec::new(),
            in_digest,
        });
        self.open.push(Open {
            entity,
            boundary: None,
        });
        self.in_header = true;
    }

    /// Ends the header of the innermost entity.
    fn begin_body(&mut self, at: usize) {
        self.in_header = false;
        let is_full = self.open.len() >= MAX_DEPTH || self.entities.len() >= MAX_ENTITIES;
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let Some(entity) = self.entities.get_mut(open.entity) else {
            return;
        };
        let at = at.max(entity.header.start);
        entity.header.end = at;
        entity.body = at..at;
        let content = entity.content_type(self.octets);
        let boundary = content.boundary();
        let is_message = content.is_message();
        if boundary.is_none() && !is_message {
            return;
        }
        if is_full {
            entity.kind = Kind::Opaque;
        } else if is_message {
            entity.kind = Kind::Message;
            self.begin(at, false);
        } else {
            entity.kind = Kind::Multipart;
            open.boundary = boundary;
        }
    }

    /// Ends the entities from this level on.
    fn close(&mut self, level: usize, end: usize) {
        // A header without an end of its own has an empty body behind it.
        while self.in_header {
            self.begin_body(end);
        }
        while self.open.len() > level {
            let Some(open) = self.open.pop() else {
                return;
            };
            let Some(entity) = self.entities.get_mut(open.entity) else {
                return;
            };
            entity.body.end = end.max(entity.body.start);
            let end = entity.body.end;
            if entity.kind == Kind::Multipart && entity.children.is_empty() {
                self.add_empty_part(open.entity, end);
            }
        }
    }

    /// A multipart in which no part begins has an empty one, since the syntax of BODYSTRUCTURE wants
    /// one at least.
    fn add_empty_part(&mut self, parent: usize, at: usize) {
        let child = self.entities.len();
        if let Some(parent) = self.entities.get_mut(parent) {
            parent.children.push(child);
        }
        self.entities.push(Entity {
            header: at..at,
            body: at..at,
            kind: Kind::Leaf,
            children: Vec::new(),
            in_digest: false,
        });
    }
}

/// Levels of parts inside parts that are looked into.
const MAX_DEPTH: usize = 50;
/// Parts of a message that are looked at.
const MAX_ENTITIES: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Each entity with its depth, what it is, its header and its body.
    fn shown(octets: &[u8]) -> Vec<String> {
        let all = entities(octets);
        let mut depths = vec![0; all.len()];
        for (n, entity) in all.iter().enumerate() {
            for child in &entity.children {
                depths[*child] = depths[n] + 1;
            }
        }
        let shown = all.iter().zip(depths).map(|(entity, depth)| {
            let header = entity.header(octets).escape_ascii();
            let body = entity.body(octets).escape_ascii();
            format!("{depth} {:?} {header} | {body}", entity.kind)
        });
        shown.collect()
    }

    #[test]
    fn ok_parts_end_in_front_of_the_line_break_of_their_boundary() {
        let octets = b"Content-Type: multipart/x; boundary=b\n\npre --b\n--b\n\none\n\n--b \nA: 1\n\n--b--\nend\n--b\n";
        assert_eq!(
            shown(octets)[1..],
            ["1 Leaf \\n | one\\n", "1 Leaf A: 1\\n\\n | "]
        );
    }

    #[test]
    fn ok_messages_inside_and_boundaries_that_begin_alike() {
        let octets = b"Content-Type: multipart/mixed; boundary=ab\r\n\r\n\
            --ab\r\nContent-Type: message/rfc822\r\n\r\n\
            Content-Type: multipart/digest; boundary=a\r\n\r\n\
            --a\r\n\r\nSubject: x\r\n\r\nhi\r\n--a--\r\n\r\n--ab--\r\n";
        assert_eq!(
            shown(octets)[2..],
            [
                "2 Multipart Content-Type: multipart/digest; boundary=a\\r\\n\\r\\n | \
                 --a\\r\\n\\r\\nSubject: x\\r\\n\\r\\nhi\\r\\n--a--\\r\\n",
                "3 Message \\r\\n | Subject: x\\r\\n\\r\\nhi",
                "4 Leaf Subject: x\\r\\n\\r\\n | hi",
            ]
        );
    }

    #[test]
    fn ok_what_is_cut_off() {
        assert_eq!(shown(b""), ["0 Leaf  | "]);
        assert_eq!(shown(b"A: 1"), ["0 Leaf A: 1 | "]);
        assert_eq!(shown(b"\r\nx"), ["0 Leaf \\r\\n | x"]);
        let head = "Content-Type: multipart/x; boundary=b\n\n";
        let parts = |rest: &str| shown(format!("{head}{rest}").as_bytes())[1..].to_vec();
        assert_eq!(parts("no parts"), ["1 Leaf  | "]);
        assert_eq!(parts("--b"), ["1 Leaf  | "]);
        assert_eq!(parts("--b--"), ["1 Leaf  | "]);
        assert_eq!(
            parts("--b\nContent-Type: message/rfc822\n--b--"),
            ["1 Message Content-Type: message/rfc822 | ", "2 Leaf  | "]
        );
        assert_eq!(
            shown(head.trim_end().as_bytes()),
            [
                "0 Multipart Content-Type: multipart/x; boundary=b | ",
                "1 Leaf  | "
            ]
        );
        assert_eq!(
            parts("--b\nA: 1\n--b\n\nx"),
            ["1 Leaf A: 1 | ", "1 Leaf \\n | x"]
        );
    }

    #[test]
    fn ok_depth_and_count_are_bounded() {
        let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
        let all = entities(deep.as_bytes());
        assert_eq!(all.len(), MAX_DEPTH);
        assert_eq!(all[MAX_DEPTH - 1].kind, Kind::Opaque);

        let head = "Content-Type: multipart/x; boundary=b\n\n";
        let wide = format!("{head}{}", "--b\n\n".repeat(20_000));
        assert_eq!(entities(wide.as_bytes()).len(), MAX_ENTITIES);
    }
}
