//! What llama.cpp makes of the settings before it allocates anything.

use crate::model::geometry::{Geometry, Role};
use crate::model::memory::{FlashAttention, LlamaCppSettings};

/// Contexts are a multiple of this many tokens.
const PADDING: u64 = 256;
/// The most sequences there may be (`LLAMA_MAX_SEQ`).
pub(super) const MAX_SEQUENCES: u64 = 256;

/// The settings as they hold: padded, capped by each other, defaults filled in.
///
/// Source: llama.cpp v0.5.0 `src/llama-context.cpp`, the constructor and `sched_reserve`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// Cells of a stream: the context of one sequence, or of all where they share it.
    pub(super) cells: u64,
    /// Sequences at the same time.
    pub(super) sequences: u64,
    /// Streams of the cache.
    pub(super) streams: u64,
    /// Tokens computed at once at most.
    pub(super) ubatch: u64,
    /// Tokens of the graph that buffers are reserved for.
    pub(super) tokens: u64,
    /// Tokens of that graph whose logits are computed.
    pub(super) outputs: u64,
    /// Copies of a state that it can be taken back to, and itself.
    pub(super) state_copies: u64,
    pub(super) flash_attention: bool,
}

impl Context {
    pub(super) fn of(geometry: &Geometry, settings: &LlamaCppSettings) -> Self {
        let asked = if settings.n_ctx > 0 { settings.n_ctx } else { geometry.context_length };
        let sequences = settings.n_seq_max.clamp(1, MAX_SEQUENCES);
        // With causal attention no batch is longer than the context.
        let batch = if causal(geometry) { settings.n_batch.min(asked) } else { settings.n_batch };
        let ubatch = if settings.n_ubatch > 0 { settings.n_ubatch.min(batch) } else { batch };
        let n_ctx = pad(asked);
        let cells = if settings.kv_unified { n_ctx } else { pad(n_ctx / sequences) };
        let streams = if settings.kv_unified { 1 } else { sequences };
        let tokens = ubatch.min(cells.saturating_mul(streams)).max(1);
        let wanted = match settings.n_outputs_max {
            0 => batch,
            _ if geometry.role == Role::EncoderDecoder || geometry.architecture == "t5encoder" => {
                batch
            }
            some => some,
        };
        Self {
            cells,
            sequences,
            streams,
            ubatch,
            tokens: tokens.checked_next_multiple_of(sequences).unwrap_or(tokens),
            outputs: tokens.min(wanted).max(1),
            state_copies: if rolls_back(geometry) {
                settings.n_rs_seq.saturating_add(1)
            } else {
                1
            },
            flash_attention: settings.flash_attn != FlashAttention::Off
                && geometry.architecture != "grok",
        }
    }
}

/// The next multiple of 256.
pub(super) fn pad(tokens: u64) -> u64 {
    tokens.checked_next_multiple_of(PADDING).unwrap_or(u64::MAX)
}

/// Whether tokens look back only.
pub(super) fn causal(geometry: &Geometry) -> bool {
    match geometry.role {
        Role::Decoder | Role::EncoderDecoder => true,
        Role::Encoder | Role::Diffusion => false,
    }
}

/// Whether llama.cpp can take a state of the architecture back (`llm_arch_supports_rs_rollback`).
fn rolls_back(geometry: &Geometry) -> bool {
    const CAN: [&str; 10] = [
        "bailingmoe3",
        "deepseek4",
        "kimi-k3",
        "lfm2",
        "lfm2moe",
        "nemotron_h",
        "nemotron_h_moe",
        "qwen35",
        "qwen35moe",
        "qwen4exp",
    ];
    CAN.contains(&geometry.architecture.as_str())
}
