//! Does it run there: the questions of `tests/vectors/verdicts.jsonl`, one a line, which JavaScript asks too.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads its cases from files")]

use hubfit::compat::runtime::{self, Registries, Subject, Target};
use hubfit::facts::{Facts, find_hardware};
use hubfit::model::listing::ExtraEvidence;
use hubfit::model::{CompatibilityResult, Json, target};
use hubfit::read_model;
use serde_json::Value;

fn questions() -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/verdicts.jsonl");
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn check(question: &Value) -> CompatibilityResult {
    let json = |key: &str| question.get(key).map_or("{}".to_owned(), Value::to_string);
    let (model, evidence) = (json("model"), json("evidence"));
    let item = read_model(model.as_bytes()).unwrap();
    let item = item.with(ExtraEvidence::from_json(evidence.as_bytes()).unwrap());
    let view = |text: &'static str| Json::parse("test", text.as_bytes()).unwrap();
    let (model_view, evidence_view) = (view(model.clone().leak()), view(evidence.clone().leak()));
    let subject =
        Subject::read(&item, model_view, evidence_view, &Registries::of(Facts::embedded()));
    let mut options = question["target"].clone();
    if let Some(name) = options["hardware"].as_str() {
        options["hardware"] = serde_json::to_value(find_hardware(name).unwrap()).unwrap();
    }
    let options = target::Target::from_json(options.to_string().as_bytes()).unwrap();
    let target = Target::new(options, Facts::embedded()).unwrap();
    let verdict = runtime::check(&subject, &target);
    let brief = runtime::assess(&subject, &target);
    assert_eq!(verdict.level, brief.level, "with and without words: {}", question["question"]);
    assert_eq!(verdict.checked.as_ref().unwrap().certainty, brief.certainty);
    verdict
}

#[test]
fn every_question_has_its_answer() {
    let mut wrong = Vec::new();
    for question in questions() {
        let verdict = check(&question);
        let level = serde_json::to_value(verdict.level).unwrap();
        let codes: Vec<_> = verdict.findings.iter().map(|finding| finding.code.as_str()).collect();
        let code = question["code"].as_str();
        let action = question["action"].as_str();
        let told = |action| verdict.recommendations.iter().any(|one| one == action);
        if level != question["level"]
            || code.is_some_and(|code| !codes.contains(&code))
            || action.is_some_and(|action| !told(action))
        {
            wrong.push(format!(
                "{}\n    found {level} {codes:?} {:?} {:?}",
                question["question"], verdict.reasons, verdict.recommendations
            ));
        }
        assert_eq!(
            verdict.compatible,
            matches!(level.as_str(), Some("native" | "fallback" | "dequantised"))
        );
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
