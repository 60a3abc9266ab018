//! `preprocessor_config.json` and `processor_config.json`: how images and sounds are prepared
//! (transformers 5.23 `image_processing_utils.py`, `feature_extraction_sequence_utils.py`, `processing_utils.py`).

use super::remote_code;
use super::values::{fill, numbers, text};
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, ImageSize, ProcessorFacts};

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let processor = facts.processor.get_or_insert_default();
    fill(&mut processor.class, text(config.get("processor_class")));
    // A processor of several parts has them inside.
    let [images, sounds] = config.pick(["image_processor", "feature_extractor"]);
    for part in [config, images, sounds] {
        read_images(part, processor);
        read_sounds(part, processor);
    }
    remote_code::read(config, facts);
}

fn read_images(config: Json<'_>, processor: &mut ProcessorFacts) {
    let [class, size, crop, patch, merge, least, most, mean, std] = config.pick([
        "image_processor_type",
        "size",
        "crop_size",
        "patch_size",
        "merge_size",
        "min_pixels",
        "max_pixels",
        "image_mean",
        "image_std",
    ]);
    fill(&mut processor.image_processor, text(class));
    fill(&mut processor.image_size, image_size(size));
    fill(&mut processor.crop_size, image_size(crop));
    fill(&mut processor.patch_size, side(patch));
    fill(&mut processor.merge_size, merge.count());
    fill(&mut processor.min_pixels, least.count());
    fill(&mut processor.max_pixels, most.count());
    if processor.image_mean.is_empty() {
        processor.image_mean = numbers(mean);
        processor.image_std = numbers(std);
    }
}

fn read_sounds(config: Json<'_>, processor: &mut ProcessorFacts) {
    let [class, rate, bands, mel_bands, chunk] = config.pick([
        "feature_extractor_type",
        "sampling_rate",
        "feature_size",
        "num_mel_bins",
        "chunk_length",
    ]);
    fill(&mut processor.feature_extractor, text(class));
    fill(&mut processor.sampling_rate, rate.count());
    fill(&mut processor.feature_size, bands.count().or(mel_bands.count()));
    fill(&mut processor.chunk_seconds, chunk.number());
}

/// One number for both sides, as old files have it, or an object.
fn image_size(value: Json<'_>) -> Option<ImageSize> {
    if let Some(side) = value.count() {
        return Some(ImageSize { height: Some(side), width: Some(side), ..ImageSize::default() });
    }
    let [height, width, shortest, longest] =
        value.pick(["height", "width", "shortest_edge", "longest_edge"]);
    let size = ImageSize {
        height: height.count(),
        width: width.count(),
        shortest_edge: shortest.count(),
        longest_edge: longest.count(),
    };
    (size != ImageSize::default()).then_some(size)
}

fn side(value: Json<'_>) -> Option<u64> {
    value.count().or(value.get("height").count())
}
