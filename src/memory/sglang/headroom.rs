//! The memory that `SGLang` sets aside for steps and graphs.

use super::settings::SglangSettings;
use crate::memory::quantity::MIB;
use crate::model::spread::Spread;

/// Memory for steps and graphs, and what the rule of thumb makes of it.
///
/// Source: `SGLang` 0.5.23, `srt/arg_groups/memory_hook.py` (`handle_gpu_memory_settings`).
pub(super) fn reserved(device: Option<u64>, settings: &SglangSettings, latent: bool) -> Spread {
    let mib = device.map(|bytes| bytes / MIB);
    let many = settings.tp_size >= 4;
    let by_size = |less: u64, more: u64| if many { more } else { less };
    let (chunk, batch) = match mib {
        Some(..20_480) => (2048, 8),
        Some(..35_840) => (4096, by_size(48, 160)),
        Some(..61_440) => (4096, by_size(32, 160)),
        Some(..163_840) => (8192, by_size(256, 512)),
        Some(_) => (16_384, 512),
        None => (4096, 160),
    };
    let chunk = settings.chunked_prefill_size.unwrap_or(chunk);
    let batch = settings.cuda_graph_max_bs.unwrap_or(batch);
    let batch = settings.max_running_requests.map_or(batch, |most| batch.min(most));
    let prefill = if latent { 1536 } else { captured(chunk).saturating_mul(8) };
    let graphs = if settings.disable_cuda_graph {
        0
    } else {
        batch.saturating_mul(2).saturating_add(prefill)
    };
    let steps = chunk.max(2048).saturating_mul(3) / 2;
    let ranks = settings.tp_size.max(1).saturating_mul(settings.pp_size.max(1)).saturating_mul(128);
    let sum = 512_u64.saturating_add(steps).saturating_add(ranks).saturating_add(graphs);
    let least = if mib.is_some_and(|mib| mib > 61_440) { 10_240 } else { 0 };
    let expected = sum.max(least).saturating_mul(MIB);
    Spread::of(expected / 4, expected, expected)
}

/// How many sizes of prompts are captured up to a chunk.
///
/// Source: `SGLang` 0.5.23, `srt/arg_groups/cuda_graph_hook.py`.
fn captured(chunk: u64) -> u64 {
    const STEPS: [(u64, u64, u64); 6] = [
        (4, 32, 4),
        (48, 256, 16),
        (288, 512, 32),
        (576, 1024, 64),
        (1280, 4096, 256),
        (4608, u64::MAX, 512),
    ];
    let count = |(from, to, by): &(u64, u64, u64)| {
        let last = chunk.min(*to);
        if last < *from { 0 } else { (last - from) / by + 1 }
    };
    STEPS.iter().map(count).fold(0, u64::saturating_add)
}

/// The share of a GPU's memory that is left for weights and caches by the rule, in thousandths.
///
/// Source: `SGLang` 0.5.23, `srt/arg_groups/memory_hook.py`: rounded to three places.
#[must_use]
pub fn default_mem_fraction_static(gpu_bytes: u64, settings: &SglangSettings, latent: bool) -> u64 {
    let reserved = reserved(Some(gpu_bytes), settings, latent).expected;
    let left = u128::from(gpu_bytes.saturating_sub(reserved)) * 2000;
    let thousandths = (left / u128::from(gpu_bytes.max(1))).div_ceil(2);
    u64::try_from(thousandths).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::quantity::GIB;

    #[test]
    fn the_rule_leaves_what_sglang_leaves() {
        // 24 GiB: 512 + 4096 x 1.5 + 128 + 48 x 2 + 8 for each of 46 captured sizes.
        let sizes = captured(4096);
        assert_eq!(sizes, 8 + 14 + 8 + 8 + 12);
        let reserved = 512 + 6144 + 128 + 96 + 8 * sizes;
        let share = default_mem_fraction_static(24 * GIB, &SglangSettings::default(), false);
        assert_eq!(share, ((24 * 1024 - reserved) * 2000 / (24 * 1024)).div_ceil(2));
        // 80 GiB: 512 + 8192 x 1.5 + 128 + 256 x 2 + 8 for each of 58 captured sizes.
        assert_eq!(default_mem_fraction_static(80 * GIB, &SglangSettings::default(), false), 830);
        // Above 60 GiB never less than 10 GiB stay free.
        let small = SglangSettings {
            chunked_prefill_size: Some(2048),
            disable_cuda_graph: true,
            ..SglangSettings::default()
        };
        assert_eq!(default_mem_fraction_static(80 * GIB, &small, false), 875);
    }
}
