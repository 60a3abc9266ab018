//! Files that accompany a model, by their names.

use crate::model::variant::SidecarKind;

/// What a GGUF file is by its name: nothing but a model's companion, or one only beside a model (a draft model in a
/// repository of its own is what that repository is about).
pub(crate) enum Role {
    Model,
    Sidecar(SidecarKind),
    Companion(SidecarKind),
}

/// The role of a GGUF file.
pub(crate) fn gguf_role(path: &str) -> Role {
    let lower = path.to_ascii_lowercase();
    let (folders, base) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = base.split(".gguf").next().unwrap_or(base);
    if let Some(kind) = sidecar(folders, base, stem) {
        return Role::Sidecar(kind);
    }
    companion(folders, stem).map_or(Role::Model, Role::Companion)
}

fn sidecar(folders: &str, base: &str, stem: &str) -> Option<SidecarKind> {
    let plain = ["-f16", "-f32", "-bf16"].iter().find_map(|float| stem.strip_suffix(float));
    let plain = plain.unwrap_or(stem);
    let starts = |starts: &[&str]| starts.iter().any(|start| base.starts_with(start));
    if base.contains("mmproj") {
        Some(SidecarKind::Projector)
    } else if base.contains("imatrix") {
        Some(SidecarKind::Imatrix)
    } else if base.starts_with("mtp-") || folders.split('/').any(|folder| folder == "mtp") {
        Some(SidecarKind::Mtp)
    } else if starts(&["eagle3-", "dflash-", "dspark-"]) {
        Some(SidecarKind::Draft)
    } else if plain.ends_with("-lora") {
        Some(SidecarKind::Adapter)
    } else if starts(&["ggml-vocab-"]) || plain.ends_with("-vocab") {
        Some(SidecarKind::Vocabulary)
    } else if has_word(stem, &["control_vector", "control-vector", "controlvector"]) {
        Some(SidecarKind::ControlVector)
    } else {
        None
    }
}

/// Parts of a model that stand in files of their own.
const COMPONENTS: [&str; 7] = ["vae", "tokenizer", "vocoder", "codec", "t5xxl", "clip_l", "clip_g"];

fn companion(folders: &str, stem: &str) -> Option<SidecarKind> {
    const DRAFTS: [&str; 6] = ["dflash", "eagle3", "eagle", "dspark", "draft", "speculator"];
    let folder = |names: &[&str]| folders.split('/').any(|folder| names.contains(&folder));
    if folder(&["vision", "audio", "mmproj"]) {
        Some(SidecarKind::Projector)
    } else if has_word(stem, &DRAFTS) {
        Some(SidecarKind::Draft)
    } else if has_word(stem, &COMPONENTS) {
        Some(SidecarKind::Component)
    } else {
        None
    }
}

/// What a file of `PyTorch` tensors is beside a model.
pub(crate) fn tensor_companion(path: &str) -> Option<SidecarKind> {
    let (folders, base) = path.rsplit_once('/').unwrap_or(("", path));
    let starts = |starts: &[&str]| starts.iter().any(|start| base.starts_with(start));
    if starts(&["model.", "model-", "pytorch_model", "diffusion_pytorch_model"]) {
        None
    } else if is_adapter(base) || has_word(base, &["lora", "LoRA", "Lora"]) {
        Some(SidecarKind::Adapter)
    } else if starts(&["mtp.", "mtp-", "mtp_", "model_mtp."]) {
        Some(SidecarKind::Mtp)
    } else if has_word(base, &COMPONENTS) || starts(&["ae."]) || is_component_folder(folders) {
        Some(SidecarKind::Component)
    } else {
        None
    }
}

/// Where image models that are no pipeline keep their parts (`ComfyUI`).
fn is_component_folder(folders: &str) -> bool {
    const FOLDERS: [&str; 4] = ["vae", "text_encoders", "clip", "clip_vision"];
    folders.split('/').any(|folder| FOLDERS.contains(&folder))
}

/// As PEFT (`adapter_model`) and diffusers (`pytorch_lora_weights`) name them.
pub(crate) fn is_adapter(base: &str) -> bool {
    base.starts_with("adapter_model.") || base.starts_with("pytorch_lora_weights")
}

/// An importance matrix in a format of its own: `imatrix.dat`.
pub(crate) fn is_imatrix(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    let ends = [".dat", ".imatrix", ".gguf_file"].iter().any(|ending| base.ends_with(ending));
    ends && base.contains("imatrix")
}

/// What is no weights: a file of the tokenizer, a chat template.
pub(crate) fn of_text(path: &str) -> Option<SidecarKind> {
    const TOKENIZERS: [&str; 11] = [
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "vocab.json",
        "vocab.txt",
        "merges.txt",
        "spiece.model",
        "sentencepiece.bpe.model",
        "tekken.json",
        "source.spm",
        "target.spm",
    ];
    let base = path.rsplit('/').next().unwrap_or(path);
    let ends = |ending| base.strip_suffix(ending).is_some();
    if ends(".jinja") || base == "chat_template.json" {
        return Some(SidecarKind::ChatTemplate);
    }
    let tokenizer = TOKENIZERS.contains(&base) || base.starts_with("tokenizer.");
    (tokenizer || ends(".tiktoken")).then_some(SidecarKind::Tokenizer)
}

/// Whether a name has one of these between signs.
fn has_word(name: &str, words: &[&str]) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    words.iter().any(|word| {
        name.match_indices(word).any(|(at, _)| {
            let before = at.checked_sub(1).and_then(|at| name.as_bytes().get(at));
            !letter(before) && !letter(name.as_bytes().get(at + word.len()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn role(path: &str, sidecar: Option<SidecarKind>, companion: Option<SidecarKind>) {
        let found = match gguf_role(path) {
            Role::Model => (None, None),
            Role::Sidecar(kind) => (Some(kind), None),
            Role::Companion(kind) => (None, Some(kind)),
        };
        assert_eq!(found, (sidecar, companion), "{path}");
    }

    #[test]
    fn sidecars_as_found_in_the_wild() {
        for (path, kind) in [
            ("mmproj-F16.gguf", SidecarKind::Projector),
            ("Qwen3-VL-Reranker-2B.mmproj-f16.gguf", SidecarKind::Projector),
            ("x.imatrix.gguf", SidecarKind::Imatrix),
            ("MTP/gemma-4-12B-it-MTP-Q8_0.gguf", SidecarKind::Mtp),
            ("mtp-gemma-4-E4B-it.gguf", SidecarKind::Mtp),
            ("dflash-kquant.gguf", SidecarKind::Draft),
            ("x-lora.gguf", SidecarKind::Adapter),
            ("x-LoRA-F16.gguf", SidecarKind::Adapter),
            ("ggml-vocab-phi-3.gguf", SidecarKind::Vocabulary),
            ("x-control_vector.gguf", SidecarKind::ControlVector),
        ] {
            role(path, Some(kind), None);
        }
    }

    #[test]
    fn companions_as_found_in_the_wild() {
        role("laguna-s-2.1-DFlash-BF16.gguf", None, Some(SidecarKind::Draft));
        role("vision/MiniCPM-o-4_5-vision-F16.gguf", None, Some(SidecarKind::Projector));
        role("clip_l-Q4_0.gguf", None, Some(SidecarKind::Component));
        role("omnivoice-tokenizer-Q8_0.gguf", None, Some(SidecarKind::Component));
        for (path, kind) in [
            ("adapter_model.safetensors", SidecarKind::Adapter),
            ("Wan2.2-Lightning_lora_rank64.safetensors", SidecarKind::Adapter),
            ("mtp.safetensors", SidecarKind::Mtp),
            ("ae.safetensors", SidecarKind::Component),
            ("split_files/text_encoders/qwen_2.5_vl_7b.safetensors", SidecarKind::Component),
            ("vae/ltx-2.3-22b-dev_video_vae.safetensors", SidecarKind::Component),
        ] {
            assert_eq!(tensor_companion(path), Some(kind), "{path}");
        }
    }

    #[test]
    fn texts_beside_a_model() {
        for (path, kind) in [
            ("tokenizer.json", Some(SidecarKind::Tokenizer)),
            ("tokenizer_2/merges.txt", Some(SidecarKind::Tokenizer)),
            ("tokenizer.model.v3", Some(SidecarKind::Tokenizer)),
            ("qwen.tiktoken", Some(SidecarKind::Tokenizer)),
            ("chat_template.jinja", Some(SidecarKind::ChatTemplate)),
            ("additional_chat_templates/rag.jinja", Some(SidecarKind::ChatTemplate)),
            ("config.json", None),
            ("tokenizer-checkpoint125.safetensors", None),
        ] {
            assert_eq!(of_text(path), kind, "{path}");
        }
    }

    #[test]
    fn models_that_look_like_sidecars() {
        for path in [
            "Llama-3-8B-lora-merged.Q4_K_M.gguf",
            "Hermes-3-Llama-3.1-70B-lorablated.Q4_K_M.gguf",
            "grug-27b-mtp-Q4_K_M.gguf",
            "Qwopus3.6-27B-Coder-MTP-Q4_K_M.gguf",
            "Delta-Vector_Austral-24B-Winton-Q4_K_M.gguf",
            "Control-8B-V1.1.Q4_K_M.gguf",
            "OpenCoder-8B-Instruct.Q4_K_M.gguf",
            "vibevoice-Q8_0.gguf",
        ] {
            role(path, None, None);
        }
        assert_eq!(tensor_companion("model.safetensors"), None);
        assert_eq!(tensor_companion("vae/diffusion_pytorch_model.safetensors"), None);
        assert_eq!(tensor_companion("Exploration-00001-of-00002.safetensors"), None);
    }
}
