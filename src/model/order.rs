//! Sorting, once: each sort of a slice of its own type weighs 4 to 12 kB in the module.

use std::cmp::Ordering;

/// The indices 0 to `count` in the order that a comparison gives; equal ones stay as they stand.
///
/// The sort takes runs as they are: what is in order already costs one pass.
pub(crate) fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut order: Vec<u32> = (0..count).collect();
    order.sort_by(|&one, &other| compare(one as usize, other as usize));
    order
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
