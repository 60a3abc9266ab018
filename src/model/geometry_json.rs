//! Geometry read back from its JSON: what one call found out, another works with.

use super::Json;
use super::geometry::{
    Attention, Experts, Geometry, Indexer, Latent, Layer, Recurrence, Role, State,
};

/// More layers than any model has; a list that is longer is no geometry.
const MAX_LAYERS: usize = 1024;

impl Geometry {
    /// Reads it from its JSON. What is left out counts as 0, as no, or as not known.
    #[must_use]
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        let count = |key| json.get(key).count();
        let layers = layers(json.get("layers"))?;
        Some(Self {
            architecture: json.get("architecture").text().unwrap_or_default().into_owned(),
            role: word(json.get("role"), &ROLES),
            layers,
            mtp_layers: layers_or_none(json.get("mtpLayers"))?,
            encoder_layers: count("encoderLayers").unwrap_or(0),
            embedding_length: count("embeddingLength").unwrap_or(0),
            output_embedding_length: count("outputEmbeddingLength"),
            per_layer_embedding_length: count("perLayerEmbeddingLength"),
            deepstack_layers: count("deepstackLayers").unwrap_or(0),
            vocabulary: count("vocabulary").unwrap_or(0),
            context_length: count("contextLength").unwrap_or(0),
            original_context_length: count("originalContextLength"),
            latent: object(json.get("latent"), latent),
            indexer: object(json.get("indexer"), indexer),
            recurrence: object(json.get("recurrence"), recurrence),
            experts: object(json.get("experts"), experts),
            tied_embeddings: json.get("tiedEmbeddings").flag(),
        })
    }
}

const ROLES: [(&str, Role); 4] = [
    ("decoder", Role::Decoder),
    ("encoder", Role::Encoder),
    ("encoder_decoder", Role::EncoderDecoder),
    ("diffusion", Role::Diffusion),
];

const ATTENTIONS: [(&str, Attention); 6] = [
    ("full", Attention::Full),
    ("window", Attention::Window),
    ("chunked", Attention::Chunked),
    ("linear", Attention::Linear),
    ("recurrent", Attention::Recurrent),
    ("none", Attention::None),
];

fn word<T: Copy + Default>(json: Json<'_>, words: &[(&str, T)]) -> T {
    let found = words.iter().find(|(word, _)| json.is(word));
    found.map(|(_, value)| *value).unwrap_or_default()
}

fn object<T>(json: Json<'_>, read: fn(Json<'_>) -> T) -> Option<T> {
    json.is_object().then(|| read(json))
}

fn layers(json: Json<'_>) -> Option<Vec<Layer>> {
    let found: Vec<_> = json.items().take(MAX_LAYERS + 1).map(layer).collect();
    (json.is_list() && found.len() <= MAX_LAYERS).then_some(found)
}

fn layers_or_none(json: Json<'_>) -> Option<Vec<Layer>> {
    if json.is_missing() { Some(Vec::new()) } else { layers(json) }
}

fn layer(json: Json<'_>) -> Layer {
    let count = |key| json.get(key).count().unwrap_or(0);
    let flag = |key| json.get(key).flag().unwrap_or(false);
    Layer {
        attention: word(json.get("attention"), &ATTENTIONS),
        window: json.get("window").count(),
        heads: count("heads"),
        kv_heads: count("kvHeads"),
        key_length: count("keyLength"),
        value_length: count("valueLength"),
        shares_kv: flag("sharesKv"),
        indexed: flag("indexed"),
        compression: json.get("compression").count(),
        state: object(json.get("state"), state),
        feed_forward_length: count("feedForwardLength"),
        experts: flag("experts"),
    }
}

fn state(json: Json<'_>) -> State {
    let [conv, recurrent] = counts(json, ["conv", "recurrent"]);
    State { conv, recurrent }
}

fn latent(json: Json<'_>) -> Latent {
    let keys = ["queryRank", "kvRank", "ropeLength", "keyLength", "valueLength"];
    let [query_rank, kv_rank, rope_length, key_length, value_length] = counts(json, keys);
    let unfolded = json.get("unfolded").flag().unwrap_or(false);
    Latent { query_rank, kv_rank, rope_length, key_length, value_length, unfolded }
}

fn indexer(json: Json<'_>) -> Indexer {
    let [heads, key_length, top_k] = counts(json, ["heads", "keyLength", "topK"]);
    Indexer { heads, key_length, top_k }
}

fn recurrence(json: Json<'_>) -> Recurrence {
    let keys = ["convKernel", "innerLength", "stateLength", "groups", "heads"];
    let [conv_kernel, inner_length, state_length, groups, heads] = counts(json, keys);
    Recurrence { conv_kernel, inner_length, state_length, groups, heads }
}

fn experts(json: Json<'_>) -> Experts {
    let keys = ["count", "used", "shared", "feedForwardLength"];
    let [count, used, shared, feed_forward_length] = counts(json, keys);
    let latent_length = json.get("latentLength").count();
    Experts { count, used, shared, feed_forward_length, latent_length }
}

fn counts<const N: usize>(json: Json<'_>, keys: [&str; N]) -> [u64; N] {
    json.pick(keys).map(|value| value.count().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(geometry: &Geometry) -> Option<Geometry> {
        let text = serde_json::to_string(geometry).unwrap();
        Geometry::from_json(Json::parse("a geometry", text.as_bytes()).unwrap())
    }

    #[test]
    fn what_is_written_is_read() {
        let attentions = ATTENTIONS.map(|(_, attention)| attention);
        let layer = |attention| Layer {
            attention,
            window: Some(7),
            heads: 8,
            kv_heads: 2,
            key_length: 64,
            value_length: 32,
            shares_kv: true,
            indexed: true,
            compression: Some(4),
            state: Some(State { conv: 5, recurrent: 6 }),
            feed_forward_length: 9,
            experts: true,
        };
        for (_, role) in ROLES {
            let full = Geometry {
                architecture: "llama".to_owned(),
                role,
                layers: attentions.map(layer).into(),
                mtp_layers: vec![Layer::default()],
                encoder_layers: 1,
                embedding_length: 2,
                output_embedding_length: Some(3),
                per_layer_embedding_length: Some(4),
                deepstack_layers: 3,
                vocabulary: 5,
                context_length: 6,
                original_context_length: Some(7),
                latent: Some(Latent {
                    query_rank: 1,
                    kv_rank: 2,
                    rope_length: 3,
                    key_length: 4,
                    value_length: 5,
                    unfolded: true,
                }),
                indexer: Some(Indexer { heads: 1, key_length: 2, top_k: 3 }),
                recurrence: Some(Recurrence {
                    conv_kernel: 1,
                    inner_length: 2,
                    state_length: 3,
                    groups: 4,
                    heads: 5,
                }),
                experts: Some(Experts {
                    count: 1,
                    used: 2,
                    shared: 3,
                    feed_forward_length: 4,
                    latent_length: Some(5),
                }),
                tied_embeddings: Some(true),
            };
            assert_eq!(round_trip(&full), Some(full));
        }
        assert_eq!(round_trip(&Geometry::default()), Some(Geometry::default()));
    }

    #[test]
    fn other_json_is_none() {
        let many = format!(r#"{{"layers":[{}0]}}"#, "0,".repeat(MAX_LAYERS));
        for text in ["{}", "[]", r#"{"layers":5}"#, r#"{"layers":[],"mtpLayers":5}"#, &many] {
            let json = Json::parse("a geometry", text.as_bytes()).unwrap();
            assert_eq!(Geometry::from_json(json), None);
        }
    }
}
