//! How the layers of an architecture are built, as far as memory goes.
//!
//! Source: llama.cpp v0.5.0, `src/models/`: what each builds, which was compared with its own graphs.

/// Letters for what an architecture does otherwise than Llama:
///
/// | letter | what |
/// |---|---|
/// | `B` | a bias for attention by distance |
/// | `D` | features of images go to the first layers too |
/// | `E` | a norm over the embeddings |
/// | `F` | no norm before the first attention |
/// | `H` | a gate for each head |
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
pub(super) const STYLES: [(&str, &str); 104] = [
    ("arcee", "u"),
    ("arwkv7", ""),
    ("baichuan", ""),
    ("bailingmoe", "w"),
    ("bailingmoe2", "fhbw"),
    ("bert", "EQelnu"),
    ("bloom", "Eflnu"),
    ("chatglm", "fg"),
    ("codeshell", "flu"),
    ("cohere2", "lcr"),
    ("command-r", "lc"),
    ("dbrx", "flw"),
    ("deci", ""),
    ("deepseek", ""),
    ("deepseek2", ""),
    ("deepseek32", "bw"),
    ("deepseek4", "bw"),
    ("dots1", "hbw"),
    ("dream", ""),
    ("ernie4_5", ""),
    ("ernie4_5-moe", "bw"),
    ("eurobert", ""),
    ("exaone", ""),
    ("exaone4", "ohr"),
    ("falcon", "cflup"),
    ("falcon-h1", "m"),
    ("gemma", ""),
    ("gemma-embedding", "h"),
    ("gemma2", ""),
    ("gemma3", "h"),
    ("gemma3n", "h"),
    ("gemma4", "hw"),
    ("glm-dsa", "bvw"),
    ("glm4", "g"),
    ("glm4moe", "hbw"),
    ("gpt-oss", "vxz"),
    ("gpt2", "eflnu"),
    ("gptneox", "Nclfu"),
    ("granite", ""),
    ("granitehybrid", "nw"),
    ("granitemoe", "w"),
    ("hunyuan-dense", ""),
    ("hunyuan-moe", "w"),
    ("internlm2", ""),
    ("jais", "fln"),
    ("jamba", "an"),
    ("jina-bert-v2", "EQln"),
    ("jina-bert-v3", "EQflu"),
    ("grok", "w"),
    ("kimi-linear", "bnw"),
    ("kimi-k3", "Sbnw"),
    ("lfm2", "ah"),
    ("lfm2moe", "abhw"),
    ("llada", ""),
    ("llada-moe", "h"),
    ("llama", "w"),
    ("llama4", "jkr"),
    ("mamba", ""),
    ("mamba2", ""),
    ("mimo2", "bw"),
    ("minicpm", ""),
    ("minicpm3", "R"),
    ("minimax-m2", "bw"),
    ("minimax-m3", "bhw"),
    ("mistral3", "w"),
    ("modern-bert", "EFfgl"),
    ("mpt", "flnu"),
    ("nemotron", "lu"),
    ("nemotron_h", "nuvz"),
    ("nemotron_h_moe", "bnuvwz"),
    ("neo-bert", "fg"),
    ("nomic-bert", "EQfl"),
    ("nomic-bert-moe", "EQflu"),
    ("olmo", "l"),
    ("olmo2", "o"),
    ("olmoe", ""),
    ("openelm", "fh"),
    ("orion", "l"),
    ("phi2", "flup"),
    ("phi3", "fgd"),
    ("phimoe", "dw"),
    ("qwen", "f"),
    ("qwen2", ""),
    ("qwen2moe", "y"),
    ("qwen2vl", "s"),
    ("qwen3", "h"),
    ("qwen35", "hisvz"),
    ("qwen35moe", "hisvwyz"),
    ("qwen3moe", "hw"),
    ("qwen3next", "hivwyz"),
    ("qwen3vl", "Dhs"),
    ("qwen3vlmoe", "Dhws"),
    ("rnd1", "hw"),
    ("rwkv6", "l"),
    ("rwkv6qwen2", ""),
    ("rwkv7", "l"),
    ("seed_oss", ""),
    ("smallthinker", "rtw"),
    ("smollm3", ""),
    ("stablelm", "l"),
    ("starcoder2", "lu"),
    ("step35", "Hbhvwz"),
    ("t5", "Bn"),
    ("t5encoder", "Bn"),
];

/// The letters of an architecture; none where it is not known.
pub(super) fn of(architecture: &str) -> Option<&'static str> {
    STYLES.iter().find(|(name, _)| *name == architecture).map(|(_, letters)| *letters)
}
