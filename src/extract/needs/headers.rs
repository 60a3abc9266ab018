//! What the headers of files ask.

use crate::model::Json;
use crate::model::needs::{HeaderNeeds, Needs, Template};
use std::borrow::Cow;

/// More headers than a check looks at.
const MAX_HEADERS: usize = 1_000;

/// More types than there are.
const MAX_TYPES: usize = 64;

pub(super) fn read(headers: Json<'_>, needs: &mut Needs) {
    for header in headers.items().take(MAX_HEADERS).filter(|header| header.get("kind").is("model"))
    {
        let of_gguf = header.get("format").is("gguf");
        if of_gguf && needs.gguf_architecture.is_none() {
            needs.gguf_architecture = text(header, "architecture");
        }
        let pre = header.get("keys").items().find(|one| one.get("key").is("tokenizer.ggml.pre"));
        let pre = pre.map_or(header.get("preTokenizer"), |one| one.get("value"));
        needs.pre_tokenizer =
            needs.pre_tokenizer.take().or_else(|| pre.text().map(Cow::into_owned));
        template(header.get("chatTemplates"), needs);
        needs.headers.push(header_needs(header));
    }
}

/// The default template comes first.
pub(super) fn template(templates: Json<'_>, needs: &mut Needs) {
    if let Some(first) = templates.items().next() {
        let uses = first.get("uses");
        let tools = uses.is_list().then(|| uses.texts().any(|one| one == "tools"));
        needs.template = Some(Template { tools });
    }
}

fn header_needs(header: Json<'_>) -> HeaderNeeds {
    let types = header.get("types").items().filter_map(|total| total.get("name").text());
    HeaderNeeds {
        path: text(header, "path").unwrap_or_default(),
        format: text(header, "format").unwrap_or_default(),
        version: header.get("version").text().and_then(|version| version.parse().ok()),
        label: text(header, "quantization"),
        types: types.take(MAX_TYPES).map(Cow::into_owned).collect(),
        header_bytes: header.get("headerBytes").count(),
        largest_tensor: header.get("largestTensor").count(),
    }
}

fn text(json: Json<'_>, key: &str) -> Option<String> {
    json.get(key).text().map(Cow::into_owned)
}
