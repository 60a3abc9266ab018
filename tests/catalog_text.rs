//! The catalog's text search, against a reading of the same rules row by row over strings.

#[path = "catalog_text/ids.rs"]
mod ids;
#[path = "catalog_text/naive.rs"]
mod naive;

use hubfit::catalog::text::{Needle, Text, scan, terms};
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
    rows.iter().for_each(|row| builder.push(row));
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
    fn no_query_is_too_strange(query in any::<String>(), rows in rows()) {
        let table = table(&rows);
        let matches = Text::default().search(&table, &query);
        prop_assert_eq!(matches.rows, naive::search(&table, &query));
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
