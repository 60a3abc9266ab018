//! Whether the tensors fill the data, each with as many bytes as its shape and dtype take.

use super::facts::Problems;
use super::{Tensor, Tensors};
use crate::format::bytes::times;
use crate::model::order::order;

/// Checks each tensor by itself, then all against each other and the file. Gives the bytes they reach to.
pub(super) fn check(tensors: &Tensors, data: Option<u64>, problems: &mut Problems) -> u64 {
    for tensor in tensors.iter() {
        check_size(&tensor, problems);
    }
    for name in tensors.repeated() {
        problems.add("duplicate_name", name, || "expected one tensor of each name".to_owned());
    }
    check_places(tensors, data, problems)
}

/// Shape times dtype must be the bytes that the offsets span.
fn check_size(tensor: &Tensor<'_>, problems: &mut Problems) {
    let (start, end) = (tensor.bytes.start, tensor.bytes.end);
    if start > end {
        let message = || format!("expected offsets in order, found {start} to {end}");
        return problems.add("bad_offsets", tensor.name, message);
    }
    let Some(elements) = tensor.elements() else {
        let message = || "expected a shape of at most 2^64 - 1 elements".to_owned();
        return problems.add("shape_overflow", tensor.name, message);
    };
    let Some(bits) = tensor.dtype.bits() else { return };
    let bits =
        times(elements, bits).map_or_else(|| u128::from(elements) * u128::from(bits), u128::from);
    let spanned = tensor.size();
    if !bits.is_multiple_of(8) {
        let message = || format!("expected whole bytes, found {bits} bits");
        problems.add("partial_byte", tensor.name, message);
    } else if bits / 8 != u128::from(spanned) {
        let wanted = bits / 8;
        let message =
            || format!("expected {wanted} bytes by shape and dtype, found {spanned} by offsets");
        problems.add("size_mismatch", tensor.name, message);
    }
}

/// The spans, laid side by side, must fill the data from their first byte to their last.
fn check_places(tensors: &Tensors, data: Option<u64>, problems: &mut Problems) -> u64 {
    let mut reached = 0;
    for tensor in in_place(tensors) {
        let (start, end) = (tensor.bytes.start, tensor.bytes.end.max(tensor.bytes.start));
        if start > reached {
            let message = || format!("bytes {reached} to {start} of the data belong to no tensor");
            problems.add("hole", tensor.name, message);
        } else if start < reached {
            let message = || format!("the bytes from {start} on belong to another tensor too");
            problems.add("overlap", tensor.name, message);
        }
        if let Some(data) = data.filter(|&data| end > data) {
            let message =
                || format!("expected at most {data} bytes of data, found a tensor up to {end}");
            problems.add("past_the_end", tensor.name, message);
        }
        reached = reached.max(end);
    }
    if let Some(data) = data.filter(|&data| data > reached) {
        let message = || format!("bytes {reached} to {data} of the data belong to no tensor");
        problems.add("hole", "", message);
    }
    reached
}

/// The tensors by where they stand. Writers name them in that order, which costs nothing to sort.
fn in_place(tensors: &Tensors) -> Vec<Tensor<'_>> {
    let place =
        |index: usize| tensors.get(index).map(|tensor| (tensor.bytes.start, tensor.bytes.end));
    let order = order(tensors.len(), &|one, other| place(one).cmp(&place(other)));
    order.into_iter().filter_map(|index| tensors.get(index as usize)).collect()
}
