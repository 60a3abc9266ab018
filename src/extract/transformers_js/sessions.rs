//! Sessions and dtypes of transformers.js, by the names that it gives them.

/// The names of sessions (transformers.js 4.3.1 `src/models/session_config.js`), and those of older exports.
pub(crate) const SESSIONS: [&str; 25] = [
    "model",
    "encoder_model",
    "decoder_model",
    "decoder_model_merged",
    "decoder_with_past_model",
    "embed_tokens",
    "vision_encoder",
    "audio_encoder",
    "text_model",
    "vision_model",
    "text_encoder",
    "unet",
    "conditional_decoder",
    "encodec_decode",
    "gen_head",
    "gen_img_embeds",
    "image_decode",
    "language_model",
    "latent_denoiser",
    "lm_head",
    "prepare_inputs_embeds",
    "prompt_encoder_mask_decoder",
    "speech_encoder",
    "voice_decoder",
    "audio_model",
];

/// Dtypes, each with what stands behind the session's name (transformers.js 4.3.1 `src/utils/dtypes.js`).
pub(super) const DTYPES: [(&str, &str); 12] = [
    ("fp32", ""),
    ("fp16", "_fp16"),
    ("int8", "_int8"),
    ("uint8", "_uint8"),
    ("q8", "_quantized"),
    ("q4", "_q4"),
    ("q2", "_q2"),
    ("q1", "_q1"),
    ("q4f16", "_q4f16"),
    ("q2f16", "_q2f16"),
    ("q1f16", "_q1f16"),
    ("bnb4", "_bnb4"),
];

/// The sessions of each class of model (transformers.js 4.3.1 `src/models/session_config.js`), those of a class before
/// those of another that has fewer of them. Of those that fit, the first counts.
const CLASSES: [&[&str]; 18] = [
    // MultiModality
    &[
        "prepare_inputs_embeds",
        "language_model",
        "lm_head",
        "gen_head",
        "gen_img_embeds",
        "image_decode",
    ],
    // ImageAudioTextToText
    &["embed_tokens", "decoder_model_merged", "audio_encoder", "vision_encoder"],
    // ImageTextToText that encodes its text
    &["embed_tokens", "decoder_model_merged", "vision_encoder", "encoder_model"],
    // Chatterbox
    &["embed_tokens", "speech_encoder", "language_model", "conditional_decoder"],
    // ImageTextToText
    &["embed_tokens", "decoder_model_merged", "vision_encoder"],
    // AudioTextToText, VoxtralRealtime
    &["embed_tokens", "decoder_model_merged", "audio_encoder"],
    // Musicgen
    &["text_encoder", "decoder_model_merged", "encodec_decode"],
    // Phi3V
    &["prepare_inputs_embeds", "model", "vision_encoder"],
    // Supertonic
    &["text_encoder", "latent_denoiser", "voice_decoder"],
    // MultimodalEncoder, whose config says which encoders it has
    &["model", "vision_encoder", "audio_encoder"],
    &["model", "vision_encoder"],
    &["model", "audio_encoder"],
    // Seq2Seq, Vision2Seq, EncoderDecoder
    &["encoder_model", "decoder_model_merged"],
    // MaskGeneration
    &["vision_encoder", "prompt_encoder_mask_decoder"],
    // the text alone of those with encoders
    &["embed_tokens", "decoder_model_merged"],
    // AutoEncoder
    &["encoder_model", "decoder_model"],
    // DecoderOnly, EncoderOnly and every other
    &["model"],
    // Text alone, exported before sessions had these names.
    &["decoder_model_merged"],
];

/// The sessions that a model needs of which these are there: those of the class that misses the fewest. None where
/// the names are of no class.
pub(super) fn needed(there: &dyn Fn(&str) -> bool) -> &'static [&'static str] {
    let missing = |class: &[&str]| class.iter().filter(|session| !there(session)).count();
    let some = CLASSES.into_iter().filter(|class| missing(class) < class.len());
    some.min_by_key(|class| missing(class)).unwrap_or_default()
}

/// What stands behind the name of a session of that dtype, the point before `onnx` excluded.
pub(super) fn suffix(dtype: &str) -> Option<&'static str> {
    DTYPES.iter().find(|(name, _)| *name == dtype).map(|(_, suffix)| *suffix)
}

/// The places in the tables of `decoder_model_merged_quantized`: of `decoder_model_merged` and of `q8`.
pub(super) fn session_and_dtype(stem: &str) -> Option<(usize, usize)> {
    let session = |name: &str| SESSIONS.iter().position(|known| *known == name);
    DTYPES.iter().enumerate().find_map(|(dtype, (_, suffix))| {
        let name = stem.strip_suffix(suffix)?;
        Some((session(name)?, dtype))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_with_the_fewest_missing_counts() {
        for (sessions, class) in [
            (&["model"][..], &["model"][..]),
            (&["model", "text_model", "vision_model"], &["model"]),
            (&["model", "vision_encoder"], &["model", "vision_encoder"]),
            (
                &["decoder_model", "encoder_model", "decoder_model_merged"],
                &["encoder_model", "decoder_model_merged"],
            ),
            (
                &["vision_encoder", "model", "prepare_inputs_embeds"],
                &["prepare_inputs_embeds", "model", "vision_encoder"],
            ),
            (&["lm_head", "gen_head"], CLASSES[0]),
            (&["encoder_model"], &["encoder_model", "decoder_model_merged"]),
            (&["x"], &[]),
        ] {
            assert_eq!(needed(&|name| sessions.contains(&name)), class, "{sessions:?}");
        }
    }

    #[test]
    fn every_session_of_a_class_has_a_name() {
        for session in CLASSES.into_iter().flatten() {
            assert!(SESSIONS.contains(session), "{session}");
        }
    }

    #[test]
    fn classes_that_hold_others_stand_before_them() {
        for (place, class) in CLASSES.into_iter().enumerate() {
            for later in CLASSES.into_iter().skip(place + 1) {
                assert!(!class.iter().all(|session| later.contains(session)), "{later:?}");
            }
        }
    }

    #[test]
    fn stems() {
        let read = |stem| {
            let (session, dtype) = session_and_dtype(stem)?;
            Some((SESSIONS[session], DTYPES[dtype].0))
        };
        assert_eq!(read("decoder_model_merged"), Some(("decoder_model_merged", "fp32")));
        assert_eq!(read("model_q4f16"), Some(("model", "q4f16")));
        assert_eq!(read("encoder_model_quantized"), Some(("encoder_model", "q8")));
        for stem in ["model_O4", "model_q8", "_q4", "", "unknown_q4", "model_q4_fp16"] {
            assert_eq!(read(stem), None, "{stem}");
        }
    }
}
