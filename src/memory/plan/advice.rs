//! What would fit, where nothing does.

use super::planner::{Planned, Planner};
use crate::model::memory::{CacheType, FlashAttention};
use crate::model::plan::{Advice, PlanFit};

/// Shorter contexts that are tried.
const CONTEXTS: [u64; 4] = [8192, 4096, 2048, 1024];

/// What would make it fit, the least change first; nothing where something fits or the machine is not known.
pub(super) fn of(planner: &Planner<'_>, all: &[Planned], chosen: Option<usize>) -> Vec<Advice> {
    let known = all.iter().all(|one| one.shown.fit == PlanFit::No);
    let smallest = all.iter().enumerate().min_by_key(|(_, one)| one.shown.bytes);
    let Some((variant, smallest)) = smallest.filter(|_| known && chosen.is_none()) else {
        return Vec::new();
    };
    let mut advice = Vec::new();
    let caches = [CacheType::Q8_0, CacheType::Q4_0].into_iter().find(|cache_type| {
        planner.would_fit(smallest, &|settings| {
            (settings.type_k, settings.type_v) = (*cache_type, *cache_type);
            settings.flash_attn = FlashAttention::Auto;
        })
    });
    advice.extend(caches.map(|cache_type| Advice::CacheType { variant, cache_type }));
    let asked = smallest.settings.n_ctx;
    let shorter = CONTEXTS
        .into_iter()
        .filter(|length| *length < asked)
        .find(|length| planner.would_fit(smallest, &|settings| settings.n_ctx = *length));
    advice.extend(shorter.map(|context_length| Advice::Context { variant, context_length }));
    let room = planner.room();
    if room > 0 && room < smallest.shown.bytes {
        advice.push(Advice::SmallerVariant { bytes: room, bits_per_weight: bits(planner, room) });
        let others = planner.subject.others.iter();
        let other = others.filter(|(_, bytes)| *bytes <= room).max_by_key(|(_, bytes)| *bytes);
        advice.extend(
            other.map(|(id, bytes)| Advice::SmallerModel { id: id.clone(), bytes: *bytes }),
        );
    }
    let missing = planner.missing(smallest);
    if missing > 0 {
        advice.push(Advice::Memory { bytes: missing });
    }
    advice
}

#[expect(clippy::cast_precision_loss, reason = "a ratio")]
fn bits(planner: &Planner<'_>, bytes: u64) -> Option<f64> {
    planner.subject.parameters.map(|count| bytes as f64 * 8.0 / count as f64)
}
