//! Quantization: labels in GGUF and ONNX file names, else `quantization_config`, else tags, else the name.

use super::Reading;
use super::format::is_gguf_sidecar;
use super::name::{self, repository};
use crate::model::listing::{ListingItem, QuantizationConfig};
use crate::model::{Field, Grade};

/// The labels of a repository's variants, in the order of its files.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    pub(super) all: Vec<String>,
}

impl Labels {
    /// The variant one would take first: llama.cpp's `-hf` takes `Q4_K_M`, else the first file
    /// (llama.cpp `common/arg.cpp`).
    pub(super) fn usual(&self) -> Option<&str> {
        let usual = self.all.iter().find(|label| *label == "Q4_K_M");
        usual.or(self.all.first()).map(String::as_str)
    }
}

pub(super) fn read(item: &ListingItem<'_>, formats: &[&str]) -> Reading<Labels> {
    let main = formats.first().copied().unwrap_or("unknown");
    let in_files = labels(item, formats);
    if matches!(main, "gguf" | "onnx") && !in_files.all.is_empty() {
        let count = in_files.all.len();
        let detail =
            if count == 1 { "one variant".to_owned() } else { format!("one of {count} variants") };
        return Reading::new(in_files, "siblings", Grade::Derived).detail(detail);
    }
    let one = |label: String, source, grade| {
        let mut all = vec![label];
        all.extend(in_files.all.iter().cloned());
        Reading::new(Labels { all }, source, grade)
    };
    if let Some((label, source)) = from_config(item) {
        return one(label, source, Grade::Stated);
    }
    if let Some(label) = from_tags(item) {
        return one(label, "tags", Grade::Derived);
    }
    if let Some(label) = from_name(item) {
        return one(label, "id", Grade::Guessed);
    }
    unquantized(item, main)
}

/// A config without `quantization_config` says that the weights are as they were trained.
fn unquantized(item: &ListingItem<'_>, main: &str) -> Reading<Labels> {
    let stated = main == "safetensors" && item.config.valid().is_some();
    let grade = if stated { Grade::Stated } else { Grade::Unknown };
    Reading::new(Labels::default(), if stated { "config" } else { "none" }, grade)
}

fn labels(item: &ListingItem<'_>, formats: &[&str]) -> Labels {
    let mut all: Vec<String> = Vec::new();
    for (path, _) in item.files() {
        let label = match path.rsplit_once('.') {
            Some((_, "gguf")) if formats.contains(&"gguf") => gguf_label(&path),
            Some((_, "onnx")) if formats.first() == Some(&"onnx") => onnx_label(&path),
            _ => None,
        };
        all.extend(label.filter(|label| !all.contains(label)));
    }
    Labels { all }
}

/// The label in a GGUF file's name or folder; of several the last counts, as the Hub does it
/// (huggingface.js `packages/tasks/src/gguf.ts`).
pub(crate) fn gguf_label(path: &str) -> Option<String> {
    if is_gguf_sidecar(path) {
        return None;
    }
    let tail = path.get(path.len().saturating_sub(512)..).unwrap_or(path);
    let mut after = 0;
    let mut last = None;
    for (at, rest) in name::word_starts(tail) {
        // The `Q4_K_XL` inside a `UD-Q4_K_XL` is no label of its own.
        if let Some(label) = label_at_start_of(rest).filter(|_| at >= after) {
            after = at + label.len();
            last = Some(label.to_ascii_uppercase());
        }
    }
    last.map(|label| match label.as_str() {
        "FP16" => "F16".to_owned(),
        "FP32" => "F32".to_owned(),
        _ => label,
    })
}

/// The longest label that starts a text and ends where a word ends.
fn label_at_start_of(text: &str) -> Option<&str> {
    const LONGEST: usize = "UD-IQ3_XXS".len();
    let ends = (2..=LONGEST.min(text.len())).rev();
    ends.filter_map(|end| text.split_at_checked(end))
        .find(|(label, rest)| name::ends_word(rest) && is_label(label))
        .map(|(label, _)| label)
}

/// `(UD-)?`, then a float type, a k-quant, an i-quant, a legacy quant, or a block float.
fn is_label(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let label = upper.strip_prefix("UD-").unwrap_or(&upper);
    if matches!(
        label,
        "F16"
            | "F32"
            | "BF16"
            | "FP16"
            | "FP32"
            | "MXFP4"
            | "MXFP4_MOE"
            | "NVFP4"
            | "TQ1_0"
            | "TQ2_0"
    ) {
        return true;
    }
    if let Some(rest) = label.strip_prefix("IQ") {
        return after_digit(rest, b'1'..=b'4')
            .is_some_and(|kind| matches!(kind, "_XXS" | "_XS" | "_S" | "_M" | "_NL" | "_XL"));
    }
    let kind = label.strip_prefix('Q').and_then(|rest| after_digit(rest, b'1'..=b'8'));
    kind.is_some_and(|kind| {
        matches!(kind, "_0" | "_1" | "_K" | "_K_XXL" | "_K_XL" | "_K_XS" | "_K_S" | "_K_M" | "_K_L")
            // Repacked for Arm, until llama.cpp did it at load time.
            || matches!(kind, "_0_4_4" | "_0_4_8" | "_0_8_8")
    })
}

fn after_digit(text: &str, digits: std::ops::RangeInclusive<u8>) -> Option<&str> {
    digits.contains(text.as_bytes().first()?).then(|| text.get(1..))?
}

/// The dtype suffix of a transformers.js session; none is fp32
/// (transformers.js `src/utils/dtypes.js`).
fn onnx_label(path: &str) -> Option<String> {
    let base = path.rsplit('/').next()?.strip_suffix(".onnx")?;
    let suffix = base.rsplit_once('_').map_or("", |(_, suffix)| suffix);
    let label = match suffix {
        "quantized" => "q8",
        "fp16" | "int8" | "uint8" | "bnb4" | "q4" | "q4f16" | "q2" | "q1" => suffix,
        _ => "fp32",
    };
    Some(label.to_owned())
}

fn from_config(item: &ListingItem<'_>) -> Option<(String, &'static str)> {
    let config = item.config.valid()?;
    let inner = config.inner();
    if let Some(packing) =
        config.quantization_config.valid().or(inner.and_then(|c| c.quantization_config.valid()))
    {
        return Some((config_label(packing, "quantized"), "config.quantization_config"));
    }
    let mlx = config.quantization.valid()?;
    Some((config_label(mlx, "mlx"), "config.quantization"))
}

fn config_label(packing: &QuantizationConfig<'_>, default: &str) -> String {
    let method = packing.quant_method.valid().map_or(default, |method| method.as_ref());
    match bits(packing) {
        Some(bits) => format!("{method}-{bits}bit"),
        None => method.to_owned(),
    }
}

fn bits(packing: &QuantizationConfig<'_>) -> Option<u64> {
    let flag = |field: &Field<bool>| field.valid() == Some(&true);
    let stated = packing.bits.valid().copied().filter(|bits| (1..=32).contains(bits));
    stated.or_else(|| {
        if flag(&packing.load_in_4bit) { Some(4) } else { flag(&packing.load_in_8bit).then_some(8) }
    })
}

/// Weights stored in words of several parameters each, which counts of elements get wrong.
pub(super) fn is_packed(item: &ListingItem<'_>) -> bool {
    from_config(item).is_some() || from_tags(item).is_some() || from_name(item).is_some()
}

const METHODS: [&str; 9] =
    ["awq", "gptq", "bitsandbytes", "compressed-tensors", "fp8", "mxfp4", "nvfp4", "exl2", "exl3"];

fn from_tags(item: &ListingItem<'_>) -> Option<String> {
    let has = |name: &str| item.tag_list().any(|tag| &*tag == name);
    let bits = if has("4-bit") {
        "-4bit"
    } else if has("8-bit") {
        "-8bit"
    } else {
        ""
    };
    let method = METHODS.into_iter().find(|method| has(method));
    let method = method.or((has("mlx") && !bits.is_empty()).then_some("mlx"));
    match method {
        Some(method) if method.ends_with(['4', '8']) => Some(method.to_owned()),
        Some(method) => Some(format!("{method}{bits}")),
        None => (!bits.is_empty()).then(|| format!("quantized{bits}")),
    }
}

fn from_name(item: &ListingItem<'_>) -> Option<String> {
    let name = repository(item.name()?).to_ascii_lowercase();
    let words: Vec<&str> = name.split(['-', '_', '.']).take(64).collect();
    let method = METHODS.into_iter().find(|method| words.contains(method))?;
    let bits =
        words.iter().find(|word| matches!(**word, "4bit" | "8bit" | "3bit" | "2bit" | "6bit"));
    Some(bits.map_or_else(|| method.to_owned(), |bits| format!("{method}-{bits}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_found_in_the_wild() {
        for (path, label) in [
            ("Llama-3.2-1B-Instruct-Q4_K_M.gguf", "Q4_K_M"),
            ("model.i1-IQ2_XXS.gguf", "IQ2_XXS"),
            ("UD-Q4_K_XL/Qwen3-235B-A22B-UD-Q4_K_XL-00001-of-00003.gguf", "UD-Q4_K_XL"),
            ("gpt-oss-20b-MXFP4.gguf", "MXFP4"),
            ("CAJAL-4B-q4_k_m.gguf", "Q4_K_M"),
            ("x-fp16.gguf", "F16"),
            ("Meta-Llama-3-8B-Instruct.Q4_0_4_4.gguf", "Q4_0_4_4"),
        ] {
            assert_eq!(gguf_label(path).as_deref(), Some(label), "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_scanner_is_the_pattern(text in "(UD-)?[IQFMBPTXSKLN0-9]{1,3}(_[KSMLXN0148]{1,3}){0,3}") {
            let pattern = regex::Regex::new(concat!(
                r"^(UD-)?(IQ[1-4]_(XXS|XS|S|M|NL|XL)|Q[1-8]_[01]|Q[1-8]_0_(4_4|4_8|8_8)|",
                r"Q[1-8]_K(_(XXL|XL|XS|S|M|L))?|TQ[12]_0|MXFP4(_MOE)?|NVFP4|BF16|FP?16|FP?32)$"
            ));
            proptest::prop_assert_eq!(is_label(&text), pattern.unwrap().is_match(&text), "{}", text);
        }
    }

    #[test]
    fn names_without_a_label() {
        for path in ["mmproj-F16.gguf", "model.gguf", "Q4.txt.gguf", "Qwen3-Q-uick.gguf"] {
            assert_eq!(gguf_label(path), None, "{path}");
        }
    }

    #[test]
    fn onnx_suffixes() {
        assert_eq!(onnx_label("onnx/model_q4f16.onnx").as_deref(), Some("q4f16"));
        assert_eq!(onnx_label("onnx/decoder_model_merged_quantized.onnx").as_deref(), Some("q8"));
        assert_eq!(onnx_label("onnx/model.onnx").as_deref(), Some("fp32"));
    }
}
