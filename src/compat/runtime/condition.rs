//! Conditions of the knowledge base: terms with a space between, all of which must hold.

use super::case::Case;
use super::{ggml_types, memory};
use crate::facts::Status;
use crate::model::memory::CacheType;
use std::borrow::Cow;

/// Terms, all of which must hold.
pub(super) struct Condition<'f>(Vec<Term<'f>>);

struct Term<'f> {
    key: &'f str,
    sign: Sign,
    wanted: &'f str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Is,
    IsNot,
    Below,
    Above,
}

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// What it is about is not known, or is the matter of another rule.
    Unknown,
}

/// What a key stands for.
enum Value<'c> {
    Words(Vec<Cow<'c, str>>),
    Number(u64),
    Unknown,
}

impl<'f> Condition<'f> {
    pub(super) fn parse(text: &'f str) -> Self {
        Self(text.split(' ').map(Term::parse).collect())
    }

    pub(super) fn holds(&self, case: &Case<'_, '_>, whole: bool) -> Holds {
        let mut all = Holds::Yes;
        for term in &self.0 {
            match term.holds(case, whole) {
                Holds::No => return Holds::No,
                Holds::Unknown => all = Holds::Unknown,
                Holds::Yes => {}
            }
        }
        all
    }

    /// `format!=gguf` for a format that is none, or `format=gguf` for that one, and nothing else.
    pub(super) fn is_about_format(&self, format: &str) -> bool {
        match self.0.as_slice() {
            [Term { key: "format", sign: Sign::IsNot, wanted }] => *wanted != format,
            [Term { key: "format", sign: Sign::Is, wanted }] => *wanted == format,
            _ => false,
        }
    }
}

impl<'f> Term<'f> {
    fn parse(text: &'f str) -> Self {
        let signs = [("!=", Sign::IsNot), ("=", Sign::Is), ("<", Sign::Below), (">", Sign::Above)];
        let split = signs.iter().find_map(|(sign, kind)| {
            let (key, wanted) = text.split_once(sign)?;
            Some(Self { key, sign: *kind, wanted })
        });
        split.unwrap_or(Self { key: text, sign: Sign::Is, wanted: "yes" })
    }

    fn holds(&self, case: &Case<'_, '_>, whole: bool) -> Holds {
        // The type of weights has a rule of its own, which looks at the rest of such conditions.
        if self.key == "dtype" && case.format() != "onnx" {
            return if whole { Holds::Unknown } else { Holds::Yes };
        }
        let of = |holds: bool| if holds { Holds::Yes } else { Holds::No };
        if (self.key, self.wanted) == ("cache-k", "cache-v") {
            let options = &case.target.options;
            return of(options.cache_type_k != options.cache_type_v);
        }
        match (value(self.key, case), self.sign) {
            (Value::Words(words), Sign::Is) => of(self.any(&words)),
            (Value::Words(words), Sign::IsNot) => of(!self.any(&words)),
            (Value::Number(number), sign) => {
                let Some(wanted) = self.limit(case) else { return Holds::Unknown };
                of(match sign {
                    Sign::Is => number == wanted,
                    Sign::IsNot => number != wanted,
                    Sign::Below => number < wanted,
                    Sign::Above => number > wanted,
                })
            }
            (Value::Unknown | Value::Words(_), _) => Holds::Unknown,
        }
    }

    /// A number, or the key of one.
    fn limit(&self, case: &Case<'_, '_>) -> Option<u64> {
        let named = || match value(self.wanted, case) {
            Value::Number(number) => Some(number),
            _ => None,
        };
        self.wanted.parse().ok().or_else(named)
    }

    fn any(&self, words: &[Cow<'_, str>]) -> bool {
        self.wanted.split(',').any(|wanted| words.iter().any(|word| *word == wanted))
    }
}

fn word(word: &str) -> Value<'_> {
    Value::Words(vec![Cow::Borrowed(word)])
}

fn yes_or_no<'c>(flag: Option<bool>) -> Value<'c> {
    flag.map_or(Value::Unknown, |flag| word(if flag { "yes" } else { "no" }))
}

fn number<'c>(number: Option<u64>) -> Value<'c> {
    number.map_or(Value::Unknown, Value::Number)
}

fn value<'c>(key: &str, case: &'c Case<'_, '_>) -> Value<'c> {
    let (needs, options) = (&case.model.needs, &case.target.options);
    let browser = options.browser.as_ref();
    match key {
        "always" => word("yes"),
        "format" => word(case.format()),
        "dtype" => case.label().map_or(Value::Unknown, word),
        "pipeline-tag" => case.model.metadata.task.as_deref().map_or(Value::Unknown, word),
        "backend" => case.backend().map_or(Value::Unknown, word),
        "capability" => number(case.capability()),
        "gguf-version" => number(case.header().and_then(|header| header.version)),
        "gguf-architecture" => owned(&case.model.names.gguf),
        "hf-class" => owned(&case.model.names.classes),
        "quant-method" => {
            needs.scheme.as_ref().map_or(Value::Unknown, |scheme| word(&scheme.method))
        }
        "bits" => bits(case),
        "act-order" => yes_or_no(needs.act_order),
        "auto-map" => yes_or_no(needs.own_code),
        "layers" => number(needs.layers),
        "experts" => number(needs.experts),
        "attention" => word(if needs.latent_attention { "mla" } else { "full" }),
        "head-size%block-size" => remainder(case),
        "cache" | "cache-k" | "cache-v" => cache(key, case),
        "flash-attention" => {
            options.flash_attention.map_or(Value::Unknown, |on| word(if on { "on" } else { "off" }))
        }
        "sequences" => number(options.parallel),
        "memory" => number(memory::least_bytes(case)),
        "largest-tensor" => number(memory::largest_tensor(case)),
        "max-storage-buffer-binding-size" => {
            number(browser.and_then(|limits| limits.max_storage_buffer_binding_size))
        }
        "largest-file" => number(needs.largest_file),
        "safetensors-header" => number(
            case.header()
                .filter(|_| case.format() == "safetensors")
                .and_then(|one| one.header_bytes),
        ),
        "shader-f16" => yes_or_no(browser.and_then(|limits| limits.shader_f16)),
        "cross-origin-isolated" => {
            yes_or_no(browser.and_then(|limits| limits.cross_origin_isolated))
        }
        "task" => Value::Words(options.uses.iter().map(|one| Cow::Borrowed(one.name())).collect()),
        "projector" => word(if needs.projector { "there" } else { "missing" }),
        "ggml-type" => ggml_type(case),
        "tokenizer-pre" => pre_tokenizer(case),
        "features" => features(case),
        "lora" => word(if options.lora_rank.is_some() { "yes" } else { "no" }),
        _ => Value::Unknown,
    }
}

fn owned(names: &[String]) -> Value<'_> {
    if names.is_empty() {
        Value::Unknown
    } else {
        Value::Words(names.iter().map(|name| Cow::Borrowed(name.as_str())).collect())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bits of a weight are few and positive"
)]
fn bits<'c>(case: &Case<'_, '_>) -> Value<'c> {
    let scheme = case.model.needs.scheme.as_ref();
    number(scheme.and_then(|scheme| scheme.bits).map(|bits| bits as u64))
}

/// The types that the target names, and `quantised` for those in blocks.
fn cache<'c>(key: &str, case: &'c Case<'_, '_>) -> Value<'c> {
    let options = &case.target.options;
    let both = [("cache-k", &options.cache_type_k), ("cache-v", &options.cache_type_v)];
    let asked: Vec<&str> = both
        .iter()
        .filter(|(name, _)| key == "cache" || *name == key)
        .filter_map(|(_, kind)| kind.as_deref())
        .collect();
    if asked.is_empty() {
        return Value::Unknown;
    }
    let quantised =
        asked.iter().any(|kind| CacheType::from_name(kind).is_some_and(CacheType::is_quantized));
    let words = asked.into_iter().chain(quantised.then_some("quantised"));
    Value::Words(words.map(Cow::Borrowed).collect())
}

/// What is left of a head after whole blocks of the cache's type.
fn remainder<'c>(case: &Case<'_, '_>) -> Value<'c> {
    let options = &case.target.options;
    let kinds = [&options.cache_type_k, &options.cache_type_v].into_iter().flatten();
    let block = kinds.filter_map(|kind| CacheType::from_name(kind)).map(CacheType::block).max();
    let head = case.model.needs.head_size;
    number(head.zip(block).and_then(|(head, block)| head.checked_rem(block)))
}

/// `unlisted` where a type of the file is not among those that are written down for the runtime.
fn ggml_type<'c>(case: &Case<'_, '_>) -> Value<'c> {
    let limits: Vec<_> = case
        .target
        .limits
        .iter()
        .filter(|row| row.cell(1) == Some("ggml-type"))
        .filter_map(|row| row.cell(2))
        .collect();
    let types = ggml_types::of(case);
    if limits.is_empty() || types.is_empty() {
        return Value::Unknown;
    }
    let all = types.iter().all(|kind| limits.contains(&kind.as_str()));
    word(if all { "listed" } else { "unlisted" })
}

/// Rows of the table have a key, `pre` or `model`, and the name.
fn pre_tokenizer<'c>(case: &Case<'_, '_>) -> Value<'c> {
    let (Some(name), Some(table)) =
        (&case.model.needs.pre_tokenizer, case.engine.runtime.table("tokenizers"))
    else {
        return Value::Unknown;
    };
    let mut rows = table.find("pre").filter(|row| row.cell(1) == Some(name));
    let listed =
        rows.any(|row| matches!(case.engine.status(row), Status::Supported | Status::Unknown));
    word(if listed || case.engine.is_newer() { "listed" } else { "unlisted" })
}

/// Features of WebGPU that a prebuilt model of WebLLM asks for.
fn features<'c>(case: &'c Case<'_, '_>) -> Value<'c> {
    let Some(table) = case.engine.runtime.table("models") else { return Value::Unknown };
    let name = case.model.metadata.id.rsplit('/').next().unwrap_or_default();
    let row = table.find(name).find(|row| case.engine.status(*row) == Status::Supported);
    let features = row.and_then(|row| row.cell(table.column("features")?));
    features.map_or(Value::Unknown, |features| {
        Value::Words(features.split(',').map(|one| Cow::Owned(one.to_owned())).collect())
    })
}
