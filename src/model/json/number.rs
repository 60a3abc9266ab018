//! Decimal numbers to the nearest `f64`.
//!
//! The standard library does the same with 10 kB of tables, to be fast with numbers of more than 15 digits. Those of
//! model files have fewer, nearly all, and take one multiplication or division.

/// Nobody writes a number longer than this.
const MOST_BYTES: usize = 1_000;

/// Whole numbers up to this one are exact, and so are powers of ten up to 10^22.
const MOST_EXACT: u64 = 1 << 53;

/// The number that a text is, if it is one.
pub(super) fn parse(text: &[u8]) -> Option<f64> {
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    let (whole, rest) = split_digits(unsigned);
    let (fraction, rest) = rest.strip_prefix(b".").map_or((&[][..], rest), split_digits);
    if whole.is_empty() || text.len() > MOST_BYTES {
        return None;
    }
    let power = exponent(rest)? - i32::try_from(fraction.len()).ok()?;
    let digits = || whole.iter().chain(fraction).map(|digit| u64::from(digit - b'0'));
    let add = |sum, digit| (sum <= MOST_EXACT).then(|| sum * 10 + digit);
    let short = digits().try_fold(0, add).filter(|&sum| sum <= MOST_EXACT);
    let number = match (short, power) {
        (Some(0), _) | (_, ..-1_400) => 0.0,
        (_, 310..) => f64::INFINITY,
        (Some(short), -22..=22) => in_one_step(short, power),
        _ => the_long_way(&mut digits(), power),
    };
    Some(if unsigned.len() < text.len() { -number } else { number })
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.split_at_checked(count).unwrap_or_default()
}

/// Nothing, or `e-5`; beyond any number that can be told from zero or infinity the exact one does not matter.
fn exponent(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        [] => return Some(0),
        [b'e' | b'E', b'-', digits @ ..] => (-1, digits),
        [b'e' | b'E', b'+', digits @ ..] | [b'e' | b'E', digits @ ..] => (1, digits),
        _ => return None,
    };
    let add = |sum: i32, digit: &u8| (sum * 10 + i32::from(digit - b'0')).min(10_000);
    let whole = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    whole.then(|| sign * digits.iter().fold(0, add))
}

/// Both parts are exact, so that one operation rounds once.
#[expect(clippy::cast_precision_loss, reason = "it is exact up to 2^53")]
fn in_one_step(digits: u64, power: i32) -> f64 {
    let ten = (0..power.abs()).fold(1.0, |ten, _| ten * 10.0);
    if power < 0 { digits as f64 / ten } else { digits as f64 * ten }
}

/// In whole numbers of any size: limbs of 32 bits, the lowest first.
fn the_long_way(digits: &mut dyn Iterator<Item = u64>, power: i32) -> f64 {
    let mut limbs = Vec::new();
    for digit in digits {
        multiply(&mut limbs, 10, digit);
    }
    let steps = power.unsigned_abs();
    if power >= 0 {
        (0..steps).for_each(|_| multiply(&mut limbs, 10, 0));
        return nearest(limbs, 0, false);
    }
    // Nine digits take away less than a limb; three more leave enough to round.
    let behind = steps / 9 + 3;
    let mut lifted: Vec<u64> = (0..behind).map(|_| 0).collect();
    lifted.append(&mut limbs);
    let mut inexact = false;
    (0..steps).for_each(|_| inexact |= divide(&mut lifted, 10));
    nearest(lifted, behind, inexact)
}

fn multiply(limbs: &mut Vec<u64>, factor: u64, plus: u64) {
    let mut carry = plus;
    for limb in limbs.iter_mut() {
        carry += *limb * factor;
        *limb = carry & LIMB;
        carry >>= 32;
    }
    if carry > 0 {
        limbs.push(carry);
    }
}

const LIMB: u64 = 0xFFFF_FFFF;

/// Gives whether something is left over.
fn divide(limbs: &mut [u64], divisor: u64) -> bool {
    let mut rest = 0;
    for limb in limbs.iter_mut().rev() {
        rest = rest << 32 | *limb;
        *limb = rest / divisor;
        rest %= divisor;
    }
    rest != 0
}

/// Rounded to the nearest; so many limbs stand behind the point. What is under 2^-1022 is rounded twice.
#[expect(clippy::cast_precision_loss, reason = "this is where it is rounded")]
#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "a few hundred")]
fn nearest(mut limbs: Vec<u64>, behind: u32, inexact: bool) -> f64 {
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
    let count = limbs.len() as i32;
    let mut next = || limbs.pop().unwrap_or(0);
    let (first, second, third) = (next(), next(), next());
    let shift = first.leading_zeros() - 32;
    let top = first << (32 + shift) | second << shift | third >> (32 - shift);
    // The lowest of 64 bits decides only whether it is more than half.
    let below = third << shift & LIMB != 0 || limbs.iter().any(|&limb| limb != 0) || inexact;
    let scale = (count - 2 - behind as i32) * 32 - shift as i32;
    let rounded = (top | u64::from(below)) as f64;
    rounded * f64::powi(2.0, scale / 2) * f64::powi(2.0, scale - scale / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str) {
        let expected: f64 = text.parse().unwrap();
        assert_eq!(parse(text.as_bytes()).map(f64::to_bits), Some(expected.to_bits()), "{text}");
    }

    #[test]
    fn hard_ones() {
        for text in [
            "0",
            "-0",
            "0.0",
            "1",
            "4096.0",
            "1e3",
            "1E-05",
            "0.1",
            "1e22",
            "1e23",
            "9007199254740993",
            "123456789012345678901234567890",
            "0.12345678901234567890",
            "8.98846567431158e307",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "1e309",
            "1e99999999999999999999",
            "2.2250738585072014e-308",
            "5e-324",
            "1e-400",
            "1e-99999999999999999999",
            "000001.5",
        ] {
            same(text);
        }
        // Halfway between two numbers, and a digit far behind that decides.
        same(&format!("9007199254740993.{}1", "0".repeat(900)));
        same(&format!("9007199254740993.{}", "0".repeat(900)));
        same(&format!("0.{}9007199254740993", "0".repeat(400)));
        same(&"9".repeat(309));
        same(&format!("{}e-900", "7".repeat(900)));
    }

    #[test]
    fn other_texts() {
        for text in [
            "",
            "-",
            ".5",
            "e5",
            "1e",
            "1e+",
            "1.5.5",
            "1x",
            "+1",
            "--1",
            "Infinity",
            "-Infinity",
            "0x10",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn as_the_standard_library(number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            same(&number.to_string());
            same(&format!("{number:e}"));
        }

        #[test]
        fn as_the_standard_library_reads_any_digits(text in "-?[0-9]{1,40}(\\.[0-9]{0,40})?(e[+-]?[12]?[0-9]{1,2})?") {
            same(&text);
        }
    }
}
