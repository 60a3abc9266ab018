//! Sorting, once: each sort of a slice of its own type weighs 4 to 12 kB in the module.

use std::cmp::Ordering;

/// The indices 0 to `count` in the order that a comparison gives; equal ones stay as they stand.
///
/// Sorts by merging: what is in order already costs a comparison an item. The one of the standard library is faster by a
/// little, and weighs ten times as much.
pub(crate) fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut order: Vec<u32> = (0..count).collect();
    let mut merged = order.clone();
    let mut width = 1;
    while width < order.len() {
        for (pair, into) in order.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            merge(pair, width, into, compare);
        }
        std::mem::swap(&mut order, &mut merged);
        width *= 2;
    }
    order
}

/// Merges two runs that stand one after the other, the first of which has `width` items.
fn merge(pair: &[u32], width: usize, into: &mut [u32], compare: &dyn Fn(usize, usize) -> Ordering) {
    let greater = |one: u32, other: u32| compare(one as usize, other as usize).is_gt();
    let (mut left, mut right) = pair.split_at(width.min(pair.len()));
    if let (Some(last), Some(first)) = (left.last(), right.first())
        && greater(*last, *first)
    {
        for place in into {
            let from = match (left.first(), right.first()) {
                (Some(one), Some(other)) if greater(*one, *other) => &mut right,
                (Some(_), _) => &mut left,
                _ => &mut right,
            };
            if let Some((first, rest)) = from.split_first() {
                *place = *first;
                *from = rest;
            }
        }
    } else {
        for (place, item) in into.iter_mut().zip(pair) {
            *place = *item;
        }
    }
}

/// The items in the order of a key, the greatest first.
pub(crate) fn greatest_first<T: Clone>(items: &[T], key: impl Fn(&T) -> u64) -> Vec<T> {
    let at = |index| items.get(index).map(&key);
    let order = order(items.len(), &|one, other| at(other).cmp(&at(one)));
    order.into_iter().filter_map(|index| items.get(index as usize).cloned()).collect()
}

/// The items in the order of their names; those of one name stay as they stand.
pub(crate) fn by_name<T: Default>(mut items: Vec<T>, name: fn(&T) -> &str) -> Vec<T> {
    let at = |index| items.get(index).map(name);
    let order = order(items.len(), &|one, other| at(one).cmp(&at(other)));
    let take = |index| items.get_mut(index as usize).map(std::mem::take);
    order.into_iter().filter_map(take).collect()
}

#[cfg(test)]
mod tests {
    use super::order;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_stable_order(keys in proptest::collection::vec(0_u8..20, 0..200)) {
            let mut expected: Vec<u32> = (0..).take(keys.len()).collect();
            expected.sort_by_key(|at| keys[*at as usize]);
            prop_assert_eq!(order(keys.len(), &|one, other| keys[one].cmp(&keys[other])), expected);
        }
    }
}
