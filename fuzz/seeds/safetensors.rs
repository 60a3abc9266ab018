//! safetensors headers and indexes.

use crate::safetensors_writer::{Writer, file, index};
use crate::{Seed, seed};
use serde_json::json;

pub(crate) fn headers() -> Vec<Seed> {
    let mut seeds = vec![
        seed("every-dtype", every_dtype().header()),
        seed("awq", awq().header()),
        seed("length-2-to-the-63", (1_u64 << 63).to_le_bytes()),
        seed("length-0", [0; 8]),
        seed("longer-than-the-file", 1000_u64.to_le_bytes()),
        seed("one-over-the-limit", 100_000_001_u64.to_le_bytes()),
        seed("lfs-pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
    ];
    seeds.extend(ATTACKS.map(|(name, header)| seed(name, file(header.as_bytes()))));
    seeds
}

fn every_dtype() -> Writer {
    let mut writer = Writer::default();
    writer.entry("__metadata__", json!({ "format": "pt" }));
    let dtypes = "BOOL U8 I8 F8_E5M2 F8_E4M3 F8_E8M0 F4 F6_E2M3 F6_E3M2 I16 U16 F16 BF16 I32 U32 F32 C64 F64 I64 U64";
    for dtype in dtypes.split(' ') {
        writer.tensor(format!("model.{dtype}.weight"), dtype, &[8, 4]);
    }
    writer
}

fn awq() -> Writer {
    let mut writer = Writer::default();
    writer.tensor("q_proj.qweight", "I32", &[128, 16]);
    writer.tensor("q_proj.qzeros", "I32", &[1, 16]);
    writer.tensor("q_proj.scales", "F16", &[1, 128]);
    writer
}

const ATTACKS: [(&str, &str); 15] = [
    ("hole", r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#),
    (
        "overlap",
        r#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#,
    ),
    ("past-the-end", r#"{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#),
    ("wrong-way-round", r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#),
    (
        "shape-overflows",
        r#"{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,4],"data_offsets":[0,4]}}"#,
    ),
    (
        "largest-offset",
        r#"{"a":{"dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,18446744073709551615]}}"#,
    ),
    ("half-a-byte", r#"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}"#),
    (
        "one-name",
        r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
    ),
    ("unknown-dtype", r#"{"a":{"dtype":"F7","shape":[1],"data_offsets":[0,4]}}"#),
    ("negative-shape", r#"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#),
    ("key-twice", r#"{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#),
    ("metadata-of-numbers", r#"{"__metadata__":{"a":1,"b":"x","c":null}}"#),
    (
        "escapes",
        r#"{"a\u0062\ud83d\ude00\n":{"d\u0074ype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
    ),
    ("leading-space", r#"  {"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#),
    (
        "deep",
        r#"{"a":{"x":[[[[[[[[[[{"y":[[[]]]}]]]]]]]]]],"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#,
    ),
];

pub(crate) fn indexes() -> Vec<Seed> {
    let (one, two) = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    vec![
        seed("two-shards", index([("b", two), ("a", one), ("c", two)], 12)),
        seed("missing-shard", index([("a", one)], 4)),
        seed("mixed", index([("a", one), ("b", "model-00001-of-00003.safetensors")], 4)),
        seed(
            "leaves-the-folder",
            index([("a", "../../etc/passwd"), ("b", "/x"), ("c", "a\\b")], 4),
        ),
        seed("in-a-folder", index([("a", "unet/model.safetensors")], 4)),
        seed(
            "totals-as-text",
            r#"{"metadata":{"total_parameters":"7","total_size":7.5},"weight_map":{}}"#,
        ),
        seed("malformed", r#"{"metadata":[],"weight_map":{"a":1,"b":null,"c":"m.safetensors"}}"#),
        seed("two-maps", r#"{"weight_map":{"a":"x"},"weight_map":{"b":"y"}}"#),
        seed("no-map", "{}"),
    ]
}
