//! Quantization: labels in GGUF and ONNX file names, else `quantization_config`, else tags, else the name.

pub(crate) mod bits_label;
pub(crate) mod gguf_label;
pub(crate) mod onnx_label;
pub(crate) mod openvino_label;

use super::Reading;
use super::format::Together;
use super::name::repository;
use crate::model::listing::{ListingItem, QuantizationConfig};
use crate::model::metadata::VariantLabel;
use crate::model::{Field, Grade};
use bits_label::{bits_in_path, bits_per_weight, hundredths};
pub(super) use gguf_label::gguf_label;
use onnx_label::onnx_label;
use openvino_label::openvino_label;

/// Format and label of a variant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Label {
    pub(crate) format: &'static str,
    /// None where it is not quantized or, graded `unknown`, where nothing says so.
    pub(crate) quantization: Option<String>,
    pub(crate) grade: Grade,
}

/// The labels of a repository, format by format, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels(pub(crate) Vec<Label>);

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

    pub(super) fn variants(&self) -> Vec<VariantLabel> {
        let variant = |label: &Label| {
            VariantLabel::new(label.format, label.quantization.clone(), label.grade)
        };
        self.0.iter().map(variant).collect()
    }

    /// The label of the variant that one would take first.
    pub(super) fn usual(&self) -> Option<String> {
        let main = self.0.first()?.format;
        let of_main = self.0.iter().filter(|variant| variant.format == main);
        usual(&mut of_main.map(|variant| variant.quantization.as_deref())).map(str::to_owned)
    }
}

/// Of the labels of one format the one that one would take first: llama.cpp's `-hf` takes `Q4_K_M`, else the first
/// file (llama.cpp `common/arg.cpp`).
pub(super) fn usual<'l>(labels: &mut dyn Iterator<Item = Option<&'l str>>) -> Option<&'l str> {
    let mut first = None;
    for label in labels.flatten() {
        if label == "Q4_K_M" {
            return Some(label);
        }
        first = first.or(Some(label));
    }
    first
}

pub(crate) fn read(item: &ListingItem<'_>, formats: &[&'static str]) -> Reading<Labels> {
    let packed = packed(item);
    let labels: Vec<_> =
        formats.iter().flat_map(|format| of_format(item, format, &packed)).collect();
    match labels.first() {
        Some(first) if matches!(first.format, "gguf" | "onnx") => {
            let count = labels.iter().filter(|label| label.format == first.format).count();
            let detail = if count == 1 {
                "one variant".to_owned()
            } else {
                format!("one of {count} variants")
            };
            let grade = first.grade;
            Reading::new(Labels(labels), "siblings", grade).detail(detail)
        }
        Some(_) => Reading::new(Labels(labels), packed.source, packed.grade),
        None => Reading::new(Labels::default(), "none", Grade::Unknown),
    }
}

/// The labels of a format's files, each once.
fn of_format(item: &ListingItem<'_>, format: &'static str, packed: &Packed) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    if in_names(format) {
        let mut together = Together::default();
        item.files().for_each(|(path, _)| together.add(&path));
        for (path, _) in item.files().filter(|(path, _)| together.format(path) == Some(format)) {
            add(&mut labels, of_file(format, &path, packed));
        }
    }
    if labels.is_empty() {
        labels.push(unlisted(format, packed));
    }
    labels
}

/// A repository has a few dozen labels: each is compared with those before.
fn add(labels: &mut Vec<Label>, label: Label) {
    if !labels.iter().any(|other| other.quantization == label.quantization) {
        labels.push(label);
    }
}

/// Whether names tell the label of one file from that of another.
fn in_names(format: &str) -> bool {
    matches!(format, "gguf" | "onnx" | "ggml" | "tflite" | "openvino" | "safetensors")
}

/// The label of a format none of whose files are listed.
pub(super) fn unlisted(format: &'static str, packed: &Packed) -> Label {
    if matches!(format, "gguf" | "onnx") {
        return Label { format, quantization: None, grade: Grade::Unknown };
    }
    Label { format, quantization: packed.value.clone(), grade: packed.grade }
}

/// The label of a file of weights: by its name, else by what is said of the repository. GGUF and ONNX files are
/// many to a repository, and each is labelled by its name or not at all.
pub(super) fn of_file(format: &'static str, path: &str, packed: &Packed) -> Label {
    let named = match format {
        "gguf" | "ggml" | "tflite" => gguf_label(path),
        "onnx" => onnx_label(path),
        "openvino" => openvino_label(path),
        "safetensors" => bits_in_path(path, packed.value.as_deref()),
        _ => None,
    };
    match named {
        Some(label) => Label { format, quantization: Some(label), grade: Grade::Derived },
        None => unlisted(format, packed),
    }
}

/// How the weights of a format without labels are packed.
pub(super) type Packed = Reading<Option<String>>;

/// How the weights of a format without labels are packed; a config that does not say so says they are not.
pub(super) fn packed(item: &ListingItem<'_>) -> Packed {
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

fn bits(packing: &QuantizationConfig<'_>) -> Option<String> {
    let flag = |field: &Field<bool>| field.valid() == Some(&true);
    let stated = packing.bits.valid().copied().filter(|bits| (1.0..=32.0).contains(bits));
    let flagged = || {
        if flag(&packing.load_in_4bit) {
            Some(4.0)
        } else {
            flag(&packing.load_in_8bit).then_some(8.0)
        }
    };
    stated.or_else(flagged).map(hundredths)
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
    if let Some(label) = name.split('-').find(|word| is_mlc_label(word)) {
        return Some(label.to_owned());
    }
    let words: Vec<&str> = name.split(['-', '_', '.']).take(64).collect();
    let method = METHODS.into_iter().find(|method| words.contains(method))?;
    if let Some(bits) = bits_per_weight(&name).filter(|_| method.starts_with("exl")) {
        return Some(format!("{method}-{bits}bit"));
    }
    let bits =
        words.iter().find(|word| matches!(**word, "4bit" | "8bit" | "3bit" | "2bit" | "6bit"));
    Some(bits.map_or_else(|| method.to_owned(), |bits| format!("{method}-{bits}")))
}

/// `q4f16_1`: bits of weights, type of the rest, and a layout, as MLC names its builds.
fn is_mlc_label(word: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    match word.as_bytes() {
        [b'q', bits, b'f', b'1' | b'3', b'6' | b'2', rest @ ..] => {
            digit(bits) && matches!(rest, [b'_', layout] if digit(layout))
        }
        _ => false,
    }
}
