//! The file whose header is read first.

use super::format::Together;
use super::{metadata, quantization};
use crate::model::ListingItem;
use std::borrow::Cow;

/// The weight file of a model whose header says most: of the usual variant and of its shards the first. None
/// where the model's main format is not among those that can be read. Sidecars are none.
#[must_use]
pub fn usual_file(item: &ListingItem<'_>, readable: &[&str]) -> Option<String> {
    let known = metadata(item);
    let main = readable.iter().find(|format| **format == known.format)?;
    let packed = quantization::packed(item);
    let mut together = Together::default();
    for (path, _) in item.files() {
        together.add(&path);
    }
    let holds = |path: &str| together.format(path) == Some(main) && !path.ends_with(".index.json");
    let usual = |path: &str| {
        let label =
            together.format(path).map(|format| quantization::of_file(format, path, &packed));
        label.is_some_and(|label| label.quantization == known.quantization)
    };
    let files = item.files().map(|(path, _)| path.0).filter(|path| holds(path));
    files.min_by_key(|path| (!usual(path), is_copy(path), path.clone())).map(Cow::into_owned)
}

/// Whether these are weights in the layout of their author, which stand beside them for loaders too.
fn is_copy(path: &str) -> bool {
    path.starts_with("consolidated") || path.starts_with("original/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn usual(files: &[&str], expected: Option<&str>) {
        let siblings: Vec<_> =
            files.iter().map(|file| serde_json::json!({ "rfilename": file })).collect();
        let json = serde_json::json!({ "id": "x/y", "siblings": siblings }).to_string();
        let item = crate::read_model(json.as_bytes()).unwrap();
        assert_eq!(usual_file(&item, &["gguf", "safetensors"]).as_deref(), expected);
    }

    #[test]
    fn the_usual_variant_then_the_first() {
        usual(&["a-Q8_0.gguf", "a-Q4_K_M.gguf"], Some("a-Q4_K_M.gguf"));
        usual(&["mmproj-F16.gguf", "a-lora-merged.gguf"], Some("a-lora-merged.gguf"));
        usual(
            &["model.safetensors.index.json", "model-1.safetensors"],
            Some("model-1.safetensors"),
        );
        usual(&["consolidated.safetensors", "model.safetensors"], Some("model.safetensors"));
        usual(&["model.onnx"], None);
        usual(&[], None);
    }
}
