//! The imports whose meaning is known: those that make tensors.

use super::dtype::Dtype;

/// What an import does with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    /// Something else.
    Other,
    /// `(storage, offset, size, stride, …)`; version 3 has its type as the seventh argument.
    Tensor,
    /// `(dtype, size, stride, …)`: a tensor without data.
    Meta,
    /// `(tensor, …)`: that tensor.
    Same,
    /// `(function, class, arguments, state)`: what the function makes of the arguments.
    Typed,
    /// `torch.FloatStorage`, or its dtype.
    Type(Dtype),
}

/// What is known of (torch 2.15 `torch/_utils.py`, `torch/_tensor.py`).
const KNOWN: [(&str, Global); 9] = [
    ("torch._utils._rebuild_tensor", Global::Tensor),
    ("torch._utils._rebuild_tensor_v2", Global::Tensor),
    ("torch._utils._rebuild_tensor_v3", Global::Tensor),
    ("torch._utils._rebuild_qtensor", Global::Tensor),
    ("torch._utils._rebuild_meta_tensor_no_storage", Global::Meta),
    ("torch._utils._rebuild_parameter", Global::Same),
    ("torch._utils._rebuild_parameter_with_state", Global::Same),
    ("torch._utils._rebuild_device_tensor_from_cpu_tensor", Global::Same),
    ("torch._tensor._rebuild_from_type_v2", Global::Typed),
];

/// What is known of an import, by its name with its module.
pub(super) fn known(import: &str) -> Global {
    match KNOWN.iter().find(|row| row.0 == import) {
        Some(row) => row.1,
        None => typed(import).map_or(Global::Other, Global::Type),
    }
}

/// `torch.FloatStorage`, `torch.cuda.FloatStorage`, `torch.storage.UntypedStorage`, `torch.float32`.
fn typed(import: &str) -> Option<Dtype> {
    let name = import.strip_prefix("torch.")?;
    let name = name.strip_prefix("cuda.").or_else(|| name.strip_prefix("storage.")).unwrap_or(name);
    match name.strip_suffix("Storage") {
        Some("Untyped" | "_Untyped") => Some(Dtype::BYTES),
        Some(kind) => Dtype::of_storage(kind),
        None => Dtype::of_torch(name),
    }
}
