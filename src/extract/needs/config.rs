//! What `config.json` asks.

use crate::model::Json;
use crate::model::config_facts::QuantizationScheme;
use crate::model::needs::Needs;
use std::borrow::Cow;

/// More names than any config has.
const MAX_CLASSES: usize = 16;

pub(super) fn read(config: Json<'_>, needs: &mut Needs) {
    let outer = Keys::of(config);
    let inner = outer.inner.into_iter().find(|inner| inner.is_object());
    let inner = inner.map(Keys::of).unwrap_or_default();
    let classes = outer.architectures.texts().take(MAX_CLASSES);
    needs.classes = classes.map(Cow::into_owned).collect();
    let types = [outer.model_type, inner.model_type].into_iter();
    needs.model_types = types.filter_map(Json::text).map(Cow::into_owned).collect();
    needs.pipeline_class = outer.diffusers.get("_class_name").text().map(Cow::into_owned);
    needs.dtype = outer.dtype().or_else(|| inner.dtype());
    if [outer.quantization, outer.packing, inner.packing].iter().any(|one| one.is_object()) {
        needs.scheme = QuantizationScheme::of_config(config);
        needs.act_order = outer.packing.get("desc_act").flag();
        // The Hub's reduced config leaves of MLX's packing the bits alone.
        let of_mlx = needs.library.as_deref() == Some("mlx");
        let bits = outer.packing.get("bits").number().filter(|_| of_mlx);
        needs.scheme = needs.scheme.take().or_else(|| {
            let method = "mlx".to_owned();
            bits.map(|bits| QuantizationScheme { method, bits: Some(bits), ..Default::default() })
        });
    }
    needs.encoder_decoder = outer.encoder_decoder.flag();
    // The Hub's reduced config leaves out what it does not know: only a whole one says that there is no code.
    let whole = !outer.transformers_version.is_missing();
    needs.own_code = if outer.auto_map.is_object() { Some(true) } else { whole.then_some(false) };
    let count = |of: fn(&Keys<'_>) -> Option<u64>| of(&outer).or_else(|| of(&inner));
    needs.layers = count(|keys| first(&keys.layers));
    needs.experts = count(|keys| first(&keys.experts));
    needs.latent_attention = count(|keys| keys.latent_rank.count()).is_some();
    let (hidden, heads) = (count(|keys| first(&keys.hidden)), count(|keys| first(&keys.heads)));
    let head = hidden.zip(heads).and_then(|(hidden, heads)| hidden.checked_div(heads));
    let vocabulary = count(|keys| keys.vocabulary.count());
    needs.embeddings = hidden.zip(vocabulary).and_then(|(one, other)| one.checked_mul(other));
    needs.head_size = count(|keys| keys.head_size.count()).or(head);
}

fn first(values: &[Json<'_>]) -> Option<u64> {
    values.iter().find_map(|value| value.count())
}

/// The keys of a config that matter here, found in three walks.
#[derive(Default)]
struct Keys<'a> {
    architectures: Json<'a>,
    model_type: Json<'a>,
    diffusers: Json<'a>,
    dtypes: [Json<'a>; 2],
    quantization: Json<'a>,
    packing: Json<'a>,
    auto_map: Json<'a>,
    transformers_version: Json<'a>,
    inner: [Json<'a>; 4],
    layers: [Json<'a>; 3],
    experts: [Json<'a>; 3],
    hidden: [Json<'a>; 2],
    heads: [Json<'a>; 2],
    vocabulary: Json<'a>,
    head_size: Json<'a>,
    latent_rank: Json<'a>,
    encoder_decoder: Json<'a>,
}

impl<'a> Keys<'a> {
    fn of(config: Json<'a>) -> Self {
        let [architectures, model_type, diffusers, dtype, older, quantization, packing, auto_map] =
            config.pick([
                "architectures",
                "model_type",
                "diffusers",
                "dtype",
                "torch_dtype",
                "quantization",
                "quantization_config",
                "auto_map",
            ]);
        let [
            transformers_version,
            text,
            llm,
            language,
            thinker,
            head_size,
            latent_rank,
            encoder_decoder,
        ] = config.pick([
            "transformers_version",
            "text_config",
            "llm_config",
            "language_config",
            "thinker_config",
            "head_dim",
            "kv_lora_rank",
            "is_encoder_decoder",
        ]);
        let [l1, l2, l3, e1, e2, e3, h1, h2, n1, n2, vocabulary] = config.pick([
            "num_hidden_layers",
            "n_layer",
            "num_layers",
            "num_experts",
            "num_local_experts",
            "n_routed_experts",
            "hidden_size",
            "n_embd",
            "num_attention_heads",
            "n_head",
            "vocab_size",
        ]);
        Self {
            architectures,
            model_type,
            diffusers,
            dtypes: [dtype, older],
            quantization,
            packing,
            auto_map,
            transformers_version,
            inner: [text, llm, language, thinker],
            layers: [l1, l2, l3],
            experts: [e1, e2, e3],
            hidden: [h1, h2],
            heads: [n1, n2],
            vocabulary,
            head_size,
            latent_rank,
            encoder_decoder,
        }
    }

    fn dtype(&self) -> Option<&'static str> {
        self.dtypes.iter().find_map(|value| named(&value.text()?))
    }
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
