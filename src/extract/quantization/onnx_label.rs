//! The dtype in the name of a transformers.js session.

/// Session names, which without a suffix are fp32 (transformers.js 4.3.1 `src/models/session_config.js`, and those of
/// older exports).
const SESSIONS: [&str; 24] = [
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
];

/// Dtypes whose suffix is their name (transformers.js `src/utils/dtypes.js`).
const DTYPES: [&str; 10] =
    ["fp16", "int8", "uint8", "bnb4", "q4", "q4f16", "q2", "q2f16", "q1", "q1f16"];

/// The dtype that a session's suffix stands for; none for a file that follows another convention.
pub(crate) fn onnx_label(path: &str) -> Option<String> {
    let base = path.rsplit('/').next()?.strip_suffix(".onnx")?;
    session_and_dtype(base).map(|(_, dtype)| dtype.to_owned())
}

/// `decoder_model_merged` and `q8` of `decoder_model_merged_quantized`.
pub(crate) fn session_and_dtype(base: &str) -> Option<(&str, &'static str)> {
    if SESSIONS.contains(&base) {
        return Some((base, "fp32"));
    }
    let (session, suffix) = base.rsplit_once('_')?;
    let plain = DTYPES.into_iter().find(|dtype| *dtype == suffix);
    let dtype = if suffix == "quantized" { "q8" } else { plain? };
    Some((session, dtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn onnx_suffixes() {
        for (path, label) in [
            ("onnx/model_q4f16.onnx", Some("q4f16")),
            ("onnx/decoder_model_merged_quantized.onnx", Some("q8")),
            ("onnx/decoder_model_merged.onnx", Some("fp32")),
            ("onnx/model.onnx", Some("fp32")),
            ("model_qint8_avx512.onnx", None),
            ("model_O4.onnx", None),
        ] {
            assert_eq!(onnx_label(path).as_deref(), label, "{path}");
        }
    }
}
