"""Writes headers as converters write them, with PyPI gguf and safetensors: write_headers.py FOLDER.

Names, types and order are those of an 8B Llama; each tensor has one element or block, since only headers count.
"""

import sys
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import save_file

LAYERS = 32
PARTS = """input_layernorm mlp.down_proj mlp.gate_proj mlp.up_proj post_attention_layernorm
self_attn.k_proj self_attn.o_proj self_attn.q_proj self_attn.v_proj""".split()


def names() -> list[str]:
    layers = [f"model.layers.{layer}.{part}.weight" for layer in range(LAYERS) for part in PARTS]
    return ["lm_head.weight", "model.embed_tokens.weight", *layers, "model.norm.weight"]


def one_file(folder: Path) -> None:
    save_file({name: np.zeros((1, 1), dtype=np.float16) for name in names()}, folder / "model.safetensors", {"format": "pt"})


def experts(folder: Path) -> None:
    """A shard of a mixture of experts: 5,000 tensors of few bytes each."""
    tensors = {f"model.layers.{at // 256}.mlp.experts.{at % 256}.up_proj.weight": at for at in range(5000)}
    save_file({name: np.zeros((1, 1), dtype=np.float16) for name in tensors}, folder / "experts.safetensors", {"format": "pt"})


def model(folder: Path) -> None:
    """A header without merges: the vocabulary of a SentencePiece model of 32,000."""
    writer = gguf.GGUFWriter(folder / "llama-2.gguf", "llama")
    writer.add_context_length(4096)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_K_M)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([f"▁token{at}" for at in range(32_000)])
    writer.add_token_scores([-float(at) for at in range(32_000)])
    writer.add_token_types([gguf.TokenType.NORMAL] * 32_000)
    block = np.zeros((1, 144), dtype=np.uint8)
    for at in range(291):
        writer.add_tensor(f"blk.{at // 9}.{at % 9}.weight", block, raw_dtype=gguf.GGMLQuantizationType.Q4_K)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


target = Path(sys.argv[1])
target.mkdir(parents=True, exist_ok=True)
for write in (one_file, experts, model):
    write(target)
