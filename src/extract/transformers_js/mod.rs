//! Which files transformers.js loads of a repository, by their names.
//!
//! A model is one graph or several, its sessions. The file of a session in a dtype is `onnx/<session><suffix>.onnx`,
//! and where its tensors are beside it, they are in `<file>_data`, `<file>_data_1`, …. A dtype can be loaded where
//! all sessions are there (transformers.js 4.3.1 `src/utils/model_registry/get_available_dtypes.js`).

mod facts;
mod sessions;

pub use facts::facts;
pub(crate) use sessions::SESSIONS;

use crate::model::order::order;
use sessions::{DTYPES, needed, session_and_dtype, suffix};

/// Where transformers.js looks for files.
const FOLDER: &str = "onnx/";

/// Files of data beside one graph (transformers.js 4.3.1 `src/utils/hub/constants.js`).
const MAX_CHUNKS: usize = 100;

/// A file of the repository, and its bytes where they are known.
pub type File<'a> = (&'a str, Option<u64>);

/// The files of a repository as transformers.js sees them.
///
/// ```
/// use hubfit::extract::transformers_js::Layout;
///
/// let layout = Layout::of(&[
///     ("onnx/encoder_model.onnx", Some(100)),
///     ("onnx/decoder_model_merged.onnx", Some(20)),
///     ("onnx/decoder_model_merged.onnx_data", Some(300)),
///     ("onnx/encoder_model_q4.onnx", Some(50)),
/// ]);
/// assert_eq!(layout.needed, ["encoder_model", "decoder_model_merged"]);
/// assert_eq!(layout.dtypes(), ["fp32", "q4"]);
/// assert_eq!(layout.in_dtype("fp32").size_bytes, Some(420));
/// assert_eq!(layout.in_dtype("q4").missing, ["onnx/decoder_model_merged_q4.onnx"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout<'a> {
    /// The sessions that the model needs; none where no names are those of sessions.
    ///
    /// They are those of the class of model that misses the fewest, for names do not tell the class: that is for
    /// `config.json`.
    pub needed: &'static [&'static str],
    /// The sessions that are there, needed or not, each in each dtype that it is there in.
    pub sessions: Vec<Session<'a>>,
}

/// A session in one dtype.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session<'a> {
    /// `model`, `decoder_model_merged`, ….
    pub name: &'static str,
    /// `fp32`, `fp16`, `q8`, `q4f16`, ….
    pub dtype: &'static str,
    /// The graph, and the data beside it.
    pub files: Vec<File<'a>>,
    /// Data that is not there although some with a higher number is.
    pub missing: Vec<String>,
}

/// The files that one choice of dtypes needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSet<'a> {
    /// Those that are there, session by session.
    pub files: Vec<File<'a>>,
    /// Those that are not: with any, the model cannot be loaded.
    pub missing: Vec<String>,
    /// The bytes of the files that are there; none where those of any are unknown.
    pub size_bytes: Option<u64>,
}

impl<'a> Layout<'a> {
    /// The layout of a repository. Neither the order of the files nor one that is listed twice changes it.
    #[must_use]
    pub fn of(files: &[File<'a>]) -> Self {
        let parts: Vec<_> = files.iter().filter_map(Part::of).collect();
        let key = |index: usize| parts.get(index).map(|part| (part.key(), part.file));
        let order = order(parts.len(), &|one, other| key(one).cmp(&key(other)));
        let sorted = order.into_iter().filter_map(|index| parts.get(index as usize));
        let mut sorted: Vec<_> = sorted.copied().collect();
        sorted.dedup_by_key(|part| part.key());
        let same = |one: &Part<'_>, other: &Part<'_>| one.session() == other.session();
        let sessions: Vec<_> = sorted.chunk_by(same).filter_map(Session::of).collect();
        let there = |name: &str| sessions.iter().any(|session| session.name == name);
        Self { needed: needed(&there), sessions }
    }

    /// The dtypes in which some needed session is there, in the order of transformers.js.
    #[must_use]
    pub fn dtypes(&self) -> Vec<&'static str> {
        let has = |dtype: &str| self.needed.iter().any(|name| self.session(name, dtype).is_some());
        DTYPES.into_iter().map(|(dtype, _)| dtype).filter(|dtype| has(dtype)).collect()
    }

    /// The files of all sessions in one dtype.
    #[must_use]
    pub fn in_dtype(&self, dtype: &str) -> FileSet<'a> {
        self.in_dtypes(&|_| dtype)
    }

    /// The files where each session has a dtype of its own, as the option `dtype` of transformers.js may say.
    #[must_use]
    pub fn in_dtypes<'d>(&self, dtype_of: &dyn Fn(&str) -> &'d str) -> FileSet<'a> {
        let mut set = FileSet { files: Vec::new(), missing: Vec::new(), size_bytes: None };
        for name in self.needed {
            let dtype = dtype_of(name);
            if let Some(session) = self.session(name, dtype) {
                set.files.extend(&session.files);
                set.missing.extend_from_slice(&session.missing);
            } else {
                set.missing.push(path(name, dtype));
            }
        }
        let mut sizes = set.files.iter().map(|(_, size)| *size);
        set.size_bytes = sizes.try_fold(0_u64, |sum, size| Some(sum.saturating_add(size?)));
        set
    }

    fn session(&self, name: &str, dtype: &str) -> Option<&Session<'a>> {
        self.sessions.iter().find(|session| session.name == name && session.dtype == dtype)
    }
}

impl FileSet<'_> {
    /// Whether the model can be loaded from it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.files.is_empty()
    }
}

impl<'a> Session<'a> {
    /// The session of a graph and its data, in order; none without a graph.
    fn of(parts: &[Part<'a>]) -> Option<Self> {
        let graph = parts.first().filter(|part| part.number == 0)?;
        let name = SESSIONS.get(graph.session)?;
        let (dtype, _) = DTYPES.get(graph.dtype)?;
        let last = parts.last().map_or(0, |part| part.number);
        let has = |number: &usize| parts.iter().any(|part| part.number == *number);
        let missing = (1..last).filter(|number| !has(number));
        let missing = missing.map(|number| chunk(graph.file.0, number)).collect();
        let files = parts.iter().map(|part| part.file).collect();
        Some(Self { name, dtype, files, missing })
    }
}

/// A file that transformers.js would ask for.
#[derive(Clone, Copy)]
struct Part<'a> {
    session: usize,
    dtype: usize,
    /// 0 for the graph, 1 for `_data`, 2 for `_data_1`.
    number: usize,
    file: File<'a>,
}

impl<'a> Part<'a> {
    fn of(file: &File<'a>) -> Option<Self> {
        let (stem, rest) = file.0.strip_prefix(FOLDER)?.split_once(".onnx")?;
        let (session, dtype) = session_and_dtype(stem)?;
        Some(Self { session, dtype, number: number(rest)?, file: *file })
    }

    fn session(&self) -> (usize, usize) {
        (self.session, self.dtype)
    }

    fn key(&self) -> (usize, usize, usize) {
        (self.session, self.dtype, self.number)
    }
}

/// The number of what stands behind `.onnx`.
fn number(rest: &str) -> Option<usize> {
    match rest {
        "" => Some(0),
        "_data" => Some(1),
        _ => {
            let digits = rest.strip_prefix("_data_")?;
            let number: usize = digits.parse().ok()?;
            let canonical =
                digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
            (canonical && number < MAX_CHUNKS).then_some(number + 1)
        }
    }
}

fn path(session: &str, dtype: &str) -> String {
    match suffix(dtype) {
        Some(suffix) => [FOLDER, session, suffix, ".onnx"].concat(),
        None => [FOLDER, session, "_", dtype, ".onnx"].concat(),
    }
}

fn chunk(graph: &str, number: usize) -> String {
    match number {
        1 => [graph, "_data"].concat(),
        _ => [graph, "_data_", &(number - 1).to_string()].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sized(paths: &[&'static str]) -> Vec<File<'static>> {
        paths.iter().map(|path| (*path, Some(1))).collect()
    }

    #[test]
    fn a_dtype_needs_all_sessions() {
        let layout = sized(&[
            "config.json",
            "onnx/decoder_model_merged_q4.onnx",
            "onnx/embed_tokens_q4.onnx",
            "onnx/vision_encoder_q4.onnx",
            "onnx/vision_encoder_quantized.onnx",
            "onnx/embed_tokens.onnx",
            "onnx/unrelated_O4.onnx",
            "onnx/decoder_with_past_model_bnb4.onnx",
            "model.onnx",
        ]);
        let layout = Layout::of(&layout);
        assert_eq!(layout.needed, ["embed_tokens", "decoder_model_merged", "vision_encoder"]);
        assert_eq!((layout.dtypes(), layout.sessions.len()), (vec!["fp32", "q8", "q4"], 6));
        let q4 = layout.in_dtype("q4");
        assert!(q4.is_complete() && q4.size_bytes == Some(3), "{q4:?}");
        let q8 = ["onnx/embed_tokens_quantized.onnx", "onnx/decoder_model_merged_quantized.onnx"];
        assert_eq!(layout.in_dtype("q8").missing, q8);
        assert!(!layout.in_dtype("bnb4").is_complete());
        assert_eq!(layout.in_dtype("q3").missing[0], "onnx/embed_tokens_q3.onnx");
    }

    #[test]
    fn each_session_in_its_own_dtype() {
        let files = sized(&[
            "onnx/embed_tokens_fp16.onnx",
            "onnx/vision_encoder_q4.onnx",
            "onnx/decoder_model_merged_q4.onnx",
            "onnx/decoder_model_merged_q4.onnx_data",
        ]);
        let layout = Layout::of(&files);
        assert!(layout.dtypes().iter().all(|dtype| !layout.in_dtype(dtype).is_complete()));
        let mixed = layout.in_dtypes(&|name| if name == "embed_tokens" { "fp16" } else { "q4" });
        assert!(mixed.is_complete());
        assert_eq!((mixed.files.len(), mixed.size_bytes), (4, Some(4)));
    }

    #[test]
    fn data_in_chunks() {
        let files = sized(&[
            "onnx/model_q4f16.onnx_data_2",
            "onnx/model_q4f16.onnx",
            "onnx/model_q4f16.onnx_data",
            "onnx/model.onnx",
            "onnx/model.onnx_data",
        ]);
        let layout = Layout::of(&files);
        assert_eq!(layout.in_dtype("q4f16").files.len(), 3);
        assert_eq!(layout.in_dtype("q4f16").missing, ["onnx/model_q4f16.onnx_data_1"]);
        let fp32 = layout.in_dtype("fp32");
        assert_eq!(fp32.files, [files[3], files[4]]);
        assert!(fp32.is_complete());
    }

    #[test]
    fn names_that_are_never_asked_for() {
        for name in ["x", "0", "01", "+1", "100", "-1", "", "99999999999999999999"] {
            let chunk = format!("onnx/model.onnx_data_{name}");
            let layout = [("onnx/model.onnx", None), (&*chunk, None)];
            let set = Layout::of(&layout).in_dtype("fp32");
            assert!(set.is_complete() && set.files.len() == 1, "{name}");
            assert_eq!(set.size_bytes, None);
        }
        let data = Layout::of(&[("onnx/model.onnx_data", None), ("model.onnx", None)]);
        assert_eq!(data, Layout::default());
        assert!(!data.in_dtype("fp32").is_complete());
    }

    #[test]
    fn the_highest_number_alone() {
        let layout = [("onnx/model.onnx_data_99", None), ("onnx/model.onnx", None)];
        assert_eq!(Layout::of(&layout).in_dtype("fp32").missing.len(), 99);
    }

    #[test]
    fn a_hundred_thousand_files_take_no_longer_each() {
        let paths: Vec<_> =
            (0..100_000).map(|at| format!("onnx/model.onnx_data_{}", at % 100)).collect();
        let mut files: Vec<_> = paths.iter().map(|path| (&**path, Some(u64::MAX))).collect();
        files.push(("onnx/model.onnx", Some(1)));
        let set = Layout::of(&files).in_dtype("fp32");
        assert_eq!((set.files.len(), set.size_bytes), (100, Some(u64::MAX)));
    }

    fn paths() -> impl Strategy<Value = String> {
        let session = prop::sample::select(&["model", "embed_tokens", "decoder_model_merged", "x"]);
        let suffix = prop::sample::select(&["", "_q4", "_quantized", "_x"]);
        let ending =
            prop::sample::select(&[".onnx", ".onnx_data", ".onnx_data_1", ".onnx_data_7", ""]);
        (session, suffix, ending)
            .prop_map(|(session, suffix, ending)| format!("onnx/{session}{suffix}{ending}"))
    }

    proptest! {
        #[test]
        fn the_order_changes_nothing(paths in prop::collection::vec((paths(), 0_u64..3), 0..30), turn in 0_usize..30) {
            let files: Vec<File<'_>> = paths.iter().map(|(path, size)| (&**path, Some(*size))).collect();
            let mut turned = files.clone();
            turned.rotate_left(turn.min(files.len()));
            let layout = Layout::of(&files);
            prop_assert_eq!(&layout, &Layout::of(&turned));
            for session in &layout.sessions {
                let graph = session.files[0].0;
                prop_assert_eq!(graph, path(session.name, session.dtype));
                prop_assert!(session.files.iter().all(|file| files.contains(file)));
            }
            for dtype in layout.dtypes() {
                let set = layout.in_dtype(dtype);
                let wanted = layout.needed.iter().all(|name| files.iter().any(|file| file.0 == path(name, dtype)));
                prop_assert_eq!(set.is_complete(), wanted && layout.sessions.iter().all(|session| session.dtype != dtype || session.missing.is_empty() || !layout.needed.contains(&session.name)));
            }
        }

        #[test]
        fn any_names(paths in prop::collection::vec("(onnx/)?(model|encoder_model)?.{0,6}(_q4)?(\\.onnx)?(_data)?(_[0-9]{1,3})?", 0..20)) {
            let files: Vec<File<'_>> = paths.iter().map(|path| (&**path, None)).collect();
            let layout = Layout::of(&files);
            prop_assert!(layout.sessions.iter().all(|session| session.files.len() + session.missing.len() <= MAX_CHUNKS + 1));
        }
    }
}
