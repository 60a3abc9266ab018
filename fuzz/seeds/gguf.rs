//! GGUF headers.

use crate::testing::{Gguf, Put};
use crate::{Seed, seed};

pub(crate) fn seeds() -> Vec<Seed> {
    let mut seeds: Vec<Seed> =
        files().into_iter().map(|(name, file)| seed(name, file.bytes())).collect();
    seeds.push(seed("key-of-2-to-the-64", key_without_end()));
    seeds.push(seed("version-3-big-endian", Gguf { big_endian: true, ..model() }.bytes()));
    seeds.push(seed("cut", model().bytes()[..200].to_vec()));
    seeds
}

fn files() -> Vec<(&'static str, Gguf)> {
    vec![
        ("model", model()),
        ("version-1", Gguf { version: 1, ..model() }),
        ("version-2", Gguf { version: 2, ..model() }),
        ("vocabulary", vocabulary()),
        ("projector", Gguf::empty().text("general.architecture", "clip")),
        ("adapter", Gguf::new().text("general.type", "adapter").tensor("a.lora_a", &[8], 0, 0)),
        ("imatrix", Gguf::empty().text("general.type", "imatrix")),
        ("split", Gguf::new().number("split.no", 1).number("split.count", 3)),
        ("every-value", every_value()),
        ("huge-key-count", Gguf { key_count: Some(u64::MAX), ..Gguf::new() }),
        ("huge-tensor-count", Gguf { tensor_count: Some(1 << 63), ..Gguf::new() }),
        ("counts-within-limits", Gguf { tensor_count: Some(100_000), ..Gguf::new() }),
        ("text-of-2-to-the-63", long(8, &[])),
        ("list-of-2-to-the-63", long(9, &8_u32.to_le_bytes())),
        ("numbers-of-2-to-the-62", long(9, &6_u32.to_le_bytes())),
        ("lists-in-lists", Gguf::new().key("a", nested(3))),
        ("lists-too-deep", Gguf::new().key("a", nested(9))),
        ("unknown-value-type", Gguf::new().key("a", Put::Raw(13, vec![0; 20]))),
        ("alignment-0", Gguf::new().number("general.alignment", 0).tensor("a", &[8], 0, 0)),
        ("alignment-3", Gguf::new().number("general.alignment", 3).tensor("a", &[8], 0, 0)),
        ("unknown-tensor-type", Gguf::new().tensor("a", &[32], 99, 0).tensor("b", &[32], 31, 64)),
        ("duplicate-keys", Gguf::new().number("a", 1).number("a", 2)),
        ("duplicate-tensors", Gguf::new().tensor("a", &[8], 0, 0).tensor("a", &[8], 0, 32)),
        ("offset-past-the-end", Gguf::new().tensor("a", &[8], 0, u64::MAX - 31)),
        ("overlap", Gguf::new().tensor("a", &[8], 0, 0).tensor("b", &[8], 0, 0)),
        ("shape-overflows", Gguf::new().tensor("a", &[1 << 32, 1 << 32], 0, 0)),
        ("nine-dimensions", Gguf::new().tensor("a", &[1; 9], 0, 0)),
        (
            "not-utf-8",
            Gguf::new().key("a", Put::Raw(8, [vec![1, 0, 0, 0, 0, 0, 0, 0], vec![255]].concat())),
        ),
    ]
}

fn model() -> Gguf {
    Gguf::new()
        .number("general.file_type", 15)
        .number("llama.context_length", 131_072)
        .key("llama.attention.head_count_kv", Put::List(5, vec![Put::I32(8), Put::I32(0)]))
        .key("llama.rope.freq_base", Put::F32(500_000.0))
        .text("tokenizer.chat_template", "{% if tools %}{{ messages }}{% endif %}")
        .tensor("token_embd.weight", &[256, 10], 12, 0)
        .tensor("blk.0.attn_v.weight", &[256, 2], 14, 1440)
        .tensor("output_norm.weight", &[256], 0, 1888)
}

fn vocabulary() -> Gguf {
    let tokens: Vec<_> = (0..40).map(|token| format!("tok{token}")).collect();
    Gguf::new()
        .text("tokenizer.ggml.model", "gpt2")
        .texts("tokenizer.ggml.tokens", &tokens)
        .key("tokenizer.ggml.scores", Put::List(6, vec![Put::F32(0.5); 40]))
        .texts("tokenizer.ggml.merges", &tokens)
        .text("tokenizer.chat_template.tool_use", "{{ tools }}")
}

fn every_value() -> Gguf {
    let values = [
        Put::U8(1),
        Put::I8(-1),
        Put::U16(2),
        Put::I16(-2),
        Put::U32(3),
        Put::I32(-3),
        Put::F32(f32::NAN),
        Put::Bool(true),
        Put::Text("a".to_owned()),
        Put::U64(4),
        Put::I64(-4),
        Put::F64(0.5),
    ];
    values.into_iter().fold(Gguf::new(), |file, value| {
        let id = value.type_id();
        file.key(&format!("one.{id}"), value.clone())
            .key(&format!("two.{id}"), Put::List(id, vec![value.clone(), value]))
    })
}

/// A value of 2^62 elements or 2^63 bytes that is not there.
fn long(type_id: u32, before: &[u8]) -> Gguf {
    let length = (1_u64 << 63).to_le_bytes();
    Gguf::new().key("a", Put::Raw(type_id, [before, &length].concat()))
}

fn nested(depth: u32) -> Put {
    (0..depth).fold(Put::List(0, vec![Put::U8(1)]), |inner, _| Put::List(9, vec![inner]))
}

fn key_without_end() -> Vec<u8> {
    let file = Gguf { key_count: Some(1), ..Gguf::empty() };
    [file.bytes(), u64::MAX.to_le_bytes().to_vec()].concat()
}
