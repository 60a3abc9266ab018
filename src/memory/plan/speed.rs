//! How fast: what a token must read, and how much of a memory's bandwidth and of a device's operations is reached.

use crate::model::plan::Rate;

/// Where the shares come from.
pub(super) const SOURCE: &str = "bytes read for each token over the bandwidth of the memory they lie in: 65 % of it reached (35 to 95), 40 % by mixtures (20 to 75), by 59 community runs of llmfit's (MIT, 2026-08); reading: 35 % of FP16 operations (10 to 70), not confirmed; a computer's memory of unknown bandwidth is taken for 50 GB/s (llmfit)";

/// Bytes each second of a computer's memory that is not known: two channels of DDR4-3200. Source: llmfit.
pub(super) const RAM_BANDWIDTH: f64 = 50e9;

/// Bytes each second between a computer's memory and a GPU: PCI Express 4.0 with 16 lanes. Not confirmed for a machine.
pub(super) const BUS_BANDWIDTH: f64 = 32e9;

/// Shares of a bandwidth: at least, most likely, at most.
const DENSE: [f64; 3] = [0.35, 0.65, 0.95];
const MIXTURE: [f64; 3] = [0.2, 0.4, 0.75];
/// Shares of operations while a prompt is read.
const PROMPT: [f64; 3] = [0.1, 0.35, 0.7];

/// What one token makes a device read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reads {
    /// Bytes of weights.
    pub(super) weights: f64,
    /// Bytes of caches, full.
    pub(super) caches: f64,
    /// Bytes each second.
    pub(super) bandwidth: Option<f64>,
}

/// Tokens each second while one sequence is written; at most with empty caches, at least with full ones.
pub(super) fn generation(reads: &[Reads], mixture: bool) -> Option<Rate> {
    let shares = if mixture { MIXTURE } else { DENSE };
    let seconds = |share: f64, filled: f64| {
        let mut sum = 0.0;
        for read in reads {
            let bytes = read.caches * filled + read.weights;
            if bytes > 0.0 {
                sum += bytes / (read.bandwidth? * share);
            }
        }
        (sum > 0.0).then_some(sum)
    };
    let [low, expected, high] = shares;
    Some(Rate {
        low: 1.0 / seconds(low, 1.0)?,
        expected: 1.0 / seconds(expected, 0.5)?,
        high: 1.0 / seconds(high, 0.0)?,
    })
}

/// Tokens each second while a prompt is read, where all of it is computed on devices whose operations are known: two
/// for each parameter that a token uses.
pub(super) fn prompt(parameters: Option<f64>, flops: Option<f64>) -> Option<Rate> {
    let most = flops? / (2.0 * parameters.filter(|count| *count > 0.0)?);
    let [low, expected, high] = PROMPT.map(|share| share * most);
    Some(Rate { low, expected, high })
}
