//! Python literals, as far as headers of arrays have them.

/// How deep a literal may be nested: a structured type inside a structured type needs three levels more.
const MAX_DEPTH: u32 = 16;

/// A literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    Text(String),
    Number(u64),
    Flag(bool),
    /// A list, a tuple, or the keys and values of a dictionary in turn.
    List(Vec<Literal>),
}

impl Literal {
    /// The literal that a text consists of.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let mut parser = Parser { text, at: 0 };
        let literal = parser.value(0)?;
        parser.space();
        (parser.at == text.len()).then_some(literal)
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let pairs = self.list()?.chunks(2);
        let mut found = pairs.filter_map(|pair| match pair {
            [Self::Text(own), value] if own == key => Some(value),
            _ => None,
        });
        found.next_back()
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// A list of numbers.
    pub(super) fn numbers(&self) -> Option<Vec<u64>> {
        let number = |literal: &Self| match literal {
            Self::Number(number) => Some(*number),
            _ => None,
        };
        self.list()?.iter().map(number).collect()
    }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Whether the next sign is this one; then it is passed.
    fn takes(&mut self, sign: u8) -> bool {
        self.space();
        let here = self.text.get(self.at) == Some(&sign);
        self.at += usize::from(here);
        here
    }

    fn value(&mut self, depth: u32) -> Option<Literal> {
        self.space();
        let close = match *self.text.get(self.at)? {
            b'(' => b')',
            b'[' => b']',
            b'{' => b'}',
            quote @ (b'\'' | b'"') => return self.text(quote),
            b'0'..=b'9' => return self.number(),
            _ => return self.word(),
        };
        self.at += 1;
        if depth >= MAX_DEPTH {
            return None;
        }
        let mut list = Vec::new();
        while !self.takes(close) {
            list.push(self.value(depth + 1)?);
            let between = self.takes(b',') || close == b'}' && self.takes(b':');
            self.space();
            if !between && self.text.get(self.at) != Some(&close) {
                return None;
            }
        }
        // Parentheses around one value without a comma are no tuple, but no header has them.
        Some(Literal::List(list))
    }

    fn text(&mut self, quote: u8) -> Option<Literal> {
        let rest = self.text.get(self.at + 1..)?;
        let mut escaped = false;
        let end = rest.iter().position(|&byte| {
            let ends = byte == quote && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        self.at += end + 2;
        Some(Literal::Text(String::from_utf8_lossy(rest.get(..end)?).into_owned()))
    }

    /// A number; Python 2 wrote an `L` behind long ones.
    fn number(&mut self) -> Option<Literal> {
        let rest = self.text.get(self.at..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()?;
        self.at += digits + usize::from(rest.get(digits) == Some(&b'L'));
        Some(Literal::Number(number))
    }

    fn word(&mut self) -> Option<Literal> {
        let rest = self.text.get(self.at..)?;
        for (word, literal) in [("True", true), ("False", false)] {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Some(Literal::Flag(literal));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        let header = b"{'descr': [('a', '<f4', (2,)), ('', '|V4')], 'fortran_order': False, 'shape': (3L, 4), }   \n";
        let header = Literal::parse(header).unwrap();
        assert_eq!(header.get("shape").and_then(Literal::numbers), Some(vec![3, 4]));
        assert_eq!(header.get("fortran_order"), Some(&Literal::Flag(false)));
        assert_eq!(header.get("descr").and_then(Literal::list).map(<[_]>::len), Some(2));
        assert_eq!(Literal::parse(b"()"), Some(Literal::List(vec![])));
        let nested = [b"(".repeat(100), b")".repeat(100)].concat();
        for broken in [&nested[..], b"(", b"{'a' 1}", b"'a", b"1 2", b"None", b"-1", b""] {
            assert_eq!(Literal::parse(broken), None, "{}", String::from_utf8_lossy(broken));
        }
    }
}
