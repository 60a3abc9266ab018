//! Against llama.cpp itself: what it read from 69 models and what it allocated for them, to the byte.
//!
//! The measurements are not part of the repository; where they are absent the tests say so.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
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
use hubfit::memory::llama_cpp::{Model, estimate};
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

/// Calls a check with each run and what is estimated for it.
fn each_run(
    records: &[Json],
    change: fn(&mut Geometry),
    mut check: impl FnMut(&Json, &Json, &MemoryEstimate),
) {
    for record in records {
        let facts = header(record);
        let (mut geometry, weights) = (of_gguf(&facts).unwrap(), weights_of_gguf(&facts));
        change(&mut geometry);
        let model = Model::new(geometry, weights);
        for run in record["runs"].as_array().unwrap() {
            check(record, run, &model.estimate(&settings(run)));
        }
    }
}

#[test]
fn weights_caches_states_and_outputs_are_what_llama_cpp_allocates() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    let mut compared = 0;
    each_run(
        &records,
        |_| (),
        |record, run, found| {
            let measured = &run["measured"];
            let place = format!("{}, {}", record["id"], run["case"]);
            let mapped = &record["model_buffers"]["mmap"]["CPU_Mapped"];
            assert_eq!(Some(found.weights), mapped.as_u64(), "{place}: weights");
            let repacked = &record["model_buffers"]["noalloc-repack"]["CPU_REPACK"];
            assert_eq!(found.repacked, repacked.as_u64().unwrap_or(0), "{place}: laid out anew");
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
        },
    );
    println!("{compared} runs, no difference");
}

/// Layers that repeat are laid out a few times alone; that changes nothing.
#[test]
fn a_model_with_fewer_layers_takes_as_much() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    for record in &records {
        let facts = header(record);
        let (geometry, weights) = (of_gguf(&facts).unwrap(), weights_of_gguf(&facts));
        let model = Model::new(geometry.clone(), weights.clone());
        for run in record["runs"].as_array().unwrap() {
            let (settings, place) = (settings(run), format!("{}, {}", record["id"], run["case"]));
            assert_eq!(
                model.estimate(&settings),
                estimate(&geometry, &weights, &settings),
                "{place}"
            );
        }
    }
}

/// One run: how far the expected compute buffer is off, and whether the range holds the measured one.
struct Compared {
    architecture: String,
    case: String,
    off: f64,
    below: bool,
    held: bool,
}

/// Every run that llama.cpp did not refuse.
fn compared(records: &[Json], change: fn(&mut Geometry)) -> Vec<Compared> {
    let mut all = Vec::new();
    each_run(records, change, |record, run, found| {
        let Some(measured) = run["measured"]["compute_bytes"].as_u64() else { return };
        let compute = found.compute;
        all.push(Compared {
            architecture: record["architecture"].as_str().unwrap().to_owned(),
            case: format!("{} {}", record["id"].as_str().unwrap(), run["case"].as_str().unwrap()),
            off: compute.expected as f64 / measured as f64 - 1.0,
            below: measured <= compute.high,
            held: (compute.low..=compute.high).contains(&measured),
        });
    });
    all
}

/// How far off runs are: percentiles and shares.
struct Distribution {
    runs: usize,
    exact: f64,
    near: f64,
    within: f64,
    held: f64,
    median: f64,
    p90: f64,
    most: f64,
    worst: String,
}

impl Distribution {
    fn of(runs: &[&Compared]) -> Self {
        let mut off: Vec<f64> = runs.iter().map(|run| run.off.abs()).collect();
        off.sort_by(f64::total_cmp);
        let at = |part: f64| off[((off.len() - 1) as f64 * part).round() as usize];
        let share = |test: &dyn Fn(&Compared) -> bool| {
            runs.iter().filter(|run| test(run)).count() as f64 / runs.len() as f64
        };
        let worst = runs.iter().max_by(|one, other| one.off.abs().total_cmp(&other.off.abs()));
        Self {
            runs: runs.len(),
            exact: share(&|run| run.off == 0.0),
            near: share(&|run| run.off.abs() <= 0.01),
            within: share(&|run| run.off.abs() <= 0.1),
            held: share(&|run| run.held),
            median: at(0.5),
            p90: at(0.9),
            most: at(1.0),
            worst: worst.unwrap().case.clone(),
        }
    }

    fn line(&self, name: &str) -> String {
        let percent = [self.exact, self.near, self.within, self.held].map(|part| part * 100.0);
        let [exact, near, within, held] = percent;
        let [median, p90, most] = [self.median, self.p90, self.most].map(|off| off * 100.0);
        format!(
            "{name:16} {:5} {exact:6.1} {near:6.1} {within:6.1} {held:6.1} {median:8.2} {p90:8.2} {most:8.2}  {}",
            self.runs, self.worst
        )
    }
}

/// Prints how far off each architecture is and hands back how far all are.
fn distribution(runs: &[Compared]) -> Distribution {
    println!(
        "architecture      runs  exact    1 %   10 %   held   median      p90      max  worst run"
    );
    let mut names: Vec<_> = runs.iter().map(|run| run.architecture.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let own: Vec<_> = runs.iter().filter(|run| run.architecture == name).collect();
        println!("{}", Distribution::of(&own).line(name));
    }
    let all = Distribution::of(&runs.iter().collect::<Vec<_>>());
    println!("{}", all.line("all"));
    all
}

#[test]
fn compute_buffers_are_what_llama_cpp_reserves() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    let all = distribution(&compared(&records, |_| ()));
    assert!(all.exact >= 0.98, "exact: {}", all.exact);
    assert!(all.near >= 0.995, "within 1 %: {}", all.near);
    assert!(all.most <= 0.1, "most: {}", all.most);
    assert!(all.held >= 1.0, "held: {}", all.held);
}

/// As if llama.cpp had learnt of the architecture after this library: T5 alone, whose bias for distances rules flash
/// attention out, is beyond what a usual transformer takes.
#[test]
fn compute_buffers_of_unknown_architectures_stay_below_the_bound() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    let mut runs = compared(&records, |geometry| geometry.architecture = "unheard-of".to_owned());
    runs.retain(|run| !run.architecture.starts_with("t5"));
    let all = distribution(&runs);
    assert!(all.within >= 0.9, "within 10 %: {}", all.within);
    assert!(runs.iter().all(|run| run.below), "the bound does not hold");
}
