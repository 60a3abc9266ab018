//! What all targets demand of a reader: it ends, it answers the same however the bytes come, and it takes no
//! more memory than a small multiple of them.

pub mod container;
pub mod graph;
pub mod json;
pub mod lines;
pub mod memory;
pub mod reading;

pub use memory::within;
pub use reading::read_any_way;
