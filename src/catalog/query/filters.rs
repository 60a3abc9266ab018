//! Reads what rows must fulfil.

use super::asked::Asked;
use super::read::{named, needed};
use super::{Class, Condition, Names, Range, Subject, Where};
use crate::catalog::field::Field;
use crate::error::Result;

/// Conditions inside conditions; people write two or three.
const MOST_DEPTH: usize = 16;

/// Conditions in all, since each costs a pass over a column.
const MOST_CONDITIONS: usize = 256;

/// Names in one list: more than any field has ticked.
const MOST_NAMES: usize = 1024;

/// A reader of conditions that counts them.
#[derive(Default)]
pub(super) struct Reader {
    conditions: usize,
    depth: usize,
}

impl Reader {
    /// The conditions of an object.
    pub(super) fn read(&mut self, asked: &Asked<'_>) -> Result<Where> {
        if !asked.is_object() {
            return Err(asked.wrong("an object of conditions"));
        }
        if self.depth == MOST_DEPTH {
            return Err(asked.limit("at most 16 conditions inside each other", "more"));
        }
        self.depth += 1;
        let mut conditions = Vec::new();
        for (key, value) in asked.values() {
            if !value.is_missing() {
                conditions.push(self.condition(key, &value)?);
            }
        }
        self.depth -= 1;
        Ok(Where(conditions))
    }

    fn condition(&mut self, key: &str, asked: &Asked<'_>) -> Result<Condition> {
        self.count(asked)?;
        match key {
            "and" => self.list(asked).map(Condition::And),
            "or" => self.list(asked).map(Condition::Or),
            "not" => self.read(asked).map(Condition::Not),
            _ => match named(asked, key, &["and", "or", "not"])? {
                Subject::Fit => classes(asked).map(Condition::Fit),
                Subject::Field(Field::Number(field)) => {
                    range(asked).map(|range| Condition::Numbers(field, range))
                }
                Subject::Field(field) => {
                    names(field, asked).map(|names| Condition::Names(field, names))
                }
            },
        }
    }

    fn count(&mut self, asked: &Asked<'_>) -> Result<()> {
        self.conditions += 1;
        if self.conditions > MOST_CONDITIONS {
            return Err(asked.limit("at most 256 conditions", "more"));
        }
        Ok(())
    }

    fn list(&mut self, asked: &Asked<'_>) -> Result<Vec<Where>> {
        if !asked.is_list() {
            return Err(asked.wrong("a list of conditions"));
        }
        let each = |item: Asked<'_>| self.count(&item).and_then(|()| self.read(&item));
        asked.items().map(each).collect()
    }
}

/// A name, a list of names, or an object that says which ones.
fn names(field: Field, asked: &Asked<'_>) -> Result<Names> {
    if !asked.is_object() {
        let expected = "a name, a list of names, or an object with any, all, none, known";
        return Ok(Names { any: texts(asked, expected)?, ..Names::default() });
    }
    let several = matches!(field, Field::Names(_));
    let keys = ["any", "none", "known", "all"];
    asked.options(if several { &keys } else { keys.split_at(3).0 })?;
    let list = |key| {
        let list = asked.key(key);
        if list.is_missing() { Ok(Vec::new()) } else { texts(&list, "a list of names") }
    };
    let [any, all, none] = ["any", "all", "none"].map(list);
    Ok(Names { any: any?, all: all?, none: none?, known: asked.key("known").flag()? })
}

/// A text, or a list of texts.
fn texts(asked: &Asked<'_>, expected: &str) -> Result<Vec<String>> {
    if !asked.is_list() {
        return Ok(vec![needed(asked, expected)?.to_owned()]);
    }
    if asked.items().count() > MOST_NAMES {
        return Err(asked.limit("at most 1,024 names", "more"));
    }
    asked.list(|item| needed(item, "names only").map(str::to_owned))
}

fn range(asked: &Asked<'_>) -> Result<Range> {
    asked.options(&["min", "max", "known"])?;
    let [min, max] = ["min", "max"].map(|key| asked.key(key).number());
    Ok(Range { min: min?, max: max?, known: asked.key("known").flag()? })
}

fn classes(asked: &Asked<'_>) -> Result<Vec<Class>> {
    let expected = "one or several of full, partial, no, unknown";
    let class = |name: &String| {
        let class = Class::ALL.into_iter().find(|class| class.name() == name);
        class.ok_or_else(|| asked.wrong(expected))
    };
    texts(asked, expected)?.iter().map(class).collect()
}

impl Where {
    /// The condition of a field at the top: what the counts of its own facet leave out.
    #[must_use]
    pub fn of(&self, subject: Subject) -> Option<&Condition> {
        self.0.iter().find(|condition| condition.subject() == Some(subject))
    }

    /// Whether rows must fit in some way.
    pub(super) fn asks_for_fit(&self) -> bool {
        self.0.iter().any(Condition::asks_for_fit)
    }
}

impl Condition {
    /// Whether it depends on the memory there is.
    #[must_use]
    pub fn asks_for_fit(&self) -> bool {
        match self {
            Self::Fit(_) => true,
            Self::And(all) | Self::Or(all) => all.iter().any(Where::asks_for_fit),
            Self::Not(inner) => inner.asks_for_fit(),
            _ => false,
        }
    }

    /// What it is about, unless it holds others.
    #[must_use]
    pub const fn subject(&self) -> Option<Subject> {
        match self {
            Self::Names(field, _) => Some(Subject::Field(*field)),
            Self::Numbers(field, _) => Some(Subject::Field(Field::Number(*field))),
            Self::Fit(_) => Some(Subject::Fit),
            _ => None,
        }
    }
}
