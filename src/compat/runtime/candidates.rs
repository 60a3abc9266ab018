//! The variants of a model that a check looks at, the one that most people take first.

use super::case::Case;
use super::subject::Subject;
use super::target::Target;
use crate::model::metadata::VariantLabel;
use crate::model::order::greatest_first;

/// The variants in formats that the runtime loads, as they are before those it unpacks; those in other formats last. Where
/// the target names one, that one.
pub(super) fn of<'c, 'f>(
    model: &'c Subject<'f>,
    target: &'c Target<'f>,
) -> impl Iterator<Item = Case<'c, 'f>> {
    let wanted = target.options.variant.as_deref();
    // llama.cpp's `-hf` takes Q4_K_M where there is one; `quantization` of the metadata follows it.
    let usual = &model.metadata.quantization;
    let ranked = |variant: &'c VariantLabel| {
        let load = target.loads.iter().find(|load| load.format == variant.format);
        let rank = match load {
            Some(load) if !load.dequantises => u64::from(variant.quantization != *usual),
            Some(_) => 2,
            None => 3,
        };
        (rank, variant, load)
    };
    let variants = model.metadata.variants.iter().filter(|variant| is_meant(variant, wanted));
    let variants: Vec<_> = variants.map(ranked).collect();
    let first = greatest_first(&variants, |(rank, ..)| 3 - rank);
    first.into_iter().map(|(_, variant, load)| Case::new(model, target, variant, load))
}

fn is_meant(variant: &VariantLabel, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| {
        let same = |name: &str| name.eq_ignore_ascii_case(wanted);
        same(&variant.format) || variant.quantization.as_deref().is_some_and(same)
    })
}
