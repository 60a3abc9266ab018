//! Writes the seeds that the targets start from: right files, and the named attacks of the tests.
//! `cargo run --manifest-path fuzz/Cargo.toml --example seeds`

mod catalogs;
mod geometry;
mod gguf;
mod graphs;
mod json;
mod pickles;
mod safetensors;
mod tables;

#[path = "../../tests/support/flatbuffer.rs"]
mod flatbuffer;
#[path = "../../tests/support/pickle.rs"]
mod pickle_writer;
#[path = "../../tests/support/protobuf.rs"]
mod protobuf_writer;
#[expect(dead_code, reason = "each user takes a part")]
#[path = "../../tests/support/safetensors.rs"]
mod safetensors_writer;
#[path = "../../src/format/gguf/testing.rs"]
mod testing;
#[path = "../../tests/support/tflite.rs"]
mod tflite_writer;
#[path = "../../tests/support/zip.rs"]
mod zip_writer;

use std::path::Path;

/// A name, and the bytes.
type Seed = (String, Vec<u8>);

/// The targets, and what each starts from.
const CORPORA: [(&str, fn() -> Vec<Seed>); 20] = [
    ("gguf", gguf::seeds),
    ("safetensors", safetensors::headers),
    ("safetensors_index", safetensors::indexes),
    ("json_view", json::texts),
    ("quantization", json::quantizations),
    ("listing_item", json::items),
    ("arguments", json::arguments),
    ("geometry_gguf", geometry::of_gguf),
    ("geometry_json", geometry::of_json),
    ("onnx", graphs::onnx),
    ("coreml", graphs::coreml),
    ("openvino", graphs::openvino),
    ("tflite", tables::models),
    ("litertlm", tables::litertlm),
    ("pickle", pickles::pickles),
    ("pytorch", pickles::pytorch),
    ("zip", pickles::archives),
    ("keras", pickles::keras),
    ("numpy", pickles::numpy),
    ("catalog", catalogs::shards),
];

fn main() -> std::io::Result<()> {
    for (target, seeds) in CORPORA {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        for (name, bytes) in seeds() {
            std::fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

fn seed(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Seed {
    (name.into(), bytes.into())
}
