//! What runtimes of llama.cpp's family would take, as they are asked by options: published figures, defaults, what
//! `--fit` chooses, settings that make no sense.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "support/vectors.rs"]
mod vectors;

use hubfit::memory::llama_cpp::{Model, Request, estimate};
use hubfit::model::geometry::{Attention, Experts, Geometry, Layer};
use hubfit::model::memory::{BesideKind, LlamaCppEstimate, LlamaCppSettings};
use hubfit::model::weight_layout::{LayerWeights, WeightLayout};
use proptest::prelude::*;
use serde_json::{Value, json};

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

fn ask(model: &Value, options: &Value) -> LlamaCppEstimate {
    let model = Model::parse(model.to_string().as_bytes()).unwrap();
    model.answer(&Request::parse(options.to_string().as_bytes()).unwrap(), None)
}

fn codes(found: &LlamaCppEstimate) -> Vec<&str> {
    found.memory.findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// Layers of eight heads with keys and values, each 128 wide.
fn llama(layers: usize) -> Value {
    let layer = json!({
        "attention": "full", "heads": 32, "kvHeads": 8, "keyLength": 128, "valueLength": 128,
        "feedForwardLength": 14336,
    });
    json!({
        "geometry": {
            "architecture": "llama", "role": "decoder", "layers": vec![layer; layers],
            "embeddingLength": 4096, "vocabulary": 128_256, "contextLength": 131_072,
        },
        "weights": [{
            "tokenEmbedding": 300 * MIB, "output": 400 * MIB,
            "layers": vec![json!({ "dense": 120 * MIB }); layers],
        }],
    })
}

fn gpu(gibibytes: u64) -> Value {
    json!({ "name": "GPU", "backend": "cuda", "memoryBytes": gibibytes * GIB })
}

#[test]
fn llama_server_makes_room_for_four_sequences_of_what_the_model_was_trained_on() {
    let found = ask(&llama(32), &json!({}));
    let settings = &found.settings;
    assert_eq!((settings.parallel, settings.kv_unified), (4, true));
    assert_eq!((settings.context_length, settings.batch, settings.ubatch), (524_288, 2048, 512));
    assert_eq!(found.memory.kv, 32 * 2 * 8 * 128 * 2 * 524_288);
    // With a number of sequences, each has a cache of its own.
    let told = ask(&llama(32), &json!({ "parallel": 2, "contextLength": 8192 }));
    assert!(!told.settings.kv_unified);
    assert_eq!(told.memory.context_length, 4096);
}

#[test]
fn runtimes_of_the_family_have_settings_of_their_own() {
    let of = |runtime: &str| {
        let settings = ask(&llama(32), &json!({ "runtime": runtime })).settings;
        (settings.context_length, settings.parallel, settings.ubatch)
    };
    assert_eq!(of("ollama"), (4096, 1, 512));
    assert_eq!(of("lm-studio"), (4096, 4, 512));
    assert_eq!(of("wllama"), (1024, 4, 512));
    assert_eq!(of("node-llama-cpp"), (131_072, 1, 512));
    let large = json!({ "runtime": "ollama", "hardware": { "devices": [gpu(24)] } });
    assert_eq!(ask(&llama(32), &large).settings.context_length, 32_768);
}

#[test]
fn without_a_length_the_context_is_what_fits() {
    let hardware = json!({ "devices": [gpu(12)], "ramBytes": 64 * GIB });
    let found = ask(&llama(32), &json!({ "hardware": hardware }));
    let settings = &found.settings;
    assert!(settings.fitted && settings.gpu_layers == 33);
    assert!(settings.context_length >= 4096 && settings.context_length.is_multiple_of(256));
    // A GiB is left free.
    let device = found.memory.devices.get(1).unwrap();
    let left = device.usable.unwrap().bytes - device.total.expected;
    assert!((GIB..GIB + 200 * MIB).contains(&left), "{left}");
}

#[test]
fn layers_that_do_not_fit_stay_in_the_computers_memory() {
    let hardware = json!({ "devices": [gpu(4)], "ramBytes": 64 * GIB });
    let found = ask(&llama(32), &json!({ "hardware": hardware, "contextLength": 4096 }));
    let layers = found.settings.gpu_layers;
    assert!(found.settings.fitted && (10..33).contains(&layers), "{layers}");
    let more = json!({ "hardware": hardware, "contextLength": 4096, "gpuLayers": layers + 1 });
    let more = ask(&llama(32), &more);
    let device = more.memory.devices.get(1).unwrap();
    assert!(device.total.expected + GIB > device.usable.unwrap().bytes);
}

#[test]
fn several_gpus_share_layers_by_their_memory() {
    let hardware = json!({ "devices": [gpu(24), gpu(8)], "ramBytes": 64 * GIB });
    let found = ask(&llama(32), &json!({ "hardware": hardware, "contextLength": 8192 }));
    let [_, large, small] = &*found.memory.devices else { panic!("three devices") };
    assert!(large.weights > 2 * small.weights && small.weights > 0);
    let told = json!({ "hardware": hardware, "contextLength": 8192, "tensorSplit": [1, 1] });
    let told = ask(&llama(32), &told);
    let [_, one, other] = &*told.memory.devices else { panic!("three devices") };
    // The output counts as a layer.
    let layer = told.memory.kv / 32;
    assert_eq!((one.context / layer, other.context / layer), (17, 15));
}

#[test]
fn experts_leave_the_gpu_first() {
    let mut model = llama(16);
    *model.pointer_mut("/geometry/experts").unwrap_or(&mut Value::Null) = Value::Null;
    let geometry = model.pointer_mut("/geometry").unwrap().as_object_mut().unwrap();
    geometry.insert("architecture".into(), "qwen3moe".into());
    geometry.insert("experts".into(), json!({ "count": 128, "used": 8, "feedForwardLength": 768 }));
    let layers = vec![json!({ "dense": 60 * MIB, "experts": 900 * MIB }); 16];
    *model.pointer_mut("/weights/0/layers").unwrap() = layers.into();
    let hardware = json!({ "devices": [gpu(8)], "ramBytes": 64 * GIB });
    let found = ask(&model, &json!({ "hardware": hardware, "contextLength": 8192 }));
    assert_eq!(found.settings.gpu_layers, 17);
    assert!((8..16).contains(&found.settings.cpu_moe), "{}", found.settings.cpu_moe);
}

#[test]
fn what_lies_beside_is_counted_where_it_lies() {
    let projector = json!({
        "bytes": 800 * MIB, "kind": "gemma3", "imageSize": 896, "patchSize": 14,
        "embeddingLength": 1152, "feedForwardLength": 4304, "heads": 16,
    });
    let hardware = json!({ "devices": [gpu(24)], "ramBytes": 64 * GIB });
    let options = json!({
        "contextLength": 8192, "hardware": hardware, "mmproj": projector, "lora": [32 * MIB],
    });
    let found = ask(&llama(32), &options);
    let of = |kind| found.memory.beside.iter().find(|one| one.kind == kind).unwrap();
    assert_eq!(of(BesideKind::Projector).weights, 800 * MIB);
    assert_eq!(of(BesideKind::Projector).device, 1);
    assert_eq!(of(BesideKind::Projector).compute.expected / MIB, 121);
    assert_eq!(of(BesideKind::Adapter).weights, 32 * MIB);
    let without = json!({ "contextLength": 8192, "hardware": hardware });
    let without = ask(&llama(32), &without).memory.total;
    assert_eq!(
        found.memory.total - without,
        (800 + 32) * MIB + of(BesideKind::Projector).compute.expected
    );
}

#[test]
fn a_draft_sees_as_much_context_as_the_model() {
    let parse = |model: &Value| Model::parse(model.to_string().as_bytes()).unwrap();
    let options =
        json!({ "contextLength": 8192, "parallel": 1, "draft": { "cacheTypeK": "q8_0" } });
    let request = Request::parse(options.to_string().as_bytes()).unwrap();
    let found = parse(&llama(32)).answer(&request, Some(&parse(&llama(4))));
    let [draft] = &*found.memory.beside else { panic!("one draft on one device") };
    assert_eq!(draft.kind, BesideKind::Draft);
    assert_eq!(draft.weights, (300 + 400 + 4 * 120) * MIB);
    let caches = 8192 * 4 * 8 * 128 / 32 * (34 + 64);
    assert_eq!(draft.context, caches + 4 * 128_256);
}

#[test]
fn settings_that_make_no_sense_are_findings() {
    let of = |options: Value| ask(&llama(32), &options);
    assert!(codes(&of(json!({ "contextLength": -5 }))).contains(&"negative_context"));
    assert!(codes(&of(json!({ "contextLength": 1e15 }))).contains(&"context_too_long"));
    let many = of(json!({ "contextLength": 4, "parallel": 64 }));
    assert!(codes(&many).contains(&"more_sequences_than_context"));
    assert_eq!(many.memory.context_length, 256);
    let quantized =
        of(json!({ "cacheTypeV": "q8_0", "flashAttention": "off", "contextLength": 512 }));
    assert!(codes(&quantized).contains(&"quantized_values_need_flash_attention"));
    let long = of(json!({ "contextLength": 262_144 }));
    assert!(codes(&long).contains(&"context_beyond_training"));
    assert!(codes(&of(json!({ "mtp": true }))).contains(&"no_mtp_layers"));
}

#[test]
fn wrong_options_are_named() {
    let message =
        |options: Value| Request::parse(options.to_string().as_bytes()).unwrap_err().to_string();
    assert!(
        message(json!({ "runtime": "vllm" }))
            .contains("options.runtime: expected one of llama.cpp")
    );
    assert!(message(json!({ "ctx": 5 })).contains("unknown key \"ctx\""));
    assert!(
        message(json!({ "cacheTypeK": "q3" })).contains("options.cacheTypeK: expected one of f32")
    );
    assert!(message(json!({ "batch": -1 })).contains("options.batch: expected a whole number"));
}

#[test]
fn what_is_missing_is_named_and_bounded() {
    let mut model = llama(2);
    for layer in model.pointer_mut("/geometry/layers").unwrap().as_array_mut().unwrap() {
        layer.as_object_mut().unwrap().remove("kvHeads");
    }
    let options = json!({ "contextLength": 4096 });
    let (found, whole) = (ask(&model, &options), ask(&llama(2), &options));
    assert!(found.memory.upper_bound && !whole.memory.upper_bound);
    assert_eq!(found.memory.kv, 4 * whole.memory.kv);
    let finding = found.memory.findings.iter().find(|one| one.code == "geometry_incomplete");
    assert_eq!(finding.unwrap().field, "geometry.layers.kvHeads");
    let nothing = ask(&json!({ "bytes": 5 * GIB }), &options);
    assert_eq!(nothing.memory.weights, 5 * GIB);
    assert!(codes(&nothing).contains(&"geometry_missing"));
}

#[test]
fn unread_variants_are_scaled_to_their_size() {
    let mut model = llama(32);
    model.as_object_mut().unwrap().insert("bytes".into(), (10 * GIB).into());
    let found = ask(&model, &json!({ "contextLength": 4096 }));
    assert_eq!(found.memory.weights, 10 * GIB);
}

#[test]
fn weights_are_laid_out_anew_where_a_cpu_alone_computes() {
    let mut model = llama(2);
    model["weights"][0]["repacked"] = json!(400 * MIB);
    for layer in model["weights"][0]["layers"].as_array_mut().unwrap() {
        layer["repacked"] = json!(100 * MIB);
    }
    let repacked = |options: Value| ask(&model, &options).memory.repacked;
    let found = ask(&model, &json!({}));
    assert_eq!(found.memory.repacked, 600 * MIB);
    assert!(codes(&found).contains(&"weights_repacked"));
    assert_eq!(found.memory.devices[0].weights, found.memory.weights, "they are counted once");
    assert_eq!(repacked(json!({ "repack": false })), 0);
    assert_eq!(repacked(json!({ "runtime": "wllama" })), 0);
    let hardware = json!({ "devices": [gpu(24)], "ramBytes": 64 * GIB });
    assert_eq!(repacked(json!({ "hardware": hardware, "gpuLayers": 0 })), 0);
    assert_eq!(repacked(json!({ "gpuLayers": 1 })), 0);
    // Without a mapping nothing is there twice.
    let read = ask(&model, &json!({ "mmap": false }));
    assert_eq!(read.memory.repacked, 600 * MIB);
    assert!(!codes(&read).contains(&"weights_repacked"));
    // Of a variant that is known by its size alone, nobody knows which types it holds.
    model["bytes"] = json!(GIB);
    assert_eq!(ask(&model, &json!({})).memory.repacked, 0);
}

/// The cases that JavaScript runs too.
#[test]
fn cases() {
    let cases = vectors::cases("memory");
    assert!(cases.len() > 4, "{}", cases.len());
    for (path, input) in cases {
        vectors::compare(&path, &json!(ask(&input["model"], &input["options"])));
    }
}

prop_compose! {
    fn any_layer()(
        attention in prop::sample::select(vec![
            Attention::Full, Attention::Window, Attention::Chunked, Attention::None,
        ]),
        heads in 1..64_u64,
        groups in 1..8_u64,
        length in prop::sample::select(vec![32, 64, 128, 256_u64]),
        feed_forward_length in 0..20_000_u64,
        experts in any::<bool>(),
    ) -> Layer {
        let window = matches!(attention, Attention::Window | Attention::Chunked).then_some(1024);
        let kv_heads = heads.div_ceil(groups);
        Layer {
            attention, window, heads, kv_heads, key_length: length, value_length: length,
            feed_forward_length, experts, ..Layer::default()
        }
    }
}

prop_compose! {
    fn any_geometry()(
        architecture in prop::sample::select(vec!["llama", "qwen3moe", "gemma3", "phi2", "gpt-oss", "unheard-of"]),
        layers in prop::collection::vec(any_layer(), 1..6),
        repeats in 1..12_usize,
        embedding_length in 1..8192_u64,
        vocabulary in 1..200_000_u64,
        experts in any::<bool>(),
    ) -> Geometry {
        let layers = std::iter::repeat_n(layers, repeats).flatten().collect();
        let experts = experts.then_some(Experts {
            count: 64, used: 8, feed_forward_length: 768, ..Experts::default()
        });
        Geometry {
            architecture: architecture.to_owned(), layers, embedding_length,
            vocabulary, context_length: 131_072, experts, ..Geometry::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Patterns of layers are laid out a few times, whatever their number. Of real models the answer is the same
    /// (tests/llama_truth.rs); of made-up ones it is seldom another, and then by little.
    #[test]
    fn a_model_answers_like_an_estimate(geometry in any_geometry(), n_ctx in 0..200_000_u64, n_seq_max in 1..5_u64) {
        let settings = LlamaCppSettings { n_ctx, n_seq_max, ..LlamaCppSettings::default() };
        let weights = WeightLayout { layers: vec![LayerWeights::default(); 3], ..WeightLayout::default() };
        let whole = estimate(&geometry, &weights, &settings);
        let found = Model::new(geometry, weights).estimate(&settings);
        let (off, most) = (found.total.abs_diff(whole.total), whole.compute.expected / 10);
        prop_assert!(off <= most, "{} is not {}", found.compute.expected, whole.compute.expected);
        prop_assert_eq!((found.kv, found.caches), (whole.kv, whole.caches));
    }

    /// Caches grow with the context; the sum of what is exact never shrinks.
    #[test]
    fn more_context_never_takes_less(geometry in any_geometry(), n_ctx in 1..100_000_u64, more in 1..100_000_u64) {
        let model = Model::new(geometry, WeightLayout::default());
        let of = |n_ctx| model.estimate(&LlamaCppSettings { n_ctx, n_outputs_max: 1, ..LlamaCppSettings::default() });
        let (less, more) = (of(n_ctx), of(n_ctx + more));
        prop_assert!(more.kv >= less.kv && more.state >= less.state && more.output >= less.output);
    }

    /// No number overflows or leaves what JavaScript can count.
    #[test]
    fn numbers_stay_countable(
        bytes in 0..=1_u64 << 53, layers in 0..40_usize, context in any::<u32>(), width in 0..=1_u64 << 53,
        gibibytes in 0..1_u64 << 20, split in prop::collection::vec(-1.0..1e300_f64, 0..4),
    ) {
        let layer = json!({ "heads": width, "kvHeads": width, "keyLength": width, "valueLength": 1 });
        let geometry = json!({
            "architecture": "llama", "layers": vec![layer; layers], "embeddingLength": width,
            "vocabulary": width, "contextLength": width,
        });
        let hardware = json!({ "devices": [gpu(gibibytes), gpu(1)], "ramBytes": width });
        let options = json!({ "contextLength": context, "hardware": hardware, "tensorSplit": split });
        let found = ask(&json!({ "geometry": geometry, "bytes": bytes }), &options);
        check_numbers(&serde_json::to_value(&found.memory).unwrap());
    }
}

fn check_numbers(value: &Value) {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            assert!((0.0..9_007_199_254_740_992.0).contains(&number), "{number}");
        }
        Value::Array(all) => all.iter().for_each(check_numbers),
        Value::Object(all) => all.values().for_each(check_numbers),
        _ => {}
    }
}
