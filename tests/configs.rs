//! Config files of repositories, and what they say: `tests/vectors/configs/`. Each case holds files by their path, as
//! JSON or as text; `UPDATE_VECTORS=1 cargo test --test configs` writes what is expected of it, for review.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads figures from files")]
#![expect(clippy::disallowed_macros, reason = "it says what is absent")]

#[path = "support/vectors.rs"]
mod vectors;

use hubfit::extract::configs::{read, read_all, wanted};
use hubfit::model::config_facts::ConfigFacts;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use vectors::{cases, compare};

#[test]
fn files_say_what_they_say() {
    for (path, input) in cases("configs") {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let files: Vec<(String, String)> = input["files"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(path, value)| (path.clone(), text(value)))
            .collect();
        let sized: Vec<_> = files
            .iter()
            .map(|(path, text)| (path.as_str(), u64::try_from(text.len()).ok()))
            .collect();
        let mut files: Vec<(&str, &[u8])> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
        let facts = read_all(&files);
        files.reverse();
        assert_eq!(read_all(&files), facts, "{}: the order of files", path.display());
        compare(&path, &json!({ "wanted": wanted(&sized), "facts": said(&facts) }));
    }
}

/// The parts of the facts that say something.
fn said(facts: &ConfigFacts) -> Value {
    let mut facts = json!(facts);
    facts.as_object_mut().unwrap().retain(|_, part| !part.is_null() && *part != json!([]));
    facts
}

/// Real configs are not part of the repository; where they are absent the test says so.
#[test]
fn real_configs_name_their_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = |place: &str| std::fs::read(folder.join(place).join("hf-configs.json"));
    let text = file("../shared/data").or_else(|_| file("../../shared/data"));
    let Ok(text) = text else { return println!("the configs are absent") };
    let configs: Value = serde_json::from_slice(&text).unwrap();
    for (name, config) in configs.as_object().unwrap() {
        let facts = read("config.json", config.to_string().as_bytes()).unwrap();
        assert_eq!(facts.problems, [], "{name}");
        let model = facts.model.unwrap();
        assert_eq!(model.model_type.as_deref(), config["model_type"].as_str(), "{name}");
        let classes = config["architectures"].as_array().map_or(0, Vec::len);
        assert_eq!(model.architectures.len(), classes, "{name}");
        let mapped = config["auto_map"].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(facts.remote_code.len(), mapped, "{name}");
        let inner = ["text_config", "vision_config", "audio_config"];
        for key in inner.into_iter().filter(|key| config[*key].is_object()) {
            assert!(model.parts.iter().any(|part| part.key == key), "{name}: {key}");
        }
        let stated = config["quantization_config"].is_object();
        assert!(!stated || facts.quantization.is_some(), "{name}");
    }
}

#[test]
fn what_is_too_large_is_no_config() {
    let files = [("config.json", Some(9 << 20)), ("generation_config.json", Some(200))];
    assert_eq!(wanted(&files), ["generation_config.json"]);
}

#[test]
fn other_files_are_none() {
    for path in ["README.md", "tokenizer.json", "x.jinja", "config.json.bak", "", "config.json/"] {
        assert!(read(path, b"{}").is_none(), "{path}");
    }
}

#[test]
fn broken_files_are_problems() {
    let problem = |text: &[u8]| read("modules.json", text).unwrap().problems.pop().unwrap();
    assert_eq!(problem(b"{}").message, "\"modules.json\": expected a list, found an object");
    for text in [b"".as_slice(), b"<html>", b"[", b"[] []", b"\xff"] {
        assert_eq!(problem(text).code, "invalid_json");
    }
}

const NAMES: [&str; 14] = [
    "config.json",
    "1_Pooling/config.json",
    "model_index.json",
    "adapter_config.json",
    "mlc-chat-config.json",
    "modules.json",
    "quantize_config.json",
    "generation_config.json",
    "chat_template.jinja",
    "chat_template.json",
    "tokenizer_config.json",
    "preprocessor_config.json",
    "config_sentence_transformers.json",
    "tensor-cache.json",
];

proptest! {
    #[test]
    fn any_bytes_are_read(name in prop::sample::select(&NAMES[..]), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(name, &bytes).is_some());
    }

    #[test]
    fn values_of_any_shape_are_read(
        name in prop::sample::select(&NAMES[..]),
        keys in prop::collection::vec(prop::sample::select(&KEYS[..]), 0..8),
        values in prop::collection::vec("null|true|-1|1e30|4|\"x\"|\\[\\]|\\[1,null,\"y\"\\]|\\{\\}|\\{\"a\":[1]\\}|\\{\"content\":\"z\"", 8),
    ) {
        let entries: Vec<_> = keys.iter().zip(&values).map(|(key, value)| format!("\"{key}\":{value}")).collect();
        let text = format!("{{{}}}", entries.join(","));
        prop_assert!(read(name, text.as_bytes()).is_some());
    }

    #[test]
    fn any_paths_are_looked_at(paths in prop::collection::vec("(a/|1_Pooling/|é/){0,2}(config|modules|model_index|x)(\\.json)?", 0..12)) {
        let paths: Vec<_> = paths.iter().map(|path| (path.as_str(), None)).collect();
        let mut turned = paths.clone();
        turned.reverse();
        let found = wanted(&paths);
        prop_assert!(found.iter().all(|path| paths.contains(&(*path, None))));
        prop_assert_eq!(found, wanted(&turned));
    }
}

const KEYS: [&str; 12] = [
    "quantization_config",
    "auto_map",
    "eos_token_id",
    "model_max_length",
    "chat_template",
    "bos_token",
    "prompts",
    "pooling_mode",
    "records",
    "size",
    "target_modules",
    "pretrained_cfg",
];
