//! `genai_config.json`: what onnxruntime-genai is told of a model (`src/config.h`).

use crate::error::{Code, Error, Result};
use crate::model::Json;
use serde::Serialize;

/// The sessions that a model may have.
const SESSIONS: [&str; 5] = ["decoder", "encoder", "embedding", "vision", "speech"];

/// Sessions of a pipeline, providers of a session, end tokens: far more than are found.
const MAX_ITEMS: usize = 64;

/// What a `genai_config.json` states. What it leaves out, or states in another shape, is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GenaiConfig {
    /// `model.type`: `phi3`, `llama`, `whisper`, ….
    pub model_type: Option<String>,
    /// Tokens.
    pub context_length: Option<u64>,
    /// Tokens of the vocabulary.
    pub vocab_size: Option<u64>,
    /// The tokens that end an answer.
    pub eos_token_ids: Vec<u64>,
    /// Layers of the decoder.
    pub num_hidden_layers: Option<u64>,
    /// Heads of its queries.
    pub num_attention_heads: Option<u64>,
    /// Heads of its cache.
    pub num_key_value_heads: Option<u64>,
    /// Elements of a head.
    pub head_size: Option<u64>,
    /// Elements of a hidden state.
    pub hidden_size: Option<u64>,
    /// Tokens of the window that the decoder slides over the prompt.
    pub sliding_window: Option<u64>,
    /// Whether past and present cache share one buffer of the full length.
    pub past_present_share_buffer: Option<bool>,
    /// The graphs, each with its file.
    pub sessions: Vec<GenaiSession>,
}

/// One graph of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GenaiSession {
    /// `decoder`, `encoder`, `embedding`, `vision`, `speech`, or the name of a step of the decoder's pipeline.
    pub name: String,
    /// Its file, seen from the folder of the config.
    pub filename: String,
    /// The execution providers that it is set up for, the first one first; none means the CPU.
    pub providers: Vec<String>,
}

impl GenaiConfig {
    /// Reads the file.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let model = Json::parse("genai_config.json", json)?.get("model");
        if !model.is_object() {
            let message = "genai_config.json: expected an object `model`";
            return Err(Error::new(Code::InvalidFile, message));
        }
        let [kind, context, vocabulary, eos, decoder] =
            model.pick(["type", "context_length", "vocab_size", "eos_token_id", "decoder"]);
        let [layers, heads, kv_heads, head_size, hidden] = decoder.pick([
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "head_size",
            "hidden_size",
        ]);
        let share = Json::parse("genai_config.json", json)?.at("search.past_present_share_buffer");
        Ok(Self {
            model_type: kind.text().map(std::borrow::Cow::into_owned),
            context_length: context.count(),
            vocab_size: vocabulary.count(),
            eos_token_ids: eos.count().map_or_else(|| list(eos), |id| vec![id]),
            num_hidden_layers: layers.count(),
            num_attention_heads: heads.count(),
            num_key_value_heads: kv_heads.count(),
            head_size: head_size.count(),
            hidden_size: hidden.count(),
            sliding_window: decoder.at("sliding_window.window_size").count(),
            past_present_share_buffer: share.flag(),
            sessions: sessions(model),
        })
    }
}

fn list(ids: Json<'_>) -> Vec<u64> {
    ids.items().filter_map(Json::count).take(MAX_ITEMS).collect()
}

fn sessions(model: Json<'_>) -> Vec<GenaiSession> {
    let mut sessions = Vec::new();
    for name in SESSIONS {
        let session = model.get(name);
        // A pipeline is a list of objects with one key each: the step's name.
        let steps = session.get("pipeline").items().flat_map(Json::entries).take(MAX_ITEMS);
        add(&mut sessions, name, session);
        steps.for_each(|(step, session)| add(&mut sessions, &step, session));
    }
    sessions
}

/// A session without a file is none: a pipeline's decoder has only steps.
fn add(sessions: &mut Vec<GenaiSession>, name: &str, session: Json<'_>) {
    let Some(filename) = session.get("filename").text() else { return };
    let options = session.at("session_options.provider_options").items();
    let name_of = |options: Json<'_>| options.entries().next().map(|(name, _)| name.into_owned());
    sessions.push(GenaiSession {
        name: name.to_owned(),
        filename: filename.into_owned(),
        providers: options.filter_map(name_of).take(MAX_ITEMS).collect(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoder_with_its_cache() {
        let config = br#"{
            "model": {
                "bos_token_id": 1, "context_length": 4096, "eos_token_id": [32000, 32007], "type": "phi3",
                "vocab_size": 32064, "pad_token_id": 32000,
                "decoder": {
                    "session_options": { "log_id": "x", "provider_options": [{ "cuda": { "enable_cuda_graph": "0" } }] },
                    "filename": "phi3-mini-4k-instruct-cuda-int4-rtn-block-32.onnx",
                    "head_size": 96, "hidden_size": 3072, "num_attention_heads": 32, "num_hidden_layers": 32,
                    "num_key_value_heads": 32, "inputs": { "past_key_names": "past_key_values.%d.key" }
                },
                "vision": { "filename": "vision.onnx" }
            },
            "search": { "max_length": 4096, "past_present_share_buffer": true }
        }"#;
        let config = GenaiConfig::from_json(config).unwrap();
        assert_eq!(
            (config.model_type.as_deref(), config.context_length),
            (Some("phi3"), Some(4096))
        );
        assert_eq!((config.eos_token_ids, config.vocab_size), (vec![32000, 32007], Some(32064)));
        assert_eq!((config.num_hidden_layers, config.num_key_value_heads), (Some(32), Some(32)));
        assert_eq!((config.head_size, config.past_present_share_buffer), (Some(96), Some(true)));
        let session = |session: &GenaiSession| (session.name.clone(), session.providers.len());
        let sessions: Vec<_> = config.sessions.iter().map(session).collect();
        assert_eq!(sessions, [("decoder".to_owned(), 1), ("vision".to_owned(), 0)]);
        assert_eq!(config.sessions[0].providers, ["cuda"]);
    }

    #[test]
    fn a_pipeline_has_steps_for_sessions() {
        let config = br#"{"model":{"eos_token_id":2,"decoder":{"pipeline":[
            {"embeds":{"filename":"a.onnx"}},
            {"layers":{"filename":"b.onnx","session_options":{"provider_options":[{"qnn":{}}]}}}]}}}"#;
        let config = GenaiConfig::from_json(config).unwrap();
        let session = |session: &GenaiSession| session.name.clone();
        assert_eq!(config.sessions.iter().map(session).collect::<Vec<_>>(), ["embeds", "layers"]);
        assert_eq!((config.sessions[1].providers.len(), config.eos_token_ids), (1, vec![2]));
    }

    #[test]
    fn other_files_are_refused_and_odd_values_left_out() {
        assert_eq!(GenaiConfig::from_json(b"{}").unwrap_err().code(), "invalid_file");
        assert_eq!(GenaiConfig::from_json(b"{").unwrap_err().code(), "invalid_json");
        let odd = br#"{"model":{"type":7,"context_length":-1,"eos_token_id":"x","decoder":[]}}"#;
        assert_eq!(GenaiConfig::from_json(odd).unwrap(), GenaiConfig::default());
    }
}
