"""Asks a local Hub through the unmodified huggingface_hub client.

Usage: HF_ENDPOINT=<url> HF_HOME=<folder> python check_client.py
Prints one JSON line per check: {"check": name} or {"check": name, "error": text}.
"""

import hashlib
import json
import sys
import traceback

from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    BadRequestError,
    DisabledRepoError,
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import hf_raise_for_status

REPO = "acme/chat-1b"
GATED = "acme/gated-27b"
READER = "hf_localreader"
GRANTED = "hf_localgranted"

api = HfApi(token=False)


def ids(**query):
    return [model.id for model in api.list_models(**query)]


def raised(kind, action):
    """The error that `action` raises, which must be of exactly this kind or below it."""
    try:
        action()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was not raised")


def over_https(response):
    url = str(response.request.url).replace("http:", "https:", 1)
    request = type(response.request)("GET", url)
    return type(response)(
        response.status_code, headers=response.headers, content=response.content, request=request
    )


def check_list_filters():
    assert ids(search="CHAT-1B", author="acme", sort="downloads") == [REPO, f"{REPO}-GGUF"]
    assert ids(filter=["gguf", "license:apache-2.0"]) == [f"{REPO}-GGUF"]
    assert ids(pipeline_tag="fill-mask", author="google-bert") == ["google-bert/bert-base-uncased"]
    assert ids(gated=True) == [GATED]
    assert ids(num_parameters="min:6B,max:128B") == [GATED]
    assert ids(apps=["llama.cpp"]) == [f"{REPO}-GGUF"]
    assert ids(trained_dataset="wikipedia") == ["google-bert/bert-base-uncased"]


def check_list_pages():
    names = ids(author="crowd", sort="likes")
    assert len(names) == len(set(names)) == 1203
    likes = [model.likes for model in api.list_models(author="crowd", sort="likes", limit=300)]
    assert likes == sorted(likes, reverse=True) and len(likes) == 300


def check_list_full():
    (model,) = api.list_models(search="chat-1b-awq", full=True, fetch_config=True, cardData=True)
    assert model.author == "Other-Org" and len(model.sha) == 40
    assert [file.rfilename for file in model.siblings] == ["config.json", "model.safetensors"]
    assert model.siblings[0].size is None
    assert model.config["quantization_config"] == {"quant_method": "awq", "bits": 4}
    assert "num_hidden_layers" not in model.config
    assert model.card_data.base_model == "acme/chat-1b"
    assert model.created_at.year == 2025 and model.safetensors is None


def check_list_expand():
    (model,) = api.list_models(search="chat-1b-gguf", expand=["gguf", "gated", "lastModified"])
    assert model.gguf["architecture"] == "llama" and len(model.gguf["chat_template"]) > 6000
    assert model.gated is False and model.tags is None and model.last_modified is not None
    raised(BadRequestError, lambda: ids(expand=["baseModels"]))


def check_model_info():
    model = api.model_info(REPO)
    assert model.safetensors.total == 1235814400 and model.pipeline_tag == "text-generation"
    assert model.transformers_info.auto_model == "AutoModelForCausalLM"
    assert api.model_info("bert-base-uncased").id == "google-bert/bert-base-uncased"
    assert api.model_info(REPO, revision=model.sha[:8]).sha == model.sha
    assert api.model_info("acme/real", revision="refs/pr/1").sha == "c" * 40


def check_model_files():
    model = api.model_info(REPO, files_metadata=True, securityStatus=True)
    files = {file.rfilename: file for file in model.siblings}
    assert files["config.json"].size == 843 and files["config.json"].lfs is None
    large = files["onnx/model_q4.onnx"]
    assert large.size == large.lfs.size == 412345678 and large.lfs.pointer_size == 134
    assert model.security_repo_status == {"scansDone": True, "filesWithIssues": []}


def check_model_expand():
    model = api.model_info(f"{REPO}-GGUF", expand=["baseModels", "childrenModelCount", "usedStorage"])
    assert model.base_models["relation"] == "quantized"
    assert model.base_models["models"][0]["id"] == REPO
    assert model.children_model_count["quantized"] == 0 and model.used_storage > 0
    assert model.tags is None


def check_tree():
    rows = list(api.list_repo_tree(REPO, recursive=True))
    paths = [row.path for row in rows]
    assert "original/deep" in paths and "original/deep/tokenizer.model" in paths
    expanded = list(api.list_repo_tree(REPO, "onnx", expand=True))
    assert [row.path for row in expanded] == ["onnx/model.onnx", "onnx/model_q4.onnx"]
    assert expanded[0].last_commit.title and expanded[0].security.safe
    assert len(list(api.list_repo_tree("acme/long"))) == 1205
    assert len(list(api.list_repo_tree("acme/long", expand=True))) == 1205


def check_paths_info():
    rows = api.get_paths_info(REPO, ["config.json", "nope", "onnx"], expand=True)
    assert [(row.path, type(row).__name__) for row in rows] == [
        ("config.json", "RepoFile"),
        ("onnx", "RepoFolder"),
    ]


def check_download_small():
    path = hf_hub_download(REPO, "config.json", token=False)
    with open(path, encoding="utf-8") as file:
        assert json.load(file)["num_hidden_layers"] == 16
    path = hf_hub_download("bert-base-uncased", "config.json", token=False)
    with open(path, encoding="utf-8") as file:
        assert json.load(file)["model_type"] == "bert"


def check_download_large():
    (row,) = api.get_paths_info(REPO, "onnx/model.onnx")
    path = hf_hub_download(REPO, "onnx/model.onnx", token=READER)
    with open(path, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == row.lfs.sha256


def check_metadata():
    url = f"{api.endpoint}/{REPO}/resolve/main/model-00001-of-00002.safetensors"
    data = api.get_hf_file_metadata(url=url)
    assert data.size == 1900000000 and len(data.etag) == 64 and len(data.commit_hash) == 40
    assert not data.location.startswith(api.endpoint)
    small = api.get_hf_file_metadata(url=f"{api.endpoint}/{REPO}/resolve/main/config.json")
    assert small.size == 843 and len(small.etag) == 40
    assert api.file_exists(REPO, "config.json") and not api.file_exists(REPO, "nope")


def check_not_found_anonymous():
    # The client takes a 401 for a missing repository on https addresses only
    # (huggingface_hub:src/huggingface_hub/utils/_http.py, REPO_API_REGEX), so the same answer is
    # shown to it once more as if it had come that way.
    for repo in ("acme/nothing", "acme/secret"):
        error = raised(HfHubHTTPError, lambda: api.model_info(repo))
        assert error.response.status_code == 401
        raised(RepositoryNotFoundError, lambda: hf_raise_for_status(over_https(error.response)))


def check_not_found():
    known = raised(RepositoryNotFoundError, lambda: api.model_info("acme/nothing", token=READER))
    assert known.response.status_code == 404
    raised(RevisionNotFoundError, lambda: api.model_info(REPO, revision="nope"))
    raised(EntryNotFoundError, lambda: hf_hub_download(REPO, "nope.json", token=False))
    raised(EntryNotFoundError, lambda: list(api.list_repo_tree(REPO, "nowhere")))
    wrong = raised(HfHubHTTPError, lambda: api.model_info(REPO, token="hf_wrong"))
    assert wrong.response.status_code == 401
    assert not isinstance(wrong, RepositoryNotFoundError)


def check_refusals():
    assert api.model_info(GATED).gated == "manual"
    for token, status in ((False, 401), (READER, 403)):
        error = raised(GatedRepoError, lambda: hf_hub_download(GATED, "config.json", token=token))
        assert error.response.status_code == status
    assert hf_hub_download(GATED, "config.json", token=GRANTED)
    raised(DisabledRepoError, lambda: api.model_info("acme/closed"))
    assert api.model_info("acme/secret", token=GRANTED).private is True
    raised(RepositoryNotFoundError, lambda: api.model_info("acme/secret", token=READER))


def check_whoami():
    assert api.whoami(token=READER)["name"] == "reader"


def main() -> int:
    checks = {name: check for name, check in globals().items() if name.startswith("check_")}
    for name, check in checks.items():
        result = {"check": name.removeprefix("check_")}
        try:
            check()
        except Exception:  # every check is reported, whatever it met
            result["error"] = traceback.format_exc()
        print(json.dumps(result), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
