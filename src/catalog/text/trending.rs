//! The tags of what is sought after now.

use crate::catalog::Table;
use crate::catalog::column::{ABSENT, to_number};
use crate::catalog::field::{NamesField, NumberField};
use crate::model::json::Writer;
use crate::model::order::order;

/// Most tags that are given at once.
const MOST_TAGS: usize = 1000;

/// Rows changed at most this long before the latest change are recent, in seconds: 30 days.
const RECENT: u32 = 30 * 24 * 3600;

/// A tag, and how sought after the models are that have it.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendingTag {
    /// The tag.
    pub tag: String,
    /// The sum of the models' trending scores, or of the recent ones' downloads.
    pub score: f64,
    /// How many models have the tag.
    pub count: u32,
}

impl TrendingTag {
    /// Writes an object.
    pub fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("tag").text(&self.tag);
        out.key("score").number(Some(self.score));
        out.key("count").whole(self.count.into());
        out.close(b'}');
    }
}

/// The tags with the greatest sums of their rows' trending scores; where no row has one, of the downloads of the rows that
/// were changed within the 30 days before the latest change. Those with a sum of 0 are left out.
#[must_use]
pub fn trending_tags(table: &Table, limit: usize) -> Vec<TrendingTag> {
    let tags = table.set(NamesField::Tag);
    let heats = heats(table);
    let mut sums = vec![(0.0_f64, 0_u32); tags.names.len()];
    tags.codes.each(|row, code| {
        if let Some((sum, count)) = sums.get_mut(code as usize) {
            *sum += heats.get(row).copied().unwrap_or(0.0);
            *count += 1;
        }
    });
    let sum = |code: usize| sums.get(code).map_or(0.0, |(sum, _)| *sum);
    let order = order(sums.len(), &|one, other| sum(other).total_cmp(&sum(one)));
    let hot = order.into_iter().filter(|code| sum(*code as usize) > 0.0);
    let tag = |code: u32| TrendingTag {
        tag: tags.names.name(code).to_owned(),
        score: sum(code as usize),
        count: sums.get(code as usize).map_or(0, |(_, count)| *count),
    };
    hot.take(limit.min(MOST_TAGS)).map(tag).collect()
}

/// By row: how sought after it is.
fn heats(table: &Table) -> Vec<f64> {
    let trending = table.number(NumberField::Trending).stored();
    if trending.iter().any(|stored| *stored != ABSENT && *stored != 0) {
        let number = |stored: &u32| to_number(NumberField::Trending, *stored).unwrap_or(0.0);
        return trending.iter().map(number).collect();
    }
    let updated = table.number(NumberField::Updated).stored();
    let latest = updated.iter().filter(|stored| **stored != ABSENT).max().copied().unwrap_or(0);
    let recent = |stored: u32| stored != ABSENT && latest.saturating_sub(stored) <= RECENT;
    let downloads = table.number(NumberField::Downloads).stored();
    let heat = |(downloads, updated): (&u32, &u32)| match *downloads {
        number if number != ABSENT && recent(*updated) => f64::from(number),
        _ => 0.0,
    };
    downloads.iter().zip(&*updated).map(heat).collect()
}
