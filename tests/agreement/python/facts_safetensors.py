"""What PyPI safetensors reads in a file; where a tensor starts follows from the bytes of those before it."""

from pathlib import Path

from safetensors import deserialize, safe_open


def read(path: Path) -> dict:
    lengths = {name: len(tensor["data"]) for name, tensor in deserialize(path.read_bytes())}
    with safe_open(path, "np") as file:
        names = file.offset_keys()
        slices = {name: file.get_slice(name) for name in names}
        metadata = file.metadata() or {}
    tensors, at = [], 0
    for name in names:
        start, at = at, at + lengths[name]
        dtype, shape = slices[name].get_dtype(), list(slices[name].get_shape())
        tensors.append({"name": name, "dtype": dtype, "shape": shape, "start": start, "end": at})
    return {
        "metadata": metadata,
        "headerBytes": path.stat().st_size - at,
        "tensors": sorted(tensors, key=lambda tensor: (tensor["start"], tensor["end"], tensor["name"])),
    }
