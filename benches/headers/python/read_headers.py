"""Reads headers from the Hub at HF_ENDPOINT with PyPI huggingface_hub, one for each line `repo file` on standard input.

It answers each with a line, so that the caller can count the requests in between.
"""

import sys

from huggingface_hub import HfApi

api = HfApi(token=False)
for line in sys.stdin:
    repo, file = line.split()
    metadata = api.parse_safetensors_file_metadata(repo, file)
    print(len(metadata.tensors), flush=True)
