//! What a PyTorch file says of itself.

use super::other::unlike;
use super::{archive, plan};
use crate::error::Result;
use crate::format::container::Container;
use crate::format::pickle::{Imports, PickleFacts};
use crate::format::problem::Problems;
use crate::format::zip::Archive;

/// How a file is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PytorchContainer {
    /// What `torch.save` writes since 1.6.
    Zip,
    /// What `torch.jit.save` writes.
    TorchScript,
    /// What `torch.save` wrote before 1.6, and still does when asked.
    Legacy,
    /// A pickle that is no PyTorch file.
    Pickle,
}

/// What a PyTorch file says of itself.
///
/// Its problems, beside those of the archive and the pickles:
///
/// | code | meaning |
/// |---|---|
/// | `broken_pickle` | it has opcodes that make no sense; what it imports before them counts all the same |
/// | `truncated_pickle` | it ends before its last opcode |
/// | `large_pickle` | it is larger than is followed, or than is read |
/// | `several_pickles` | pickles stand one behind another where one is loaded |
/// | `trailing_bytes` | something else follows |
/// | `nested_pickle` | a text in it is a pickle; its imports count |
/// | `unread_pickle` | a text too long to look into starts like one |
/// | `hidden_pickle` | an entry of the archive that PyTorch does not load is a pickle; its imports count |
/// | `missing_object` | the archive has no `data.pkl` that could be read |
/// | `unexpected_entry` | an entry that PyTorch does not know, or no tensor refers to |
/// | `missing_storage` | a storage that a tensor refers to is not there |
/// | `storage_differs` | a storage has another size than the pickle says |
/// | `past_the_storage` | a tensor reaches past the end of its storage |
/// | `size_overflow` | a size that 64 bits do not count |
/// | `size_differs` | the file has other bytes than its storages need |
/// | `directory_unread` | only the first pickle was read, since the size of the file is not known |
#[derive(Debug)]
pub struct PytorchFacts {
    /// How it is built.
    pub container: PytorchContainer,
    /// The pickle that is loaded.
    pub pickle: PickleFacts,
    /// The version of the archive: `3`; `1001` before there were archives.
    pub version: Option<String>,
    /// `little` or `big`, of an archive that says so.
    pub byte_order: Option<String>,
    /// What all its pickles import.
    pub imports: Imports,
    /// Bytes that are no tensors.
    pub header_bytes: u64,
    /// What is wrong with it.
    pub problems: Problems,
}

impl PytorchFacts {
    pub(crate) fn new(container: Container) -> Result<Self> {
        let Container { archive, pickles, size, head } = container;
        match (archive, pickles) {
            (Some(archive), _) => Ok(Self::of_archive(archive, size.unwrap_or_default())),
            (None, Some(pickles)) => Self::of_pickles(pickles, size, head.starts_with(b"PK")),
            _ => Err(unlike("a PyTorch file", "other bytes")),
        }
    }

    fn of_archive(mut read: Archive, size: u64) -> Self {
        let mut problems = std::mem::take(&mut read.problems);
        let pickle = archive::pickles(&read, &mut problems);
        archive::check_storages(&read, &pickle, &mut problems);
        let folder = plan::folder(&read);
        let note = |name| {
            let text = read.content(&[folder, "/", name].concat()).filter(|text| !text.is_empty());
            text.map(|text| String::from_utf8_lossy(text).trim().to_owned())
        };
        let code = |role| read.entries.iter().any(|entry| plan::role(entry, folder) == role);
        let script = code(plan::Role::Constants) || code(plan::Role::Code);
        let mut imports = pickle.imports.clone();
        if script {
            imports.trust_archive();
        }
        Self {
            container: if script { PytorchContainer::TorchScript } else { PytorchContainer::Zip },
            version: note("version"),
            byte_order: note("byteorder"),
            header_bytes: size.saturating_sub(pickle.storage_bytes()),
            imports,
            pickle,
            problems,
        }
    }

    fn of_pickles(mut pickle: PickleFacts, size: Option<u64>, in_archive: bool) -> Result<Self> {
        if pickle.pickles == 0 && pickle.imports.is_empty() {
            return Err(unlike("a zip archive or a pickle", "other bytes"));
        }
        let mut problems = std::mem::take(&mut pickle.problems);
        let (container, version) = if in_archive {
            let what = "the file's size is not known: its directory is not read";
            problems.add("directory_unread", "", what);
            (PytorchContainer::Zip, None)
        } else if pickle.is_legacy {
            check_size(&pickle, size, &mut problems);
            (PytorchContainer::Legacy, Some("1001".to_owned()))
        } else {
            (PytorchContainer::Pickle, None)
        };
        Ok(Self {
            container,
            version,
            byte_order: None,
            imports: pickle.imports.clone(),
            header_bytes: pickle.bytes,
            pickle,
            problems,
        })
    }
}

/// Before 1.6 each storage stands behind the pickles, with its number of elements in eight bytes before it.
fn check_size(pickle: &PickleFacts, size: Option<u64>, problems: &mut Problems) {
    let counts = 8 * pickle.storages.len() as u64;
    let expected = pickle.bytes.saturating_add(counts).saturating_add(pickle.storage_bytes());
    if let Some(size) = size.filter(|&size| size != expected) {
        problems.add_count("size_differs", "", (expected, "bytes with all storages", size));
    }
}
