//! How fast a header is read, held against a general JSON value of the same bytes:
//! `cargo test --release --test safetensors_speed -- --ignored --nocapture`.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "it measures, and says so"
)]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::safetensors::SafetensorsReader;
use std::time::{Duration, Instant};
use support::safetensors::Writer;

/// A header as a mixture of experts has it, in the order of its names, as writers put it.
fn header(tensors: u64) -> Vec<u8> {
    let name = |i| format!("model.layers.{}.mlp.experts.{}.down_proj.weight", i / 384, i % 384);
    let mut names: Vec<String> = (0..tensors).map(name).collect();
    names.sort();
    let mut w = Writer::default();
    for name in names {
        w.tensor(name, "BF16", &[7168, 2048]);
    }
    w.header()
}

/// The middle of eleven runs.
fn time<T>(mut run: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..11).map(once).collect();
    times.sort();
    times[5]
}

#[test]
#[ignore = "it measures"]
fn a_header_is_read_faster_than_a_value() {
    for tensors in [1_000, 60_000] {
        let bytes = header(tensors);
        let ours = time(|| support::read(SafetensorsReader::new(), &bytes).unwrap());
        let value = time(|| serde_json::from_slice::<serde_json::Value>(&bytes[8..]).unwrap());
        println!(
            "{tensors} tensors, {} bytes: {ours:?}; serde_json::Value: {value:?}",
            bytes.len()
        );
        assert!(ours < value);
    }
}
