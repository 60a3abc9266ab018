//! One model has a name in each registry: the class of transformers, its `model_type`, llama.cpp's architecture.

use crate::extract::architecture::stem;
use crate::facts::{Facts, Table};
use crate::model::needs::Needs;
use crate::model::{Grade, ModelMetadata};

/// A model's names, those that its files state first.
#[derive(Default)]
pub(super) struct Names<'f> {
    pub(super) classes: Vec<String>,
    pub(super) model_types: Vec<String>,
    pub(super) gguf: Vec<String>,
    /// How much these are worth.
    pub(super) grade: Grade,
    mlx_aliases: Option<Table<'f>>,
}

/// The registries that names are joined by: looked up once for any number of models.
pub struct Registries<'f> {
    transformers: Option<Table<'f>>,
    conversion: Option<Table<'f>>,
    mlx_aliases: Option<Table<'f>>,
    written: Option<Table<'f>>,
}

impl<'f> Registries<'f> {
    /// Those of the knowledge base.
    #[must_use]
    pub fn of(facts: &'f Facts) -> Self {
        let list = |runtime: &str, table: &str| facts.runtime(runtime).ok()?.table(table);
        Self {
            transformers: list("transformers", "architectures"),
            conversion: list("llama.cpp", "conversion"),
            mlx_aliases: list("mlx-lm", "aliases"),
            written: facts.written("aliases"),
        }
    }
}

/// More names than one model has in any registry.
const MAX_NAMES: usize = 24;

impl<'f> Names<'f> {
    pub(super) fn of(metadata: &ModelMetadata, needs: &Needs, registries: &Registries<'f>) -> Self {
        let mut names = Self {
            classes: needs.classes.clone(),
            model_types: needs.model_types.clone(),
            gguf: needs.gguf_architecture.iter().cloned().collect(),
            grade: metadata.evidence.architecture.grade,
            mlx_aliases: registries.mlx_aliases,
        };
        if names.classes.is_empty() && names.model_types.is_empty() && names.gguf.is_empty() {
            // From tags or the name, or metadata that somebody wrote down.
            names.model_types.extend(metadata.model_type.clone());
            names.classes.extend(metadata.architecture_class.clone());
        }
        names.join(registries);
        names
    }

    /// Adds what the registries say of the names that are stated.
    fn join(&mut self, registries: &Registries<'_>) {
        let Registries { transformers, conversion, written, .. } = *registries;
        if self.classes.is_empty() {
            // The class that writes text stands for its model type.
            let of_type = pairs(transformers, 1, &self.model_types, 0, Some((2, "causal-lm")));
            let of_any =
                || pairs(transformers, 1, &self.model_types, 0, Some((2, "image-text-to-text")));
            let found = if of_type.is_empty() { of_any() } else { of_type };
            extend(&mut self.classes, found);
            extend(&mut self.classes, pairs(written, 1, &self.model_types, 0, None));
        }
        if self.classes.is_empty() {
            extend(&mut self.classes, pairs(conversion, 1, &self.gguf, 0, Some((2, "model"))));
            extend(&mut self.classes, pairs(written, 2, &self.gguf, 0, None));
        }
        if self.model_types.is_empty() {
            extend(&mut self.model_types, pairs(transformers, 0, &self.classes, 1, None));
            extend(&mut self.model_types, pairs(written, 0, &self.classes, 1, None));
        }
        if self.gguf.is_empty() {
            extend(&mut self.gguf, pairs(conversion, 0, &self.classes, 1, Some((2, "model"))));
            extend(&mut self.gguf, pairs(written, 0, &self.classes, 2, None));
        }
    }

    /// The names to look for in a list that speaks this namespace of `facts/README.md`.
    pub(super) fn in_namespace(
        &self,
        namespace: &str,
        metadata: &ModelMetadata,
        needs: &Needs,
    ) -> Vec<String> {
        match namespace {
            "hf-class" | "component-class" => self.classes.clone(),
            "model-type" => self.model_types.clone(),
            // Transformers 5 writes them as its model types, `qwen3_moe` for `qwen3moe`.
            "gguf-architecture" => both(&self.gguf, &self.model_types),
            "mlx-module" => self.mlx_modules(),
            "candle-module" => candle(&self.model_types, ""),
            "candle-gguf" => candle(&both(&self.gguf, &self.model_types), "quantized_"),
            "config-class" => self.classes.iter().map(|class| config_class(class)).collect(),
            "pipeline-class" => needs.pipeline_class.iter().cloned().collect(),
            "model-id" => metadata.id.rsplit('/').next().map(str::to_owned).into_iter().collect(),
            // whisper.cpp: `ggml-base.en`, `whisper-large-v3`.
            "size" => metadata.id.split(['-', '_', '/', '.']).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// The module that loads a model type, by MLX-LM's own table of those under another name.
    fn mlx_modules(&self) -> Vec<String> {
        let aliases = self.mlx_aliases;
        let mut modules = pairs(aliases, 0, &self.model_types, 2, None);
        extend(&mut modules, pairs(aliases, 1, &self.classes, 2, None));
        extend(&mut modules, self.model_types.clone());
        modules
    }
}

/// What stands in one column of a table where another has one of the names; with a condition on a third.
fn pairs(
    table: Option<Table<'_>>,
    from: usize,
    names: &[String],
    to: usize,
    only: Option<(usize, &str)>,
) -> Vec<String> {
    let Some(table) = table else { return Vec::new() };
    let rows = names.iter().flat_map(|name| table.find_in(from, name));
    let rows = rows.filter(|row| only.is_none_or(|(column, cell)| row.cell(column) == Some(cell)));
    let mut found = Vec::new();
    extend(
        &mut found,
        rows.filter_map(|row| row.cell(to)).map(str::to_owned).take(MAX_NAMES).collect(),
    );
    found
}

fn extend(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if names.len() < MAX_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
}

fn both(one: &[String], other: &[String]) -> Vec<String> {
    let mut names = one.to_vec();
    extend(&mut names, other.to_vec());
    names
}

/// candle writes modules in words of its own: `qwen3_moe`, `stable_lm`; those of parts without `_text`.
fn candle(names: &[String], prefix: &str) -> Vec<String> {
    const SPELLED: [(&str, &str); 8] = [
        ("stablelm", "stable_lm"),
        ("gpt_bigcode", "bigcode"),
        ("qwen3moe", "qwen3_moe"),
        ("qwen2moe", "qwen2_moe"),
        ("phi2", "phi"),
        ("deepseek_v2", "deepseek2"),
        ("deepseek_v3", "deepseek2"),
        ("phi-msft", "mixformer"),
    ];
    let spelled = |name: &String| {
        let name = name.replace('-', "_");
        let plain = name.strip_suffix("_text").unwrap_or(&name);
        let own = SPELLED.iter().find(|(other, _)| *other == plain);
        [prefix, own.map_or(plain, |(_, own)| own)].concat()
    };
    names.iter().map(spelled).collect()
}

/// `LlamaForCausalLM`, `GPT2LMHeadModel` and `BertModel` have `LlamaConfig`, `GPT2Config`, `BertConfig`.
fn config_class(class: &str) -> String {
    [stem(class), "Config"].concat()
}
