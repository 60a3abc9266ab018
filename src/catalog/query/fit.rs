//! How a row fits into memory.

use super::Budget;
use crate::error::Result;
use crate::model::Json;
use crate::model::arguments::{Arguments, wrong};

/// How a row fits into memory, in the order of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// All of it in the memory of the GPU.
    Full,
    /// With the memory beside it.
    Partial,
    /// Not at all, or its runtime does not load it.
    No,
    /// Nobody knows what it takes.
    Unknown,
}

impl Class {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [Self::Full, Self::Partial, Self::No, Self::Unknown];

    /// The name in queries and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// Tokens of context where none are said: what llama.cpp takes for a short chat.
const USUAL_CONTEXT: f64 = 4096.0;

impl Budget {
    pub(super) fn read(mut json: Arguments<'_>) -> Result<Self> {
        let Some(gpu) = amount(&mut json, "gpu")? else {
            return Err(wrong("query.fit.gpu", "bytes of memory", Json::MISSING));
        };
        let budget = Self {
            gpu,
            ram: amount(&mut json, "ram")?.unwrap_or(0.0),
            context: amount(&mut json, "context")?.unwrap_or(USUAL_CONTEXT),
            cache_factor: amount(&mut json, "cacheFactor")?.unwrap_or(1.0),
            runtime: json.text("runtime")?,
        };
        json.end().map(|()| budget)
    }
}

fn amount(json: &mut Arguments<'_>, key: &'static str) -> Result<Option<f64>> {
    let value = json.json(key);
    let number = value.and_then(Json::number).filter(|number| number.is_finite() && *number >= 0.0);
    match (value, number) {
        (Some(value), None) => {
            Err(wrong(&format!("query.fit.{key}"), "a number of at least 0", value))
        }
        _ => Ok(number),
    }
}
