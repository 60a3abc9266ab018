//! Pipelines of images, training, and runtimes of which little is known.

use crate::models::{MIB, cache, codes, estimate, gib, gpus, llama, model, part, part_at};
use hubfit::memory::{runtime_estimate, runtime_ids};
use hubfit::model::Geometry;
use hubfit::model::runtime_memory::{Component, Fit, PartName, Place, Weights};
use hubfit::model::spread::Spread;

#[test]
fn a_pipeline_of_images_is_a_sum_or_its_largest_component() {
    let one = |name: &str, bytes: u64| Component { name: name.to_owned(), bytes, largest: None };
    // SDXL in 16 bits.
    let parts = Weights::Components(vec![
        one("unet", 5_135_149_760),
        one("text_encoder", 246_144_152),
        one("text_encoder_2", 1_389_382_176),
        one("vae", 167_335_342),
    ]);
    let asked = |settings: &str| {
        let geometry = Geometry::default();
        runtime_estimate("diffusers", &geometry, &parts, Some(&gpus(1, 24.0)), settings.as_bytes())
            .unwrap()
    };
    let weights =
        |settings: &str| part_at(&asked(settings), PartName::Weights, Place::Device).expected;
    assert_eq!(weights("{}"), 6_938_011_430);
    assert_eq!(weights(r#"{"offload": "model"}"#), 5_135_149_760);
    assert!(weights(r#"{"offload": "group"}"#) < weights(r#"{"offload": "model"}"#) / 4);
    assert!(weights(r#"{"offload": "sequential"}"#) < weights(r#"{"offload": "group"}"#));
    let kept = part_at(&asked(r#"{"offload": "sequential"}"#), PartName::Weights, Place::Host);
    assert_eq!(kept, Spread::exact(6_938_011_430));
    assert_eq!(asked("{}").fits, Fit::Yes);
    let tiled = asked(r#"{"vae_tiling": true}"#);
    assert!(
        part(&tiled, PartName::Activation).expected
            < part(&asked("{}"), PartName::Activation).expected
    );
    assert!(
        codes(&asked(r#"{"attention_slicing": true}"#))
            .contains(&"attention_slicing_without_effect")
    );
}

#[test]
fn training_takes_what_accelerate_says() {
    // bert-base-cased: 413.18 MB of weights in float32, four times as much with Adam.
    let bert = model(
        r#"{"model_type": "bert", "num_hidden_layers": 12, "hidden_size": 768, "num_attention_heads": 12,
            "intermediate_size": 3072, "vocab_size": 28996, "max_position_embeddings": 512}"#,
    );
    let found =
        estimate("training", &bert, 0, None, r#"{"parameters": 108310272, "context": 128}"#);
    let weights = part(&found, PartName::Weights).expected;
    assert!((gib(weights) * 1024.0 - 413.18).abs() < 0.01, "{weights}");
    let gradients = part(&found, PartName::Gradients).expected;
    let optimizer = part(&found, PartName::Optimizer).expected;
    assert_eq!(weights + gradients + optimizer, 4 * weights);
    assert!(codes(&found).contains(&"training_is_an_estimate"));
}

#[test]
fn an_adapter_has_as_many_parameters_as_peft_prints() {
    // Llama 3.1 8B: 3407872 with r 8 on queries and values, 41943040 with r 16 on all linear layers.
    let model = llama(32, 4096, 32, 8, 128_256);
    let asked = |settings: &str| estimate("training", &model, 16_060_522_496, None, settings);
    let settings = r#"{"method": "lora", "parameters": 8030261248}"#;
    assert_eq!(part(&asked(settings), PartName::Adapter).expected, 4 * 3_407_872);
    let settings =
        r#"{"method": "qlora", "r": 16, "target_modules": "all-linear", "parameters": 8030261248}"#;
    let found = asked(settings);
    assert_eq!(part(&found, PartName::Adapter).expected, 4 * 41_943_040);
    let weights = gib(part(&found, PartName::Weights).expected);
    assert!((5.0..6.5).contains(&weights), "{weights}");
}

#[test]
fn whisper_takes_what_its_table_says() {
    for (mib, millions) in [(75_u64, 273_u64), (142, 388), (466, 852), (1536, 2100), (2970, 3900)] {
        let found = estimate("whisper.cpp", &Geometry::default(), mib * MIB, None, "{}").device;
        assert_eq!(found.expected, millions * 1_000_000);
    }
}

#[test]
fn every_runtime_answers_with_its_sources() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let hardware = gpus(1, 48.0);
    for runtime in runtime_ids() {
        let found = estimate(runtime, &model, 4 << 30, Some(&hardware), "{}");
        assert_eq!(found.runtime, runtime);
        assert!(!found.parts.is_empty());
        assert!(found.parts.iter().all(|part| !part.source.is_empty()));
        let sum: u64 = found
            .parts
            .iter()
            .filter(|part| part.place == Place::Device)
            .map(|part| part.bytes.expected)
            .sum();
        assert_eq!(found.device.expected, sum, "{runtime}");
        assert!(found.limit.is_some(), "{runtime}");
    }
}

#[test]
fn caches_follow_one_rule_in_others() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let per_token = 131_072;
    assert_eq!(cache("exllamav3", &model, r#"{"context": 300}"#), 512 * per_token);
    assert_eq!(
        cache("exllamav3", &model, r#"{"context": 256, "cache_bits": "4"}"#),
        256 * 65_536 * 9 / 16
    );
    assert_eq!(
        cache("tensorrt-llm", &model, r#"{"context": 33, "kv_cache_dtype": "fp8"}"#),
        64 * per_token / 2
    );
    assert_eq!(
        cache("ctranslate2", &model, r#"{"context": 10, "compute_type": "float32"}"#),
        20 * per_token
    );
    assert_eq!(cache("candle", &model, r#"{"context": 10, "dtype": "bf16"}"#), 10 * per_token);
    assert_eq!(cache("mistral.rs", &model, r#"{"context": 10}"#), 512 * per_token);
    // Where nothing is set, other devices store them in another way.
    let found = estimate("openvino-genai", &model, 1, None, r#"{"context": 32}"#);
    assert!(part(&found, PartName::Cache).low < part(&found, PartName::Cache).high);
}

#[test]
fn what_is_not_confirmed_never_fits_for_sure() {
    let (model, hardware) = (llama(32, 4096, 32, 8, 128_256), gpus(1, 192.0));
    let fits = |runtime: &str| estimate(runtime, &model, 1 << 30, Some(&hardware), "{}").fits;
    assert_eq!((fits("tensorrt-llm"), fits("litert-lm")), (Fit::Yes, Fit::Maybe));
}

#[test]
fn encoders_keep_nothing() {
    let bert = model(
        r#"{"model_type": "bert", "num_hidden_layers": 12, "hidden_size": 768, "num_attention_heads": 12,
            "intermediate_size": 3072, "vocab_size": 28996, "max_position_embeddings": 512}"#,
    );
    for runtime in ["vllm", "transformers", "transformers.js", "mlx-lm", "sglang", "candle"] {
        assert_eq!(cache(runtime, &bert, "{}"), 0, "{runtime}");
    }
}
