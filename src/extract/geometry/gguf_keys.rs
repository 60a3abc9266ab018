//! Keys of a GGUF file's architecture, as llama.cpp asks for them.

use crate::format::gguf::{GgufFacts, Value};

/// Where keys come from: the header of a file, or a config that is read as llama.cpp's converter writes it.
pub(super) trait Source {
    /// A number; none where the key is absent or holds something else.
    fn number(&self, name: &str) -> Option<u64>;
    /// A list of numbers; flags count as 0 and 1.
    fn list(&self, name: &str) -> Option<Vec<u64>>;
    /// How many times the original context length `YaRN` makes of it.
    fn yarn(&self) -> Option<f64>;
    /// How many texts the vocabulary has.
    fn texts(&self) -> Option<u64>;
    /// Whether there is a tensor of this name.
    fn has_tensor(&self, name: &str) -> bool;
}

impl Source for GgufFacts {
    fn number(&self, name: &str) -> Option<u64> {
        self.arch_number(name)
    }

    fn list(&self, name: &str) -> Option<Vec<u64>> {
        let key = self.arch_key(name)?;
        let flags = || Some(self.flags(&key)?.iter().copied().map(u64::from).collect());
        self.numbers(&key).or_else(flags)
    }

    fn yarn(&self) -> Option<f64> {
        let is_yarn = self.text(&self.arch_key("rope.scaling.type")?) == Some("yarn");
        is_yarn.then(|| self.float(&self.arch_key("rope.scaling.factor")?))?
    }

    fn texts(&self) -> Option<u64> {
        match self.value("tokenizer.ggml.tokens") {
            Some(Value::List(list)) => Some(list.length),
            _ => None,
        }
    }

    fn has_tensor(&self, name: &str) -> bool {
        self.tensors.iter().any(|tensor| tensor.name == name)
    }
}

/// The keys of one model. A name is written without the architecture before it.
#[derive(Clone, Copy)]
pub(super) struct Keys<'a> {
    pub(super) source: &'a dyn Source,
    pub(super) architecture: &'a str,
    /// All layers of the file, those that predict further tokens among them.
    pub(super) layers: usize,
}

impl Keys<'_> {
    /// A number; none where the key is absent or holds something else.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.source.number(name)
    }

    /// A number, or 0.
    pub(super) fn or_zero(&self, name: &str) -> u64 {
        self.number(name).unwrap_or(0)
    }

    /// A number, or the name of what is missing.
    pub(super) fn needed(&self, name: &'static str) -> Result<u64, &'static str> {
        self.number(name).ok_or(name)
    }

    /// A list of numbers; flags count as 0 and 1.
    pub(super) fn list(&self, name: &str) -> Option<Vec<u64>> {
        self.source.list(name)
    }

    /// A value for each layer, from a list or from one number for all. Layers that a list does not reach have 0.
    pub(super) fn each(&self, name: &str) -> Option<Vec<u64>> {
        if let Some(number) = self.number(name) {
            return Some(vec![number; self.layers]);
        }
        let mut list = self.list(name)?;
        list.resize(self.layers, 0);
        Some(list)
    }

    /// Whether the architecture is one of these.
    pub(super) fn is(&self, architectures: &[&str]) -> bool {
        architectures.contains(&self.architecture)
    }
}

/// The value of a layer, or 0.
pub(super) fn at(list: &[u64], layer: usize) -> u64 {
    list.get(layer).copied().unwrap_or(0)
}
