//! Hostile input is normal: no bytes make the core panic, and short cuts give the answer of the long way.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]
#![cfg(not(target_arch = "wasm32"))]

use hubfit::hub::{Answer, ListQuery};
use hubfit::{ModelMetadata, WorkerProfile, compat, extract, filter_compatible_models, read_model};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Values of every shape, among them those that fields expect.
fn value() -> impl Strategy<Value = Value> {
    let words = [
        "llama",
        "qwen3_moe",
        "gpt2",
        "model.safetensors",
        "x-Q4_K_M.gguf",
        "auto",
        "",
        "x/7B-AWQ",
        "mmproj.gguf",
    ];
    let leaf = prop_oneof![
        select(words.to_vec()).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_u64..200_000).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![vec(inner.clone(), 0..5).prop_map(Value::from), object(inner)]
    })
}

/// Objects with the keys that rules look at.
fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let keys = [
        "id",
        "modelId",
        "tags",
        "gated",
        "pipeline_tag",
        "library_name",
        "config",
        "siblings",
        "safetensors",
        "gguf",
        "architectures",
        "model_type",
        "max_position_embeddings",
        "quantization_config",
        "text_config",
        "rfilename",
        "size",
        "parameters",
        "total",
        "architecture",
        "context_length",
        "quant_method",
        "bits",
        "cardData",
    ];
    let entries = vec((select(keys.to_vec()), inner), 0..8);
    entries.prop_map(|entries| {
        Value::Object(
            entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>(),
        )
    })
}

fn workers() -> impl Strategy<Value = WorkerProfile> {
    let profiles = [
        json!({}),
        json!({ "architectures": ["llama", "qwen3_moe"], "maxContextLength": 4096, "contextPolicy": "cap" }),
        json!({ "formats": ["gguf", { "format": "onnx", "confidence": "low" }], "maxContextLength": 2048 }),
        json!({ "quantizations": ["none", "q4_k_m", "awq"] }),
    ];
    let read = |profile: &Value| WorkerProfile::from_json(profile.to_string().as_bytes()).unwrap();
    let mut all: Vec<_> = profiles.iter().map(read).collect();
    all.push(WorkerProfile::reference());
    select(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_short_way_answers_as_the_long_way(item in object(value()), worker in workers()) {
        let json = item.to_string();
        let item = read_model(json.as_bytes()).unwrap();
        let metadata = extract::metadata(&item);
        let verdict = compat::check(&metadata, &worker);
        prop_assert_eq!(compat::accepts(&item, &worker), verdict.compatible);
        let again = ModelMetadata::from_json(serde_json::to_string(&metadata).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(&again, &metadata);
        prop_assert!(verdict.compatible || verdict.confidence == hubfit::model::CompatibilityConfidence::None);
    }

    #[test]
    fn no_page_makes_it_panic(rows in vec(object(value()), 0..4), cut in any::<prop::sample::Index>(), byte in any::<u8>(), keep in any::<bool>()) {
        let mut page = serde_json::to_vec(&rows).unwrap();
        let at = cut.index(page.len());
        if keep { page[at] = byte } else { page.truncate(at) }
        if let Ok(rows) = filter_compatible_models(&page, &WorkerProfile::reference()) {
            for row in rows.kept {
                prop_assert!(read_model(page.get(row.bytes).unwrap()).is_ok());
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..300)) {
        let _ = read_model(&bytes);
        let _ = filter_compatible_models(&bytes, &WorkerProfile::reference());
        let _ = WorkerProfile::from_json(&bytes);
        let _ = ModelMetadata::from_json(&bytes);
        let _ = ListQuery::from_json(&bytes).map(|query| query.first_page());
        let _ = Answer { status: 500, ..Answer::default() }.check(&bytes);
    }

    #[test]
    fn no_options_make_it_panic(value in value()) {
        let json = value.to_string();
        let _ = WorkerProfile::from_json(json.as_bytes());
        let _ = ModelMetadata::from_json(json.as_bytes());
        let _ = Answer::from_json(json.as_bytes());
    }

    #[test]
    fn no_id_makes_it_panic(id in ".{0,80}") {
        let json = json!({ "id": id, "siblings": [{ "rfilename": id }] }).to_string();
        let _ = extract::metadata(&read_model(json.as_bytes()).unwrap());
        let _ = hubfit::hub::model::path(&id, Some(&id));
    }
}

#[test]
fn a_megabyte_of_anything_is_only_slow_in_proportion() {
    let long = "a".repeat(1_000_000);
    let item = json!({
        "id": format!("x/{long}-7b"), "tags": [&long, &long], "pipeline_tag": &long,
        "config": { "model_type": &long, "architectures": [&long] },
        "siblings": [{ "rfilename": format!("{long}.gguf") }],
    });
    let json = item.to_string();
    let item = read_model(json.as_bytes()).unwrap();
    let verdict = compat::check(&extract::metadata(&item), &WorkerProfile::reference());
    assert!(verdict.findings.iter().all(|finding| finding.message.len() < 2_000));
}
