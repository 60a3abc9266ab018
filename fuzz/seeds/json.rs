//! JSON: texts, configs, listing items, arguments. Most are the cases of `tests/vectors`.

use crate::{Seed, seed};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(crate) fn texts() -> Vec<Seed> {
    let texts = [
        ("numbers", "[0,-0,1e308,1.5e-7,9007199254740993,-1E+2,0.1,5e-324]"),
        ("escapes", r#"{"a\u0062":"\ud83d\ude00\n\"\\\/\b\f\r\t","c":""}"#),
        ("lone-surrogate", r#"["\ud800","\udc00\ud800","\ud800\u0041"]"#),
        ("duplicate-keys", r#"{"a":1,"a":{"b":2},"a":{"b":{"c":3}}}"#),
        ("spelled-keys", r#"{"\\\\:":1,"\\:":2}"#),
        ("nan", r#"{"a":NaN,"b":[Infinity,-Infinity]}"#),
        ("wrong-brackets", r#"{"a":[},"b":{]}}"#),
        ("commas", "[1,,2,]"),
        ("spaces", " \n{ \"a\" :\t[ 1 , 2 ] }\r\n"),
        ("literals", r#"[true,false,null,tru,"null"]"#),
        (
            "config",
            r#"{"model_type":"llama","rope_scaling":{"factor":8.0},"layer_types":["full_attention"]}"#,
        ),
    ];
    let mut seeds: Vec<Seed> = texts.into_iter().map(|(name, text)| seed(name, text)).collect();
    seeds.push(seed("deep", format!("{}1{}", "[".repeat(100), "]".repeat(100))));
    seeds
}

/// The config alone, and with tensors for some.
pub(crate) fn quantizations() -> Vec<Seed> {
    let tensors = r#"{"l.q_proj.qweight":{"dtype":"I32","shape":[16,128],"data_offsets":[0,8192]},"l.q_proj.scales":{"dtype":"F16","shape":[1,128],"data_offsets":[8192,8448]},"l.q_proj.weight_packed":{"dtype":"U8","shape":[4,8],"data_offsets":[8448,8480]}}"#;
    let lines = include_str!("../../tests/vectors/quantization.jsonl").lines();
    let cases = lines.zip(1..).map(|(line, number)| {
        let case: Value = serde_json::from_str(line).expect("a case");
        let config = json!({ "quantization_config": case["config"] });
        seed(format!("case-{number:02}"), format!("{config}\0{tensors}"))
    });
    cases.collect()
}

pub(crate) fn items() -> Vec<Seed> {
    let models = vectors("check", ".input.json").into_iter().map(|(name, bytes)| {
        let case: Value = serde_json::from_slice(&bytes).expect("a case");
        seed(name, case["model"].to_string())
    });
    let pages = vectors("page", ".page").into_iter().filter(|(_, bytes)| bytes.len() < 4000);
    models.chain(pages).collect()
}

pub(crate) fn arguments() -> Vec<Seed> {
    let worker = json!({ "architectures": ["llama"], "formats": ["gguf", { "format": "onnx", "confidence": "low" }], "quantizations": ["awq"], "maxContextLength": 4096, "contextPolicy": "cap" });
    let metadata = json!({ "id": "a/b", "architecture": "llama", "format": "gguf", "variants": [{ "name": "Q4_K_M" }], "parameters": "7B", "maxContextLength": 8192 });
    let query = json!({ "search": "llama 7b", "task": "text-generation", "author": "meta", "filter": ["gguf"], "sort": "downloads" });
    let answer = json!({ "status": 200, "link": "</api/models?cursor=x>; rel=\"next\"", "url": "http://localhost/api/models" });
    let gated = json!({ "status": 403, "errorCode": "GatedRepo", "errorMessage": "no" });
    vec![
        seed("worker", worker.to_string()),
        seed("metadata", metadata.to_string()),
        seed("query", query.to_string()),
        seed("answer", format!("{answer}\0[{{\"id\":\"a/b\"}}]")),
        seed("gated", format!("{gated}\0{{\"error\":\"no\"}}")),
        seed("id", "meta-llama/Llama-3.1-8B"),
        seed("id-that-leaves", "../..//%2e%2e"),
        seed("address", "https://user:pass@localhost:3000/hub/?x#y"),
    ]
}

/// The files of a folder of `tests/vectors` by their names without the ending.
fn vectors(folder: &str, ending: &str) -> Vec<Seed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(ending)?.to_owned();
        Some((name, std::fs::read(&path).expect("a file")))
    };
    files.into_iter().filter_map(read).collect()
}
