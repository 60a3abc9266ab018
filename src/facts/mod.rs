//! The knowledge base, queried: what is known of devices and runtimes, each fact with its source.

mod device_names;
pub mod devices;

pub use devices::{find_hardware, known_devices};
