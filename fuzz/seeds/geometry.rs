//! Geometry: headers as lines of text, and geometry as JSON.

use crate::{Seed, seed};
use hubfit::format::{Reader, Step, gguf::GgufReader};
use hubfit_fuzz::lines;

const USUAL: &str = "block_count=4\nembedding_length=64\ncontext_length=8192\nvocab_size=1000\nattention.head_count=8\nattention.head_count_kv=2\n";

/// Architectures, and the keys that set each apart.
const MODELS: [(&str, &str); 16] = [
    (
        "llama",
        "attention.key_length=16\nattention.value_length=16\nrope.scaling.original_context_length=4096",
    ),
    ("gemma3", "attention.sliding_window=512"),
    (
        "gemma3n",
        "attention.sliding_window=512\nattention.sliding_window_pattern=true,true,false,true\nattention.shared_kv_layers=2\nembedding_length_per_layer_input=8",
    ),
    (
        "gemma4",
        "attention.sliding_window_pattern=true,false,true,false\nattention.key_length_swa=8\nattention.value_length_swa=8\nattention.head_count_kv=2,1,2,1",
    ),
    (
        "deepseek2",
        "attention.kv_lora_rank=16\nattention.q_lora_rank=8\nattention.key_length_mla=24\nattention.value_length_mla=16\nrope.dimension_count=8\nexpert_count=8\nexpert_used_count=2\nexpert_shared_count=1\nexpert_feed_forward_length=32\nleading_dense_block_count=1\nnextn_predict_layers=1",
    ),
    (
        "deepseek32",
        "attention.kv_lora_rank=16\nattention.key_length_mla=24\nattention.indexer.head_count=4\nattention.indexer.key_length=8\nattention.indexer.top_k=64",
    ),
    (
        "llama4",
        "interleave_moe_layer_step=2\nexpert_count=16\nexpert_used_count=1\nattention.sliding_window=8192",
    ),
    (
        "mamba2",
        "ssm.conv_kernel=4\nssm.inner_size=128\nssm.state_size=16\nssm.group_count=1\nssm.time_step_rank=8",
    ),
    (
        "jamba",
        "ssm.conv_kernel=4\nssm.inner_size=128\nssm.state_size=16\nattention.head_count_kv=0,0,8,0",
    ),
    ("rwkv7", "wkv.head_size=8\ntoken_shift_count=2"),
    (
        "qwen3next",
        "full_attention_interval=4\nssm.conv_kernel=4\nssm.inner_size=64\nssm.state_size=16\nssm.group_count=2\nssm.time_step_rank=4",
    ),
    (
        "kimi-linear",
        "kda.head_dim=16\nssm.conv_kernel=4\nattention.kv_lora_rank=16\nattention.head_count_kv=0,0,0,1",
    ),
    ("lfm2", "shortconv.l_cache=3\nattention.head_count_kv=0,2,0,2"),
    ("t5", "decoder_block_count=3"),
    ("nanbeige", "num_loops=2"),
    ("graniteswitch", "attention.recurrent_layers=0,1"),
];

/// What is out of proportion.
const ATTACKS: [(&str, &str); 6] = [
    ("layers-512", "llama\nblock_count=512\nembedding_length=64\nattention.head_count=8"),
    ("layers-2-to-the-64", "llama\nblock_count=18446744073709551615\nembedding_length=1"),
    (
        "loops-without-end",
        "nanbeige\nblock_count=4294967296\nnum_loops=4294967296\nembedding_length=1",
    ),
    ("no-heads", "llama\nblock_count=2\nembedding_length=64\nattention.head_count=0"),
    (
        "more-to-predict-than-layers",
        "deepseek2\nblock_count=2\nembedding_length=64\nnextn_predict_layers=3",
    ),
    (
        "largest-numbers",
        "gemma3\nblock_count=2\nembedding_length=18446744073709551615\nattention.head_count=18446744073709551615\nattention.sliding_window=18446744073709551615",
    ),
];

pub(crate) fn of_gguf() -> Vec<Seed> {
    let models = MODELS.map(|(name, keys)| seed(name, model(name, keys)));
    models.into_iter().chain(ATTACKS.map(|(name, text)| seed(name, text))).collect()
}

pub(crate) fn of_json() -> Vec<Seed> {
    MODELS.map(|(name, keys)| seed(name, json(&model(name, keys)))).to_vec()
}

fn model(name: &str, keys: &str) -> String {
    format!("{name}\n{USUAL}{keys}")
}

fn json(text: &str) -> String {
    let file = lines::gguf(text);
    let Ok(Step::Done(facts)) = GgufReader::new(Some(file.len() as u64)).feed(&file) else {
        panic!("our own header")
    };
    let geometry = hubfit::extract::geometry::of_gguf(&facts).expect("all that is needed");
    serde_json::to_string(&geometry).expect("geometry is plain")
}
