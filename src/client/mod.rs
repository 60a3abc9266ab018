//! The Hub client for Rust front ends, on gloo-net.
