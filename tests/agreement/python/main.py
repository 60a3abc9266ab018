"""Writes files with the libraries that own the formats, and says what those read in them.

main.py FOLDER [FILE ...]: writes files into the folder, and beside each, and for each further file, what the library
reads in it, as NAME.facts.json.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import facts_gguf
import facts_safetensors
import write_gguf
import write_safetensors

LIBRARIES = {"gguf": facts_gguf, "safetensors": facts_safetensors}


def main(folder: Path, more: list[Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for library in (write_gguf, write_safetensors):
        library.write(folder)
    written = [path for path in sorted(folder.iterdir()) if path.suffix != ".json"]
    for path in written + more:
        format = path.suffix[1:]
        facts = {"file": str(path.resolve()) if path in more else path.name}
        facts |= {"format": format, "library": f"{format} {version(format)}"}
        facts |= {"facts": LIBRARIES[format].read(path)}
        out = folder / f"{path.name}.facts.json"
        out.write_text(json.dumps(facts, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
