//! Where two sources say different things about a model: the better one counts, and the other is told of.

use super::architecture::{FAMILIES, family};
use super::quantization::gguf_label;
use super::{context, format, parameters};
use crate::model::file_evidence::FileEvidence;
use crate::model::listing::ListingItem;
use crate::model::quoted::quoted;
use crate::model::{Field, Finding, Grade, Severity};

/// A finding for each two sources that differ.
pub(super) fn read(item: &ListingItem<'_>) -> Vec<Finding> {
    let whole = [parameters(item), context(item), architecture(item)];
    whole
        .into_iter()
        .flatten()
        .chain(item.headers.iter().filter_map(|file| quantization(&file)))
        .collect()
}

/// Names are rounded, so a few percent are none: `7B` for 6.74 billion is one.
fn parameters(item: &ListingItem<'_>) -> Option<Finding> {
    // The files of an adapter hold the adapter alone, its name the model's size.
    if format::adapter_of(item).is_some() {
        return None;
    }
    // Packed weights that were counted as they are stored are not the number of parameters.
    let (counted, source, _) =
        parameters::counted(item).filter(|(_, _, grade)| *grade == Grade::Stated)?;
    let named = parameters::from_name(item.name()?);
    let total = named.total?;
    let apart = total.abs_diff(counted);
    if apart <= counted / 33 {
        return None;
    }
    let severity = if apart > counted / 3 { Severity::Warning } else { Severity::Info };
    let message =
        format!("the id says {}, {source} {}", named.words(), parameters::in_words(counted));
    Some(conflict("parameters", severity, message))
}

fn context(item: &ListingItem<'_>) -> Option<Finding> {
    let config = item.config.valid().and_then(context::from_config)?;
    let gguf = context::from_gguf(item)?;
    let message = || {
        format!("{} says {} tokens, {} {}", config.source, config.value, gguf.source, gguf.value)
    };
    (config.value != gguf.value).then(|| conflict("maxContextLength", Severity::Warning, message()))
}

/// Two families that have nothing to do with each other. GGUF knows fewer architectures than transformers, and
/// writes models of many families as `llama`.
fn architecture(item: &ListingItem<'_>) -> Option<Finding> {
    let config = item.config.valid()?.model_type.valid()?;
    let gguf = item.model_gguf()?.architecture.valid()?;
    let (one, other) = (family(config), family(gguf));
    let known = FAMILIES.contains(&one) && FAMILIES.contains(&other);
    if !known || one == other || other == "llama" {
        return None;
    }
    let message =
        format!("config.model_type says {}, gguf.architecture {}", quoted(config), quoted(gguf));
    Some(conflict("architecture", Severity::Warning, message))
}

/// A file whose name promises another number of bits than its tensors have. One bit apart is usual: a label
/// names a mixture.
fn quantization(file: &FileEvidence<'_>) -> Option<Finding> {
    let (Field::Valid(path), Field::Valid(label)) = (&file.path, &file.quantization) else {
        return None;
    };
    let named = gguf_label(path).filter(|_| file.is_gguf_model() && file.is_whole())?;
    if bits(&named)?.abs_diff(bits(label)?) < 2 {
        return None;
    }
    let message = format!("the name of {} says {named}, its tensors {}", quoted(path), &**label);
    Some(conflict("quantization", Severity::Warning, message))
}

/// The first number in a label: 4 of `Q4_K_M` and `MXFP4`, 16 of `BF16`.
pub(crate) fn bits(label: &str) -> Option<u32> {
    let from = label.find(|sign: char| sign.is_ascii_digit())?;
    let digits = label.get(from..)?.split(|sign: char| !sign.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn conflict(field: &str, severity: Severity, message: String) -> Finding {
    Finding::new("sources_differ", severity, field, message)
}

#[cfg(test)]
mod tests {
    use crate::model::listing::ExtraEvidence;
    use serde_json::{Value, json};

    #[track_caller]
    fn conflicts(model: &Value, evidence: &Value, expected: &[&str]) {
        let (model, evidence) = (model.to_string(), evidence.to_string());
        let item = crate::read_model(model.as_bytes()).unwrap();
        let item = item.with(ExtraEvidence::from_json(evidence.as_bytes()).unwrap());
        let found = super::read(&item);
        let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn a_name_that_rounds_and_one_that_lies() {
        let counted = |id: &str, total: u64| json!({ "id": id, "safetensors": { "total": total } });
        conflicts(&counted("x/llama-6.7B", 6_738_415_616), &json!({}), &[]);
        conflicts(
            &counted("meta-llama/Llama-2-7b-hf", 6_476_271_616),
            &json!({}),
            &["the id says 7B, safetensors.parameters 6.48B"],
        );
        conflicts(
            &counted("x/some-70B", 8_030_261_248),
            &json!({ "parameterCount": 8_030_261_249_u64 }),
            &["the id says 70B, files 8.03B"],
        );
    }

    #[test]
    fn adapters_and_packed_weights_are_no_conflict() {
        let adapter = json!({ "id": "x/lora-7B", "tags": ["base_model:adapter:y/z-7B", "peft"],
            "siblings": [{ "rfilename": "adapter_model.safetensors" }], "safetensors": { "total": 20_000_000 } });
        conflicts(&adapter, &json!({}), &[]);
        let packed = json!({ "id": "x/llama-27B-AWQ", "safetensors": { "total": 7_840_000_000_u64 },
            "config": { "quantization_config": { "quant_method": "awq", "bits": 4 } } });
        conflicts(&packed, &json!({}), &[]);
    }

    #[test]
    fn config_and_header() {
        let model = json!({ "id": "x/y", "config": { "model_type": "qwen2", "max_position_embeddings": 32768 } });
        let header = |architecture: &str, label: &str| {
            json!({ "files": [{ "path": "y-Q8_0.gguf", "format": "gguf", "kind": "model",
                "architecture": architecture, "contextLength": 131_072, "quantization": label }] })
        };
        let context =
            "config.max_position_embeddings says 32768 tokens, gguf.context_length 131072";
        conflicts(&model, &header("qwen2", "Q8_0"), &[context]);
        conflicts(&model, &header("llama", "Q8_0"), &[context]);
        let architecture = "config.model_type says \"qwen2\", gguf.architecture \"gemma3\"";
        conflicts(&model, &header("gemma3", "Q8_0"), &[context, architecture]);
        let label = "the name of \"y-Q8_0.gguf\" says Q8_0, its tensors Q4_K_M";
        conflicts(&model, &header("qwen2", "Q4_K_M"), &[context, label]);
    }
}
