"""What a result depends on besides the copy and the module: this program, its packages, the datasets."""

import hashlib
import json
import platform
import sys
from pathlib import Path

import autograder
from autograder import paths
from autograder.data import catalogue, texts

PARTS = ("checks", "data", "forms", "grading", "sandbox", "notebook.py", "show.py", "french.py", "paths.py")


def engine_version() -> str:
    """Return a hash of the code that grades, of Python, of the packages, of the datasets and of the texts that are here.

    Taken from the files themselves: nobody has to remember to change a number.
    """
    packages = sorted({path.name for place in sys.path for path in Path(place).glob("*.dist-info")})
    digest = hashlib.sha256(json.dumps([platform.python_version(), packages]).encode())
    package = Path(autograder.__file__).parent
    for part in PARTS:
        place = package / part
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for path in files:
            digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    index = paths.datasets() / catalogue.FILE_NAME  # it holds the fingerprint of every dataset
    if index.is_file():
        digest.update(index.read_bytes())
        digest.update("".join(archive.name for archive in texts.archives()).encode())
    return digest.hexdigest()
