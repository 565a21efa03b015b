//! Threads by what messages refer to. The numbers are those of the steps in the RFC.
//!
//! [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3), REFERENCES

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::forest::Forest;
use super::message_id::{message_id, references};
use crate::search::Candidate;
use crate::search::subject::BaseSubject;

/// REFERENCES.
pub(super) fn by_subject(messages: &[Candidate<'_>]) -> Forest {
    let sent = sent(messages);
    let mut forest = linked(messages);
    prune(&mut forest);
    // (4)
    sort_roots(&mut forest, &sent);
    merge_subjects(&mut forest, messages);
    sort_all(&mut forest, &sent);
    forest
}

/// REFS: without subjects, and the thread in which a message arrived last is the last.
pub(super) fn by_arrival(messages: &[Candidate<'_>]) -> Forest {
    let mut forest = linked(messages);
    prune(&mut forest);
    sort_all(&mut forest, &sent(messages));
    let arrived: Vec<i64> = messages.iter().map(|m| m.internal_date.to_unix()).collect();
    let latest = |root: &usize| {
        let nodes = forest.nodes_under(&[*root]);
        let latest = nodes
            .iter()
            .filter_map(|node| Some((*arrived.get(*node)?, *node)));
        latest.max()
    };
    let mut roots = forest.roots.clone();
    roots.sort_by_cached_key(latest);
    forest.roots = roots;
    forest
}

fn sent(messages: &[Candidate<'_>]) -> Vec<i64> {
    messages.iter().map(Candidate::sent).collect()
}

/// (1) and (2): messages below those that they refer to, and nodes for messages that are not there.
fn linked(messages: &[Candidate<'_>]) -> Forest {
    let mut links = Links {
        ids: HashMap::new(),
        parents: vec![None; messages.len()],
    };
    for (node, message) in messages.iter().enumerate() {
        if let Some(id) = message_id(message.mail) {
            // The first message with an identifier has it.
            links.ids.entry(id).or_insert(node);
        }
    }
    for (node, message) in messages.iter().enumerate() {
        // (A)
        let mut parent = None;
        for id in references(message.mail) {
            let child = links.node(id);
            if let Some(parent) = parent
                && links.parent(child).is_none()
            {
                links.link(parent, child);
            }
            parent = Some(child);
        }
        // (B)
        links.unlink(node);
        if let Some(parent) = parent {
            links.link(parent, node);
        }
    }
    Forest::of_parents(messages.len(), &links.parents)
}

/// Who is below whom.
struct Links {
    ids: HashMap<Vec<u8>, usize>,
    parents: Vec<Option<usize>>,
}

impl Links {
    /// The message with this identifier, or a node in its place.
    fn node(&mut self, id: Vec<u8>) -> usize {
        let new = self.parents.len();
        let node = *self.ids.entry(id).or_insert(new);
        if node == new {
            self.parents.push(None);
        }
        node
    }

    fn parent(&self, node: usize) -> Option<usize> {
        self.parents.get(node).copied().flatten()
    }

    fn unlink(&mut self, child: usize) {
        if let Some(place) = self.parents.get_mut(child) {
            *place = None;
        }
    }

    /// Puts a node without parent below another, unless that is below it.
    fn link(&mut self, parent: usize, child: usize) {
        let mut above = Some(parent);
        while let Some(node) = above {
            if node == child {
                return;
            }
            above = self.parent(node);
        }
        if let Some(place) = self.parents.get_mut(child) {
            *place = Some(parent);
        }
    }
}

/// (3): takes nodes that are no messages away, and puts their children in their place.
fn prune(forest: &mut Forest) {
    let nodes = forest.nodes_under(&forest.roots);
    for node in nodes.into_iter().rev() {
        let children = forest.take_children(node);
        let children = children.into_iter().flat_map(|child| {
            if forest.is_dummy(child) {
                forest.take_children(child)
            } else {
                vec![child]
            }
        });
        let children = children.collect();
        forest.set_children(node, children);
    }
    for root in std::mem::take(&mut forest.roots) {
        match forest.children(root) {
            [] if forest.is_dummy(root) => {}
            [child] if forest.is_dummy(root) => {
                let child = *child;
                forest.roots.push(child);
            }
            _ => forest.roots.push(root),
        }
    }
}

/// Sorts messages by when they were sent, and nodes that are none by the first message in them.
fn sort_nodes(forest: &Forest, nodes: &mut [usize], sent: &[i64]) {
    nodes.sort_by_key(|node| {
        let message = forest.message(*node);
        message.and_then(|message| Some((*sent.get(message)?, message)))
    });
}

/// Sorts the roots, and the children of those that are no messages.
fn sort_roots(forest: &mut Forest, sent: &[i64]) {
    let mut roots = std::mem::take(&mut forest.roots);
    for root in &roots {
        if forest.is_dummy(*root) {
            sort_children(forest, *root, sent);
        }
    }
    sort_nodes(forest, &mut roots, sent);
    forest.roots = roots;
}

/// (6)
fn sort_all(forest: &mut Forest, sent: &[i64]) {
    let nodes = forest.nodes_under(&forest.roots);
    for node in nodes.into_iter().rev() {
        sort_children(forest, node, sent);
    }
    sort_roots(forest, sent);
}

fn sort_children(forest: &mut Forest, node: usize, sent: &[i64]) {
    let mut children = forest.take_children(node);
    sort_nodes(forest, &mut children, sent);
    forest.set_children(node, children);
}

/// (5): puts threads with the same subject together.
fn merge_subjects(forest: &mut Forest, messages: &[Candidate<'_>]) {
    let roots = forest.roots.clone();
    let subject = |forest: &Forest, root: usize| {
        let message = messages.get(forest.message(root)?)?;
        Some(BaseSubject::of(message.mail)).filter(|subject| !subject.text.is_empty())
    };
    let subjects: Vec<_> = roots.iter().map(|root| subject(forest, *root)).collect();
    let mut table = subject_table(forest, &roots, &subjects);
    let mut merged = Vec::new();
    for (current, subject) in roots.iter().copied().zip(&subjects) {
        // (C)
        let Some(subject) = subject else {
            merged.push(current);
            continue;
        };
        let Some((other, is_reply)) = table.get_mut(subject.text.as_str()) else {
            continue;
        };
        if *other == current {
            merged.push(current);
        } else if forest.is_dummy(*other) {
            let children = if forest.is_dummy(current) {
                forest.take_children(current)
            } else {
                vec![current]
            };
            forest.add_children(*other, children);
        } else if subject.is_reply && !*is_reply {
            forest.add_children(*other, vec![current]);
        } else {
            let dummy = forest.add_dummy(vec![*other, current]);
            merged.push(dummy);
            *other = dummy;
        }
    }
    // Roots that stand behind those that were merged into them are there already.
    forest.roots = without_children(forest, merged);
}

/// (B): one root for each subject, and whether its message replies.
fn subject_table<'s>(
    forest: &Forest,
    roots: &[usize],
    subjects: &'s [Option<BaseSubject>],
) -> HashMap<&'s str, (usize, bool)> {
    let mut table: HashMap<&str, (usize, bool)> = HashMap::new();
    for (root, subject) in roots.iter().zip(subjects) {
        let Some(subject) = subject else {
            continue;
        };
        match table.entry(&subject.text) {
            Entry::Vacant(place) => {
                place.insert((*root, subject.is_reply));
            }
            Entry::Occupied(mut place) => {
                let (other, is_reply) = *place.get();
                let is_better = forest.is_dummy(*root) || is_reply && !subject.is_reply;
                if !forest.is_dummy(other) && is_better {
                    place.insert((*root, subject.is_reply));
                }
            }
        }
    }
    table
}

/// The roots that did not come below another one.
fn without_children(forest: &Forest, mut roots: Vec<usize>) -> Vec<usize> {
    let below: std::collections::HashSet<usize> = roots
        .iter()
        .filter(|root| forest.is_dummy(**root))
        .flat_map(|root| forest.children(*root).iter().copied())
        .collect();
    roots.retain(|root| !below.contains(root));
    roots
}
