//! Bits per weight that are no whole number, as `ExLlama`'s quantizers make them.

/// The label of a file in a folder named after its bits per weight: `exl2-4.25bit` for `4.25bpw/`, in a repository
/// whose own label says `exl2`.
pub(crate) fn bits_in_path(path: &str, packed: Option<&str>) -> Option<String> {
    let (folders, _) = path.rsplit_once('/')?;
    let bits = folders.split('/').rev().find_map(bits_per_weight)?;
    let method = packed.and_then(|label| label.split('-').next());
    Some(match method.filter(|method| matches!(*method, "exl2" | "exl3")) {
        Some(method) => format!("{method}-{bits}bit"),
        None => format!("{bits}bpw"),
    })
}

/// The bits per weight that the name of a folder, a branch or a repository states: `4.25` of `4.25bpw-h6`.
#[must_use]
pub fn bits_per_weight(name: &str) -> Option<String> {
    let before = name.get(..name.find("bpw")?)?.trim_end_matches(['-', '_']);
    let start = before.rfind(|sign: char| !(sign.is_ascii_digit() || sign == '.'));
    let number = before.get(start.map_or(0, |sign| sign + 1)..)?.trim_start_matches('.');
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.parse().ok().filter(|bits| (1..=16_u64).contains(bits))?;
    let digit =
        |place: usize| part.as_bytes().get(place).map_or(0, |digit| u64::from(digit - b'0'));
    (!part.contains('.')).then(|| in_words(whole * 100 + digit(0) * 10 + digit(1)))
}

/// A number with at most two digits behind the point: `4`, `4.5`, `4.25`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
pub(crate) fn hundredths(bits: f64) -> String {
    in_words((bits * 100.0).round() as u64)
}

fn in_words(hundredths: u64) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match (part / 10, part % 10) {
        (0, 0) => whole.to_string(),
        (tenths, 0) => format!("{whole}.{tenths}"),
        (tenths, rest) => format!("{whole}.{tenths}{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_in_names() {
        for (name, bits) in [
            ("4.25bpw", Some("4.25")),
            ("6.0bpw-h6", Some("6")),
            ("Llama-3.1-8B-4.0bpw-h6-exl2", Some("4")),
            ("3.5_bpw", Some("3.5")),
            ("main", None),
            ("bpw", None),
            ("..bpw", None),
            ("400bpw", None),
        ] {
            assert_eq!(bits_per_weight(name).as_deref(), bits, "{name}");
        }
    }

    #[test]
    fn folders_name_their_bits() {
        let label = |path, packed| bits_in_path(path, packed);
        assert_eq!(label("4.25bpw/a.safetensors", Some("exl3")).as_deref(), Some("exl3-4.25bit"));
        assert_eq!(label("4.25bpw/a.safetensors", None).as_deref(), Some("4.25bpw"));
        assert_eq!(label("4.25bpw.safetensors", Some("exl2")), None);
    }
}
