//! Hostile input is normal: no bytes make the core panic, and short cuts give the answer of the long way.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::disallowed_methods, reason = "it reads the fuzzers' seeds")
)]
#![cfg(not(target_arch = "wasm32"))]

use hubfit::extract::file_facts::{self, FactsReader};
use hubfit::format::coreml::CoremlReader;
use hubfit::format::onnx::OnnxReader;
use hubfit::format::safetensors::{Quantization, SafetensorsIndex, SafetensorsReader};
use hubfit::format::tflite::{LitertlmReader, TfliteReader};
use hubfit::format::{FileFormat, Reader, Step, gguf::GgufReader};
use hubfit::hub::{Answer, ListQuery};
use hubfit::model::Json;
use hubfit::{ModelMetadata, WorkerProfile, compat, extract, filter_compatible_models, read_model};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use std::path::Path;

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

/// The seeds of a fuzz target, and what it once found: its name, the bytes.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (file.display().to_string(), std::fs::read(file).unwrap())).collect()
}

/// Whether a file that is in memory is read to its end, good or bad.
fn ends(mut reader: Box<dyn FactsReader>, file: &[u8]) -> bool {
    let mut wanted = reader.start();
    (0..64).any(|_| {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
        let bytes = file.get(place(wanted.start)..place(wanted.end)).unwrap();
        let Ok(Step::Need(more)) = reader.feed(bytes) else { return true };
        wanted = more;
        false
    })
}

#[test]
fn every_seed_of_a_file_format_ends() {
    for format in FileFormat::ALL {
        // A bundle is an archive and nothing more.
        let target = if format == FileFormat::Task { "zip" } else { format.name() };
        let seeds = seeds(target);
        assert!(seeds.len() > 5, "{target}");
        for (name, bytes) in seeds {
            for size in [None, Some(bytes.len() as u64)] {
                assert!(ends(file_facts::open(format, size).unwrap(), &bytes), "{name}");
            }
        }
    }
}

#[test]
fn a_file_that_ends_in_what_was_passed_over_is_cut() {
    // A graph of 200 bytes, of which nothing is wanted and nothing is there; the size is not known.
    let file = [8, 10, 0x3a, 200, 1, 0x1a, 197, 1];
    let mut reader = OnnxReader::new(None).first_read(file.len() as u64);
    let Step::Need(wanted) = Reader::feed(&mut reader, &file).unwrap() else { unreachable!() };
    assert_eq!(wanted.start, 204);
    assert_eq!(Reader::feed(&mut reader, &[]).unwrap_err().code(), "invalid_file");
}

/// Found by `fuzz/fuzz_targets/coreml.rs` and `onnx.rs`: in a file of unknown size, nothing kept a length of nearly
/// 2^64 from a sum that overflowed.
#[test]
fn a_length_that_no_file_has() {
    let length = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    for size in [None, Some(u64::MAX)] {
        let coreml = [&[0xda, 0x25][..], &length].concat();
        let error = Reader::feed(&mut CoremlReader::new(size), &coreml).unwrap_err();
        assert_eq!(error.code(), "invalid_file", "{error}");
        let onnx = [&[0x0a][..], &length].concat();
        let error = Reader::feed(&mut OnnxReader::new(size), &onnx).unwrap_err();
        assert_eq!(error.code(), "invalid_file", "{error}");
    }
}

/// Found by `fuzz/fuzz_targets/tflite.rs`: what tables may share follows from the bytes at hand, so that the first piece
/// of a file was refused for what the whole file is allowed.
#[test]
fn tables_that_share_are_judged_by_the_whole_file() {
    let name = format!("{}/fuzz/corpus/tflite/shared-and-longer", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read(name).unwrap();
    let code = |first| {
        let mut reader = TfliteReader::new(None).first_read(first);
        let mut wanted = Reader::start(&reader);
        loop {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
            let bytes = &file[place(wanted.start)..place(wanted.end)];
            match Reader::feed(&mut reader, bytes) {
                Ok(Step::Need(more)) => wanted = more,
                Ok(Step::Done(_)) => return "",
                Err(error) => return error.code(),
            }
        }
    };
    for first in (1..=file.len() as u64).step_by(61) {
        assert_eq!(code(first), "", "{first} bytes first");
    }
}

#[test]
fn every_seed_of_json_ends() {
    for target in ["json_view", "quantization", "listing_item", "safetensors_index", "arguments"] {
        for (name, bytes) in seeds(target) {
            let _ = read_model(&bytes).map(|item| extract::metadata(&item));
            let _ = filter_compatible_models(&bytes, &WorkerProfile::reference());
            let _ = (Quantization::from_config(&bytes), SafetensorsIndex::from_json(&bytes));
            let _ = (WorkerProfile::from_json(&bytes), ModelMetadata::from_json(&bytes));
            let Ok(view) = Json::parse("a seed", &bytes) else { continue };
            if let Ok(value) = serde_json::from_slice::<Value>(&bytes) {
                assert_eq!(view.items().count(), value.as_array().map_or(0, Vec::len), "{name}");
                assert_eq!(view.number(), value.as_f64(), "{name}");
            }
        }
    }
}

/// Found by `fuzz/fuzz_targets/safetensors.rs`: read in small pieces, the pointer was a length out of reach.
#[test]
fn a_git_lfs_pointer_is_told_however_little_is_read() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n";
    for first in [8, 10, 100] {
        let mut reader = SafetensorsReader::new().first_bytes(first);
        let error = reader.feed(pointer.get(..10).unwrap()).unwrap_err();
        assert!(error.to_string().contains("LFS"), "{error}");
    }
}

/// Found by `fuzz/fuzz_targets/gguf.rs`: a list of numbers that reaches past the end of a file of unknown size was
/// said to end where the file does not reach.
#[test]
fn a_file_that_ends_in_what_was_passed_over() {
    let mut file = b"GGUF\x03\0\0\0".to_vec();
    file.extend([0_u64, 1, 1].map(u64::to_le_bytes).concat());
    file.extend(b"a\x09\0\0\0\x0a\0\0\0");
    file.extend(50_000_u64.to_le_bytes());
    let length = file.len() as u64;
    let mut reader = GgufReader::new(None).first_read(length);
    let Step::Need(wanted) = reader.feed(&file).unwrap() else { panic!() };
    assert_eq!(wanted.start, length + 399_999);
    let message = reader.feed(b"").unwrap_err().to_string();
    assert!(message.contains("at or before byte 400048"), "{message}");
}

/// Found by `fuzz/fuzz_targets/json_view.rs`: a key was taken for another that is spelled as the first stands in the text.
#[test]
fn a_key_is_what_it_says_not_how_it_is_spelled() {
    let text = br#"{"\\\\:":1,"\\:":2}"#;
    let view = Json::parse("a text", text).unwrap();
    assert_eq!(view.get(r"\\:").count(), Some(1));
    assert_eq!(view.get(r"\:").count(), Some(2));
}

/// Found by `fuzz/fuzz_targets/litertlm.rs`: an empty section of metadata behind the end counted as the one that tells of
/// the model while the end was not met.
#[test]
fn an_empty_section_behind_the_end_tells_nothing() {
    let seed = "/fuzz/corpus/litertlm/empty-section-behind-the-end";
    let file = std::fs::read([env!("CARGO_MANIFEST_DIR"), seed].concat()).unwrap();
    for size in [None, Some(file.len() as u64)] {
        let mut reader = LitertlmReader::new(size).first_read(file.len() as u64);
        let Step::Done(facts) = Reader::feed(&mut reader, &file).unwrap() else { unreachable!() };
        assert!(facts.problems.iter().any(|problem| problem.code == "long_metadata"), "{size:?}");
    }
}
