//! What is wrong with a directory.

use super::entry::{Archive, Entry};
use super::limits::MAX_RATIO;
use crate::format::problem::Problems;
use crate::model::order::order;
use std::cmp::Ordering;

/// Encrypted, patched, strongly encrypted, masked header. PyTorch ignores them, scanners stumble over them
/// (CVE-2025-1945).
const ODD_FLAGS: u16 = 1 | 1 << 5 | 1 << 6 | 1 << 13;

/// Reports entries that overlap, repeat a name, or lie about their size.
pub(super) fn check(archive: &mut Archive) {
    let mut problems = std::mem::take(&mut archive.problems);
    for entry in &archive.entries {
        check_entry(entry, archive.directory.start, &mut problems);
    }
    check_names(&archive.entries, &mut problems);
    check_places(&archive.entries, &mut problems);
    archive.problems = problems;
}

fn check_entry(entry: &Entry, directory: u64, problems: &mut Problems) {
    let mut tell = |wrong: bool, code, what: &str| {
        if wrong {
            problems.add(code, &entry.name, what);
        }
    };
    tell(leaves_the_folder(&entry.name), "unsafe_name", "its path leaves the folder");
    tell(entry.flags & ODD_FLAGS != 0, "odd_flags", "flags of encryption, which loaders ignore");
    tell(
        least_end(entry) > directory,
        "past_the_end",
        "it reaches past the start of the directory",
    );
    let bomb = entry.size / MAX_RATIO > entry.compressed;
    tell(bomb, "compression_bomb", "its size is more than it can have");
    let stored = entry.method == 0 && entry.size != entry.compressed;
    tell(stored, "size_differs", "stored without compression, in other bytes than its size");
}

fn leaves_the_folder(name: &str) -> bool {
    let is_slash = |sign: &u8| matches!(sign, b'/' | b'\\');
    let name = name.as_bytes();
    name.first().is_some_and(is_slash)
        || name.iter().any(|sign| matches!(sign, b':' | 0))
        || name.split(is_slash).any(|part| part == b"..")
}

/// Loaders find entries by name, some of them whatever its case: of two that are alike they take different ones.
fn check_names(entries: &[Entry], problems: &mut Problems) {
    let order = order(entries.len(), &|one, other| same_name(entries, one, other));
    for pair in order.windows(2) {
        let [one, other] = [pair.first(), pair.last()].map(|at| at.map_or(0, |&at| at as usize));
        if same_name(entries, one, other) == Ordering::Equal {
            let name = entries.get(one).map_or("", |entry| &entry.name);
            problems.add("duplicate_name", name, "it stands twice");
        }
    }
}

fn same_name(entries: &[Entry], one: usize, other: usize) -> Ordering {
    let name = |at: usize| entries.get(at).map_or(&[][..], |entry| entry.name.as_bytes());
    let lower = |at| name(at).iter().map(u8::to_ascii_lowercase);
    lower(one).cmp(lower(other))
}

fn check_places(entries: &[Entry], problems: &mut Problems) {
    let offset = |at: usize| entries.get(at).map(|entry| entry.offset);
    let order = order(entries.len(), &|one, other| offset(one).cmp(&offset(other)));
    let mut end = 0;
    for entry in order.iter().filter_map(|&at| entries.get(at as usize)) {
        if entry.offset < end {
            problems.add("overlap", &entry.name, "it overlaps the entry before it");
        }
        end = end.max(least_end(entry));
    }
}

/// Where an entry ends at the earliest: the extra field of its local header is not known.
fn least_end(entry: &Entry) -> u64 {
    let header = 30 + entry.name.len() as u64;
    entry.offset.saturating_add(header).saturating_add(entry.compressed)
}
