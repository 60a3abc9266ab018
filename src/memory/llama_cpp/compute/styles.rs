//! How the layers of an architecture are built, as far as memory goes.
//!
//! Source: llama.cpp v0.5.0, `src/models/`: what each builds, which was compared with its own graphs.

/// Letters for what an architecture does otherwise than Llama:
///
/// | letter | what |
/// |---|---|
/// | `a` | sums begin with the residual stream |
/// | `b` | a bias for choosing experts, beside their weights |
/// | `c` | feed-forward beside attention, summed before it |
/// | `d` | the last sum of a layer begins with the residual stream |
/// | `e` | a table of positions, added to the embeddings |
/// | `f` | queries, keys and values from one product |
/// | `g` | gate and up from one product |
/// | `h` | a norm over each head |
/// | `i` | half of the queries are a gate for what attention puts out |
/// | `k` | experts are given their input weighted |
/// | `l` | norms with a mean |
/// | `m` | no norm behind the second version of Mamba |
/// | `n` | no rotary positions |
/// | `o` | no norm before attention and feed-forward, but behind them |
/// | `p` | feed-forward beside attention, summed after it |
/// | `r` | no rotary positions on layers without a window, where others have one |
/// | `s` | positions in four parts |
/// | `t` | experts are chosen by what attention is given |
/// | `u` | no gate |
/// | `v` | what the last norm is given is kept |
/// | `w` | weights of experts add up to one |
/// | `x` | a soft maximum over the chosen experts |
/// | `y` | a gate for the shared experts |
/// | `z` | the tokens that are wanted are chosen behind the last layer |
pub(super) const STYLES: [(&str, &str); 82] = [
    ("arcee", "u"),
    ("arwkv7", ""),
    ("baichuan", ""),
    ("bailingmoe", "w"),
    ("bailingmoe2", "fhbw"),
    ("bloom", "flnu"),
    ("chatglm", "fg"),
    ("codeshell", "flu"),
    ("cohere2", "lcr"),
    ("command-r", "lc"),
    ("dbrx", "flw"),
    ("deci", ""),
    ("deepseek", ""),
    ("deepseek2", "bvw"),
    ("deepseek32", "bvw"),
    ("dots1", "hbw"),
    ("dream", ""),
    ("ernie4_5", ""),
    ("ernie4_5-moe", "bw"),
    ("exaone", ""),
    ("exaone4", "ohr"),
    ("falcon", "flup"),
    ("falcon-h1", "m"),
    ("gemma", ""),
    ("gemma2", ""),
    ("gemma3", "h"),
    ("glm-dsa", "bvw"),
    ("glm4", "g"),
    ("glm4moe", "hbw"),
    ("gpt-oss", "vxz"),
    ("gpt2", "eflnu"),
    ("gptneox", "flup"),
    ("granite", ""),
    ("granitehybrid", "nw"),
    ("granitemoe", "w"),
    ("hunyuan-dense", ""),
    ("hunyuan-moe", "w"),
    ("internlm2", ""),
    ("jais", "fln"),
    ("jamba", "an"),
    ("kimi-k3", "bnw"),
    ("lfm2", "ah"),
    ("lfm2moe", "abhw"),
    ("llada", ""),
    ("llama", "w"),
    ("llama4", "kr"),
    ("mamba", ""),
    ("mamba2", ""),
    ("mimo2", "bw"),
    ("minicpm", ""),
    ("minimax-m2", "bw"),
    ("mistral3", "w"),
    ("mpt", "flnu"),
    ("nemotron", "lu"),
    ("nemotron_h", "nuvz"),
    ("nemotron_h_moe", "bnuvwz"),
    ("olmo", "l"),
    ("olmo2", "o"),
    ("olmoe", ""),
    ("openelm", "fh"),
    ("orion", "l"),
    ("phi2", "flup"),
    ("phi3", "fgd"),
    ("phimoe", "fld"),
    ("qwen", "f"),
    ("qwen2", ""),
    ("qwen2moe", "y"),
    ("qwen2vl", "s"),
    ("qwen3", "h"),
    ("qwen35", "hisvz"),
    ("qwen35moe", "hisvwyz"),
    ("qwen3moe", "hw"),
    ("qwen3next", "hivwyz"),
    ("qwen3vl", "hs"),
    ("qwen3vlmoe", "hws"),
    ("rwkv6", "l"),
    ("rwkv6qwen2", ""),
    ("rwkv7", "l"),
    ("seed_oss", ""),
    ("smallthinker", "rtw"),
    ("stablelm", "l"),
    ("starcoder2", "lu"),
];

/// The letters of an architecture; none where it is not known.
pub(super) fn of(architecture: &str) -> Option<&'static str> {
    STYLES.iter().find(|(name, _)| *name == architecture).map(|(_, letters)| *letters)
}
