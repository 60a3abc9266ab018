//! What an archive holds, and whether it is what its pickle says.

use super::plan::{Role, folder, inside, role};
use crate::format::pickle::{self, PickleFacts};
use crate::format::problem::Problems;
use crate::format::zip::{Archive, Entry};
use crate::model::order::order;

/// The pickles of an archive: the one that is loaded, and what the others import.
pub(super) fn pickles(archive: &Archive, problems: &mut Problems) -> PickleFacts {
    let folder = folder(archive);
    let mut object: Option<PickleFacts> = None;
    let mut others = Vec::new();
    for (entry, read) in archive.read() {
        let role = role(entry, folder);
        let starts = matches!(*read.bytes, [0x80, 2..=5, ..]);
        if role == Role::Note || role == Role::Odd && !starts {
            continue;
        }
        let mut facts = pickle::read(&read.bytes);
        problems.take(&mut facts.problems);
        if role == Role::Object && object.is_none() && inside(entry, folder).is_some() {
            object = Some(facts);
            continue;
        }
        if role != Role::Constants {
            problems.add("hidden_pickle", &entry.name, "a pickle that PyTorch does not load");
            facts.totals.clear();
        }
        others.push(facts);
    }
    let mut object = object.unwrap_or_else(|| {
        problems.add("missing_object", "", "expected data.pkl in the archive, found none");
        PickleFacts::default()
    });
    for other in others {
        object.add(other);
    }
    object
}

/// Reports storages that are not there or have other sizes, and entries that nobody refers to.
pub(super) fn check_storages(archive: &Archive, pickle: &PickleFacts, problems: &mut Problems) {
    let (entries, folder) = (&archive.entries, folder(archive));
    let name = |at: u32| entries.get(at as usize).map_or("", |entry| entry.name.as_str());
    let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let order = order(entries.len(), &|one, other| name(at(one)).cmp(name(at(other))));
    let mut used = vec![false; entries.len()];
    for storage in &pickle.storages {
        let path = [folder, "/data/", &storage.key].concat();
        let place = order.partition_point(|&at| name(at) < path.as_str());
        let found = order.get(place).map(|&at| at as usize);
        let Some((at, entry)) = found.and_then(|at| Some((at, named(entries, at, &path)?))) else {
            problems.add("missing_storage", &path, "it is not there");
            continue;
        };
        if let Some(used) = used.get_mut(at) {
            *used = true;
        }
        if entry.size != storage.bytes {
            let counts = (storage.bytes, "bytes", entry.size);
            problems.add_count("storage_differs", &path, counts);
        }
    }
    check_entries(archive, &used, problems);
}

fn named<'a>(entries: &'a [Entry], at: usize, path: &str) -> Option<&'a Entry> {
    entries.get(at).filter(|entry| entry.name == path)
}

fn check_entries(archive: &Archive, used: &[bool], problems: &mut Problems) {
    let folder = folder(archive);
    for (entry, used) in archive.entries.iter().zip(used) {
        let tell = match role(entry, folder) {
            _ if inside(entry, folder).is_none() => "it is in another folder than the first entry",
            Role::Storage if !used && is_data(entry, folder) => "no tensor refers to it",
            Role::Odd => "PyTorch does not know it",
            _ => continue,
        };
        problems.add("unexpected_entry", &entry.name, tell);
    }
}

fn is_data(entry: &Entry, folder: &str) -> bool {
    inside(entry, folder).is_some_and(|path| path.starts_with("data/"))
}
