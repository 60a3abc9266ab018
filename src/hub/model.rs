//! One model: `GET /api/models/{id}`.

use super::encode::percent;
use crate::error::{Code, Error, Result};
use crate::model::arguments::Arguments;
use crate::model::quoted::quoted;

/// Path and query of a model with its file sizes, from `{ id, revision?, fields? }` as JSON.
pub fn path_from_json(json: &[u8]) -> Result<String> {
    let mut options = Arguments::parse("options", json)?;
    let (id, revision) = (options.text("id")?.unwrap_or_default(), options.text("revision")?);
    let fields = options.texts("fields")?.unwrap_or_default();
    options.end()?;
    let fields: Vec<_> = fields.iter().map(|field| &**field).collect();
    path_of_fields(&id, revision.as_deref(), &fields)
}

/// Path and query of these fields of a model, and of what goes without saying; of all that are usual where none is named.
pub fn path_of_fields(id: &str, revision: Option<&str>, fields: &[&str]) -> Result<String> {
    let fields: Vec<_> =
        fields.iter().map(|field| ["&expand=", &percent(field)].concat()).collect();
    Ok(path(id, revision)? + &fields.concat())
}

/// Path and query of a model with its file sizes.
pub fn path(id: &str, revision: Option<&str>) -> Result<String> {
    check_id(id)?;
    let revision = match revision {
        Some("") => {
            return Err(Error::new(
                Code::InvalidArgument,
                "revision: expected a branch, tag or commit, found nothing",
            ));
        }
        Some(revision) => format!("/revision/{}", percent(revision)),
        None => String::new(),
    };
    Ok(format!("/api/models/{id}{revision}?blobs=true"))
}

/// The Hub's rule (`huggingface_hub` `utils/_validators.py`): one or two parts of at most 96 letters, digits,
/// `-`, `_` and `.` each, not starting or ending with `-` or `.`, without `--` or `..`.
pub fn check_id(id: &str) -> Result<()> {
    let parts: Vec<&str> = id.split('/').take(4).collect();
    if (1..=2).contains(&parts.len()) && parts.iter().all(|part| is_name(part)) {
        return Ok(());
    }
    let message =
        format!("id: expected org/name of letters, digits, '-', '_' and '.', found {}", quoted(id));
    Err(Error::new(Code::InvalidArgument, message))
}

fn is_name(part: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=96).contains(&part.len())
        && part.bytes().all(plain)
        && !part.starts_with(['-', '.'])
        && !part.ends_with(['-', '.'])
        && !part.contains("--")
        && !part.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_paths() {
        assert_eq!(
            path("meta-llama/Llama-3.2-1B", None).unwrap(),
            "/api/models/meta-llama/Llama-3.2-1B?blobs=true"
        );
        assert_eq!(
            path("gpt2", Some("refs/pr/1")).unwrap(),
            "/api/models/gpt2/revision/refs%2Fpr%2F1?blobs=true"
        );
    }

    #[test]
    fn other_text_is_refused() {
        for id in
            ["", "/", "a/", "a/b/c", "../etc", "a/..", "a b/c", "a/b?x", "é/b", "-a/b", "a--b/c"]
        {
            assert_eq!(path(id, None).unwrap_err().code(), "invalid_argument", "{id}");
        }
    }
}
