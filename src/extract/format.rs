//! Weight formats: from the files, else from what the Hub says it found in them.

use super::Reading;
use super::sidecar::{Role, gguf_role, is_adapter, is_imatrix, of_text, tensor_companion};
use crate::model::listing::ListingItem;
use crate::model::variant::SidecarKind;
use crate::model::{Field, Grade};

/// Every format we name, most preferred first: safetensors before GGUF (design document 003), then formats
/// that run as they are, then those that need their own framework.
pub(crate) const FORMATS: [&str; 13] = [
    "safetensors",
    "gguf",
    "onnx",
    "mlc",
    "openvino",
    "ctranslate2",
    "coreml",
    "tflite",
    "ggml",
    "pytorch",
    "tensorflow",
    "flax",
    "nemo",
];

pub(crate) fn read(item: &ListingItem<'_>) -> Reading<Vec<&'static str>> {
    let mut files = Together::default();
    let mut listed = false;
    for (path, _) in item.files() {
        listed = true;
        files.add(&path);
    }
    if listed {
        let formats = names(files.present());
        let grade = if formats.is_empty() { Grade::Unknown } else { Grade::Stated };
        return Reading::new(formats, "siblings", grade);
    }
    from_hub(item).unwrap_or_else(|| from_tags(item))
}

/// Which formats there are.
type Present = [bool; FORMATS.len()];

/// The files of a repository, seen together: what one of them is may depend on the others.
#[derive(Clone, Copy, Default)]
pub(crate) struct Together {
    models: Present,
    companions: Present,
    /// `model.bin`: of `PyTorch`, or where there is a vocabulary that only its converters write, of `CTranslate2`.
    model_bin: bool,
    vocabulary: bool,
}

impl Together {
    pub(crate) fn add(&mut self, path: &str) {
        self.vocabulary |= is_vocabulary(path);
        match weight_file(path) {
            None => {}
            Some(_) if is_model_bin(path) => self.model_bin = true,
            Some(WeightFile { format, companion: None }) => mark(&mut self.models, format),
            Some(WeightFile { format, .. }) => mark(&mut self.companions, format),
        }
    }

    fn present(&self) -> Present {
        if self.alone() {
            return self.companions;
        }
        let mut present = self.models;
        if self.model_bin {
            mark(&mut present, self.of_model_bin());
        }
        present
    }

    fn of_model_bin(&self) -> &'static str {
        if self.vocabulary { "ctranslate2" } else { "pytorch" }
    }

    /// Whether there are only companions: then they are what the repository is about.
    fn alone(&self) -> bool {
        !self.model_bin && self.models == Present::default()
    }

    /// The format of a file that holds a model's weights.
    pub(crate) fn format(&self, path: &str) -> Option<&'static str> {
        let file = weight_file(path).filter(|file| file.companion.is_none() || self.alone())?;
        Some(if is_model_bin(path) { self.of_model_bin() } else { file.format })
    }

    /// What a file is that accompanies a model, and its format.
    pub(crate) fn sidecar(&self, path: &str) -> Option<(SidecarKind, &'static str)> {
        if is_imatrix(path) {
            return Some((SidecarKind::Imatrix, "other"));
        }
        if ending(path).is_some_and(|ending| ending.eq_ignore_ascii_case("gguf"))
            && let Role::Sidecar(kind) = gguf_role(path)
        {
            return Some((kind, "gguf"));
        }
        if let Some(kind) = of_text(path) {
            return Some((kind, "other"));
        }
        let file = weight_file(path).filter(|_| !self.alone())?;
        Some((file.companion?, file.format))
    }
}

fn mark(present: &mut Present, format: &str) {
    let index = FORMATS.iter().position(|&name| name == format);
    if let Some(slot) = index.and_then(|index| present.get_mut(index)) {
        *slot = true;
    }
}

fn names(present: Present) -> Vec<&'static str> {
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
    let mut present = Present::default();
    for tag in item.tag_list() {
        mark(&mut present, &tag);
    }
    let formats = names(present);
    let grade = if formats.is_empty() { Grade::Unknown } else { Grade::Derived };
    Reading::new(formats, "tags", grade)
}

/// A file of weights, by its name.
struct WeightFile {
    format: &'static str,
    /// What it is where there is a model beside it.
    companion: Option<SidecarKind>,
}

/// The weight format of a file by its name alone, or none where it holds no weights of its own.
pub(crate) fn of_file(path: &str) -> Option<&'static str> {
    weight_file(path).map(|file| file.format)
}

fn weight_file(path: &str) -> Option<WeightFile> {
    let base = path.rsplit('/').next().unwrap_or(path);
    // An index stands for shards that a listing may leave out.
    let base = base.strip_suffix(".index.json").unwrap_or(base);
    let (stem, ending) = base.rsplit_once('.')?;
    // Lower case is the rule; only the exceptions are copied.
    let lower = ending.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = lower.then(|| ending.to_ascii_lowercase());
    let plain = |format| WeightFile { format, companion: None };
    let tensors = |format| WeightFile { format, companion: tensor_companion(path) };
    match lower.as_deref().unwrap_or(ending) {
        "safetensors" => (!is_helper(stem)).then(|| tensors("safetensors")),
        "gguf" => of_gguf(path),
        "onnx" => Some(plain("onnx")),
        "bin" if path.contains(".mlpackage/") || path.contains(".mlmodelc/") => {
            Some(plain("coreml"))
        }
        "bin" => of_bin(stem).map(tensors),
        "pt" | "pth" | "ckpt" => (!is_helper(stem)).then(|| tensors("pytorch")),
        "h5" | "keras" => Some(plain("tensorflow")),
        "msgpack" => Some(plain("flax")),
        "tflite" | "litertlm" | "task" => Some(plain("tflite")),
        "mlmodel" => Some(plain("coreml")),
        "nemo" => Some(plain("nemo")),
        "xml" => stem.starts_with("openvino").then(|| plain("openvino")),
        ending if is_gguf_piece(stem, ending) => of_gguf(path),
        _ => None,
    }
}

fn of_gguf(path: &str) -> Option<WeightFile> {
    let companion = match gguf_role(path) {
        Role::Model => None,
        Role::Companion(kind) => Some(kind),
        Role::Sidecar(_) => return None,
    };
    Some(WeightFile { format: "gguf", companion })
}

/// A GGUF file that was cut: `x.gguf.part1of2`, `x.gguf-split-a`.
fn is_gguf_piece(stem: &str, ending: &str) -> bool {
    ending.starts_with("gguf-split-")
        || ending.starts_with("part") && stem.strip_suffix(".gguf").is_some()
}

fn ending(path: &str) -> Option<&str> {
    path.rsplit('.').next()
}

fn is_model_bin(path: &str) -> bool {
    path.strip_suffix("model.bin").is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// What `CTranslate2`'s converters write beside the weights.
pub(crate) fn is_vocabulary(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    let name = base.strip_suffix(".json").or_else(|| base.strip_suffix(".txt"));
    let name = name.map(|name| name.trim_start_matches("shared_"));
    matches!(name, Some("vocabulary" | "source_vocabulary" | "target_vocabulary"))
}

/// `.bin` is the ending of many things: only names that a loader looks for count.
fn of_bin(stem: &str) -> Option<&'static str> {
    const LOADED: [&str; 4] =
        ["pytorch_", "diffusion_pytorch_", "open_clip_pytorch_", "adapter_model"];
    let loaded = stem == "model" || stem.starts_with("model-");
    match stem {
        _ if stem.starts_with("params_shard") => Some("mlc"),
        _ if stem.starts_with("ggml-") || stem.contains(".ggmlv") => Some("ggml"),
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

/// The base model, where the only weights are an adapter's.
pub(crate) fn adapter_of(item: &ListingItem<'_>) -> Option<String> {
    const TAG: &str = "base_model:adapter:";
    let mut weights = item.files().filter(|(path, _)| of_file(path).is_some()).peekable();
    let by_library = matches!(&item.library_name, Field::Valid(library) if &**library == "peft");
    let listed = weights.peek().is_some();
    if !(listed || by_library)
        || !weights.all(|(path, _)| is_adapter(path.rsplit('/').next().unwrap_or(&path)))
    {
        return None;
    }
    let base = item.tag_list().find_map(|tag| tag.strip_prefix(TAG).map(str::to_owned));
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
        assert_eq!(of_file("ggml-base.en-q5_1.bin"), Some("ggml"));
        assert_eq!(of_file("falcon-180b.Q6_K.gguf-split-a"), Some("gguf"));
        assert_eq!(of_file("x.i1-Q6_K.gguf.part1of2"), Some("gguf"));
    }
}
