//! What a Keras model says of itself.

use super::{config, hdf5};
use crate::error::{Code, Error, Result};
use crate::format::container::Container;
use crate::format::pickle::Imports;
use crate::format::problem::Problems;
use crate::format::zip::Archive;
use crate::model::Json;

/// What a Keras model says of itself.
///
/// Its problems, beside those of archives:
///
/// | code | meaning |
/// |---|---|
/// | `missing_config` | the archive has no `config.json` that could be read |
/// | `deep_config` | the configuration is nested deeper than is looked at |
/// | `size_differs` | the file does not end where its superblock says |
#[derive(Debug, Default)]
pub struct KerasFacts {
    /// The version of Keras that wrote an archive.
    pub keras_version: Option<String>,
    /// `Sequential`, `Functional`, or a class of its own.
    pub class_name: Option<String>,
    /// How many layers its configuration lists.
    pub layers: Option<u64>,
    /// The version of the superblock of an HDF5 file.
    pub hdf5_version: Option<u8>,
    /// Bytes of the weights of an archive, with all that HDF5 needs.
    pub weights_bytes: Option<u64>,
    /// What the configuration calls, but for the harmless parts of Keras.
    pub imports: Imports,
    /// What is wrong with it.
    pub problems: Problems,
}

impl KerasFacts {
    pub(crate) fn new(container: Container) -> Result<Self> {
        let Container { head, size, archive, .. } = container;
        let mut facts = Self::default();
        if let Some(archive) = archive {
            facts.add_archive(archive);
            return Ok(facts);
        }
        let Some(superblock) = hdf5::Superblock::read(&head) else {
            let message = "a Keras model: expected the superblock of HDF5, found its end";
            return Err(Error::new(Code::InvalidFile, message));
        };
        facts.hdf5_version = Some(superblock.version);
        if let (Some(size), Some(end)) = (size, superblock.end)
            && size != end
        {
            let counts = (end, "bytes, as the superblock says", size);
            facts.problems.add_count("size_differs", "", counts);
        }
        Ok(facts)
    }

    fn add_archive(&mut self, mut archive: Archive) {
        self.problems = std::mem::take(&mut archive.problems);
        let read = |name| {
            let text = archive.content(name)?;
            Json::parse(name, text).ok().filter(|json| json.is_object())
        };
        let text = |json: Json<'_>| json.text().map(std::borrow::Cow::into_owned);
        if let Some(metadata) = read("metadata.json") {
            self.keras_version = text(metadata.get("keras_version"));
        }
        if let Some(config) = read("config.json") {
            let layers = config.at("config.layers");
            self.class_name = text(config.get("class_name"));
            self.layers = layers.is_list().then(|| layers.items().count() as u64);
            self.imports = config::imports(config, &mut self.problems);
        } else {
            let what = "expected a configuration in the archive, found none";
            self.problems.add("missing_config", "", what);
        }
        let mut entries = archive.entries.iter();
        let weights = entries.find(|entry| entry.name == "model.weights.h5");
        self.weights_bytes = weights.map(|entry| entry.size);
    }
}
