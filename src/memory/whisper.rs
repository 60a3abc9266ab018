//! What a model takes in whisper.cpp: its own table, by the size of the file.

use super::answer::Answer;
use super::ask::Ask;
use super::quantity::MIB;
use crate::model::runtime_memory::{PartName, RuntimeMemory};
use crate::model::spread::Spread;

const TABLE: &str = "whisper.cpp v1.9.3: README.md, Memory usage";

/// Files in MiB, and what they take in memory, in millions of bytes: tiny, base, small, medium, large.
const SIZES: [(u64, u64); 5] = [(75, 273), (142, 388), (466, 852), (1536, 2100), (2970, 3900)];

/// The estimate: beside the weights, what the next larger or smaller model of the table takes beside its own. What is
/// computed with grows with the width of the model, and does not shrink when the weights are quantized.
pub(super) fn estimate(ask: &Ask<'_>) -> RuntimeMemory {
    let mut answer = Answer::new(ask, "1.9.3", 0);
    let weights = ask.weights.bytes();
    answer.part(PartName::Weights, Spread::exact(weights), "the file's bytes");
    let beside = |(file, memory): (u64, u64)| (memory * 1_000_000).saturating_sub(file * MIB);
    // A quantized file may be of a model up to four times as large.
    let at = |bytes: u64| {
        let found = SIZES.iter().find(|(file, _)| file.saturating_mul(MIB + MIB / 16) >= bytes);
        beside(found.or(SIZES.last()).copied().unwrap_or_default())
    };
    let expected = at(weights);
    let high = at(weights.saturating_mul(4));
    answer.part(
        PartName::Activation,
        Spread::of(expected / 10 * 9, expected, high.max(expected / 10 * 11)),
        TABLE,
    );
    answer.limit_of(ask);
    answer.done()
}
