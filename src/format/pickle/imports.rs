//! The imports of a pickle, each once.

use super::limits::MAX_IMPORTS;
use super::risk::risk;
use crate::model::file_facts::{ImportRisk, PickleImport};

/// Imports by risk, the most dangerous first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imports {
    dangerous: Vec<String>,
    suspicious: Vec<String>,
    safe: Vec<String>,
    /// How many were left out, because there were too many of their risk; some of them may be told.
    pub more: u64,
}

impl Imports {
    /// Adds what a pickle imports; only a part that is a text has a name.
    pub(super) fn add(&mut self, module: Option<&[u8]>, name: Option<&[u8]>) {
        let part = |part: Option<&[u8]>| {
            part.map_or("?".to_owned(), |part| String::from_utf8_lossy(part).into_owned())
        };
        self.keep(part(module) + "." + &part(name));
    }

    /// Adds an import by its whole name.
    pub(crate) fn keep(&mut self, import: String) {
        let risk = risk(&import);
        self.insert(import, risk);
    }

    fn insert(&mut self, import: String, risk: ImportRisk) {
        let list = match risk {
            ImportRisk::Dangerous => &mut self.dangerous,
            ImportRisk::Suspicious => &mut self.suspicious,
            ImportRisk::Safe => &mut self.safe,
        };
        if list.contains(&import) {
            return;
        }
        if list.len() < MAX_IMPORTS {
            list.push(import);
        } else {
            self.more += 1;
        }
    }

    /// Takes over the imports of another pickle.
    pub(crate) fn take(&mut self, other: Self) {
        self.more += other.more;
        for (import, risk) in other.rows() {
            self.insert(import, risk);
        }
    }

    /// Those of TorchScript classes, which stand in the archive and are no Python, are safe.
    pub(crate) fn trust_archive(&mut self) {
        let own = |name: &String| name.starts_with("__torch__.") && !name.contains('?');
        let known = self.suspicious.iter().filter(|name| own(name)).cloned().collect::<Vec<_>>();
        self.suspicious.retain(|name| !own(name));
        for name in known {
            self.insert(name, ImportRisk::Safe);
        }
    }

    fn rows(self) -> impl Iterator<Item = (String, ImportRisk)> {
        let with = |list: Vec<String>, risk| list.into_iter().map(move |name| (name, risk));
        with(self.dangerous, ImportRisk::Dangerous)
            .chain(with(self.suspicious, ImportRisk::Suspicious))
            .chain(with(self.safe, ImportRisk::Safe))
    }

    /// All of them, the most dangerous first.
    #[must_use]
    pub fn list(&self) -> Vec<PickleImport> {
        self.clone().rows().map(|(name, risk)| PickleImport { name, risk }).collect()
    }
}
