//! Feed-forward networks: dense ones and mixtures of experts.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::Layer;

/// The most experts a token may use (`LLAMA_MAX_EXPERTS`).
const MAX_EXPERTS: u64 = 1024;

impl Builder<'_> {
    /// A dense feed-forward network.
    pub(super) fn dense(&mut self, source: Id, width: u64) -> Id {
        let rows = self.graph.rows(source);
        let inner = if self.has('g') {
            let both = self.graph.linear(source, width.saturating_mul(2));
            self.graph.new_tensor(width, rows, &[both])
        } else {
            let up = self.graph.linear(source, width);
            if self.has('u') {
                up
            } else {
                let gate = self.graph.linear(source, width);
                self.activated(gate, up)
            }
        };
        self.graph.linear(inner, self.model.embedding_length)
    }

    /// A feed-forward network of a layer: dense, or a mixture with what all tokens share.
    pub(super) fn feed_forward(&mut self, source: Id, layer: &Layer, router: Option<Id>) -> Id {
        if !layer.experts {
            return self.dense(source, layer.feed_forward_length);
        }
        let mixed = self.latent_mixture(source, router);
        if layer.feed_forward_length == 0 {
            return mixed;
        }
        let mut shared = self.dense(source, layer.feed_forward_length);
        if self.has('y') {
            let gate = self.graph.linear(source, 1);
            shared = self.graph.in_place(&[shared, gate]);
        }
        self.graph.in_place(&[mixed, shared])
    }

    /// The gate applied. That of Kimi K3 goes step by step.
    fn activated(&mut self, gate: Id, up: Id) -> Id {
        if !self.has('S') {
            return self.graph.like(&[gate, up]);
        }
        let tanh = self.graph.in_place(&[gate]);
        let tanh = self.graph.in_place(&[tanh]);
        let sigmoid = self.graph.in_place(&[gate]);
        let gate = self.graph.in_place(&[tanh, sigmoid]);
        let up = self.graph.in_place(&[up]);
        self.graph.in_place(&[gate, up])
    }

    /// A mixture of experts, of another width than the stream in some models.
    fn latent_mixture(&mut self, source: Id, router: Option<Id>) -> Id {
        let Some(width) = self.model.experts.and_then(|experts| experts.latent_length) else {
            return self.mixture(source, router);
        };
        let low = self.graph.linear(source, width);
        let router = self.router(source);
        let mixed = self.mixture(low, Some(router));
        let normed = self.graph.in_place(&[mixed]);
        self.graph.linear(normed, self.model.embedding_length)
    }

    /// How well each expert fits.
    pub(super) fn router(&mut self, source: Id) -> Id {
        let count = self.model.experts.map_or(0, |experts| experts.count);
        self.graph.linear(source, count)
    }

    /// The experts that are chosen, by a router or else by what they are given.
    pub(super) fn mixture(&mut self, source: Id, router: Option<Id>) -> Id {
        let Some(experts) = self.model.experts else { return source };
        let used = experts.used.min(MAX_EXPERTS);
        let (width, rows) = (self.graph.width(source), self.graph.rows(source));
        let fits = router.unwrap_or_else(|| self.router(source));
        let (chosen, weights) = self.choice(fits, used);
        self.graph.expand(weights);
        let mut input = self.graph.view(source);
        if self.has('k') {
            input = self.graph.new_tensor(width.saturating_mul(used), rows, &[input]);
            input = self.graph.in_place(&[input, weights]);
        }
        let inner = experts.feed_forward_length.saturating_mul(used);
        let up = self.graph.new_tensor(inner, rows, &[input, chosen]);
        let inner = if self.has('u') {
            up
        } else {
            let gate = self.graph.new_tensor(inner, rows, &[input, chosen]);
            self.activated(gate, up)
        };
        let mut each = self.graph.new_tensor(width.saturating_mul(used), rows, &[inner, chosen]);
        if !self.has('k') {
            each = self.graph.in_place(&[each, weights]);
        }
        self.graph.expand(each);
        let each = self.graph.view(each);
        let sum = self.graph.new_tensor(width, rows, &[each]);
        self.graph.expand(sum);
        sum
    }

    /// Which experts a token uses, and how much of each.
    fn choice(&mut self, fits: Id, used: u64) -> (Id, Id) {
        let (count, rows) = (self.graph.width(fits), self.graph.rows(fits));
        let apart = self.has('k');
        let probabilities = if apart { self.graph.like(&[fits]) } else { fits };
        let selection = if self.has('b') { self.graph.like(&[fits]) } else { fits };
        let sorted = self.graph.new_tensor(count, rows, &[selection]);
        let chosen = self.graph.view(sorted);
        let looked = self.graph.view(probabilities);
        let mut weights = self.graph.new_tensor(used, rows, &[looked, chosen]);
        if self.has('x') {
            let view = self.graph.view(weights);
            weights = self.graph.like(&[view]);
        }
        if self.has('w') {
            let view = self.graph.view(weights);
            let sum = self.graph.new_tensor(1, rows, &[view]);
            let view = self.graph.view(weights);
            weights = self.graph.like(&[view, sum]);
        }
        (chosen, self.graph.view(weights))
    }
}
