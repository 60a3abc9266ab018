//! What a file is a part of, by its own name and those beside it.

use super::listing::{Listing, join, split};
use super::shard::{Name, Shard};
use crate::extract::format::is_vocabulary;
use crate::extract::quantization::onnx_label::{is_session, onnx_label};
use crate::extract::quantization::openvino_label::openvino_label;

/// A file that is a part of a variant.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) path: &'a str,
    pub(super) size: Option<u64>,
    pub(super) format: &'static str,
    pub(super) role: Role,
    /// The path of the whole that shards make up.
    pub(super) whole: String,
    /// What all parts of a variant have in common.
    pub(super) key: String,
    /// The folder that holds the variant.
    pub(super) folder: &'a str,
    pub(super) shard: Option<Shard<'a>>,
    pub(super) joined: bool,
    /// The first file of the same weights in another layout.
    pub(super) copy_of: Option<&'a str>,
}

/// What a file does in its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// It holds weights.
    Weights,
    /// It says which shard holds what.
    Index,
    /// It goes with those: external data, a list of weights, a vocabulary.
    Support,
}

/// What a file is a part of; none of no variant.
pub(super) fn of<'a>(listing: &Listing<'_>, path: &'a str, size: Option<u64>) -> Option<Part<'a>> {
    let part = match listing.together.format(path) {
        Some(format) => weights(listing, path, format),
        None => support(listing, path)?,
    };
    Some(Part { size, ..part })
}

fn weights<'a>(listing: &Listing<'_>, path: &'a str, format: &'static str) -> Part<'a> {
    match format {
        "safetensors" | "pytorch" | "tensorflow" | "flax" => tensors(listing, path, format),
        "mlc" => in_folder(path, format, Name::of(path).shard),
        "ctranslate2" => in_folder(path, format, None),
        "onnx" => session(listing, path),
        "openvino" => model_of_openvino(listing, path),
        "coreml" => package(listing, path),
        _ => {
            let Name { whole, shard, joined } = Name::of(path);
            Part { key: whole.clone(), whole, shard, joined, ..plain(path, format) }
        }
    }
}

/// A file of weights that is a variant alone.
fn plain<'a>(path: &'a str, format: &'static str) -> Part<'a> {
    Part {
        path,
        size: None,
        format,
        role: Role::Weights,
        whole: path.to_owned(),
        key: path.to_owned(),
        folder: split(path).0,
        shard: None,
        joined: false,
        copy_of: None,
    }
}

/// A file whose folder is the variant.
fn in_folder<'a>(path: &'a str, format: &'static str, shard: Option<Shard<'a>>) -> Part<'a> {
    let folder = split(path).0;
    // All shards are of one whole.
    let whole = if shard.is_some() { join(folder, "*") } else { path.to_owned() };
    Part { key: join(folder, "*"), whole, shard, ..plain(path, format) }
}

/// Files of `PyTorch`'s kind, and their index.
fn tensors<'a>(listing: &Listing<'_>, path: &'a str, format: &'static str) -> Part<'a> {
    if let Some(whole) = path.strip_suffix(".index.json") {
        let part = of_whole(listing, path, format, Name::of(whole).whole);
        return Part { role: Role::Index, ..part };
    }
    let Name { whole, shard, .. } = Name::of(path);
    Part { shard, ..of_whole(listing, path, format, whole) }
}

fn of_whole<'a>(
    listing: &Listing<'_>,
    path: &'a str,
    format: &'static str,
    whole: String,
) -> Part<'a> {
    let folder = split(path).0;
    let (key, folder) = match of_several(listing, folder, &whole) {
        Some((folder, suffix)) => (join(folder, &format!("*{suffix}")), folder),
        None => (whole.clone(), folder),
    };
    Part { whole, key, folder, ..plain(path, format) }
}

/// Names that loaders look for, without what may stand between them and the ending (`.fp16`).
const LOADED: [&str; 6] = [
    "model",
    "pytorch_model",
    "diffusion_pytorch_model",
    "tf_model",
    "flax_model",
    "diffusion_flax_model",
];

/// What a loader asks for beside the name that it looks for: `fp16` for `model.fp16.safetensors`.
pub(super) fn name_of(part: &Part<'_>) -> Option<String> {
    let named = matches!(part.format, "safetensors" | "pytorch" | "tensorflow" | "flax");
    let (name, _ending) = loaded_suffix(&part.whole).filter(|_| named)?.rsplit_once('.')?;
    name.strip_prefix('.').map(str::to_owned)
}

fn loaded_suffix(whole: &str) -> Option<&str> {
    let base = split(whole).1;
    LOADED.iter().find_map(|stem| base.strip_prefix(stem).filter(|rest| rest.starts_with('.')))
}

/// The folder of a model of several parts, and the variant that a file of one of them is of: `.fp16.safetensors`.
fn of_several<'p, 'w>(
    listing: &Listing<'_>,
    folder: &'p str,
    whole: &'w str,
) -> Option<(&'p str, &'w str)> {
    let suffix = loaded_suffix(whole)?;
    match listing.whole_of(folder) {
        Some(root) => Some((root, suffix)),
        None => listing.has_in(folder, "modules.json").then_some((folder, suffix)),
    }
}

/// Sessions of one dtype are one variant: those in a folder `onnx/`, and those whose names loaders look for.
fn session<'a>(listing: &Listing<'_>, path: &'a str) -> Part<'a> {
    let folder = split(path).0;
    let folder = listing.whole_of(folder).unwrap_or(folder);
    Part { key: key_of_session(listing, path), folder, ..plain(path, "onnx") }
}

fn key_of_session(listing: &Listing<'_>, path: &str) -> String {
    let (folder, base) = split(path);
    let stem = base.strip_suffix(".onnx").unwrap_or(base);
    let session = stem.rsplit_once('_').map_or(stem, |(session, _)| session);
    let together = split(folder).1 == "onnx" || is_session(stem) || is_session(session);
    match onnx_label(path).filter(|_| together) {
        Some(label) => join(listing.whole_of(folder).unwrap_or(folder), &format!("*{label}")),
        None => path.to_owned(),
    }
}

/// All networks of one precision in a folder are one variant.
fn model_of_openvino<'a>(listing: &Listing<'_>, path: &'a str) -> Part<'a> {
    let folder = split(path).0;
    let folder = listing.whole_of(folder).unwrap_or(folder);
    let label = openvino_label(path).unwrap_or_default();
    Part { key: join(folder, &format!("*{label}")), folder, ..plain(path, "openvino") }
}

/// A package is one variant; those of an image pipeline, which has one named `Unet`, are together.
fn package<'a>(listing: &Listing<'_>, path: &'a str) -> Part<'a> {
    let package = [".mlpackage/", ".mlmodelc/"]
        .iter()
        .find_map(|ending| path.get(..path.find(ending)? + ending.len() - 1));
    let Some(package) = package else { return plain(path, "coreml") };
    let folder = split(package).0;
    let pipeline = listing.has_start(&join(folder, "Unet"));
    let key = if pipeline { join(folder, "*") } else { package.to_owned() };
    Part { key, whole: package.to_owned(), folder, ..plain(path, "coreml") }
}

/// What a file goes with that holds no weights of its own format.
fn support<'a>(listing: &Listing<'_>, path: &'a str) -> Option<Part<'a>> {
    let (folder, base) = split(path);
    let beside = |name: &str| listing.has_in(folder, name);
    let part = if path.contains(".mlpackage/") || path.contains(".mlmodelc/") {
        package(listing, path)
    } else if let Some(owner) = data_of(path).filter(|owner| listing.has(owner)) {
        Part { key: key_of_session(listing, owner), ..plain(path, "onnx") }
    } else if base == "weights.pb" && beside("model.onnx") {
        let owner = join(folder, "model.onnx");
        Part { key: key_of_session(listing, &owner), ..plain(path, "onnx") }
    } else if is_list_of_weights(base) && beside("params_shard_0.bin") {
        in_folder(path, "mlc", None)
    } else if is_vocabulary(path) && beside("model.bin") {
        in_folder(path, "ctranslate2", None)
    } else if is_data_of_openvino(listing, path) {
        model_of_openvino(listing, path)
    } else {
        return index_of_variant(listing, path);
    };
    Some(Part { role: Role::Support, ..part })
}

/// The ONNX file that a file holds tensors of: `model.onnx_data`, `model.onnx_data_1`, `model.onnx.data`.
fn data_of(path: &str) -> Option<&str> {
    let end = path.rfind(".onnx")? + ".onnx".len();
    let (owner, rest) = path.split_at_checked(end)?;
    (rest.starts_with("_data") || rest.starts_with(".data")).then_some(owner)
}

/// MLC's, before and since TVM renamed it.
fn is_list_of_weights(base: &str) -> bool {
    matches!(base, "tensor-cache.json" | "ndarray-cache.json" | "ndarray-cache-b16.json")
}

fn is_data_of_openvino(listing: &Listing<'_>, path: &str) -> bool {
    let Some(stem) = path.strip_suffix(".bin") else { return false };
    split(stem).1.starts_with("openvino") && listing.has(&format!("{stem}.xml"))
}

/// `model.safetensors.index.fp16.json`: as transformers names the index of a variant.
fn index_of_variant<'a>(listing: &Listing<'_>, path: &'a str) -> Option<Part<'a>> {
    let (loaded, variant) = path.strip_suffix(".json")?.rsplit_once(".index.")?;
    let (stem, ending) = loaded.rsplit_once('.')?;
    let format = match ending {
        "safetensors" => "safetensors",
        "bin" => "pytorch",
        _ => return None,
    };
    let part = of_whole(listing, path, format, format!("{stem}.{variant}.{ending}"));
    Some(Part { role: Role::Index, ..part })
}
