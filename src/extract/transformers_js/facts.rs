//! The layout in the shape that crosses to JavaScript.

use super::{File, Layout, Session};
use crate::model::transformers_js::{
    TransformersJsDtype, TransformersJsFacts, TransformersJsSession,
};
use crate::model::variant::ModelFile;

/// What transformers.js loads of a repository; none where no file has the name of a session.
#[must_use]
pub fn facts(files: &[File<'_>]) -> Option<TransformersJsFacts> {
    let layout = Layout::of(files);
    let dtype = |name: &'static str| {
        let set = layout.in_dtype(name);
        let (size_bytes, missing_files) = (set.size_bytes, set.missing);
        TransformersJsDtype { dtype: name.to_owned(), size_bytes, missing_files }
    };
    (!layout.sessions.is_empty()).then(|| TransformersJsFacts {
        needed: layout.needed.iter().map(|&name| name.to_owned()).collect(),
        dtypes: layout.dtypes().into_iter().map(dtype).collect(),
        sessions: layout.sessions.iter().map(session).collect(),
    })
}

fn session(session: &Session<'_>) -> TransformersJsSession {
    let file = |&(path, size): &File<'_>| ModelFile { path: path.to_owned(), size };
    TransformersJsSession {
        name: session.name.to_owned(),
        dtype: session.dtype.to_owned(),
        files: session.files.iter().map(file).collect(),
        missing_files: session.missing.clone(),
    }
}
