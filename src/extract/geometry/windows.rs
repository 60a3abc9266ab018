//! Which layers see only the last tokens, and how many.

use super::gguf_keys::{Keys, at};
use crate::model::geometry::Attention;

/// How an architecture mixes windows with full attention, where its file has no list that says so.
struct Row {
    architecture: &'static str,
    /// Every so-and-so-many-th layer sees all; 1 where a file must have the list, 0 where no layer sees all.
    period: u64,
    /// Whether that is the first of them, not the last.
    full_first: bool,
    width: Width,
}

/// Where the width of a window comes from.
enum Width {
    /// The file.
    Key,
    /// The file, or else this.
    Usually(u64),
    /// Always this, unless the file says 0 or, where it must say something, nothing.
    Always(u64),
}
use Width::{Always, Key, Usually};

const fn row(architecture: &'static str, period: u64, full_first: bool, width: Width) -> Row {
    Row { architecture, period, full_first, width }
}

const ROWS: [Row; 29] = [
    row("afmoe", 4, false, Key),
    row("cohere2", 4, false, Key),
    row("cohere2moe", 4, true, Key),
    row("deepseek4", 0, false, Key),
    row("dflash", 1, false, Key),
    row("dots3note", 1, false, Key),
    row("exaone-moe", 4, false, Usually(128)),
    row("exaone4", 4, false, Usually(4096)),
    row("gemma-embedding", 6, false, Key),
    row("gemma2", 2, false, Usually(4096)),
    row("gemma3", 6, false, Key),
    row("gemma3n", 5, false, Key),
    row("gemma4", 1, false, Key),
    row("gemma4-assistant", 1, false, Key),
    row("gpt-oss", 2, false, Key),
    row("granite_swa", 1, false, Key),
    row("laguna", 4, true, Key),
    row("lfm2", 0, false, Key),
    row("llama4", 4, false, Always(8192)),
    row("maple", 1, false, Key),
    row("mellum", 4, false, Key),
    row("mimo2", 1, false, Key),
    row("modern-bert", 3, true, Key),
    row("muse-glimmer", 4, false, Key),
    row("olmo2", 4, false, Key),
    row("plamo3", 8, false, Key),
    row("smallthinker", 4, true, Always(4096)),
    row("spark2_5", 1, false, Key),
    row("step35", 1, false, Key),
];

/// The windows of a file.
#[derive(Default)]
pub(super) struct Windows {
    /// How wide they are; none where no layer has one.
    width: Option<u64>,
    /// Whether they are chunks, which do not slide.
    chunked: bool,
    layers: Vec<bool>,
}

impl Windows {
    /// The windows of a file whose trunk has so many layers.
    pub(super) fn of(keys: &Keys<'_>, trunk: usize) -> Self {
        let row = ROWS.iter().find(|row| row.architecture == keys.architecture);
        let Some(row) = row else { return Self::default() };
        // llama.cpp tells the two sizes of EXAONE 4 apart by their layers.
        if keys.architecture == "exaone4" && trunk != 64 {
            return Self::default();
        }
        let width = row.width(keys).filter(|width| *width > 0);
        if width.is_none() {
            return Self::default();
        }
        let chunked = keys.architecture == "llama4";
        Self { width, chunked, layers: row.layers(keys, trunk) }
    }

    /// How a layer looks at earlier tokens, and the width of its window.
    pub(super) fn of_layer(&self, layer: usize) -> (Attention, Option<u64>) {
        match self.layers.get(layer) {
            Some(true) if self.chunked => (Attention::Chunked, self.width),
            Some(true) => (Attention::Window, self.width),
            _ => (Attention::Full, None),
        }
    }
}

impl Row {
    fn width(&self, keys: &Keys<'_>) -> Option<u64> {
        let told = keys.number("attention.sliding_window");
        match self.width {
            Key => told,
            Usually(width) => told.or(Some(width)),
            Always(_) if told == Some(0) => None,
            Always(_) if told.is_none() && keys.architecture == "smallthinker" => None,
            Always(width) => Some(width),
        }
    }

    fn layers(&self, keys: &Keys<'_>, trunk: usize) -> Vec<bool> {
        const PATTERN: &str = "attention.sliding_window_pattern";
        // LFM2 has a window wherever it has attention, and DeepSeek-V4 even in the layers behind the trunk.
        if self.period == 0 {
            return vec![true; keys.layers];
        }
        if let Some(list) = keys.list(PATTERN) {
            return (0..keys.layers).map(|layer| at(&list, layer) != 0).collect();
        }
        let period = if self.period == 1 { 1 } else { keys.number(PATTERN).unwrap_or(self.period) };
        let full = if self.full_first { 0 } else { period.saturating_sub(1) };
        (0..trunk as u64).map(|layer| layer.checked_rem(period) != Some(full)).collect()
    }
}
