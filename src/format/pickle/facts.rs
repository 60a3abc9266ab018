//! What the pickles of a file describe.

use super::dtype::Dtype;
use super::imports::Imports;
use super::machine::Machine;
use super::tensor::{Storage, Tensor};
use super::value::{Heap, Value};
use crate::format::problem::Problems;
use crate::model::order::order;
use std::cmp::{Ordering, Reverse};
use std::ops::Range;

/// What the pickles of a file describe.
#[derive(Debug, Default)]
pub struct PickleFacts {
    heap: Heap,
    references: Vec<Storage>,
    /// For each reference the number of its storage.
    numbers: Vec<u32>,
    /// The storages that tensors lie in, each once, by key.
    pub storages: Vec<StorageFacts>,
    /// Tensors, elements and bytes by type; only those that occur.
    pub totals: Vec<DtypeTotal>,
    /// What the pickles import, each once.
    pub imports: Imports,
    /// What is wrong with them.
    pub problems: Problems,
    /// Bytes of the pickles that were read to their end.
    pub bytes: u64,
    /// How many there are.
    pub pickles: usize,
    /// The newest protocol that they name.
    pub protocol: u8,
    /// Whether the first one is the magic number of PyTorch before 1.6.
    pub is_legacy: bool,
}

/// A storage: the data of one or more tensors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageFacts {
    /// The name of its record in a zip archive, or a number of the process that wrote it.
    pub key: String,
    /// Its bytes.
    pub bytes: u64,
}

/// How much of a file has one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DtypeTotal {
    /// The type.
    pub dtype: Dtype,
    /// How many tensors.
    pub tensors: u64,
    /// Their elements; those that several tensors share count once.
    pub elements: u64,
    /// The bytes of their storages, each counted once.
    pub bytes: u64,
}

/// A tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickleTensor {
    /// The keys that lead to it, with dots between them: `state_dict.fc.weight`.
    pub name: String,
    /// The type of its elements.
    pub dtype: Dtype,
    /// Its dimensions, outermost first.
    pub shape: Vec<u64>,
    /// The key of its storage; none where it has no data.
    pub storage: Option<String>,
    /// Where its data stand in the storage, in bytes; empty where it has none, or they cannot be counted.
    pub bytes: Range<u64>,
}

impl PickleFacts {
    pub(super) fn new(machine: Machine, bytes: u64, results: &[Value]) -> Self {
        let Machine { mut heap, storages, imports, mut problems, protocol, .. } = machine;
        heap.settle();
        let is_legacy = results.first().is_some_and(|first| is_magic(&heap, *first));
        let mut facts = Self {
            references: storages,
            heap,
            imports,
            bytes,
            protocol,
            pickles: results.len(),
            is_legacy,
            ..Self::default()
        };
        facts.count(&mut problems);
        facts.problems = problems;
        facts
    }

    /// The tensors, in the order of the pickle.
    #[must_use]
    pub fn tensors(&self) -> impl ExactSizeIterator<Item = PickleTensor> {
        self.heap.tensors.iter().map(|tensor| self.told(tensor))
    }

    /// Those whose data are not those of another one: of weights that are tied, and stand under two names, the first.
    pub fn distinct_tensors(&self) -> impl Iterator<Item = PickleTensor> {
        let all = self.heap.tensors.iter().zip(self.are_distinct());
        all.filter(|(_, distinct)| *distinct).map(|(tensor, _)| self.told(tensor))
    }

    fn told(&self, tensor: &Tensor) -> PickleTensor {
        PickleTensor {
            name: self.name(tensor),
            dtype: tensor.dtype,
            shape: tensor.shape(&self.heap),
            storage: tensor.storage.map(|at| text(&self.heap, self.key(at as usize))),
            bytes: tensor.bytes(&self.heap),
        }
    }

    /// Whether the data of each tensor lie within those of no other one; of equal ones the first counts.
    fn are_distinct(&self) -> Vec<bool> {
        let spans: Vec<_> = self.heap.tensors.iter().map(|tensor| self.span(tensor)).collect();
        let key = |at: usize| {
            let span = spans.get(at)?.as_ref();
            span.map(|(storage, bytes)| (*storage, bytes.start, Reverse(bytes.end)))
        };
        let order = order(spans.len(), &|one, other| key(one).cmp(&key(other)));
        let mut distinct = vec![true; spans.len()];
        let mut last: Option<&(u32, Range<u64>)> = None;
        for at in order.into_iter().map(|at| at as usize) {
            let (Some(Some(span)), Some(new)) = (spans.get(at), distinct.get_mut(at)) else {
                continue;
            };
            *new = last.is_none_or(|last| last.0 != span.0 || last.1.end < span.1.end);
            last = if *new { Some(span) } else { last };
        }
        distinct
    }

    /// The storage of a tensor, and where in it the data stand; none where there are none, or they cannot be counted.
    fn span(&self, tensor: &Tensor) -> Option<(u32, Range<u64>)> {
        let storage = *self.numbers.get(tensor.storage? as usize)?;
        let bytes = tensor.bytes(&self.heap);
        (!bytes.is_empty()).then_some((storage, bytes))
    }

    /// The keys without those between the parts of a module, which its own names leave out.
    fn name(&self, tensor: &Tensor) -> String {
        let mut name = String::new();
        for key in self.heap.keys(tensor.home).into_iter().rev() {
            let key = text(&self.heap, key);
            if key.is_empty() || matches!(&*key, "_modules" | "_parameters" | "_buffers") {
                continue;
            }
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&key);
        }
        name
    }

    /// The bytes of all storages, each counted once.
    #[must_use]
    pub fn storage_bytes(&self) -> u64 {
        self.totals.iter().fold(0, |sum, total| sum.saturating_add(total.bytes))
    }

    /// Adds what another pickle of the file imports, and the tensors that it counts.
    pub(crate) fn add(&mut self, other: Self) {
        self.imports.take(other.imports);
        let mut totals = Totals(std::mem::take(&mut self.totals));
        other.totals.into_iter().for_each(|total| totals.add(total));
        self.totals = totals.0;
    }

    /// Tensors and their elements by the outermost key: `state_dict`, `optimizer`. Elements that several tensors share
    /// count for the first.
    #[must_use]
    pub fn groups(&self) -> Vec<(String, u64, u64)> {
        let mut groups: Vec<(Value, u64, u64)> = Vec::new();
        for (tensor, distinct) in self.heap.tensors.iter().zip(self.are_distinct()) {
            let keys = self.heap.keys(tensor.home);
            let [.., outermost] = keys.as_slice() else { continue };
            let elements = tensor.elements(&self.heap).filter(|_| distinct).unwrap_or_default();
            if let Some(group) = groups.iter_mut().find(|group| group.0 == *outermost) {
                (group.1, group.2) = (group.1 + 1, group.2.saturating_add(elements));
            } else if groups.len() == MAX_TOLD_GROUPS {
                // A state dict alone has a group for each tensor, and then nobody wants to know.
                return Vec::new();
            } else {
                groups.push((*outermost, 1, elements));
            }
        }
        groups.into_iter().map(|group| (text(&self.heap, group.0), group.1, group.2)).collect()
    }

    fn key(&self, reference: usize) -> Value {
        self.references.get(reference).map_or(Value::Unknown, |storage| storage.key)
    }

    fn key_bytes(&self, reference: usize) -> &[u8] {
        self.heap.text_of(self.key(reference)).unwrap_or_default()
    }

    /// Numbers the storages by key, and adds up the tensors that lie in each.
    fn count(&mut self, problems: &mut Problems) {
        let compare = |one: usize, other: usize| self.key_bytes(one).cmp(self.key_bytes(other));
        let order = order(self.references.len(), &compare);
        let mut numbers = vec![0_u32; order.len()];
        // For each storage what lies in it.
        let mut loads: Vec<Load> = Vec::new();
        let mut last = None;
        for reference in order.iter().map(|&at| at as usize) {
            let new = last.is_none_or(|last| compare(last, reference) != Ordering::Equal);
            let Some(storage) = self.references.get(reference) else { continue };
            if new {
                loads.push(Load {
                    reference,
                    dtype: storage.dtype,
                    bytes: storage.bytes,
                    ..NO_LOAD
                });
            } else if let Some(load) = loads.last() {
                check_same(storage, load, &text(&self.heap, storage.key), problems);
            }
            last = Some(reference);
            if let Some(number) = numbers.get_mut(reference) {
                *number = u32::try_from(loads.len() - 1).unwrap_or(u32::MAX);
            }
        }
        let mut totals = Totals::default();
        for tensor in &self.heap.tensors {
            let elements = self.elements(tensor, problems);
            let number = tensor.storage.and_then(|at| numbers.get(at as usize));
            let load = number.and_then(|&number| loads.get_mut(number as usize));
            // Elements in a storage are added once it is known how many of them are shared.
            let own = if load.is_none() { elements } else { 0 };
            totals.add(DtypeTotal { dtype: tensor.dtype, tensors: 1, elements: own, bytes: 0 });
            if let Some(load) = load {
                load.add(tensor.dtype, elements);
            }
        }
        for load in &loads {
            let bytes = load.bytes.unwrap_or_default();
            let elements = load.elements.min(load.dtype.elements_in(bytes));
            totals.add(DtypeTotal { dtype: load.dtype, tensors: 0, elements, bytes });
        }
        let storage = |load: &Load| StorageFacts {
            key: text(&self.heap, self.key(load.reference)),
            bytes: load.bytes.unwrap_or_default(),
        };
        self.storages = loads.iter().map(storage).collect();
        self.numbers = numbers;
        self.totals = totals.0;
    }

    /// The elements of a tensor; those that cannot be are reported.
    fn elements(&self, tensor: &Tensor, problems: &mut Problems) -> u64 {
        let elements = tensor.elements(&self.heap);
        let storage = tensor.storage.and_then(|at| self.references.get(at as usize));
        let reach = tensor.reach(&self.heap).filter(|_| storage.is_some_and(|own| !own.is_view));
        let room = storage.and_then(|storage| storage.bytes);
        let past = |(reach, room)| reach > tensor.dtype.elements_in(room);
        let problem = if elements.is_none() || storage.is_some() && room.is_none() {
            Some(("size_overflow", "its size cannot be counted"))
        } else if reach.zip(room).is_some_and(past) {
            Some(("past_the_storage", "it reaches past its storage"))
        } else {
            None
        };
        if let Some((code, what)) = problem {
            // Names may be long, and tensors many.
            let name = if problems.is_full() { String::new() } else { self.name(tensor) };
            problems.add(code, &name, what);
        }
        elements.unwrap_or_default()
    }
}

/// How many groups of tensors are told apart.
const MAX_TOLD_GROUPS: usize = 16;

/// What lies in a storage.
struct Load {
    reference: usize,
    /// Of the first tensor in it.
    dtype: Dtype,
    bytes: Option<u64>,
    elements: u64,
    used: bool,
}

const NO_LOAD: Load =
    Load { reference: 0, dtype: Dtype::BYTES, bytes: None, elements: 0, used: false };

impl Load {
    fn add(&mut self, dtype: Dtype, elements: u64) {
        if !self.used {
            (self.dtype, self.used) = (dtype, true);
        }
        self.elements = self.elements.saturating_add(elements);
    }
}

fn check_same(storage: &Storage, load: &Load, key: &str, problems: &mut Problems) {
    if storage.bytes != load.bytes && !storage.is_view {
        problems.add("storage_differs", key, "a storage that is stated with two sizes");
    }
}

/// Sums by type.
#[derive(Default)]
struct Totals(Vec<DtypeTotal>);

impl Totals {
    fn add(&mut self, part: DtypeTotal) {
        let Some(total) = self.0.iter_mut().find(|total| total.dtype == part.dtype) else {
            return self.0.push(part);
        };
        total.tensors += part.tensors;
        total.elements = total.elements.saturating_add(part.elements);
        total.bytes = total.bytes.saturating_add(part.bytes);
    }
}

/// A key as text: numbers as they are, nothing for what is not known.
fn text(heap: &Heap, key: Value) -> String {
    match key {
        Value::Number(number) => number.to_string(),
        key => String::from_utf8_lossy(heap.text_of(key).unwrap_or_default()).into_owned(),
    }
}

/// `0x1950a86a20f9469cfc6c`, in ten bytes (torch 2.15 `torch/serialization.py`, `MAGIC_NUMBER`).
const MAGIC: [u8; 10] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/// Whether a value is the number that PyTorch before 1.6 writes first.
pub(super) fn is_magic(heap: &Heap, value: Value) -> bool {
    heap.text_of(value) == Some(&MAGIC)
}
