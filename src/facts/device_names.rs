//! What people type for a device, as words: `2x NVIDIA GeForce RTX 3090 (24GB)`.

/// The words of one device, without what says how many and how large.
pub(super) struct Words<'a> {
    all: Vec<&'a str>,
    /// GiB.
    pub(super) memory: Option<f64>,
    pub(super) count: u64,
}

/// Words that say nothing: makers and lines are told by the numbers that follow.
const NOISE: [&str; 16] = [
    "nvidia",
    "geforce",
    "amd",
    "radeon",
    "intel",
    "apple",
    "qualcomm",
    "tesla",
    "instinct",
    "graphics",
    "chip",
    "mac",
    "macbook",
    "studio",
    "processor",
    "gpus",
];

/// Reads one device: `2x3090`, `4 x A100 80GB`, `M3 Max (64 GB)`.
pub(super) fn part(text: &str) -> Words<'_> {
    let mut found = Words { all: Vec::new(), memory: None, count: 1 };
    let mut number: Option<&str> = None;
    for word in text.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '.')) {
        let (digits, letters) = split(word);
        let value: Option<f64> = digits.parse().ok();
        match (value, letters.to_ascii_lowercase().as_str()) {
            (Some(gib), "gb" | "gib" | "g") => found.memory = Some(gib),
            (None, "gb" | "gib") if number.is_some() => {
                found.memory = number.take().and_then(|number| number.parse().ok());
            }
            (Some(_), "x") => found.count = digits.parse().unwrap_or(0),
            (None, "x") if number.is_some() => {
                found.count = number.take().and_then(|number| number.parse().ok()).unwrap_or(0);
            }
            (None, "") => {}
            (Some(_), "") => found.all.extend(number.replace(word)),
            (Some(_), times) if times.starts_with('x') && times.len() > 1 => {
                found.count = digits.parse().unwrap_or(0);
                found.all.extend(number.take());
                found.all.extend(letters.get(1..).map(|rest| word_from(word, rest)));
            }
            _ => {
                found.all.extend(number.take());
                found.all.push(word);
            }
        }
    }
    found.all.extend(number);
    found
}

/// The end of a word from where `rest` starts: `3090` of `2x3090`.
fn word_from<'a>(word: &'a str, rest: &str) -> &'a str {
    word.get(word.len() - rest.len()..).unwrap_or_default()
}

/// The number that starts a word, and the rest; `3090` of `2x3090` belongs to the rest.
fn split(word: &str) -> (&str, &str) {
    let end = word.find(|sign: char| !(sign.is_ascii_digit() || sign == '.')).unwrap_or(word.len());
    word.split_at_checked(end).unwrap_or((word, ""))
}

impl Words<'_> {
    fn telling(&self) -> impl Iterator<Item = &str> {
        self.all.iter().copied().filter(|word| !is_one_of(word, &NOISE))
    }

    /// Memory of the CPU: `64 GB RAM`, `32GB`, `cpu 16 GB`.
    pub(super) fn is_ram(&self) -> bool {
        let ram = |word: &str| is_one_of(word, &["ram", "memory", "cpu", "system", "ddr4", "ddr5"]);
        self.telling().any(ram) && self.telling().all(ram)
    }

    /// A size and nothing else: `8 GB GPU`, `24GB`.
    pub(super) fn is_generic(&self) -> bool {
        self.telling().all(|word| is_one_of(word, &["gpu", "vram", "card"]))
    }

    /// How many words of a name were not asked for; none where one that was asked for is not in it.
    pub(super) fn extra_words_of(&self, name: &str) -> Option<usize> {
        let mut asked = 0;
        for word in self.telling().filter(|word| !is_one_of(word, &["gpu"])) {
            if !name_words(name).any(|own| same(own, word)) && !joined(name, word) {
                return None;
            }
            asked += 1;
        }
        let own = name_words(name).filter(|own| !is_one_of(own, &NOISE)).count();
        (asked > 0).then(|| own.saturating_sub(asked))
    }

    /// How many letters and digits of a name stand in the same order in what was typed: for suggestions.
    pub(super) fn likeness(&self, name: &str) -> usize {
        let alike = |own: &str, word: &str| {
            own.bytes().zip(word.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
        };
        let best = |word: &str| name_words(name).map(|own| alike(own, word)).max().unwrap_or(0);
        self.telling().map(best).filter(|letters| *letters > 1).sum()
    }
}

fn name_words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '+'))
        .filter(|word| !word.is_empty())
}

/// `laptop` is `mobile`; signs such as the plus of `Max+` may be left out.
fn same(own: &str, typed: &str) -> bool {
    let own = own.trim_end_matches('+');
    own.eq_ignore_ascii_case(typed)
        || own.eq_ignore_ascii_case("mobile") && typed.eq_ignore_ascii_case("laptop")
}

/// `4060ti`, `rtx4090`, `m3max`: words typed without a space.
fn joined(name: &str, typed: &str) -> bool {
    let whole: String = name_words(name).filter(|word| !is_one_of(word, &NOISE)).collect();
    let whole = whole.to_ascii_lowercase();
    typed.len() > 2 && whole.ends_with(&typed.to_ascii_lowercase())
        || whole.starts_with(&typed.to_ascii_lowercase()) && typed.len() > 4
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
