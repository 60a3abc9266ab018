//! Which kinds of data go in, which come out, and how many models turn the one into the other.

use crate::catalog::Table;
use crate::catalog::field::NamesField;
use crate::model::json::Writer;

/// How many types are told of: those with the first codes, which are the most used ones.
pub(super) const COMMON: usize = 64;

/// How many models there are for each input and output: of the 64 most common types of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix<'t> {
    /// Types that go in, the most common first.
    pub inputs: Vec<&'t str>,
    /// Types that come out, the most common first.
    pub outputs: Vec<&'t str>,
    /// By input, then by output: how many models take the one and give the other.
    pub counts: Vec<Vec<u32>>,
}

impl Matrix<'_> {
    /// Writes an object.
    pub fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("inputs").texts(&mut self.inputs.iter().copied());
        out.key("outputs").texts(&mut self.outputs.iter().copied());
        out.key("counts").open(b'[');
        for counts in &self.counts {
            out.open(b'[');
            for count in counts {
                out.whole((*count).into());
            }
            out.close(b']');
        }
        out.close(b']');
        out.close(b'}');
    }
}

/// The matrix of a table.
#[must_use]
pub fn matrix(table: &Table) -> Matrix<'_> {
    let (inputs, outputs) = (types(table, NamesField::Input), types(table, NamesField::Output));
    let mut counts = vec![vec![0; outputs.len()]; inputs.len()];
    each_pair(table, &mut |_, input, output| {
        if let Some(count) = counts.get_mut(input).and_then(|row| row.get_mut(output)) {
            *count += 1;
        }
    });
    Matrix { inputs, outputs, counts }
}

/// The names of the common types.
fn types(table: &Table, field: NamesField) -> Vec<&str> {
    table.set(field).names.names().take(COMMON).collect()
}

/// Calls `found` with each row, and each pair of a type that goes in and one that comes out.
pub(super) fn each_pair(table: &Table, found: &mut dyn FnMut(usize, usize, usize)) {
    let inputs = &table.set(NamesField::Input).codes;
    let outputs = &table.set(NamesField::Output).codes;
    let common = |codes: &'_ [u32]| codes.partition_point(|code| (*code as usize) < COMMON);
    for row in 0..table.len() {
        let (inputs, outputs) = (inputs.get(row), outputs.get(row));
        for input in inputs.iter().take(common(inputs)) {
            for output in outputs.iter().take(common(outputs)) {
                found(row, *input as usize, *output as usize);
            }
        }
    }
}
