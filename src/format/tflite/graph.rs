//! The graphs of a model: which operators run, and which tensors hold data.

use super::tensor_type::tensor_type;
use crate::format::draft::{Draft, MAX_DIMENSIONS, dimension, size_of};
use crate::format::flatbuffer::{List, Read, Table};
use crate::model::quoted::quoted;

/// Tensors and buffers of a file that are told apart; a language model of five signatures has 20,000.
const MAX_MARKS: u32 = 1 << 17;

/// The graphs of a model.
pub(super) struct Graphs<'a> {
    list: List<'a>,
    operators: Vec<String>,
    /// Buffers that were counted.
    counted: Marks,
}

impl<'a> Graphs<'a> {
    pub(super) fn new(model: &Table<'a>, operators: Vec<String>) -> Read<Self> {
        let counted = Marks::new(model.list(4)?.length);
        Ok(Self { list: model.list(2)?, operators, counted })
    }

    /// Counts the operators and the tensors of all graphs.
    pub(super) fn read(&mut self, draft: &mut Draft) -> Read<()> {
        for at in 0..self.list.length {
            let graph = self.list.table(at)?;
            let tensors = graph.list(0)?;
            let mut computed = Marks::new(tensors.length);
            computed.all(graph.list(1)?)?;
            self.run(&graph, &mut computed, draft)?;
            for at in (0..tensors.length).filter(|at| !computed.has(*at)) {
                self.tensor(&tensors.table(at)?, draft)?;
            }
        }
        Ok(())
    }

    /// Counts the operators, and marks what they give.
    fn run(&self, graph: &Table<'_>, computed: &mut Marks, draft: &mut Draft) -> Read<()> {
        let operators = graph.list(3)?;
        for at in 0..operators.length {
            let operator = operators.table(at)?;
            let index = operator.u32(0)?;
            let name = usize::try_from(index).ok().and_then(|index| self.operators.get(index));
            if let Some(name) = name {
                draft.operator(name);
            } else {
                let message = format!("an operator of kind {index}, which is not listed");
                draft.problem("unknown_operator", message);
            }
            computed.all(operator.list(2)?)?;
            computed.all(operator.list(8)?)?;
        }
        Ok(())
    }

    /// Counts a tensor, where it holds data and its buffer was not counted before.
    fn tensor(&mut self, tensor: &Table<'_>, draft: &mut Draft) -> Read<()> {
        let (buffer, external, variable) = (tensor.u32(2)?, tensor.u32(10)?, tensor.u8(5)?);
        if variable != 0 || buffer == 0 && external == 0 {
            return Ok(());
        }
        if buffer >= self.counted.length {
            let message = format!("a tensor in buffer {buffer} of {}", self.counted.length);
            draft.problem("missing_buffer", message);
            return Ok(());
        }
        if buffer > 0 && !self.counted.mark(buffer) {
            return Ok(());
        }
        let (name, bits) = tensor_type(tensor.u8(1)?);
        let dims = dims(tensor.list(0)?)?;
        let size = size_of(&dims, bits);
        if size.is_none() {
            let name = tensor.text(3)?;
            let message = format!("tensor {}: dimensions {dims:?}", quoted(&name));
            draft.problem("invalid_shape", message);
        }
        if tensor.field(6)?.is_some() {
            let message = format!("tensor {} is sparse", quoted(&tensor.text(3)?));
            draft.problem("sparse_tensor", message);
        }
        let (elements, bytes) = size.unwrap_or_default();
        draft.tensor(&name, elements, bytes);
        Ok(())
    }

    /// The inputs and outputs of the first graph, by the names of their tensors.
    pub(super) fn main_values(&self, draft: &mut Draft) -> Read<()> {
        if self.list.length == 0 {
            return Ok(());
        }
        let graph = self.list.table(0)?;
        for (field, is_input) in [(1, true), (2, false)] {
            for tensor in graph.list(field)?.numbers()? {
                self.value(0, tensor.cast_unsigned(), None, is_input, draft)?;
            }
        }
        Ok(())
    }

    /// An input or output of a graph, by its own name or by that of its tensor.
    pub(super) fn value(
        &self,
        graph: u32,
        tensor: u32,
        name: Option<&str>,
        is_input: bool,
        draft: &mut Draft,
    ) -> Read<()> {
        if graph >= self.list.length {
            return Ok(());
        }
        let tensors = self.list.table(graph)?.list(0)?;
        if tensor >= tensors.length {
            return Ok(());
        }
        let tensor = tensors.table(tensor)?;
        let (data_type, _) = tensor_type(tensor.u8(1)?);
        let signature = tensor.list(7)?;
        let dims = dims(if signature.length > 0 { signature } else { tensor.list(0)? })?;
        let shape = dims.into_iter().map(dimension).collect();
        let own = name.map_or_else(|| tensor.text(3), |name| Ok(name.to_owned()))?;
        if is_input {
            draft.input(&own, &data_type, Some(shape));
        } else {
            draft.output(&own, &data_type, Some(shape));
        }
        Ok(())
    }
}

fn dims(list: List<'_>) -> Read<Vec<i64>> {
    Ok(list.numbers()?.take(MAX_DIMENSIONS).map(i64::from).collect())
}

/// A set of numbers below a length, a bit each: the length is what a file says.
struct Marks {
    length: u32,
    words: Vec<u64>,
}

impl Marks {
    fn new(length: u32) -> Self {
        let words = (0..length.min(MAX_MARKS).div_ceil(u64::BITS)).map(|_| 0).collect();
        Self { length, words }
    }

    fn has(&self, number: u32) -> bool {
        let (word, bit) = place(number);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether it was not marked before.
    fn mark(&mut self, number: u32) -> bool {
        let (word, bit) = place(number);
        let Some(word) = self.words.get_mut(word) else { return true };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Marks those in a list; what is left out of one stands there as -1.
    fn all(&mut self, list: List<'_>) -> Read<()> {
        for number in list.numbers()? {
            self.mark(number.cast_unsigned());
        }
        Ok(())
    }
}

/// The word of a number, and its bit in it.
fn place(number: u32) -> (usize, u64) {
    let word = usize::try_from(number / u64::BITS).unwrap_or(usize::MAX);
    (word, 1 << (number % u64::BITS))
}
