//! What all graphs begin and end with, and the parts that most of them share.

use super::super::context::Context;
use super::attention::CacheInputs;
use super::graph::{Graph, Id};
use super::styles::Style;
use crate::model::geometry::{Geometry, Role};
use crate::model::memory::LlamaCppSettings;

/// Builds the graph of a model in a context.
pub(super) struct Builder<'a> {
    pub(super) graph: Graph,
    pub(super) model: &'a Geometry,
    pub(super) context: &'a Context,
    pub(super) settings: &'a LlamaCppSettings,
    style: Style,
    /// Where the tokens stand.
    pub(super) positions: Id,
    /// How far tokens are from each other.
    pub(super) distances: Id,
    /// How much far tokens count.
    pub(super) scale: Id,
    /// Which tokens are wanted in the end.
    outputs: Id,
    /// Which states belong to which sequence.
    copies: Id,
    /// What an indexer is given.
    pub(super) index_places: Id,
    pub(super) index_mask: Id,
    pub(super) index_rotation: Id,
    /// The gate for what attention puts out.
    pub(super) gate: Option<Id>,
    /// The tokens that an indexer chose last.
    pub(super) chosen: Option<Id>,
    pub(super) full: CacheInputs,
    pub(super) window: CacheInputs,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        model: &'a Geometry,
        context: &'a Context,
        settings: &'a LlamaCppSettings,
        style: Style,
        cells: (u64, u64),
    ) -> Self {
        let mut graph = Graph::with_room(model.layers.len());
        let cells = if keeps_no_cache(model) { (context.tokens, context.tokens) } else { cells };
        let parts = if style.has('s') { 4 } else { 1 };
        let positions = graph.input(context.tokens.saturating_mul(parts), 4);
        let distances = graph.input(context.tokens.saturating_mul(cells.0), 4);
        let scale = graph.input(context.tokens, 4);
        let outputs = graph.input(context.outputs, 4);
        let copies = graph.input(context.sequences, 4);
        let full = CacheInputs::new(&mut graph, model, context, settings, cells.0, false);
        let window = CacheInputs::new(&mut graph, model, context, settings, cells.1, true);
        let index_places = graph.input(context.tokens, 8);
        let index_mask = graph.input(cells.0.saturating_mul(context.tokens), 2);
        let length = model.indexer.as_ref().map_or(0, |indexer| indexer.key_length);
        let index_rotation = graph.input(length.saturating_mul(length), 4);
        Self {
            graph,
            model,
            context,
            settings,
            style,
            positions,
            distances,
            scale,
            outputs,
            copies,
            index_places,
            index_mask,
            index_rotation,
            gate: None,
            chosen: None,
            full,
            window,
        }
    }

    pub(super) fn has(&self, letter: char) -> bool {
        self.style.has(letter)
    }

    /// The embeddings of the tokens, beside which there is room for embeddings that are given.
    pub(super) fn embeddings(&mut self) -> Id {
        let width = self.model.embedding_length;
        let tokens = self.graph.input(self.context.tokens, 4);
        let embeddings = self.graph.new_tensor(width, self.context.tokens, &[tokens]);
        let deep = self.model.deepstack_layers > 0;
        let embeddings = if deep { self.deep(embeddings) } else { embeddings };
        self.graph.expand(embeddings);
        let given = self.graph.width(embeddings).saturating_mul(self.context.tokens);
        let given = self.graph.input(given, 4);
        self.graph.expand(given);
        let embeddings = if deep { self.graph.part(embeddings, width) } else { embeddings };
        let placed = if self.has('e') { self.placed(embeddings) } else { embeddings };
        if self.has('E') { self.norm(placed) } else { placed }
    }

    /// Embeddings with room behind them for what the first layers are given of images.
    fn deep(&mut self, embeddings: Id) -> Id {
        let parts = self.model.deepstack_layers.saturating_add(1);
        let width = self.model.embedding_length.saturating_mul(parts);
        self.graph.new_tensor(width, self.context.tokens, &[embeddings])
    }

    /// Embeddings with those of their positions. Encoders add them the other way round.
    fn placed(&mut self, embeddings: Id) -> Id {
        let width = self.model.embedding_length;
        let table = self.graph.new_tensor(width, self.context.tokens, &[self.positions]);
        let both = match self.model.role {
            Role::Encoder => [table, embeddings],
            _ => [embeddings, table],
        };
        self.graph.in_place(&both)
    }

    /// Embeddings that layers read for themselves, scaled.
    pub(super) fn own_embeddings(&mut self, width: u64) -> Id {
        let tokens = self.graph.input(self.context.tokens, 4);
        let looked = self.graph.new_tensor(width, self.context.tokens, &[tokens]);
        let looked = self.graph.view(looked);
        let scaled = self.graph.like(&[looked]);
        self.graph.expand(scaled);
        scaled
    }

    /// A norm of the kind that the architecture has. That without a mean works in place if it can.
    pub(super) fn norm(&mut self, source: Id) -> Id {
        if self.has('l') { self.graph.like(&[source]) } else { self.graph.in_place(&[source]) }
    }

    /// The tokens that are wanted in the end.
    pub(super) fn wanted(&mut self, source: Id) -> Id {
        self.graph.pick(source, self.context.outputs, self.outputs)
    }

    /// The output matrix, behind a last norm. Both are kept, and so is what a draft would begin with.
    pub(super) fn logits(&mut self, mut source: Id) {
        if self.has('v') {
            self.graph.keep(source);
        }
        if self.has('z') {
            source = self.wanted(source);
        }
        let normed = self.norm(source);
        self.output(normed);
    }

    /// What an encoder puts out: a last norm, unless layers end with one, and the mean of each sequence.
    pub(super) fn encoded(&mut self, source: Id) {
        let normed = if self.has('Q') { source } else { self.norm(source) };
        self.graph.keep(normed);
        self.graph.expand(normed);
        if !self.settings.embeddings || self.has('B') {
            return;
        }
        let sequences = self.context.sequences;
        let weights = self.graph.input(self.context.tokens.saturating_mul(sequences), 4);
        let view = self.graph.view(normed);
        let across = self.graph.like(&[view]);
        let mean =
            self.graph.new_tensor(self.model.embedding_length, sequences, &[across, weights]);
        self.graph.keep(mean);
        self.graph.expand(mean);
    }

    /// The output matrix alone. Where embeddings are wanted, that of each sequence's last token goes with it.
    pub(super) fn output(&mut self, normed: Id) {
        self.graph.keep(normed);
        let logits = self.graph.linear(normed, self.model.vocabulary);
        self.graph.keep(logits);
        self.graph.expand(logits);
        if self.settings.embeddings {
            let last = self.graph.input(self.context.sequences, 4);
            let pooled = self.graph.pick(normed, self.context.sequences, last);
            self.graph.keep(pooled);
            self.graph.expand(pooled);
        }
    }

    /// The states of all sequences.
    pub(super) fn state(&mut self, elements: u64) -> Id {
        let state = self.graph.new_tensor(elements, self.context.sequences, &[self.copies]);
        self.graph.expand(state);
        state
    }

    /// The last tokens before and those now, one behind the other; the last of them are stored.
    pub(super) fn joined(&mut self, before: Id, now: Id, width: u64, kernel: u64) -> Id {
        let more = kernel.saturating_sub(1).saturating_mul(self.context.sequences);
        let rows = self.context.tokens.saturating_add(more);
        let (before, now) = (self.graph.view(before), self.graph.view(now));
        let joined = self.graph.new_tensor(width, rows, &[before, now]);
        let last = self.graph.view(joined);
        let stored = self.graph.store(&[last]);
        self.graph.expand(stored);
        joined
    }

    /// A convolution over the last tokens.
    pub(super) fn convolution(&mut self, before: Id, now: Id, width: u64, kernel: u64) -> Id {
        let joined = self.joined(before, now, width, kernel);
        self.graph.new_tensor(width, self.context.tokens, &[joined])
    }
}

/// Whether a model looks at what it is given alone.
pub(super) fn keeps_no_cache(model: &Geometry) -> bool {
    matches!(model.role, Role::Encoder | Role::Diffusion)
}
