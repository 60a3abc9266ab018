//! Where the tensors of a graph lie while it is computed, and how much room that takes.
//!
//! Source: ggml as of llama.cpp v0.5.0, `ggml/src/ggml-alloc.c`: a free block that fits best is taken, neighbours
//! that become free are joined, and a step that can works in the place of what it is made from.

use super::graph::{Graph, Id, Kind, Node};

/// Tensors start at a multiple of this many bytes (`TENSOR_ALIGNMENT` of the CPU).
const ALIGNMENT: u64 = 32;

/// How many bytes the graph takes while it is computed.
pub(super) fn bytes(graph: &Graph) -> u64 {
    let mut layout = Layout::new(graph);
    for input in &graph.inputs {
        layout.place(*input);
    }
    for id in &graph.order {
        layout.step(*id);
    }
    layout.memory.most
}

/// What is known of a tensor at one moment.
#[derive(Clone, Copy, Default)]
struct Tensor {
    /// Steps that have yet to read it.
    readers: u32,
    /// Looks at it that have yet to be read.
    views: u32,
    /// Where it lies, if it does.
    place: Option<u64>,
}

struct Layout<'a> {
    graph: &'a Graph,
    tensors: Vec<Tensor>,
    memory: Memory,
}

impl<'a> Layout<'a> {
    fn new(graph: &'a Graph) -> Self {
        let mut tensors = vec![Tensor::default(); graph.nodes.len()];
        let mut count = |id: Option<Id>, look: bool| {
            if let Some(tensor) = id.and_then(|id| tensors.get_mut(id.index())) {
                if look { tensor.views += 1 } else { tensor.readers += 1 }
            }
        };
        for node in graph.order.iter().filter_map(|id| graph.nodes.get(id.index())) {
            count(node.of, true);
            node.sources.iter().for_each(|source| count(*source, false));
        }
        Self { graph, tensors, memory: Memory::default() }
    }

    fn node(&self, id: Id) -> Option<&'a Node> {
        self.graph.nodes.get(id.index())
    }

    fn tensor(&self, id: Id) -> Tensor {
        self.tensors.get(id.index()).copied().unwrap_or_default()
    }

    fn set(&mut self, id: Id, change: impl FnOnce(&mut Tensor)) {
        if let Some(tensor) = self.tensors.get_mut(id.index()) {
            change(tensor);
        }
    }

    fn place(&mut self, id: Id) {
        let Some(node) = self.node(id) else { return };
        if matches!(node.kind, Kind::View | Kind::Store) || self.tensor(id).place.is_some() {
            return;
        }
        let taken = if node.kind == Kind::InPlace { self.take_over(node) } else { None };
        let place = taken.unwrap_or_else(|| self.memory.take(node.bytes()));
        self.set(id, |tensor| tensor.place = Some(place));
    }

    /// The place of a source of the same size that nobody else reads.
    fn take_over(&mut self, node: &Node) -> Option<u64> {
        let free = |source: &Id| {
            let tensor = self.tensor(*source);
            let like = self
                .node(*source)
                .is_some_and(|other| !other.kept && other.bytes() == node.bytes());
            like && tensor.place.is_some() && tensor.readers == 1 && tensor.views == 0
        };
        let source = node.sources.iter().flatten().find(|source| free(source)).copied()?;
        let place = self.tensor(source).place;
        self.set(source, |tensor| tensor.place = None);
        place
    }

    fn step(&mut self, id: Id) {
        let Some(node) = self.node(id) else { return };
        self.place(id);
        for source in node.sources.iter().flatten() {
            self.set(*source, |tensor| tensor.readers = tensor.readers.saturating_sub(1));
            let tensor = self.tensor(*source);
            if tensor.readers > 0 || tensor.views > 0 {
                continue;
            }
            match self.node(*source).and_then(|source| source.of) {
                None => self.free(*source),
                Some(root) => {
                    self.set(root, |tensor| tensor.views = tensor.views.saturating_sub(1));
                    let tensor = self.tensor(root);
                    if tensor.readers == 0 && tensor.views == 0 {
                        self.free(root);
                    }
                }
            }
        }
    }

    fn free(&mut self, id: Id) {
        let Some(node) = self.node(id).filter(|node| !node.kept) else { return };
        if let Some(place) = self.tensor(id).place {
            self.memory.give(place, node.bytes());
            self.set(id, |tensor| tensor.place = None);
        }
    }
}

/// Memory without an end, and the blocks of it that are free: offset and size, in order.
struct Memory {
    free: Vec<(u64, u64)>,
    /// The farthest byte that was ever taken.
    most: u64,
}

impl Default for Memory {
    fn default() -> Self {
        Self { free: vec![(0, u64::MAX / 2)], most: 0 }
    }
}

fn aligned(size: u64) -> u64 {
    size.checked_next_multiple_of(ALIGNMENT).unwrap_or(size)
}

impl Memory {
    /// Takes the smallest free block that is large enough, of equal ones the last; the open end only if none is.
    fn take(&mut self, size: u64) -> u64 {
        let size = aligned(size);
        let end = self.free.len().saturating_sub(1);
        let mut best = end;
        let mut best_size = u64::MAX;
        for (index, (_, block)) in self.free.iter().enumerate().take(end) {
            if *block >= size && *block <= best_size {
                (best, best_size) = (index, *block);
            }
        }
        let Some((offset, block)) = self.free.get_mut(best) else { return 0 };
        let place = *offset;
        *offset = offset.saturating_add(size);
        *block = block.saturating_sub(size);
        if *block == 0 {
            self.free.remove(best);
        }
        self.most = self.most.max(place.saturating_add(size));
        place
    }

    /// Gives a block back, joined with its neighbours.
    fn give(&mut self, place: u64, size: u64) {
        let size = aligned(size);
        if size == 0 {
            return;
        }
        let next = self.free.partition_point(|(offset, _)| *offset < place);
        self.free.insert(next, (place, size));
        self.join(next);
        if let Some(before) = next.checked_sub(1) {
            self.join(before);
        }
    }

    /// Joins a block with the next one where they touch.
    fn join(&mut self, index: usize) {
        let (Some((offset, size)), Some((next, more))) =
            (self.free.get(index).copied(), self.free.get(index + 1).copied())
        else {
            return;
        };
        if offset.saturating_add(size) == next {
            self.free.remove(index + 1);
            if let Some(block) = self.free.get_mut(index) {
                block.1 = size.saturating_add(more);
            }
        }
    }
}
