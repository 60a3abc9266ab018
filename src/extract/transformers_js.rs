//! Which dtypes of a model transformers.js can load, by the names of its files.
//!
//! A model is one graph or several, its sessions, and each dtype has a file for each:
//! `onnx/<session><suffix>.onnx`, with data beside it in `<file>_data`, `<file>_data_1`, … A dtype can be loaded
//! where all its sessions are there (transformers.js 4.3.1 `src/utils/model_registry/get_available_dtypes.js`).

use super::quantization::session_and_dtype;

/// Where transformers.js looks for files.
const FOLDER: &str = "onnx/";

/// Chunks of data beside one file (transformers.js 4.3.1 `src/utils/hub/constants.js`).
const MAX_CHUNKS: usize = 100;

/// The sessions of each class of model (transformers.js 4.3.1 `src/models/session_config.js`), those of a class before
/// those of another that has fewer of them. Of those that fit, the first counts.
const CLASSES: [&[&str]; 15] = [
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

/// The files of one dtype.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DtypeFiles {
    /// `fp32`, `fp16`, `q8`, `q4f16`, ….
    pub dtype: String,
    /// The sessions that are there, each with its file.
    pub sessions: Vec<SessionFile>,
    /// The files that are not: sessions of the model's class, and chunks before the last one.
    pub missing: Vec<String>,
}

/// The file of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionFile {
    /// `model`, `decoder_model_merged`, ….
    pub session: String,
    /// `onnx/model_q4.onnx`
    pub path: String,
    /// The files that hold its data, where those are not in it: `onnx/model_q4.onnx_data`, ….
    pub external_data: Vec<String>,
}

impl DtypeFiles {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// The dtypes among the files of a repository, in the order in which their first files stand.
///
/// The class of the model is that with the most sessions of which each is there in one dtype or another; where there
/// is none, that of which the fewest are missing; and where the names are of no class, there are no dtypes.
///
/// ```
/// let files = ["onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx", "onnx/encoder_model_q4.onnx"];
/// let dtypes = hubfit::extract::transformers_js::dtypes(&files);
/// assert!(dtypes[0].dtype == "fp32" && dtypes[0].is_complete());
/// assert_eq!(dtypes[1].missing, ["onnx/decoder_model_merged_q4.onnx"]);
/// ```
#[must_use]
pub fn dtypes(paths: &[&str]) -> Vec<DtypeFiles> {
    let files: Vec<_> = paths.iter().filter_map(|path| Found::of(path)).collect();
    let sessions: Vec<_> = files.iter().map(|file| file.session).collect();
    let class = class_of(&sessions);
    let mut dtypes: Vec<DtypeFiles> = Vec::new();
    for file in files.iter().filter(|_| !class.is_empty()) {
        if !dtypes.iter().any(|dtype| dtype.dtype == file.dtype) {
            let of_dtype = files.iter().filter(|other| other.dtype == file.dtype);
            dtypes.push(DtypeFiles::new(file, of_dtype, class, paths));
        }
    }
    dtypes
}

/// A file that transformers.js would look for.
struct Found<'a> {
    path: &'a str,
    session: &'a str,
    suffix: &'a str,
    dtype: &'static str,
}

impl<'a> Found<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let base = path.strip_prefix(FOLDER)?.strip_suffix(".onnx")?;
        let (session, dtype) = session_and_dtype(base)?;
        Some(Self { path, session, suffix: base.strip_prefix(session)?, dtype })
    }
}

fn class_of(sessions: &[&str]) -> &'static [&'static str] {
    let there = |class: &[&str]| class.iter().filter(|session| sessions.contains(session)).count();
    let some = CLASSES.into_iter().filter(|class| there(class) > 0);
    some.min_by_key(|class| class.len() - there(class)).unwrap_or_default()
}

impl DtypeFiles {
    /// The files of the dtype that the first one has, and what is missing.
    fn new<'a>(
        first: &Found<'_>,
        files: impl Iterator<Item = &'a Found<'a>>,
        class: &[&str],
        paths: &[&str],
    ) -> Self {
        let mut dtype =
            Self { dtype: first.dtype.to_owned(), sessions: Vec::new(), missing: Vec::new() };
        for file in files {
            let mut session = SessionFile::new(file);
            dtype.missing.extend(session.find_data(paths));
            dtype.sessions.push(session);
        }
        for session in class {
            if !dtype.sessions.iter().any(|own| own.session == *session) {
                dtype.missing.push(format!("{FOLDER}{session}{}.onnx", first.suffix));
            }
        }
        dtype
    }
}

impl SessionFile {
    fn new(file: &Found<'_>) -> Self {
        let (session, path) = (file.session.to_owned(), file.path.to_owned());
        Self { session, path, external_data: Vec::new() }
    }

    /// Finds the chunks of data, and says which are missing before the last.
    fn find_data(&mut self, paths: &[&str]) -> Vec<String> {
        let is_chunk = |path: &&&str| {
            let rest = path.strip_prefix(self.path.as_str());
            rest.is_some_and(|rest| rest == "_data" || rest.starts_with("_data_"))
        };
        let there = paths.iter().filter(is_chunk).count();
        let mut missing = Vec::new();
        for number in 0..MAX_CHUNKS {
            if self.external_data.len() == there {
                break;
            }
            let chunk = match number {
                0 => format!("{}_data", self.path),
                number => format!("{}_data_{number}", self.path),
            };
            let list = if paths.contains(&chunk.as_str()) {
                &mut self.external_data
            } else {
                &mut missing
            };
            list.push(chunk);
        }
        // Files that are named like chunks and are none.
        if self.external_data.len() < there {
            missing.truncate(0);
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(paths: &[&str]) -> Vec<(String, usize, Vec<String>)> {
        let row = |dtype: DtypeFiles| (dtype.dtype, dtype.sessions.len(), dtype.missing);
        dtypes(paths).into_iter().map(row).collect()
    }

    #[test]
    fn a_dtype_needs_all_sessions() {
        let files = [
            "config.json",
            "onnx/decoder_model_merged_q4.onnx",
            "onnx/embed_tokens_q4.onnx",
            "onnx/vision_encoder_q4.onnx",
            "onnx/vision_encoder_quantized.onnx",
            "onnx/embed_tokens.onnx",
            "onnx/unrelated_O4.onnx",
            "model.onnx",
        ];
        let missing = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        assert_eq!(
            told(&files),
            [
                ("q4".to_owned(), 3, vec![]),
                (
                    "q8".to_owned(),
                    1,
                    missing([
                        "onnx/embed_tokens_quantized.onnx",
                        "onnx/decoder_model_merged_quantized.onnx"
                    ])
                ),
                (
                    "fp32".to_owned(),
                    1,
                    missing(["onnx/decoder_model_merged.onnx", "onnx/vision_encoder.onnx"])
                ),
            ]
        );
    }

    #[test]
    fn data_in_chunks() {
        let files = [
            "onnx/model_q4f16.onnx_data_2",
            "onnx/model_q4f16.onnx",
            "onnx/model_q4f16.onnx_data",
            "onnx/model.onnx",
            "onnx/model.onnx_data",
        ];
        let found = dtypes(&files);
        assert_eq!(
            (found[0].dtype.as_str(), found[0].sessions[0].external_data.len()),
            ("q4f16", 2)
        );
        assert_eq!(found[0].missing, ["onnx/model_q4f16.onnx_data_1"]);
        assert_eq!(found[1].sessions[0].external_data, ["onnx/model.onnx_data"]);
        assert!(found[1].is_complete());
    }

    #[test]
    fn the_class_with_the_most_sessions_counts() {
        for (sessions, class) in [
            (&["model"][..], &["model"][..]),
            (&["model", "text_model", "vision_model"], &["model"]),
            (
                &["decoder_model", "encoder_model", "decoder_model_merged"],
                &["encoder_model", "decoder_model_merged"],
            ),
            (&["vision_encoder", "model", "prepare_inputs_embeds"], CLASSES[7]),
            (&["lm_head", "gen_head"], CLASSES[0]),
            (&["encoder_model"], &["encoder_model", "decoder_model_merged"]),
            (&["x"], &[]),
        ] {
            assert_eq!(class_of(sessions), class, "{sessions:?}");
        }
    }

    #[test]
    fn a_chunk_that_is_none() {
        let found = dtypes(&["onnx/model.onnx", "onnx/model.onnx_data_x"]);
        assert!(found[0].is_complete() && found[0].sessions[0].external_data.is_empty());
        assert_eq!(told(&[]), []);
    }
}
