"""Writes pep440.tsv by PyPI `packaging`, the reference: pip install packaging; python make.py"""

from pathlib import Path

import packaging
from packaging.specifiers import InvalidSpecifier, Specifier
from packaging.version import InvalidVersion, Version

VERSIONS = """
1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 1.0rc1.dev456
1.0rc1 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1 1.1 1!0.5 0.5 0.5.0 0.5.1 0.33.0
0.8.5.post1 0.5.4.post2 5.0.0rc1 5.0.0rc3 5.0.0 5.16.1 5.19.0 5.20.9 5.21.0 5.21.0.dev0 5.21.0rc1 4.57.0 2026.10.11549
v1.2 1.2.0 1-1 1.0-r4 1.0_rev_3 1.0ALPHA1 1.0c1 1.0.preview2 1.0pre 1.0.a.1 1.0+ubuntu-1 1.0+1.a 1.0.0.0 1.0.0.1 00.01 1.010
"""
NO_VERSIONS = ["", "latest", "1.", "1..0", "1.0+", "1.0+a+b", "1.0-", "1.0a1b1", "1!", "!1", "1.0.devx", "1,0", "b1234", "1.0+_", "1.0 0"]
SPECIFIERS = """
>=5.16.1 <5.21.0 ==5.19.0 ~=5.16.1 ~=5.16 ~=5.0rc1 !=5.19.0 ==5.* !=5.* ==1.0.* ==1.0 ==1.0+abc.5 !=1.0 >1.0 <1.0 >=1.0 <=1.0 >1.0.post456
<1.0rc1 >1.0a1 <=1.0b2 >=1.0.dev456 ~=1.0.post456 ==1!0.* >=1!0.5 <1.1 >0.8.5 <=0.8.5 ==0.8.* ~=0.5.0 <5.21.0rc1 >2025 ~=0.33.0
"""
NO_SPECIFIERS = ["=1.0", "1.0", "~=1", ">=1.*", "==1.0a1.*x", ">1.0+abc", "~=1.0+a", "=>1", "^1.0", "==", "==1.*.*"]


versions = VERSIONS.split()
lines = [f"# made by make.py with packaging {packaging.__version__}"]
parsed = [Version(text) for text in versions]
ordered = sorted(range(len(parsed)), key=lambda at: parsed[at])
place, before = -1, None
for at in ordered:
    place += before is None or parsed[at] > before
    before = parsed[at]
    lines.append(f"version\t{versions[at]}\t{place}")
for text in NO_VERSIONS:
    try:
        raise SystemExit(f"{text} is {Version(text)}")
    except InvalidVersion:
        lines.append(f"no version\t{text}")
for text in SPECIFIERS.split():
    held = [v for v, one in zip(versions, parsed) if Specifier(text).contains(one, prereleases=True)]
    lines.append(f"range\t{text}\t{' '.join(held)}")
for text in NO_SPECIFIERS:
    try:
        raise SystemExit(f"{text} is {Specifier(text)}")
    except InvalidSpecifier:
        lines.append(f"no range\t{text}")
Path(__file__).with_name("pep440.tsv").write_text("\n".join(lines) + "\n")
