//! The quantization label that follows from the tensors.
//!
//! llama.cpp's quantizer takes one type for most weights and better ones for some roles
//! (llama.cpp v0.5.0 `src/llama-quant.cpp`). The label names that recipe, so it is read off the type that most
//! weights have and the types beside it. Input and output tables count for nothing here: they have types of
//! their own, and so have tensors that are never quantized.

use super::tensor::Tensor;
use super::tensor_type::TensorType;

/// A quantization label and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The label, as it stands in file names: `Q4_K_M`.
    pub name: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
}

/// How sure a [`Label`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// All weights have the type that the label names.
    Uniform,
    /// The types are those of llama.cpp's recipe of this name. Right for files that its quantizer made without
    /// overrides; small models may lack the tensors that two recipes differ in.
    Recipe,
    /// The recipe's variants (`_S`, `_M`, `_L`) differ in tensors that this model does not have: the one that
    /// llama.cpp names for such a file (v0.5.0 `src/llama-model-loader.cpp`).
    Guessed,
    /// There are types that the recipe of this name does not use: a mix of somebody's own, as `UD-` files are.
    /// The label is the nearest. Of such mixes, those that use the recipe's own types only are not told apart
    /// from it: bits per weight, compared with those of other files, are the better witness.
    Mixed,
}

/// The weights that have a say.
struct Weights {
    /// Elements by the name of the type that the recipe asked for.
    elements: Vec<(&'static str, u64)>,
    /// Whether there are tensors that variants of a recipe differ in.
    telling: bool,
}

/// The label of a file with these tensors.
pub(super) fn of(tensors: &[Tensor]) -> Option<Label> {
    let weights = Weights::of(tensors);
    let main = weights.main()?;
    let name = weights.recipe(main);
    Some(Label { name, certainty: weights.certainty(main, name) })
}

impl Weights {
    fn of(tensors: &[Tensor]) -> Self {
        let weights = || tensors.iter().filter(|tensor| is_weight(tensor));
        let mut present: Vec<&'static str> = Vec::new();
        for name in weights().filter_map(|tensor| tensor.tensor_type.name()) {
            if !present.contains(&name) {
                present.push(name);
            }
        }
        let mut elements: Vec<(&'static str, u64)> = Vec::new();
        for tensor in weights() {
            let Some(name) = asked_for(tensor, &present) else { continue };
            let count = tensor.elements.unwrap_or(0);
            match elements.iter_mut().find(|(other, _)| *other == name) {
                Some((_, sum)) => *sum = sum.saturating_add(count),
                None => elements.push((name, count)),
            }
        }
        Self { elements, telling: weights().any(is_telling) }
    }

    /// The type that most weights have; of several the first by name.
    fn main(&self) -> Option<&'static str> {
        let most = self.elements.iter().map(|(_, count)| *count).max()?;
        let names = self.elements.iter().filter(|(_, count)| *count == most);
        names.map(|(name, _)| *name).min()
    }

    fn has(&self, name: &str) -> bool {
        self.count(name) > 0
    }

    fn count(&self, name: &str) -> u64 {
        let found = self.elements.iter().find(|(other, _)| *other == name);
        found.map_or(0, |(_, count)| *count)
    }

    /// The recipe by the types beside the main one.
    fn recipe(&self, main: &'static str) -> &'static str {
        match main {
            "Q3_K" if !self.telling => "Q3_K_M",
            "Q4_K" if !self.telling => "Q4_K_M",
            "Q5_K" if !self.telling => "Q5_K_M",
            "Q2_K" if self.has("Q4_K") && !self.has("Q3_K") => "Q2_K_S",
            "Q3_K" if self.count("Q5_K") > self.count("Q4_K") => "Q3_K_L",
            "Q3_K" if self.has("Q4_K") => "Q3_K_M",
            "Q3_K" => "Q3_K_S",
            "Q4_K" if self.has("Q6_K") => "Q4_K_M",
            "Q4_K" => "Q4_K_S",
            "Q5_K" if self.has("Q6_K") => "Q5_K_M",
            "Q5_K" => "Q5_K_S",
            "IQ2_XS" if self.has("IQ3_S") => "IQ2_S",
            "IQ2_S" => "IQ2_M",
            "IQ3_XXS" if self.has("IQ3_S") && !self.has("IQ2_S") => "IQ3_XS",
            "IQ3_S" if self.has("IQ3_XXS") => "IQ3_XS",
            "IQ3_S" if self.more_than_values_in_q4_k() => "IQ3_M",
            "MXFP4" => "MXFP4_MOE",
            plain => plain,
        }
    }

    /// `IQ3_M` has attention outputs in `Q4_K`; `IQ3_S` at most the much smaller values.
    fn more_than_values_in_q4_k(&self) -> bool {
        self.count("Q4_K") > self.count("IQ3_S") / 16
    }

    fn certainty(&self, main: &str, label: &str) -> Certainty {
        let beside = |name: &&'static str| *name != main && !is_plain(name);
        let mut others = self.elements.iter().map(|(name, _)| *name).filter(beside).peekable();
        if others.peek().is_none() {
            let open = !self.telling && matches!(main, "Q3_K" | "Q4_K" | "Q5_K");
            return if open { Certainty::Guessed } else { Certainty::Uniform };
        }
        let known = others.all(|name| companions(label).contains(&name));
        if known { Certainty::Recipe } else { Certainty::Mixed }
    }
}

fn is_plain(name: &str) -> bool {
    TensorType::from_name(name).is_some_and(TensorType::is_plain)
}

/// A matrix that the quantizer would take by its own recipe.
fn is_weight(tensor: &Tensor) -> bool {
    const TABLES: [&str; 6] =
        ["token_", "per_layer_token_", "position_", "output.", "cls", "rope_factors"];
    let matrix = tensor.dims.iter().filter(|dim| **dim > 1).count() >= 2;
    matrix && !TABLES.iter().any(|table| tensor.name.starts_with(table))
}

/// What variants of a recipe give different types.
fn is_telling(tensor: &Tensor) -> bool {
    ["attn_v", "attn_qkv", "attn_kv_b", "ffn_down"].iter().any(|part| tensor.name.contains(part))
}

/// The type that the recipe asked for: where a row is no multiple of 256, the quantizer falls back to a type
/// of smaller blocks.
fn asked_for(tensor: &Tensor, present: &[&'static str]) -> Option<&'static str> {
    let name = tensor.tensor_type.name()?;
    let has = |name| present.contains(&name);
    if tensor.dims.first().is_some_and(|row| row.is_multiple_of(256)) {
        return Some(name);
    }
    Some(match name {
        "Q4_0" if has("Q3_K") => "Q3_K",
        "Q4_0" if has("Q2_K") => "Q2_K",
        "Q5_0" if has("Q4_K") => "Q4_K",
        "Q5_1" if has("Q5_K") => "Q5_K",
        "Q8_0" if has("Q4_K") || has("Q5_K") || has("Q6_K") => "Q6_K",
        other => other,
    })
}

/// The types beside its main one that the recipe of a label uses, with those it falls back to where a row is
/// no multiple of 256.
fn companions(label: &str) -> &'static [&'static str] {
    match label {
        "Q2_K" => &["Q3_K", "Q4_K", "Q5_K", "Q8_0", "Q4_0", "Q5_0"],
        "Q2_K_S" => &["Q4_K", "Q5_K", "Q8_0", "Q4_0", "Q5_0"],
        "Q3_K_S" => &["Q5_K", "Q8_0", "Q4_0", "Q5_1"],
        "Q3_K_M" | "Q3_K_L" => &["Q4_K", "Q5_K", "Q8_0", "Q4_0", "Q5_0", "Q5_1"],
        "Q4_K_S" => &["Q5_K", "Q8_0", "Q5_0", "Q5_1"],
        "Q4_K_M" => &["Q5_K", "Q6_K", "Q8_0", "Q5_0", "Q5_1"],
        "Q5_K_S" => &["Q8_0", "Q5_1"],
        "Q5_K_M" => &["Q6_K", "Q8_0", "Q5_1"],
        "Q6_K" | "MXFP4_MOE" => &["Q8_0"],
        "Q4_0" => &["Q4_1", "Q6_K", "Q8_0"],
        "Q5_0" => &["Q5_1", "Q6_K", "Q8_0"],
        "IQ1_S" | "IQ1_M" => &["IQ2_XXS", "Q2_K", "Q4_K", "Q5_K", "IQ4_NL", "Q8_0"],
        "IQ2_XXS" | "IQ2_XS" => &["Q2_K", "Q4_K", "Q5_K", "IQ4_NL", "Q8_0"],
        "IQ2_S" | "IQ2_M" => &["IQ3_S", "Q4_K", "Q5_K", "IQ4_NL", "Q8_0"],
        "IQ3_XXS" => &["IQ2_S", "IQ3_S", "Q3_K", "Q4_K", "Q5_K", "IQ4_NL", "Q8_0"],
        "IQ3_XS" => &["IQ3_XXS", "IQ3_S", "Q4_K", "Q5_K", "IQ4_NL", "Q8_0"],
        "IQ3_S" | "IQ3_M" => &["Q4_K", "Q5_K", "IQ4_NL", "Q8_0"],
        "IQ4_NL" | "IQ4_XS" => &["Q5_K", "IQ4_NL", "Q5_1", "Q8_0"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(weights: &[(&str, &str, u64)]) -> Option<(&'static str, Certainty)> {
        let tensor = |(name, type_name, rows): &(&str, &str, u64)| Tensor {
            name: (*name).to_owned(),
            dims: vec![256, *rows],
            tensor_type: TensorType::from_name(type_name).unwrap(),
            offset: 0,
            elements: Some(256 * rows),
            bytes: None,
        };
        of(&weights.iter().map(tensor).collect::<Vec<_>>()).map(|l| (l.name, l.certainty))
    }

    #[test]
    fn recipes_are_told_apart_by_the_types_beside() {
        use Certainty::{Mixed, Recipe, Uniform};
        let main = |name| ("blk.0.ffn_up.weight", name, 100);
        let beside = |name| ("blk.0.ffn_down.weight", name, 40);
        for (types, expected) in [
            (["Q4_K", "Q6_K"], ("Q4_K_M", Recipe)),
            (["Q4_K", "Q5_K"], ("Q4_K_S", Recipe)),
            (["Q4_K", "Q4_K"], ("Q4_K_S", Uniform)),
            (["Q4_K", "IQ2_XXS"], ("Q4_K_S", Mixed)),
            (["Q3_K", "Q5_K"], ("Q3_K_L", Recipe)),
            (["Q3_K", "Q4_K"], ("Q3_K_M", Recipe)),
            (["IQ2_XS", "IQ3_S"], ("IQ2_S", Recipe)),
            (["IQ3_S", "Q4_K"], ("IQ3_M", Recipe)),
            (["Q8_0", "F32"], ("Q8_0", Uniform)),
            (["MXFP4", "Q8_0"], ("MXFP4_MOE", Recipe)),
        ] {
            assert_eq!(label(&[main(types[0]), beside(types[1])]), Some(expected), "{types:?}");
        }
    }

    #[test]
    fn variants_that_do_not_differ_are_a_guess() {
        let weights = [("blk.0.ssm_in.weight", "Q4_K", 10), ("blk.0.ssm_conv1d.weight", "F32", 1)];
        assert_eq!(label(&weights), Some(("Q4_K_M", Certainty::Guessed)));
    }

    #[test]
    fn fallbacks_count_as_what_was_asked_for() {
        let tensor = |dims: [u64; 2], name: &str| Tensor {
            name: "blk.0.ffn_down.weight".to_owned(),
            dims: dims.to_vec(),
            tensor_type: TensorType::from_name(name).unwrap(),
            offset: 0,
            elements: Some(dims[0] * dims[1]),
            bytes: None,
        };
        let odd = [tensor([896, 4864], "Q5_0"), tensor([896, 4864], "Q8_0")];
        let label = of(&[&odd[..], &[tensor([4864, 896], "Q4_K")]].concat()).unwrap();
        assert_eq!((label.name, label.certainty), ("Q4_K_M", Certainty::Recipe));
        assert_eq!(of(&odd).unwrap().name, "Q5_0");
    }

    #[test]
    fn tables_have_no_say() {
        let table = ("token_embd.weight", "Q6_K", 1000);
        let output = ("output.weight", "Q6_K", 1000);
        let weight = ("blk.0.attn_v.weight", "Q4_K", 10);
        assert_eq!(label(&[table, output, weight]), Some(("Q4_K_S", Certainty::Uniform)));
        assert_eq!(label(&[]), None);
    }
}
