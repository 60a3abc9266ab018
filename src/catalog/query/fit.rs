//! How a row fits into memory.

use super::Budget;
use super::asked::Asked;
use crate::error::Result;

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
    pub(super) fn read(asked: &Asked<'_>) -> Result<Self> {
        asked.options(&["gpu", "ram", "context", "cacheFactor", "runtime"])?;
        let gpu = asked.key("gpu");
        Ok(Self {
            gpu: amount(&gpu)?.ok_or_else(|| gpu.wrong("bytes of memory"))?,
            ram: amount(&asked.key("ram"))?.unwrap_or(0.0),
            context: amount(&asked.key("context"))?.unwrap_or(USUAL_CONTEXT),
            cache_factor: amount(&asked.key("cacheFactor"))?.unwrap_or(1.0),
            runtime: asked.key("runtime").text()?.map(str::to_owned),
        })
    }
}

fn amount(asked: &Asked<'_>) -> Result<Option<f64>> {
    let number = asked.number().ok().flatten().filter(|number| *number >= 0.0);
    if number.is_none() && !asked.is_missing() {
        return Err(asked.wrong("a number of at least 0"));
    }
    Ok(number)
}
