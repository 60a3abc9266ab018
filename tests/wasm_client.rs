//! The Rust client against the local Hub, in Node and in a browser: `node tests/wasm/run.mjs`.
#![cfg(all(target_arch = "wasm32", feature = "gloo"))]

#[path = "wasm/hub.rs"]
mod hub;

use hub::{Hub, Test, failure, next};
use hubfit::client::{Cache, Client, CompleteOptions, CompletedModel, Detail, MemoryCache, Model};
use hubfit::hub::ListQuery;
use hubfit::{Error, Result, WorkerProfile, check_model_compatibility};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::JsError;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

fn query(page_size: u64) -> ListQuery {
    ListQuery { page_size: Some(page_size), ..ListQuery::default() }
}

fn by(author: &str) -> ListQuery {
    ListQuery { author: Some(author.to_owned()), ..ListQuery::default() }
}

fn ids(models: &[Model]) -> Vec<&str> {
    models.iter().map(Model::id).collect()
}

/// Starts a future: a request is on its way once it has been asked for the first time.
async fn start<F: Future>(mut future: Pin<&mut F>) {
    poll_fn(|context| {
        let _ = future.as_mut().poll(context);
        Poll::Ready(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn lists_over_several_pages_up_to_the_limit() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let models = hub.client().list(query(2), 5).await?;
    assert_eq!(models.len(), 5);
    assert_eq!(hub.requests().await?.len(), 3);
    let at_once = hub.client().list(ListQuery::default(), 5).await?;
    assert_eq!(ids(&models), ids(&at_once));
    assert_eq!(hub.requests().await?.len(), 4);
    Ok(())
}

#[wasm_bindgen_test]
async fn ends_where_the_listing_ends() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let models = hub.client().list(by("google"), 1000).await?;
    assert!(!models.is_empty());
    assert!(models.iter().all(|model| model.id().starts_with("google/")));

    let mut pages = hub.client().pages(by("nobody-at-all"));
    let page = next(&mut pages).await?;
    assert_eq!((page.models.len(), page.scanned, page.next), (0, 0, None));
    assert!(pages.next().await?.is_none());
    Ok(())
}

#[wasm_bindgen_test]
async fn goes_on_where_another_client_stopped() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let mut pages = hub.client().pages(query(3));
    let place = next(&mut pages).await?.next.unwrap_or_default();
    let second = next(&mut pages).await?.models;
    let resumed = next(&mut hub.client().resume(&place)?).await?.models;
    assert_eq!(ids(&second), ids(&resumed));
    assert_eq!(second.len(), 3);
    for place in ["", "https://other.example/api/models?cursor=x", "@other.example/", "/api/x"] {
        assert_eq!(failure(hub.client().resume(place)), Some(("invalid_argument", None)));
    }
    Ok(())
}

#[wasm_bindgen_test]
async fn finds_the_compatible_models() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let worker = WorkerProfile::reference();
    let found = hub.client().list_compatible(ListQuery::default(), &worker, 7, 1000).await?;
    let compatible = |model: &Model| -> Result<bool> {
        Ok(check_model_compatibility(&model.item()?, &worker).compatible)
    };
    let mut expected = Vec::new();
    for model in hub.client().list(ListQuery::default(), 1000).await? {
        if compatible(&model)? {
            expected.push(model);
        }
    }
    expected.truncate(7);
    assert_eq!(ids(&found), ids(&expected));
    assert_eq!(found.len(), 7);
    Ok(())
}

#[wasm_bindgen_test]
async fn scans_no_more_than_allowed() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let worker = WorkerProfile { max_context_length: Some(1), ..WorkerProfile::reference() };
    let found = hub.client().list_compatible(query(10), &worker, 5, 25).await?;
    assert!(found.is_empty());
    assert_eq!(hub.requests().await?.len(), 3);
    Ok(())
}

#[wasm_bindgen_test]
async fn gets_one_model_with_its_file_sizes() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let model = hub.client().get("Qwen/Qwen3-0.6B", Some("main")).await?;
    assert_eq!(model.id(), "Qwen/Qwen3-0.6B");
    assert!(model.item()?.files().any(|(_, size)| size > Some(0)));
    assert_eq!(hubfit::extract_model_metadata(&model.item()?).id, model.id());
    let renamed = hub.client().get("gpt2", None).await?;
    assert_eq!(renamed.id(), "openai-community/gpt2");
    Ok(())
}

#[wasm_bindgen_test]
async fn reads_what_files_say_by_ranges() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let client = hub.client();
    let gguf = client.inspect_file("test/headers", None, "model-Q4_K_M.gguf").await?;
    assert_eq!((gguf.architecture.as_deref(), gguf.context_length), (Some("llama"), Some(8192)));
    let weights = client.inspect_file("test/headers", Some("main"), "model.safetensors").await?;
    assert_eq!((weights.element_count, weights.problems.len()), (32, 0));
    for (path, code) in [
        ("README.md", "invalid_file"),
        ("missing.gguf", "entry_not_found"),
        ("../x.gguf", "invalid_argument"),
    ] {
        let read = client.inspect_file("test/headers", None, path).await;
        assert_eq!(failure(read).map(|(found, _)| found), Some(code), "{path}");
    }
    Ok(())
}

#[wasm_bindgen_test]
async fn names_what_is_missing() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let stranger = hub.client();
    let known = hub.client().access_token("hf_localreader");
    let unknown = hub.client().access_token("hf_wrong");
    let missing = "nobody/nothing";
    assert_eq!(failure(stranger.get(missing, None).await), Some(("repo_not_found", Some(401))));
    assert_eq!(failure(known.get(missing, None).await), Some(("repo_not_found", Some(404))));
    assert_eq!(
        failure(known.get("Qwen/Qwen3-0.6B", Some("v9")).await),
        Some(("revision_not_found", Some(404)))
    );
    assert_eq!(failure(unknown.list(query(1), 1).await), Some(("unauthorized", Some(401))));
    Ok(())
}

#[wasm_bindgen_test]
async fn names_what_the_hub_refuses() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let cases = [
        ("unauthorized", "unauthorized", 401),
        ("forbidden", "forbidden", 403),
        ("rate-limit-json", "rate_limited", 429),
        ("rate-limit-html", "rate_limited", 429),
        ("server-error", "hub_unavailable", 500),
        ("gateway-timeout", "hub_unavailable", 504),
        ("html-200", "invalid_response", 200),
    ];
    for (fault, code, status) in cases {
        hub.fault(&format!(r#"{{"name": "{fault}"}}"#)).await?;
        let found = failure(hub.client().list(query(1), 1).await);
        assert_eq!(found, Some((code, Some(status))), "{fault}");
    }
    Ok(())
}

#[wasm_bindgen_test]
async fn never_takes_a_cut_off_page_for_whole() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    hub.fault(r#"{"name": "truncated-json"}"#).await?;
    let mut pages = hub.client().pages(query(20));
    assert_eq!(failure(pages.next().await), Some(("invalid_response", Some(200))));
    assert_eq!(next(&mut pages).await?.models.len(), 20, "the same page again");

    hub.fault(r#"{"name": "truncated-json"}"#).await?;
    let one = hub.client().get("Qwen/Qwen3-0.6B", None).await;
    assert_eq!(failure(one), Some(("invalid_response", Some(200))));
    hub.fault(r#"{"name": "empty-body"}"#).await?;
    assert!(failure(hub.client().list(query(1), 1).await).is_some());
    Ok(())
}

#[wasm_bindgen_test]
async fn leaves_bad_rows_out_and_names_them() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let rows = r#"[{"id": "a/one"}, null, {"id": 7}, {"tags": []}, {"id": "a/two"}]"#;
    let json = "application/json";
    let fault = serde_json::json!({
        "status": 200, "body": rows, "headers": { "Content-Type": json }, "times": 2
    });
    hub.fault(&fault.to_string()).await?;
    let page = next(&mut hub.client().pages(query(5))).await?;
    assert_eq!(ids(&page.models), ["a/one", "a/two"]);
    assert_eq!(page.skipped.iter().map(|row| row.index).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(page.skipped.iter().all(|row| row.code == "invalid_model"));
    assert_eq!(page.scanned, 5);
    assert_eq!(ids(&hub.client().list(query(5), 5).await?), ["a/one", "a/two"]);
    Ok(())
}

#[wasm_bindgen_test]
async fn asks_for_the_same_page_again_after_an_error() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let mut pages = hub.client().pages(query(2));
    pages.next().await?;
    // The client remembers how long it was told to wait.
    hub.fault(r#"{"name": "rate-limit-html", "headers": {"Retry-After": "0"}}"#).await?;
    let error = pages.next().await.err();
    assert!(error.as_ref().is_some_and(Error::is_temporary));
    assert!(pages.next().await?.is_some());
    let log = hub.requests().await?;
    let [_, refused, given] = &log[..] else {
        return Err(JsError::new(&format!("expected 3 requests, found {}", log.len())));
    };
    assert_eq!(refused.path, given.path);
    assert_eq!((refused.status, given.status), (429, 200));
    Ok(())
}

#[wasm_bindgen_test]
async fn says_when_no_answer_comes() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    for fault in ["connection-cut", "body-cut"] {
        // A browser tries again by itself, on each connection that it keeps.
        hub.ready_again().await?;
        hub.fault(&format!(r#"{{"name": "{fault}", "times": 9}}"#)).await?;
        let found = failure(hub.client().list(query(50), 50).await);
        assert_eq!(found, Some(("network", None)), "{fault}");
    }
    let nobody = Client::new().hub_url("http://127.0.0.1:9");
    let error = nobody.list(query(1), 1).await.err();
    let message = error.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(message.starts_with("no answer from http://127.0.0.1:9: "), "{message}");
    assert!(error.is_some_and(|error| error.is_temporary()));
    Ok(())
}

#[wasm_bindgen_test]
async fn ends_when_the_signal_is_raised() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    hub.fault(r#"{"name": "slow", "times": 9}"#).await?;
    let controller = AbortController::new().map_err(|_| JsError::new("no AbortController"))?;
    let client = hub.client().abort_signal(controller.signal());
    let mut call = pin!(client.list(query(1), 1));
    start(call.as_mut()).await;
    // Any value may be a reason, not only errors.
    controller.abort_with_reason(&"enough".into());
    let error = call.await.err();
    let message = error.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(message.ends_with("was aborted"), "{message}");
    assert_eq!(error.map(|error| error.code()), Some("aborted"));

    hub.fault(r#"{"name": "server-error"}"#).await?;
    let later = failure(client.get("Qwen/Qwen3-0.6B", None).await);
    assert_eq!(later, Some(("aborted", None)), "a raised signal stays raised");
    Ok(())
}

#[wasm_bindgen_test]
async fn a_dropped_call_is_cancelled() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    hub.fault(r#"{"delayMs": 300, "times": 2}"#).await?;
    {
        let client = hub.client();
        let mut call = pin!(client.list(by("dropped"), 1));
        start(call.as_mut()).await;
    }
    hub.client().list(by("kept"), 1).await?;
    hub.client().list(by("kept"), 1).await?;
    let answered = hub.requests().await?.into_iter().filter(|request| request.status == 200);
    let paths: Vec<_> = answered.map(|request| request.path).collect();
    assert!(paths.iter().all(|path| path.contains("author=kept")), "{paths:?}");
    Ok(())
}

#[wasm_bindgen_test]
async fn the_token_goes_to_the_hub_alone() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let client = hub.client().access_token("hf_localreader");
    // A next page on another host is asked for on the Hub.
    let link = r#"<http://127.0.0.1:9/api/models?limit=1&cursor=bad>; rel=\"next\""#;
    hub.fault(&format!(r#"{{"headers": {{"Link": "{link}"}}}}"#)).await?;
    let mut pages = client.pages(query(1));
    let place = next(&mut pages).await?.next;
    assert_eq!(place.as_deref(), Some("/api/models?limit=1&cursor=bad"));
    assert_eq!(failure(pages.next().await), Some(("bad_request", Some(400))));

    // A redirect to another origin is followed without it.
    let elsewhere = hub.url.replace("127.0.0.1", "localhost");
    let fault = serde_json::json!({
        "status": 307, "body": "", "headers": { "Location": format!("{elsewhere}/api/models?limit=1") }
    });
    hub.fault(&fault.to_string()).await?;
    client.list(query(1), 1).await?;
    let log = hub.requests().await?;
    let sent = log.iter().filter(|request| request.method == "GET");
    let authorized: Vec<_> = sent.map(|request| request.authorized).collect();
    assert_eq!(authorized, [true, true, true, false]);
    Ok(())
}

#[wasm_bindgen_test]
async fn refuses_what_cannot_be_asked() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let refused = Some(("invalid_argument", None));
    let client = hub.client();
    let worker = WorkerProfile::reference();
    assert_eq!(failure(client.list(query(1), 0).await), refused);
    assert_eq!(failure(client.list(query(1001), 1).await), refused);
    assert_eq!(failure(client.list_compatible(query(1), &worker, 0, 1).await), refused);
    assert_eq!(failure(client.list_compatible(query(1), &worker, 1, 0).await), refused);
    assert_eq!(failure(client.get("../etc", None).await), refused);
    assert_eq!(failure(client.get("a/b", Some("")).await), refused);
    for url in ["", "huggingface.co", "ftp://hub.example", "http://me:secret@hub.example"] {
        assert_eq!(failure(Client::new().hub_url(url).list(query(1), 1).await), refused, "{url}");
    }
    let secret = client.access_token("hf_\nsecret");
    let message = secret.list(query(1), 1).await.err().map(|error| error.to_string());
    assert!(message.is_some_and(|message| !message.contains("secret")));
    assert!(!format!("{secret:?}").contains("secret"));
    assert!(hub.requests().await?.is_empty());
    Ok(())
}

#[wasm_bindgen_test]
async fn asks_again_where_that_may_help() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    for fault in ["server-error", "connection-cut", "truncated-json", "gateway-timeout"] {
        hub.fault(&format!(r#"{{"name": "{fault}"}}"#)).await?;
        let models = hub.patient_client().list(query(3), 3).await?;
        assert_eq!(models.len(), 3, "{fault}");
    }
    assert_eq!(hub.requests().await?.len(), 8);
    hub.fault(r#"{"name": "not-found"}"#).await?;
    let lost = hub.patient_client().get("openai-community/gpt2", None).await;
    assert_eq!(failure(lost), Some(("repo_not_found", Some(404))));
    assert_eq!(hub.requests().await?.len(), 9);
    Ok(())
}

#[wasm_bindgen_test]
async fn a_wait_beyond_the_deadline_is_told_at_once() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    hub.fault(r#"{"name": "rate-limit-json", "headers": {"Retry-After": "90"}}"#).await?;
    let client = hub.patient_client().deadline(5);
    let error = client.list(query(3), 3).await.err();
    // Browsers cannot read how long: there a short wait is tried, and is enough.
    assert!(error.as_ref().is_none_or(|error| error.retry_after() == Some(90)));
    Ok(())
}

/// Bytes of all files.
fn bytes(model: &Model) -> Result<u64> {
    Ok(model.item()?.files().map(|(_, size)| size.unwrap_or(0)).sum())
}

fn missing(completed: &CompletedModel) -> Vec<(&Detail, &'static str)> {
    completed.missing.iter().map(|(detail, error)| (detail, error.code())).collect()
}

#[wasm_bindgen_test]
async fn completes_what_a_listing_leaves_out() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let client = hub.client();
    let listed = client.list(by("Qwen"), 4).await?;
    let twice: Vec<_> = listed.iter().chain(&listed).cloned().collect();
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&told);
    let options = CompleteOptions {
        on_progress: Some(Rc::new(move |progress| heard.borrow_mut().push(progress))),
        ..CompleteOptions::default()
    };
    let completed = client.complete_models(&twice, &options).await?;
    assert_eq!(completed.iter().map(|one| one.model.id()).collect::<Vec<_>>(), ids(&twice));
    for (one, listed) in completed.iter().zip(&twice) {
        assert!(bytes(&one.model)? > 0, "{}", one.model.id());
        let (tags, before) =
            (one.model.item()?.tag_list().count(), listed.item()?.tag_list().count());
        assert_eq!(tags, before, "what was listed is kept");
        let alone = client.get(listed.id(), None).await?;
        assert_eq!(bytes(&one.model)?, bytes(&alone)?);
    }
    assert!(completed.iter().any(|one| one.geometry.is_some()));
    // One request for sizes and one or two for geometry; a model that stands twice is asked once.
    let log = hub.requests().await?;
    let sizes = log.iter().filter(|request| {
        request.path.starts_with("/api/models/Qwen/") && request.path.contains("expand=siblings")
    });
    let sizes = sizes.count();
    assert_eq!(sizes, 4);
    let last = told.borrow().last().copied().unwrap_or_default();
    assert_eq!((last.done, last.total), (4, 4));
    assert!(last.traffic.requests >= 8 && last.traffic.bytes > 0, "{last:?}");

    hub.ready_again().await?;
    let models: Vec<_> = completed.iter().map(|one| one.model.clone()).collect();
    let sizes = CompleteOptions { details: vec![Detail::Sizes], ..CompleteOptions::default() };
    client.complete_models(&models, &sizes).await?;
    assert!(hub.requests().await?.is_empty(), "nothing is asked that is known");
    Ok(())
}

#[wasm_bindgen_test]
async fn what_one_model_does_not_give_is_no_failure_of_all() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let client = hub.client();
    let gguf = client.get("test/headers", None).await?;
    let small = client.get("Qwen/Qwen3-0.6B", None).await?;
    let gated = client.list(by("meta-llama"), 1).await?;
    let models: Vec<_> = [gguf, small].into_iter().chain(gated).collect();
    let completed = client.complete_models(&models, &CompleteOptions::default()).await?;
    let [gguf, small, gated] = &completed[..] else {
        return Err(JsError::new(&format!("expected 3 models, found {}", completed.len())));
    };
    assert_eq!((missing(small), small.geometry.is_some()), (vec![], true));
    assert_eq!(
        (missing(gguf), gguf.geometry.is_some()),
        (vec![], false),
        "a header without layers"
    );
    assert_eq!(
        (missing(gated), gated.geometry.is_some()),
        (vec![(&Detail::Geometry, "gated_repo")], false)
    );

    hub.fault(r#"{"name": "not-found", "times": 1}"#).await?;
    let alone = CompleteOptions { concurrency: 1, ..CompleteOptions::default() };
    let listed = client.list(by("Qwen"), 2).await;
    assert_eq!(failure(listed).map(|(code, _)| code), Some("repo_not_found"));
    let listed = client.list(by("Qwen"), 2).await?;
    hub.fault(r#"{"name": "not-found", "times": 1}"#).await?;
    let completed = client.complete_models(&listed, &alone).await?;
    let lost: Vec<_> = completed.iter().map(|one| missing(one).len()).collect();
    assert_eq!(lost, [1, 0]);
    hub.fault(r#"{"name": "server-error", "times": 9}"#).await?;
    let failed = client.complete_models(&listed, &alone).await;
    assert_eq!(failure(failed), Some(("hub_unavailable", Some(500))));
    let field = CompleteOptions { details: vec![Detail::Field("a&b".to_owned())], ..alone };
    let refused = client.complete_models(&listed, &field).await;
    assert_eq!(failure(refused), Some(("invalid_argument", None)));
    Ok(())
}

#[wasm_bindgen_test]
async fn at_most_so_many_models_at_a_time() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let models = hub.client().list(ListQuery::default(), 9).await?;
    let (on_their_way, most) = (Rc::new(Cell::new(0_i64)), Rc::new(Cell::new(0_i64)));
    let (now, peak) = (Rc::clone(&on_their_way), Rc::clone(&most));
    let client = hub.client().on_traffic(move |traffic| {
        // A request goes out, then its body comes.
        let change = i64::from(traffic.requests) - i64::from(traffic.bytes > 0);
        now.set(now.get() + change);
        peak.set(peak.get().max(now.get()));
    });
    let options = CompleteOptions {
        details: vec![Detail::Sizes],
        concurrency: 2,
        ..CompleteOptions::default()
    };
    let completed = client.complete_models(&models, &options).await?;
    assert_eq!((completed.len(), on_their_way.get(), most.get()), (9, 0, 2));
    Ok(())
}

#[wasm_bindgen_test]
async fn what_is_kept_is_not_asked_for_again() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let client = hub.client().cache(MemoryCache::default());
    let listed = client.list(by("Qwen"), 3).await?;
    let row = r#"[{"id": "Qwen/Qwen3-0.6B", "siblings": [{"rfilename": "config.json"}]}]"#;
    let json = serde_json::json!({ "Content-Type": "application/json" });
    let fault = serde_json::json!({ "status": 200, "body": row, "headers": json });
    hub.fault(&fault.to_string()).await?;
    let at_main = client.list(query(1), 1).await?;
    let geometry =
        CompleteOptions { details: vec![Detail::Geometry], ..CompleteOptions::default() };
    hub.ready_again().await?;
    let first = client.complete_models(&at_main, &geometry).await?;
    let again = client.complete_models(&at_main, &geometry).await?;
    let shapes = [&first, &again].map(|all| all.iter().find_map(|one| one.geometry.clone()));
    assert!(shapes[0].is_some() && shapes[0] == shapes[1]);
    let statuses: Vec<_> = hub.requests().await?.iter().map(|request| request.status).collect();
    // Browsers would have to ask first whether they may send an ETag, and keep it themselves.
    assert!(in_browser() || statuses.ends_with(&[304]), "{statuses:?}");

    let known = client.get("Qwen/Qwen3-0.6B", None).await?;
    let sha = known.item().map(|_| sha(&known))?;
    let first = client.get("Qwen/Qwen3-0.6B", Some(&sha)).await?;
    hub.ready_again().await?;
    assert_eq!(client.get("Qwen/Qwen3-0.6B", Some(&sha)).await?, first);
    assert!(hub.requests().await?.is_empty(), "a commit never changes");
    let reader = client.clone().access_token("hf_localreader");
    reader.get("Qwen/Qwen3-0.6B", Some(&sha)).await?;
    let asked = hub.requests().await?.into_iter().filter(|request| request.method == "GET").count();
    assert_eq!(asked, 1, "what one may see, another may not");

    let completed = client.complete_models(&listed, &CompleteOptions::default()).await?;
    hub.ready_again().await?;
    let again = client.complete_models(&listed, &CompleteOptions::default()).await?;
    let models = |all: &[CompletedModel]| -> Vec<_> {
        all.iter().map(|one| (one.model.clone(), one.geometry.clone())).collect()
    };
    assert!(models(&completed) == models(&again));
    let bodies = hub.requests().await?.into_iter().filter(|request| request.status == 200);
    let paths: Vec<_> = bodies.map(|request| request.path).collect();
    assert!(paths.iter().all(|path| !path.contains(&sha)), "{paths:?}");
    Ok(())
}

#[wasm_bindgen_test]
async fn an_answer_that_is_refused_is_not_kept() -> Test {
    let Some(hub) = Hub::ready().await? else { return Ok(()) };
    let client = hub.client().cache(MemoryCache::default());
    for fault in ["truncated-json", "server-error", "html-200"] {
        hub.fault(&format!(r#"{{"name": "{fault}"}}"#)).await?;
        assert!(client.list(query(3), 3).await.is_err(), "{fault}");
        assert_eq!(client.list(query(3), 3).await?.len(), 3, "{fault}");
    }
    Ok(())
}

#[wasm_bindgen_test]
async fn a_full_memory_forgets_what_was_used_longest_ago() -> Test {
    let answer = |size: usize| hubfit::client::CachedAnswer {
        body: vec![7; size],
        ..hubfit::client::CachedAnswer::default()
    };
    let cache = MemoryCache::of_bytes(100);
    for key in ["a", "b", "c"] {
        cache.put(key, answer(30)).await;
    }
    assert!(cache.get("a").await.is_some());
    cache.put("d", answer(30)).await;
    let kept = [cache.get("a").await, cache.get("b").await, cache.get("c").await];
    assert_eq!(kept.map(|one| one.is_some()), [true, false, true]);
    cache.put("e", answer(101)).await;
    assert!(cache.get("e").await.is_none());
    Ok(())
}

fn in_browser() -> bool {
    js_sys::Reflect::has(&js_sys::global(), &"document".into()).unwrap_or(false)
}

fn sha(model: &Model) -> String {
    let json: serde_json::Value = serde_json::from_slice(model.json()).unwrap_or_default();
    json.get("sha").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
