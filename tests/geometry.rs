//! The geometry of a `config.json`, and that a GGUF file of the same model has the same.
//!
//! A new case is a new `tests/vectors/geometry/<name>.config.json` (the keys that count, as the model's own has
//! them); `UPDATE_VECTORS=1 cargo test --test geometry` writes what is expected of it, for review. A
//! `<name>.gguf.json` beside it holds the keys that llama.cpp's converter makes of the config.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test may fail loudly"
    )
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::cast_possible_truncation,
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "it reads its cases and prints what is absent"
    )
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../src/format/gguf/testing.rs"]
mod testing;
#[path = "support/truth.rs"]
mod truth;

use hubfit::extract::geometry::{of_config, of_gguf};
use hubfit::model::Json;
use hubfit::model::geometry::{Attention, Geometry, Layer, Role};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn read(config: &Value) -> hubfit::Result<Geometry> {
    of_config(Json::parse("config.json", config.to_string().as_bytes()).unwrap())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/geometry")
}

fn file(name: &str, ending: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder().join(format!("{name}.{ending}.json"))).ok()?;
    Some(
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}.{ending}.json: {error}")),
    )
}

/// The names of the cases, and their configs.
fn cases() -> &'static [(String, Value)] {
    static CASES: LazyLock<Vec<(String, Value)>> = LazyLock::new(read_cases);
    &CASES
}

fn read_cases() -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = entries
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".config.json")?.to_owned()))
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), file(&name, "config").unwrap())).collect()
}

/// A geometry for a file: layers that are alike stand once, with their numbers (`0-4, 6-10`); what is not there is
/// left out.
fn brief(geometry: &Geometry) -> Value {
    let mut value = serde_json::to_value(geometry).unwrap();
    for key in ["layers", "mtpLayers"] {
        let mut alike: Vec<(Value, Vec<usize>)> = Vec::new();
        for (index, layer) in value[key].as_array_mut().unwrap().iter_mut().enumerate() {
            layer
                .as_object_mut()
                .unwrap()
                .retain(|_, value| *value != json!(false) && !value.is_null());
            match alike.iter_mut().find(|(known, _)| known == layer) {
                Some((_, numbers)) => numbers.push(index),
                None => alike.push((layer.clone(), vec![index])),
            }
        }
        let named = alike.into_iter().map(|(layer, numbers)| (ranges(&numbers), layer));
        value[key] = Value::Object(named.collect());
    }
    value.as_object_mut().unwrap().retain(|_, value| !value.is_null() && *value != json!({}));
    value
}

fn ranges(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let text = |run: &[usize]| match run {
        [one] => one.to_string(),
        run => format!("{}-{}", run[0], run[run.len() - 1]),
    };
    let texts: Vec<_> = runs.map(text).collect();
    texts.join(", ")
}

#[test]
fn configs_have_the_geometry_of_their_models() {
    let cases = cases();
    let mut families: Vec<_> =
        cases.iter().map(|(_, config)| config["model_type"].to_string()).collect();
    families.sort();
    families.dedup();
    assert!(families.len() >= 40, "{} families", families.len());
    for (name, config) in cases {
        let found = brief(&read(config).unwrap_or_else(|error| panic!("{name}: {error}")));
        if std::env::var_os("UPDATE_VECTORS").is_some() {
            let text = serde_json::to_string_pretty(&found).unwrap() + "\n";
            std::fs::write(folder().join(format!("{name}.expected.json")), text).unwrap();
        }
        let expected =
            file(name, "expected").unwrap_or_else(|| panic!("{name}: nothing is expected"));
        assert_eq!(found, expected, "{name}");
    }
}

/// The geometry by a file's keys. What only tensors tell (tied embeddings), and how many tokens there are where no
/// texts are listed, is taken from the other.
fn by_keys(keys: &Value, other: &Geometry) -> Geometry {
    let record = json!({ "hyperparameters": keys, "vocab": { "kind": "none" }, "tensors": { "groups": [] } });
    let geometry =
        of_gguf(&truth::header(&record)).unwrap_or_else(|key| panic!("{keys}: no {key}"));
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
        let Some(keys) = file(name, "gguf") else { continue };
        let by_config = read(config).unwrap();
        assert_eq!(brief(&by_config), brief(&by_keys(&keys, &by_config)), "{name}");
        pairs += 1;
    }
    assert!(pairs >= 60, "{pairs} pairs");
}

/// The case of a measured model: `gemma-3-4b` of `gemma-3-4b.f16`. Of some, another twin was measured: of an older
/// layout, or with a smaller vocabulary.
fn of_record(id: &str) -> Option<Value> {
    let (name, rest) = id.rsplit_once('.')?;
    let is_old = name.split('.').any(|part| part == "old");
    (!is_old && !rest.is_empty()).then(|| file(name, "config"))?
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

/// A geometry in a line: for each run of like layers `count kind kv_heads x key + value`, then vocabulary, context.
fn line(geometry: &Geometry) -> String {
    let of = |layer: &Layer| {
        let window = layer.window.map(|window| format!(":{window}")).unwrap_or_default();
        let kind = format!("{:?}", layer.attention).to_lowercase();
        let heads = format!(
            "{}/{}x{}+{}",
            layer.heads, layer.kv_heads, layer.key_length, layer.value_length
        );
        let state = layer
            .state
            .map(|state| format!(" state {}+{}", state.conv, state.recurrent))
            .unwrap_or_default();
        format!("{kind}{window} {heads}{state}{}", if layer.experts { " moe" } else { "" })
    };
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for layer in &geometry.layers {
        match kinds.iter_mut().find(|(kind, _)| *kind == of(layer)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((of(layer), 1)),
        }
    }
    let layers: Vec<_> = kinds.into_iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let experts = geometry
        .experts
        .as_ref()
        .map(|e| format!(", {} of {} experts", e.used, e.count))
        .unwrap_or_default();
    let original = geometry.original_context_length.map(|n| format!(" ({n})")).unwrap_or_default();
    format!(
        "{}: {}; {} wide{experts}, {} tokens, {}{original}",
        geometry.architecture,
        layers.join(", "),
        geometry.embedding_length,
        geometry.vocabulary,
        geometry.context_length
    )
}

/// A file of the data that lies beside the repository or two folders above it.
fn data(name: &str) -> Option<String> {
    let read = |up: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(up).join(name))
    };
    read("../shared/data").or_else(|_| read("../../shared/data")).ok()
}

#[test]
fn whole_configs_of_well_known_models_are_read() {
    let Some(text) = data("hf-configs.json") else { return println!("the configs are absent") };
    let Value::Object(configs) = serde_json::from_str(&text).unwrap() else { unreachable!() };
    let mut found = String::new();
    for (name, config) in &configs {
        writeln!(found, "{name} {}", line(&read(config).unwrap())).unwrap();
    }
    let path = folder().join("well-known.txt");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    for (found, expected) in found.lines().zip(std::fs::read_to_string(path).unwrap().lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(configs.len(), 35);
}

/// A small Llama, with other values.
#[expect(clippy::needless_pass_by_value, reason = "said in place")]
fn llama(changes: Value) -> Geometry {
    let mut config = json!({
        "model_type": "llama", "hidden_size": 1024, "num_hidden_layers": 4, "num_attention_heads": 16,
        "num_key_value_heads": 4, "intermediate_size": 4096, "vocab_size": 1000, "max_position_embeddings": 8192,
    });
    config.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    read(&config).unwrap()
}

#[test]
fn what_a_config_leaves_out_is_the_default_of_its_class() {
    let heads = |geometry: Geometry| (geometry.layers[0].kv_heads, geometry.layers[0].key_length);
    assert_eq!(heads(llama(json!({}))), (4, 64));
    assert_eq!(heads(llama(json!({ "num_key_value_heads": null, "head_dim": null }))), (16, 64));
    assert_eq!(heads(llama(json!({ "model_type": "mistral", "head_dim": 128 }))), (4, 128));
    let mistral = json!({ "model_type": "mistral", "num_hidden_layers": 2 });
    assert_eq!(heads(read(&mistral).unwrap()), (8, 128));
    let tied = |changes| llama(changes).tied_embeddings;
    assert_eq!(tied(json!({})), Some(false));
    assert_eq!(tied(json!({ "model_type": "gemma" })), Some(true));
    assert_eq!(tied(json!({ "tie_word_embeddings": true })), Some(true));
    assert_eq!(tied(json!({ "model_type": "new_to_us" })), None);
}

#[test]
fn a_wrapper_is_read_for_its_language_model() {
    let inner = json!({ "model_type": "llama", "num_hidden_layers": 30 });
    for key in ["text_config", "llm_config", "language_config", "lm_config"] {
        let geometry =
            read(&json!({ "model_type": "wraps", "hidden_size": 7, key: inner })).unwrap();
        assert_eq!((geometry.layers.len(), geometry.embedding_length), (30, 4096), "{key}");
        assert_eq!(geometry.architecture, "llama", "{key}");
    }
    // A wrapper of a known kind need not even name the type.
    let geometry =
        read(&json!({ "model_type": "llava", "text_config": { "vocab_size": 32064 } })).unwrap();
    assert_eq!((geometry.layers.len(), geometry.vocabulary), (32, 32064));
    // A decoder is one where there is no other config.
    let decoder = json!({ "model_type": "gpt2", "n_layer": 3 });
    let geometry =
        read(&json!({ "model_type": "vision-encoder-decoder", "decoder": decoder })).unwrap();
    assert_eq!((geometry.layers.len(), geometry.embedding_length), (3, 768));
}

#[test]
fn a_class_names_the_architecture_where_no_type_does() {
    let named =
        |class: &str| llama(json!({ "model_type": null, "architectures": [class] })).architecture;
    assert_eq!(named("Qwen2MoeForCausalLM"), "qwen2moe");
    assert_eq!(named("GPTNeoXForCausalLM"), "gptneox");
    assert_eq!(named("NobodyKnowsForCausalLM"), "unknown");
    let typed = |name: &str| llama(json!({ "model_type": name })).architecture;
    assert_eq!(
        (typed("gpt_oss"), typed("new_to_us")),
        ("gpt-oss".to_owned(), "new_to_us".to_owned())
    );
}

#[test]
fn context_is_told_with_and_without_scaling() {
    let context = |changes| {
        let geometry = llama(changes);
        (geometry.context_length, geometry.original_context_length)
    };
    let yarn = |factor: f64, original: u64| json!({ "rope_type": "yarn", "factor": factor, "original_max_position_embeddings": original });
    assert_eq!(context(json!({})), (8192, None));
    assert_eq!(context(json!({ "rope_scaling": yarn(4.0, 2048) })), (8192, Some(2048)));
    assert_eq!(context(json!({ "rope_parameters": yarn(4.0, 2048) })), (8192, Some(2048)));
    let of_full = json!({ "rope_parameters": { "full_attention": yarn(4.0, 2048), "sliding_attention": {} } });
    assert_eq!(context(of_full), (8192, Some(2048)));
    // Turned on by hand, as Qwen advises.
    assert_eq!(context(json!({ "rope_scaling": yarn(4.0, 8192) })), (32768, Some(8192)));
    // Of other scalings a file says nothing but what is told.
    for way in ["linear", "dynamic", "llama3", "longrope", "su", "default"] {
        let rope = json!({ "type": way, "factor": 8.0, "original_max_position_embeddings": 1024 });
        assert_eq!(context(json!({ "rope_scaling": rope })), (8192, None), "{way}");
    }
    let phi = json!({ "model_type": "phi3", "original_max_position_embeddings": 4096 });
    assert_eq!(context(phi), (8192, Some(4096)));
}

#[test]
fn layers_are_told_apart_in_every_notation() {
    let kinds = |changes: Value| -> String {
        let mut config = json!({ "model_type": "new_to_us", "sliding_window": 512, "mamba_d_state": 16, "mamba_expand": 2 });
        config.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let letter = |attention| match attention {
            Attention::Full => 'F',
            Attention::Window => 'W',
            Attention::Recurrent => 'S',
            Attention::None => '-',
            Attention::Chunked | Attention::Linear => '?',
        };
        llama(config).layers.iter().map(|layer| letter(layer.attention)).collect()
    };
    assert_eq!(kinds(json!({})), "FFFF");
    assert_eq!(kinds(json!({ "layer_types": ["sliding_attention", "full_attention"] })), "WFWF");
    assert_eq!(kinds(json!({ "sliding_window_pattern": 2 })), "WFWF");
    assert_eq!(kinds(json!({ "sliding_window_pattern": "LLG" })), "WWFW");
    assert_eq!(
        kinds(json!({ "layers_block_type": ["mamba", "attention", "mamba", "mamba"] })),
        "SFSS"
    );
    assert_eq!(kinds(json!({ "attn_layer_indices": [2] })), "SSFS");
    assert_eq!(kinds(json!({ "attn_layer_period": 3, "attn_layer_offset": 1 })), "SFSS");
    assert_eq!(kinds(json!({ "attn_type_list": [1, 0, 0, 1] })), "FSSF");
    let mut nemotron = json!({ "model_type": "nemotron_h", "hybrid_override_pattern": "M-*M", "mamba_num_heads": 8 });
    nemotron["mamba_head_dim"] = json!(64);
    assert_eq!(kinds(nemotron), "S-FS");
    // What cannot be is left out of account.
    assert_eq!(kinds(json!({ "sliding_window_pattern": 0 })), "FFFF");
    assert_eq!(
        kinds(json!({ "layer_types": ["sliding_attention"], "sliding_window": null })),
        "FFFF"
    );
}

#[test]
fn an_image_is_looked_at_without_a_cache_of_tokens() {
    let geometry =
        llama(json!({ "model_type": "mllama_text_model", "cross_attention_layers": [1] }));
    let attentions: Vec<_> =
        geometry.layers.iter().map(|layer| (layer.attention, layer.kv_heads)).collect();
    let (text, image) = ((Attention::Full, 4), (Attention::None, 0));
    assert_eq!(attentions, [text, image, text, text]);
}

#[test]
fn encoders_and_decoders_are_told_apart() {
    let role = |name: &str| llama(json!({ "model_type": name, "decoder_layers": 4 })).role;
    assert_eq!((role("bert"), role("deberta-v2")), (Role::Encoder, Role::Encoder));
    assert_eq!((role("t5"), role("whisper")), (Role::EncoderDecoder, Role::EncoderDecoder));
    assert_eq!((role("Dream"), role("llada")), (Role::Diffusion, Role::Diffusion));
    assert_eq!(role("new_to_us"), Role::Decoder);
    let other = llama(
        json!({ "model_type": "new_to_us", "is_encoder_decoder": true, "encoder_layers": 9 }),
    );
    assert_eq!((other.role, other.encoder_layers), (Role::EncoderDecoder, 9));
}

#[test]
fn what_is_no_model_of_text_has_no_geometry() {
    for (config, why) in [
        (json!([]), "is no object"),
        (json!("llama"), "is no object"),
        (json!({}), "num_hidden_layers"),
        (
            json!({ "_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"] }),
            "num_hidden_layers",
        ),
        (json!({ "model_type": "new_to_us", "hidden_size": 768 }), "num_hidden_layers"),
        (json!({ "model_type": "new_to_us", "num_hidden_layers": 12 }), "hidden_size"),
        (json!({ "model_type": "vit", "num_hidden_layers": 12, "hidden_size": 768 }), "images"),
        (
            json!({ "model_type": "wav2vec2", "num_hidden_layers": 12, "hidden_size": 768, "vocab_size": 32 }),
            "sound",
        ),
        (
            json!({ "model_type": "new_to_us", "num_hidden_layers": 12, "hidden_size": 768, "num_attention_heads": 12 }),
            "vocab_size",
        ),
        (
            json!({ "model_type": "new_to_us", "num_hidden_layers": 12, "hidden_size": 768, "vocab_size": 9 }),
            "num_attention_heads",
        ),
        (
            json!({ "model_type": "qwen", "num_hidden_layers": 12, "hidden_size": 768, "vocab_size": 9 }),
            "num_attention_heads",
        ),
        (json!({ "model_type": "llama", "num_hidden_layers": 1025 }), "more layers"),
        (
            json!({ "model_type": "llama", "num_hidden_layers": 9_007_199_254_740_992_u64 }),
            "more layers",
        ),
        (
            json!({ "model_type": "glm4_moe", "num_hidden_layers": 4, "num_nextn_predict_layers": 9_007_199_254_740_991_u64 }),
            "more layers",
        ),
    ] {
        let error = read(&config).map(|geometry| brief(&geometry)).unwrap_err();
        let code = if why == "more layers" { "limit_exceeded" } else { "invalid_model" };
        assert!(error.to_string().contains(why), "{config}: {error}");
        assert_eq!(error.code(), code, "{config}");
    }
    let most = read(&json!({ "model_type": "llama", "num_hidden_layers": 1024 })).unwrap();
    assert_eq!(most.layers.len(), 1024);
}

#[test]
fn wrong_values_count_as_missing() {
    let geometry = llama(json!({
        "num_hidden_layers": 2, "num_key_value_heads": "four", "head_dim": -64, "intermediate_size": 1.5,
        "sliding_window": [], "rope_scaling": "yarn", "layer_types": 7, "tie_word_embeddings": "yes",
    }));
    let layer = &geometry.layers[0];
    assert_eq!((layer.kv_heads, layer.key_length, layer.attention), (16, 64, Attention::Full));
    let huge = 9_007_199_254_740_991_u64;
    let geometry = llama(json!({
        "model_type": "mamba2", "state_size": huge, "expand": huge, "n_groups": huge, "conv_kernel": huge,
    }));
    assert_eq!(geometry.layers[0].state.unwrap().recurrent, u64::MAX);
}

/// Keys that rules look at, and model types that have rules of their own.
fn keys() -> Vec<String> {
    let table =
        include_str!("../facts/config-keys.txt").lines().filter(|line| line.starts_with(' '));
    let words = table.flat_map(|line| line.split(['=', '|', '*', '/', '+', '^', ' ', '@']));
    let more = [
        "model_type",
        "architectures",
        "layer_types",
        "hybrid_override_pattern",
        "attn_layer_indices",
        "attn_type_list",
        "block_configs",
        "linear_attn_config",
        "rope_scaling",
        "rope_parameters",
        "text_config",
        "llm_config",
        "ffn_multipliers",
        "mlp_layer_types",
        "mamba_step",
        "layer_group_size",
        "compress_ratios",
        "ssm_cfg",
        "type",
    ];
    words.chain(more).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn model_types() -> Vec<String> {
    let rows =
        include_str!("../facts/config-families.txt").lines().filter(|line| !line.starts_with('#'));
    let names = rows.filter_map(|line| line.split(' ').next()).flat_map(|names| names.split(','));
    names.map(str::to_owned).collect()
}

fn value() -> impl Strategy<Value = Value> {
    let words = [
        "full_attention",
        "sliding_attention",
        "mamba",
        "M*-E",
        "yarn",
        "LLLG",
        "conv",
        "auto",
        "",
    ];
    let leaf = prop_oneof![
        (0_u64..100).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        select(words.to_vec()).prop_map(Value::from),
        select(model_types()).prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![vec(inner.clone(), 0..6).prop_map(Value::from), object(inner)]
    })
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let entries = vec((select(keys()), inner), 0..24);
    entries.prop_map(|entries| entries.into_iter().collect::<Map<_, _>>().into())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_config_makes_it_panic(name in select(model_types()), layers in 0_u64..1100, mut config in object(value())) {
        config["model_type"] = name.into();
        config["num_hidden_layers"] = layers.into();
        if let Ok(geometry) = read(&config) {
            prop_assert!(geometry.layers.len() + geometry.mtp_layers.len() <= 1024);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200)) {
        if let Ok(config) = Json::parse("config.json", &bytes) {
            let _ = of_config(config);
        }
    }

    #[test]
    fn order_and_space_do_not_matter(index in any::<prop::sample::Index>()) {
        let cases = cases();
        let (name, config) = index.get(cases);
        let Value::Object(entries) = config else { unreachable!() };
        let turned: Vec<_> = entries.iter().rev().map(|(key, value)| format!("{key:?} :\n {value:#}")).collect();
        let text = format!("\n{{ {} }} ", turned.join(" ,\t"));
        let found = of_config(Json::parse("config.json", text.as_bytes()).unwrap());
        prop_assert_eq!(found.unwrap(), read(config).unwrap(), "{}", name);
    }
}

#[test]
fn a_megabyte_of_anything_is_only_slow_in_proportion() {
    let many = vec![1; 300_000];
    let words = vec!["sliding_attention"; 50_000];
    let keys: Map<_, _> = (0..50_000).map(|key| (format!("key_{key}"), json!(key))).collect();
    let start = std::time::Instant::now();
    for config in [
        json!({ "attn_layer_indices": many }),
        json!({ "layer_types": words }),
        json!({ "hybrid_override_pattern": "M*".repeat(500_000) }),
        json!({ "num_key_value_heads": many, "intermediate_size": many, "block_configs": many }),
        json!({ "cross_attention_layers": many, "ffn_multipliers": many, "model_type": "openelm" }),
        Value::Object(keys),
    ] {
        let mut config = config;
        config["num_hidden_layers"] = 1024.into();
        config["hidden_size"] = 64.into();
        let _ = read(&config);
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
