//! What quantizing costs, as far as it is known.

use crate::model::plan::Loss;

/// By how much the perplexity of Llama 3 8B rises, of Mistral 7B in the last two rows, in ten-thousandths.
///
/// Source: llama.cpp v0.5.0 `tools/quantize/quantize.cpp` (`QUANT_OPTIONS`).
const PERPLEXITY: [(&str, i32); 18] = [
    ("Q2_K", 35_199),
    ("Q2_K_S", 31_836),
    ("Q3_K_S", 16_321),
    ("Q3_K_M", 6_569),
    ("Q3_K_L", 5_562),
    ("Q4_0", 4_685),
    ("Q4_1", 4_511),
    ("Q4_K_S", 2_689),
    ("Q4_K_M", 1_754),
    ("Q5_0", 1_316),
    ("Q5_1", 1_062),
    ("Q5_K_S", 1_049),
    ("Q5_K_M", 569),
    ("Q6_K", 217),
    ("Q8_0", 26),
    ("F16", 20),
    ("BF16", -50),
    ("F32", 0),
];

/// Variants that lose less than this are taken for equal: nobody would notice.
const UNNOTICED: f64 = 0.01;

/// What is known of a label's loss. A dynamic quantization (`UD-Q4_K_XL`) is another mix: nothing is known of it.
pub(super) fn loss(label: &str) -> Option<Loss> {
    let (_, rise) = PERPLEXITY.iter().find(|(name, _)| name.eq_ignore_ascii_case(label))?;
    let source = "llama.cpp v0.5.0 tools/quantize/quantize.cpp, Llama 3 8B";
    Some(Loss { perplexity: f64::from(*rise) / 10_000.0, source })
}

/// Bits that lose next to nothing.
const WHOLE: f64 = 8.0;
/// Bits of something nearly as good.
pub(super) const NEARLY_WHOLE: f64 = 7.9;

/// How good a variant is, as a rank that orders them: by its true bits, or by its known loss as the bits that lose as
/// much, all that lose next to nothing alike.
pub(super) fn rank(bits: f64, loss: Option<Loss>) -> f64 {
    match loss {
        Some(loss) if loss.perplexity < UNNOTICED => WHOLE,
        _ => bits.min(WHOLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loses_next_to_nothing_is_as_good() {
        assert!((rank(16.0, loss("BF16")) - rank(8.5, loss("q8_0"))).abs() < f64::EPSILON);
        assert!(rank(6.56, loss("Q6_K")) < rank(8.5, loss("Q8_0")));
        assert!(rank(4.85, loss("Q4_K_M")) > rank(3.9, loss("Q3_K_M")));
        assert_eq!(loss("UD-Q4_K_XL"), None);
    }
}
