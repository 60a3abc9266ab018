//! Layers that stand for others like them.

use crate::model::geometry::{Geometry, Layer};

/// The most layers that a pattern spans.
const LONGEST: usize = 12;
/// Rounds of a pattern that are laid out: the first finds other things lying about than the second.
const ROUNDS: usize = 2;

/// The same model with fewer layers, whose graph takes as much: where a pattern of layers comes again and again, what
/// it takes comes again too, since each round finds the memory as the one before it left it.
///
/// None where there is nothing to leave out, or where layers are not built apart from each other.
pub(in super::super) fn shortened(geometry: &Geometry) -> Option<Geometry> {
    let alike = !super::spans_layers(geometry);
    let layers = alike.then(|| without_repeats(&geometry.layers)).flatten()?;
    Some(Geometry { layers, ..geometry.clone() })
}

fn without_repeats(layers: &[Layer]) -> Option<Vec<Layer>> {
    let mut kept: Vec<Layer> = Vec::new();
    let mut rest = layers;
    while let Some((first, others)) = rest.split_first() {
        // The last layer alone hands on what is wanted: it stays.
        let repeated = (1..=LONGEST).find(|span| repeats(&kept, rest, *span));
        // Two rounds at once: what lies about may change places from one to the next.
        if let Some(behind) = repeated.and_then(|span| rest.get(2 * span..)) {
            rest = behind;
        } else {
            kept.push(first.clone());
            rest = others;
        }
    }
    (kept.len() < layers.len()).then_some(kept)
}

/// Whether the next two rounds are like the last ones, which were alike already, and are not the last.
fn repeats(kept: &[Layer], next: &[Layer], span: usize) -> bool {
    let Some(start) = kept.len().checked_sub(span * ROUNDS) else { return false };
    let (Some(last), Some(round)) = (kept.get(start..), next.get(..span)) else { return false };
    let mut rounds = last.chunks(span).chain(next.chunks(span).take(2));
    next.len() > 2 * span && rounds.all(|one| one == round)
}
