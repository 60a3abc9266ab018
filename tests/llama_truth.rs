//! Against llama.cpp itself: what it read from 69 models and what it allocated for them, to the byte.
//!
//! The measurements are not part of the repository; where they are absent the tests say so.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "a test may fail loudly"
    )
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "it reads the measurements and prints what it found"
    )
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../src/format/gguf/testing.rs"]
mod testing;
#[path = "support/truth.rs"]
mod truth;

use hubfit::extract::geometry::{of_gguf, weights_of_gguf};
use hubfit::memory::llama_cpp::estimate;
use hubfit::model::Severity;
use hubfit::model::geometry::{Attention, Geometry, Layer};
use hubfit::model::memory::{CacheType, FlashAttention, LlamaCppSettings, MemoryEstimate};
use serde_json::Value as Json;
use truth::{header, records};

/// What llama.cpp says of a layer: one value for all, or a list.
fn of_layer(value: &Json, layer: usize) -> u64 {
    let value = value.get(layer).unwrap_or(value);
    value.as_u64().unwrap()
}

/// The layers of the trunk and behind it. T5 has fewer here, since llama.cpp counts those of its encoder.
fn layers(geometry: &Geometry) -> Vec<&Layer> {
    geometry.layers.iter().chain(&geometry.mtp_layers).collect()
}

#[test]
fn geometry_is_what_llama_cpp_reads() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    for record in &records {
        let (id, resolved) = (record["id"].as_str().unwrap(), &record["resolved"]);
        let facts = header(record);
        let geometry = of_gguf(&facts).unwrap();
        let number = |name: &str| resolved[name].as_u64().unwrap();
        assert_eq!(facts.tensor_bytes(), number("n_bytes"), "{id}: tensors");
        assert_eq!(geometry.layers.len() as u64, number("n_layer"), "{id}: layers");
        assert_eq!(geometry.mtp_layers.len() as u64, number("n_layer_nextn"), "{id}: MTP layers");
        assert_eq!(geometry.embedding_length, number("n_embd"), "{id}: embedding");
        assert_eq!(geometry.vocabulary, number("n_vocab"), "{id}: vocabulary");
        assert_eq!(geometry.context_length, number("n_ctx_train"), "{id}: context");
        let folded = geometry.latent.is_some_and(|latent| !latent.unfolded);
        assert_eq!(folded, resolved["is_mla"] == true, "{id}: latent");
        for (index, layer) in layers(&geometry).into_iter().enumerate() {
            check_layer(id, index, layer, resolved);
        }
    }
}

fn check_layer(id: &str, index: usize, layer: &Layer, resolved: &Json) {
    let told = |name: &str| of_layer(&resolved[name], index);
    assert_eq!(layer.heads, told("n_head"), "{id}, layer {index}: heads");
    assert_eq!(layer.kv_heads, told("n_head_kv"), "{id}, layer {index}: KV heads");
    assert_eq!(layer.key_length, told("head_k"), "{id}, layer {index}: key");
    assert_eq!(layer.value_length, told("head_v"), "{id}, layer {index}: value");
    assert_eq!(layer.state.is_some(), told("is_recr") != 0, "{id}, layer {index}: state");
    assert_eq!(!layer.shares_kv, told("has_kv") != 0, "{id}, layer {index}: shared");
    let windowed = matches!(layer.attention, Attention::Window | Attention::Chunked);
    assert_eq!(windowed, told("is_swa") != 0, "{id}, layer {index}: window");
    if windowed {
        assert_eq!(layer.window, resolved["n_swa"].as_u64(), "{id}, layer {index}: window");
    }
    if let Some(state) = layer.state {
        assert_eq!(state.conv, told("n_embd_r"), "{id}, layer {index}: convolution");
        assert_eq!(state.recurrent, told("n_embd_s"), "{id}, layer {index}: recurrence");
    }
}

/// The settings of a run, by llama.cpp's own names.
fn settings(run: &Json) -> LlamaCppSettings {
    let told = &run["settings"];
    let number = |name: &str, usual: u64| told[name].as_u64().unwrap_or(usual);
    let flag = |name: &str| told[name] == true || told[name] == "true";
    let cache = |name: &str| {
        told[name].as_str().map_or(CacheType::F16, |name| CacheType::from_name(name).unwrap())
    };
    LlamaCppSettings {
        n_ctx: number("n_ctx", 0),
        n_batch: number("n_batch", 2048),
        n_ubatch: number("n_ubatch", 512),
        n_seq_max: number("n_seq_max", 1),
        kv_unified: flag("kv_unified"),
        type_k: cache("type_k"),
        type_v: cache("type_v"),
        flash_attn: match told["flash_attn"].as_str() {
            Some("on") => FlashAttention::On,
            Some("off") => FlashAttention::Off,
            _ => FlashAttention::Auto,
        },
        swa_full: flag("swa_full"),
        n_outputs_max: number("n_outputs_max", 0),
        n_rs_seq: number("n_rs_seq", 0),
        embeddings: flag("embeddings"),
        ..LlamaCppSettings::default()
    }
}

/// Calls a check with each run, its settings and what is estimated.
fn each_run(
    records: &[Json],
    mut check: impl FnMut(&Json, &Json, &LlamaCppSettings, &MemoryEstimate),
) {
    for record in records {
        if std::env::var("ONLY").is_ok_and(|only| !record["id"].as_str().unwrap().contains(&only)) {
            continue;
        }
        let facts = header(record);
        let (geometry, weights) = (of_gguf(&facts).unwrap(), weights_of_gguf(&facts));
        for run in record["runs"].as_array().unwrap() {
            let settings = settings(run);
            if std::env::var("CASE").is_ok_and(|only| run["case"].as_str().unwrap() != only) {
                continue;
            }
            check(record, run, &settings, &estimate(&geometry, &weights, &settings));
        }
    }
}

#[test]
fn weights_caches_states_and_outputs_are_what_llama_cpp_allocates() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    let mut compared = 0;
    each_run(&records, |record, run, _, found| {
        let measured = &run["measured"];
        let place = format!("{}, {}", record["id"], run["case"]);
        let mapped = &record["model_buffers"]["mmap"]["CPU_Mapped"];
        assert_eq!(Some(found.weights), mapped.as_u64(), "{place}: weights");
        let refused = found.findings.iter().any(|finding| finding.severity == Severity::Error);
        assert_eq!(refused, !measured["error"].is_null(), "{place}: {:?}", found.findings);
        if refused {
            return;
        }
        let bytes = |name: &str| measured[name].as_u64().unwrap();
        assert_eq!(found.kv, bytes("kv_bytes"), "{place}: caches {:?}", found.caches);
        assert_eq!(found.state, bytes("rs_bytes"), "{place}: states");
        assert_eq!(found.compressor_state, bytes("other_state_bytes"), "{place}: other states");
        assert_eq!(found.output, bytes("output_bytes"), "{place}: output");
        assert_eq!(found.context_length, bytes("n_ctx_seq"), "{place}: context");
        let cells = measured["kv"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cache| cache["cells_per_stream"].as_u64().unwrap());
        assert!(
            found.caches.iter().all(|cache| cells.clone().any(|cells| cells == cache.cells)),
            "{place}: cells"
        );
        compared += 1;
    });
    println!("{compared} runs, no difference");
}

/// One run: how far the expected compute buffer is off, and whether the range holds the measured one.
struct Compared {
    architecture: String,
    case: String,
    off: f64,
    held: bool,
}

fn percentile(sorted: &[f64], part: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * part;
    sorted[place.round() as usize]
}

fn summary(name: &str, runs: &[&Compared]) -> String {
    let mut off: Vec<f64> = runs.iter().map(|run| run.off.abs()).collect();
    off.sort_by(f64::total_cmp);
    let share = |of: usize| of as f64 * 100.0 / runs.len() as f64;
    let exact = share(runs.iter().filter(|run| run.off == 0.0).count());
    let within = |limit: f64| share(off.iter().filter(|off| **off <= limit).count());
    let held = share(runs.iter().filter(|run| run.held).count());
    let worst = runs.iter().max_by(|one, other| one.off.abs().total_cmp(&other.off.abs())).unwrap();
    let (median, most) = (percentile(&off, 0.5) * 100.0, percentile(&off, 0.95) * 100.0);
    let (near, far) = (within(0.01), within(0.1));
    let worst = format!("{:+.1} % {}", worst.off * 100.0, worst.case);
    format!(
        "{name:20} {:5} {exact:6.1} {near:6.1} {far:6.1} {held:6.1} {median:8.2} {most:8.2}  {worst}",
        runs.len()
    )
}

#[test]
fn compute_buffers_are_what_llama_cpp_reserves() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    let mut compared = Vec::new();
    each_run(&records, |record, run, _, found| {
        let Some(measured) = run["measured"]["compute_bytes"].as_u64() else { return };
        let compute = found.compute;
        compared.push(Compared {
            architecture: record["architecture"].as_str().unwrap().to_owned(),
            case: format!("{} {}", record["id"].as_str().unwrap(), run["case"].as_str().unwrap()),
            off: compute.expected as f64 / measured as f64 - 1.0,
            held: (compute.low..=compute.high).contains(&measured),
        });
    });
    println!("architecture          runs  exact   1 %   10 %   held   median      p95  worst");
    let mut names: Vec<_> = compared.iter().map(|run| run.architecture.clone()).collect();
    names.dedup();
    for name in &names {
        let runs: Vec<_> = compared.iter().filter(|run| run.architecture == *name).collect();
        println!("{}", summary(name, &runs));
    }
    println!("{}", summary("all", &compared.iter().collect::<Vec<_>>()));
}
