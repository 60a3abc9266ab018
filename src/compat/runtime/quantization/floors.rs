//! The runtime's own list of methods at the version, with the least compute capability of each.

use super::add;
use super::methods::{alternatives, scheme_class, weight_only};
use crate::compat::runtime::case::Case;
use crate::compat::runtime::fact::Fact;
use crate::compat::runtime::report::{Effect, Report};
use crate::facts::{Row, Status};

/// Looks the method up; false where the runtime has no list, or none that has it and says so elsewhere.
pub(super) fn check(case: &Case<'_, '_>, method: &str, report: &mut Report) -> bool {
    let engine = &case.engine;
    let Some(table) = engine.runtime.table("quantization") else { return false };
    let scheme = case.model.needs.scheme.as_ref();
    let names = alternatives(method, scheme.and_then(|scheme| scheme.bits));
    let rows: Vec<_> = names
        .iter()
        .flat_map(|name| table.find(name))
        .map(|row| (row, engine.status(row)))
        .collect();
    let held = rows.iter().filter(|(_, status)| *status == Status::Supported).map(|(row, _)| *row);
    let usable: Vec<_> = held.clone().filter(|row| is_for(case, *row)).collect();
    if let Some(best) = usable.iter().find(|row| fits(case, **row)) {
        supported(case, method, *best, report);
    } else if let Some(row) = usable.first() {
        below(case, method, &Fact::of_row(engine, *row, Status::Supported), &cell(*row), report);
    } else if let Some(row) = held.clone().next() {
        let fact = Fact::of_row(engine, row, Status::Supported);
        add(case, report, "quantization_not_here", Effect::Refuses, Some(&fact), &|| {
            let when = fact.cell("when").unwrap_or_default();
            format!("{} reads {method} only where {when}", case.engine())
        });
    } else if is_documented_elsewhere(case, method) {
        return false;
    } else {
        absent(case, method, &rows, report);
    }
    true
}

fn cell(row: Row<'_>) -> String {
    row.table
        .column("min-capability")
        .and_then(|column| row.cell(column))
        .unwrap_or_default()
        .to_owned()
}

/// SGLang adds methods under conditions of the platform: `is_cpu()`, `is_cuda() or is_hip()`.
fn is_for(case: &Case<'_, '_>, row: Row<'_>) -> bool {
    let Some(when) = row.table.column("when").and_then(|column| row.cell(column)) else {
        return true;
    };
    let Some(backend) = case.backend() else {
        return when == "VLLM_AVAILABLE" || when.contains("is_cuda");
    };
    let platform = match backend {
        "cuda" => "is_cuda",
        "rocm" => "is_hip",
        "sycl" => "is_xpu",
        "metal" => "is_mps",
        "npu" => "is_npu",
        _ => "is_cpu",
    };
    when == "VLLM_AVAILABLE" || when.contains(platform)
}

/// Whether the device is not below the floor. `75,80` depends on the checkpoint: the lower one counts.
fn fits(case: &Case<'_, '_>, row: Row<'_>) -> bool {
    let floor = cell(row).split(',').filter_map(|one| one.parse::<u64>().ok()).min();
    match (case.capability(), floor) {
        (Some(capability), Some(floor)) => capability >= floor,
        _ => true,
    }
}

fn supported(case: &Case<'_, '_>, method: &str, row: Row<'_>, report: &mut Report) {
    let fact = Fact::of_row(&case.engine, row, Status::Supported);
    if !of_platform(case, method, report) || !of_scheme(case, report) {
        return;
    }
    let vllm_inside = fact.cell("when") == Some("VLLM_AVAILABLE");
    let effect = if vllm_inside { Effect::Warns } else { Effect::Supports };
    add(case, report, "quantization_supported", effect, Some(&fact), &|| {
        let what = format!("{} reads {method}", case.engine());
        if vllm_inside { what + " where vLLM is installed beside it" } else { what }
    });
}

fn below(case: &Case<'_, '_>, method: &str, fact: &Fact<'_>, floor: &str, report: &mut Report) {
    add(case, report, "capability_too_low", Effect::Refuses, Some(fact), &|| {
        let has = case.capability().map(shown).unwrap_or_default();
        let floor =
            floor.split(',').next().and_then(|one| one.parse().ok()).map(shown).unwrap_or_default();
        format!(
            "{} asks compute capability {floor} for {method}; this device has {has}",
            case.engine()
        )
    });
}

fn absent(case: &Case<'_, '_>, method: &str, rows: &[(Row<'_>, Status)], report: &mut Report) {
    let status = |wanted: Status| rows.iter().find(|(_, status)| *status == wanted);
    let found = [Status::Removed, Status::NotYet, Status::Unknown].into_iter().find_map(status);
    let fact = found.map(|(row, status)| Fact::of_row(&case.engine, *row, *status));
    let (code, effect, what) = match found.map(|(_, status)| *status) {
        Some(Status::Removed) => ("quantization_removed", Effect::Refuses, "no more"),
        Some(Status::NotYet) => ("quantization_not_yet", Effect::Refuses, "not yet"),
        Some(Status::Unknown) => (
            "quantization_changes_near",
            Effect::Unknown,
            "perhaps not: it changed between two versions that were read",
        ),
        _ if case.engine.is_newer() => {
            ("quantization_not_known", Effect::Unknown, "not, as far as is known")
        }
        _ if case.engine.read.is_none() => {
            ("quantization_not_known", Effect::Unknown, "not, as far as is known")
        }
        _ => ("quantization_unsupported", Effect::Refuses, "not"),
    };
    add(case, report, code, effect, fact.as_ref(), &|| {
        format!("{} reads {method} {what}", case.engine())
    });
}

/// Platforms with a list of their own must have it too (vLLM `supported_quantization`).
fn of_platform(case: &Case<'_, '_>, method: &str, report: &mut Report) -> bool {
    let platform = match case.backend() {
        Some("rocm") => "rocm",
        Some("sycl") => "xpu",
        Some("cpu") => "cpu",
        _ => return true,
    };
    let Some(table) = case.engine.runtime.table("platforms") else { return true };
    let held = || table.find(platform).filter(|row| case.engine.status(*row) == Status::Supported);
    let Some(first) = held().next() else { return true };
    let scheme = case.model.needs.scheme.as_ref();
    let names = alternatives(method, scheme.and_then(|scheme| scheme.bits));
    let has = held().any(|row| row.cell(1).is_some_and(|cell| names.contains(&cell)));
    if !has {
        let fact = Fact::of_row(&case.engine, first, Status::NotListed);
        add(case, report, "quantization_not_here", Effect::Refuses, Some(&fact), &|| {
            format!("{} does not read {method} on {platform}", case.engine())
        });
    }
    has
}

/// compressed-tensors: each scheme has a floor of its own, and some have a weight-only one below it.
fn of_scheme(case: &Case<'_, '_>, report: &mut Report) -> bool {
    let engine = &case.engine;
    let scheme =
        case.model.needs.scheme.as_ref().filter(|scheme| scheme.method == "compressed-tensors");
    let Some(class) = scheme.and_then(scheme_class) else { return true };
    let support =
        |class| engine.support("schemes", class).filter(|found| found.status == Status::Supported);
    let Some(row) = support(class).and_then(|found| found.row) else { return true };
    if fits_scheme(case, row) {
        return true;
    }
    if let Some(row) = weight_only(class).and_then(support).and_then(|found| found.row)
        && fits_scheme(case, row)
    {
        let fact = Fact::of_row(engine, row, Status::Supported);
        add(case, report, "quantization_weight_only", Effect::FallsBack, Some(&fact), &|| {
            format!(
                "{} computes in 16 bits here: this device lacks the arithmetic of {class}",
                case.engine()
            )
        });
        return true;
    }
    below(case, class, &Fact::of_row(engine, row, Status::Supported), &cell(row), report);
    false
}

fn fits_scheme(case: &Case<'_, '_>, row: Row<'_>) -> bool {
    let floor = row.cell(1).and_then(|floor| floor.split(',').next()?.parse::<u64>().ok());
    case.capability().zip(floor).is_none_or(|(capability, floor)| capability >= floor)
}

/// Rows that are written by hand say more than the list: `bitsandbytes_4bit`, `nvfp4` that only quantizes on load.
fn is_documented_elsewhere(case: &Case<'_, '_>, method: &str) -> bool {
    super::written::rows(case, method).next().is_some()
}

/// 89 is 8.9.
fn shown(capability: u64) -> String {
    format!("{}.{}", capability / 10, capability % 10)
}
