"""Writes GGUF files with PyPI gguf: every value type, every tensor type, both byte orders."""

from pathlib import Path

import gguf
import numpy as np

VALUES = {
    gguf.GGUFValueType.UINT8: [0, 255],
    gguf.GGUFValueType.INT8: [-128, 127],
    gguf.GGUFValueType.UINT16: [0, 65535],
    gguf.GGUFValueType.INT16: [-32768, 32767],
    gguf.GGUFValueType.UINT32: [0, 2**32 - 1],
    gguf.GGUFValueType.INT32: [-(2**31), 2**31 - 1],
    gguf.GGUFValueType.FLOAT32: [0.1, -1e30],
    gguf.GGUFValueType.UINT64: [0, 2**64 - 1],
    gguf.GGUFValueType.INT64: [-(2**63), 2**63 - 1],
    gguf.GGUFValueType.FLOAT64: [0.1, float("-inf")],
    gguf.GGUFValueType.BOOL: [True, False],
    gguf.GGUFValueType.STRING: ["", "Grüße, 世界 🤗"],
}


def write(folder: Path) -> None:
    values(folder / "values.gguf", gguf.GGUFEndian.LITTLE)
    values(folder / "values-big-endian.gguf", gguf.GGUFEndian.BIG)
    tensor_types(folder / "tensor-types.gguf")
    alignment(folder / "alignment-64.gguf")
    vocabulary(folder / "vocabulary.gguf")
    shards(folder / "split.gguf")


def finish(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def values(path: Path, order: gguf.GGUFEndian) -> None:
    writer = gguf.GGUFWriter(path, "llama", endianess=order)
    array = gguf.GGUFValueType.ARRAY
    for kind, pair in VALUES.items():
        for at, value in enumerate(pair):
            writer.add_key_value(f"one.{kind.name}.{at}", value, kind)
        writer.add_key_value(f"list.{kind.name}", pair, array, sub_type=kind)
    writer.add_tensor("w", np.arange(6, dtype=np.float32).reshape(2, 3))
    finish(writer)


def tensor_types(path: Path) -> None:
    """Two rows of two blocks each. What is in them nobody looks at."""
    writer = gguf.GGUFWriter(path, "llama")
    for kind in gguf.GGMLQuantizationType:
        _, size = gguf.GGML_QUANT_SIZES[kind]
        writer.add_tensor(f"blk.0.{kind.name}", np.zeros((2, 2 * size), dtype=np.uint8), raw_dtype=kind)
    for name in ["int8", "int16", "int32", "int64", "float16", "float32", "float64"]:
        writer.add_tensor(f"plain.{name}", np.zeros((4, 3, 2, 5), dtype=name))
    writer.add_tensor("scalar", np.zeros((1,), dtype=np.float32))
    finish(writer)


def alignment(path: Path) -> None:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_custom_alignment(64)
    for at in range(3):
        writer.add_tensor(f"t{at}", np.zeros((5,), dtype=np.float32))
    finish(writer)


def vocabulary(path: Path) -> None:
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_name("Tiny")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_K_M)
    writer.add_context_length(8192)
    writer.add_head_count_kv([1, 0, 1])
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([f"tok{at}" for at in range(300)])
    writer.add_token_scores([-float(at) for at in range(300)])
    writer.add_token_types([gguf.TokenType.NORMAL] * 300)
    writer.add_token_merges([f"t {at}" for at in range(200)])
    writer.add_chat_template("{% if tools %}{{ messages }}{% endif %}")
    finish(writer)


def shards(path: Path) -> None:
    """split-00001-of-00002.gguf and the next."""
    writer = gguf.GGUFWriter(path, "llama", split_max_tensors=2)
    for at in range(3):
        writer.add_tensor(f"blk.{at}.w", np.zeros((32, 2), dtype=np.float16))
    finish(writer)
