//! Feed-forward networks: which layers have experts, and how wide everything is.

use super::gguf_keys::{Keys, at};
use crate::model::geometry::Experts;

/// The feed-forward networks of a file.
pub(super) struct FeedForward {
    pub(super) experts: Option<Experts>,
    /// The width of each layer, where it is dense.
    pub(super) dense: Vec<u64>,
    shared: u64,
    leading: u64,
    step: u64,
    step_at: u64,
    /// Whether layers with experts have a dense network too.
    both: bool,
    /// Whether layers have either a network or something else, as in Nemotron-H.
    alone: bool,
}

impl FeedForward {
    pub(super) fn of(keys: &Keys<'_>) -> Self {
        let dense = keys.each("feed_forward_length").unwrap_or_default();
        let experts = experts(keys, &dense);
        let (step, step_at) = step(keys);
        Self {
            shared: experts.map_or(0, |experts| shared(keys, &experts, &dense)),
            experts,
            dense,
            leading: leading(keys),
            step,
            step_at,
            both: keys.is(&["arctic", "gemma4", "grok"]),
            alone: keys.is(&["nemotron_h_moe"]),
        }
    }

    /// The width of a layer's dense network or of its shared experts, and whether it is a mixture.
    pub(super) fn of_layer(&self, layer: usize) -> (u64, bool) {
        let dense = at(&self.dense, layer);
        let number = layer as u64;
        let chosen = number >= self.leading && number.checked_rem(self.step) == Some(self.step_at);
        let mixture = self.experts.is_some() && chosen && !(self.alone && dense == 0);
        (if mixture && !self.both { self.shared } else { dense }, mixture)
    }
}

/// How many of the first layers are dense.
fn leading(keys: &Keys<'_>) -> u64 {
    // Its files have the key, which llama.cpp reads and does not heed.
    if keys.is(&["bailingmoe"]) {
        return 0;
    }
    keys.or_zero("leading_dense_block_count")
}

/// Every so-and-so-many-th layer has experts, counted from this one.
fn step(keys: &Keys<'_>) -> (u64, u64) {
    match keys.architecture {
        "ernie4_5-moe" | "llama4" => {
            let step = keys.or_zero("interleave_moe_layer_step");
            (step, step.saturating_sub(1))
        }
        "nomic-bert-moe" => (keys.or_zero("moe_every_n_layers"), 1),
        _ => (1, 0),
    }
}

fn experts(keys: &Keys<'_>, dense: &[u64]) -> Option<Experts> {
    let largest = |name| keys.each(name).and_then(|all| all.into_iter().max());
    let count = keys.number("expert_count").filter(|count| *count > 0)?;
    if count == 1 && keys.is(&["hunyuan-dense", "hunyuan_vl"]) {
        return None;
    }
    let own = largest("expert_feed_forward_length").filter(|width| *width > 0);
    let latent = keys.number("moe_latent_size").or_else(|| keys.number("expert_latent_length"));
    Some(Experts {
        count,
        used: largest("expert_used_count").unwrap_or(0),
        shared: keys.number("expert_shared_count").unwrap_or(u64::from(always_shares(keys))),
        feed_forward_length: own.unwrap_or(dense.iter().copied().max().unwrap_or(0)),
        latent_length: latent.filter(|width| *width > 0),
    })
}

/// Architectures that have one shared expert whether the file counts it or not.
fn always_shares(keys: &Keys<'_>) -> bool {
    keys.is(&["exaone-moe", "hunyuan-moe", "hy_v3", "laguna", "llama4", "qwen2moe"])
}

/// The width of all shared experts together.
fn shared(keys: &Keys<'_>, experts: &Experts, dense: &[u64]) -> u64 {
    let told = keys.number("expert_shared_feed_forward_length").filter(|width| *width > 0);
    match (keys.architecture, told) {
        ("bailingmoe2", Some(width)) => width.saturating_mul(experts.shared),
        (_, Some(width)) => width,
        ("hunyuan-moe" | "qwen2moe", None) => at(dense, 0),
        _ => experts.feed_forward_length.saturating_mul(experts.shared),
    }
}
