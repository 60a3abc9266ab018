//! What `config.json` asks.

use crate::model::Json;
use crate::model::config_facts::QuantizationScheme;
use crate::model::needs::Needs;
use std::borrow::Cow;

/// Where a model of several parts keeps its language model.
const INNER: [&str; 4] = ["text_config", "llm_config", "language_config", "thinker_config"];

/// More names than any config has.
const MAX_CLASSES: usize = 16;

pub(super) fn read(config: Json<'_>, needs: &mut Needs) {
    let inner = INNER.into_iter().map(|key| config.get(key)).find(|inner| inner.is_object());
    let inner = inner.unwrap_or_default();
    let classes = config.get("architectures").texts().take(MAX_CLASSES);
    needs.classes = classes.map(Cow::into_owned).collect();
    let types = [config, inner].map(|config| config.get("model_type").text());
    needs.model_types = types.into_iter().flatten().map(Cow::into_owned).collect();
    let pipeline = config.at("diffusers._class_name").text();
    needs.pipeline_class = pipeline.map(Cow::into_owned);
    needs.dtype = [config, inner].into_iter().find_map(dtype);
    needs.scheme = QuantizationScheme::of_config(config);
    let packing = config.get("quantization_config");
    needs.act_order = packing.get("desc_act").flag();
    // The Hub's reduced config leaves out what it does not know: only a whole one says that there is no code.
    let code = config.get("auto_map");
    let whole = !config.get("transformers_version").is_missing();
    needs.own_code = if code.is_object() { Some(true) } else { whole.then_some(false) };
    dimensions([config, inner], needs);
}

fn dimensions(configs: [Json<'_>; 2], needs: &mut Needs) {
    let count = |keys: &[&str]| {
        let of = |config: Json<'_>| keys.iter().find_map(|key| config.get(key).count());
        configs.into_iter().find_map(of)
    };
    needs.layers = count(&["num_hidden_layers", "n_layer", "num_layers"]);
    needs.experts = count(&["num_experts", "num_local_experts", "n_routed_experts"]);
    needs.latent_attention = count(&["kv_lora_rank"]).is_some();
    let (hidden, heads) =
        (count(&["hidden_size", "n_embd"]), count(&["num_attention_heads", "n_head"]));
    let head = hidden.zip(heads).and_then(|(hidden, heads)| hidden.checked_div(heads));
    needs.head_size = count(&["head_dim"]).or(head);
}

fn dtype(config: Json<'_>) -> Option<&'static str> {
    let [dtype, older] = config.pick(["dtype", "torch_dtype"]);
    named(&dtype.text().or_else(|| older.text())?)
}

/// One spelling of each type: `bfloat16`, `torch.bfloat16` and `bf16` are one.
pub(crate) fn named(dtype: &str) -> Option<&'static str> {
    match dtype.trim_start_matches("torch.") {
        "bfloat16" | "bf16" | "BF16" => Some("bf16"),
        "float16" | "half" | "f16" | "fp16" | "F16" => Some("f16"),
        "float32" | "float" | "f32" | "fp32" | "F32" => Some("f32"),
        _ => None,
    }
}
