//! Python's versions and specifiers: <https://packaging.python.org/en/latest/specifications/version-specifiers/>.

use std::cmp::Ordering;

/// Longer texts are no versions.
const LONGEST: usize = 256;

/// The fields in the order in which they count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pep440 {
    epoch: u64,
    /// Without zeros at its end.
    release: Vec<u64>,
    /// A development release alone is 0, a, b and rc are 1 to 3, none of them is 4.
    pre: (u8, u64),
    post: Option<u64>,
    /// 0 and its number, or 1 where it is none.
    dev: (u8, u64),
    local: Vec<Local>,
}

/// Words are before numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Local {
    Word(String),
    Number(u64),
}

const FINAL: u8 = 4;
const NO_DEV: (u8, u64) = (1, 0);

/// What begins a part, and what it is: longer words first.
const PRE: [(&str, u8); 8] = [
    ("alpha", 1),
    ("a", 1),
    ("beta", 2),
    ("b", 2),
    ("preview", 3),
    ("pre", 3),
    ("rc", 3),
    ("c", 3),
];
const POST: [(&str, u8); 3] = [("post", 0), ("rev", 0), ("r", 0)];
const DEV: [(&str, u8); 1] = [("dev", 0)];

impl Pep440 {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::with_width(text).map(|(version, _)| version)
    }

    /// A version, and how many numbers its release was written with.
    fn with_width(text: &str) -> Option<(Self, usize)> {
        if text.len() > LONGEST {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let (public, local) = match lower.split_once('+') {
            Some((public, local)) => (public, local_parts(local)?),
            None => (lower.as_str(), Vec::new()),
        };
        let mut rest = public.strip_prefix('v').unwrap_or(public);
        let mut epoch = 0;
        if let Some((number, after)) = rest.split_once('!') {
            (epoch, rest) = (number.parse().ok()?, after);
        }
        let mut release = release(&mut rest)?;
        let pre = part(&mut rest, &PRE);
        let post = part(&mut rest, &POST).or_else(|| Some((0, bare_post(&mut rest)?)));
        let dev = part(&mut rest, &DEV);
        if !rest.is_empty() {
            return None;
        }
        let width = release.len();
        let end = release.iter().rposition(|number| *number != 0).map_or(0, |last| last + 1);
        release.truncate(end);
        let only_dev = dev.is_some() && post.is_none();
        let pre = pre.unwrap_or((if only_dev { 0 } else { FINAL }, 0));
        let (post, dev) = (post.map(|(_, number)| number), dev.unwrap_or(NO_DEV));
        Some((Self { epoch, release, pre, post, dev, local }, width))
    }

    /// A version itself where it is a pre-release, else the first of its pre-releases: `1.0.dev0`.
    fn first_prerelease(&self) -> Self {
        let mut first = self.clone();
        if self.pre.0 == FINAL && self.dev == NO_DEV {
            first.dev = (0, 0);
            first.pre.0 = if self.post.is_some() { FINAL } else { 0 };
        }
        first
    }

    /// Whether it is a post-release of another version, which is none itself.
    fn is_post_of(&self, other: &Self) -> bool {
        let same =
            (self.epoch, &self.release, self.pre) == (other.epoch, &other.release, other.pre);
        same && self.post.is_some() && other.post.is_none() && other.dev == NO_DEV
    }

    /// Whether the first numbers of both are the same.
    fn same_start(&self, other: &Self, count: usize) -> bool {
        let at = |version: &Self, place| version.release.get(place).copied().unwrap_or(0);
        self.epoch == other.epoch && (0..count).all(|place| at(self, place) == at(other, place))
    }

    fn cmp_public(&self, other: &Self) -> Ordering {
        let public = |version: &Self| Self { local: Vec::new(), ..version.clone() };
        public(self).cmp(&public(other))
    }
}

/// `1.2.3`, up to what is no number.
fn release(rest: &mut &str) -> Option<Vec<u64>> {
    let mut numbers = vec![number(rest)??];
    while let Some(after) = rest.strip_prefix('.').filter(|after| starts_with_digit(after)) {
        *rest = after;
        numbers.push(number(rest)??);
    }
    Some(numbers)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_digit())
}

/// The number that a text starts with, if it does; none of all where it is too large.
#[expect(clippy::option_option, reason = "too large is another thing than absent")]
fn number(rest: &mut &str) -> Option<Option<u64>> {
    let end = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    *rest = after;
    if digits.is_empty() { Some(None) } else { digits.parse().ok().map(Some) }
}

/// `rc1`, `.post2`, `-dev`: signs before the word and before the number may be left out, the number as well.
fn part(rest: &mut &str, words: &[(&str, u8)]) -> Option<(u8, u64)> {
    let separated =
        |text| -> Option<&str> { Some(str::strip_prefix(text, ['.', '-', '_']).unwrap_or(text)) };
    let text = separated(*rest)?;
    let (after, kind) =
        words.iter().find_map(|(word, kind)| Some((text.strip_prefix(word)?, *kind)))?;
    let mut numbered = separated(after).filter(|text| starts_with_digit(text)).unwrap_or(after);
    let value = number(&mut numbered)?;
    *rest = numbered;
    Some((kind, value.unwrap_or(0)))
}

/// `-1`: a post-release without its word.
fn bare_post(rest: &mut &str) -> Option<u64> {
    let mut after = rest.strip_prefix('-')?;
    let value = number(&mut after)??;
    *rest = after;
    Some(value)
}

fn local_parts(text: &str) -> Option<Vec<Local>> {
    let part = |word: &str| {
        let fits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| word.parse().map_or_else(|_| Local::Word(word.to_owned()), Local::Number))
    };
    text.split(['.', '-', '_']).map(part).collect()
}

/// One part of a range.
#[derive(Clone, Debug)]
pub(super) struct Specifier {
    operator: Operator,
    version: Pep440,
    /// How many numbers of the release are compared: `==5.*` 1, `~=5.1.2` 2; none where all is.
    width: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Compatible,
    Equal,
    NotEqual,
    AtMost,
    AtLeast,
    Less,
    Greater,
}

const OPERATORS: [(&str, Operator); 7] = [
    ("~=", Operator::Compatible),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl Specifier {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let found = OPERATORS
            .iter()
            .find_map(|(sign, operator)| Some((text.strip_prefix(sign)?, *operator)));
        let (version, operator) = found?;
        let version = version.trim();
        if let Some(start) = version.strip_suffix(".*") {
            let (version, width) = Pep440::with_width(start)?;
            let plain =
                version.pre.0 == FINAL && version.post.is_none() && version.local.is_empty();
            let fits = plain && matches!(operator, Operator::Equal | Operator::NotEqual);
            return fits.then_some(Self { operator, version, width: Some(width) });
        }
        let (version, width) = Pep440::with_width(version)?;
        let has_local = !version.local.is_empty();
        match operator {
            Operator::Compatible if width < 2 || has_local => None,
            Operator::Compatible => Some(Self { operator, version, width: Some(width - 1) }),
            Operator::Equal | Operator::NotEqual => Some(Self { operator, version, width: None }),
            _ => (!has_local).then_some(Self { operator, version, width: None }),
        }
    }

    /// Pre-releases are what their order says.
    pub(super) fn holds(&self, version: &Pep440) -> bool {
        let own = &self.version;
        match self.operator {
            Operator::Compatible => version.cmp_public(own).is_ge() && self.equals(version),
            Operator::Equal => self.equals(version),
            Operator::NotEqual => !self.equals(version),
            Operator::AtMost => version.cmp_public(own).is_le(),
            Operator::AtLeast => version.cmp_public(own).is_ge(),
            Operator::Less => *version < own.first_prerelease(),
            Operator::Greater => version.cmp_public(own).is_gt() && !version.is_post_of(own),
        }
    }

    fn equals(&self, version: &Pep440) -> bool {
        match self.width {
            Some(width) => version.same_start(&self.version, width),
            None if self.version.local.is_empty() => version.cmp_public(&self.version).is_eq(),
            None => *version == self.version,
        }
    }
}
