//! Which of the variants that were looked at to take.

use crate::model::order::order;
use crate::model::plan::{PlanFit, PlannedVariant};

/// Fewer bits than this are a last resort: answers suffer.
const FEW_BITS: f64 = 4.0;

/// What is shown of a variant, and how good it is beside the others.
pub(super) type Ranked<'v> = (&'v PlannedVariant, f64);

/// The best first; of equal ones the smaller.
pub(super) fn sorted<T>(all: Vec<T>, of: fn(&T) -> Ranked<'_>) -> Vec<T> {
    let rank =
        |index: usize| all.get(index).map(of).map_or((0.0, 0), |(one, rank)| (rank, one.bytes));
    let places = order(all.len(), &|one, other| {
        let ((one, bytes), (other, more)) = (rank(one), rank(other));
        other.total_cmp(&one).then(bytes.cmp(&more))
    });
    let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
    let taken = places.into_iter().filter_map(|place| all.get_mut(place as usize)?.take());
    taken.collect()
}

/// The best that lies whole where it is computed and has not too few bits; else the fastest of enough bits that lies in
/// parts; else the best of what is left.
pub(super) fn choose(all: &[Ranked<'_>]) -> Option<usize> {
    let enough = |one: &PlannedVariant| one.bits_per_weight.is_none_or(|bits| bits >= FEW_BITS);
    let first = |test: &dyn Fn(&PlannedVariant) -> bool| all.iter().position(|(one, _)| test(one));
    let whole = first(&|one| one.fit == PlanFit::Full && enough(one));
    let speed = |one: &PlannedVariant| one.generation.map_or(0.0, |rate| rate.expected);
    let parts = || {
        let fitting = all.iter().enumerate();
        let fitting = fitting.filter(|(_, (one, _))| one.fit == PlanFit::Partial && enough(one));
        let best = fitting.max_by(|(_, (one, rank)), (_, (other, beside))| {
            speed(one).total_cmp(&speed(other)).then(rank.total_cmp(beside))
        });
        best.map(|(index, _)| index)
    };
    whole
        .or_else(parts)
        .or_else(|| first(&|one| one.fit == PlanFit::Full))
        .or_else(|| first(&|one| one.fit == PlanFit::Partial))
        .or_else(|| first(&|one| one.fit == PlanFit::Unknown && enough(one)))
}
