//! Which device holds which layer.

use crate::model::memory::LlamaCppSettings;

/// The device of a layer: 0 is the computer's memory, 1 the first GPU.
pub(super) struct Placement {
    /// The first layer on a GPU, and how many things there are, the output among them.
    first: u64,
    count: u64,
    /// Where each GPU's share ends, between 0 and 1.
    ends: Vec<f64>,
}

impl Placement {
    /// The placement of so many layers, those that predict further tokens among them.
    ///
    /// Source: llama.cpp v0.5.0 `src/llama-model.cpp` (`load_tensors`, `get_layer_buft_list`).
    pub(super) fn of(layers: usize, settings: &LlamaCppSettings) -> Self {
        let most = layers as u64 + 1;
        let count = settings.n_gpu_layers.min(most);
        Self { first: most - count, count, ends: ends(&settings.tensor_split) }
    }

    /// Devices, the computer among them.
    pub(super) fn devices(&self) -> usize {
        if self.count == 0 { 1 } else { 1 + self.ends.len() }
    }

    /// The device of a layer; of the output, where there is no such layer.
    #[expect(clippy::cast_precision_loss, reason = "there are at most 513")]
    pub(super) fn of_layer(&self, layer: usize) -> usize {
        let Some(place) = (layer as u64).checked_sub(self.first).filter(|_| self.count > 0) else {
            return 0;
        };
        let share = place as f64 / self.count as f64;
        let gpu = self.ends.iter().position(|end| *end > share);
        1 + gpu.unwrap_or(self.ends.len().saturating_sub(1))
    }
}

/// Sums of shares over their total; shares that are no shares count as equal ones.
#[expect(clippy::cast_precision_loss, reason = "there are few devices")]
fn ends(split: &[f64]) -> Vec<f64> {
    let valid = |share: &f64| share.is_finite() && *share >= 0.0;
    let total: f64 = split.iter().sum();
    if total > 0.0 && total.is_finite() && split.iter().all(valid) {
        let mut sum = 0.0;
        return split
            .iter()
            .map(|share| {
                sum += share;
                sum / total
            })
            .collect();
    }
    let count = split.len().max(1);
    (1..=count).map(|gpu| gpu as f64 / count as f64).collect()
}
