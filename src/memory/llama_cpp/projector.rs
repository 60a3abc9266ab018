//! Projectors: what turns images and sounds into embeddings.

use crate::model::Json;
use crate::model::memory::{ComputeBytes, ComputeSource};

/// A projector, by the keys of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projector {
    /// Bytes of its tensors.
    pub bytes: u64,
    /// `clip.projector_type`, or that of its vision part.
    pub kind: String,
    /// Pixels along the side of an image.
    pub image_size: u64,
    /// Pixels along the side of a patch.
    pub patch_size: u64,
    /// Width of its stream.
    pub embedding_length: u64,
    /// Width of its feed-forward network.
    pub feed_forward_length: u64,
    /// Heads.
    pub heads: u64,
    /// Whether there is a part for sounds too.
    pub audio: bool,
}

/// Projectors whose images have any size, and the patches along the side of the square that llama.cpp reserves for:
/// tokens times the patches of each that are merged.
///
/// Source: llama.cpp v0.5.0 `tools/mtmd/clip.cpp` (`set_warmup_n_tokens`, `warmup_image_size`).
const SIDES: [(&str, u64); 20] = [
    ("qwen2vl_merger", 92),
    ("qwen2.5vl_merger", 92),
    ("qwen3vl_merger", 92),
    ("qwen2.5o", 92),
    ("mimovl", 92),
    ("glm4v", 92),
    ("exaone4_5", 92),
    ("dots_ocr", 92),
    ("paddleocr", 56),
    ("hunyuanvl", 64),
    ("muse_glimmer", 64),
    ("pixtral", 32),
    ("lightonocr", 32),
    ("kimivl", 32),
    ("kimik25", 64),
    ("youtuvl", 32),
    ("minimax_m3", 32),
    ("gemma4v", 48),
    ("phi4", 16),
    ("lfm2", 64),
];

/// Patches of thirty seconds of sound: what encoders like Whisper's see at once.
const AUDIO_PATCHES: u64 = 1500;
/// Patches where nothing tells their number: a square of 64.
const USUAL_PATCHES: u64 = 64 * 64;

impl Projector {
    /// Reads it from its JSON. What is left out counts as 0.
    #[must_use]
    pub fn from_json(json: Json<'_>) -> Self {
        let count = |key| json.get(key).count().unwrap_or(0);
        Self {
            bytes: count("bytes"),
            kind: json.get("kind").text().unwrap_or_default().into_owned(),
            image_size: count("imageSize"),
            patch_size: count("patchSize"),
            embedding_length: count("embeddingLength"),
            feed_forward_length: count("feedForwardLength"),
            heads: count("heads"),
            audio: json.get("audio").flag().unwrap_or(false),
        }
    }

    /// Patches of the largest image that is reserved for.
    fn patches(&self) -> u64 {
        let known = SIDES.iter().find(|(kind, _)| *kind == self.kind).map(|(_, side)| *side);
        let side = known.or_else(|| self.image_size.checked_div(self.patch_size));
        let images = side.map_or(0, |side| side.saturating_mul(side));
        let sounds = if self.audio { AUDIO_PATCHES } else { 0 };
        match images.max(sounds) {
            0 => USUAL_PATCHES,
            patches => patches,
        }
    }

    /// What it computes with: the stream thrice and what the feed-forward network widens it to; without flash
    /// attention the whole matrix of attention, and with windows a mask in two precisions.
    ///
    /// Compared with figures of eight encoders of images (gpustack/gguf-parser-go, issue 44): within 14 %.
    pub(super) fn compute(&self, flash_attention: bool) -> ComputeBytes {
        let patches = self.patches();
        let square = patches.saturating_mul(patches);
        let width = self.embedding_length.saturating_mul(3);
        let row = width.saturating_add(self.feed_forward_length).saturating_mul(4);
        let matrix = square.saturating_mul(self.heads).saturating_mul(4);
        let mask = if self.kind.starts_with("qwen2.5") { square.saturating_mul(6) } else { 0 };
        let all = patches.saturating_mul(row).saturating_add(mask);
        let all = if flash_attention { all } else { all.saturating_add(matrix) };
        let known = self.embedding_length > 0 && self.feed_forward_length > 0;
        if known {
            let part = |hundredths: u64| (all / 100).saturating_mul(hundredths);
            let (low, high) = (part(75), part(140));
            return ComputeBytes { low, expected: all, high, source: ComputeSource::Formula };
        }
        // Nothing is known of its shape: Unsloth Studio takes 1.4 times the file, Ollama a GiB beside it.
        let expected = (self.bytes / 10).saturating_mul(4);
        let high = expected.max(1 << 30);
        ComputeBytes { low: 0, expected, high, source: ComputeSource::Guess }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn vision(kind: &str, embedding: u64, feed_forward: u64, image: u64, patch: u64) -> Projector {
        Projector {
            kind: kind.to_owned(),
            image_size: image,
            patch_size: patch,
            embedding_length: embedding,
            feed_forward_length: feed_forward,
            heads: 16,
            ..Projector::default()
        }
    }

    /// Clip buffers in MiB without and with flash attention: gpustack/gguf-parser-go, issue 44.
    #[test]
    fn ranges_hold_the_published_figures() {
        let published = [
            (vision("qwen2.5vl_merger", 1280, 3420, 560, 14), [4872, 705]),
            (vision("qwen3vl_merger", 1152, 4304, 768, 16), [4728, 323]),
            (vision("qwen2vl_merger", 1280, 5120, 560, 14), [4598, 267]),
            (vision("gemma3", 1152, 4304, 896, 14), [1132, 121]),
        ];
        for (projector, [without, with]) in published {
            for (flash_attention, measured) in [(false, without), (true, with)] {
                let found = projector.compute(flash_attention);
                let range = found.low / MIB..=found.high / MIB;
                assert!(range.contains(&measured), "{}: {range:?} {measured}", projector.kind);
            }
        }
    }
}
