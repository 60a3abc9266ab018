//! The variants beside the chosen one: what more quality costs, and what less of it saves.

use crate::model::plan::{PlannedVariant, Step};

/// The next better and the next smaller variant; those of the same bytes are no step.
pub(super) fn beside(
    variants: &[PlannedVariant],
    chosen: Option<usize>,
) -> (Option<Step>, Option<Step>) {
    let from = chosen.and_then(|index| Some((index, variants.get(index)?)));
    let Some((index, from)) = from else { return (None, None) };
    let step = |(variant, other): (usize, &PlannedVariant)| step(variant, from, other);
    let all = || variants.iter().enumerate();
    let larger = |one: &(usize, &PlannedVariant)| one.1.bytes > from.bytes;
    let smaller = |one: &(usize, &PlannedVariant)| one.1.bytes < from.bytes;
    let up = all().take(index).filter(larger).min_by_key(|(_, one)| one.bytes);
    (up.map(step), all().skip(index + 1).find(smaller).map(step))
}

#[expect(clippy::cast_precision_loss, reason = "both are at most 2^53")]
fn step(variant: usize, from: &PlannedVariant, to: &PlannedVariant) -> Step {
    let speed = |one: &PlannedVariant| one.generation.map(|rate| rate.expected);
    let both = |one: Option<f64>, other: Option<f64>| one.zip(other);
    Step {
        variant,
        bytes: to.bytes as f64 - from.bytes as f64,
        bits_per_weight: both(to.bits_per_weight, from.bits_per_weight).map(|(to, from)| to - from),
        perplexity: both(
            to.loss.map(|loss| loss.perplexity),
            from.loss.map(|loss| loss.perplexity),
        )
        .map(|(to, from)| to - from),
        speed: both(speed(to), speed(from)).map(|(to, from)| to / from),
    }
}
