//! What a model's name gives away. Names lie, so all of it is a guess.

use super::architecture::FAMILIES;
use super::known::registry_name;

/// The part of an id after the owner.
pub(crate) fn repository(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// `llama-3`, `qwen2.5`, `phi`: a tag that is a family with a version.
pub(super) fn versioned_family(tag: &str) -> Option<&'static str> {
    FAMILIES.into_iter().find(|family| {
        let split = tag.split_at_checked(family.len());
        split.is_some_and(|(start, rest)| start.eq_ignore_ascii_case(family) && is_version(rest))
    })
}

/// Nothing, or `-3`, `2.5`, ` v1.0-beta`.
fn is_version(text: &str) -> bool {
    let text = text.strip_prefix(['-', '_', '.', ' ']).unwrap_or(text);
    let number = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    number.starts_with(|first: char| first.is_ascii_digit()) && number.bytes().all(sign)
}

/// The places where a word of a name begins, and the rest of the name from there. Inside a number no word
/// begins: neither in `2.7B` nor in `1_6b`.
pub(super) fn word_starts(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = name.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let point = move |at: usize, byte: u8| {
        matches!(byte, b'.' | b'_') && digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let separators = bytes.iter().copied().enumerate().filter(|&(_, byte)| is_separator(byte));
    let starts = separators.filter(move |&(at, byte)| !point(at, byte)).map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).filter_map(|at| Some((at, name.get(at..)?)))
}

/// Whether a word of a name ends here.
pub(super) fn ends_word(rest: &str) -> bool {
    rest.bytes().next().is_none_or(is_separator)
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'-' | b'_' | b'.' | b'/' | b' ')
}

/// The architecture that a repository's name suggests.
///
/// Of several names the last wins, since distilled and merged models put what they are made of last
/// (`DeepSeek-R1-Distill-Qwen-7B` is a qwen). A wrapper such as LLaVA wins over what it wraps.
pub(super) fn architecture(id: &str) -> Option<&'static str> {
    const WRAPPERS: [&str; 4] = ["llava", "bakllava", "moondream1", "paligemma"];
    let words = || words(repository(id)).filter_map(word_architecture);
    words().find(|name| WRAPPERS.contains(name)).or_else(|| words().last())
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

fn word_architecture(word: &str) -> Option<&'static str> {
    let lower = word.get(..word.len().min(32))?.to_ascii_lowercase();
    // Software, not a model.
    if matches!(lower.as_str(), "llamacpp" | "llamafile" | "llamaindex") {
        return None;
    }
    registry_name(&lower)
        .or_else(|| registry_name(lower.trim_end_matches(|c: char| c.is_ascii_digit())))
        .or_else(|| FAMILIES.into_iter().find(|&family| speaks_of(&lower, family)))
}

/// `TinyLlama` and `codegemma` are what they end in, but `dolphin` is no phi.
fn speaks_of(word: &str, family: &str) -> bool {
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == 'b');
    word.starts_with(family) || (family != "phi" && stem.ends_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn guess(id: &str, expected: Option<&str>) {
        assert_eq!(architecture(id), expected, "{id}");
    }

    #[test]
    fn names_suggest_architectures() {
        guess("TinyLlama/TinyLlama-1.1B-Chat-v1.0", Some("llama"));
        guess("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", Some("qwen"));
        guess("bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", Some("llama"));
        guess("microsoft/Phi-3-mini-4k-instruct", Some("phi"));
        guess("liuhaotian/llava-v1.6-mistral-7b", Some("llava"));
        guess("google/codegemma-7b", Some("gemma"));
        guess("openai-community/gpt2", Some("gpt2"));
    }

    #[test]
    fn look_alikes_are_left_alone() {
        guess("cognitivecomputations/dolphin-2.9", None);
        guess("ggml-org/llamacpp-models", None);
        guess("google/recurrentgemma-2b", Some("recurrent_gemma"));
    }
}
