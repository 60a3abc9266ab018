//! `genai_config.json` of onnxruntime-genai (0.18.0 `src/config.cpp`, and `make_genai_config` of its model builder).

use crate::format::is_safe_path;
use crate::model::Json;
use crate::model::file_facts::FileProblem;
use crate::model::genai_facts::{GenaiFacts, GenaiSession, GenaiStack, GenaiWindow};
use crate::model::quoted::quoted;

/// The name of the file.
pub const FILE: &str = "genai_config.json";

/// More than any model has: language models of today have up to 200.
const MAX_LAYERS: usize = 1024;

/// More than any model has: one of six stages, with encoders for images and sounds, has ten.
const MAX_FILES: usize = 64;

/// More end tokens and more providers of a graph than are found.
const MAX_ITEMS: usize = 64;

/// What the file says.
///
/// ```
/// use hubfit::extract::genai_config;
/// use hubfit::model::Json;
///
/// let text = br#"{ "model": { "type": "phi3", "decoder": { "filename": "model.onnx", "num_hidden_layers": 32 } } }"#;
/// let facts = genai_config::read(Json::parse(genai_config::FILE, text)?);
/// assert_eq!(facts.decoder.layers, Some(32));
/// assert_eq!(facts.sessions[0].path, "model.onnx");
/// # Ok::<_, hubfit::Error>(())
/// ```
///
/// | problem | what is wrong |
/// |---|---|
/// | `unsafe_file_name` | a file that is not in the folder of the config; it is left out |
/// | `too_many_files` | more files than any model has; the rest are left out |
#[must_use]
pub fn read(config: Json<'_>) -> GenaiFacts {
    let [model, search] = config.pick(["model", "search"]);
    let [kind, context, vocabulary, ends, decoder, encoder] =
        model.pick(["type", "context_length", "vocab_size", "eos_token_id", "decoder", "encoder"]);
    let [longest, shares] = search.pick(["max_length", "past_present_share_buffer"]);
    let mut facts = GenaiFacts {
        model_type: text(kind),
        context_length: positive(context),
        max_length: positive(longest),
        shares_buffer: shares.flag() == Some(true),
        vocabulary: positive(vocabulary),
        eos_token_ids: ends.count().map_or_else(|| ids(ends), |id| vec![id]),
        decoder: stack(decoder),
        encoder: encoder.is_object().then(|| stack(encoder)),
        window: window(decoder.get("sliding_window")),
        ..GenaiFacts::default()
    };
    read_states(decoder, &mut facts);
    for (part, value) in model.entries() {
        read_part(&part, value, &mut facts);
    }
    facts
}

fn text(value: Json<'_>) -> Option<String> {
    value.text().filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned)
}

/// 0 stands for what is not said, as the runtime has it.
fn positive(value: Json<'_>) -> Option<u64> {
    value.count().filter(|count| *count > 0)
}

fn ids(list: Json<'_>) -> Vec<u64> {
    list.items().filter_map(Json::count).take(MAX_ITEMS).collect()
}

fn stack(part: Json<'_>) -> GenaiStack {
    let [layers, heads, kv_heads, head_length, embedding_length] = part
        .pick([
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "head_size",
            "hidden_size",
        ])
        .map(positive);
    GenaiStack { layers, heads, kv_heads, head_length, embedding_length }
}

fn window(value: Json<'_>) -> Option<GenaiWindow> {
    let [tokens, layers, slides] = value.pick(["window_size", "layers", "slide_key_value_cache"]);
    let tokens = positive(tokens)?;
    // It slides unless told otherwise.
    Some(GenaiWindow { tokens, layers: places(layers), slides_cache: slides.flag() != Some(false) })
}

/// Places of layers, in order and each once.
fn places(list: Json<'_>) -> Vec<u64> {
    let mut marks = [false; MAX_LAYERS];
    mark(&mut marks, list);
    marked(&marks)
}

fn mark(marks: &mut [bool], list: Json<'_>) {
    for place in list.items().filter_map(Json::count) {
        if let Some(mark) = usize::try_from(place).ok().and_then(|place| marks.get_mut(place)) {
            *mark = true;
        }
    }
}

fn marked(marks: &[bool]) -> Vec<u64> {
    (0..).zip(marks).filter(|(_, mark)| **mark).map(|(place, _)| place).collect()
}

fn read_states(decoder: Json<'_>, facts: &mut GenaiFacts) {
    let [types, groups, inputs] = decoder.pick(["layer_types", "state_groups", "inputs"]);
    let mut marks = [false; MAX_LAYERS];
    for (mark, kind) in marks.iter_mut().zip(types.items()) {
        *mark = kind.is("conv") || kind.is("linear_attention");
    }
    for group in groups.items() {
        let [kind, layers] = group.pick(["kind", "layer_ids"]);
        // `fixed_conv` and `fixed_recurrent`, beside `paged_key_value`.
        if kind.text().is_some_and(|kind| kind.starts_with("fixed")) {
            mark(&mut marks, layers);
        }
    }
    facts.state_layers = marked(&marks);
    let states = inputs.pick(["past_conv_names", "past_recurrent_names"]);
    let named = states.iter().any(|names| !names.is_missing());
    facts.unlisted_states = named && types.is_missing() && groups.is_missing();
}

/// A part of the model has one graph, or a pipeline of several: objects by their names, one or a list of them.
fn read_part(part: &str, value: Json<'_>, facts: &mut GenaiFacts) {
    let [adapter, pipeline] = value.pick(["adapter_filename", "pipeline"]);
    let stages = pipeline.items().flat_map(Json::entries).chain(pipeline.entries());
    let before = facts.sessions.len();
    for (stage, value) in stages {
        add_session(part, Some(stage.into_owned()), value, facts);
    }
    if facts.sessions.len() == before {
        add_session(part, None, value, facts);
    }
    if let Some(path) = safe_path(adapter, facts) {
        facts.adapters.push(path);
    }
}

fn add_session(part: &str, stage: Option<String>, value: Json<'_>, facts: &mut GenaiFacts) {
    let [file, options] = value.pick(["filename", "session_options"]);
    let Some(path) = safe_path(file, facts) else { return };
    let providers = options.get("provider_options").items().flat_map(Json::entries);
    let providers = providers.map(|(name, _)| name.into_owned()).take(MAX_ITEMS).collect();
    facts.sessions.push(GenaiSession { part: part.to_owned(), stage, path, providers });
}

/// The name of a file in the folder of the config.
fn safe_path(file: Json<'_>, facts: &mut GenaiFacts) -> Option<String> {
    let path = text(file)?;
    let count = facts.sessions.len() + facts.adapters.len() + facts.problems.len();
    let (code, message) = if count > MAX_FILES {
        return None;
    } else if count == MAX_FILES {
        ("too_many_files", format!("more than {MAX_FILES} files: not all are told"))
    } else if is_safe_path(&path) {
        return Some(path);
    } else {
        let message = format!("expected a file in the folder of {FILE}, found {}", quoted(&path));
        ("unsafe_file_name", message)
    };
    facts.problems.push(FileProblem { code: code.to_owned(), message });
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(text: &str) -> GenaiFacts {
        read(Json::parse(FILE, text.as_bytes()).unwrap())
    }

    fn sessions(facts: &GenaiFacts) -> Vec<(&str, Option<&str>, &str)> {
        facts
            .sessions
            .iter()
            .map(|one| (one.part.as_str(), one.stage.as_deref(), one.path.as_str()))
            .collect()
    }

    /// As the model builder writes it for a model with windows in every other layer, on CUDA.
    const WINDOWED: &str = r#"{
        "model": {
            "bos_token_id": 199999, "context_length": 131072,
            "decoder": {
                "session_options": { "log_id": "onnxruntime-genai", "provider_options": [{ "cuda": { "enable_cuda_graph": "0" } }] },
                "filename": "model.onnx", "head_size": 64, "hidden_size": 2880,
                "inputs": { "input_ids": "input_ids", "past_key_names": "past_key_values.%d.key" },
                "outputs": { "logits": "logits" },
                "num_attention_heads": 64, "num_hidden_layers": 4, "num_key_value_heads": 8,
                "sliding_window": { "window_size": 128, "slide_key_value_cache": false, "slide_inputs": false, "layers": [2, 0, 2] }
            },
            "eos_token_id": [200002, 199999], "type": "gptoss", "vocab_size": 201088
        },
        "search": { "max_length": 131072, "past_present_share_buffer": true }
    }"#;

    #[test]
    fn a_language_model() {
        let facts = facts(WINDOWED);
        assert_eq!(facts.model_type.as_deref(), Some("gptoss"));
        assert_eq!((facts.context_length, facts.vocabulary), (Some(131_072), Some(201_088)));
        assert_eq!((facts.max_length, facts.shares_buffer), (Some(131_072), true));
        let decoder = GenaiStack {
            layers: Some(4),
            heads: Some(64),
            kv_heads: Some(8),
            head_length: Some(64),
            embedding_length: Some(2880),
        };
        assert_eq!((facts.decoder.clone(), facts.encoder.clone()), (decoder, None));
        let window = GenaiWindow { tokens: 128, layers: vec![0, 2], slides_cache: false };
        assert_eq!(facts.window, Some(window));
        assert_eq!(sessions(&facts), [("decoder", None, "model.onnx")]);
        assert_eq!(facts.sessions[0].providers, ["cuda"]);
        assert_eq!(facts.eos_token_ids, [200_002, 199_999]);
        assert_eq!((facts.problems.len(), facts.unlisted_states), (0, false));
    }

    #[test]
    fn a_pipeline_of_stages() {
        let facts = facts(
            r#"{ "model": { "type": "qwen2_5_vl",
                "decoder": { "num_hidden_layers": 1, "sliding_window": { "window_size": 64 }, "pipeline": [
                    { "embeddings": { "filename": "embeds.onnx" },
                      "transformer": { "filename": "decoder.onnx", "session_options": { "provider_options": [{ "qnn": {} }, {}] } } }
                ] },
                "vision": { "adapter_filename": "vision.onnx_adapter", "pipeline": { "patch_embed": { "filename": "patch_embed.onnx" } } },
                "embedding": { "filename": "embedding.onnx" } } }"#,
        );
        assert_eq!(
            sessions(&facts),
            [
                ("decoder", Some("embeddings"), "embeds.onnx"),
                ("decoder", Some("transformer"), "decoder.onnx"),
                ("vision", Some("patch_embed"), "patch_embed.onnx"),
                ("embedding", None, "embedding.onnx"),
            ]
        );
        assert_eq!(facts.adapters, ["vision.onnx_adapter"]);
        assert_eq!(facts.sessions[1].providers, ["qnn"]);
        let window = GenaiWindow { tokens: 64, layers: vec![], slides_cache: true };
        assert_eq!(facts.window, Some(window));
    }

    #[test]
    fn an_encoder_and_a_decoder() {
        let facts = facts(
            r#"{ "model": { "type": "whisper",
                "encoder": { "filename": "encoder.onnx", "num_hidden_layers": 6, "head_size": 64 },
                "decoder": { "filename": "decoder.onnx", "num_hidden_layers": 4, "hidden_size": 0 } } }"#,
        );
        assert_eq!((facts.decoder.layers, facts.decoder.embedding_length), (Some(4), None));
        assert_eq!(facts.encoder.as_ref().and_then(|encoder| encoder.layers), Some(6));
        let files = [("encoder", None, "encoder.onnx"), ("decoder", None, "decoder.onnx")];
        assert_eq!(sessions(&facts), files);
    }

    #[test]
    fn layers_with_a_state() {
        for (decoder, layers, unlisted) in [
            (
                r#""layer_types": ["conv", "full_attention", "conv"], "inputs": { "past_conv_names": "x" }"#,
                &[0, 2][..],
                false,
            ),
            (
                r#""state_groups": [{ "kind": "fixed_conv", "layer_ids": [3, 0] }, { "kind": "fixed_recurrent", "layer_ids": [0] },
                    { "kind": "paged_key_value", "layer_ids": [1] }]"#,
                &[0, 3],
                false,
            ),
            (r#""inputs": { "past_recurrent_names": "past.%d.recurrent" }"#, &[], true),
            (r#""inputs": { "past_key_names": "x" }"#, &[], false),
        ] {
            let facts = facts(&format!(r#"{{ "model": {{ "decoder": {{ {decoder} }} }} }}"#));
            assert_eq!(
                (&*facts.state_layers, facts.unlisted_states),
                (layers, unlisted),
                "{decoder}"
            );
        }
    }

    #[test]
    fn files_outside_the_folder_are_left_out() {
        for path in ["../model.onnx", "/etc/passwd", "C:\\\\model.onnx", "a/../../b"] {
            let facts =
                facts(&format!(r#"{{ "model": {{ "decoder": {{ "filename": "{path}" }} }} }}"#));
            let codes: Vec<_> = facts.problems.iter().map(|problem| &*problem.code).collect();
            assert_eq!((codes, facts.sessions.len()), (vec!["unsafe_file_name"], 0), "{path}");
        }
    }

    #[test]
    fn huge_numbers_and_lists() {
        let stages = r#"{ "a": { "filename": "../x" } },"#.repeat(10_000);
        let layers = "7,1e300,".repeat(10_000);
        let facts = facts(&format!(
            r#"{{ "model": {{ "vocab_size": 1e300, "context_length": -1, "decoder": {{
                "num_hidden_layers": 2.5, "head_size": "64", "pipeline": [{stages} 0],
                "sliding_window": {{ "window_size": 9007199254740992, "layers": [{layers} 1024, 9007199254740992] }} }} }} }}"#
        ));
        assert_eq!((facts.vocabulary, facts.context_length), (None, None));
        assert_eq!((facts.decoder.layers, facts.decoder.head_length), (None, None));
        assert_eq!(facts.window.map(|window| window.layers), Some(vec![7]));
        assert_eq!((facts.sessions.len(), facts.problems.len()), (0, MAX_FILES + 1));
        assert_eq!(facts.problems[MAX_FILES].code, "too_many_files");
    }

    #[test]
    fn other_shapes_say_nothing() {
        for text in [
            "{}",
            "[]",
            "0",
            r#"{ "model": [] }"#,
            r#"{ "model": { "decoder": "x", "encoder": 1 }, "search": null }"#,
        ] {
            assert_eq!(facts(text), GenaiFacts::default(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_damage_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
            let mut text = WINDOWED.as_bytes().to_vec();
            let at = at.index(text.len());
            if cut { text.truncate(at) } else { text[at] = byte }
            if let Ok(json) = Json::parse(FILE, &text) {
                let _ = read(json);
            }
        }
    }
}
