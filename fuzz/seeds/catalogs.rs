//! Snapshots of a few models.

use crate::{Seed, seed};
use hubfit::catalog::{Builder, Row, Table, snapshot};

const ROWS: [&str; 4] = [
    r#"{"id":"a/one","family":"llama","task":"text-generation","formats":["gguf"],"quantizations":["Q4_K_M","Q8_0"],"parameters":8e9,"downloads":9}"#,
    r#"{"id":"a/two","base":"a/one","relation":"finetune","tags":["chat","code"],"smallestSize":5e9,"recommendedSize":5e9,"created":1700000000,"updated":1700000060}"#,
    r#"{"id":"b/three","base":"a/one","license":"mit","licenseClass":"open","languages":["de","en"],"context":8192,"likes":2}"#,
    r#"{"id":"gpt2"}"#,
];

pub(crate) fn shards() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut table = Table::default();
    for (at, shard) in snapshot::write(&built(&ROWS)).into_iter().enumerate() {
        table.append(&shard.bytes).expect("what was written");
        seeds.push(seed(format!("tier-{at}"), shard.bytes));
    }
    let many: Vec<String> =
        (0..200).map(|at| format!(r#"{{"id":"x/{at}","tags":["t{}"],"parameters":{}}}"#, at % 90, at % 7)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for shard in snapshot::write(&built(&many)) {
        seeds.push(seed("many", shard.bytes));
    }
    let delta = snapshot::diff(&table, &built(&ROWS[1..])).expect("a delta of what was read");
    seeds.push(seed("delta", delta.bytes));
    seeds
}

fn built(rows: &[&str]) -> Table {
    let mut builder = Builder::default();
    for row in rows {
        builder.push(&Row::from_json(row.as_bytes()).expect("a row"));
    }
    builder.finish(&[])
}
