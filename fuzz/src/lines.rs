//! A GGUF header from lines of text: bytes of chance rarely are one, lines of chance always are.

/// The header of a model: its architecture on the first line, then `key=value` on each. A value is numbers or flags,
/// several with commas between; keys are the architecture's own.
#[must_use]
pub fn gguf(text: &str) -> Vec<u8> {
    let mut lines = text.lines();
    let architecture = lines.next().unwrap_or_default();
    let keys: Vec<_> = lines.filter_map(|line| line.split_once('=')).collect();
    let mut out = b"GGUF\x03\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    out.extend((keys.len() as u64 + 1).to_le_bytes());
    put_text(&mut out, "general.architecture");
    out.extend(8_u32.to_le_bytes());
    put_text(&mut out, architecture);
    for (key, value) in keys {
        put_text(&mut out, &format!("{architecture}.{key}"));
        put_value(&mut out, value);
    }
    out
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

fn put_value(out: &mut Vec<u8>, value: &str) {
    let parts: Vec<_> = value.split(',').collect();
    let kind = if value.contains(['t', 'f']) { 7_u32 } else { 10 };
    if parts.len() > 1 {
        out.extend(9_u32.to_le_bytes());
    }
    out.extend(kind.to_le_bytes());
    if parts.len() > 1 {
        out.extend((parts.len() as u64).to_le_bytes());
    }
    for part in parts {
        match kind {
            7 => out.push(u8::from(part.starts_with('t'))),
            _ => out.extend(part.trim().parse().unwrap_or(0_u64).to_le_bytes()),
        }
    }
}
