//! The geometry of a `config.json`, and that a GGUF file of the same model has the same.
//!
//! A new case is a new `tests/vectors/geometry/<name>.config.json` (the keys that count, as the model's own has
//! them); `UPDATE_VECTORS=1 cargo test --test geometry` writes what is expected of it, for review. A
//! `<name>.gguf.json` beside it holds the keys that llama.cpp's converter makes of the config.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "it reads its cases and prints what is absent")
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../src/format/gguf/testing.rs"]
mod testing;
#[path = "support/truth.rs"]
mod truth;

use hubfit::extract::geometry::{of_config, of_gguf};
use hubfit::model::geometry::{Attention, Geometry, Role};
use hubfit::model::Json;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

fn read(config: &Value) -> Option<Geometry> {
    of_config(Json::parse("config.json", config.to_string().as_bytes()).unwrap())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/geometry")
}

fn file(name: &str, ending: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder().join(format!("{name}.{ending}.json"))).ok()?;
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}.{ending}.json: {error}")))
}

/// The names of the cases, and their configs.
fn cases() -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = entries
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".config.json")?.to_owned()))
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), file(&name, "config").unwrap())).collect()
}

/// A geometry for a file: layers that are alike stand once, with their number.
fn brief(geometry: &Geometry) -> Value {
    let mut value = serde_json::to_value(geometry).unwrap();
    for key in ["layers", "mtpLayers"] {
        let mut runs: Vec<Value> = Vec::new();
        for layer in value[key].as_array().unwrap() {
            match runs.last_mut().filter(|run| run["layer"] == *layer) {
                Some(run) => run["count"] = json!(run["count"].as_u64().unwrap() + 1),
                None => runs.push(json!({ "count": 1, "layer": layer })),
            }
        }
        value[key] = runs.into();
    }
    value
}

#[test]
fn configs_have_the_geometry_of_their_models() {
    let cases = cases();
    let mut families: Vec<_> = cases.iter().map(|(_, config)| config["model_type"].to_string()).collect();
    families.sort();
    families.dedup();
    assert!(families.len() >= 40, "{} families", families.len());
    for (name, config) in cases {
        let found = brief(&read(&config).unwrap_or_else(|| panic!("{name}: no geometry")));
        if std::env::var_os("UPDATE_VECTORS").is_some() {
            let text = serde_json::to_string_pretty(&found).unwrap() + "\n";
            std::fs::write(folder().join(format!("{name}.expected.json")), text).unwrap();
        }
        let expected = file(&name, "expected").unwrap_or_else(|| panic!("{name}: nothing is expected"));
        assert_eq!(found, expected, "{name}");
    }
}

/// The geometry by a file's keys. What only tensors tell (tied embeddings), and how many tokens there are where no
/// texts are listed, is taken from the other.
fn by_keys(keys: &Value, other: &Geometry) -> Geometry {
    let record = json!({ "hyperparameters": keys, "vocab": { "kind": "none" }, "tensors": { "groups": [] } });
    let geometry = of_gguf(&truth::header(&record)).unwrap_or_else(|key| panic!("{keys}: no {key}"));
    let context_length = Some(geometry.context_length).filter(|length| *length > 0);
    Geometry {
        tied_embeddings: other.tied_embeddings,
        vocabulary: other.vocabulary,
        context_length: context_length.unwrap_or(other.context_length),
        ..geometry
    }
}

#[test]
fn a_file_made_of_a_config_has_the_same_geometry() {
    let mut pairs = 0;
    for (name, config) in cases() {
        let (Some(keys), Some(by_config)) = (file(&name, "gguf"), read(&config)) else { continue };
        assert_eq!(brief(&by_config), brief(&by_keys(&keys, &by_config)), "{name}");
        pairs += 1;
    }
    assert!(pairs >= 60, "{pairs} pairs");
}

/// The case of a measured model: `gemma-3-4b` of `gemma-3-4b.f16`. Of some, another twin was measured: of an older
/// layout, or with a smaller vocabulary.
fn of_record(id: &str) -> Option<Value> {
    let (name, rest) = id.rsplit_once('.')?;
    let own = !name.ends_with(".old") && !rest.is_empty();
    own.then(|| file(name, "config"))?
}

#[test]
fn a_measured_model_has_the_geometry_of_its_config() {
    let Some(records) = truth::records() else { return println!("the measurements are absent") };
    let mut compared = 0;
    for record in &records {
        let id = record["id"].as_str().unwrap();
        let Some(config) = of_record(id) else { continue };
        let by_file = of_gguf(&truth::header(record)).unwrap();
        // The measured files were made without the layers that predict further tokens, some without all texts, and
        // with the context length of the config where the converter has its own.
        let by_config = Geometry {
            mtp_layers: by_file.mtp_layers.clone(),
            vocabulary: by_file.vocabulary,
            context_length: by_file.context_length,
            original_context_length: by_file.original_context_length,
            ..read(&config).unwrap()
        };
        assert_eq!(brief(&by_config), brief(&by_file), "{id}");
        compared += 1;
    }
    assert!(compared > 60, "{compared} compared");
}
