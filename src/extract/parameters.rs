//! Parameters: from the counts the Hub read in headers, else from the name.

use super::name::{self, repository};
use super::{Reading, quantization};
use crate::model::listing::ListingItem;
use crate::model::quoted::quoted;
use crate::model::{Field, Grade};

/// How many parameters a model has, in all and per token.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parameters {
    pub(super) total: Option<u64>,
    pub(super) active: Option<u64>,
    /// As the name writes it: `8x7B`.
    written: Option<String>,
}

impl Parameters {
    pub(super) fn words(&self) -> String {
        let counted = || Some(in_words(self.total.or(self.active)?));
        self.written.clone().or_else(counted).unwrap_or_else(|| "unknown".to_owned())
    }
}

pub(super) fn read(item: &ListingItem<'_>) -> Reading<Parameters> {
    let id = item.name().unwrap_or_default();
    let named = from_name(id);
    match counted(item) {
        Some((total, source, grade)) => weigh(total, source, grade, named),
        None if named == Parameters::default() => Reading::new(named, "none", Grade::Unknown),
        None => {
            Reading::new(named, "id", Grade::Guessed).detail(format!("the name {}", quoted(id)))
        }
    }
}

pub(super) fn counted(item: &ListingItem<'_>) -> Option<(u64, &'static str, Grade)> {
    // Whoever read all files knows what packed weights stand for.
    if let Field::Valid(total @ 1..) = item.parameter_count {
        return Some((total, "files", Grade::Stated));
    }
    let from_safetensors = || {
        let counts = item.safetensors.valid()?;
        // The sum outranks `total`, which was taken from index metadata for years (huggingface_hub issue 4221).
        let sum = counts.parameters.valid().map(|by_dtype| {
            by_dtype.0.iter().fold(0_u64, |sum, (_, count)| sum.saturating_add(*count))
        });
        let total = sum.filter(|&sum| sum > 0).or(counts.total.valid().copied())?;
        Some((total, "safetensors.parameters", Grade::Stated))
    };
    let from_gguf = || Some((*item.model_gguf()?.total.valid()?, "gguf.total", Grade::Stated));
    let (total, source, grade) =
        from_safetensors().or_else(from_gguf).filter(|found| found.0 > 0)?;
    let packed = source != "gguf.total" && quantization::is_packed(item);
    Some((total, source, if packed { Grade::Derived } else { grade }))
}

/// A count that is far *below* the name is wrong more often than the name: packed weights counted as stored
/// elements (7.84B for a 27B AWQ model, llmfit issue 1045), or the header of a draft head (llmfit issue 622).
/// One above the name is right: names of mixtures state one expert, or the active part.
fn weigh(total: u64, source: &'static str, grade: Grade, named: Parameters) -> Reading<Parameters> {
    let doubtful = grade == Grade::Derived || source == "gguf.total";
    let below = named.total.is_some_and(|name| total < name / 3 * 2);
    if doubtful && below {
        let detail = format!("{source} says {}, the name {}", in_words(total), named.words());
        return Reading::new(named, "id", Grade::Guessed).detail(detail);
    }
    let counted = Parameters { total: Some(total), active: named.active, written: None };
    Reading::new(counted, source, grade)
}

/// `7B`, `8x7B`, `500M`, `1.5b`, `1_6b`, `7b1`, `30B-A3B`, `E4B` in a repository's name.
pub(super) fn from_name(id: &str) -> Parameters {
    let name = repository(id).get(..512).unwrap_or(repository(id));
    let counts = || name::word_starts(name).filter_map(|(_, rest)| Count::at_start_of(rest));
    let active = counts().find(|count| count.part).map(|count| count.total());
    // `OLMoE-1B-7B` names the active part and the whole.
    let whole =
        counts().filter(|count| !count.part).max_by_key(|count| (count.rank(), count.total()));
    let total = whole.as_ref().map(Count::total);
    Parameters { total, active, written: whole.map(|count| count.written()) }
}

/// A count as names write it: `8x7B` is 8 times 7, `A3B` is a part, `7b1` is 7.1.
#[derive(Debug, PartialEq)]
struct Count<'a> {
    times: Option<&'a str>,
    part: bool,
    whole: &'a str,
    fraction: &'a str,
    unit: u8,
}

impl<'a> Count<'a> {
    /// Reads one word: `(\d{1,3}x)?[ae]?(\d{1,5}[._]\d{1,4}[bmt]|\d{1,5}[bmt]\d{0,2})`, then the end or a sign.
    /// The signs before and after keep `4bit`, `v2b1` and hashes out.
    fn at_start_of(word: &'a str) -> Option<Self> {
        let (times, rest) = experts(word);
        let number = rest.strip_prefix(['a', 'A', 'e', 'E']);
        let part = number.is_some();
        let (whole, rest) = digits(number.unwrap_or(rest), 5)?;
        let point = rest.strip_prefix(['.', '_']).and_then(|rest| digits(rest, 4));
        let (before, rest) = point.unwrap_or(("", rest));
        let unit = rest.as_bytes().first()?.to_ascii_uppercase();
        let rest = rest.get(1..)?;
        let after = digits(rest, 2).filter(|_| before.is_empty());
        let (after, rest) = after.unwrap_or(("", rest));
        let fits = matches!(unit, b'B' | b'M' | b'T') && name::ends_word(rest);
        let fraction = if before.is_empty() { after } else { before };
        fits.then_some(Self { times, part, whole, fraction, unit })
    }

    /// Exact: the digits are shifted as text would be, with no rounding on the way.
    fn total(&self) -> u64 {
        let zeros = match self.unit {
            b'B' => 9,
            b'M' => 6,
            _ => 12,
        };
        let times = self.times.and_then(|times| times.parse().ok()).unwrap_or(1);
        let one = format!("{}{:0<zeros$}", self.whole, self.fraction).parse().unwrap_or(u64::MAX);
        times * u64::min(one, u64::MAX / 1_000)
    }

    fn written(&self) -> String {
        let times = self.times.map(|times| format!("{times}x")).unwrap_or_default();
        let point = if self.fraction.is_empty() { "" } else { "." };
        format!("{times}{}{point}{}{}", self.whole, self.fraction, char::from(self.unit))
    }

    /// Billions outrank millions (`Qwen2.5-7B-Instruct-1M` has a context of one million), and both outrank
    /// trillions (`bitnet-b1.58-2B-4T` was trained on four trillion tokens).
    fn rank(&self) -> u8 {
        match self.unit {
            b'B' => 2,
            b'M' => 1,
            _ => 0,
        }
    }
}

/// The `8x` of `8x7B`, and the rest.
fn experts(word: &str) -> (Option<&str>, &str) {
    let counted =
        digits(word, 3).and_then(|(times, rest)| Some((times, rest.strip_prefix(['x', 'X'])?)));
    counted.map_or((None, word), |(times, rest)| (Some(times), rest))
}

/// The digits that start a text, at most so many, and the rest; none where there is no digit.
fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    text.split_at_checked(length).filter(|_| length > 0)
}

/// Three digits that matter: `8.03B`, `596M`, `22.7M`.
pub(crate) fn in_words(count: u64) -> String {
    const UNITS: [&str; 6] = ["", "K", "M", "B", "T", "Q"];
    if count < 1_000 {
        return count.to_string();
    }
    let mut power = count.ilog10() - 2;
    let mut head = count.saturating_add(10_u64.pow(power) / 2) / 10_u64.pow(power);
    if head == 1_000 {
        (head, power) = (100, power + 1);
    }
    let unit = power.div_ceil(3);
    let step = 10_u64.pow(unit * 3 - power);
    let width = (unit * 3 - power) as usize;
    let fraction = format!("{:0width$}", head % step);
    let fraction = if width == 0 { "" } else { fraction.trim_end_matches('0') };
    let point = if fraction.is_empty() { "" } else { "." };
    let name = UNITS.get(unit as usize).copied().unwrap_or("?");
    format!("{}{point}{fraction}{name}", head / step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn named(id: &str, words: &str, total: Option<u64>, active: Option<u64>) {
        let found = from_name(id);
        assert_eq!(
            (found.words().as_str(), found.total, found.active),
            (words, total, active),
            "{id}"
        );
    }

    #[test]
    fn counts_in_names() {
        named("meta-llama/Llama-2-7b-hf", "7B", Some(7_000_000_000), None);
        named("mistralai/Mixtral-8x7B-Instruct-v0.1", "8x7B", Some(56_000_000_000), None);
        named("x/tiny-500M", "500M", Some(500_000_000), None);
        named("x/y-1.5b-chat", "1.5B", Some(1_500_000_000), None);
        named("Qwen/Qwen3-30B-A3B", "30B", Some(30_000_000_000), Some(3_000_000_000));
        named("google/gemma-3n-E4B-it", "4B", None, Some(4_000_000_000));
        named("Qwen/Qwen2.5-7B-Instruct-1M", "7B", Some(7_000_000_000), None);
        named("microsoft/bitnet-b1.58-2B-4T", "2B", Some(2_000_000_000), None);
        named("stabilityai/stablelm-2-1_6b", "1.6B", Some(1_600_000_000), None);
        named("internlm/internlm2_5-1_8b-chat", "1.8B", Some(1_800_000_000), None);
        named("bigscience/bloom-7b1", "7.1B", Some(7_100_000_000), None);
        named("Qwen/Qwen1.5-MoE-A2.7B-Chat", "2.7B", None, Some(2_700_000_000));
        named("allenai/OLMoE-1B-7B-0924", "7B", Some(7_000_000_000), None);
    }

    #[test]
    fn numbers_that_are_no_counts() {
        for id in ["x/model-4bit", "BAAI/bge-m3", "x/Yi-200K", "x/phi-1_5", "7b/model", ""] {
            named(id, "unknown", None, None);
        }
    }

    /// The pattern that the scanner is written after.
    fn by_pattern(name: &str) -> Vec<(Option<String>, bool, String, String)> {
        let pattern = r"(?i)^(?:(\d{1,3})x)?([ae])?(?:(\d{1,5})[._](\d{1,4})[bmt]|(\d{1,5})[bmt](\d{0,2}))(?:$|[-_. /])";
        let pattern = regex::Regex::new(pattern).unwrap();
        let found = name::word_starts(name).filter_map(|(_, rest)| pattern.captures(rest));
        let parts = |found: regex::Captures<'_>| {
            let text = |at, other| {
                let part = found.get(at).or(found.get(other));
                part.map(|part| part.as_str().to_owned()).unwrap_or_default()
            };
            (
                found.get(1).map(|part| part.as_str().to_owned()),
                found.get(2).is_some(),
                text(3, 5),
                text(4, 6),
            )
        };
        found.map(parts).collect()
    }

    proptest::proptest! {
        #[test]
        fn the_scanner_is_the_pattern(name in "[0-9axeAEbmtBMT._ -]{0,24}") {
            let scanned = name::word_starts(&name).filter_map(|(_, rest)| Count::at_start_of(rest));
            let scanned: Vec<_> = scanned.map(|count| (count.times.map(str::to_owned), count.part, count.whole.to_owned(), count.fraction.to_owned())).collect();
            proptest::prop_assert_eq!(scanned, by_pattern(&name));
        }
    }

    #[test]
    fn counts_in_words() {
        for (count, words) in [
            (0, "0"),
            (999, "999"),
            (1_629, "1.63K"),
            (22_713_216, "22.7M"),
            (596_049_920, "596M"),
            (999_950_000, "1B"),
            (8_030_261_248, "8.03B"),
            (70_553_706_496, "70.6B"),
            (1_026_879_376_368, "1.03T"),
        ] {
            assert_eq!(in_words(count), words);
        }
    }
}
