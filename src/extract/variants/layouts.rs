//! One model in several layouts: in one file, or in shards of several counts. Each layout is a variant of its own, and
//! all but one are copies.

use super::listing::split;
use super::part::{Part, Role};
use super::sorted::sorted;

/// What layouts of the same weights differ in: whether there are shards, whether those are pieces, and how many.
pub(super) type Layout = (bool, bool, u32);

pub(super) fn layout(part: &Part<'_>) -> Layout {
    let count = part.shard.as_ref().and_then(|shard| shard.count);
    (part.shard.is_some(), part.joined, count.unwrap_or(0))
}

pub(super) fn number(part: &Part<'_>) -> u32 {
    part.shard.as_ref().map_or(0, |shard| shard.number)
}

/// Tells layouts of the same weights apart, and gives each index to the shards it is of.
pub(super) fn tell_apart(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let key = |part: &Part<'_>| (part.role, layout(part), number(part));
    let mut parts = sorted(parts, &|one, other| {
        let whole = (one.format, &one.whole).cmp(&(other.format, &other.whole));
        whole.then_with(|| key(one).cmp(&key(other))).then_with(|| one.path.cmp(other.path))
    });
    let same =
        |one: &Part<'_>, other: &Part<'_>| one.format == other.format && one.whole == other.whole;
    let lone: Vec<_> = parts.chunk_by_mut(same).filter_map(settle).collect();
    adopt(&mut parts, lone);
    parts
}

/// One layout of a whole.
struct Span<'a> {
    layout: Layout,
    files: usize,
    first: &'a str,
}

/// Settles the layouts of one whole. The index, where there is nothing that it could be of.
fn settle(run: &mut [Part<'_>]) -> Option<Lone> {
    let spans = spans(run);
    let Some(main) = longest(&spans, false).or_else(|| longest(&spans, true)) else {
        return run.iter().find(|part| part.role == Role::Index).map(Lone::of);
    };
    let indexed = longest(&spans, true).unwrap_or(main).layout;
    let (main, first) = (main.layout, main.first);
    for part in run.iter_mut() {
        let layout = match part.role {
            Role::Weights => layout(part),
            Role::Index => indexed,
            Role::Support => main,
        };
        if layout != main {
            part.key.push_str(if layout.1 { "#joined" } else { "#" });
            part.key.push_str(&layout.2.to_string());
            part.copy_of = Some(first);
        }
    }
    None
}

fn spans<'a>(run: &[Part<'a>]) -> Vec<Span<'a>> {
    let mut spans: Vec<Span<'a>> = Vec::new();
    for part in run.iter().filter(|part| part.role == Role::Weights) {
        let layout = layout(part);
        match spans.last_mut() {
            Some(span) if span.layout == layout => span.files += 1,
            _ => spans.push(Span { layout, files: 1, first: part.path }),
        }
    }
    spans
}

/// The layout with most files, of those with or without shards; the first of several.
fn longest<'s, 'a>(spans: &'s [Span<'a>], sharded: bool) -> Option<&'s Span<'a>> {
    spans.iter().rev().filter(|span| span.layout.0 == sharded).max_by_key(|span| span.files)
}

/// An index none of whose shards is named after it.
struct Lone {
    format: &'static str,
    folder: String,
    key: String,
}

impl Lone {
    fn of(part: &Part<'_>) -> Self {
        let folder = split(part.path).0.to_owned();
        Self { format: part.format, folder, key: part.key.clone() }
    }
}

/// Files beside such an index are its shards, whatever they are named; but not the author's own layout.
fn adopt(parts: &mut [Part<'_>], lone: Vec<Lone>) {
    if lone.is_empty() {
        return;
    }
    let lone = sorted(lone, &|one, other| {
        (one.format, &one.folder, &one.key).cmp(&(other.format, &other.folder, &other.key))
    });
    for part in parts.iter_mut().filter(|part| part.role == Role::Weights && part.shard.is_none()) {
        let (folder, base) = split(part.path);
        let own = (part.format, folder);
        let place = lone.partition_point(|index| (index.format, index.folder.as_str()) < own);
        let index = lone.get(place).filter(|index| (index.format, index.folder.as_str()) == own);
        if let Some(index) = index.filter(|_| !base.starts_with("consolidated")) {
            part.key.clone_from(&index.key);
        }
    }
}
