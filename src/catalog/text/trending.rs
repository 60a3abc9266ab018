//! The tags of what is sought after now.

use crate::catalog::Table;
use crate::catalog::column::{ABSENT, to_number};
use crate::catalog::field::{NamesField, NumberField};
use crate::model::json::Writer;
use crate::model::order::order;
use std::borrow::Cow;

/// Most tags that are given at once.
const MOST_TAGS: usize = 1000;

/// Rows changed at most this long before the latest change are recent, in seconds: 30 days.
const RECENT: u32 = 30 * 24 * 3600;

/// A tag, and how sought after the models are that have it.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendingTag<'t> {
    /// The tag.
    pub tag: &'t str,
    /// The sum of the models' trending scores, or of the recent ones' downloads.
    pub score: f64,
    /// How many models have the tag.
    pub count: u32,
}

impl TrendingTag<'_> {
    /// Writes an object.
    pub fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("tag").text(self.tag);
        out.key("score").number(Some(self.score));
        out.key("count").whole(self.count.into());
        out.close(b'}');
    }
}

/// The tags with the greatest sums of their rows' trending scores; where no row has one, of the downloads of the rows that
/// were changed within the 30 days before the latest change. Those with a sum of 0 are left out.
#[must_use]
pub fn trending_tags(table: &Table, limit: usize) -> Vec<TrendingTag<'_>> {
    let column = table.set(NamesField::Tag);
    let heats = Heats::of(table);
    let tag = |tag| TrendingTag { tag, score: 0.0, count: 0 };
    let mut tags: Vec<_> = column.names.names().map(tag).collect();
    column.codes.each(|row, code| {
        if let Some(tag) = tags.get_mut(code as usize) {
            tag.score += heats.of_row(row);
            tag.count += 1;
        }
    });
    tags.retain(|tag| tag.score > 0.0);
    let score = |place: usize| tags.get(place).map_or(0.0, |tag| tag.score);
    let order = order(tags.len(), &|one, other| score(other).total_cmp(&score(one)));
    let first = order.into_iter().take(limit.min(MOST_TAGS));
    first.filter_map(|place| tags.get(place as usize).cloned()).collect()
}

/// How sought after rows are.
struct Heats<'t> {
    trending: Cow<'t, [u32]>,
    updated: Cow<'t, [u32]>,
    downloads: Cow<'t, [u32]>,
    /// Whether any row trends; else downloads count, of those changed since.
    trends: bool,
    since: u32,
}

impl<'t> Heats<'t> {
    fn of(table: &'t Table) -> Self {
        let stored = |field| table.number(field).stored();
        let [trending, updated, downloads] =
            [NumberField::Trending, NumberField::Updated, NumberField::Downloads].map(stored);
        let trends = trending.iter().any(|stored| *stored != ABSENT && *stored != 0);
        let known = updated.iter().filter(|stored| **stored != ABSENT);
        let since = known.max().map_or(0, |latest| latest.saturating_sub(RECENT));
        Self { trending, updated, downloads, trends, since }
    }

    fn of_row(&self, row: usize) -> f64 {
        let at = |column: &[u32]| column.get(row).copied().unwrap_or(ABSENT);
        let (updated, downloads) = (at(&self.updated), at(&self.downloads));
        if self.trends {
            return to_number(NumberField::Trending, at(&self.trending)).unwrap_or(0.0);
        }
        let recent = updated != ABSENT && updated >= self.since;
        if recent && downloads != ABSENT { f64::from(downloads) } else { 0.0 }
    }
}
