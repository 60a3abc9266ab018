//! The grades of all rows for one term: in the id, and in the fields that the rows share with others.

use super::grade::{Grade, in_texts, of_match, of_meant, weighted};
use super::needle::Needle;
use super::typo::{Pattern, letters};
use super::words;
use crate::catalog::Table;
use crate::catalog::column::{Codes, Sets};
use crate::catalog::dictionary::Dictionary;
use crate::catalog::field::{NameField, NamesField};

/// What the author's name weighs, in percent of the model's own.
pub(super) const AUTHOR: u32 = 80;

/// Fields with one name a row, beside the author, and what each weighs in percent.
const NAMES: [(NameField, u32); 3] =
    [(NameField::Family, 60), (NameField::Task, 60), (NameField::Library, 60)];

/// Fields with several names a row.
const SETS: [(NamesField, u32); 2] = [(NamesField::Format, 60), (NamesField::Tag, 50)];

/// A grade for each row, 0 where nothing matches.
pub(super) type Grades = Vec<Grade>;

/// How the names of a dictionary are graded: by code.
type Judge<'a> = &'a mut dyn FnMut(&Dictionary, u32) -> Grades;

/// Raises the grades of the rows whose names match.
pub(super) fn grade_names(table: &Table, needle: &Needle, grades: &mut Grades) {
    let ids = &table.ids;
    in_texts(ids.text(), ids.ends(), needle, &mut |row, grade| raise(grades, row, grade));
}

/// Raises the grades of the rows whose ids have the needle's slash between author and name.
pub(super) fn grade_slash(table: &Table, needle: &Needle, grades: &mut Grades) {
    let Some(slash) = needle.bytes().iter().position(|byte| *byte == b'/') else { return };
    let (left, right) = needle.bytes().split_at(slash);
    let right = Needle::new(right.get(1..).unwrap_or_default());
    let authors = table.name(NameField::Author);
    let left_grade = |author: &str| {
        let at = author.len().checked_sub(left.len())?;
        let end = author.as_bytes().get(at..)?;
        super::needle::equal(end, left).then(|| of_match(author.as_bytes(), at, left.len()).max(1))
    };
    let left_grades: Grades =
        authors.names.names().map(|author| left_grade(author).unwrap_or(0)).collect();
    each_code(&authors.codes, &left_grades, &mut |row, left_grade| {
        let name = table.ids.name(row);
        if right.begins(name) {
            let right_grade = if right.is_empty() { 100 } else { of_match(name, 0, right.len()) };
            raise(grades, row, left_grade.min(right_grade));
        }
    });
}

/// Raises the grades of the rows that have a name that is judged to match, by the weight of its field.
fn grade_shared(table: &Table, judge: Judge<'_>, grades: &mut Grades) {
    let author = [(NameField::Author, AUTHOR)];
    for (field, weight) in author.iter().chain(&NAMES) {
        let column = table.name(*field);
        let by_code = judge(&column.names, *weight);
        if by_code.iter().any(|grade| *grade > 0) {
            raise_codes(grades, &column.codes, &by_code);
        }
    }
    for (field, weight) in SETS {
        let column = table.set(field);
        let by_code = judge(&column.names, weight);
        if by_code.iter().any(|grade| *grade > 0) {
            raise_codes(grades, column.codes.numbers(), &by_set(&column.codes, &by_code));
        }
    }
}

/// Raises the grades of the rows whose author has the needle, or one of whose shared names has it where a word
/// begins, or is it.
pub(super) fn grade_fields(table: &Table, needle: &Needle, grades: &mut Grades) {
    let judge: Judge<'_> = &mut |names, weight| {
        let mut by_code = vec![0; names.len()];
        in_texts(names.text(), names.ends(), needle, &mut |code, grade| {
            if weight == AUTHOR || grade > super::grade::PART {
                raise(&mut by_code, code, weighted(grade, weight));
            }
        });
        by_code
    };
    grade_shared(table, judge, grades);
}

/// Raises the grades of the rows one of whose shared names has a word that may be meant by the pattern.
pub(super) fn grade_meant(table: &Table, pattern: &Pattern, grades: &mut Grades) {
    let judge: Judge<'_> = &mut |names, weight| {
        let best = |name: &str| {
            if !pattern.may_mean(letters(name.as_bytes())) {
                return 0;
            }
            let words = words::words(name.as_bytes()).map(|word| of_meant(pattern.meant(word)));
            words.max().filter(|grade| *grade > 0).map_or(0, |grade| weighted(grade, weight))
        };
        names.names().map(best).collect()
    };
    grade_shared(table, judge, grades);
}

/// Raises one grade.
pub(super) fn raise(grades: &mut Grades, place: usize, grade: Grade) {
    if let Some(old) = grades.get_mut(place) {
        *old = grade.max(*old);
    }
}

/// Raises the grade of each row to that of its code.
fn raise_codes(grades: &mut Grades, codes: &Codes, by_code: &[Grade]) {
    // Columns have codes plus one; none is graded 0.
    let mut shifted = vec![0];
    shifted.extend_from_slice(by_code);
    let of = |code: usize| shifted.get(code).copied().unwrap_or(0);
    match codes {
        Codes::Narrow(codes) => {
            for (grade, code) in grades.iter_mut().zip(codes) {
                *grade = of(usize::from(*code)).max(*grade);
            }
        }
        Codes::Medium(codes) => {
            for (grade, code) in grades.iter_mut().zip(codes) {
                *grade = of(usize::from(*code)).max(*grade);
            }
        }
        Codes::Wide(codes) => {
            for (grade, code) in grades.iter_mut().zip(codes) {
                *grade = of(*code as usize).max(*grade);
            }
        }
    }
}

/// Calls `found` with each row whose code has something above 0, and that.
pub(super) fn each_code(codes: &Codes, by_code: &[Grade], found: &mut dyn FnMut(usize, Grade)) {
    for row in 0..codes.len() {
        let code = codes.get(row).checked_sub(1);
        let grade = code.and_then(|code| by_code.get(code as usize)).copied().unwrap_or(0);
        if grade > 0 {
            found(row, grade);
        }
    }
}

/// The best grade of each set.
pub(super) fn by_set(sets: &Sets, by_code: &[Grade]) -> Grades {
    let grade = |code: &u32| by_code.get(*code as usize).copied().unwrap_or(0);
    sets.all().map(|codes| codes.iter().map(grade).max().unwrap_or(0)).collect()
}
