//! A catalog answers what a plain loop over its rows answers.

#![cfg(not(target_arch = "wasm32"))]

#[path = "catalog/naive.rs"]
mod naive;
#[path = "catalog/random.rs"]
mod random;

use hubfit::catalog::{Engine, Matches, Query};
use naive::Naive;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a search could have found: other rows for each query.
fn matches(query: &Value, seed: u64, rows: usize) -> Option<Vec<(u32, f32)>> {
    query["text"].as_str().filter(|text| !text.is_empty())?;
    let mut random = random::Random(seed);
    let rows = 0..u32::try_from(rows).unwrap();
    let found: Vec<u32> = rows.filter(|_| random.below(3) > 0).collect();
    Some(found.into_iter().map(|row| (row, random.below(8) as f32 - 2.0)).collect())
}

fn ask(engine: &mut Engine, query: &Value, found: Option<&Vec<(u32, f32)>>) -> Value {
    let query = Query::parse(query.to_string().as_bytes()).unwrap();
    let matches = found.map(|found| {
        let (rows, scores) = found.iter().copied().unzip();
        Matches { rows, scores }
    });
    serde_json::to_value(engine.query(&query, matches.as_ref()).unwrap()).unwrap()
}

fn check(seed: u64, rows: u64, removed: u64, queries: &[Value]) {
    let mut random = random::Random(seed ^ 1);
    let mut engine = Engine::new(random::table(seed, rows));
    let length = engine.table().len();
    let removed: BTreeSet<u32> = (0..removed).map(|_| random.below(rows + 3) as u32).collect();
    engine.change(|table| table.removed = removed.iter().copied().collect());
    let all = (0..length).map(|row| engine.table().row(row)).collect();
    let mut naive = Naive { rows: all, removed, matches: None };
    for (query, seed) in queries.iter().zip(seed..) {
        naive.matches = matches(query, seed, length);
        let expected = naive.answer(query);
        let mut found = ask(&mut engine, query, naive.matches.as_ref());
        found.as_object_mut().unwrap().remove("next");
        for part in ["total", "rows", "facets", "fits", "groups", "partial"] {
            assert_eq!(found[part], expected[part], "{part} of {query}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn answers_equal_a_plain_loop(
        seed in any::<u32>(), rows in 0..300_u64, removed in 0..4_u64, queries in random::session()
    ) {
        check(seed.into(), rows, removed, &queries);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn answers_over_several_blocks_of_rows_equal_a_plain_loop(
        seed in any::<u32>(), rows in 4000..9500_u64, removed in 0..40_u64, queries in random::session()
    ) {
        check(seed.into(), rows, removed, &queries);
    }
}

proptest! {
    #[test]
    fn pages_by_cursor_follow_each_other(seed in any::<u32>(), rows in 0..120_u64, limit in 1..9_u64, query in random::query()) {
        let mut engine = Engine::new(random::table(seed.into(), rows));
        let length = engine.table().len();
        let all = (0..length).map(|row| engine.table().row(row)).collect();
        let matches = matches(&query, seed.into(), length);
        let naive = Naive { rows: all, removed: BTreeSet::new(), matches };
        let (expected, _) = naive.all(&query);
        let mut query = query;
        let mut found = Vec::new();
        query["page"] = json!({ "limit": limit });
        loop {
            let answer = ask(&mut engine, &query, naive.matches.as_ref());
            let page: Vec<usize> = serde_json::from_value(answer["rows"].clone()).unwrap();
            found.extend(page);
            let Some(next) = answer["next"].as_str() else { break };
            prop_assert!(found.len() < expected.len(), "a cursor after the last row");
            query["page"] = json!({ "limit": limit, "after": next });
        }
        prop_assert_eq!(found, expected);
    }
}
