//! The knowledge base, queried: what is known of devices and runtimes, each fact with its source.

mod asked;
mod device_names;
pub mod devices;
mod knowledge;
mod listed;
mod pack;
mod runtime;
mod support;
mod table;
pub mod version;

pub use asked::Asked;
pub use devices::{find_hardware, known_devices};
pub use knowledge::{EMBEDDED, Facts};
pub use runtime::{Release, Runtime};
pub use support::{Status, Support};
pub use table::{Bound, Row, Span, Table};
pub use version::{Scheme, Version, VersionRange};
