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
    let (stem, ending) = base.rsplit_once('.')?;
    // Lower case is the rule; only the exceptions are copied.
    let lower = ending.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = lower.then(|| ending.to_ascii_lowercase());
    match lower.as_deref().unwrap_or(ending) {
        "safetensors" => (!is_helper(stem)).then_some("safetensors"),
        "gguf" => (!is_gguf_sidecar(path)).then_some("gguf"),
        "onnx" => Some("onnx"),
        "bin" if path.contains(".mlpackage/") || path.contains(".mlmodelc/") => Some("coreml"),
        "bin" => of_bin(stem),
        "pt" | "pth" | "ckpt" => (!is_helper(stem)).then_some("pytorch"),
        "h5" | "keras" => Some("tensorflow"),
        "msgpack" => Some("flax"),
        "tflite" | "litertlm" | "task" => Some("tflite"),
        "mlmodel" => Some("coreml"),
        "nemo" => Some("nemo"),
        "xml" => stem.starts_with("openvino").then_some("openvino"),
        _ => None,
    }
}

/// `.bin` is the ending of many things: only names that a loader looks for count.
fn of_bin(stem: &str) -> Option<&'static str> {
    const LOADED: [&str; 4] =
        ["pytorch_", "diffusion_pytorch_", "open_clip_pytorch_", "adapter_model"];
    let loaded = stem == "model" || stem.starts_with("model-");
    match stem {
        _ if stem.starts_with("params_shard") => Some("mlc"),
        _ if loaded || LOADED.iter().any(|start| stem.starts_with(start)) => Some("pytorch"),
        _ => None,
    }
}

/// What training and tokenizing leave beside the weights.
fn is_helper(stem: &str) -> bool {
    let notes = [
        "training_args",
        "optimizer",
        "scheduler",
        "rng_state",
        "scaler",
        "tokenizer",
        "mm_projector",
    ];
    notes.iter().any(|note| stem.starts_with(note))
}

/// Projectors, importance matrices, draft heads and adapters accompany a model and are none.
pub(crate) fn is_gguf_sidecar(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let base = lower.rsplit('/').next().unwrap_or(&lower);
    let stem = base.strip_suffix(".gguf").unwrap_or(base);
    let plain = ["-f16", "-f32", "-bf16"].iter().find_map(|float| stem.strip_suffix(float));
    base.contains("mmproj")
        || base.contains("imatrix")
        || base.starts_with("mtp-")
        || plain.unwrap_or(stem).ends_with("-lora")
        || lower.split('/').rev().skip(1).any(|folder| folder == "mtp")
}

/// The base model, where the only weights are an adapter's.
pub(crate) fn adapter_of(item: &ListingItem<'_>) -> Option<String> {
    const TAG: &str = "base_model:adapter:";
    let mut weights = item.files().filter(|(path, _)| of_file(path).is_some()).peekable();
    let by_library = matches!(&item.library_name, Field::Valid(library) if &**library == "peft");
    let listed = weights.peek().is_some();
    if !(listed || by_library) || !weights.all(|(path, _)| is_adapter(&path)) {
        return None;
    }
    let base = item.tag_list().find_map(|tag| tag.strip_prefix(TAG).map(str::to_owned));
    Some(base.unwrap_or_else(|| "an unnamed base model".to_owned()))
}

/// As PEFT (`adapter_model`) and diffusers (`pytorch_lora_weights`) name them.
fn is_adapter(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    base.starts_with("adapter_model.") || base.starts_with("pytorch_lora_weights")
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
            "lid.176.bin",
            "tokenizer.safetensors",
            "x-lora.gguf",
            "x-LoRA-F16.gguf",
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
        assert_eq!(of_file("Llama-3-8B-lora-merged.Q4_K_M.GGUF"), Some("gguf"));
        assert_eq!(of_file("unet/diffusion_pytorch_model.fp16.bin"), Some("pytorch"));
        assert_eq!(of_file("x.mlpackage/Data/weights/weight.bin"), Some("coreml"));
        assert_eq!(of_file("params_shard_0.bin"), Some("mlc"));
    }
}
