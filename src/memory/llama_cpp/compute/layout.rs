//! Where the tensors of a graph lie while it is computed, and how much room that takes.
//!
//! Source: ggml as of llama.cpp v0.5.0, `ggml/src/ggml-alloc.c`: a free block that fits best is taken, neighbours
//! that become free are joined, and a step that can works in the place of what it is made from.

use super::graph::{Graph, Id, Kind, Node};

/// Tensors start at a multiple of this many bytes (`TENSOR_ALIGNMENT` of the CPU).
const ALIGNMENT: u64 = 32;

/// How many bytes the graph takes while it is computed.
pub(super) fn bytes(graph: Graph) -> u64 {
    let Graph { nodes, order, inputs, .. } = graph;
    let places = vec![None; nodes.len()];
    let mut layout = Layout { nodes, places, memory: Memory::default() };
    for input in inputs {
        layout.place(input);
    }
    for id in order {
        layout.step(id);
    }
    layout.memory.most
}

struct Layout {
    /// The tensors; readers and looks are those that are yet to come.
    nodes: Vec<Node>,
    /// Where each lies, if it does.
    places: Vec<Option<u64>>,
    memory: Memory,
}

impl Layout {
    fn place(&mut self, id: Id) {
        let Some(node) = self.nodes.get(id.index()) else { return };
        let placed = self.places.get(id.index()).is_none_or(Option::is_some);
        if placed || matches!(node.kind, Kind::View | Kind::Store) {
            return;
        }
        let (bytes, taken) = (node.bytes, self.take_over(id));
        let place = taken.unwrap_or_else(|| self.memory.take(bytes));
        if let Some(slot) = self.places.get_mut(id.index()) {
            *slot = Some(place);
        }
    }

    /// The place of a source of the same size that nobody else reads.
    fn take_over(&mut self, id: Id) -> Option<u64> {
        let node = self.nodes.get(id.index()).filter(|node| node.kind == Kind::InPlace)?;
        let free = |source: &Id| {
            self.nodes.get(source.index()).is_some_and(|other| {
                other.readers == 1 && other.looks == 0 && !other.kept && other.bytes == node.bytes
            }) && self.places.get(source.index()).is_some_and(Option::is_some)
        };
        let source = node.sources.iter().map_while(|source| *source).find(free)?;
        self.places.get_mut(source.index())?.take()
    }

    fn step(&mut self, id: Id) {
        self.place(id);
        let Some(sources) = self.nodes.get(id.index()).map(|node| node.sources) else { return };
        for source in sources.into_iter().map_while(|source| source) {
            let Some(node) = self.nodes.get_mut(source.index()) else { continue };
            node.readers = node.readers.saturating_sub(1);
            if node.readers > 0 || node.looks > 0 {
                continue;
            }
            match node.of {
                None => self.free(source),
                Some(root) => self.look_is_over(root),
            }
        }
    }

    fn look_is_over(&mut self, root: Id) {
        let Some(node) = self.nodes.get_mut(root.index()) else { return };
        node.looks = node.looks.saturating_sub(1);
        if node.readers == 0 && node.looks == 0 {
            self.free(root);
        }
    }

    fn free(&mut self, id: Id) {
        let Some(node) = self.nodes.get(id.index()).filter(|node| !node.kept) else { return };
        if let Some(place) = self.places.get_mut(id.index()).and_then(Option::take) {
            self.memory.give(place, node.bytes);
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
