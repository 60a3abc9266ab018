//! How fast headers are read natively, and what a first read costs: `cargo bench --bench headers`.
//!
//! GGUF is held against a plain scan of the length prefixes, safetensors against a general JSON value of the
//! same bytes. First reads are tried on the vocabularies that `node scripts/vocabularies.mjs` fetches.

#![expect(clippy::expect_used, reason = "a measurement may fail loudly")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "it measures, and says so"
)]

use hubfit::format::gguf::GgufReader;
use hubfit::format::safetensors::SafetensorsReader;
use hubfit::format::{Reader, Step};
use std::time::{Duration, Instant};

fn main() {
    for tokens in [131_072, 262_144] {
        let bytes = gguf(tokens);
        let ours = time(|| read(GgufReader::new(None), &bytes));
        let scan = time(|| scan(&bytes, tokens));
        println!("gguf, {tokens} tokens, {} bytes: {ours:?}; plain scan: {scan:?}", bytes.len());
    }
    for tensors in [1_000, 60_000] {
        let bytes = safetensors(tensors);
        let json = bytes.get(8..).unwrap_or_default();
        let ours = time(|| read(SafetensorsReader::new(), &bytes));
        let value =
            time(|| serde_json::from_slice::<serde_json::Value>(json).expect("our own JSON"));
        println!(
            "safetensors, {tensors} tensors, {} bytes: {ours:?}; serde_json::Value: {value:?}",
            bytes.len()
        );
    }
    first_reads();
}

/// For each length of the first read: how many reads the real vocabularies take together, and how many bytes.
fn first_reads() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".cache/vocabularies");
    let Ok(files) = std::fs::read_dir(folder) else { return println!("no vocabularies") };
    let paths = files.map(|file| file.expect("a file").path());
    let models = paths.filter(|path| path.extension().is_some_and(|name| name == "gguf"));
    let heads: Vec<_> = models.map(|path| std::fs::read(path).expect("a file")).collect();
    for first in [1, 2, 3, 4, 6, 8] {
        let costs: Vec<_> = heads.iter().map(|head| cost(head, first << 20)).collect();
        let bytes: u64 = costs.iter().map(|cost| cost.1).sum();
        let (reads, most) =
            (costs.iter().map(|cost| cost.0), costs.iter().map(|cost| cost.1).max());
        let once = reads.clone().filter(|reads| *reads == 1).count();
        println!(
            "first read of {first} MiB, {} vocabularies: {once} in one, {} reads, {} kB, {} kB at most",
            heads.len(),
            reads.sum::<u64>(),
            bytes / 1000,
            most.unwrap_or_default() / 1000,
        );
    }
}

/// Reads and bytes of a header with weights behind it, which are zeros.
fn cost(head: &[u8], first: u64) -> (u64, u64) {
    const WEIGHTS: u64 = 4_000_000_000;
    let mut reader = GgufReader::new(Some(head.len() as u64 + WEIGHTS)).first_read(first);
    let (mut wanted, mut reads, mut bytes) = (reader.start(), 0, 0);
    loop {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(head.len());
        let length = wanted.end - wanted.start;
        let mut read =
            head.get(place(wanted.start)..place(wanted.end)).unwrap_or_default().to_vec();
        read.resize(usize::try_from(length).unwrap_or(0), 0);
        (reads, bytes) = (reads + 1, bytes + length);
        match reader.feed(&read).expect("a real file") {
            Step::Need(more) => wanted = more,
            Step::Done(_) => return (reads, bytes),
        }
    }
}

/// The middle of 21 runs.
fn time<T>(mut run: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..21).map(once).collect();
    times.sort();
    times.get(10).copied().unwrap_or_default()
}

fn read<R: Reader>(mut reader: R, file: &[u8]) -> R::Facts {
    let mut wanted = reader.start();
    loop {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
        let bytes = file.get(place(wanted.start)..place(wanted.end)).unwrap_or_default();
        match reader.feed(bytes).expect("our own file") {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return facts,
        }
    }
}

/// The vocabulary's list begins after the header, the first key and the list's own key, type and length.
const TOKENS_AT: usize = 24 + (8 + 20 + 4 + 8 + 5) + (8 + 21 + 4 + 4 + 8);

/// A header whose one long list is a vocabulary, as ggml `docs/gguf.md` lays it out.
fn gguf(tokens: usize) -> Vec<u8> {
    let mut out = b"GGUF\x03\0\0\0".to_vec();
    out.extend(0_u64.to_le_bytes());
    out.extend(2_u64.to_le_bytes());
    put_text(&mut out, "general.architecture");
    out.extend(8_u32.to_le_bytes());
    put_text(&mut out, "llama");
    put_text(&mut out, "tokenizer.ggml.tokens");
    out.extend(9_u32.to_le_bytes());
    out.extend(8_u32.to_le_bytes());
    out.extend((tokens as u64).to_le_bytes());
    for token in 0..tokens {
        put_text(&mut out, &format!("t{:x}", token.wrapping_mul(2_654_435_761) % 1_000_003));
    }
    out
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

/// The least that anybody must do to find where a vocabulary ends.
fn scan(bytes: &[u8], tokens: usize) -> usize {
    let mut at = TOKENS_AT;
    for _ in 0..tokens {
        let length = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>);
        at += 8 + usize::try_from(u64::from_le_bytes(*length.expect("inside"))).unwrap_or(0);
    }
    assert_eq!(at, bytes.len());
    at
}

/// A header as a mixture of experts has it, in the order of its names, as writers put it.
fn safetensors(tensors: u64) -> Vec<u8> {
    let name = |at| format!("model.layers.{}.mlp.experts.{}.down_proj.weight", at / 384, at % 384);
    let mut names: Vec<String> = (0..tensors).map(name).collect();
    names.sort();
    let entries: Vec<_> = names.iter().zip(0_u64..).map(|(name, at)| entry(name, at)).collect();
    let json = format!("{{{}}}", entries.join(","));
    [&(json.len() as u64).to_le_bytes(), json.as_bytes()].concat()
}

fn entry(name: &str, at: u64) -> String {
    const SIZE: u64 = 7168 * 2048 * 2;
    let (start, end) = (at * SIZE, (at + 1) * SIZE);
    format!(r#""{name}":{{"dtype":"BF16","shape":[7168,2048],"data_offsets":[{start},{end}]}}"#)
}
