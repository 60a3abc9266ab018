//! pytorch files.
