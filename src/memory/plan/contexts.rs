//! What contexts of other lengths take: the same for all variants.

use crate::memory::llama_cpp::{Fit, Model, Request, Taken};
use crate::model::memory::LlamaCppSettings;

/// Contexts are a multiple of this many tokens.
const STEP: u64 = 256;
/// The shortest that is looked at.
const SHORTEST: u64 = 1024;
/// What is looked at where nothing is known of the model's training.
const USUAL_LONGEST: u64 = 131_072;
/// More are never asked for: doubling from 1,024 reaches 2^30 with them.
const MOST_POINTS: usize = 24;

/// Of each memory, what is used and what may be.
pub(super) type Memories = Vec<(u64, u64)>;

/// Lengths that double, up to what the model was trained on, and what each takes.
pub(super) struct Contexts(Vec<(u64, Taken)>);

impl Contexts {
    pub(super) fn of(
        model: &Model,
        request: &Request,
        draft: Option<&Model>,
        settings: &LlamaCppSettings,
    ) -> Self {
        let sequences = settings.n_seq_max.max(1);
        let trained = model.geometry().context_length;
        let trained = if trained > 0 { trained } else { USUAL_LONGEST };
        let longest = trained.saturating_mul(sequences).min(u32::MAX.into());
        let mut lengths = Vec::new();
        let mut length = SHORTEST;
        while length < longest && lengths.len() < MOST_POINTS {
            lengths.push(length);
            length = length.saturating_mul(2);
        }
        lengths.push(longest.max(STEP));
        let point = |n_ctx: u64| {
            let settings = LlamaCppSettings { n_ctx, ..settings.clone() };
            (n_ctx, Fit::measure(model, request, draft, &settings))
        };
        Self(lengths.into_iter().map(point).collect())
    }

    pub(super) fn points(&self) -> &[(u64, Taken)] {
        &self.0
    }

    /// About the longest that fits: between the last that does and the first that does not, as if what each memory
    /// holds grew evenly.
    pub(super) fn largest(&self, memories: &dyn Fn(u64, &Taken) -> Memories) -> u64 {
        let all = |(n_ctx, taken): &(u64, Taken)| memories(*n_ctx, taken);
        let fits = |point: &(u64, Taken)| all(point).iter().all(|(used, limit)| used <= limit);
        let reached = self.0.partition_point(fits);
        let Some(last) = reached.checked_sub(1).and_then(|last| self.0.get(last)) else { return 0 };
        let Some(next) = self.0.get(reached) else { return last.0 };
        let way = next.0 - last.0;
        let left = all(last).into_iter().zip(all(next)).map(|((low, limit), (high, _))| {
            let (room, growth) = (limit.saturating_sub(low), high.saturating_sub(low));
            let tokens = u128::from(way) * u128::from(room) / u128::from(growth.max(1));
            u64::try_from(tokens).unwrap_or(way)
        });
        let left = left.fold(way, u64::min);
        last.0 + left - left % STEP
    }

    /// The longest that fits, to 256 tokens, from about where it is.
    pub(super) fn exact(&self, about: u64, holds: &dyn Fn(u64) -> bool) -> u64 {
        let longest = self.0.last().map_or(about, |(longest, _)| *longest);
        let (mut low, mut high) = if holds(about) {
            if about >= longest {
                return longest;
            }
            let mut reach = STEP;
            while about + reach < longest && holds(about + reach) {
                reach *= 2;
            }
            (about + reach / 2 - reach / 2 % STEP, (about + reach).min(longest))
        } else {
            (0, about)
        };
        if high == longest && holds(longest) {
            return longest;
        }
        while high - low > STEP {
            let middle = (low + (high - low) / 2).next_multiple_of(STEP);
            let middle = if middle >= high { low + STEP } else { middle };
            if holds(middle) { low = middle } else { high = middle }
        }
        low
    }
}
