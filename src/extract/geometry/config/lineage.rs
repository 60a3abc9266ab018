//! Which architecture a config is of.

use super::family::Family;
use super::kinds::has_state;
use super::settings::Settings;
use std::borrow::Cow;

/// The architecture of a model.
#[derive(Debug)]
pub(super) struct Lineage<'a> {
    /// What it is called.
    pub(super) name: Cow<'a, str>,
    /// The architecture of llama.cpp that it is read as; one that it does not know has full attention in all layers.
    pub(super) read_as: Cow<'a, str>,
    /// The model type whose own rules hold.
    pub(super) model_type: &'static str,
    /// Whether llama.cpp knows it.
    pub(super) known: bool,
}

impl<'a> Lineage<'a> {
    /// Whether rules of this name hold.
    pub(super) fn goes_by(&self, name: &str) -> bool {
        let kin = || !self.known && name.strip_prefix('~') == Some(&*self.read_as);
        name == "*" || name == self.read_as || name == self.model_type || kin()
    }

    /// Whether nobody has told us about it.
    pub(super) fn is_new(&self) -> bool {
        self.model_type.is_empty()
    }

    pub(super) fn of(settings: &Settings<'a>) -> Self {
        let row = row(settings);
        let architecture = row.architecture.trim_start_matches('!');
        if let Some(kin) = architecture.strip_prefix('~') {
            let (name, kin) = (Cow::Borrowed(row.name), Cow::Borrowed(kin));
            return Self { name, read_as: kin, model_type: row.name, known: false };
        }
        if architecture.is_empty() {
            return unknown(settings);
        }
        let name = Cow::Borrowed(variant(settings, architecture));
        let model_type =
            if settings.family.name.is_empty() { row.name } else { settings.family.name };
        Self { read_as: name.clone(), name, model_type, known: true }
    }
}

/// The row that names the architecture: of the class, if that says more than the model type; of the wrapper, where
/// llama.cpp knows it by a name of its own; of the language model; of a class with the same letters.
fn row(settings: &Settings<'_>) -> Family {
    let class = settings.class();
    let of_class = || Family::named(class.as_deref()?);
    let own = (!settings.family.name.is_empty()).then_some(settings.family);
    let insists = || own.filter(|family| family.architecture.starts_with('!'));
    let of_wrapper = || {
        let row = Family::named(&settings.wrapper_type()?)?;
        row.inner().is_none().then_some(row)
    };
    let alike = || {
        let stem = class.as_deref().filter(|_| settings.model_type().is_none()).map(stem)?;
        Family::find(&|name| letters(name).eq(letters(stem)))
    };
    let row = of_class().or_else(insists).or_else(of_wrapper).or(own).or_else(alike);
    row.or_else(|| state_spaces(settings)).unwrap_or_default()
}

/// `Qwen2` of `Qwen2ForCausalLM`.
fn stem(class: &str) -> &str {
    let end = ["For", "LMHead", "Model"].into_iter().filter_map(|head| class.find(head)).min();
    end.and_then(|end| class.get(..end)).unwrap_or(class)
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    let kept = name.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|letter| letter.to_ascii_lowercase())
}

/// The configs of the package `mamba_ssm` name neither type nor class.
fn state_spaces(settings: &Settings<'_>) -> Option<Family> {
    let second = settings.own("ssm_cfg")?.get("layer").is("Mamba2");
    Family::named(if second { "mamba2" } else { "mamba" })
}

/// What a config makes of an architecture.
fn variant(settings: &Settings<'_>, architecture: &'static str) -> &'static str {
    let positive = |key: &str| settings.number(key).is_some_and(|number| number > 0);
    match architecture {
        "bert" if settings.json("lora_adaptations").is_list() => "jina-bert-v3",
        "nomic-bert" if positive("moe_every_n_layers") => "nomic-bert-moe",
        "deepseek2" if !compressed(settings) => "deepseek2-ocr",
        "nemotron_h" if settings.own("num_experts_per_tok").is_some() => "nemotron_h_moe",
        "granitehybrid" if settings.family.name == "granitemoehybrid" && !has_state(settings) => {
            let experts = positive("num_local_experts") && positive("num_experts_per_tok");
            if experts { "granitemoe" } else { "granite" }
        }
        other => other,
    }
}

/// Whether attention is compressed.
fn compressed(settings: &Settings<'_>) -> bool {
    let positive = |key| settings.number(key).is_some_and(|number| number > 0);
    settings.flag("use_mla") != Some(false)
        && positive("kv_lora_rank")
        && positive("qk_rope_head_dim")
}

/// What nobody has told us about is read by what its keys look like.
fn unknown<'a>(settings: &Settings<'a>) -> Lineage<'a> {
    let name =
        settings.wrapper_type().or_else(|| settings.model_type()).unwrap_or("unknown".into());
    let has = |key| settings.own(key).is_some();
    let state = has_state(settings);
    let masked = settings.class().is_some_and(|class| class.ends_with("ForMaskedLM"));
    let kin = match () {
        () if settings.flag("is_encoder_decoder") == Some(true) => "t5",
        () if masked => "bert",
        () if state && has("linear_num_value_heads") => "qwen3next",
        () if state && has("conv_L_cache") => "lfm2",
        () if state && (has("mamba_d_state") || has("ssm_state_size")) => "granitehybrid",
        () if compressed(settings) => "deepseek2",
        () => "llama",
    };
    Lineage { name, read_as: kin.into(), model_type: "", known: false }
}
