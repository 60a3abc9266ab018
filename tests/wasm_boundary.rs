//! The boundary as JavaScript calls it, in Node and in a browser: `node tests/wasm/run.mjs`.
#![cfg(all(target_arch = "wasm32", feature = "wasm"))]

use hubfit::wasm;
use js_sys::{Array, Reflect, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

type Test = Result<(), JsValue>;

const MODEL: &str = r#"{
    "id": "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
    "config": { "model_type": "llama", "max_position_embeddings": 2048 },
    "siblings": [{ "rfilename": "model.safetensors" }]
}"#;

const PAGE: &str = r#"[
    {"id": "a/bert", "config": {"model_type": "bert", "max_position_embeddings": 512},
     "siblings": [{"rfilename": "model.safetensors"}]},
    "no row",
    {"id": "a/ümlaut", "config": {"model_type": "llama", "max_position_embeddings": 2048},
     "siblings": [{"rfilename": "model.safetensors"}]}
]"#;

/// The value at a path of keys: `findings.0.code`.
fn at(value: impl Into<JsValue>, path: &str) -> Result<JsValue, JsValue> {
    path.split('.').try_fold(value.into(), |value, key| Reflect::get(&value, &key.into()))
}

fn text(value: impl Into<JsValue>, path: &str) -> Result<String, JsValue> {
    Ok(at(value, path)?.as_string().unwrap_or_default())
}

fn numbers(value: impl Into<JsValue>, path: &str) -> Result<Vec<u32>, JsValue> {
    Ok(at(value, path)?.dyn_into::<Uint32Array>()?.to_vec())
}

/// Code and message of a call that should throw.
fn thrown<T>(result: Result<T, impl Into<JsValue>>) -> Result<(String, String), JsValue> {
    let error: JsValue = result.err().ok_or("nothing was thrown")?.into();
    Ok((text(error.clone(), "code")?, text(error, "message")?))
}

#[wasm_bindgen_test]
fn checks_a_model() -> Test {
    let verdict = wasm::check_model_compatibility(MODEL, "", "")?;
    assert_eq!(at(verdict.clone(), "compatible")?, true);
    assert_eq!(text(verdict.clone(), "confidence")?, "high");
    let findings = at(verdict, "findings")?.dyn_into::<Array>()?;
    assert!(findings.length() > 0);
    for finding in findings.iter() {
        assert!(!text(finding, "code")?.is_empty());
    }
    Ok(())
}

#[wasm_bindgen_test]
fn checks_against_a_worker_and_with_more_evidence() -> Test {
    let worker = r#"{"formats": ["gguf"]}"#;
    let verdict = wasm::check_model_compatibility(MODEL, "", worker)?;
    assert_eq!(at(verdict, "compatible")?, false);
    let evidence = r#"{"siblings": [{"rfilename": "tiny-Q4_K_M.gguf"}]}"#;
    let verdict = wasm::check_model_compatibility(MODEL, evidence, worker)?;
    assert_eq!(at(verdict, "compatible")?, true);
    Ok(())
}

#[wasm_bindgen_test]
fn extracts_metadata() -> Test {
    let metadata = wasm::extract_model_metadata(MODEL, "")?;
    assert_eq!(text(metadata.clone(), "id")?, "TinyLlama/TinyLlama-1.1B-Chat-v1.0");
    let json = js_sys::JSON::stringify(&metadata.into())?;
    assert!(wasm::is_model_compatible(&String::from(json.clone()), "")?);
    let verdict = wasm::check_model_worker_compatibility(&String::from(json), "")?;
    assert_eq!(at(verdict, "compatible")?, true);
    Ok(())
}

#[wasm_bindgen_test]
fn filters_the_bytes_of_a_page() -> Test {
    let rows = wasm::filter_compatible_models(PAGE.as_bytes(), "")?;
    let places = numbers(rows.clone(), "kept")?;
    let [index, start, end] = places[..] else {
        return Err(format!("one row, not {places:?}").into());
    };
    let row = PAGE.as_bytes().get(start as usize..end as usize).unwrap_or_default();
    assert_eq!(index, 2);
    assert!(String::from_utf8_lossy(row).starts_with(r#"{"id": "a/ümlaut""#));
    assert_eq!(at(rows.clone(), "total")?, 3);
    assert_eq!(at(rows.clone(), "skipped.0.index")?, 1);
    assert_eq!(text(rows, "skipped.0.code")?, "invalid_model");
    let answer = r#"{"status": 200, "url": "https://hub.example/api/models"}"#;
    let all = wasm::read_list_answer(answer, PAGE.as_bytes())?;
    assert_eq!(numbers(all, "kept")?.len(), 6);
    let some = wasm::filter_list_answer(answer, PAGE.as_bytes(), "")?;
    assert_eq!(numbers(some, "kept")?.len(), 3);
    Ok(())
}

#[wasm_bindgen_test]
fn errors_carry_their_code() -> Test {
    let (code, message) = thrown(wasm::check_model_compatibility("{", "", ""))?;
    assert_eq!((code.as_str(), message.is_empty()), ("invalid_json", false));
    assert_eq!(thrown(wasm::extract_model_metadata("[]", ""))?.0, "invalid_model");
    assert_eq!(thrown(wasm::check_model_compatibility(MODEL, "", "7"))?.0, "invalid_argument");
    assert_eq!(thrown(wasm::filter_compatible_models(b"<html>", ""))?.0, "invalid_response");
    let answer =
        r#"{"status": 429, "url": "https://hub.example/api/models", "authenticated": false}"#;
    let error = wasm::read_list_answer(answer, b"").err().ok_or("nothing was thrown")?;
    assert_eq!(text(error.clone(), "code")?, "rate_limited");
    assert_eq!(at(error, "status")?, 429);
    Ok(())
}

#[wasm_bindgen_test]
fn names_the_pages_of_a_listing() -> Test {
    let first = wasm::first_page(r#"{"search": "llama 3", "sort": "downloads"}"#, 20)?;
    assert!(first.starts_with("/api/models?limit=20&search=llama%203&sort=downloads&"), "{first}");
    let answer = r#"{"status": 200, "url": "https://hub.example/api/models", "authenticated": true,
        "link": "<https://elsewhere.example/api/models?cursor=x>; rel=\"next\""}"#;
    let page = wasm::read_list_answer(answer, PAGE.as_bytes())?;
    assert_eq!(text(page, "next")?, "/api/models?cursor=x");
    let path = wasm::model_path(r#"{"id": "a/b", "revision": "v1"}"#)?;
    assert_eq!(path, "/api/models/a/b/revision/v1?blobs=true");
    assert_eq!(thrown(wasm::first_page("{}", 0))?.0, "invalid_argument");
    assert_eq!(thrown(wasm::first_page(r#"{"serach": "x"}"#, 1))?.0, "invalid_argument");
    Ok(())
}

#[wasm_bindgen_test]
fn the_reference_worker_is_the_default() -> Test {
    let worker = js_sys::JSON::stringify(&wasm::reference_worker()?.into())?;
    let worker = String::from(worker);
    let by_name = wasm::check_model_compatibility(MODEL, "", &worker)?;
    let by_default = wasm::check_model_compatibility(MODEL, "", "")?;
    let json = |value: JsValue| js_sys::JSON::stringify(&value).map(String::from);
    assert_eq!(json(by_name.into())?, json(by_default.into())?);
    Ok(())
}
