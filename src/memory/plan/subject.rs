//! What a plan is made of: the variants of a model, and other models.

use crate::error::Result;
use crate::memory::llama_cpp::Model;
use crate::model::Json;
use crate::model::arguments::{Arguments, wrong};
use crate::model::runtime_memory::Component;
use crate::model::weight_layout::WeightLayout;

/// The variants to choose between, and what else is known.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// The variants.
    pub variants: Vec<Candidate>,
    /// Parameters, where known.
    pub parameters: Option<u64>,
    /// Other models of the family: id, and bytes of the weights.
    pub others: Vec<(String, u64)>,
}

/// A variant to choose.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Its label.
    pub name: String,
    /// `gguf`, `safetensors`, `onnx`, …; GGUF where nothing is said.
    pub format: String,
    /// The file to open first.
    pub file: Option<String>,
    /// Bytes of its weights.
    pub bytes: u64,
    /// Whether its headers were read: the model's weights are its own, tensor by tensor.
    pub read: bool,
    /// Its models, sessions or files one by one, where runtimes load them so.
    pub components: Vec<Component>,
    /// The settings of a runtime with those of this variant, as JSON; those of the plan where left out.
    pub settings: Option<String>,
}

impl Candidate {
    /// Where its bytes belong: as those of the model that was read, else evenly.
    pub(super) fn layout(&self, model: &Model) -> WeightLayout {
        let known = model.weights();
        if known.bytes() == 0 {
            return WeightLayout::even(self.bytes, model.geometry().layers.len());
        }
        if self.read { known.clone() } else { known.scaled(self.bytes) }
    }
}

/// More variants than any repository has; others are left out.
const MAX_VARIANTS: usize = 512;

/// More files than any repository has; others are left out.
const MAX_COMPONENTS: usize = 10_000;

impl Subject {
    /// Bytes of its largest variant.
    pub(super) fn largest(&self) -> u64 {
        self.variants.iter().map(|one| one.bytes).max().unwrap_or(0)
    }

    /// Reads it from `{ variants: [{ name, format, file, bytes, read, components: [{ name, bytes, largest }], settings }], parameters,
    /// others: [{ id, bytes }] }` as JSON.
    ///
    /// Errors: `invalid_argument` for a value of another type.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let mut from = Arguments::parse("plan", json)?;
        let mut variants = from.list("variants", candidate)?.unwrap_or_default();
        variants.truncate(MAX_VARIANTS);
        let parameters = from.count("parameters")?.filter(|count| *count > 0);
        let others = from.list("others", other)?.unwrap_or_default();
        from.end()?;
        Ok(Self { variants, parameters, others })
    }
}

fn candidate(path: &str, json: Json<'_>) -> Result<Candidate> {
    let mut from = Arguments::of(path.to_owned(), json)?;
    let name = from.text("name")?.unwrap_or_default();
    let format = from.text("format")?.unwrap_or_else(|| "gguf".to_owned());
    let components = from.list("components", component)?.unwrap_or_default();
    let settings = from.text("settings")?;
    let (file, bytes) = (from.text("file")?, from.count("bytes")?.unwrap_or(0));
    let read = from.said("read")?.unwrap_or(false);
    from.end()?;
    Ok(Candidate { name, format, file, bytes, read, components, settings })
}

/// Reads components from `[{ name, bytes, largest }]` as JSON; none from nothing.
///
/// Errors: `invalid_argument` for a value of another type.
pub fn components(json: &[u8]) -> Result<Vec<Component>> {
    if json.is_empty() {
        return Ok(Vec::new());
    }
    let list = Json::parse("components", json)?;
    list.items().take(MAX_COMPONENTS).map(|one| component("components", one)).collect()
}

fn component(path: &str, json: Json<'_>) -> Result<Component> {
    let mut from = Arguments::of(path.to_owned(), json)?;
    let name = from.text("name")?.unwrap_or_default();
    let (bytes, largest) = (from.count("bytes")?.unwrap_or(0), from.count("largest")?);
    from.end()?;
    Ok(Component { name, bytes, largest })
}

fn other(path: &str, json: Json<'_>) -> Result<(String, u64)> {
    let id = json.get("id").text().map(std::borrow::Cow::into_owned);
    let found = id.zip(json.get("bytes").count());
    found.ok_or_else(|| wrong(path, "{ id, bytes }", json))
}
