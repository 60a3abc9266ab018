//! Files grouped into [`Variant`]s, and the [`Sidecar`](crate::model::Sidecar)s that go with them.
//!
//! Every file is a part of one variant, or a sidecar, or neither: configs, tokenizers and texts. Names alone decide,
//! and what stands beside them; the order of the files decides nothing.

mod assemble;
mod layouts;
mod listing;
mod llama_cpp;
mod part;
mod shard;
mod sidecars;
mod sorted;

pub use super::quantization::bits_label::bits_per_weight;
pub use llama_cpp::{llama_cpp_choice, llama_cpp_sidecar};
pub(crate) use shard::Name;

use super::format::FORMATS;
use super::quantization::{self, Packed};
use super::transformers_js;
use crate::model::Grade;
use crate::model::listing::ListingItem;
use crate::model::variant::{Grouping, ModelFile, Variant};
use listing::Listing;
use part::{Part, Role};
use sorted::sorted;

/// Groups the files of a listing item.
#[must_use]
pub fn read(item: &ListingItem<'_>) -> Grouping {
    let files: Vec<_> = item.files().collect();
    let files: Vec<_> = files.iter().map(|(path, size)| (&**path, *size)).collect();
    group(&files, &quantization::packed(item))
}

/// Groups files by their paths; with their bytes, where known, and with what is known of weights whose names do not
/// tell how they are packed: the label, and how sure it is.
#[must_use]
pub fn of_files(files: &[(&str, Option<u64>)], packed: Option<String>, grade: Grade) -> Grouping {
    group(files, &Packed::new(packed, "", grade))
}

fn group(files: &[(&str, Option<u64>)], packed: &Packed) -> Grouping {
    let listing = Listing::new(files);
    let transformers_js = transformers_js::facts(files);
    let mut grouping = Grouping { transformers_js, ..Grouping::default() };
    let mut parts = Vec::new();
    for (path, size) in listing.files() {
        let file = || ModelFile { path: path.to_owned(), size };
        if let Some(part) = part::of(&listing, path, size) {
            parts.push(part);
        } else if let Some((kind, format)) = listing.together.sidecar(path) {
            grouping.sidecars.push(sidecars::sidecar(kind, format, file()));
        } else {
            grouping.others.push(file());
        }
    }
    let parts = by_variant(layouts::tell_apart(parts));
    let same =
        |one: &Part<'_>, other: &Part<'_>| one.format == other.format && one.key == other.key;
    for run in parts.chunk_by(same) {
        match labelled(&listing, run) {
            Some(part) => {
                let label = quantization::of_file(part.format, part.path, packed);
                grouping.variants.push(assemble::variant(run, label));
            }
            None => grouping.others.extend(run.iter().map(file_of)),
        }
    }
    finish(grouping)
}

/// The parts of each variant side by side, in the order of their wholes and numbers.
fn by_variant(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    sorted(parts, &|one, other| {
        let variant = (one.format, &one.key, one.role).cmp(&(other.format, &other.key, other.role));
        let layout = || layouts::layout(one).cmp(&layouts::layout(other));
        let number = || layouts::number(one).cmp(&layouts::number(other));
        let path = || one.path.cmp(other.path);
        let whole = || one.whole.cmp(&other.whole);
        variant.then_with(whole).then_with(layout).then_with(number).then_with(path)
    })
}

/// The part that a variant is labelled by; none where no part holds weights.
fn labelled<'r, 'a>(listing: &Listing<'_>, run: &'r [Part<'a>]) -> Option<&'r Part<'a>> {
    let counts = |part: &&Part<'_>| {
        part.role != Role::Support && listing.together.format(part.path).is_some()
    };
    run.iter().find(counts)
}

fn file_of(part: &Part<'_>) -> ModelFile {
    ModelFile { path: part.path.to_owned(), size: part.size }
}

fn finish(mut grouping: Grouping) -> Grouping {
    copies(&mut grouping.variants);
    grouping.variants = sorted(grouping.variants, &|one, other| {
        let key = |variant: &Variant| {
            let format = FORMATS.iter().position(|name| *name == variant.format);
            (format, variant.copy_of.is_some(), variant.name.is_some())
        };
        key(one).cmp(&key(other)).then_with(|| one.primary_file.cmp(&other.primary_file))
    });
    grouping.others = sorted(grouping.others, &|one, other| one.path.cmp(&other.path));
    sidecars::link(&grouping.variants, &mut grouping.sidecars);
    grouping.first = first(&grouping.variants).and_then(|variant| variant.primary_file.clone());
    grouping
}

/// The variant that one would take first; they are in order.
fn first(variants: &[Variant]) -> Option<&Variant> {
    let main = &variants.first()?.format;
    let of_main = || variants.iter().filter(|variant| variant.format == *main);
    let label = quantization::usual(&mut of_main().map(|variant| variant.quantization.as_deref()));
    of_main().find(|variant| variant.quantization.as_deref() == label)
}

/// Marks the author's own layout (`consolidated*`, `original/`) of weights that stand there for loaders too.
fn copies(variants: &mut [Variant]) {
    let file = |variant: &Variant| variant.primary_file.clone().unwrap_or_default();
    let loaded = |variant: &&Variant| {
        let tensors = matches!(variant.format.as_str(), "safetensors" | "pytorch");
        let file = file(variant);
        tensors
            && variant.folder.is_empty()
            && variant.copy_of.is_none()
            && (file.starts_with("model") || file.starts_with("pytorch_model"))
    };
    // Of both formats, safetensors are loaded.
    let loaded = variants.iter().filter(loaded).max_by_key(|variant| &variant.format);
    let Some(loaded) = loaded.map(file) else { return };
    for variant in variants {
        let own = variant.folder == "original" || variant.folder.starts_with("original/");
        if own || file(variant).starts_with("consolidated") {
            variant.copy_of = Some(loaded.clone());
        }
    }
}
