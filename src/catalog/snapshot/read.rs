//! From shards to a table.

use super::check::check;
use super::checksum;
use super::content::Content;
use super::cursor::refused;
use super::layout::{self, Kind};
use super::limits::MOST_ROWS;
use super::place::{self, PlaceMut};
use super::plan::{PLAN, number};
use crate::catalog::column::Ids;
use crate::catalog::field::NumberField;
use crate::catalog::table::Table;
use crate::error::Result;
use crate::model::order::order;

impl Table {
    /// Adds the rows of a shard, or changes the table as a delta says.
    ///
    /// # Errors
    /// `invalid_file` where the shard is damaged, or is not the next one for this table, which then stays as it was.
    pub fn append(&mut self, shard: &[u8]) -> Result<()> {
        let (head, sections) = layout::open(shard)?;
        if head.rows > MOST_ROWS {
            return Err(refused("at most 4000000 rows", u64::from(head.rows), 28));
        }
        let content = Content::read(head.rows as usize, sections, &self.bases)?;
        check(self, &head, &content)?;
        let continues = head.kind == Kind::Tier && head.tier as usize + 1 == self.tiers.len();
        match self.tiers.last_mut().filter(|_| continues) {
            Some(tier) => *tier += head.rows,
            None if head.rows > 0 => self.tiers.push(head.rows),
            None => {}
        }
        self.snapshot = checksum::after(self.snapshot, head.checksum);
        self.add(content);
        Ok(())
    }

    fn remove(&mut self, more: &[u32]) {
        self.removed.extend_from_slice(more);
        let row = |at: usize| self.removed.get(at);
        let sorted = order(self.removed.len(), &|one, other| row(one).cmp(&row(other)));
        self.removed = sorted.iter().filter_map(|at| row(*at as usize).copied()).collect();
    }

    /// Adds what was checked.
    #[inline(never)]
    fn add(&mut self, mut content: Content) {
        self.remove(&content.removed);
        self.ids.append(&content.ids);
        let room = self.ids.room();
        for numbers in &mut self.numbers {
            numbers.release();
        }
        for (field, _) in &PLAN {
            let mut column = content.take(*field);
            // Most models have one size.
            let other = [number(NumberField::RecommendedSize), number(NumberField::LargestSize)];
            let other =
                other.contains(field).then(|| self.number(NumberField::SmallestSize).clone());
            let none = Ids::default();
            let new = content.new_names(*field).map_or(&none, |new| &new.names);
            match place::of_mut(self, *field) {
                Some(PlaceMut::Name(names, codes)) => {
                    names.append(new.text(), new.ends());
                    codes.append(&column, room);
                }
                Some(PlaceMut::Names(names, sets)) => {
                    names.append(new.text(), new.ends());
                    let list = content.sets(*field);
                    sets.append(&column, |set| list.map_or(&[][..], |list| list.get(set)), room);
                }
                Some(PlaceMut::Number(numbers)) => {
                    stored(&mut column);
                    match &other {
                        Some(other) => numbers.append_alike(&column, other, room),
                        None => numbers.append(&column, room),
                    }
                }
                None => {}
            }
        }
    }
}

#[inline(never)]
fn stored(column: &mut [u32]) {
    for number in column {
        *number = number.wrapping_sub(1);
    }
}
