//! Weight formats: from the files, else from what the Hub says it found in them.

use super::Reading;
use crate::model::listing::ListingItem;
use crate::model::{Field, Grade};

/// Every format we name, most preferred first: safetensors before GGUF (design document 003), then formats
/// that run as they are, then those that need their own framework.
const FORMATS: [&str; 11] = [
    "safetensors",
    "gguf",
    "onnx",
    "mlc",
    "openvino",
    "coreml",
    "tflite",
    "pytorch",
    "tensorflow",
    "flax",
    "nemo",
];

pub(crate) fn read(item: &ListingItem<'_>) -> Reading<Vec<&'static str>> {
    let mut listed = false;
    let mut present = [false; FORMATS.len()];
    for (path, _) in item.files() {
        listed = true;
        mark(&mut present, of_file(&path));
    }
    if listed {
        let formats = names(present);
        let grade = if formats.is_empty() { Grade::Unknown } else { Grade::Stated };
        return Reading::new(formats, "siblings", grade);
    }
    from_hub(item).unwrap_or_else(|| from_tags(item))
}

fn mark(present: &mut [bool; FORMATS.len()], format: Option<&str>) {
    let index = FORMATS.iter().position(|&name| Some(name) == format);
    if let Some(slot) = index.and_then(|index| present.get_mut(index)) {
        *slot = true;
    }
}

fn names(present: [bool; FORMATS.len()]) -> Vec<&'static str> {
    FORMATS.into_iter().zip(present).filter_map(|(name, there)| there.then_some(name)).collect()
}

/// The Hub read a header, so such a file is there.
fn from_hub(item: &ListingItem<'_>) -> Option<Reading<Vec<&'static str>>> {
    if item.safetensors.valid().is_some() {
        return Some(Reading::new(vec!["safetensors"], "safetensors", Grade::Stated));
    }
    item.gguf.valid()?;
    Some(Reading::new(vec!["gguf"], "gguf", Grade::Stated))
}

fn from_tags(item: &ListingItem<'_>) -> Reading<Vec<&'static str>> {
    let mut present = [false; FORMATS.len()];
    for tag in item.tag_list() {
        mark(&mut present, Some(&tag));
    }
    let formats = names(present);
    let grade = if formats.is_empty() { Grade::Unknown } else { Grade::Derived };
    Reading::new(formats, "tags", grade)
}

/// The weight format of a file, or none where it holds no weights of its own.
pub(crate) fn of_file(path: &str) -> Option<&'static str> {
    let base = path.rsplit('/').next().unwrap_or(path);
    // An index stands for shards that a listing may leave out.
    let base = base.strip_suffix(".index.json").unwrap_or(base);
    let ending = base.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "safetensors" => Some("safetensors"),
        "gguf" => (!is_gguf_sidecar(path)).then_some("gguf"),
        "onnx" => Some("onnx"),
        "bin" | "pt" | "pth" | "ckpt" => of_pytorch_like(base),
        "h5" | "keras" => Some("tensorflow"),
        "msgpack" => Some("flax"),
        "tflite" | "litertlm" | "task" => Some("tflite"),
        "mlmodel" | "mlpackage" | "mlmodelc" => Some("coreml"),
        "nemo" => Some("nemo"),
        "xml" => base.starts_with("openvino").then_some("openvino"),
        _ => None,
    }
}

/// `.bin` is the ending of many things: only names that a loader looks for count.
fn of_pytorch_like(base: &str) -> Option<&'static str> {
    if base.starts_with("params_shard") {
        return Some("mlc");
    }
    let notes =
        ["training_args", "optimizer", "scheduler", "rng_state", "scaler", "openvino", "ggml"];
    (!notes.iter().any(|note| base.starts_with(note))).then_some("pytorch")
}

/// Projectors, importance matrices, draft heads and adapters accompany a model and are none.
pub(crate) fn is_gguf_sidecar(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let base = lower.rsplit('/').next().unwrap_or(&lower);
    base.contains("mmproj")
        || base.contains("imatrix")
        || base.starts_with("mtp-")
        || base.contains("-lora")
        || lower.split('/').rev().skip(1).any(|folder| folder == "mtp")
}

/// The base model, where the only weights are a PEFT adapter's.
pub(crate) fn adapter_of(item: &ListingItem<'_>) -> Option<String> {
    let weights = || item.files().filter(|(path, _)| of_file(path).is_some());
    let is_adapter =
        |path: &str| path.rsplit('/').next().is_some_and(|base| base.starts_with("adapter_model."));
    let adapters_only = weights().next().is_some() && weights().all(|(path, _)| is_adapter(&path));
    let by_library = matches!(&item.library_name, Field::Valid(library) if &**library == "peft");
    if !(adapters_only || by_library && weights().next().is_none()) {
        return None;
    }
    let base =
        item.tag_list().find_map(|tag| tag.strip_prefix("base_model:adapter:").map(str::to_owned));
    Some(base.unwrap_or_else(|| "an unnamed base model".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_hold_no_weights_of_their_own() {
        for path in [
            "mmproj-F16.gguf",
            "MTP/mtp-Q8_0.gguf",
            "x.imatrix.gguf",
            "training_args.bin",
            "README.md",
        ] {
            assert_eq!(of_file(path), None, "{path}");
        }
    }

    #[test]
    fn files_that_hold_weights() {
        assert_eq!(of_file("model-00001-of-00002.safetensors"), Some("safetensors"));
        assert_eq!(of_file("Q4_K_M/x-Q4_K_M-00001-of-00003.gguf"), Some("gguf"));
        assert_eq!(of_file("pytorch_model.bin"), Some("pytorch"));
        assert_eq!(of_file("params_shard_0.bin"), Some("mlc"));
    }
}
