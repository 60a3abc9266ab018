//! Where tensors lie: aligned, one behind the other, inside the file.

use super::facts::GgufFacts;
use super::problem::{ProblemCode, Problems, quoted};
use super::tensor::Tensor;
use super::value::ValueType;

pub(super) const DEFAULT_ALIGNMENT: u64 = 32;

/// What `general.alignment` says, or what is wrong with it.
pub(super) fn alignment(facts: &GgufFacts) -> Result<u64, String> {
    const KEY: &str = "general.alignment";
    let Some(entry) = facts.entries.iter().find(|entry| entry.key == KEY) else {
        return Ok(DEFAULT_ALIGNMENT);
    };
    let number = facts.number(KEY).filter(|_| entry.value_type == ValueType::U32);
    match number {
        None => Err(format!("`{KEY}` is no 32-bit number")),
        Some(number) if number.is_power_of_two() => Ok(number),
        Some(number) => Err(format!("`{KEY}` is {number}, which is no power of two")),
    }
}

/// Tells what is wrong with the places of tensors.
pub(super) fn check(facts: &GgufFacts, file_size: Option<u64>, problems: &mut Problems) {
    let mut expected = Some(0);
    for tensor in &facts.tensors {
        check_offset(tensor, expected, facts.alignment, problems);
        expected = tensor.end().and_then(|end| end.checked_next_multiple_of(facts.alignment));
    }
    if let Some(size) = file_size {
        check_file(facts, size, problems);
    }
}

fn check_offset(tensor: &Tensor, expected: Option<u64>, alignment: u64, problems: &mut Problems) {
    let offset = tensor.offset;
    let name = || quoted(&tensor.name);
    if !offset.is_multiple_of(alignment) {
        problems.add(ProblemCode::UnalignedOffset, || {
            format!("tensor {} starts at {offset}, no multiple of {alignment}", name())
        });
    }
    let Some(expected) = expected.filter(|expected| *expected != offset) else { return };
    let code = if offset > expected { ProblemCode::Gap } else { ProblemCode::Overlap };
    problems.add(code, || format!("tensor {} starts at {offset}, not at {expected}", name()));
}

/// The data section must hold the tensor that ends last.
fn check_file(facts: &GgufFacts, size: u64, problems: &mut Problems) {
    let end_of = |tensor: &Tensor| tensor.end().unwrap_or(tensor.offset);
    let Some(last) = facts.tensors.iter().max_by_key(|tensor| end_of(tensor)) else { return };
    let end = facts.data_offset.saturating_add(end_of(last));
    if end > size {
        problems.add(ProblemCode::Truncated, || {
            format!("tensor {} ends at byte {end}, the file at {size}", quoted(&last.name))
        });
    }
}
