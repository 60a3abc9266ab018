//! Sidecars, and which variants each is taken with.

use super::llama_cpp::best_sidecar;
use crate::extract::quantization::gguf_label::gguf_label;
use crate::model::variant::{ModelFile, Sidecar, SidecarKind, Variant};

pub(super) fn sidecar(kind: SidecarKind, format: &'static str, file: ModelFile) -> Sidecar {
    let quantization = if format == "gguf" { gguf_label(&file.path) } else { None };
    Sidecar { kind, format: format.to_owned(), file, quantization, variants: None }
}

/// The kinds of which a variant is taken with one.
const CHOSEN: [SidecarKind; 3] = [SidecarKind::Projector, SidecarKind::Mtp, SidecarKind::Draft];

/// Each variant is compared with each sidecar. A repository with a hundred of both, which is more than any real one
/// has, takes a hundredth of this; beyond, nothing is linked.
const MAX_PAIRS: usize = 1_000_000;

/// Links each variant to the sidecars that it is taken with.
pub(super) fn link(variants: &[Variant], sidecars: &mut [Sidecar]) {
    if variants.len().saturating_mul(sidecars.len()) > MAX_PAIRS {
        return;
    }
    for sidecar in sidecars.iter_mut().filter(|sidecar| CHOSEN.contains(&sidecar.kind)) {
        sidecar.variants = Some(Vec::new());
    }
    for variant in variants {
        let Some(file) = &variant.primary_file else { continue };
        for kind in CHOSEN {
            let best = best_sidecar(sidecars, &variant.format, file, kind, None);
            let best = best.and_then(|best| sidecars.get_mut(best)?.variants.as_mut());
            if let Some(variants) = best {
                variants.push(file.clone());
            }
        }
    }
}
