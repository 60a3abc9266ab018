//! How the layers of an architecture are built, as far as memory goes.
//!
//! Source: llama.cpp v0.5.0, `src/models/`: what each builds.

use crate::model::memory::ComputeSource;

/// Architectures whose graphs were compared with llama.cpp's own figures, run by run.
///
/// Letters for what an architecture does otherwise than Llama:
///
/// | letter | what |
/// |---|---|
/// | `B` | a bias for attention by distance |
/// | `E` | a norm over the embeddings |
/// | `F` | no norm before the first attention |
/// | `H` | a gate for each head |
/// | `J` | far tokens are scaled |
/// | `N` | a norm of its own for feed-forward beside attention |
/// | `Q` | no norm before attention and feed-forward, but behind the sums |
/// | `R` | positions are given to their part of queries apart |
/// | `S` | a gate of several steps |
/// | `a` | sums begin with the residual stream |
/// | `b` | a bias for choosing experts, beside their weights |
/// | `c` | feed-forward beside attention, summed before it |
/// | `d` | the last sum of a layer begins with the residual stream |
/// | `e` | a table of positions, added to the embeddings |
/// | `f` | queries, keys and values from one product |
/// | `g` | gate and up from one product |
/// | `h` | a norm over each head |
/// | `i` | half of the queries are a gate for what attention puts out |
/// | `j` | queries without rotary positions are scaled |
/// | `k` | experts are given their input weighted |
/// | `l` | norms with a mean |
/// | `m` | no norm behind the second version of Mamba |
/// | `n` | no rotary positions |
/// | `o` | no norm before attention and feed-forward, but behind them |
/// | `p` | feed-forward beside attention, summed after it; with `c` their sum first |
/// | `r` | no rotary positions on layers without a window, where others have one |
/// | `s` | positions in four parts |
/// | `t` | experts are chosen by what attention is given |
/// | `u` | no gate |
/// | `v` | what the last norm is given is kept |
/// | `w` | weights of experts add up to one |
/// | `x` | a soft maximum over the chosen experts |
/// | `y` | a gate for the shared experts |
/// | `z` | the tokens that are wanted are chosen behind the last layer |
const MEASURED: [(&str, &str); 54] = [
    ("arwkv7", ""),
    ("bert", "EQelnu"),
    ("chatglm", "fg"),
    ("command-r", "cl"),
    ("deci", ""),
    ("deepseek2", ""),
    ("deepseek32", "bw"),
    ("ernie4_5-moe", "bw"),
    ("exaone4", "hor"),
    ("falcon-h1", "m"),
    ("gemma", ""),
    ("gemma2", ""),
    ("gemma3", "h"),
    ("gemma3n", "h"),
    ("gemma4", "hw"),
    ("glm-dsa", "bvw"),
    ("glm4", "g"),
    ("gpt-oss", "vxz"),
    ("gpt2", "eflnu"),
    ("granite", ""),
    ("granitehybrid", "nw"),
    ("granitemoe", "w"),
    ("hunyuan-moe", "w"),
    ("jamba", "an"),
    ("kimi-k3", "Sbnw"),
    ("lfm2", "ah"),
    ("lfm2moe", "abhw"),
    ("llama", "w"),
    ("llama4", "jkr"),
    ("mamba", ""),
    ("mamba2", ""),
    ("mimo2", "bw"),
    ("minimax-m2", "bw"),
    ("mistral3", "Jw"),
    ("mpt", "flnu"),
    ("nemotron_h", "nuvz"),
    ("nomic-bert", "EQfl"),
    ("olmo2", "o"),
    ("olmoe", ""),
    ("phi2", "flpu"),
    ("phi3", "dfg"),
    ("qwen2", ""),
    ("qwen2moe", "y"),
    ("qwen3", "h"),
    ("qwen35", "hisvz"),
    ("qwen3moe", "hw"),
    ("qwen3next", "hivwyz"),
    ("rwkv6", "l"),
    ("rwkv7", "l"),
    ("smallthinker", "rtw"),
    ("stablelm", "l"),
    ("starcoder2", "lu"),
    ("t5", "Bn"),
    ("t5encoder", "Bn"),
];

/// Architectures whose graphs were read from llama.cpp's source alone.
const READ: [(&str, &str); 50] = [
    ("arcee", "u"),
    ("baichuan", ""),
    ("bailingmoe", "w"),
    ("bailingmoe2", "bfhw"),
    ("bloom", "Eflnu"),
    ("codeshell", "flu"),
    ("cohere2", "clr"),
    ("dbrx", "flw"),
    ("deepseek", ""),
    ("deepseek4", "bw"),
    ("dots1", "bhw"),
    ("dream", ""),
    ("ernie4_5", ""),
    ("eurobert", ""),
    ("exaone", ""),
    ("falcon", "cflpu"),
    ("gemma-embedding", "h"),
    ("glm4moe", "bhw"),
    ("gptneox", "Ncflu"),
    ("grok", "w"),
    ("hunyuan-dense", ""),
    ("internlm2", ""),
    ("jais", "fln"),
    ("jina-bert-v2", "EQln"),
    ("jina-bert-v3", "EQflu"),
    ("kimi-linear", "bnw"),
    ("llada", ""),
    ("llada-moe", "h"),
    ("minicpm", ""),
    ("minicpm3", "R"),
    ("minimax-m3", "bhw"),
    ("modern-bert", "EFfgl"),
    ("nemotron", "lu"),
    ("nemotron_h_moe", "bnuvwz"),
    ("neo-bert", "fg"),
    ("nomic-bert-moe", "EQflu"),
    ("olmo", "l"),
    ("openelm", "fh"),
    ("orion", "l"),
    ("phimoe", "dw"),
    ("qwen", "f"),
    ("qwen2vl", "s"),
    ("qwen35moe", "hisvwyz"),
    ("qwen3vl", "hs"),
    ("qwen3vlmoe", "hsw"),
    ("rnd1", "hw"),
    ("rwkv6qwen2", ""),
    ("seed_oss", ""),
    ("smollm3", ""),
    ("step35", "Hbhvwz"),
];

/// The letters of an architecture as bits: they are asked for many times in each layer.
#[derive(Clone, Copy)]
pub(super) struct Style(u64);

impl Style {
    fn of(letters: &str) -> Self {
        Self(letters.chars().fold(0, |bits, letter| bits | bit(letter)))
    }

    pub(super) fn has(self, letter: char) -> bool {
        self.0 & bit(letter) != 0
    }
}

/// A to Z and a to z lie within 64.
fn bit(letter: char) -> u64 {
    1 << (u32::from(letter) % 64)
}

/// The style of an architecture, and how well its graph is known.
pub(super) fn of(architecture: &str) -> (Style, ComputeSource) {
    let find = |rows: &[(&str, &'static str)]| {
        rows.iter().find(|(name, _)| *name == architecture).map(|(_, letters)| *letters)
    };
    let measured = find(&MEASURED).map(|letters| (letters, ComputeSource::Graph));
    let read = || find(&READ).map(|letters| (letters, ComputeSource::LikeGraph));
    let (letters, source) = measured.or_else(read).unwrap_or(("", ComputeSource::Guess));
    (Style::of(letters), source)
}
