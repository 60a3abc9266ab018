"""Writes files with Python's own libraries, and says what they hold: what the readers must agree with.

    python pickles.py FOLDER       writes files to a folder, and prints a JSON line for each
    python pickles.py --vectors    prints small files as JSON lines with their bytes, for tests/vectors/pickles.jsonl

Nothing is loaded but what was written here. Imports are listed with `pickletools`; tensors and arrays are those that
were saved. What needs torch, numpy or keras is left out where they are not installed, and the last line says so.
"""

import collections
import datetime
import decimal
import fractions
import io
import json
import os
import pathlib
import pickle
import pickletools
import sys
import uuid
import warnings
import zipfile

warnings.filterwarnings("ignore")
# Keras needs one of its backends, and torch is there anyway.
os.environ["KERAS_BACKEND"] = "torch"

STRINGS = ("UNICODE", "STRING")
PUTS = ("PUT", "BINPUT", "LONG_BINPUT")
GETS = ("GET", "BINGET", "LONG_BINGET")


def imports(data):
    """The imports of a sound pickle: the names before STACK_GLOBAL are the last two texts, or memo entries."""
    found, memo, texts, last = set(), {}, [], None
    for opcode, argument, _ in pickletools.genops(data):
        name = opcode.name
        if name in ("GLOBAL", "INST"):
            found.add(argument.replace(" ", "."))
        elif name == "STACK_GLOBAL":
            found.add(".".join(texts[-2:]))
        elif name == "MEMOIZE":
            memo[len(memo)] = last
        elif name in PUTS:
            memo[int(argument)] = last
        elif name in GETS:
            last = memo[int(argument)]
            if isinstance(last, str):
                texts.append(last)
        if any(name.endswith(kind) for kind in STRINGS):
            texts.append(argument)
        if name not in GETS and name not in PUTS and name != "MEMOIZE":
            last = argument if isinstance(argument, str) else None
    return sorted(found)


class Attack:
    """Calls a function when it is loaded, which nobody does here."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


class Node:
    def __init__(self, value):
        self.value = value


Point = collections.namedtuple("Point", "x y")


def objects():
    shared = ["shared"]
    ring = []
    ring.append(ring)
    yield "scalars", [None, True, False, 0, -1, 255, 256, 65536, -(2**31), 2**63, 2**2000, 1.5, float("inf")]
    yield "texts", ["", "a" * 300, "ü", "\n\\u0041'\"", "😀", b"", b"\x80\x04.", bytes(300), bytearray(b"ab")]
    yield "containers", [(), (1,), (1, 2), (1, 2, 3), tuple(range(9)), {1, 2}, frozenset("ab"), {"a": {"b": []}}]
    yield "shared", [shared, shared, {"again": shared}, ring]
    yield "many", [list(range(3000)), {str(i): i for i in range(3000)}]
    yield "objects", [Node(Node(3)), Point(1, 2), collections.OrderedDict(a=1), collections.Counter("aab")]
    yield "library", [
        datetime.datetime(2026, 1, 2), decimal.Decimal("1.5"), fractions.Fraction(1, 3), pathlib.PurePosixPath("a/b"),
        uuid.UUID(int=7), complex(1, 2), range(5), slice(1, 2), collections.defaultdict(list), collections.deque([1]),
    ]
    yield "functions", [len, os.path.join, Node, print, dict.fromkeys]
    yield "attack", Attack(os.system, "true")
    yield "attacks", {"a": 1, "b": [Attack(eval, "1"), Attack(getattr, Node, "x")], "c": pickle.loads}


def pickles():
    for name, value in objects():
        for protocol in range(6):
            data = pickle.dumps(value, protocol)
            yield f"{name}-{protocol}.pkl", data
            if name in ("objects", "attack"):
                yield f"{name}-{protocol}-short.pkl", pickletools.optimize(data)


def dtype(tensor):
    names = {
        "float32": "F32", "float16": "F16", "bfloat16": "BF16", "float64": "F64", "int64": "I64", "int32": "I32",
        "int16": "I16", "int8": "I8", "uint8": "U8", "bool": "BOOL", "complex64": "C64", "complex128": "C128",
        "float8_e4m3fn": "F8_E4M3", "float8_e5m2": "F8_E5M2", "uint16": "U16", "uint32": "U32", "uint64": "U64",
        "qint8": "QINT8", "quint8": "QUINT8", "qint32": "QINT32",
    }
    return names[str(tensor.dtype).removeprefix("torch.")]


def walk(value, path=()):
    import torch

    if isinstance(value, torch.nn.Module):
        value = dict(value.state_dict(keep_vars=True))
    if isinstance(value, torch.Tensor):
        yield ".".join(map(str, path)), value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, (list, tuple)):
        for at, item in enumerate(value):
            yield from walk(item, (*path, at))


def checkpoints():
    import torch

    torch.manual_seed(0)
    every = [getattr(torch, name) for name in (
        "float32 float16 bfloat16 float64 int64 int32 int16 int8 uint8 bool complex64 complex128 float8_e4m3fn "
        "float8_e5m2 uint16 uint32 uint64").split()]
    yield "types", {str(one).split(".")[1]: torch.zeros(2, 3, dtype=one) for one in every}
    whole = torch.arange(10, dtype=torch.float32)
    tied = torch.zeros(5, 4)
    yield "views", {"part": whole[2:5], "all": whole, "turned": tied.t(), "tied": tied, "step": torch.zeros(9)[::2]}
    yield "shapes", {"scalar": torch.tensor(1.5), "empty": torch.zeros(0, 7), "deep": torch.zeros(1, 2, 1, 3, 1)}
    net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 2))
    yield "module", net
    yield "state", net.state_dict()
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.randn(8, 4)).sum().backward()
    optimizer.step()
    yield "checkpoint", {"state_dict": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3}
    yield "parameters", {"p": torch.nn.Parameter(torch.zeros(3)), "list": [torch.zeros(2), (torch.zeros(1),)]}
    yield "quantized", {"q": torch.quantize_per_tensor(torch.zeros(6), 0.1, 3, torch.quint8)}
    yield "meta", {"m": torch.zeros(4, 4, device="meta")}
    yield "many", {f"layers.{i}.weight": torch.zeros(1, dtype=torch.float16) for i in range(3000)}


def describe(value):
    """Names, types and shapes, and the bytes of all storages, each once."""
    storages, tensors = {}, {}
    for name, tensor in walk(value):
        tensors[name] = [dtype(tensor), list(tensor.shape)]
        if tensor.device.type != "meta":
            storages[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
    return {"tensors": tensors, "bytes": sum(storages.values())}


def torch_files():
    import torch

    for name, value in checkpoints():
        for legacy in (False, True):
            if legacy and name == "meta":
                continue
            file = io.BytesIO()
            torch.save(value, file, _use_new_zipfile_serialization=not legacy)
            data = file.getvalue()
            facts = describe(value)
            if legacy:
                stream = io.BytesIO(data)
                listed = [imports(stream) for _ in range(5)]
                facts |= {"container": "legacy", "header": stream.tell(), "imports": sorted(set(sum(listed, [])))}
            else:
                archive = zipfile.ZipFile(file)
                listed = imports(archive.read("archive/data.pkl"))
                facts |= {"container": "zip", "imports": listed}
            yield f"{name}-{'legacy' if legacy else 'zip'}.pt", data, facts
    module = torch.jit.script(torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU()))
    file = io.BytesIO()
    torch.jit.save(module, file)
    listed = imports(zipfile.ZipFile(file).read("archive/data.pkl"))
    facts = describe(dict(module.state_dict())) | {"container": "torchscript", "imports": listed}
    yield "script.pt", file.getvalue(), facts


def numpy_files(small=False):
    import numpy

    names = {"f2": "F16", "f4": "F32", "f8": "F64", "i1": "I8", "i2": "I16", "i4": "I32", "i8": "I64", "u1": "U8",
             "u2": "U16", "u4": "U32", "u8": "U64", "b1": "BOOL", "c8": "C64", "c16": "C128"}
    arrays = {kind: numpy.zeros((2, 3), kind) for kind in names}
    arrays |= {
        "big": numpy.zeros(4, ">f4"), "fortran": numpy.zeros((2, 3), order="F"), "scalar": numpy.array(1.0),
        "empty": numpy.zeros((0, 5)), "text": numpy.array(["ab", "c"]), "bytes": numpy.array([b"ab"]),
        "date": numpy.array(["2026-01-01"], "M8[D]"),
        "fields": numpy.zeros(3, [("x", "<f4"), ("y", "<i2", (2, 2)), ("z", [("a", "u1")])]),
        "wide": numpy.zeros(1, [(f"field{i:04}", "<f4") for i in range(2000)]),
        "objects": numpy.array([Node(1), None], object),
    }
    if small:
        arrays = {"objects": arrays["objects"], "steps": numpy.arange(500) % 7}

    def facts(array):
        kind = numpy.lib.format.dtype_to_descr(array.dtype)
        short = kind.lstrip("<>|=") if isinstance(kind, str) else None
        name = "structured" if short is None else names.get(short, kind)
        objects = array.dtype.hasobject
        fortran = array.flags.f_contiguous and not array.flags.c_contiguous
        return [name, list(array.shape), None if objects else array.nbytes, fortran]

    for name, array in arrays.items():
        file = io.BytesIO()
        numpy.save(file, array, allow_pickle=True)
        yield f"{name}.npy", file.getvalue(), {"arrays": {"": facts(array)}}
    for name, save in (("stored", numpy.savez), ("deflated", numpy.savez_compressed)):
        file = io.BytesIO()
        save(file, **arrays)
        yield f"{name}.npz", file.getvalue(), {"arrays": {f"{key}.npy": facts(array) for key, array in arrays.items()}}


def keras_files():
    import keras

    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(2)])
    functional = keras.Model(model.inputs, model.outputs)
    code = keras.Sequential([keras.layers.Input((4,)), keras.layers.Lambda(lambda x: x * 2)])
    for name, each in (("sequential", model), ("functional", functional), ("lambda", code)):
        path = f"/tmp/hubfit-{os.getpid()}.keras"
        each.save(path)
        data = pathlib.Path(path).read_bytes()
        os.unlink(path)
        layers = len(each.get_config()["layers"])
        facts = {"version": keras.__version__, "class": type(each).__name__, "layers": layers,
                 "imports": ["keras.layers.Lambda"] if name == "lambda" else []}
        yield f"{name}.keras", data, facts
    file = io.BytesIO()
    import h5py

    with h5py.File(file, "w") as h5:
        h5["a"] = [1, 2]
    yield "plain.h5", file.getvalue(), {"hdf5": True, "imports": []}


def write(folder):
    folder = pathlib.Path(folder)

    def line(name, data, facts):
        (folder / name).write_bytes(data)
        print(json.dumps({"file": name, **facts}))

    for name, data in pickles():
        line(name, data, {"pickle": True, "imports": imports(data)})
    missing = []
    for module, files in (("torch", torch_files), ("numpy", numpy_files), ("keras", keras_files)):
        try:
            __import__(module)
        except ImportError:
            missing.append(module)
            continue
        for name, data, facts in files():
            line(name, data, {"library": module, **facts})
    print(json.dumps({"missing": missing}))


def vectors():
    """Small enough to be kept: pickles, a zip and a legacy file of torch, and an archive that zlib deflated."""

    def line(name, data, facts):
        if len(data) < 2000:
            print(json.dumps({"file": name, "hex": data.hex(), **facts}))

    for name, data in pickles():
        if name.startswith(("attack-", "objects")):
            line(name, data, {"imports": imports(data)})
    for name, data, facts in torch_files():
        if name.startswith(("parameters", "meta")):
            line(name, data, facts)
    for name, data, facts in numpy_files(small=True):
        if name == "deflated.npz":
            line(name, data, facts)


if __name__ == "__main__":
    vectors() if sys.argv[1] == "--vectors" else write(sys.argv[1])
