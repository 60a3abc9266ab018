//! The quantization label in the name of a GGUF file, a sidecar's too, or of another that is named like one.

use crate::extract::name;

/// The label in a GGUF file's name or folder; of several the last counts, as the Hub does it
/// (huggingface.js `packages/tasks/src/gguf.ts`).
pub(crate) fn gguf_label(path: &str) -> Option<String> {
    let tail = path.get(path.len().saturating_sub(512)..).unwrap_or(path);
    let mut after = 0;
    let mut last = None;
    for (at, rest) in name::word_starts(tail) {
        // The `Q4_K_XL` inside a `UD-Q4_K_XL` is no label of its own.
        if let Some(label) = label_at_start_of(rest).filter(|_| at >= after) {
            after = at + label.len();
            last = Some(label.to_ascii_uppercase());
        }
    }
    last.map(|label| match label.as_str() {
        "FP16" => "F16".to_owned(),
        "FP32" => "F32".to_owned(),
        _ => label,
    })
}

/// The longest label that starts a text and ends where a word ends.
fn label_at_start_of(text: &str) -> Option<&str> {
    const LONGEST: usize = "UD-IQ3_XXS".len();
    let ends = (2..=LONGEST.min(text.len())).rev();
    ends.filter_map(|end| text.split_at_checked(end))
        .find(|(label, rest)| name::ends_word(rest) && is_label(label))
        .map(|(label, _)| label)
}

/// `(UD-)?`, then a float type, a k-quant, an i-quant, a legacy quant, or a block float.
fn is_label(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let label = upper.strip_prefix("UD-").unwrap_or(&upper);
    if matches!(
        label,
        "F16"
            | "F32"
            | "BF16"
            | "FP16"
            | "FP32"
            | "MXFP4"
            | "MXFP4_MOE"
            | "NVFP4"
            | "TQ1_0"
            | "TQ2_0"
            | "I2_S"
            | "INT4"
            | "INT8"
    ) {
        return true;
    }
    if let Some(rest) = label.strip_prefix("IQ") {
        return after_digit(rest, b'1'..=b'6').is_some_and(is_i_quant);
    }
    let kind = label.strip_prefix('Q').and_then(|rest| after_digit(rest, b'1'..=b'8'));
    kind.is_some_and(|kind| {
        // A bare `Q4` is all that some names say.
        matches!(kind, "" | "_0" | "_1" | "_K" | "_K_XXL" | "_K_XL" | "_K_XS" | "_K_S" | "_K_M" | "_K_L")
            // Repacked for Arm, until llama.cpp did it at load time.
            || matches!(kind, "_0_4_4" | "_0_4_8" | "_0_8_8")
    })
}

/// llama.cpp's own, and those of `ik_llama.cpp` (`_K` and its kin).
fn is_i_quant(kind: &str) -> bool {
    matches!(kind, "_XXS" | "_XS" | "_S" | "_M" | "_NL" | "_XL")
        || matches!(kind, "_K" | "_KS" | "_KSS" | "_KT" | "_KL")
}

fn after_digit(text: &str, digits: std::ops::RangeInclusive<u8>) -> Option<&str> {
    digits.contains(text.as_bytes().first()?).then(|| text.get(1..))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_found_in_the_wild() {
        for (path, label) in [
            ("Llama-3.2-1B-Instruct-Q4_K_M.gguf", "Q4_K_M"),
            ("model.i1-IQ2_XXS.gguf", "IQ2_XXS"),
            ("UD-Q4_K_XL/Qwen3-235B-A22B-UD-Q4_K_XL-00001-of-00003.gguf", "UD-Q4_K_XL"),
            ("gpt-oss-20b-MXFP4.gguf", "MXFP4"),
            ("CAJAL-4B-q4_k_m.gguf", "Q4_K_M"),
            ("x-fp16.gguf", "F16"),
            ("Phi-3-mini-4k-instruct-q4.gguf", "Q4"),
            ("x-IQ4_KS.GGUF", "IQ4_KS"),
            ("Llama-3-8B-lora-merged.Q4_K_M.gguf", "Q4_K_M"),
            ("Meta-Llama-3-8B-Instruct.Q4_0_4_4.gguf", "Q4_0_4_4"),
        ] {
            assert_eq!(gguf_label(path).as_deref(), Some(label), "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_scanner_is_the_pattern(text in "(UD-)?[IQFMBPTXSKLN0-9]{1,3}(_[KSMLXN0148]{1,3}){0,3}") {
            let pattern = regex::Regex::new(concat!(
                r"^(UD-)?(IQ[1-6]_(XXS|XS|S|M|NL|XL|K|KS|KSS|KT|KL)|Q[1-8]|Q[1-8]_[01]|Q[1-8]_0_(4_4|4_8|8_8)|",
                r"Q[1-8]_K(_(XXL|XL|XS|S|M|L))?|TQ[12]_0|MXFP4(_MOE)?|NVFP4|I2_S|INT[48]|BF16|FP?16|FP?32)$"
            ));
            proptest::prop_assert_eq!(is_label(&text), pattern.unwrap().is_match(&text), "{}", text);
        }
    }

    #[test]
    fn names_without_a_label() {
        for path in ["mmproj.gguf", "model.gguf", "Qwen3.gguf", "Qwen3-Q-uick.gguf"] {
            assert_eq!(gguf_label(path), None, "{path}");
        }
    }
}
