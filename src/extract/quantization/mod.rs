//! Quantization: labels in GGUF and ONNX file names, else `quantization_config`, else tags, else the name.

mod gguf_label;
mod onnx_label;

use super::Reading;
use super::name::repository;
use crate::model::listing::{ListingItem, QuantizationConfig};
use crate::model::metadata::VariantLabel;
use crate::model::{Field, Grade};
pub(super) use gguf_label::gguf_label;
use onnx_label::onnx_label;

/// The variants of a repository, format by format, each with its label.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels(pub(super) Vec<VariantLabel>);

impl Labels {
    /// All labels, each once.
    pub(super) fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for label in self.0.iter().filter_map(|variant| variant.quantization.as_ref()) {
            if !all.contains(label) {
                all.push(label.clone());
            }
        }
        all
    }

    /// The variant of the main format that one would take first: llama.cpp's `-hf` takes `Q4_K_M`, else the
    /// first file (llama.cpp `common/arg.cpp`).
    pub(super) fn usual(&self) -> Option<String> {
        let main = &self.0.first()?.format;
        let of_main = || self.0.iter().filter(|variant| variant.format == *main);
        let labels = || of_main().filter_map(|variant| variant.quantization.as_ref());
        labels().find(|label| *label == "Q4_K_M").or_else(|| labels().next()).cloned()
    }
}

pub(super) fn read(item: &ListingItem<'_>, formats: &[&str]) -> Reading<Labels> {
    let packed = packed(item);
    let variants: Vec<_> =
        formats.iter().flat_map(|format| of_format(item, format, &packed)).collect();
    match variants.first() {
        Some(first) if matches!(first.format.as_str(), "gguf" | "onnx") => {
            let count = variants.iter().filter(|variant| variant.format == first.format).count();
            let detail = if count == 1 {
                "one variant".to_owned()
            } else {
                format!("one of {count} variants")
            };
            let grade = first.grade;
            Reading::new(Labels(variants), "siblings", grade).detail(detail)
        }
        Some(_) => Reading::new(Labels(variants), packed.source, packed.grade),
        None => Reading::new(Labels::default(), "none", Grade::Unknown),
    }
}

fn of_format(
    item: &ListingItem<'_>,
    format: &str,
    packed: &Reading<Option<String>>,
) -> Vec<VariantLabel> {
    match format {
        "gguf" => in_files(item, format, gguf_label),
        "onnx" => in_files(item, format, onnx_label),
        _ => vec![VariantLabel::new(format, packed.value.clone(), packed.grade)],
    }
}

/// The labels in the names of a format's files, each once; a file without one is a variant of unknown label.
fn in_files(
    item: &ListingItem<'_>,
    format: &str,
    label: fn(&str) -> Option<String>,
) -> Vec<VariantLabel> {
    let mut variants: Vec<VariantLabel> = Vec::new();
    for (path, _) in item.files().filter(|(path, _)| super::format::of_file(path) == Some(format)) {
        let label = label(&path);
        if !variants.iter().any(|variant| variant.quantization == label) {
            let grade = if label.is_some() { Grade::Derived } else { Grade::Unknown };
            variants.push(VariantLabel::new(format, label, grade));
        }
    }
    if variants.is_empty() {
        variants.push(VariantLabel::new(format, None, Grade::Unknown));
    }
    variants
}

/// How the weights of a format without labels are packed; a config that does not say so says they are not.
fn packed(item: &ListingItem<'_>) -> Reading<Option<String>> {
    if let Some((label, source)) = from_config(item) {
        return Reading::new(Some(label), source, Grade::Stated);
    }
    if let Some(label) = from_tags(item) {
        return Reading::new(Some(label), "tags", Grade::Derived);
    }
    if let Some(label) = from_name(item) {
        return Reading::new(Some(label), "id", Grade::Guessed);
    }
    let stated = item.config.valid().is_some();
    Reading::new(None, "config", if stated { Grade::Stated } else { Grade::Unknown })
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
    // compressed-tensors is a container: its format says more (`nvfp4-pack-quantized`).
    let format = packing.format.valid().and_then(|format| format.split('-').next());
    let method = format.filter(|format| matches!(*format, "nvfp4" | "mxfp4")).unwrap_or(method);
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
