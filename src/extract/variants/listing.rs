//! The files of a repository, in the order of their paths: what one of them is may depend on the others.

use crate::extract::format::Together;
use crate::model::order::order;

/// The files of a repository.
pub(super) struct Listing<'a> {
    files: Vec<(&'a str, Option<u64>)>,
    pub(super) together: Together,
}

impl<'a> Listing<'a> {
    pub(super) fn new(files: &[(&'a str, Option<u64>)]) -> Self {
        let mut together = Together::default();
        for (path, _) in files {
            together.add(path);
        }
        let key = |index: usize| files.get(index);
        let order = order(files.len(), &|one, other| key(one).cmp(&key(other)));
        let sorted = order.into_iter().filter_map(|index| files.get(index as usize).copied());
        let mut files: Vec<_> = sorted.collect();
        // A path that is listed twice is one file; the first of equal ones has no size, if any has none.
        files.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1;
            }
            same
        });
        Self { files, together }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&'a str, Option<u64>)> + '_ {
        self.files.iter().copied()
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.binary_search_by(|(other, _)| (*other).cmp(path)).is_ok()
    }

    /// Whether a folder has a file of that name.
    pub(super) fn has_in(&self, folder: &str, name: &str) -> bool {
        self.has(&join(folder, name))
    }

    /// Whether a path starts so.
    pub(super) fn has_start(&self, start: &str) -> bool {
        let first = self.files.partition_point(|(path, _)| *path < start);
        self.files.get(first).is_some_and(|(path, _)| path.starts_with(start))
    }

    /// The folder that a folder is a part of: that of a pipeline of diffusers, or of sentence-transformers.
    pub(super) fn whole_of<'p>(&self, folder: &'p str) -> Option<&'p str> {
        if folder.is_empty() {
            return None;
        }
        let (parent, own) = folder.rsplit_once('/').unwrap_or(("", folder));
        let module = own.split_once('_').is_some_and(|(number, _)| is_number(number));
        let part = self.has_in(parent, "model_index.json")
            || module && self.has_in(parent, "modules.json");
        part.then_some(parent)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The folder of a path, and the name.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
