//! NumPy's arrays: `.npy` files, and `.npz` archives of them.
//!
//! A header is a Python dictionary as text; the data follow. An array of objects is a pickle instead, which
//! `numpy.load(allow_pickle=True)` loads.
//!
//! Source: NumPy 2.4 `numpy/lib/_format_impl.py`.

mod array;
mod descr;
mod facts;
mod literal;
mod reader;

pub use array::NumpyArray;
pub use facts::NumpyFacts;
pub(crate) use reader::MANNER;
pub use reader::NumpyReader;
