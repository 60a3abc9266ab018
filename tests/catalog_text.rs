//! The catalog's text search, against a reading of the same rules row by row over strings.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]
#![expect(clippy::float_cmp, reason = "sums of whole numbers are exact")]

#[path = "catalog_text/ids.rs"]
mod ids;
#[path = "catalog_text/naive.rs"]
mod naive;

use hubfit::catalog::text::{
    Needle, Text, highlights, matrix, pipelines, scan, terms, trending_tags,
};
use hubfit::catalog::{Builder, Row, Table};
use proptest::prelude::*;

const AUTHOR: &str = "[a-cA-C]{1,4}(-[ab]{1,2})?";
const NAME: &str = "([a-cA-C12]{1,6}[-_. ]?){0,3}[é/a-c0-9.]{0,5}";

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let id = prop_oneof![
        5 => (AUTHOR, NAME).prop_map(|(author, name)| format!("{author}/{name}")),
        1 => "[a-cA-C12.-]{1,8}",
    ];
    let word = proptest::option::of("[a-c]{1,9}(-[a-c1.2]{1,6})?");
    let tags = proptest::collection::vec("[a-cA-C:_-]{1,8}", 0..3);
    let row = (id, word.clone(), word.clone(), tags, 0_u32..1000).prop_map(
        |(id, family, task, tags, downloads)| {
            let mut row = Row { id, ..Row::default() };
            row.name[1] = family;
            row.name[2] = task;
            row.names[5] = tags;
            row.number[6] = Some(f64::from(downloads));
            row
        },
    );
    proptest::collection::vec(row, 0..60)
}

fn query() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        6 => "[a-cA-C12.]{1,6}",
        2 => "[a-c]{4,10}",
        2 => "[a-c]{0,3}/[a-c1]{0,3}",
        1 => "\"[a-c1 ]{0,6}\"?",
        1 => "[é\"/. _-]{1,3}",
    ];
    let excluded = prop_oneof![4 => Just(""), 1 => Just("-")];
    let term = (excluded, term).prop_map(|(excluded, term)| format!("{excluded}{term}"));
    proptest::collection::vec(term, 0..4).prop_map(|terms| terms.join(" "))
}

fn table(rows: &[Row]) -> Table {
    let mut builder = Builder::default();
    for row in rows {
        builder.push(row);
    }
    builder.finish(&[5, 10])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn scanning_finds_what_a_window_finds(text in "[abAB ._-]{0,120}", needle in "[ab]([ab ]{0,3}[ab])?") {
        let needle = Needle::new(needle.as_bytes());
        let mut found = Vec::new();
        scan(text.as_bytes(), &needle, &mut |at| found.push(at));
        prop_assert_eq!(found, naive::places(&text, std::str::from_utf8(needle.bytes()).unwrap()));
    }

    #[test]
    fn search_finds_what_reading_every_row_finds(rows in rows(), queries in proptest::collection::vec(query(), 1..4)) {
        let table = table(&rows);
        let mut text = Text::default();
        for query in &queries {
            let matches = text.search(&table, query);
            prop_assert_eq!(&matches.rows, &naive::search(&table, query), "{:?}", query);
            prop_assert_eq!(matches.scores.len(), matches.rows.len());
            prop_assert!(matches.scores.iter().all(|score| score.is_finite() && *score >= 0.0));
            prop_assert_eq!(text.matching(&table, query).rows, matches.rows);
        }
    }

    #[test]
    fn typing_on_finds_what_typing_at_once_finds(rows in rows(), query in query()) {
        let table = table(&rows);
        let mut typing = Text::default();
        for (end, _) in query.char_indices().chain([(query.len(), ' ')]) {
            let so_far = &query[..end];
            prop_assert_eq!(typing.search(&table, so_far), Text::default().search(&table, so_far));
        }
    }

    #[test]
    fn highlights_are_where_the_terms_are(id in NAME, query in query()) {
        let marked = highlights(&id, &query);
        let inside: Vec<bool> = (0..id.len())
            .map(|at| marked.iter().any(|(start, end)| (*start..*end).contains(&u32::try_from(at).unwrap())))
            .collect();
        for term in terms(&query).iter().filter(|term| !term.excluded) {
            let needle = std::str::from_utf8(term.needle.bytes()).unwrap();
            for at in naive::places(&id, needle) {
                prop_assert!(inside[at..at + needle.len()].iter().all(|inside| *inside));
            }
        }
        prop_assert!(marked.iter().all(|(start, end)| id.get(*start as usize..*end as usize).is_some()));
        prop_assert!(marked.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    /// Whether words are gathered at once or by a few names at a time makes no difference.
    #[test]
    fn preparing_changes_no_answer(rows in rows(), query in query(), names in 1_usize..20) {
        let table = table(&rows);
        let mut prepared = Text::default();
        let steps = (1..1000).find(|_| prepared.prepare(&table, names)).unwrap();
        prop_assert!(steps <= 2 * (table.len().div_ceil(names) + 1));
        let mut at_once = Text::default();
        prop_assert_eq!(prepared.suggest(&table, &query, 10), at_once.suggest(&table, &query, 10));
        prop_assert_eq!(prepared.similar(&table, 0, 10), at_once.similar(&table, 0, 10));
        prop_assert_eq!(prepared.size(), at_once.size());
    }

    #[test]
    fn suggestions_begin_with_what_was_typed(rows in rows(), prefix in "[a-cA-C1]{1,4}(/[ab])?", limit in 0_usize..12) {
        let table = table(&rows);
        let mut text = Text::default();
        let found = text.suggest(&table, &prefix, limit);
        prop_assert!(found.len() <= limit);
        for one in &found {
            let text = one.text.to_ascii_lowercase();
            let own = if one.kind == "model" && !prefix.contains('/') {
                text.split_once('/').map_or(text.as_str(), |(_, name)| name).to_owned()
            } else {
                text
            };
            prop_assert!(own.starts_with(&prefix.to_ascii_lowercase()), "{one:?}");
            prop_assert_eq!((one.count, f64::from(one.downloads)), naive::uses(&table, one.kind, &one.text), "{:?}", one);
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].downloads >= pair[1].downloads));
        prop_assert_eq!(found.len(), limit.min(naive::suggestions(&table, &prefix)));
    }

    #[test]
    fn likeness_is_a_cosine(rows in rows(), row in 0_usize..60) {
        let table = table(&rows);
        let mut text = Text::default();
        let found = text.similar(&table, row, 1000);
        prop_assert!(found.iter().all(|(_, cosine)| *cosine > 0.0 && *cosine <= 1.0));
        prop_assert!(found.iter().all(|(other, _)| *other as usize != row));
        for (other, cosine) in &found {
            let back = text.similar(&table, *other as usize, 1000);
            let same = back.iter().find(|(own, _)| *own as usize == row).map(|(_, cosine)| *cosine);
            prop_assert!(same.is_some_and(|same| (same - cosine).abs() < 1e-5), "{same:?} {cosine}");
        }
        for pair in found.windows(2) {
            let ids = table.compare_ids(pair[0].0 as usize, pair[1].0 as usize);
            prop_assert!(pair[0].1 > pair[1].1 || pair[0].1 >= pair[1].1 && ids.is_lt());
        }
    }

    #[test]
    fn no_query_is_too_strange(query in any::<String>(), rows in rows()) {
        let table = table(&rows);
        let matches = Text::default().search(&table, &query);
        prop_assert_eq!(matches.rows, naive::search(&table, &query));
        Text::default().suggest(&table, &query, 10);
        Text::default().correct(&table, &query);
        let _ = highlights(&query, &query);
    }
}

#[test]
fn hostile_queries_are_answered() {
    let table = ids::table();
    let mut text = Text::default();
    let long = "a".repeat(10_000);
    let emoji = "🦙".repeat(100);
    let terms = "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(10);
    for query in [long.as_str(), &emoji, &terms, "\u{0}", "/", "//", "---", "- -", "\u{202e}abc"] {
        assert_eq!(text.search(&table, query).rows, naive::search(&table, query), "{query}");
    }
    for query in ["", "\"", "\"\"\"\"\"", "\" \"", "-", "-\"", "   \t\n"] {
        assert_eq!(text.search(&table, query).rows.len(), table.len(), "{query}");
    }
}

#[test]
fn terms_are_read_as_they_are_written() {
    let read = |query: &str| -> Vec<(String, bool, bool)> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let of = |term: &hubfit::catalog::text::Term| {
            (text(term.needle.bytes()), term.excluded, term.quoted)
        };
        terms(query).iter().map(of).collect()
    };
    let term = |text: &str, excluded, quoted| (text.to_owned(), excluded, quoted);
    assert_eq!(read("Qwen2.5  7b"), [term("qwen2.5", false, false), term("7b", false, false)]);
    assert_eq!(read("-gguf"), [term("gguf", true, false)]);
    assert_eq!(
        read("\"Llama 3\" -\"q4 k m\""),
        [term("llama 3", false, true), term("q4 k m", true, true)]
    );
    assert_eq!(read("llama \"3.1  8b"), [term("llama", false, false), term("3.1 8b", false, true)]);
    assert_eq!(read("\"\" - \" \""), []);
    assert_eq!(read("a a A"), [term("a", false, false)]);
}

#[test]
fn the_best_comes_first() {
    for (query, expected) in [
        ("qwen2.5 7b gguf", "Qwen/Qwen2.5-7B-Instruct-GGUF"),
        ("qwen2.5 7b", "Qwen/Qwen2.5-7B"),
        ("llama 3.1 8b", "meta-llama/Llama-3.1-8B"),
        ("llama 3.1 8b instruct", "meta-llama/Llama-3.1-8B-Instruct"),
        ("meta-llama/llama-3.2", "meta-llama/Llama-3.2-1B-Instruct"),
        ("mistrl", "mistralai/Mistral-7B-v0.1"),
        ("misrtal 7b gguf", "TheBloke/Mistral-7B-Instruct-v0.2-GGUF"),
        ("whisper", "openai/whisper-large-v3"),
        ("\"whisper tiny\"", "openai/whisper-tiny"),
        ("bartowski llama", "bartowski/Llama-3.2-3B-Instruct-GGUF"),
        ("automatic-speech", "openai/whisper-large-v3"),
        ("gpt2", "openai-community/gpt2"),
        ("llama -gguf -instruct", "meta-llama/Llama-3.1-8B"),
        ("depseek r1", "deepseek-ai/DeepSeek-R1"),
    ] {
        assert_eq!(ids::first(query).as_deref(), Some(expected), "{query}");
    }
}

#[test]
fn terms_without_a_match_are_corrected() {
    let table = ids::table();
    let mut text = Text::default();
    for (query, expected) in [
        ("mistrl 7b", Some("mistral 7b")),
        ("qwne2.5 gguf", Some("qwen2.5 gguf")),
        ("-instrcut lalma", Some("-instrcut llama")),
        ("wisper \"large v3\"", Some("whisper \"large v3\"")),
        ("bartowsky", Some("bartowski")),
        ("mistral 7b", None),
        ("xyzzyx", None),
        ("", None),
    ] {
        assert_eq!(text.correct(&table, query).as_deref(), expected, "{query}");
    }
}

#[test]
fn marks_stand_where_terms_stand() {
    let id = "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF";
    assert_eq!(highlights(id, "llama 8b"), [(15, 20), (25, 27)]);
    assert_eq!(highlights(id, "\"llama 3.1\""), [(15, 24)]);
    assert_eq!(highlights(id, "bartowski/meta"), [(0, 14)]);
    assert_eq!(highlights(id, "instrcut -llama"), [(28, 36)]);
    assert_eq!(highlights(id, "mistral"), []);
    assert_eq!(highlights("été", "t\u{e9}"), [(2, 5)]);
}

#[test]
fn suggestions_come_by_downloads() {
    let table = ids::table();
    let mut text = Text::default();
    let mut texts = |prefix: &str, limit| -> Vec<(&str, String)> {
        let found = text.suggest(&table, prefix, limit);
        found.into_iter().map(|one| (one.kind, one.text.into_owned())).collect()
    };
    assert_eq!(
        texts("whi", 4),
        [
            ("family", "whisper".to_owned()),
            ("word", "whisper".to_owned()),
            ("model", "openai/whisper-large-v3".to_owned()),
            ("model", "openai/whisper-tiny".to_owned()),
        ]
    );
    assert_eq!(texts("openai/whisper-t", 4), [("model", "openai/whisper-tiny".to_owned())]);
    assert_eq!(texts("automatic", 1), [("task", "automatic-speech-recognition".to_owned())]);
    assert_eq!(texts("", 4), []);
}

#[test]
fn kin_is_most_alike() {
    let table = ids::table();
    let mut text = Text::default();
    let mut alike = |id: &str| -> Vec<String> {
        let found = text.similar(&table, ids::row(&table, id), 3);
        found.iter().map(|(row, _)| table.id(*row as usize)).collect()
    };
    // The base, then what was made of it.
    assert_eq!(alike("Xenova/whisper-tiny")[0], "openai/whisper-tiny");
    assert!(alike("Qwen/Qwen2.5-7B-Instruct")[..2].iter().all(|id| id.contains("Qwen2.5-7B")));
    assert!(alike("meta-llama/Llama-3.1-8B")[0].contains("Llama-3.1-8B-Instruct"));
    assert_eq!(alike("openai-community/gpt2")[0], "someone/my-gpt2-finetuned-on-poems");
}

#[test]
fn tags_trend_by_downloads_where_no_score_is_known() {
    let table = ids::table();
    // No row tells when it was changed.
    assert_eq!(trending_tags(&table, 10), []);
    let mut rows: Vec<Row> = (0..table.len()).map(|row| table.row(row)).collect();
    for row in &mut rows {
        row.number[10] = Some(1_700_000_000.0);
    }
    rows[0].number[10] = Some(1_600_000_000.0);
    let old = rows[0].number[6].unwrap();
    let all = |rows: &[Row], tag: &str, field: usize| -> f64 {
        let with = rows.iter().filter(|row| row.names[5].iter().any(|own| own == tag));
        with.filter_map(|row| row.number[field]).sum()
    };
    let table = self::table(&rows);
    let trending = trending_tags(&table, 2);
    assert_eq!(trending.len(), 2);
    for tag in &trending {
        let own = if rows[0].names[5].iter().any(|own| own == tag.tag) { old } else { 0.0 };
        assert_eq!(tag.score, all(&rows, tag.tag, 6) - own, "{tag:?}");
    }
    rows[3].number[8] = Some(2.5);
    let table = self::table(&rows);
    let trending = trending_tags(&table, 9);
    assert_eq!(trending.iter().map(|tag| tag.tag).collect::<Vec<_>>(), [&rows[3].names[5][0]]);
    assert_eq!(trending[0].score, 2.5);
}

#[test]
fn the_matrix_counts_what_goes_in_and_what_comes_out() {
    let table = ids::table();
    let matrix = matrix(&table);
    let rows: Vec<Row> = (0..table.len()).map(|row| table.row(row)).collect();
    for (input, counts) in matrix.inputs.iter().zip(&matrix.counts) {
        for (output, count) in matrix.outputs.iter().zip(counts) {
            let has = |names: &[String], name: &str| names.iter().any(|own| own == name);
            let both = |row: &&Row| has(&row.names[6], input) && has(&row.names[7], output);
            assert_eq!(rows.iter().filter(both).count(), *count as usize, "{input} {output}");
        }
    }
    assert_eq!(matrix.inputs[0], "text");
}

#[test]
fn tasks_make_chains() {
    let table = ids::table();
    let tasks = |from: &str, to: &str| -> Vec<Vec<String>> {
        let found = pipelines(&table, from, to);
        let tasks = |own: &hubfit::catalog::text::Pipeline| {
            own.steps.iter().map(|step| step.task.to_owned()).collect()
        };
        found.iter().map(tasks).collect()
    };
    let speech = "automatic-speech-recognition".to_owned();
    let draw = "text-to-image".to_owned();
    assert_eq!(tasks("audio", "image")[0], [speech.clone(), draw.clone()]);
    let boxes = tasks("audio", "boxes");
    assert_eq!(boxes, [vec![speech, draw, "object-detection".to_owned()]]);
    assert!(tasks("boxes", "text").is_empty());
    assert!(tasks("smell", "text").is_empty());
    let first = &pipelines(&table, "audio", "image")[0].steps;
    assert_eq!((first[0].count, first[0].model.as_str()), (3, "openai/whisper-large-v3"));
    assert_eq!(
        (first[1].count, first[1].model.as_str()),
        (2, "stabilityai/stable-diffusion-xl-base-1.0")
    );
    assert_eq!((first[0].input, first[0].output), ("audio", "text"));
}
