//! The file whose header is read first.

use super::metadata;
use crate::model::ListingItem;

/// The weight file of a model whose header says most: of the usual variant and of its shards the first. None
/// where the model's main format is not among those that can be read. Sidecars are none.
#[must_use]
pub fn usual_file(item: &ListingItem<'_>, readable: &[&str]) -> Option<String> {
    let known = metadata(item);
    readable.iter().find(|format| **format == known.format)?;
    let of_main = || known.variants.iter().filter(|variant| variant.format == known.format);
    let usual = of_main().find(|variant| variant.quantization == known.quantization);
    usual.or_else(|| of_main().next())?.primary_file.clone()
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
        usual(&["model.onnx"], None);
        usual(&[], None);
    }
}
