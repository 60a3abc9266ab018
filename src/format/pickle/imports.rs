//! The imports of a pickle, each once.

use super::global::{self, Global};
use super::limits::MAX_IMPORTS;
use super::risk::risk;
use crate::model::file_facts::{ImportRisk, PickleImport};

/// What pickles import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imports {
    /// Each once, in the order of the pickles.
    rows: Vec<PickleImport>,
    /// How many were left out, because there were too many of their risk; some of them may be told.
    pub more: u64,
}

impl Imports {
    /// Whether nothing is imported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds what a pickle imports, and says what is known of it; only a part that is a text has a name.
    pub(super) fn add(&mut self, module: Option<&[u8]>, name: Option<&[u8]>) -> Global {
        let parts = [module.unwrap_or(b"?"), b".", name.unwrap_or(b"?")].concat();
        let import = String::from_utf8_lossy(&parts).into_owned();
        let known = global::known(&import);
        self.keep(import);
        known
    }

    /// Adds an import by its whole name.
    pub(crate) fn keep(&mut self, import: String) {
        let risk = risk(&import);
        self.insert(PickleImport { name: import, risk });
    }

    fn insert(&mut self, import: PickleImport) {
        if self.rows.iter().any(|row| row.name == import.name) {
            return;
        }
        if self.rows.iter().filter(|row| row.risk == import.risk).count() < MAX_IMPORTS {
            self.rows.push(import);
        } else {
            self.more += 1;
        }
    }

    /// Takes over the imports of another pickle.
    pub(crate) fn take(&mut self, other: Self) {
        self.more += other.more;
        other.rows.into_iter().for_each(|import| self.insert(import));
    }

    /// Those of TorchScript classes, which stand in the archive and are no Python, are safe.
    pub(crate) fn trust_archive(&mut self) {
        for row in &mut self.rows {
            let own = row.name.starts_with("__torch__.") && !row.name.contains('?');
            if own && row.risk == ImportRisk::Suspicious {
                row.risk = ImportRisk::Safe;
            }
        }
    }

    /// All of them, the most dangerous first.
    #[must_use]
    pub fn list(&self) -> Vec<PickleImport> {
        let mut list = Vec::new();
        for risk in [ImportRisk::Dangerous, ImportRisk::Suspicious, ImportRisk::Safe] {
            list.extend(self.rows.iter().filter(|row| row.risk == risk).cloned());
        }
        list
    }
}
