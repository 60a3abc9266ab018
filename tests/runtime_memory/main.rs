//! What models take in runtimes other than llama.cpp, compared with what was measured and published.

#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]

mod apple;
mod bad_input;
mod browsers;
mod caches;
mod hostile;
mod models;
mod others;
mod servers;
