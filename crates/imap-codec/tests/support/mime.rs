//! Envelopes and body structures.

use imap_proto::{
    Address, BodyExtension, BodyStructure, Disposition, Envelope, IString, MultiPart, Parameter,
    PartKind, SinglePart,
};

use super::Gen;

/// Levels that a parser takes by default.
const MAX_DEPTH: usize = 64;

impl<'a> Gen<'a> {
    pub(crate) fn envelope(&mut self) -> &'a Envelope<'a> {
        let envelope = Envelope {
            date: self.nstring(),
            subject: self.nstring(),
            from: self.list(Self::address),
            sender: self.list(Self::address),
            reply_to: self.list(Self::address),
            to: self.list(Self::address),
            cc: self.list(Self::address),
            bcc: self.list(Self::address),
            in_reply_to: self.nstring(),
            message_id: self.nstring(),
        };
        self.alloc(envelope)
    }

    fn address(&mut self) -> Address<'a> {
        Address {
            name: self.nstring(),
            route: self.nstring(),
            mailbox: self.nstring(),
            host: self.nstring(),
        }
    }

    /// A structure, at times as deep as a parser takes it.
    pub(crate) fn body_structure(&mut self) -> BodyStructure<'a> {
        if !self.one_in(16) {
            return self.body(4);
        }
        let mut body = self.single_part(0);
        for _ in 1..MAX_DEPTH {
            body = if self.one_in(2) {
                self.multi_part(&[body])
            } else {
                self.message(body)
            };
        }
        body
    }

    fn body(&mut self, depth: usize) -> BodyStructure<'a> {
        if depth > 0 && self.one_in(3) {
            let parts = self.list1(|g| g.body(depth - 1));
            self.multi_part(parts)
        } else {
            self.single_part(depth)
        }
    }

    fn multi_part(&mut self, parts: &[BodyStructure<'a>]) -> BodyStructure<'a> {
        let part = MultiPart {
            parts: self.arena.alloc_slice(parts.iter().copied()),
            media_subtype: self.string(),
            parameters: self.list(Self::parameter),
            extension: self.extension(),
        };
        BodyStructure::Multi(self.alloc(part))
    }

    fn single_part(&mut self, depth: usize) -> BodyStructure<'a> {
        match self.below(if depth > 0 { 3 } else { 2 }) {
            0 => {
                let lines = self.number64();
                self.part(
                    self.word_of("TEXT"),
                    "PLAIN".into(),
                    PartKind::Text { lines },
                )
            }
            1 => {
                let media_type = self.pick(&["IMAGE", "application", "X\"Y", ""]).into();
                let media_subtype = self.string();
                self.part(media_type, media_subtype, PartKind::Basic)
            }
            _ => {
                let body = self.body(depth - 1);
                self.message(body)
            }
        }
    }

    fn word_of(&self, word: &'a str) -> IString<'a> {
        if self.decisions.len().is_multiple_of(2) {
            word.into()
        } else {
            IString(self.keep(&word.as_bytes().to_ascii_lowercase()))
        }
    }

    fn message(&mut self, body: BodyStructure<'a>) -> BodyStructure<'a> {
        let kind = PartKind::Message {
            envelope: self.envelope(),
            body,
            lines: self.number64(),
        };
        self.part("MESSAGE".into(), self.word_of("RFC822"), kind)
    }

    fn part(
        &mut self,
        media_type: IString<'a>,
        media_subtype: IString<'a>,
        kind: PartKind<'a>,
    ) -> BodyStructure<'a> {
        let part = SinglePart {
            media_type,
            media_subtype,
            parameters: self.list(Self::parameter),
            id: self.nstring(),
            description: self.nstring(),
            encoding: self.string(),
            octets: self.number(),
            kind,
            md5: self.nstring(),
            extension: self.extension(),
        };
        BodyStructure::Single(self.alloc(part))
    }

    fn extension(&mut self) -> BodyExtension<'a> {
        if self.one_in(2) {
            return BodyExtension::default();
        }
        BodyExtension {
            disposition: self.option(|g| {
                let disposition = Disposition {
                    kind: g.string(),
                    parameters: g.list(Self::parameter),
                };
                g.alloc(disposition)
            }),
            language: self.list(Self::string),
            location: self.nstring(),
        }
    }

    fn parameter(&mut self) -> Parameter<'a> {
        Parameter {
            name: self.string(),
            value: self.string(),
        }
    }
}
