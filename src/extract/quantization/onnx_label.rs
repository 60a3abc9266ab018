//! The dtype in the name of a transformers.js session.

use crate::extract::transformers_js::SESSIONS;

/// The dtype that a session's suffix stands for (transformers.js `src/utils/dtypes.js`); none for a file that
/// follows another convention.
pub(crate) fn onnx_label(path: &str) -> Option<String> {
    let base = path.rsplit('/').next()?.strip_suffix(".onnx")?;
    if is_session(base) {
        return Some(folder_label(path).unwrap_or("fp32").to_owned());
    }
    let label = match base.rsplit_once('_')?.1 {
        "quantized" => "q8",
        suffix @ ("fp16" | "int8" | "uint8" | "bnb4" | "q4" | "q4f16" | "q2" | "q2f16" | "q1"
        | "q1f16") => suffix,
        _ => return None,
    };
    Some(label.to_owned())
}

/// Whether a name without an ending is that of a session, without a suffix.
pub(crate) fn is_session(stem: &str) -> bool {
    SESSIONS.contains(&stem)
}

/// The dtype that onnxruntime-genai's builder puts into the folder's name: `cpu-int4-rtn-block-32-acc-level-4`.
fn folder_label(path: &str) -> Option<&'static str> {
    const WORDS: [&str; 5] = ["int4", "int8", "fp16", "bf16", "fp32"];
    let (folder, _) = path.rsplit_once('/')?;
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let mut words = last.split(['-', '_']);
    words.find_map(|word| WORDS.into_iter().find(|known| word == *known))
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
            ("cpu_and_mobile/cpu-int4-rtn-block-32-acc-level-4/model.onnx", Some("int4")),
        ] {
            assert_eq!(onnx_label(path).as_deref(), label, "{path}");
        }
    }
}
