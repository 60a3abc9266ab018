//! `config.json` of timm (1.0 `models/_hub.py`).

use super::values::{counts, numbers, text};
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, TimmFacts};

/// Reads a `config.json` that is timm's: it names an architecture and how that was trained.
pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [architecture, trained, classes, features] =
        config.pick(["architecture", "pretrained_cfg", "num_classes", "num_features"]);
    // Old files have the settings beside the name.
    let trained = if trained.is_object() { trained } else { config };
    let [tag, input_size, mean, std, own_classes, interpolation, crop_share] = trained.pick([
        "tag",
        "input_size",
        "mean",
        "std",
        "num_classes",
        "interpolation",
        "crop_pct",
    ]);
    if text(architecture).is_none() || !input_size.is_list() {
        return;
    }
    facts.timm.get_or_insert(TimmFacts {
        architecture: text(architecture),
        tag: text(tag),
        num_classes: classes.count().or(own_classes.count()),
        num_features: features.count(),
        input_size: counts(input_size),
        mean: numbers(mean),
        std: numbers(std),
        interpolation: text(interpolation),
        crop_share: crop_share.number(),
    });
}
