//! Random tables, from a seed, and random queries.

use hubfit::catalog::field::{NameField, NamesField, NumberField};
use hubfit::catalog::{Builder, Row, Table};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Numbers from a seed (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % end
    }

    /// Small numbers far more often than large ones.
    pub(crate) fn skewed(&mut self, end: u64) -> u64 {
        let first = self.below(end) + 1;
        self.below(first)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// How many names a field has: few, as many as a byte holds, more than have bits.
pub(crate) fn variety(field: &str) -> u64 {
    match field {
        "family" => 300,
        "tags" => 120,
        "quantizations" => 30,
        "languages" => 60,
        "formats" => 12,
        "task" => 20,
        _ => 5,
    }
}

fn id(random: &mut Random, rows: u64) -> String {
    let name = random.below(rows * 2 + 3);
    if random.chance(5) {
        format!("n{name}")
    } else {
        format!("{}/n{name}", ["a", "b", "c-d", "z"][random.below(4) as usize])
    }
}

fn row(random: &mut Random, rows: u64) -> Row {
    let mut row = Row { id: id(random, rows), ..Row::default() };
    row.base = random.chance(40).then(|| id(random, rows / 4));
    for field in NameField::ALL {
        if *field != NameField::Author && random.chance(80) {
            row.name[*field as usize] = Some(format!("x{}", random.skewed(variety(field.name()))));
        }
    }
    for field in NamesField::ALL {
        let count = random.skewed(6);
        let name = |_| format!("x{}", random.skewed(variety(field.name())));
        row.names[*field as usize] = (0..count).map(name).collect();
    }
    for field in NumberField::ALL {
        let number = match random.below(4) {
            0 => None,
            1 => Some(random.below(6) as f64),
            2 => Some(random.below(5000) as f64 * 0.7),
            _ => Some(random.below(1 << 36) as f64),
        };
        row.number[*field as usize] = number;
    }
    row
}

pub(crate) fn table(seed: u64, rows: u64) -> Table {
    let mut random = Random(seed);
    let mut builder = Builder::default();
    for _ in 0..rows {
        builder.push(&row(&mut random, rows));
    }
    let tiers: &[u32] = if random.chance(50) { &[] } else { &[7, 40] };
    builder.finish(tiers)
}

pub(crate) fn fields() -> Vec<&'static str> {
    let names = NameField::ALL.iter().map(|field| field.name());
    let names = names.chain(NamesField::ALL.iter().map(|field| field.name()));
    names.chain(NumberField::ALL.iter().map(|field| field.name())).collect()
}

fn name(field: &'static str) -> BoxedStrategy<Value> {
    if field == "author" {
        return prop::sample::select(vec!["a", "b", "c-d", "z", "q"]).prop_map(Value::from).boxed();
    }
    (0..variety(field) * 5 / 4 + 1).prop_map(|number| format!("x{number}").into()).boxed()
}

fn names(field: &'static str) -> BoxedStrategy<Value> {
    let list = || prop::collection::vec(name(field), 0..4).prop_map(Value::from);
    let several = NamesField::ALL.iter().any(|own| own.name() == field);
    let parts = (
        prop::option::of(list()),
        prop::option::of(list()),
        prop::option::of(list()),
        prop::option::of(any::<bool>()),
    );
    let object = parts.prop_map(move |(any, all, none, known)| {
        let mut object = Map::new();
        any.map(|any| object.insert("any".into(), any));
        all.filter(|_| several).map(|all| object.insert("all".into(), all));
        none.map(|none| object.insert("none".into(), none));
        known.map(|known| object.insert("known".into(), known.into()));
        object.into()
    });
    prop_oneof![name(field), list(), object].boxed()
}

fn bound() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-1..7).prop_map(Value::from),
        (0.0..4000.0).prop_map(Value::from),
        (0_u64..1 << 37).prop_map(Value::from),
        Just(Value::Null),
    ]
}

fn range() -> BoxedStrategy<Value> {
    let known = prop::option::weighted(0.2, any::<bool>());
    (bound(), bound(), known)
        .prop_map(|(min, max, known)| json!({ "min": min, "max": max, "known": known }))
        .boxed()
}

fn condition() -> BoxedStrategy<(String, Value)> {
    prop::sample::select(fields())
        .prop_flat_map(|field| {
            let number = NumberField::ALL.iter().any(|own| own.name() == field);
            let value = if number { range() } else { names(field) };
            (Just(field.to_owned()), value)
        })
        .boxed()
}

fn fit_condition() -> BoxedStrategy<(String, Value)> {
    let classes = prop::sample::subsequence(vec!["full", "partial", "no", "unknown"], 0..4);
    classes.prop_map(|classes| ("fit".to_owned(), classes.into())).boxed()
}

fn level(inner: BoxedStrategy<(String, Value)>, most: usize) -> BoxedStrategy<Value> {
    prop::collection::vec(inner, 0..=most)
        .prop_map(|all| Value::Object(all.into_iter().collect()))
        .boxed()
}

fn filters() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![9 => condition(), 1 => fit_condition()].boxed();
    let nested = leaf.clone().prop_recursive(3, 12, 3, |inner| {
        let level = level(inner.boxed(), 2);
        prop_oneof![
            prop::collection::vec(level.clone(), 0..3)
                .prop_map(|all| ("and".to_owned(), all.into())),
            prop::collection::vec(level.clone(), 0..3)
                .prop_map(|all| ("or".to_owned(), all.into())),
            level.prop_map(|level| ("not".to_owned(), level)),
        ]
    });
    level(prop_oneof![4 => leaf, 1 => nested].boxed(), 4)
}

fn facet() -> BoxedStrategy<Value> {
    let mut all = fields();
    all.push("fit");
    let field = || prop::sample::select(all.clone());
    let more =
        (field(), 0..12_u64, any::<bool>(), prop::sample::select(vec!["", "X1", "2"]), 1..30_u64);
    prop_oneof![
        field().prop_map(Value::from),
        more.prop_map(|(field, top, by_name, search, buckets)| {
            let order = if by_name { "name" } else { "count" };
            json!({ "field": field, "top": top, "order": order, "search": search, "buckets": buckets })
        }),
    ]
    .boxed()
}

fn key() -> BoxedStrategy<Value> {
    let several = |field: &&str| !NamesField::ALL.iter().any(|own| own.name() == *field);
    let sortable: Vec<&str> = fields().into_iter().filter(several).collect();
    let by = (prop::sample::select(sortable.clone()), prop::sample::select(vec!["asc", "desc"]));
    prop_oneof![
        1 => Just(json!("relevance")),
        1 => Just(json!("fit")),
        2 => prop::sample::select(sortable).prop_map(Value::from),
        4 => by.prop_map(|(by, order)| json!({ "by": by, "order": order })),
    ]
    .boxed()
}

fn fit() -> BoxedStrategy<Value> {
    let amount = || prop_oneof![1 => Just(0.0), 4 => 0.0..5000.0, 4 => 0.0..1e11];
    let runtime = prop::option::weighted(0.3, 0..6);
    (amount(), amount(), 0..20_u32, 0.0..1.0, runtime)
        .prop_map(|(gpu, ram, context, factor, runtime)| {
            let runtime = runtime.map(|runtime| format!("x{runtime}"));
            json!({ "gpu": gpu, "ram": ram, "context": context, "cacheFactor": factor, "runtime": runtime })
        })
        .boxed()
}

fn page() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(json!({})),
        (0..30_u32, 0..40_u32)
            .prop_map(|(limit, offset)| json!({ "limit": limit, "offset": offset })),
    ]
    .boxed()
}

prop_compose! {
    pub(crate) fn query()(
        filters in filters(),
        fit in fit(),
        facets in prop::collection::vec(facet(), 0..6),
        sort in prop::collection::vec(key(), 0..3),
        page in page(),
        text in any::<bool>(),
        group in prop::bool::weighted(0.2),
    ) -> Value {
        let mut query = json!({ "where": filters, "fit": fit, "facets": facets, "sort": sort, "page": page });
        if text {
            query["text"] = "something".into();
        }
        if group {
            query["group"] = "base".into();
        }
        query
    }
}

/// A sequence of queries as somebody asks them: each is like the last, but for one part.
pub(crate) fn session() -> impl Strategy<Value = Vec<Value>> {
    let step = (0..6_usize, query());
    (query(), prop::collection::vec(step, 0..5)).prop_map(|(first, steps)| {
        let mut queries = vec![first];
        for (part, other) in steps {
            let part = ["where", "fit", "facets", "sort", "page", "text"][part];
            let mut next = queries[queries.len() - 1].clone();
            next[part] = other[part].clone();
            queries.push(next);
        }
        queries
    })
}
