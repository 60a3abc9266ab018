//! Pickles, read opcode by opcode and never executed: what they would import, and the tensors they describe.
//!
//! A pickle is a program for a small stack machine. This one does to the stack what Python's does, except that it imports
//! nothing and calls nothing: an import becomes a name, a call becomes an object that nobody knows, or a tensor where
//! PyTorch would make one. So names that are put together on the stack, memo entries that are written twice and pickles
//! that end in the middle are all read as Python would read them.
//!
//! Sources: CPython 3.14 `Lib/pickletools.py` and `Modules/_pickle.c`; torch 2.15 `torch/serialization.py`.

mod dtype;
mod escape;
mod facts;
mod global;
mod imports;
mod limits;
mod machine;
mod opcode;
mod reader;
mod risk;
mod tensor;
mod value;

pub use dtype::Dtype;
pub use facts::{DtypeTotal, PickleFacts, PickleTensor, StorageFacts};
pub use imports::Imports;
pub(crate) use reader::{Extent, PickleMachine};
pub(crate) use risk::risk;

/// Reads the pickles in bytes, one behind another.
///
/// ```
/// let facts = hubfit::format::pickle::read(b"cos\nsystem\n(S'ls'\ntR.");
/// assert_eq!(facts.imports.list()[0].name, "os.system");
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> PickleFacts {
    PickleMachine::read(bytes)
}
