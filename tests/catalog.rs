//! A catalog answers what a plain loop over its rows answers.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a test may fail loudly, and the plain loop shall be plain"
)]

#[path = "catalog/naive.rs"]
mod naive;
#[path = "catalog/random.rs"]
mod random;

use hubfit::catalog::{Answer, Bits, Engine, Group, Matches, Query};
use hubfit::model::json::Writer;
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
    told(&engine.query(&query, matches.as_ref()).unwrap())
}

/// An answer as it is written, with what is written by row.
fn told(answer: &Answer) -> Value {
    let mut out = Writer::default();
    out.open(b'{');
    answer.write(&mut out);
    out.key("fits").open(b'[');
    for fits in &answer.fits {
        out.open(b'{');
        fits.write(&mut out);
        out.close(b'}');
    }
    out.close(b']');
    out.close(b'}');
    let mut told: Value = serde_json::from_str(&out.finish()).unwrap();
    told["rows"] = json!(answer.rows);
    told["groups"] = answer.groups.iter().map(group).collect();
    told
}

/// Numbers as JavaScript has them, of one kind.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(list) => list.iter().map(plain).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        other => other.clone(),
    }
}

fn group(group: &Group) -> Value {
    match group.best {
        Some(best) => json!({ "members": group.members, "best": best }),
        None => json!({ "members": group.members }),
    }
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
            let [found, expected] = [&found, &expected].map(|answer| plain(&answer[part]));
            assert_eq!(found, expected, "{part} of {query}");
        }
    }
}

proptest! {
    /// Bits end with the last row that was put, so two rows of them are seldom of one length.
    #[test]
    fn rows_that_two_have_are_counted_whatever_their_lengths(
        one in prop::collection::btree_set(0_u32..700, 0..40),
        other in prop::collection::btree_set(0_u32..700, 0..40),
    ) {
        let [these, those] = [&one, &other].map(|rows| rows.iter().copied().collect::<Bits>());
        prop_assert_eq!(these.count_both(&those) as usize, one.intersection(&other).count());
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
    fn answers_over_thousands_of_rows_equal_a_plain_loop(
        seed in any::<u32>(), rows in 4000..9500_u64, removed in 0..40_u64, queries in random::session()
    ) {
        check(seed.into(), rows, removed, &queries);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// Where a bound moves, all facets are counted from what they were before.
    #[test]
    fn answers_while_sliders_move_equal_a_plain_loop(
        seed in any::<u32>(), rows in 0..1000_u64, removed in 0..4_u64, bounds in prop::collection::vec(0.0..4000.0, 2..6),
    ) {
        let query = |bound: &f64| json!({
            "where": { "parameters": { "max": bound }, "fit": ["full", "unknown"], "task": ["x0", "x1"] },
            "fit": { "gpu": bound * 1e10, "context": 1 },
            "facets": random::fields(),
        });
        let queries: Vec<Value> = bounds.iter().map(query).collect();
        check(seed.into(), rows, removed, &queries);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The page is at the beginning of the order, which is kept, or behind it.
    #[test]
    fn a_page_is_found_wherever_in_the_order_it_is(
        seed in any::<u32>(), rows in 300..900_u64, removed in 0..20_u64, query in random::query()
    ) {
        check(seed.into(), rows, removed, &vec![query; 3]);
    }

    /// A page far behind sorts all rows, which then are taken as they are sorted.
    #[test]
    fn a_page_is_the_same_before_and_after_all_rows_were_sorted(
        seed in any::<u32>(), rows in 0..300_u64, query in random::query()
    ) {
        let mut far = query.clone();
        far["page"] = json!({ "limit": 1, "offset": 5000 });
        check(seed.into(), rows, 0, &[query.clone(), query.clone(), far, query]);
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

fn refused(query: &str) -> String {
    Query::parse(query.as_bytes()).unwrap_err().to_string()
}

#[test]
fn wrong_queries_are_told_where_and_what() {
    for (query, message) in [
        ("[]", "query: expected an object, found a list"),
        (
            r#"{"wher":{}}"#,
            r#"query: unknown key "wher"; known are text, where, fit, facets, sort, page, group"#,
        ),
        (
            r#"{"where":{"licence":"mit"}}"#,
            r#"query.where.licence: expected a field, found "licence"; nearest are license"#,
        ),
        (
            r#"{"where":{"or":[{"task":{"any":"x","som":"y"}}]}}"#,
            r#"query.where.or[0].task: unknown key "som"; known are any, none, known"#,
        ),
        (
            r#"{"where":{"task":7}}"#,
            "query.where.task: expected a name, a list of names, or an object with any, all, none, known, found 7",
        ),
        (
            r#"{"where":{"likes":{"min":"7"}}}"#,
            r#"query.where.likes.min: expected a number, found "7""#,
        ),
        (
            r#"{"where":{"not":[]}}"#,
            "query.where.not: expected an object of conditions, found a list",
        ),
        (
            r#"{"where":{"fit":"full"}}"#,
            "query.where.fit: expected query.fit with the memory there is, found none",
        ),
        (
            r#"{"fit":{"gpu":1},"where":{"fit":"ful"}}"#,
            r#"query.where.fit: expected one or several of full, partial, no, unknown, found "ful""#,
        ),
        (r#"{"fit":{"ram":1}}"#, "query.fit.gpu: expected bytes of memory, found nothing"),
        (r#"{"fit":{"gpu":-1}}"#, "query.fit.gpu: expected a number of at least 0, found -1"),
        (
            r#"{"sort":["languages"]}"#,
            "query.sort[0]: languages has several names a row: no order follows",
        ),
        (
            r#"{"sort":[{"by":"relevance","order":"asc"}]}"#,
            "query.sort[0].by: relevance has one order only, the best first",
        ),
        (
            r#"{"facets":[{"field":"task","top":99999}]}"#,
            "query.facets[0].top: expected at most 10000, found 99999",
        ),
        (r#"{"page":{"limit":1e9}}"#, "query.page.limit: expected at most 10000, found 1000000000"),
        (r#"{"group":"author"}"#, r#"query.group: expected one of base, found "author""#),
    ] {
        assert_eq!(refused(query), message, "{query}");
    }
}

#[test]
fn hostile_queries_are_refused() {
    let deep = format!("{}{{}}{}", r#"{"not":"#.repeat(17), "}".repeat(17));
    assert!(refused(&format!(r#"{{"where":{deep}}}"#)).contains("at most 16 conditions inside"));
    let wide = vec![r#"{"task":"x"}"#; 300].join(",");
    assert!(refused(&format!(r#"{{"where":{{"or":[{wide}]}}}}"#)).contains("at most 256"));
    let names = vec![r#""x""#; 2000].join(",");
    assert!(refused(&format!(r#"{{"where":{{"task":[{names}]}}}}"#)).contains("at most 1,024"));
    let facets = vec![r#""task""#; 65].join(",");
    assert!(refused(&format!(r#"{{"facets":[{facets}]}}"#)).contains("at most 64"));
    let text = "x".repeat(2000);
    assert!(refused(&format!(r#"{{"text":"{text}"}}"#)).contains("at most 1024"));
    refused(&r#"{"where":{"and":[{"#.repeat(100_000));
    let bottomless = [5, 1, 0, 0, 0].repeat(100_000);
    assert!(Query::decode(&bottomless).is_err());
    let keys: Vec<String> = (0..2000).map(|key| format!(r#""{key}":1"#)).collect();
    assert!(refused(&format!("{{{}}}", keys.join(","))).contains("at most 1,024 keys"));
}

#[test]
fn cursors_of_other_orders_are_refused() {
    let mut engine = Engine::new(random::table(1, 50));
    for after in ["", "x", "1", "1.2.a/n1x", "99999999999.a/n1"] {
        let query =
            json!({ "sort": ["likes", "downloads", "created"], "page": { "after": after } });
        let query = Query::parse(query.to_string().as_bytes()).unwrap();
        let message = engine.query(&query, None).unwrap_err().to_string();
        assert!(message.starts_with("query.page.after: expected a cursor"), "{message}");
    }
}

/// Values as `ts/catalog/query-bytes.ts` hands them over.
fn bytes(value: &Value, out: &mut Vec<u8>) {
    let text = |text: &str, out: &mut Vec<u8>| {
        out.extend((text.len() as u32).to_le_bytes());
        out.extend(text.as_bytes());
    };
    match value {
        Value::Null => out.push(0),
        Value::Bool(flag) => out.push(if *flag { 2 } else { 1 }),
        Value::Number(number) => {
            out.push(3);
            out.extend(number.as_f64().unwrap().to_le_bytes());
        }
        Value::String(string) => {
            out.push(4);
            text(string, out);
        }
        Value::Array(items) => {
            out.push(5);
            out.extend((items.len() as u32).to_le_bytes());
            for item in items {
                bytes(item, out);
            }
        }
        Value::Object(entries) => {
            out.push(6);
            out.extend((entries.len() as u32).to_le_bytes());
            for (key, value) in entries {
                text(key, out);
                bytes(value, out);
            }
        }
    }
}

proptest! {
    #[test]
    fn a_query_is_the_same_from_json_and_from_bytes(query in random::query(), cut in any::<prop::sample::Index>()) {
        let mut told = Vec::new();
        bytes(&query, &mut told);
        prop_assert_eq!(
            Query::decode(&told).unwrap(),
            Query::parse(query.to_string().as_bytes()).unwrap()
        );
        // Less than all is refused, and so is more.
        prop_assert!(Query::decode(&told[..cut.index(told.len())]).is_err());
        told.push(0);
        prop_assert!(Query::decode(&told).is_err());
    }

    #[test]
    fn no_bytes_make_values_panic(bytes in prop::collection::vec(0_u8..8, 0..200)) {
        let _ = Query::decode(&bytes);
    }

    #[test]
    fn no_bytes_make_a_query_panic(bytes in prop::collection::vec(prop::sample::select(
        br#"{}[]":,1-wheretaskfitnot "#.to_vec()), 0..80)) {
        let _ = Query::parse(&bytes);
    }

    #[test]
    fn no_cursor_makes_an_engine_panic(after in "\\PC{0,30}", query in random::query()) {
        let mut query = query;
        query["page"]["after"] = after.into();
        let query = Query::parse(query.to_string().as_bytes()).unwrap();
        let _ = Engine::new(random::table(1, 50)).query(&query, None);
    }
}
