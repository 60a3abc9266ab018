//! Which entries of an archive are read.

use crate::format::zip::{Archive, Entry, Wanted, limits::MAX_CONTENT};

/// Entries that nobody expects are read too, since they may be pickles: so many, and of each so much.
const MAX_ODD: usize = 16;
const MAX_ODD_BYTES: u64 = 1 << 20;

/// What an entry is, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The pickle that `torch.load` loads.
    Object,
    /// The constants of a TorchScript module.
    Constants,
    /// Another pickle, by its name.
    Pickle,
    /// The data of a storage.
    Storage,
    /// A line about the archive.
    Note,
    /// Source code and the like, which TorchScript compiles and Python never sees.
    Code,
    /// Anything else.
    Odd,
}

/// The folder that all entries of an archive are in: that of the first one, as PyTorch takes it.
pub(super) fn folder(archive: &Archive) -> &str {
    let first = archive.entries.first().map_or("", |entry| entry.name.as_str());
    first.split_once('/').map_or("", |(folder, _)| folder)
}

/// The path of an entry inside that folder; none of one that is elsewhere.
pub(super) fn inside<'a>(entry: &'a Entry, folder: &str) -> Option<&'a str> {
    entry.name.strip_prefix(folder)?.strip_prefix('/')
}

/// What an entry is. The reader of PyTorch does not look at the case of names.
pub(super) fn role(entry: &Entry, folder: &str) -> Role {
    let path = inside(entry, folder).unwrap_or(&entry.name);
    let path = path.to_ascii_lowercase();
    let ends = |ending: &&str| path.ends_with(*ending);
    let starts = |start: &&str| path.starts_with(*start);
    match path.as_str() {
        "data.pkl" => Role::Object,
        "constants.pkl" => Role::Constants,
        _ if [".pkl", ".pickle", ".p", ".joblib", ".dill"].iter().any(ends) => Role::Pickle,
        "version"
        | "byteorder"
        | ".format_version"
        | ".storage_alignment"
        | ".data/serialization_id" => Role::Note,
        _ if ["data/", "constants/", "tensors/"].iter().any(&starts) => Role::Storage,
        _ if ["code/", "extra/", "model.json"].iter().any(starts) => Role::Code,
        _ if entry.is_folder() => Role::Note,
        _ => Role::Odd,
    }
}

/// The pickles, and what may be one under another name; the lines about the archive where they are at hand.
pub(super) fn plan(archive: &Archive) -> Vec<Wanted> {
    if !archive.contents.is_empty() {
        return Vec::new();
    }
    let folder = folder(archive);
    let mut odd = 0;
    let mut notes = Vec::new();
    let mut wanted = Vec::new();
    for (entry, found) in archive.entries.iter().enumerate() {
        let most = match role(found, folder) {
            Role::Object | Role::Constants | Role::Pickle => MAX_CONTENT,
            Role::Odd if odd < MAX_ODD => {
                odd += 1;
                MAX_ODD_BYTES
            }
            Role::Note => {
                notes.push(Wanted { entry, most: 100, by_the_way: true });
                continue;
            }
            Role::Odd | Role::Storage | Role::Code => continue,
        };
        wanted.push(Wanted { entry, most, by_the_way: false });
    }
    wanted.append(&mut notes);
    wanted
}
