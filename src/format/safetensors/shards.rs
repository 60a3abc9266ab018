//! The names of a set's files: safe to ask for, and numbered without a gap.

use super::facts::Problems;
use crate::model::order::order;

/// The number in a name such as `model-00002-of-00005.safetensors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbering<'a> {
    pub(super) prefix: &'a str,
    pub(super) number: u32,
    pub(super) of: u32,
}

impl<'a> Numbering<'a> {
    /// `{prefix}-{number}-of-{number}.safetensors`, with an underscore in older names (bloom), and numbers of five
    /// digits, sometimes six (`DeepSeek-V3.2`: `-of-000163`).
    pub(super) fn of(file: &'a str) -> Option<Self> {
        let (rest, of) = file.strip_suffix(".safetensors")?.rsplit_once("-of-")?;
        let (prefix, number) = rest.rsplit_once(['-', '_'])?;
        Some(Self { prefix, number: digits(number)?, of: digits(of)? })
    }
}

fn digits(text: &str) -> Option<u32> {
    let fits = (5..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

/// Whether a file name stays in the folder of the index, on every system and in every URL.
pub(crate) fn is_safe(file: &str) -> bool {
    let segment = |part: &str| !matches!(part, "" | "." | "..");
    let odd =
        |letter: char| letter.is_control() || matches!(letter, '\\' | ':' | '?' | '#' | '%' | '*');
    file.len() <= 1024 && !file.contains(odd) && file.split('/').all(segment)
}

/// Each set of numbered files must have all its numbers, and be the only one.
pub(super) fn check_numbering(files: &[&str], problems: &mut Problems) {
    let numbered: Vec<_> = files.iter().filter_map(|file| Numbering::of(file)).collect();
    let Some(first) = numbered.first() else { return };
    let alike = |other: &Numbering<'_>| (other.prefix, other.of) == (first.prefix, first.of);
    if numbered.len() < files.len() || !numbered.iter().all(alike) {
        let message = || format!("expected files numbered of {} under one name only", first.of);
        return problems.add("mixed_numbering", "", message);
    }
    let number = |index: usize| numbered.get(index).map(|numbering| numbering.number);
    let order = order(numbered.len(), &|one, other| number(one).cmp(&number(other)));
    let present: Vec<u32> = order.iter().filter_map(|&index| number(index as usize)).collect();
    for number in (1..=first.of).filter(|number| present.binary_search(number).is_err()) {
        let message =
            || format!("expected shard {number} of {}, found none in the index", first.of);
        problems.add("missing_shard", "", message);
    }
    for number in present.iter().filter(|&&number| number == 0 || number > first.of) {
        let message = || format!("expected shards up to {}, found number {number}", first.of);
        problems.add("mixed_numbering", "", message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_found_in_the_wild() {
        for (file, found) in [
            ("model-00002-of-00005.safetensors", Some(("model", 2, 5))),
            ("model_00012-of-00072.safetensors", Some(("model", 12, 72))),
            ("model-00001-of-000163.safetensors", Some(("model", 1, 163))),
            (
                "transformer/diffusion_pytorch_model-00001-of-00009.safetensors",
                Some(("transformer/diffusion_pytorch_model", 1, 9)),
            ),
            ("model.safetensors", None),
            ("model-2-of-5.safetensors", None),
            ("model-0000x-of-00005.safetensors", None),
            ("pytorch_model-00001-of-00002.bin", None),
        ] {
            let numbering = Numbering::of(file);
            let parts =
                numbering.map(|numbering| (numbering.prefix, numbering.number, numbering.of));
            assert_eq!(parts, found, "{file}");
        }
    }

    #[test]
    fn names_that_leave_the_folder() {
        for file in [
            "../x.safetensors",
            "a/../../x.safetensors",
            "/etc/x.safetensors",
            "..\\x.safetensors",
            "C:x.safetensors",
            "https://example.com/x.safetensors",
            "%2e%2e/x.safetensors",
            "x.safetensors?download=true",
            "a//x.safetensors",
            "./x.safetensors",
            "*/_ORT_MEM_ADDR_/*",
            "x\0.safetensors",
            "",
        ] {
            assert!(!is_safe(file), "{file:?}");
        }
        assert!(is_safe("model-00001-of-00002.safetensors"));
        assert!(is_safe("unet/weights..v2.safetensors"));
    }

    #[test]
    fn a_set_without_gaps() {
        let check = |files: &[&str]| {
            let mut problems = Problems::default();
            check_numbering(files, &mut problems);
            problems.list.iter().map(|problem| problem.code).collect::<Vec<_>>()
        };
        let name = |number, of| format!("model-{number:05}-of-{of:05}.safetensors");
        let (one, two, three) = (name(1, 3), name(2, 3), name(3, 3));
        assert!(check(&[&one, &two, &three]).is_empty());
        assert!(check(&["model.safetensors"]).is_empty());
        assert_eq!(check(&[&one, &three]), ["missing_shard"]);
        assert_eq!(check(&[&one, "x.safetensors"]), ["mixed_numbering"]);
        assert_eq!(check(&[&one, &two, &three, &name(4, 3)]), ["mixed_numbering"]);
        assert_eq!(check(&[&one, &name(2, 2)]), ["mixed_numbering"]);
    }
}
