//! A config as the keys of a GGUF file.

use super::kinds::{Kind, kinds, listed};
use super::lineage::Lineage;
use super::refusals::{too_many_layers, unsaid};
use super::settings::{Settings, Value};
use super::special::{is_scaled, rope, special};
use super::words::{cut, lines, words};
use crate::error::Result;
use crate::extract::geometry::gguf_keys::Source;

const KEYS: &str = include_str!("../../../../facts/config-keys.txt");

/// The keys that a config was written to.
pub(super) struct Written<'a> {
    pub(super) settings: &'a Settings<'a>,
    keys: Vec<(&'static str, Value)>,
    /// The layers before those that predict further tokens.
    pub(super) trunk: usize,
    /// What kinds of layers there are, where the config says so.
    pub(super) kinds: Option<Vec<Kind>>,
    /// All layers, those that predict further tokens among them.
    pub(super) layers: usize,
}

impl<'a> Written<'a> {
    /// Refused where there is no number of layers, or more of them than so many.
    pub(super) fn of(
        settings: &'a Settings<'a>,
        lineage: &Lineage<'_>,
        max_layers: u64,
    ) -> Result<Self> {
        let mut written = Self { settings, keys: Vec::new(), trunk: 0, kinds: None, layers: 0 };
        let rules = rules(lineage);
        for (key, how) in rules.iter().filter(|(_, how)| !how.starts_with('@')) {
            written.write(key, written.value(how));
        }
        written.count_layers(max_layers)?;
        for (key, how) in &rules {
            if let Some(word) = how.strip_prefix('@') {
                written.write(key, special(&written, word));
            }
        }
        Ok(written)
    }

    fn write(&mut self, key: &'static str, value: Option<Value>) {
        self.keys.extend(value.map(|value| (key, value)));
    }

    /// A file counts the layers that predict further tokens as well.
    fn count_layers(&mut self, max_layers: u64) -> Result<()> {
        const COUNT: &str = "block_count";
        let trunk =
            self.number(COUNT).or_else(|| listed(self.settings)).ok_or_else(|| unsaid(COUNT))?;
        let all = trunk.saturating_add(self.number("nextn_predict_layers").unwrap_or(0));
        if all > max_layers {
            return Err(too_many_layers());
        }
        self.layers = usize::try_from(all).unwrap_or(0);
        self.trunk = usize::try_from(trunk).unwrap_or(0);
        self.kinds = kinds(self.settings, self.trunk, self.layers);
        self.keys.retain(|(key, _)| *key != COUNT);
        self.write(COUNT, Some(Value::Number(all)));
        Ok(())
    }

    /// The value of a rule: `a|b`, `a*b+1`, `512`.
    pub(super) fn value(&self, how: &str) -> Option<Value> {
        let is_key = |how: &&str| !how.contains(OPERATORS);
        let keys: Vec<&str> = words(how, b'|').filter(is_key).collect();
        let computed = || words(how, b'|').find_map(|how| self.computed(how)).map(Value::Number);
        self.settings.value(&keys).or_else(computed)
    }

    /// The value of a rule where it is one number.
    pub(super) fn number_of(&self, how: &str) -> Option<u64> {
        match self.value(how)? {
            Value::Number(number) => Some(number),
            Value::List(_) => None,
        }
    }

    /// From left to right.
    fn computed(&self, how: &str) -> Option<u64> {
        let (first, mut rest) = operand(how);
        let mut result = self.operand(first)?;
        while let Some(operator) = rest.bytes().next() {
            let (next, after) = operand(rest.get(1..)?);
            let next = self.operand(next)?;
            result = match operator {
                b'*' => result.saturating_mul(next),
                b'/' => result.checked_div(next)?,
                b'+' => result.saturating_add(next),
                b'^' => result.checked_next_multiple_of(next)?,
                _ => result.saturating_sub(next),
            };
            rest = after;
        }
        Some(result)
    }

    /// A number, a key that is written already, or a key of the config.
    fn operand(&self, name: &str) -> Option<u64> {
        name.parse().ok().or_else(|| self.number(name)).or_else(|| self.settings.number(name))
    }

    /// What kind of layer this is; behind the trunk, one with full attention.
    pub(super) fn kind(&self, layer: usize) -> Kind {
        let kinds = self.kinds.as_deref().unwrap_or_default();
        kinds.get(layer).copied().unwrap_or(Kind::Full)
    }

    /// A list with a value for each layer, by its kind.
    pub(super) fn each(&self, value: &dyn Fn(Kind) -> u64) -> Value {
        self.per_layer(&|layer| value(self.kind(layer)))
    }

    /// A list with a value for each layer.
    #[inline(never)]
    pub(super) fn per_layer(&self, value: &dyn Fn(usize) -> u64) -> Value {
        Value::List((0..self.layers).map(value).collect())
    }
}

const OPERATORS: [char; 5] = ['*', '/', '+', '^', '-'];

fn operand(how: &str) -> (&str, &str) {
    how.split_at_checked(how.find(OPERATORS).unwrap_or(how.len())).unwrap_or((how, ""))
}

impl Source for Written<'_> {
    fn number(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Value::Number(number) => Some(*number),
            Value::List(_) => None,
        }
    }

    fn list(&self, name: &str) -> Option<Vec<u64>> {
        match self.get(name)? {
            Value::List(list) => Some(list.clone()),
            Value::Number(_) => None,
        }
    }

    fn yarn(&self) -> Option<f64> {
        let rope = rope(self.settings);
        is_scaled(rope, "yarn").then(|| rope.get("factor").number())?
    }

    fn texts(&self) -> Option<u64> {
        None
    }

    fn has_tensor(&self, _: &str) -> bool {
        false
    }
}

impl Written<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.keys.iter().find_map(|(key, value)| (*key == name).then_some(value))
    }
}

/// The rules of an architecture: those of all, and what replaces them.
fn rules(lineage: &Lineage<'_>) -> Vec<(&'static str, &'static str)> {
    let mut rules: Vec<(&str, &str)> = Vec::new();
    let mut ours = false;
    for line in lines(KEYS) {
        let rule = line.strip_prefix(' ').map(|rule| cut(rule, b'='));
        match rule {
            None => ours = words(line, b' ').any(|name| lineage.goes_by(name)),
            Some(_) if !ours => {}
            Some((key, how)) => match rules.iter_mut().find(|(known, _)| *known == key) {
                Some(rule) => rule.1 = how.unwrap_or_default(),
                None => rules.push((key, how.unwrap_or_default())),
            },
        }
    }
    rules
}
