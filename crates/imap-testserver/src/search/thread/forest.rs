//! Threads in the making.

use std::num::NonZeroU32;

use imap_proto::Arena;
use imap_proto::response::Thread;

/// Trees of messages, and of others that only hold messages together.
///
/// The first nodes are the messages in their order. Nothing here recurs, since threads can be as deep as
/// a mailbox has messages.
#[derive(Clone, Debug)]
pub(super) struct Forest {
    /// How many of the nodes are messages.
    messages: usize,
    /// The children of each node.
    children: Vec<Vec<usize>>,
    pub(super) roots: Vec<usize>,
}

impl Forest {
    /// A forest of so many messages, which do not belong anywhere yet.
    pub(super) fn of_messages(messages: usize) -> Self {
        Self {
            messages,
            children: vec![Vec::new(); messages],
            roots: Vec::new(),
        }
    }

    /// Trees with these parents; the first nodes are messages. No node may be below itself.
    pub(super) fn of_parents(messages: usize, parents: &[Option<usize>]) -> Self {
        let mut forest = Self {
            messages,
            children: vec![Vec::new(); parents.len()],
            roots: Vec::new(),
        };
        for (node, parent) in parents.iter().enumerate() {
            match parent.and_then(|parent| forest.children.get_mut(parent)) {
                Some(children) => children.push(node),
                None => forest.roots.push(node),
            }
        }
        forest
    }

    /// A new node that is no message.
    pub(super) fn add_dummy(&mut self, children: Vec<usize>) -> usize {
        self.children.push(children);
        self.children.len() - 1
    }

    pub(super) fn set_children(&mut self, node: usize, children: Vec<usize>) {
        if let Some(place) = self.children.get_mut(node) {
            *place = children;
        }
    }

    pub(super) fn take_children(&mut self, node: usize) -> Vec<usize> {
        self.children
            .get_mut(node)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    pub(super) fn add_children(&mut self, node: usize, more: Vec<usize>) {
        if let Some(children) = self.children.get_mut(node) {
            children.extend(more);
        }
    }

    pub(super) fn children(&self, node: usize) -> &[usize] {
        self.children
            .get(node)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    pub(super) const fn is_dummy(&self, node: usize) -> bool {
        node >= self.messages
    }

    /// The node's message, or else the first one below it.
    pub(super) fn message(&self, node: usize) -> Option<usize> {
        if self.is_dummy(node) {
            let first = self.children(node).first().copied();
            first.filter(|first| !self.is_dummy(*first))
        } else {
            Some(node)
        }
    }

    /// All nodes under these, each in front of those under it.
    pub(super) fn nodes_under(&self, roots: &[usize]) -> Vec<usize> {
        let mut nodes = Vec::new();
        let mut open: Vec<usize> = roots.iter().rev().copied().collect();
        while let Some(node) = open.pop() {
            nodes.push(node);
            open.extend(self.children(node).iter().rev());
        }
        nodes
    }

    /// The trees as a THREAD response has them.
    pub(super) fn to_threads<'a>(
        &self,
        numbers: &[NonZeroU32],
        arena: &'a Arena,
    ) -> &'a [Thread<'a>] {
        let heads = self.heads();
        let mut built: Vec<Option<Thread<'a>>> = vec![None; self.children.len()];
        for (head, level) in heads.into_iter().rev() {
            let (row, last) = if level < MAX_LEVEL {
                self.row(head)
            } else {
                (self.nodes_under(&[head]), None)
            };
            let replies = last.map(|last| self.children(last)).unwrap_or_default();
            let replies = replies.iter().filter_map(|head| *built.get(*head)?);
            let messages = row.iter().filter_map(|node| numbers.get(*node).copied());
            let thread = Thread {
                messages: arena.alloc_slice(messages),
                replies: arena.alloc_slice(replies),
            };
            if let Some(place) = built.get_mut(head) {
                *place = Some(thread);
            }
        }
        arena.alloc_slice(self.roots.iter().filter_map(|root| *built.get(*root)?))
    }

    /// The nodes that begin a row of messages, and how many branches are above them, from above.
    fn heads(&self) -> Vec<(usize, usize)> {
        let mut heads = Vec::new();
        let mut open: Vec<(usize, usize)> = self.roots.iter().map(|root| (*root, 0)).collect();
        while let Some((head, level)) = open.pop() {
            heads.push((head, level));
            if level < MAX_LEVEL {
                let (_, last) = self.row(head);
                let replies = last.map(|last| self.children(last)).unwrap_or_default();
                open.extend(replies.iter().map(|reply| (*reply, level + 1)));
            }
        }
        heads
    }

    /// The nodes from this one to the next that has several children, or none, and that one.
    fn row(&self, head: usize) -> (Vec<usize>, Option<usize>) {
        let mut row = vec![head];
        let mut last = head;
        while let [child] = self.children(last) {
            row.push(*child);
            last = *child;
        }
        (row, Some(last))
    }
}

/// Levels of branches that an answer has at most.
const MAX_LEVEL: usize = 200;
