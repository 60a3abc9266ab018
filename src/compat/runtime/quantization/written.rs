//! Levels that are written down: where a method runs natively, by another way, or not at all.

use super::{add, methods};
use crate::compat::runtime::case::Case;
use crate::compat::runtime::fact::Fact;
use crate::compat::runtime::report::{Effect, Report};
use crate::facts::{Row, Status};

/// The rows about a method that hold at the version: runtime, method, backend, capability, level, ….
pub(super) fn rows<'c, 'f>(
    case: &'c Case<'_, 'f>,
    method: &'c str,
) -> impl Iterator<Item = Row<'f>> + 'c {
    let scheme = case.model.needs.scheme.as_ref();
    let mut names: Vec<String> = methods::alternatives(method, scheme.and_then(|one| one.bits))
        .into_iter()
        .map(str::to_owned)
        .collect();
    if let Some(scheme) = scheme.filter(|_| case.format() != "gguf") {
        names.extend(of_scheme(scheme));
    }
    all(case).filter(move |row| names.iter().any(|name| row.cell(1) == Some(name)))
}

/// `compressed-tensors:pack-quantized`, and MLX's modes: `affine-4`, `mlx-mxfp4`.
fn of_scheme(scheme: &crate::model::config_facts::QuantizationScheme) -> Vec<String> {
    let format = scheme.format.as_deref().unwrap_or_default();
    match scheme.method.as_str() {
        "compressed-tensors" => {
            vec![["compressed-tensors:", format].concat(), "compressed-tensors:*".to_owned()]
        }
        "mlx" if format.is_empty() || format == "affine" => {
            let bits =
                crate::extract::quantization::bits_label::hundredths(scheme.bits.unwrap_or(4.0));
            vec![["affine-", &bits].concat()]
        }
        "mlx" => vec![["mlx-", format].concat()],
        _ => Vec::new(),
    }
}

/// All that is written of the runtime whose lists answer.
fn all<'c, 'f>(case: &Case<'c, 'f>) -> impl Iterator<Item = Row<'f>> + 'c
where
    'f: 'c,
{
    case.load.into_iter().flat_map(|load| load.packings.iter().copied())
}

/// Whether the methods of the runtime are written down, so that one that is not there is not read.
pub(super) fn lists_any(case: &Case<'_, '_>) -> bool {
    let own = case.engine.runtime.table("quantization").is_some();
    !own && all(case).next().is_some() && case.engine.runtime.id() != "ctranslate2"
}

/// Says the level; false where nothing is written of the method here.
pub(super) fn check(case: &Case<'_, '_>, method: &str, report: &mut Report) -> bool {
    let here: Vec<_> = rows(case, method).filter(|row| is_here(case, *row)).collect();
    // Where no hardware is named, what the runtime does on the best of it counts; else the row of one format outranks that
    // of all.
    let best = |row: &&Row<'_>| case.backend().is_none() && row.cell(4) == Some("native");
    let of_one = |row: &&Row<'_>| !row.cell(1).is_some_and(|name| name.ends_with('*'));
    let row = here.iter().find(best).or_else(|| here.iter().find(of_one)).or(here.first());
    let Some(&row) = row else {
        return rows(case, method).next().is_some() && elsewhere(case, method, report);
    };
    let fact = Fact::of_row(&case.engine, row, Status::Supported);
    let (code, effect, what) = match row.cell(4) {
        Some("fallback" | "emulated") => {
            ("quantization_emulated", Effect::FallsBack, "by a slower way")
        }
        Some("dequantised") => ("quantization_dequantised", Effect::Dequantises, "by unpacking it"),
        Some("refused") => ("quantization_refused", Effect::Refuses, "not"),
        Some("wrong-output") => {
            ("quantization_wrong", Effect::Refuses, "wrongly, without an error")
        }
        _ => ("quantization_native", Effect::Supports, "natively"),
    };
    add(case, report, code, effect, Some(&fact), &|| {
        format!("{} runs {method} {what} here", case.engine())
    });
    true
}

/// Backend and compute capability are those of the row, or not asked.
fn is_here(case: &Case<'_, '_>, row: Row<'_>) -> bool {
    let backend = row.cell(2).is_none_or(|wanted| {
        case.backend()
            .is_none_or(|backend| backend == wanted || wanted == "mps" && backend == "metal")
    });
    let capability = match (row.cell(3), case.capability()) {
        (None, _) => true,
        (Some(wanted), Some(capability)) => wanted.split(',').any(|one| holds(one, capability)),
        // Without a device, what newer ones do.
        (Some(wanted), None) => {
            case.backend().is_none() && row.cell(4) == Some("native") && !wanted.is_empty()
        }
    };
    backend && capability
}

/// `80`, `80+`, `80-90`.
fn holds(wanted: &str, capability: u64) -> bool {
    if let Some(least) = wanted.strip_suffix('+') {
        return least.parse().is_ok_and(|least: u64| capability >= least);
    }
    let (low, high) = wanted.split_once('-').unwrap_or((wanted, wanted));
    let bounds = low.parse::<u64>().ok().zip(high.parse::<u64>().ok());
    bounds.is_some_and(|(low, high)| (low..=high).contains(&capability))
}

/// All that is written of the method is about other devices: where each has a row, this one is left out.
fn elsewhere(case: &Case<'_, '_>, method: &str, report: &mut Report) -> bool {
    // GGUF files run wherever llama.cpp has a backend; the rows are about one of them.
    let mut same =
        rows(case, method).filter(|row| method != "gguf" || row.cell(2) == case.backend());
    let about = same.next().is_some();
    let refuses =
        about && same.all(|row| row.cell(4) == Some("native")) && case.backend().is_some();
    if refuses {
        let row = rows(case, method).next();
        let fact = row.map(|row| Fact::of_row(&case.engine, row, Status::NotListed));
        add(case, report, "quantization_not_here", Effect::Refuses, fact.as_ref(), &|| {
            format!("{} does not run {method} on this device", case.engine())
        });
    }
    true
}
