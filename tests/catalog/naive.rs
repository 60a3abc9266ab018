//! What a catalog should answer, row by row, with plain loops, from the JSON of the query.

use hubfit::catalog::Row;
use hubfit::catalog::column::{to_number, to_stored};
use hubfit::catalog::field::{Field, NameField, NamesField, NumberField};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// All rows in the order of the table, and what is known about them from outside.
pub(crate) struct Naive {
    pub(crate) rows: Vec<Row>,
    pub(crate) removed: BTreeSet<u32>,
    /// What a search for text found.
    pub(crate) matches: Option<Vec<(u32, f32)>>,
}

fn names(row: &Row, field: Field) -> Vec<String> {
    match field {
        Field::Name(NameField::Author) => {
            row.id.split_once('/').map(|(author, _)| author.to_owned()).into_iter().collect()
        }
        Field::Name(field) => row.name[field as usize].clone().into_iter().collect(),
        Field::Names(field) => row.names[field as usize].clone(),
        Field::Number(_) => vec![],
    }
}

fn rounded(field: NumberField, number: f64) -> f64 {
    to_number(field, to_stored(field, Some(number.max(0.0)))).unwrap()
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => all.iter().map(|name| name.as_str().unwrap().to_owned()).collect(),
        _ => vec![],
    }
}

fn names_pass(own: &[String], wanted: &Value) -> bool {
    if !wanted.is_object() {
        let any = list(wanted);
        return any.is_empty() || any.iter().any(|name| own.contains(name));
    }
    let (any, all, none) = (list(&wanted["any"]), list(&wanted["all"]), list(&wanted["none"]));
    (any.is_empty() || any.iter().any(|name| own.contains(name)))
        && all.iter().all(|name| own.contains(name))
        && !none.iter().any(|name| own.contains(name))
        && wanted["known"].as_bool().is_none_or(|known| known != own.is_empty())
}

fn number_passes(field: NumberField, own: Option<f64>, wanted: &Value) -> bool {
    let (min, max) = (wanted["min"].as_f64(), wanted["max"].as_f64());
    let known = wanted["known"].as_bool().is_none_or(|known| known == own.is_some());
    let Some(own) = own else { return known && min.is_none() && max.is_none() };
    known
        && min.is_none_or(|min| own >= rounded(field, min))
        && max.is_none_or(|max| max >= 0.0 && own <= rounded(field, max))
}

impl Naive {
    fn exact_need(row: &Row, fit: &Value) -> Option<f64> {
        let fixed = row.number[NumberField::FixedMemory as usize]?;
        let token = row.number[NumberField::TokenMemory as usize]?;
        let context = fit["context"].as_f64().unwrap_or(4096.0);
        Some(fixed + token * (context * fit["cacheFactor"].as_f64().unwrap_or(1.0)))
    }

    fn need(row: &Row, fit: &Value) -> Option<f64> {
        Self::exact_need(row, fit).map(|need| f64::from(need as f32))
    }

    fn class(row: &Row, fit: &Value) -> &'static str {
        let runtimes = &row.names[NamesField::Runtime as usize];
        if let Some(runtime) = fit["runtime"].as_str()
            && !runtimes.is_empty()
            && !runtimes.iter().any(|own| own == runtime)
        {
            return "no";
        }
        let (gpu, ram) = (fit["gpu"].as_f64().unwrap(), fit["ram"].as_f64().unwrap_or(0.0));
        let Some(need) = Self::need(row, fit) else { return "unknown" };
        let host = row.number[NumberField::HostMemory as usize].unwrap_or(0.0);
        let whole = Self::exact_need(row, fit).map(|need| f64::from((need + host) as f32)).unwrap();
        let full =
            if gpu > 0.0 && ram > 0.0 { need <= gpu && host <= ram } else { whole <= gpu + ram };
        match full {
            true => "full",
            false if whole <= gpu + ram => "partial",
            false => "no",
        }
    }

    fn fulfils(row: &Row, key: &str, wanted: &Value, fit: &Value) -> bool {
        let fulfils_all = |level: &Value| {
            level
                .as_object()
                .unwrap()
                .iter()
                .all(|(key, value)| Self::fulfils(row, key, value, fit))
        };
        let inner = || wanted.as_array().unwrap();
        match key {
            "and" => inner().iter().all(fulfils_all),
            "or" => inner().is_empty() || inner().iter().any(fulfils_all),
            "not" => !fulfils_all(wanted),
            "fit" => {
                list(wanted).is_empty()
                    || list(wanted).iter().any(|class| class == Self::class(row, fit))
            }
            _ => match Field::named(key).unwrap() {
                Field::Number(field) => number_passes(field, row.number[field as usize], wanted),
                field => names_pass(&names(row, field), wanted),
            },
        }
    }

    /// Whether a row passes all filters but that of one field.
    fn passes(&self, place: usize, query: &Value, but: &str) -> bool {
        let place_u32 = u32::try_from(place).unwrap();
        let found =
            self.matches.as_ref().is_none_or(|all| all.iter().any(|(row, _)| *row == place_u32));
        let level = query["where"].as_object();
        !self.removed.contains(&place_u32)
            && found
            && level.into_iter().flatten().all(|(key, value)| {
                key == but || Self::fulfils(&self.rows[place], key, value, &query["fit"])
            })
    }

    fn passing(&self, query: &Value, but: &str) -> Vec<usize> {
        (0..self.rows.len()).filter(|place| self.passes(*place, query, but)).collect()
    }

    fn by_id(&self, one: usize, other: usize) -> Ordering {
        let key = |place: usize| {
            let id = self.rows[place].id.as_bytes();
            let slash = id.iter().position(|byte| *byte == b'/');
            slash.map_or((&b""[..], id), |slash| (&id[..slash], &id[slash + 1..]))
        };
        key(one).cmp(&key(other))
    }

    fn compare(&self, one: usize, other: usize, query: &Value) -> Ordering {
        let usual = if query["text"].as_str().is_some_and(|text| !text.is_empty()) {
            json!(["relevance"])
        } else {
            json!(["downloads"])
        };
        let keys = match query["sort"].as_array() {
            Some(keys) if !keys.is_empty() => keys.clone(),
            _ => usual.as_array().unwrap().clone(),
        };
        let unequal = keys.iter().map(|key| self.compare_by(one, other, key, &query["fit"]));
        unequal.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| self.by_id(one, other))
    }

    fn compare_by(&self, one: usize, other: usize, key: &Value, fit: &Value) -> Ordering {
        let name = key.as_str().unwrap_or_else(|| key["by"].as_str().unwrap());
        let (first, second) = (&self.rows[one], &self.rows[other]);
        if name == "relevance" {
            let score = |place: usize| {
                let all = self.matches.as_ref()?;
                all.iter().find(|(row, _)| *row as usize == place).map(|(_, score)| *score)
            };
            return score(other).partial_cmp(&score(one)).unwrap();
        }
        if name == "fit" {
            let class = |row| {
                ["full", "partial", "no", "unknown"]
                    .iter()
                    .position(|class| *class == Self::class(row, fit))
            };
            let need = |row| Self::need(row, fit);
            return class(first)
                .cmp(&class(second))
                .then_with(|| none_last(need(first), need(second), true));
        }
        let descending = |usual| key["order"].as_str().map_or(usual, |order| order == "desc");
        match Field::named(name).unwrap() {
            Field::Number(field) => none_last(
                first.number[field as usize],
                second.number[field as usize],
                descending(true),
            ),
            field => none_last(
                names(first, field).first().cloned(),
                names(second, field).first().cloned(),
                descending(false),
            ),
        }
    }

    fn sorted(&self, query: &Value) -> Vec<usize> {
        let mut rows = self.passing(query, "");
        rows.sort_by(|one, other| self.compare(*one, *other, query));
        rows
    }

    /// All rows that pass, in order; with `group`, those that stand for groups.
    pub(crate) fn all(&self, query: &Value) -> (Vec<usize>, Vec<Value>) {
        let sorted = self.sorted(query);
        if query["group"] != "base" {
            return (sorted, vec![]);
        }
        let mut groups: Vec<(String, Vec<usize>)> = vec![];
        for row in sorted {
            let root = self.root(row);
            match groups.iter_mut().find(|(other, _)| *other == root) {
                Some((_, members)) => members.push(row),
                None => groups.push((root, vec![row])),
            }
        }
        groups.iter().map(|(root, members)| self.group(root, members, &query["fit"])).unzip()
    }

    fn present(&self, id: &str) -> Option<usize> {
        let place = self.rows.iter().position(|row| row.id == id)?;
        (!self.removed.contains(&u32::try_from(place).unwrap())).then_some(place)
    }

    /// The id at the end of at most eight links, as long as its row is there; a row that its links lead back to stands alone.
    fn root(&self, row: usize) -> String {
        let own = &self.rows[row].id;
        let mut root = own.clone();
        for _ in 0..8 {
            let place = if root == *own { Some(row) } else { self.present(&root) };
            let Some(base) = place.and_then(|place| self.rows[place].base.clone()) else { break };
            if base == *own && self.present(own).is_some() {
                return own.clone();
            }
            root = base;
        }
        root
    }

    fn group(&self, root: &str, members: &[usize], fit: &Value) -> (usize, Value) {
        let greatest = |rows: Vec<usize>, value: &dyn Fn(usize) -> Option<f64>| {
            let mut valued: Vec<usize> =
                rows.into_iter().filter(|row| value(*row).is_some()).collect();
            valued.sort_by(|one, other| {
                value(*other).partial_cmp(&value(*one)).unwrap().then(self.by_id(*one, *other))
            });
            valued.first().copied()
        };
        let downloads = |row: usize| {
            Some(self.rows[row].number[NumberField::Downloads as usize].unwrap_or(-1.0))
        };
        let shown = self.present(root).or_else(|| greatest(members.to_vec(), &downloads)).unwrap();
        let all: Vec<usize> = members.iter().copied().chain([shown]).collect();
        let best = if fit.is_object() {
            greatest(all, &|row| {
                Self::need(&self.rows[row], fit)
                    .filter(|_| Self::class(&self.rows[row], fit) == "full")
            })
        } else {
            greatest(all, &|row| self.rows[row].number[NumberField::RecommendedSize as usize])
        };
        let mut group = json!({ "members": members.len() });
        if let Some(best) = best {
            group["best"] = best.into();
        }
        (shown, group)
    }

    /// The answer, without the cursor.
    pub(crate) fn answer(&self, query: &Value) -> Value {
        let (all, groups) = self.all(query);
        let offset = usize::try_from(query["page"]["offset"].as_u64().unwrap_or(0)).unwrap();
        let limit = usize::try_from(query["page"]["limit"].as_u64().unwrap_or(20)).unwrap();
        let rows: Vec<usize> = all.iter().copied().skip(offset).take(limit).collect();
        let groups: Vec<Value> = groups.into_iter().skip(offset).take(limit).collect();
        let fits: Vec<Value> = rows
            .iter()
            .filter(|_| query["fit"].is_object())
            .map(|row| {
                let row = &self.rows[*row];
                let mut fits = json!({ "fit": Self::class(row, &query["fit"]) });
                if let Some(need) = Self::need(row, &query["fit"]) {
                    fits["need"] = need.into();
                }
                fits
            })
            .collect();
        let facets: Vec<Value> = query["facets"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|facet| self.facet(facet, query))
            .collect();
        json!({ "total": all.len(), "rows": rows, "facets": facets, "fits": fits, "groups": groups, "partial": false })
    }

    fn facet(&self, facet: &Value, query: &Value) -> Value {
        let name = facet.as_str().unwrap_or_else(|| facet["field"].as_str().unwrap());
        let rows = self.passing(query, name);
        match Field::named(name) {
            Some(Field::Number(field)) => self.histogram(field, facet, &rows),
            Some(field) => self.values(field, facet, query, &rows),
            None => self.fits(query, &rows),
        }
    }

    fn fits(&self, query: &Value, rows: &[usize]) -> Value {
        let ticked = list(&query["where"]["fit"]);
        let values: Vec<Value> = ["full", "partial", "no", "unknown"]
            .iter()
            .map(|class| {
                let count = rows
                    .iter()
                    .filter(|row| Self::class(&self.rows[**row], &query["fit"]) == *class)
                    .count();
                value(class, count, &ticked)
            })
            .collect();
        json!({ "field": "fit", "values": values, "more": 0, "none": 0 })
    }

    fn values(&self, field: Field, facet: &Value, query: &Value, rows: &[usize]) -> Value {
        let own = &query["where"][field.name()];
        let ticked: Vec<String> = if own.is_object() {
            [list(&own["any"]), list(&own["all"])].concat()
        } else {
            list(own)
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for row in &self.rows {
            known.extend(names(row, field));
        }
        for row in rows {
            for name in names(&self.rows[*row], field).into_iter().collect::<BTreeSet<_>>() {
                *counts.entry(name).or_default() += 1;
            }
        }
        let none = rows.iter().filter(|row| names(&self.rows[**row], field).is_empty()).count();
        let search = facet["search"].as_str().unwrap_or("").to_ascii_lowercase();
        let order = |values: &mut Vec<(String, usize)>| {
            values.sort();
            if facet["order"] != "name" {
                values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            }
        };
        let mut found: Vec<(String, usize)> = counts
            .clone()
            .into_iter()
            .filter(|(name, _)| name.to_ascii_lowercase().contains(&search))
            .collect();
        order(&mut found);
        let top = usize::try_from(facet["top"].as_u64().unwrap_or(10)).unwrap();
        let (mut shown, rest) =
            (found.iter().take(top).cloned().collect::<Vec<_>>(), found.iter().skip(top));
        let mut others: Vec<(String, usize)> = ticked
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(|name| known.contains(*name) && !shown.iter().any(|(other, _)| other == *name))
            .map(|name| (name.clone(), counts.get(name).copied().unwrap_or(0)))
            .collect();
        order(&mut others);
        let more = rest.filter(|(name, _)| !others.iter().any(|(other, _)| other == name)).count();
        shown.extend(others);
        let values: Vec<Value> =
            shown.iter().map(|(name, count)| value(name, *count, &ticked)).collect();
        json!({ "field": field.name(), "values": values, "more": more, "none": none })
    }

    /// Bars of one width on the scale of the field, over the numbers of all rows.
    fn histogram(&self, field: NumberField, facet: &Value, rows: &[usize]) -> Value {
        let bars = facet["buckets"].as_u64().unwrap_or(20).max(1);
        let all: Vec<f64> = self.rows.iter().filter_map(|row| row.number[field as usize]).collect();
        let none =
            rows.iter().filter(|row| self.rows[**row].number[field as usize].is_none()).count();
        if all.is_empty() {
            return json!({ "field": field.name(), "min": null, "max": null, "buckets": [], "none": none });
        }
        let min = all.iter().copied().fold(f64::INFINITY, f64::min);
        let max = all.iter().copied().fold(0.0, f64::max);
        let time = matches!(field, NumberField::Created | NumberField::Updated);
        let place = |number: f64| {
            if time { number as u64 } else { u64::from((number as f32 + 1.0).to_bits()) }
        };
        let number = |place: u64| {
            let exact = if time {
                place as f64
            } else {
                f64::from(f32::from_bits(u32::try_from(place).unwrap())) - 1.0
            };
            rounded(field, if field.is_whole() { exact.ceil() } else { exact })
        };
        let mut starts = vec![min];
        for bar in 1..bars {
            let start = number(place(min) + (place(max) - place(min)) * bar / bars);
            if start > *starts.last().unwrap() && start <= max {
                starts.push(start);
            }
        }
        let buckets: Vec<Value> = (0..starts.len())
            .map(|bar| {
                let (from, next) = (starts[bar], starts.get(bar + 1));
                let inside = |number: f64| number >= from && next.is_none_or(|next| number < *next);
                let count = rows
                    .iter()
                    .filter(|row| self.rows[**row].number[field as usize].is_some_and(inside))
                    .count();
                json!({ "from": from, "to": next.copied().unwrap_or(max), "count": count })
            })
            .collect();
        json!({ "field": field.name(), "min": min, "max": max, "buckets": buckets, "none": none })
    }
}

fn value(name: &str, count: usize, ticked: &[String]) -> Value {
    let mut value = json!({ "name": name, "count": count });
    if ticked.iter().any(|other| other == name) {
        value["selected"] = true.into();
    }
    value
}

fn none_last<T: PartialOrd>(one: Option<T>, other: Option<T>, descending: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if descending => other.partial_cmp(&one).unwrap(),
        (Some(one), Some(other)) => one.partial_cmp(&other).unwrap(),
        (one, other) => one.is_none().cmp(&other.is_none()),
    }
}
