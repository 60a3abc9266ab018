"""Writes safetensors files with PyPI safetensors: every dtype it takes, metadata, names of any letters."""

from pathlib import Path

import numpy as np
from safetensors import TensorSpec, serialize_file
from safetensors.numpy import save_file

DTYPES = """bool uint8 int8 float8_e5m2 float8_e4m3fn float8_e8m0fnu float8_e4m3fnuz float8_e5m2fnuz float4_e2m1fn_x2
int16 uint16 float16 bfloat16 int32 uint32 float32 complex64 float64 int64 uint64""".split()

WIDTHS = {"16": 2, "32": 4, "64": 8}


def width(dtype: str) -> int:
    """Bytes of an element as frameworks count them: two of 4 bits are one."""
    return next((size for end, size in WIDTHS.items() if dtype.endswith(end)), 1)


def write(folder: Path) -> None:
    dtypes(folder / "dtypes.safetensors")
    numpy(folder / "numpy.safetensors")
    names(folder / "names.safetensors")
    save_file({}, folder / "empty.safetensors")


def dtypes(path: Path) -> None:
    data = np.zeros(6 * 8, dtype=np.uint8)
    specs = {}
    for dtype in DTYPES:
        width_of_64 = 8 if dtype == "complex64" else width(dtype)
        length = 6 * width_of_64
        specs[f"model.{dtype}"] = TensorSpec(
            dtype=dtype, shape=[2, 3], data_ptr=data.ctypes.data, data_len=length
        )
    serialize_file(specs, path, {"format": "pt", "note": "Grüße \"世界\"\n"})


def numpy(path: Path) -> None:
    kinds = "bool uint8 int8 uint16 int16 uint32 int32 uint64 int64 float16 float32 float64 complex64"
    tensors = {name: np.zeros((3, 1, 2), dtype=name) for name in kinds.split()}
    tensors["scalar"] = np.zeros((), dtype=np.float32)
    tensors["nothing"] = np.zeros((0, 7), dtype=np.float32)
    save_file(tensors, path)


def names(path: Path) -> None:
    strange = ["a.b", "ä", "🤗", 'quote"', "back\\slash", "tab\t", "nul\x01", "", " ", "é" * 60]
    save_file({name: np.zeros((at + 1,), dtype=np.float16) for at, name in enumerate(strange)}, path)
