//! Numbers in the names of files that belong together.

/// A file name without what numbers it.
pub(crate) struct Name<'a> {
    /// The path of the whole: `unet/model.fp16.safetensors` for `unet/model-00001-of-00002.fp16.safetensors`.
    pub(crate) whole: String,
    /// Which part of it the file is.
    pub(crate) shard: Option<Shard<'a>>,
    /// Whether the parts are pieces of one file.
    pub(super) joined: bool,
}

/// Which part of a whole a file is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shard<'a> {
    pub(super) number: u32,
    /// How many there are, where names say it.
    pub(crate) count: Option<u32>,
    /// The path before and after the number, and how that is written.
    before: &'a str,
    after: &'a str,
    digits: Digits,
}

/// How a number is written.
#[derive(Clone, Copy, Debug)]
enum Digits {
    /// With at least so many digits.
    Decimal(usize),
    /// As one letter, `a` for 0.
    Letter,
}

impl Shard<'_> {
    /// The path of another part.
    pub(super) fn sibling(&self, number: u32) -> String {
        let Self { before, after, .. } = self;
        match self.digits {
            Digits::Decimal(digits) => format!("{before}{number:0digits$}{after}"),
            Digits::Letter => {
                let letter = char::from_u32(u32::from('a').saturating_add(number));
                format!("{before}{}{after}", letter.unwrap_or('?'))
            }
        }
    }
}

impl<'a> Name<'a> {
    /// Takes a path apart.
    pub(crate) fn of(path: &'a str) -> Self {
        let named = numbered(path).or_else(|| piece(path)).or_else(|| counted(path));
        let (whole, shard, joined) = named.unwrap_or_else(|| (path.to_owned(), None, false));
        Self { whole: twice_ended(whole), shard, joined }
    }
}

type Parts<'a> = (String, Option<Shard<'a>>, bool);

/// `-00001-of-00003`, with an underscore in older names, before the ending or before a variant's name:
/// `model.fp16-00001-of-00002.safetensors`, `model-00001-of-00002.fp16.safetensors`.
fn numbered(path: &str) -> Option<Parts<'_>> {
    let at = path.rfind("-of-").or_else(|| path.rfind("_of_"))?;
    let (before, after) = (path.get(..at)?, path.get(at + "-of-".len()..)?);
    let (start, number) = trailing_number(before)?;
    let (count, rest) = leading_number(after)?;
    let stem = before.get(..start)?.strip_suffix(['-', '_'])?;
    if number > count || !rest.starts_with('.') || rest.contains('/') {
        return None;
    }
    let digits = Digits::Decimal(at - start);
    let shard = Shard {
        number,
        count: Some(count),
        before: path.get(..start)?,
        after: path.get(at..)?,
        digits,
    };
    Some((format!("{stem}{rest}"), Some(shard), false))
}

/// Pieces of a GGUF file: `x.gguf.part1of2`, `x.gguf-split-a`.
fn piece(path: &str) -> Option<Parts<'_>> {
    let at = path.rfind(".gguf")? + ".gguf".len();
    let (whole, rest) = path.split_at_checked(at)?;
    let place = |start: usize, end: usize| Some((path.get(..start)?, path.get(end..)?));
    if let Some(letter) = rest.strip_prefix("-split-") {
        let [byte @ b'a'..=b'z'] = letter.as_bytes() else { return None };
        let (before, after) = place(path.len() - 1, path.len())?;
        let number = u32::from(byte - b'a');
        let digits = Digits::Letter;
        let shard = Shard { number, count: None, before, after, digits };
        return Some((whole.to_owned(), Some(shard), true));
    }
    let (number, count) = rest.strip_prefix(".part")?.split_once("of")?;
    let start = at + ".part".len();
    let (before, after) = place(start, start + number.len())?;
    let digits = Digits::Decimal(number.len());
    let (number, count) = (whole_number(number)?, whole_number(count)?);
    let shard = Shard { number, count: Some(count), before, after, digits };
    (number <= count).then(|| (whole.to_owned(), Some(shard), true))
}

/// Parts that are counted and do not say how many they are: `consolidated.00.pth`, `params_shard_0.bin`.
fn counted(path: &str) -> Option<Parts<'_>> {
    let base = path.rfind('/').map_or(0, |slash| slash + 1);
    let start = ["consolidated.", "params_shard_"]
        .iter()
        .find_map(|start| path.get(base..)?.starts_with(start).then_some(base + start.len()))?;
    let (number, after) = leading_number(path.get(start..)?)?;
    let before = path.get(..start)?;
    let digits = Digits::Decimal(path.len() - start - after.len());
    let shard = Shard { number, count: None, before, after, digits };
    let stem = before.trim_end_matches(['.', '_']);
    after.starts_with('.').then(|| (format!("{stem}{after}"), Some(shard), false))
}

/// `model.safetensors-00001-of-00014.safetensors` is numbered behind an ending.
fn twice_ended(whole: String) -> String {
    match whole.strip_suffix(".safetensors.safetensors") {
        Some(stem) => format!("{stem}.safetensors"),
        None => whole,
    }
}

/// More digits than any number of shards has are no number of a shard.
const MAX_DIGITS: usize = 6;

fn whole_number(text: &str) -> Option<u32> {
    let fits = (1..=MAX_DIGITS).contains(&text.len());
    (fits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    Some((whole_number(number)?, rest))
}

fn trailing_number(text: &str) -> Option<(usize, u32)> {
    let start = text.rfind(|sign: char| !sign.is_ascii_digit())? + 1;
    Some((start, whole_number(text.get(start..)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_found_in_the_wild() {
        for (path, whole, number, count) in [
            ("model-00002-of-00005.safetensors", "model.safetensors", 2, Some(5)),
            ("model_00012-of-00072.safetensors", "model.safetensors", 12, Some(72)),
            ("a/b-00001-of-000163.safetensors", "a/b.safetensors", 1, Some(163)),
            ("model.safetensors-00001-of-00014.safetensors", "model.safetensors", 1, Some(14)),
            ("model.fp16-00001-of-00002.safetensors", "model.fp16.safetensors", 1, Some(2)),
            ("model-00001-of-00002.fp16.safetensors", "model.fp16.safetensors", 1, Some(2)),
            ("Q4_K_M/x-Q4_K_M-00003-of-00003.gguf", "Q4_K_M/x-Q4_K_M.gguf", 3, Some(3)),
            ("x.i1-Q6_K.gguf.part1of2", "x.i1-Q6_K.gguf", 1, Some(2)),
            ("falcon-180b.Q6_K.gguf-split-b", "falcon-180b.Q6_K.gguf", 1, None),
            ("original/consolidated.07.pth", "original/consolidated.pth", 7, None),
            ("params_shard_12.bin", "params_shard.bin", 12, None),
        ] {
            let name = Name::of(path);
            let shard = name.shard.unwrap();
            assert_eq!((name.whole.as_str(), shard.number, shard.count), (whole, number, count));
            assert_eq!(shard.sibling(shard.number), path);
        }
    }

    #[test]
    fn other_names_are_whole() {
        for path in [
            "model.safetensors",
            "best-of-3.gguf",
            "model-00006-of-00005.safetensors",
            "model-0000001-of-0000002.safetensors",
            "a-1-of-2/model.gguf",
            "consolidated.safetensors",
            "x.gguf-split-é",
            "x.gguf.part3of2",
        ] {
            let name = Name::of(path);
            assert!(name.shard.is_none(), "{path}");
            assert_eq!(name.whole, path);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_path_is_taken_apart(path in "(model|consolidated|params_shard|é|x\\.gguf)?[-_./a-c0-2of]{0,12}(\\.gguf|-split-[a-zé]|\\.part[0-9]{1,2}of[0-9]|\\.bin)?") {
            let name = Name::of(&path);
            if let Some(shard) = name.shard {
                proptest::prop_assert_eq!(shard.sibling(shard.number), path);
            }
        }
    }
}
