//! Plans: which variant of a model to take on a machine.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "support/vectors.rs"]
mod vectors;

use hubfit::facts::Facts;
use hubfit::memory::llama_cpp::{Model, Request};
use hubfit::memory::plan::{self, Subject};
use hubfit::memory::{runtime_estimate, runtime_ids};
use hubfit::model::plan::{Advice, Plan, PlanFit, PlannedVariant};
use hubfit::model::runtime_memory::{PartName, Place, Weights};
use hubfit::model::weight_layout::WeightLayout;
use hubfit::model::{Hardware, Json};
use proptest::prelude::*;
use serde_json::{Value, json};

const GIB: u64 = 1 << 30;

fn ask(model: &Value, subject: &Value, options: &Value) -> Plan {
    let model = Model::parse(model.to_string().as_bytes()).unwrap();
    let subject = Subject::parse(subject.to_string().as_bytes()).unwrap();
    let request = Request::parse(options.to_string().as_bytes()).unwrap();
    plan::of(&model, &subject, &request, None)
}

/// As Llama 3.1 8B.
fn llama() -> Value {
    let layer = json!({
        "attention": "full", "heads": 32, "kvHeads": 8, "keyLength": 128, "valueLength": 128,
        "feedForwardLength": 14336,
    });
    let geometry = json!({
        "architecture": "llama", "role": "decoder", "layers": vec![layer; 32],
        "embeddingLength": 4096, "vocabulary": 128_256, "contextLength": 131_072,
    });
    json!({ "geometry": geometry })
}

fn variants() -> Value {
    let sizes = [
        ("Q4_K_M", 4_920_734_272_u64),
        ("BF16", 16_068_891_264),
        ("Q8_0", 8_540_770_912),
        ("Q2_K", 3_179_131_968),
        ("Q6_K", 6_596_006_240),
        ("IQ4_XS", 4_447_663_776),
    ];
    let variants: Vec<_> =
        sizes.iter().map(|(name, bytes)| json!({ "name": name, "bytes": bytes })).collect();
    json!({ "variants": variants, "parameters": 8_030_261_248_u64 })
}

fn machine(gpus: &[u64], ram: u64) -> Value {
    let gpu = |size: &u64| {
        json!({
            "name": "GPU", "backend": "cuda", "memoryBytes": size * GIB, "bandwidth": 1e12,
            "flops": 1.65e14,
        })
    };
    let devices: Vec<_> = gpus.iter().map(gpu).collect();
    json!({ "name": "a machine", "devices": devices, "ramBytes": ram * GIB })
}

fn on(gpus: &[u64], ram: u64) -> Plan {
    ask(&llama(), &variants(), &json!({ "hardware": machine(gpus, ram) }))
}

fn chosen(plan: &Plan) -> &PlannedVariant {
    plan.variants.get(plan.chosen.unwrap()).unwrap()
}

#[test]
fn the_best_that_fits_whole_is_taken() {
    let of = |gibibytes| {
        let plan = on(&[gibibytes], 64);
        (chosen(&plan).name.clone(), plan.fit)
    };
    // What loses next to nothing is as good: Q8_0 is taken before BF16, which is twice as large.
    assert_eq!(of(24), ("Q8_0".to_owned(), PlanFit::Full));
    assert_eq!(of(10), ("Q6_K".to_owned(), PlanFit::Full));
    assert_eq!(of(8), ("Q4_K_M".to_owned(), PlanFit::Full));
    let plan = on(&[24], 64);
    let names: Vec<_> = plan.variants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Q8_0", "BF16", "Q6_K", "Q4_K_M", "IQ4_XS", "Q2_K"]);
}

#[test]
fn without_parameters_larger_is_better() {
    let mut subject = variants();
    subject.as_object_mut().unwrap().remove("parameters");
    let plan = ask(&llama(), &subject, &json!({}));
    let names: Vec<_> = plan.variants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Q8_0", "BF16", "Q6_K", "Q4_K_M", "IQ4_XS", "Q2_K"]);
}

#[test]
fn too_few_bits_are_a_last_resort() {
    let plan = on(&[6], 64);
    let taken = chosen(&plan);
    assert_eq!(plan.fit, PlanFit::Partial);
    assert!(taken.bits_per_weight.unwrap() >= 4.0 && taken.gpu_layers < 33);
}

#[test]
fn without_gpus_the_computers_memory_is_all_there_is() {
    let plan = on(&[], 16);
    assert_eq!((plan.fit, chosen(&plan).name.as_str()), (PlanFit::Full, "Q8_0"));
    assert_eq!(plan.devices.len(), 1);
    let rate = chosen(&plan).generation.unwrap();
    assert!((2.0..6.0).contains(&rate.expected), "{rate:?}");
    assert_eq!(chosen(&plan).prompt, None);
}

#[test]
fn without_a_machine_nothing_is_said_of_what_fits() {
    let plan = ask(&llama(), &variants(), &json!({}));
    assert_eq!((plan.fit, chosen(&plan).name.as_str()), (PlanFit::Unknown, "Q8_0"));
    assert!(plan.findings.iter().any(|finding| finding.code == "hardware_missing"));
    assert!(plan.total.expected > 8_540_770_912);
}

#[test]
fn the_largest_context_fits_and_more_does_not() {
    let plan = on(&[12], 64);
    let largest = chosen(&plan).largest_context.unwrap();
    assert!(largest > 8192 && largest < 131_072 && largest.is_multiple_of(256), "{largest}");
    let at = |context: u64| {
        let options = json!({ "hardware": machine(&[12], 64), "contextLength": context });
        let plan = ask(&llama(), &variants(), &options);
        plan.variants.into_iter().find(|one| one.name == chosen(&on(&[12], 64)).name).unwrap().fit
    };
    assert_eq!((at(largest), at(largest + 256)), (PlanFit::Full, PlanFit::Partial));
}

#[test]
fn the_curve_rises_and_tells_what_fits() {
    let plan = on(&[12], 64);
    let largest = chosen(&plan).largest_context.unwrap();
    assert_eq!(plan.curve.last().unwrap().context_length, 131_072);
    for pair in plan.curve.windows(2) {
        let [one, other] = pair else { panic!("two points") };
        assert!(one.context <= other.context && one.total.low <= other.total.low);
    }
    assert!(plan.curve.iter().all(|point| point.fits == (point.context_length <= largest)));
}

#[test]
fn a_step_up_costs_and_a_step_down_saves() {
    let plan = on(&[10], 64);
    let name =
        |step: hubfit::model::plan::Step| plan.variants.get(step.variant).unwrap().name.as_str();
    let (up, down) = (plan.up.unwrap(), plan.down.unwrap());
    assert_eq!((name(up), name(down)), ("Q8_0", "Q4_K_M"));
    assert!(up.bytes > 0.0 && down.bytes < 0.0 && down.speed.unwrap() > 1.0);
    assert!((down.perplexity.unwrap() - 0.1537).abs() < 1e-9);
}

#[test]
fn where_nothing_fits_there_is_advice() {
    let mut subject = variants();
    let others = json!([{ "id": "a/1B", "bytes": GIB }, { "id": "a/3B", "bytes": 3 * GIB }]);
    subject.as_object_mut().unwrap().insert("others".into(), others);
    let options = json!({ "hardware": machine(&[], 4), "contextLength": 65_536 });
    let plan = ask(&llama(), &subject, &options);
    assert_eq!((plan.fit, plan.chosen), (PlanFit::No, None));
    assert!(plan.variants.iter().all(|one| one.fit == PlanFit::No));
    assert!(plan.advice.iter().any(|advice| matches!(advice, Advice::Memory { .. })));
    let short = json!({ "hardware": machine(&[], 8), "contextLength": 65_536 });
    let plan = ask(&llama(), &subject, &short);
    let context = plan.advice.iter().any(|advice| matches!(advice, Advice::Context { .. }));
    assert!(context, "{:?}", plan.advice);
}

#[test]
fn a_mixture_reads_the_experts_it_uses() {
    let mut model = llama();
    let geometry = model.pointer_mut("/geometry").unwrap().as_object_mut().unwrap();
    geometry.insert("architecture".into(), "qwen3moe".into());
    geometry.insert("experts".into(), json!({ "count": 128, "used": 8, "feedForwardLength": 768 }));
    let layers = vec![json!({ "dense": 20 << 20, "experts": 480 << 20 }); 32];
    let weights = json!([{ "output": 200 << 20, "layers": layers }]);
    model.as_object_mut().unwrap().insert("weights".into(), weights);
    let bytes = (200_u64 + 500 * 32) << 20;
    let subject = json!({ "variants": [{ "name": "Q4_K_M", "bytes": bytes }], "parameters": 30_000_000_000_u64 });
    let of = |gpu| ask(&model, &subject, &json!({ "hardware": machine(&[gpu], 64) }));
    let (whole, parts) = (of(24), of(8));
    assert_eq!((whole.fit, parts.fit), (PlanFit::Full, PlanFit::Partial));
    assert_eq!(chosen(&parts).gpu_layers, 33);
    assert!(chosen(&parts).cpu_moe > 10);
    let rate = |plan: &Plan| chosen(plan).generation.unwrap().expected;
    assert!(rate(&whole) > 100.0 && rate(&whole) > 2.0 * rate(&parts));
}

/// The cases that JavaScript runs too.
#[test]
fn cases() {
    let cases = vectors::cases("plan");
    assert!(cases.len() > 2, "{}", cases.len());
    for (path, input) in cases {
        vectors::compare(&path, &json!(ask(&input["model"], &input["subject"], &input["options"])));
    }
}

#[test]
fn cases_in_other_runtimes() {
    for (path, input) in vectors::cases("runtime_plan") {
        let [model, subject, hardware, settings] =
            ["model", "subject", "hardware", "settings"].map(|key| &input[key]);
        let runtime = input["runtime"].as_str().unwrap();
        vectors::compare(&path, &json!(plan_of(runtime, model, subject, hardware, settings)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What fits on a machine fits on one with more memory, and the choice is never worse.
    #[test]
    fn more_memory_is_never_worse(gpu in 4..40_u64, more in 0..40_u64, context in 256..100_000_u64) {
        let of = |gpu| {
            let options = json!({ "hardware": machine(&[gpu], 64), "contextLength": context });
            ask(&llama(), &variants(), &options)
        };
        let (less, more) = (of(gpu), of(gpu + more));
        for (one, other) in less.variants.iter().zip(&more.variants) {
            prop_assert_eq!(&one.name, &other.name);
            prop_assert!(other.fit <= one.fit, "{}: {:?} {:?}", one.name, one.fit, other.fit);
        }
    }

    /// Whatever is asked, numbers can be counted and places are in the lists.
    #[test]
    fn answers_are_sound(
        bytes in prop::collection::vec(0..=1_u64 << 53, 0..12), parameters in 0..=1_u64 << 53,
        gpus in prop::collection::vec(0..1000_u64, 0..4), ram in 0..10_000_u64, context in 0..u32::MAX,
    ) {
        let variants: Vec<_> = bytes.iter().map(|bytes| json!({ "name": "Q4_0", "bytes": bytes })).collect();
        let subject = json!({ "variants": variants, "parameters": parameters });
        let options = json!({ "hardware": machine(&gpus, ram), "contextLength": context });
        let plan = ask(&llama(), &subject, &options);
        prop_assert_eq!(plan.variants.len(), bytes.len());
        prop_assert!(plan.chosen.is_none_or(|index| index < bytes.len()));
        let text = serde_json::to_string(&plan).unwrap();
        prop_assert!(!text.contains("NaN") && !text.contains("null,null,null"));
        for one in &plan.variants {
            prop_assert!(one.total.low <= one.total.expected && one.total.expected <= one.total.high);
        }
    }
}

/// As Llama 3.1 8B in a runtime that loads variants of this format, and as llama.cpp's labels for want of others.
fn in_runtime(runtime: &str, gpus: &[u64], ram: u64, settings: &Value) -> Plan {
    let format = plan::formats(runtime).first().unwrap();
    let mut subject = variants();
    let variants = subject.get_mut("variants").and_then(Value::as_array_mut).unwrap();
    for variant in variants.iter_mut().filter_map(Value::as_object_mut) {
        variant.insert("format".to_owned(), json!(format));
    }
    plan_of(runtime, &llama(), &subject, &machine(gpus, ram), settings)
}

fn plan_of(
    runtime: &str,
    model: &Value,
    subject: &Value,
    machine: &Value,
    settings: &Value,
) -> Plan {
    let model = Model::parse(model.to_string().as_bytes()).unwrap();
    let subject = Subject::parse(subject.to_string().as_bytes()).unwrap();
    let text = machine.to_string();
    let hardware = Hardware::from_json(Json::parse("hardware", text.as_bytes()).unwrap());
    plan::in_runtime(runtime, &model, &subject, hardware.as_ref(), &settings.to_string()).unwrap()
}

#[test]
fn every_runtime_has_a_plan() {
    for runtime in runtime_ids() {
        let plan = in_runtime(runtime, &[24], 64, &json!({}));
        assert_eq!((plan.runtime, plan.variants.len()), (runtime, 6), "{runtime}");
        // WebAssembly addresses 4 GiB, and training takes more than a card has.
        if matches!(runtime, "training" | "transformers.js" | "onnxruntime-web" | "wllama") {
            continue;
        }
        let best = chosen(&plan);
        assert_eq!((plan.fit, best.fit), (PlanFit::Full, PlanFit::Full), "{runtime}");
        let memory = plan.memory.as_ref().unwrap();
        assert_eq!(memory.device.expected, best.total.expected - memory.host.expected);
        assert!(plan.curve.is_sorted_by(|one, other| one.context <= other.context), "{runtime}");
        let tokens = !matches!(runtime, "diffusers" | "stable-diffusion.cpp" | "whisper.cpp");
        assert_eq!(best.generation.is_some(), tokens, "{runtime}");
        if tokens {
            let largest = best.largest_context.unwrap();
            assert!(largest >= memory.context_length, "{runtime}: {largest}");
        }
    }
}

/// What fits is the rule's own answer: the context that is called the largest fits, twice as much does not.
#[test]
fn the_largest_context_is_where_the_rule_ends() {
    for runtime in ["vllm", "sglang", "transformers", "mlx-lm", "web-llm", "exllamav3"] {
        let at = |context: u64| in_runtime(runtime, &[12], 64, &json!({ "context": context }));
        let plan = at(8192);
        let best = chosen(&plan);
        let (name, largest) = (best.name.clone(), best.largest_context.unwrap());
        assert!((8192..131_072).contains(&largest), "{runtime}: {largest}");
        let fit = |context: u64| {
            at(context).variants.into_iter().find(|one| one.name == name).unwrap().fit
        };
        // A step of more tokens at once takes more itself.
        assert_eq!(fit(largest / 10 * 9), PlanFit::Full, "{runtime}: {largest}");
        assert_eq!(fit(131_072), PlanFit::No, "{runtime}");
    }
}

#[test]
fn two_cards_share_a_model_where_they_are_told_to() {
    let one = in_runtime("vllm", &[16], 64, &json!({}));
    let two = in_runtime("vllm", &[16, 16], 64, &json!({ "tensor_parallel_size": 2 }));
    assert_eq!((&*chosen(&one).name, &*chosen(&two).name), ("Q8_0", "Q8_0"));
    let rate = |plan: &Plan| chosen(plan).generation.unwrap().expected;
    assert!(rate(&two) > rate(&one) * 1.5, "both read at the same time");
    let [small, large] = [&[8][..], &[8, 8][..]].map(|gpus| {
        let settings = json!({ "tensor_parallel_size": gpus.len() });
        chosen(&in_runtime("vllm", gpus, 64, &settings)).bytes
    });
    assert!(large > small);
}

#[test]
fn nothing_fits_and_what_would() {
    let plan = in_runtime("vllm", &[3], 64, &json!({ "context": 65_536 }));
    assert_eq!((plan.fit, plan.chosen), (PlanFit::No, None));
    let missing =
        plan.advice.iter().any(|one| matches!(one, Advice::Memory { bytes } if *bytes > 0));
    assert!(missing, "{:?}", plan.advice);
    let plan = in_runtime("transformers", &[8], 64, &json!({ "context": 131_072 }));
    let shorter = plan.advice.iter().find_map(|one| match one {
        Advice::Context { context_length, .. } => Some(*context_length),
        _ => None,
    });
    assert_eq!(shorter, Some(16_384), "{:?}", plan.advice);
}

/// One variant of Llama 3.1 8B.
fn alone(runtime: &str, name: &str, bytes: u64) -> Value {
    let format = plan::formats(runtime).first().unwrap();
    let variants = json!([{ "name": name, "format": format, "bytes": bytes }]);
    json!({ "variants": variants, "parameters": 8_030_261_248_u64 })
}

/// Runtimes that keep keys and values in fewer bits when they are told to.
const SMALLER_CACHES: [(&str, &str, &str); 9] = [
    ("vllm", "kv_cache_dtype", "fp8"),
    ("sglang", "kv_cache_dtype", "fp8_e4m3"),
    ("transformers", "cache_implementation", "quantized"),
    ("mlx-lm", "kv_bits", "8"),
    ("mlx-vlm", "kv_bits", "8"),
    ("exllamav2", "cache_mode", "Q8"),
    ("exllamav3", "cache_bits", "8"),
    ("tensorrt-llm", "kv_cache_dtype", "fp8"),
    ("mistral.rs", "pa_cache_type", "f8e4m3"),
];

fn smaller_cache(plan: &Plan) -> Option<(&'static str, &'static str)> {
    plan.advice.iter().find_map(|one| match one {
        Advice::Setting { setting, value, .. } => Some((*setting, *value)),
        _ => None,
    })
}

/// The rest of memory is what a cache of 16 bits overflows and one of 8 does not: what is advised there fits.
#[test]
fn a_smaller_cache_is_advised_where_it_fits() {
    for (runtime, setting, value) in SMALLER_CACHES {
        let at = |gpu: u64, settings: &Value| {
            let subject = alone(runtime, "Q4", 4 * GIB);
            plan_of(runtime, &llama(), &subject, &machine(&[gpu], 64), settings)
        };
        // Sixteen GiB of cache in 16 bits, eight in 8.
        let mut asked = json!({ "context": 131_072 });
        if runtime == "transformers" {
            // A whole prompt at once would take more than its cache.
            asked = json!({ "context": 131_072, "prefill_chunk_size": 2048 });
        }
        let found = (12..40).rev().find_map(|gpu| Some((gpu, smaller_cache(&at(gpu, &asked))?)));
        let (gpu, advised) = found.unwrap_or_else(|| panic!("{runtime}: never advised"));
        assert_eq!(advised, (setting, value), "{runtime}");
        assert_ne!(at(gpu, &asked).fit, PlanFit::Full, "{runtime} with {gpu} GiB");
        let mut set = asked.clone();
        let json = if setting == "kv_bits" { json!(8) } else { json!(value) };
        set.as_object_mut().unwrap().insert(setting.to_owned(), json);
        assert_eq!(at(gpu, &set).fit, PlanFit::Full, "{runtime} with {gpu} GiB");
        // Who says how caches are kept is not told otherwise.
        set.as_object_mut().unwrap().insert(setting.to_owned(), at_first(runtime));
        assert_eq!(smaller_cache(&at(gpu, &set)), None, "{runtime}");
    }
}

/// What a setting of a cache is where nothing is said; MLX has no word for it.
fn at_first(runtime: &str) -> Value {
    match runtime {
        "transformers" => json!("dynamic"),
        "mlx-lm" | "mlx-vlm" => json!(8),
        "exllamav2" => json!("FP16"),
        "exllamav3" => json!("16"),
        _ => json!("auto"),
    }
}

#[test]
fn layers_that_do_not_fit_wait_in_the_computers_memory() {
    let bytes = 16_068_891_264;
    let of = |gpus: &[u64], ram: u64, settings: &Value| {
        let subject = alone("transformers", "BF16", bytes);
        plan_of("transformers", &llama(), &subject, &machine(gpus, ram), settings)
    };
    let whole = of(&[24], 64, &json!({}));
    assert_eq!((whole.fit, whole.offload), (PlanFit::Full, None));
    let parts = of(&[12], 64, &json!({}));
    assert_eq!((parts.fit, parts.offload), (PlanFit::Partial, Some("auto")));
    let memory = parts.memory.as_ref().unwrap();
    // Layers are on one side or the other, and the largest of those that wait has room beside those that do not.
    let table = 128_256 * 4096 * 2;
    let weights = |place: Place| {
        let mut parts = memory.parts.iter().filter(|part| part.place == place);
        parts.find(|part| part.name == PartName::Weights).unwrap().bytes.expected
    };
    assert_eq!(weights(Place::Device) - table + weights(Place::Host), bytes);
    assert!(memory.device.expected <= memory.limit.unwrap().bytes.expected);
    let speed = |plan: &Plan| chosen(plan).generation.unwrap().expected;
    assert!(speed(&parts) < speed(&whole) / 4.0, "what waits crosses the bus for each token");
    assert_eq!(chosen(&parts).prompt, None);
    // The computer must hold the rest; two cards hold all.
    assert_eq!(of(&[12], 6, &json!({})).fit, PlanFit::No);
    let both = of(&[12, 12], 64, &json!({}));
    assert_eq!((both.fit, both.offload), (PlanFit::Full, Some("auto")));
    assert!(chosen(&both).total.expected < chosen(&whole).total.expected + 4 * GIB);
    // Who says where layers lie is not told otherwise.
    assert_eq!(of(&[12], 64, &json!({ "device_map": "cuda" })).fit, PlanFit::No);
}

#[test]
fn components_of_a_pipeline_take_turns() {
    let pipeline = |gpu| {
        let parts = [("transformer", 12), ("text_encoder", 9), ("vae", 1)];
        let part = |(name, size): (&str, u64)| json!({ "name": name, "bytes": size * GIB });
        let subject = json!({ "variants": [{
            "name": "bf16", "format": "safetensors", "bytes": 22 * GIB,
            "components": parts.map(part),
        }] });
        plan_of("diffusers", &json!({}), &subject, &machine(&[gpu], 64), &json!({}))
    };
    for (gpu, fit, offload) in [
        (48, PlanFit::Full, None),
        (20, PlanFit::Partial, Some("model")),
        (10, PlanFit::Partial, Some("sequential")),
        (3, PlanFit::No, None),
    ] {
        let plan = pipeline(gpu);
        assert_eq!((plan.fit, plan.offload), (fit, offload), "{gpu} GiB");
    }
}

#[test]
fn settings_of_a_variant_and_wrong_ones() {
    let layer = json!({ "attention": "full", "heads": 8, "kvHeads": 2, "keyLength": 64, "valueLength": 64 });
    let geometry = json!({
        "architecture": "qwen2", "role": "decoder", "layers": vec![layer; 24],
        "embeddingLength": 896, "vocabulary": 151_936, "contextLength": 32_768,
    });
    let variant = |name: &str, bytes: u64| {
        json!({
            "name": name, "format": "onnx", "bytes": bytes,
            "settings": json!({ "dtype": name, "device": "webgpu" }).to_string(),
        })
    };
    let subject = json!({
        "variants": [variant("q4f16", 400_000_000), variant("q4", 800_000_000)],
        "parameters": 494_000_000,
    });
    let model = json!({ "geometry": geometry });
    let plan = plan_of("transformers.js", &model, &subject, &machine(&[8], 16), &json!({}));
    let cache = |context: u64| {
        let point = plan.curve.iter().find(|point| point.context_length == context);
        point.map(|point| point.context)
    };
    // Two bytes an element or four, of 24 layers, 2 heads, 64 wide, keys and values.
    let element = if chosen(&plan).name == "q4f16" { 2 } else { 4 };
    assert_eq!(cache(1024), Some(1024 * 24 * 2 * 64 * 2 * element));

    let model = Model::parse(b"{}").unwrap();
    let none = Subject::default();
    let error = |runtime, settings| {
        plan::in_runtime(runtime, &model, &none, None, settings).unwrap_err().to_string()
    };
    assert!(error("vlm", "").contains("vllm"));
    assert!(error("vllm", r#"{"max_model_length": 1}"#).contains("max_model_len"));
    let nothing = plan::in_runtime("vllm", &model, &none, None, "").unwrap();
    let codes: Vec<_> = nothing.findings.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["no_variants", "hardware_missing"]);
}

/// The formats that plans choose between are those that the knowledge base names.
#[test]
fn runtimes_load_what_the_knowledge_base_says() {
    let table = Facts::embedded().written("loads").unwrap();
    // Cells: runtime, format, level, list, namespace, since, until, ….
    for runtime in runtime_ids().filter(|id| *id != "training") {
        let rows = table.find(runtime);
        let rows = rows.filter(|row| row.cell(2) == Some("native") && row.cell(6).is_none());
        let mut known: Vec<_> = rows.filter_map(|row| row.cell(1)).collect();
        let mut ours = plan::formats(runtime).to_vec();
        if runtime == "lm-studio" {
            // Its other engine has plans of its own, as mlx-lm.
            known.retain(|format| *format == "gguf");
        }
        known.sort_unstable();
        ours.sort_unstable();
        if known.is_empty() {
            // node-llama-cpp is llama.cpp.
            known.push("gguf");
        }
        assert_eq!(ours, known, "{runtime}");
    }
}

proptest! {
    /// A plan says of each variant what its estimate says, asked alone and from scratch.
    #[test]
    fn a_plan_is_its_estimates(gpu in 0..40_u64, context in 1..200_000_u64, sequences in 1..4_u64, place in any::<prop::sample::Index>()) {
        let runtimes: Vec<_> = runtime_ids().filter(|id| plan::formats(id) != ["gguf"]).collect();
        let runtime = *place.get(&runtimes);
        let settings = json!({ "context": context, "sequences": sequences });
        let found = in_runtime(runtime, &[gpu], 64, &settings);
        let text = machine(&[gpu], 64).to_string();
        let hardware = Hardware::from_json(Json::parse("hardware", text.as_bytes()).unwrap());
        let model = Model::parse(llama().to_string().as_bytes()).unwrap();
        let asked = json!({
            "context": context, "sequences": sequences, "parameters": 8_030_261_248_u64,
        });
        let mut asked = asked.as_object().unwrap().clone();
        let lengths = [("vllm", "max_model_len"), ("sglang", "context_length"), ("web-llm", "context_window_size")];
        if let Some((_, key)) = lengths.iter().find(|(id, _)| *id == runtime) {
            asked.insert((*key).to_owned(), json!(context));
        }
        let asked = Value::Object(asked).to_string();
        for one in found.variants.iter().filter(|one| one.fit != PlanFit::Partial) {
            let layers = WeightLayout::even(one.bytes, 32);
            let memory = runtime_estimate(runtime, model.geometry(), &Weights::Layout(layers), hardware.as_ref(), asked.as_bytes()).unwrap();
            prop_assert_eq!(one.total, memory.device.plus(memory.host), "{}", runtime);
            let largest = memory.capacity.map(|capacity| capacity.largest_context.expected);
            prop_assert_eq!(one.largest_context, largest.filter(|_| one.fit == PlanFit::Full), "{}", runtime);
        }
    }

    #[test]
    fn any_settings_are_a_plan_or_an_error(settings in "\\PC{0,30}", key in "[a-z_]{1,16}", value in -5_i64..1_000_000) {
        let model = Model::parse(llama().to_string().as_bytes()).unwrap();
        let subject = Subject::parse(variants().to_string().as_bytes()).unwrap();
        for runtime in ["vllm", "transformers", "web-llm"] {
            let _ = plan::in_runtime(runtime, &model, &subject, None, &settings);
            let one = json!({ key.as_str(): value, "context": value }).to_string();
            let _ = plan::in_runtime(runtime, &model, &subject, None, &one);
        }
    }
}
