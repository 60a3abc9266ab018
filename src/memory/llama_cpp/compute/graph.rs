//! A graph of computation steps, with nothing of each but what it takes in memory.
//!
//! Weights and caches lie elsewhere and are no part of it. Steps that change a tensor where it lies, of which nobody
//! else reads, may be left out: they take nothing.
//!
//! Source: ggml as of llama.cpp v0.5.0, `ggml/src/ggml.c` (`ggml_build_forward_expand`).

use std::num::NonZeroU32;

/// A tensor of a graph: its place, counted from one, so that none takes no more room than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(NonZeroU32);

/// What a step does with memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is given before the first step.
    Input,
    /// A new tensor.
    New,
    /// A new tensor, or one that it is made from, if nobody else reads that.
    InPlace,
    /// Another look at a tensor.
    View,
    /// It writes elsewhere.
    Store,
}

/// The most tensors a step is made from here.
pub(super) const SOURCES: usize = 7;

/// A tensor: so many rows of so many elements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    width: u64,
    rows: u64,
    /// Bytes of an element.
    element: u64,
    pub(super) bytes: u64,
    /// What it is made from; none follows one that is none.
    pub(super) sources: [Option<Id>; SOURCES],
    /// The tensor that a view is a look at.
    pub(super) of: Option<Id>,
    /// Whether it is kept to the end.
    pub(super) kept: bool,
    visited: bool,
    /// Steps of the order that read it.
    pub(super) readers: u32,
    /// Looks at it that are steps of the order.
    pub(super) looks: u32,
}

/// The steps of a computation in the order in which they are done.
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) order: Vec<Id>,
    pub(super) inputs: Vec<Id>,
    /// The way to where a walk through the sources is, kept for the next one.
    path: Vec<(Id, usize)>,
}

impl Id {
    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl Graph {
    /// An empty one with room for the steps of so many layers.
    pub(super) fn with_room(layers: usize) -> Self {
        const STEPS: usize = 96;
        let steps = STEPS.saturating_mul(layers.min(64) + 2);
        Self {
            nodes: Vec::with_capacity(steps),
            order: Vec::with_capacity(steps),
            inputs: Vec::new(),
            path: Vec::new(),
        }
    }

    fn add(&mut self, kind: Kind, width: u64, rows: u64, element: u64, sources: &[Id]) -> Id {
        let place = u32::try_from(self.nodes.len() + 1).unwrap_or(u32::MAX);
        let id = Id(NonZeroU32::MIN.saturating_add(place - 1));
        let mut all = [None; SOURCES];
        for (slot, source) in all.iter_mut().zip(sources) {
            *slot = Some(*source);
        }
        let of = match kind {
            Kind::View => sources.first().map(|source| self.root(*source)),
            _ => None,
        };
        self.nodes.push(Node {
            kind,
            width,
            rows,
            element,
            bytes: width.saturating_mul(rows).saturating_mul(element),
            sources: all,
            of,
            kept: false,
            visited: false,
            readers: 0,
            looks: 0,
        });
        id
    }

    fn root(&self, id: Id) -> Id {
        self.nodes.get(id.index()).and_then(|node| node.of).unwrap_or(id)
    }

    fn shape(&self, id: Id) -> (u64, u64, u64) {
        self.nodes.get(id.index()).map_or((0, 0, 4), |node| (node.width, node.rows, node.element))
    }

    pub(super) fn rows(&self, id: Id) -> u64 {
        self.shape(id).1
    }

    pub(super) fn width(&self, id: Id) -> u64 {
        self.shape(id).0
    }

    /// Something given: so many elements of so many bytes.
    pub(super) fn input(&mut self, elements: u64, bytes: u64) -> Id {
        self.input_of(elements, 1, bytes)
    }

    /// Something given, in rows.
    pub(super) fn input_of(&mut self, width: u64, rows: u64, bytes: u64) -> Id {
        self.add(Kind::Input, width, rows, bytes, &[])
    }

    /// A new tensor of 32-bit numbers.
    pub(super) fn new_tensor(&mut self, width: u64, rows: u64, sources: &[Id]) -> Id {
        self.add(Kind::New, width, rows, 4, sources)
    }

    /// A copy of a tensor in 16-bit numbers.
    pub(super) fn half(&mut self, source: Id) -> Id {
        let (width, rows, _) = self.shape(source);
        self.new_half(width, rows, &[source])
    }

    /// A copy, of so many bytes, of what lies elsewhere.
    pub(super) fn copy(&mut self, bytes: u64) -> Id {
        self.add(Kind::New, bytes, 1, 1, &[])
    }

    /// A product with a matrix of weights: as many rows, of another width.
    pub(super) fn linear(&mut self, source: Id, width: u64) -> Id {
        let rows = self.rows(source);
        self.new_tensor(width, rows, &[source])
    }

    /// A new tensor like the first it is made from.
    pub(super) fn like(&mut self, sources: &[Id]) -> Id {
        let (width, rows, element) = sources.first().map_or((0, 0, 4), |first| self.shape(*first));
        self.add(Kind::New, width, rows, element, sources)
    }

    /// A tensor like the first it is made from, in the place of one if it can be.
    pub(super) fn in_place(&mut self, sources: &[Id]) -> Id {
        let (width, rows, element) = sources.first().map_or((0, 0, 4), |first| self.shape(*first));
        self.add(Kind::InPlace, width, rows, element, sources)
    }

    /// Another look at a tensor.
    pub(super) fn view(&mut self, source: Id) -> Id {
        let (width, rows, element) = self.shape(source);
        self.add(Kind::View, width, rows, element, &[source])
    }

    /// Another look at part of a tensor's rows.
    pub(super) fn part(&mut self, source: Id, width: u64) -> Id {
        let rows = self.rows(source);
        self.look(source, width, rows)
    }

    /// Another look at a tensor, of another shape.
    pub(super) fn look(&mut self, source: Id, width: u64, rows: u64) -> Id {
        let (_, _, element) = self.shape(source);
        self.add(Kind::View, width, rows, element, &[source])
    }

    /// A tensor that is written into, as a look at it.
    pub(super) fn written(&mut self, target: Id, by: &[Id]) -> Id {
        let (width, rows, element) = self.shape(target);
        let id = self.add(Kind::View, width, rows, element, by);
        let root = self.root(target);
        if let Some(node) = self.nodes.get_mut(id.index()) {
            node.of = Some(root);
        }
        id
    }

    /// A mask, in 16-bit numbers for flash attention.
    pub(super) fn mask(&mut self, width: u64, rows: u64, flash: bool, sources: &[Id]) -> Id {
        self.add(Kind::New, width, rows, if flash { 2 } else { 4 }, sources)
    }

    /// A new tensor of 16-bit numbers.
    pub(super) fn new_half(&mut self, width: u64, rows: u64, sources: &[Id]) -> Id {
        self.add(Kind::New, width, rows, 2, sources)
    }

    /// A product with a matrix that turns heads, of a tensor that is whole: a part is copied first.
    pub(super) fn rotated(&mut self, source: Id, by: Id) -> Id {
        let part = self.width(source) < self.width(self.root(source));
        let source = if part { self.like(&[source]) } else { source };
        let (width, rows, _) = self.shape(source);
        let rotated = self.new_tensor(width, rows, &[by, source]);
        self.view(rotated)
    }

    /// Writes into a cache or a state.
    pub(super) fn store(&mut self, sources: &[Id]) -> Id {
        self.add(Kind::Store, 0, 0, 4, sources)
    }

    /// Some rows of a tensor.
    pub(super) fn pick(&mut self, source: Id, rows: u64, which: Id) -> Id {
        let width = self.width(source);
        self.new_tensor(width, rows, &[source, which])
    }

    /// Keeps a tensor to the end.
    pub(super) fn keep(&mut self, id: Id) {
        if let Some(node) = self.nodes.get_mut(id.index()) {
            node.kept = true;
        }
    }

    /// Puts a tensor into the order of steps, and before it whatever it is made from that is not there yet, in the
    /// order of its sources.
    pub(super) fn expand(&mut self, id: Id) {
        let mut path = std::mem::take(&mut self.path);
        if self.visit(id) {
            path.push((id, 0));
        }
        while let Some((id, next)) = path.last_mut() {
            let sources = self.nodes.get(id.index()).map(|node| &node.sources);
            let Some(source) = sources.and_then(|all| all.get(*next).copied().flatten()) else {
                self.append(*id);
                path.pop();
                continue;
            };
            *next += 1;
            if self.visit(source) {
                path.push((source, 0));
            }
        }
        self.path = path;
    }

    /// Whether a tensor was not visited before.
    fn visit(&mut self, id: Id) -> bool {
        let node = self.nodes.get_mut(id.index());
        node.is_some_and(|node| !std::mem::replace(&mut node.visited, true))
    }

    /// Puts a tensor behind the steps so far, and counts it with what it reads and looks at.
    fn append(&mut self, id: Id) {
        let Some(Node { kind, sources, of, .. }) = self.nodes.get(id.index()).copied() else {
            return;
        };
        if kind == Kind::Input {
            return self.inputs.push(id);
        }
        self.order.push(id);
        for source in sources.iter().map_while(|source| *source) {
            if let Some(node) = self.nodes.get_mut(source.index()) {
                node.readers += 1;
            }
        }
        if let Some(node) = of.and_then(|of| self.nodes.get_mut(of.index())) {
            node.looks += 1;
        }
    }
}
