//! What a plan is made of: the variants of a model, and other models.

use crate::error::Result;
use crate::model::Json;
use crate::model::arguments::{Arguments, wrong};

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
    /// The file to open first.
    pub file: Option<String>,
    /// Bytes of its weights.
    pub bytes: u64,
    /// Whether its headers were read: the model's weights are its own, tensor by tensor.
    pub read: bool,
}

/// More variants than any repository has; others are left out.
const MAX_VARIANTS: usize = 512;

impl Subject {
    /// Reads it from `{ variants: [{ name, file, bytes, read }], parameters, others: [{ id, bytes }] }` as JSON.
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
    let (file, bytes) = (from.text("file")?, from.count("bytes")?.unwrap_or(0));
    let read = from.said("read")?.unwrap_or(false);
    from.end()?;
    Ok(Candidate { name, file, bytes, read })
}

fn other(path: &str, json: Json<'_>) -> Result<(String, u64)> {
    let id = json.get("id").text().map(std::borrow::Cow::into_owned);
    let found = id.zip(json.get("bytes").count());
    found.ok_or_else(|| wrong(path, "{ id, bytes }", json))
}
