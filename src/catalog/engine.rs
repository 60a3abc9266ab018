//! Answers queries over a table.

use super::Table;
use super::answer::{Answer, Facet, Fits};
use super::bits::Bits;
use super::facet::{Counted, Counters, answer, fit_answer};
use super::filter::Rows;
use super::fit::Fit;
use super::group::Roots;
use super::matches::Matches;
use super::page::Cursor;
use super::query::{Class, Condition, FacetQuery, Key, Order, Query, Subject};
use super::sort::{Best, Columns, Given, Orders, Ranks};
use crate::error::Result;
use std::rc::Rc;

/// Where fewer than one row in so many passes, those that do are sorted instead of walking all rows in order.
const FEW: usize = 64;

/// Rows that are picked out of all, where the table is not sorted by their order; more are taken from an order.
const MOST_PICKED: usize = 1024;

/// A table, and what answers to earlier queries left for the next one.
#[derive(Debug, Default)]
pub struct Engine {
    table: Table,
    /// Whether rows may be missing, since not all of a snapshot is there.
    pub partial: bool,
    /// The rows that are not removed.
    present: Rc<Bits>,
    fit: Option<Fit>,
    filters: Vec<Filter>,
    counters: Counters,
    orders: Orders,
    ranks: Ranks,
    roots: Option<Roots>,
}

/// A condition at the top of a query, and the rows that fulfil it.
#[derive(Clone, Debug)]
struct Filter {
    condition: Condition,
    rows: Rc<Bits>,
}

impl Engine {
    /// An engine over a table.
    #[must_use]
    pub fn new(table: Table) -> Self {
        let mut engine = Self { table, ..Self::default() };
        engine.table_changed();
        engine
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Changes the table, after which nothing that was known of it holds.
    pub fn change(&mut self, change: impl FnOnce(&mut Table)) {
        change(&mut self.table);
        self.table_changed();
    }

    /// Drops what was known of the rows.
    pub fn table_changed(&mut self) {
        let mut present = Bits::of_rows(self.table.len(), &self.table.removed);
        present.invert();
        self.present = Rc::new(present);
        self.fit = None;
        self.filters.clear();
        self.counters = Counters::default();
        self.orders = Orders::default();
        self.ranks = Ranks::default();
        self.roots = None;
    }

    /// Answers a query. `text` is what the search for the query's text found; where there is none, all rows match.
    ///
    /// Errors: `invalid_argument` for a cursor of another order.
    pub fn query(&mut self, query: &Query, text: Option<&Matches>) -> Result<Answer> {
        self.set_fit(query);
        self.set_filters(query);
        let text = text.map(|matches| (Bits::of_rows(self.table.len(), &matches.rows), matches));
        let rows = self.passing(text.as_ref().map(|(bits, _)| bits), None);
        let facets = self.facets(query, text.as_ref().map(|(bits, _)| bits), &rows);
        let mut answer = Answer { facets, partial: self.partial, ..Answer::default() };
        self.page(query, text.map(|(_, matches)| matches), &rows, &mut answer)?;
        Ok(answer)
    }

    fn set_fit(&mut self, query: &Query) {
        let Some(budget) = &query.fit else { return };
        let before = self.fit.take();
        let same = before.as_ref().is_some_and(|fit| fit.budget() == budget);
        self.fit = Some(match before {
            Some(fit) => fit.under(&self.table, budget),
            None => Fit::of(&self.table, budget),
        });
        if !same {
            self.filters.retain(|filter| !filter.condition.asks_for_fit());
        }
    }

    fn set_filters(&mut self, query: &Query) {
        let before = std::mem::take(&mut self.filters);
        let rows = Rows { table: &self.table, fit: self.fit.as_ref() };
        let filter = |condition: &Condition| {
            let known = before.iter().find(|filter| filter.condition == *condition);
            known.cloned().unwrap_or_else(|| Filter {
                condition: condition.clone(),
                rows: Rc::new(rows.fulfil(condition)),
            })
        };
        self.filters = query.filters.0.iter().map(filter).collect();
    }

    /// The rows that pass all filters but that of one subject.
    fn passing(&self, text: Option<&Bits>, but: Option<Subject>) -> Rc<Bits> {
        let own = |filter: &&Filter| but.is_none() || filter.condition.subject() != but;
        let mut filters = self.filters.iter().filter(own).peekable();
        if text.is_none() && filters.peek().is_none() {
            return Rc::clone(&self.present);
        }
        let mut rows = Bits::clone(&self.present);
        for bits in filters.map(|filter| &*filter.rows).chain(text) {
            rows.and(bits);
        }
        Rc::new(rows)
    }

    fn facets(&mut self, query: &Query, text: Option<&Bits>, rows: &Rc<Bits>) -> Vec<Facet> {
        let over = |subject: Subject| match query.filters.of(subject) {
            Some(_) => self.passing(text, Some(subject)),
            None => Rc::clone(rows),
        };
        let all: Vec<_> = query.facets.iter().map(|facet| (facet, over(facet.subject))).collect();
        let counted = all.iter().filter_map(|(facet, rows)| match facet.subject {
            Subject::Field(field) => Some((Counted::of(field, facet.buckets), Rc::clone(rows))),
            Subject::Fit => None,
        });
        self.counters.count(&self.table, &self.present, &counted.collect::<Vec<_>>());
        let answer = |(facet, rows): &(&FacetQuery, Rc<Bits>)| self.facet(query, facet, rows);
        all.iter().filter_map(answer).collect()
    }

    fn facet(&self, query: &Query, facet: &FacetQuery, rows: &Bits) -> Option<Facet> {
        match facet.subject {
            Subject::Field(field) => {
                Some(answer(&self.counters, &self.table, facet, field, &query.filters))
            }
            Subject::Fit => Some(fit_answer(self.fit.as_ref()?, rows, &query.filters)),
        }
    }

    fn page(
        &mut self,
        query: &Query,
        matches: Option<&Matches>,
        rows: &Bits,
        answer: &mut Answer,
    ) -> Result<()> {
        let fit = self.fit.as_ref().filter(|_| query.fit.is_some());
        let given = Given { table: &self.table, fit, matches };
        let columns = Columns::of(given, &query.sort, &mut self.ranks);
        let after = query.page.after.as_ref();
        let after = after.map(|text| Cursor::read(&self.table, &columns, text)).transpose()?;
        let comes = |row: &u32| {
            after.as_ref().is_none_or(|cursor| cursor.is_before(&self.table, &columns, *row))
        };
        let total = rows.count();
        let wanted = query.page.offset.saturating_add(query.page.limit).saturating_add(1);
        let (keys, present) = (query.sort.as_slice(), &*self.present);
        let ordered = Ordered { keys, columns: &columns, matches, fit, present, rows, total };
        if query.group {
            let roots = self.roots.get_or_insert_with(|| Roots::of(&self.table, &self.present));
            let sorted = ordered.first(&mut self.orders, usize::MAX, &|_| true);
            let groups = roots.groups(rows, &sorted);
            answer.total = groups.total;
            let mut firsts = groups.firsts.into_iter().filter(comes).skip(query.page.offset);
            let page: Vec<u32> = firsts.by_ref().take(query.page.limit).collect();
            let last = page.last().filter(|_| firsts.next().is_some());
            answer.next = last.map(|row| Cursor::write(&self.table, &columns, *row));
            (answer.rows, answer.groups) = roots.answer(&self.table, fit, rows, &page);
        } else {
            answer.total = total;
            let first = ordered.first(&mut self.orders, wanted, &comes);
            let page = first.get(query.page.offset..).unwrap_or_default();
            let (page, more) = page.split_at(page.len().min(query.page.limit));
            let last = page.last().filter(|_| !more.is_empty());
            answer.next = last.map(|row| Cursor::write(&self.table, &columns, *row));
            answer.rows = page.to_vec();
        }
        answer.fits = fit.map_or(Vec::new(), |fit| {
            answer.rows.iter().map(|row| Fits::of(fit.class(*row), fit.bytes(*row))).collect()
        });
        Ok(())
    }
}

/// Rows that pass, and their order.
struct Ordered<'a> {
    keys: &'a [Key],
    columns: &'a Columns<'a>,
    matches: Option<&'a Matches>,
    fit: Option<&'a Fit>,
    /// The rows that there are, and those that pass.
    present: &'a Bits,
    rows: &'a Bits,
    total: u32,
}

impl Ordered<'_> {
    /// The first rows that come after a cursor.
    fn first(&self, orders: &mut Orders, most: usize, comes: &dyn Fn(&u32) -> bool) -> Vec<u32> {
        let varies = self.keys.iter().any(|key| matches!(key, Key::Relevance | Key::Fit));
        let few = (self.total as usize) < self.rows.rows() / FEW;
        if !varies && (!few || most == usize::MAX) {
            let picks = most <= MOST_PICKED && self.columns.begin_with_numbers();
            if picks && orders.known(self.keys).is_none() {
                return self.picked(orders, most, comes);
            }
            return self.among(&orders.of(self.keys, self.columns), most, comes);
        }
        if let Some(fit) = self.fit.filter(|_| !few && self.keys == [Key::Fit]) {
            return self.best_fitting(fit, orders, most, comes);
        }
        let best = Best::new(self.columns, most);
        match self.matches {
            Some(matches)
                if self.keys.first() == Some(&Key::Relevance)
                    && matches.rows.len() == matches.scores.len() =>
            {
                best.of_matches(matches, self.rows, comes)
            }
            _ => best.of(self.rows.iter().filter(comes)),
        }
    }

    /// The first that pass of rows in order.
    fn among(&self, order: &[u32], most: usize, comes: &dyn Fn(&u32) -> bool) -> Vec<u32> {
        let passing = order.iter().copied().filter(|row| self.rows.has(*row));
        passing.filter(comes).take(most).collect()
    }

    /// Those at the beginning of the order, or if these are too few, picked out of all that pass.
    fn picked(&self, orders: &mut Orders, most: usize, comes: &dyn Fn(&u32) -> bool) -> Vec<u32> {
        let head = |most| self.best(most, self.present, &|_| true);
        let first = self.among(orders.head(self.keys, &head, self.rows.rows()), most, comes);
        if first.len() == most { first } else { self.best(most, self.rows, comes) }
    }

    /// The best of some rows. Some columns write their numbers anew for it: not where it is not needed.
    fn best(&self, most: usize, rows: &Bits, comes: &dyn Fn(&u32) -> bool) -> Vec<u32> {
        let best = Best::new(self.columns, most);
        match self.columns.numbers() {
            Some((numbers, order)) => best.of_numbers((&numbers, order), rows, comes),
            None => best.of(rows.iter().filter(comes)),
        }
    }

    /// The first rows of each class, the best class first.
    fn best_fitting(
        &self,
        fit: &Fit,
        orders: &mut Orders,
        most: usize,
        comes: &dyn Fn(&u32) -> bool,
    ) -> Vec<u32> {
        let walks = most > MOST_PICKED || orders.known_by_need(fit).is_some();
        let order = walks.then(|| orders.by_need(self.columns.table(), fit));
        let mut first = Vec::new();
        for class in Class::ALL {
            let mut rows = fit.rows(class).clone();
            rows.and(self.rows);
            let more = most - first.len();
            if more == 0 || rows.count() == 0 {
                continue;
            }
            if let Some(order) = &order {
                // Each class stands together in the order of needs.
                let need = |row: &u32| fit.need().get(*row as usize).copied().unwrap_or(u32::MAX);
                let start = order.partition_point(|row| fit.is_below(class, need(row)));
                let order = order.get(start..).unwrap_or_default().iter().copied();
                first.extend(order.filter(|row| rows.has(*row)).filter(comes).take(more));
            } else {
                let needs = (fit.need(), Order::Descending);
                first.extend(Best::new(self.columns, more).of_numbers(needs, &rows, comes));
            }
        }
        first
    }
}
