//! Files grouped into variants and sidecars: `tests/vectors/variants/`. Each case is a list of paths, or of paths with
//! bytes; `UPDATE_VECTORS=1 cargo test --test variants` writes what is expected of it, for review.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads figures from files")]
#![expect(clippy::disallowed_macros, reason = "it says what is absent")]
#![expect(clippy::indexing_slicing, reason = "a test may fail loudly")]

#[path = "support/vectors.rs"]
mod vectors;

use hubfit::extract::variants::{bits_per_weight, llama_cpp_choice, llama_cpp_sidecar, read};
use hubfit::model::{Grouping, SidecarKind, Variant};
use hubfit::{WorkerProfile, compat, extract, read_model};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A listing item with these files: `path`, or `[path, bytes]`.
fn item(input: &Value, files: &[Value]) -> String {
    let sibling = |file: &Value| match file {
        Value::Array(pair) => json!({ "rfilename": pair[0], "size": pair.get(1) }),
        path => json!({ "rfilename": path }),
    };
    let siblings: Vec<_> = files.iter().map(sibling).collect();
    json!({ "id": input["id"], "config": input["config"], "siblings": siblings }).to_string()
}

fn group(json: &str) -> Grouping {
    read(&read_model(json.as_bytes()).unwrap())
}

fn of_paths(paths: &[&str]) -> Grouping {
    group(&item(&Value::Null, &paths.iter().map(|path| json!(path)).collect::<Vec<_>>()))
}

#[test]
fn files_are_grouped() {
    for (path, input) in vectors::cases("variants") {
        let mut files = input["files"].as_array().unwrap().clone();
        let found = group(&item(&input, &files));
        files.reverse();
        assert_eq!(group(&item(&input, &files)), found, "{}: the order of files", path.display());
        check(&found, &files);
        let choice = llama_cpp_choice(&found.variants, None);
        let mut told = json!({
            "variants": found.variants.iter().map(|variant| said(&json!(variant))).collect::<Vec<_>>(),
            "sidecars": found.sidecars.iter().map(|sidecar| said(&json!(sidecar))).collect::<Vec<_>>(),
            "first": found.first,
            "others": found.others.iter().map(|file| &file.path).collect::<Vec<_>>(),
            "llamaCpp": choice.and_then(|variant| variant.primary_file.as_ref()),
        });
        if let Some(layout) = found.transformers_js {
            told["transformersJs"] = json!(layout);
        }
        vectors::compare(&path, &told);
    }
}

/// What is not null, empty or false, and files by their paths alone.
fn said(value: &Value) -> Value {
    let mut said = value.clone();
    let fields = said.as_object_mut().unwrap();
    fields.retain(|_, part| {
        !matches!(part, Value::Null | Value::Bool(false))
            && *part != json!([])
            && *part != json!("")
    });
    if let Some(Value::Array(files)) = fields.get_mut("files") {
        for file in files {
            *file = file["path"].take();
        }
    }
    said
}

/// Every file is in one place, and what is said of a variant is true of its files.
#[track_caller]
fn check(found: &Grouping, listed: &[Value]) {
    let in_variants = found.variants.iter().flat_map(|variant| &variant.files);
    let sidecars = found.sidecars.iter().map(|sidecar| &sidecar.file);
    let mut places: Vec<&str> =
        in_variants.chain(sidecars).chain(&found.others).map(|file| file.path.as_str()).collect();
    places.sort_unstable();
    let path = |file: &'_ Value| file.get(0).unwrap_or(file).as_str().unwrap().to_owned();
    let listed: BTreeSet<String> = listed.iter().map(path).collect();
    assert_eq!(places, listed.iter().collect::<Vec<_>>());
    for variant in &found.variants {
        let primary = variant.primary_file.as_ref().unwrap();
        assert!(variant.files.iter().any(|file| file.path == *primary));
        assert!(variant.files.is_sorted_by(|one, other| one.path <= other.path));
        assert!(variant.missing_files.is_empty() || !variant.complete);
        let sizes: Option<u64> = variant.files.iter().map(|file| file.size).sum();
        assert_eq!(variant.size_bytes, sizes);
    }
}

fn choose<'v>(variants: &'v [Variant], tag: Option<&str>) -> Option<&'v str> {
    llama_cpp_choice(variants, tag)?.primary_file.as_deref()
}

#[test]
fn what_llama_cpp_takes() {
    let files = [
        "BF16/x-BF16-00001-of-00002.gguf",
        "BF16/x-BF16-00002-of-00002.gguf",
        "mmproj-Q8_0.gguf",
        "x-Q3_K_M.gguf",
        "x-Q8_0.gguf",
        "x-UD-Q5_K_M.gguf",
        "x-mtp-Q4_K_M.gguf",
    ];
    let found = of_paths(&files);
    let take = |tag| choose(&found.variants, tag);
    assert_eq!(take(None), Some("x-Q8_0.gguf"));
    assert_eq!(take(Some("bf16")), Some("BF16/x-BF16-00001-of-00002.gguf"));
    assert_eq!(take(Some("Q5_K_M")), Some("x-UD-Q5_K_M.gguf"));
    assert_eq!(take(Some("Q3_K")), None);
    // To llama.cpp the name of a head is one anywhere in a name.
    assert_eq!(take(Some("Q4_K_M")), None);
    assert_eq!(choose(&of_paths(&["b.gguf", "a.gguf"]).variants, None), Some("a.gguf"));
    assert_eq!(choose(&of_paths(&["x-00002-of-00002.gguf"]).variants, None), None);
}

#[test]
fn which_projector_llama_cpp_takes() {
    let files = [
        "a/mmproj-F32.gguf",
        "a/x-Q4_K_M.gguf",
        "mmproj-BF16.gguf",
        "mmproj-Q8_0.gguf",
        "x-F16.gguf",
        "x-Q4_K_M.gguf",
    ];
    let found = of_paths(&files);
    let take = |file: &str, tag| {
        let with = |variant: &&Variant| variant.primary_file.as_deref() == Some(file);
        let variant = found.variants.iter().find(with).unwrap();
        llama_cpp_sidecar(&found.sidecars, variant, SidecarKind::Projector, tag)
            .map(|sidecar| sidecar.file.path.as_str())
    };
    assert_eq!(take("a/x-Q4_K_M.gguf", None), Some("a/mmproj-F32.gguf"));
    assert_eq!(take("x-Q4_K_M.gguf", None), Some("mmproj-Q8_0.gguf"));
    assert_eq!(take("x-F16.gguf", None), Some("mmproj-BF16.gguf"));
    assert_eq!(take("x-F16.gguf", Some("q8_0")), Some("mmproj-Q8_0.gguf"));
}

#[test]
fn branches_are_named_after_their_bits() {
    assert_eq!(bits_per_weight("4.25bpw").as_deref(), Some("4.25"));
    assert_eq!(bits_per_weight("main"), None);
}

/// Paths that look like those of real files.
fn paths() -> impl Strategy<Value = Vec<String>> {
    let folder = prop::sample::select(
        &[
            "",
            "",
            "",
            "unet/",
            "1_Pooling/",
            "onnx/",
            "original/",
            "MTP/",
            "4.5bpw/",
            "x.mlpackage/Data/",
            "é/",
        ][..],
    );
    let stem = prop::sample::select(
        &[
            "model",
            "pytorch_model",
            "consolidated",
            "consolidated.00",
            "x-Q4_K_M",
            "mmproj-F16",
            "model_q4",
            "decoder_model_merged",
            "openvino_model",
            "params_shard_0",
            "adapter_model",
            "x-DFlash",
            "ggml-base",
            "vocabulary",
            "model_index",
            "modules",
            "tensor-cache",
            "mtp",
            "imatrix",
            "",
            "é",
        ][..],
    );
    let number = prop::sample::select(
        &[
            "",
            "",
            "-00001-of-00002",
            "-00002-of-00002",
            "-00001-of-00003",
            "-00000-of-00002",
            ".fp16",
            "-99999-of-99999",
        ][..],
    );
    let ending = prop::sample::select(
        &[
            ".safetensors",
            ".gguf",
            ".bin",
            ".onnx",
            ".onnx_data",
            ".json",
            ".safetensors.index.json",
            ".safetensors.index.fp16.json",
            ".xml",
            ".gguf.part1of2",
            ".gguf-split-b",
            ".pth",
            ".tflite",
            ".txt",
            ".GGUF",
        ][..],
    );
    let path = (folder, stem, number, ending).prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}"));
    prop::collection::vec(path, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_file_is_in_one_place(paths in paths(), seed in any::<u64>()) {
        let files: Vec<Value> = paths.iter().enumerate().map(|(at, path)| if at % 3 == 0 { json!(path) } else { json!([path, at]) }).collect();
        let found = group(&item(&Value::Null, &files));
        check(&found, &files);
        // A turn and a swap make any order.
        let mut moved = files.clone();
        if !moved.is_empty() {
            let at = usize::try_from(seed).unwrap() % moved.len();
            moved.rotate_left(at);
            moved.swap(0, at);
        }
        prop_assert_eq!(group(&item(&Value::Null, &moved)), found);
    }

    #[test]
    fn any_names_are_grouped(paths in prop::collection::vec("[a-z0-9_./é-]{0,24}(\\.gguf|\\.safetensors|-of-[0-9]{1,7}\\.gguf|\\.onnx_data|\\.bin)?", 0..10)) {
        let files: Vec<Value> = paths.iter().map(|path| json!(path)).collect();
        check(&group(&item(&Value::Null, &files)), &files);
    }

    /// The list that filters rows looks at labels alone: it must find those that the variants have.
    #[test]
    fn variants_have_the_labels_that_rows_are_filtered_by(paths in paths(), known in prop::sample::select(&["Q4_K_M", "fp32", "q4", "awq", "none", "4.5bpw"][..]), format in prop::option::of(prop::sample::select(&["gguf", "safetensors", "onnx", "pytorch"][..]))) {
        let files: Vec<Value> = paths.iter().map(|path| json!(path)).collect();
        let json = item(&json!({ "config": { "model_type": "llama" } }), &files);
        let item = read_model(json.as_bytes()).unwrap();
        let metadata = extract::metadata(&item);
        let variants = read(&item).variants;
        let mut formats: Vec<_> = variants.iter().map(|variant| variant.format.clone()).collect();
        formats.dedup();
        prop_assert_eq!(formats, metadata.formats.clone());
        let labels: Vec<_> = variants.iter().filter_map(|variant| variant.quantization.clone()).collect();
        prop_assert!(labels.iter().all(|label| metadata.quantizations.contains(label)), "{labels:?}");
        prop_assert!(metadata.quantizations.iter().all(|label| labels.contains(label)), "{labels:?}");
        let worker = json!({ "quantizations": [known], "formats": format.map(|format| [format]) }).to_string();
        let worker = WorkerProfile::from_json(worker.as_bytes()).unwrap();
        prop_assert_eq!(compat::accepts(&item, &worker), compat::check(&metadata, &worker).compatible);
    }
}

#[test]
fn names_that_promise_many_shards_are_cheap() {
    let files: Vec<Value> =
        (0..3_000).map(|at| json!(format!("a{at}-00001-of-999999.safetensors"))).collect();
    let found = group(&item(&Value::Null, &files));
    assert_eq!(found.variants.len(), 3_000);
    assert!(found.variants.iter().all(|variant| variant.missing_files.len() <= 100));
}

#[test]
fn the_sample_is_grouped() {
    let rows: Value = serde_json::from_str(include_str!("../facts/sample/models.json")).unwrap();
    for row in rows.as_array().unwrap() {
        let files = row["files"].as_array().unwrap();
        check(&group(&item(row, files)), files);
    }
}

/// The names are not part of the repository; where they are absent the test says so.
#[test]
fn real_names_are_grouped() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |place: &str| std::fs::read_to_string(folder.join(place).join("gguf-uris.json"));
    let text = read("../shared/data").or_else(|_| read("../../shared/data"));
    let Ok(text) = text else { return println!("the names are absent") };
    let uris: Vec<String> = serde_json::from_str(&text).unwrap();
    let mut repositories: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for uri in &uris {
        let path = uri.split_once("://").unwrap().1;
        let path = path.trim_start_matches("huggingface.co/");
        let parts: Vec<&str> = path.splitn(3, '/').collect();
        let file = parts[2].strip_prefix("resolve/main/").unwrap_or(parts[2]);
        repositories.entry(parts[..2].join("/")).or_default().push(json!(file));
    }
    let mut variants = 0;
    for (id, files) in &repositories {
        let found = group(&item(&json!({ "id": id }), files));
        check(&found, files);
        variants += found.variants.len();
    }
    assert!(variants > 1_000, "{variants}");
}
