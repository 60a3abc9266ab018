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

/// What is known of an import (torch 2.15 `torch/_utils.py`, `torch/_tensor.py`).
pub(super) fn known(module: &str, name: &str) -> Global {
    match (module, name) {
        (
            "torch._utils",
            "_rebuild_tensor" | "_rebuild_tensor_v2" | "_rebuild_tensor_v3" | "_rebuild_qtensor",
        ) => Global::Tensor,
        ("torch._utils", "_rebuild_meta_tensor_no_storage") => Global::Meta,
        (
            "torch._utils",
            "_rebuild_parameter"
            | "_rebuild_parameter_with_state"
            | "_rebuild_device_tensor_from_cpu_tensor",
        ) => Global::Same,
        ("torch._tensor", "_rebuild_from_type_v2") => Global::Typed,
        ("torch" | "torch.cuda" | "torch.storage", name) => typed(name),
        _ => Global::Other,
    }
}

fn typed(name: &str) -> Global {
    let dtype = match name.strip_suffix("Storage") {
        Some("Untyped" | "_Untyped") => Some(Dtype::BYTES),
        Some(kind) => Dtype::of_storage(kind),
        None => Dtype::of_torch(name),
    };
    dtype.map_or(Global::Other, Global::Type)
}
