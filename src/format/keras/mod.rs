//! Keras models: `.keras` archives, and `.h5` files as far as they tell what they are.
//!
//! An archive has `metadata.json`, `config.json` and `model.weights.h5`. The configuration names the classes and functions
//! that loading it calls: a `Lambda` layer carries code (CVE-2024-3660), and before 3.9 any module could be named
//! (CVE-2025-1550).
//!
//! Sources: Keras 3.12 `keras/src/saving/saving_lib.py` and `serialization_lib.py`; HDF5 file format specification 3.0.

mod config;
mod facts;
mod hdf5;
mod reader;

pub use facts::KerasFacts;
pub use reader::KerasReader;
pub(crate) use reader::MANNER;
