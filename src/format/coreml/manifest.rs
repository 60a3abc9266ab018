//! `Manifest.json` of an `.mlpackage`: where the model and its weights are.

use crate::error::{Code, Error, Result};
use crate::format::draft::Draft;
use crate::model::Json;
use crate::model::file_facts::FileFacts;

/// Bytes of a manifest that are read. Real ones have less than 1 kB.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// The folder in the package that item paths start at (coremltools `modelpackage/src/ModelPackage.cpp`).
const ITEMS: &str = "Data/";

/// The model is the root item; every other item is a file or a folder that goes with it.
pub(super) fn read(json: &[u8]) -> Result<FileFacts> {
    let manifest = Json::parse("Manifest.json", json)?;
    let [version, root, items] =
        manifest.pick(["fileFormatVersion", "rootModelIdentifier", "itemInfoEntries"]);
    let (Some(root), true) = (root.text(), items.is_object()) else {
        let message = "Manifest.json: expected `rootModelIdentifier` and `itemInfoEntries`";
        return Err(Error::new(Code::InvalidFile, message));
    };
    let mut draft = Draft::new("coreml");
    draft.facts.kind = "manifest".into();
    draft.facts.header_bytes = json.len() as u64;
    draft.facts.version = version.text().map(std::borrow::Cow::into_owned);
    let mut has_root = false;
    for (id, item) in items.entries() {
        let path = format!("{ITEMS}{}", item.get("path").text().unwrap_or_default());
        draft.external(&path, 0);
        if id == root {
            has_root = true;
            draft.text("root_model", &path);
        }
    }
    if !has_root {
        draft.problem("missing_root", "the root model is not among the items".to_owned());
    }
    for file in &mut draft.facts.external_files {
        file.tensors = 0;
    }
    Ok(draft.done())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &[u8] = br#"{
        "fileFormatVersion": "1.0.0",
        "itemInfoEntries": {
            "A": { "author": "com.apple.CoreML", "description": "CoreML Model Weights", "name": "weights", "path": "com.apple.CoreML/weights" },
            "B": { "author": "com.apple.CoreML", "name": "model.mlmodel", "path": "com.apple.CoreML/model.mlmodel" }
        },
        "rootModelIdentifier": "B"
    }"#;

    #[test]
    fn the_root_model_and_what_goes_with_it() {
        let facts = read(MANIFEST).unwrap();
        assert_eq!((facts.kind.as_str(), facts.version.as_deref()), ("manifest", Some("1.0.0")));
        let paths: Vec<_> = facts.external_files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["Data/com.apple.CoreML/model.mlmodel", "Data/com.apple.CoreML/weights"]);
        assert_eq!((facts.keys[0].key.as_str(), facts.problems.len()), ("root_model", 0));
    }

    #[test]
    fn a_root_that_is_not_there_and_one_outside() {
        let facts =
            read(br#"{"rootModelIdentifier":"B","itemInfoEntries":{"A":{"path":"../../x"}}}"#);
        let codes: Vec<_> =
            facts.unwrap().problems.into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["unsafe_file_name", "missing_root"]);
        assert_eq!(read(b"{}").unwrap_err().code(), "invalid_file");
        assert_eq!(read(b"[").unwrap_err().code(), "invalid_json");
    }
}
