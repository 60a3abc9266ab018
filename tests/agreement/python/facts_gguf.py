"""What PyPI gguf reads in a file."""

import math
from pathlib import Path

import gguf


def read(path: Path) -> dict:
    reader = gguf.GGUFReader(path)
    fields = [field for name, field in reader.fields.items() if not name.startswith("GGUF.")]
    return {
        "version": int(reader.fields["GGUF.version"].contents()),
        "bigEndian": reader.endianess == gguf.GGUFEndian.BIG,
        "alignment": int(reader.alignment),
        "dataOffset": int(reader.data_offset),
        "keys": [key(field) for field in fields],
        "tensors": [tensor(found) for found in reader.tensors],
    }


def key(field: gguf.ReaderField) -> dict:
    kind = field.types[0]
    if kind != gguf.GGUFValueType.ARRAY:
        return {"key": field.name, "type": kind.name, "value": plain(field.contents())}
    element = field.types[1].name if len(field.types) > 1 else None
    values = [plain(value) for value in field.contents()] if element else []
    return {"key": field.name, "type": "ARRAY", "element": element, "value": values}


def plain(value):
    """JSON has no number for what is not finite."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def tensor(found: gguf.ReaderTensor) -> dict:
    return {
        "name": found.name,
        "type": found.tensor_type.name,
        "shape": [int(size) for size in found.shape],
        "elements": int(found.n_elements),
        "bytes": int(found.n_bytes),
        "start": int(found.data_offset),
    }
