"""Fetch the texts that the repository may not hold, once, at set-up; the course opens without them too.

Standard library only, and immediate once they are here. npm gets them: the machine's if there is one, else
one that is installed for the occasion, from its lock, then removed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from bootstrap import ROOT, NetworkError, SetupError, find_uv, pip_settings, run, venv_python

NPM_LOCK = ROOT / "requirements-npm.lock"
WITHOUT = (
    "\nLes textes des fiches du ministère du Travail n’ont pas pu être téléchargés. Le cours s’ouvre sans eux : "
    "seuls les modules qui les lisent manquent."
)
OFFLINE = "Relancez la même commande quand le réseau sera là."


def main() -> int:
    """Fetch what is missing; return 0 in any case, since the course works without."""
    if all(archive.exists() for archive in archives()):
        return 0
    environment = {**pip_settings(), "UV_SYSTEM_CERTS": "1", "UV_HTTP_RETRIES": "1", **os.environ}
    build = ROOT / "build"
    try:
        build.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=build) as folder:
            if not shutil.which("npm"):
                install_npm(folder, environment)
                environment["PYTHONPATH"] = folder
            campus = [str(venv_python()), "-c", "from autograder.cli import main; raise SystemExit(main())"]
            run(
                "Téléchargement des fiches du ministère du Travail",
                [*campus, "data", "fetch"],
                environment,
            )
    except (SetupError, OSError) as error:
        print(WITHOUT)
        print(OFFLINE if isinstance(error, NetworkError) else str(error).splitlines()[-1])
    return 0


def archives() -> list[Path]:
    """Return the files that the fetched packages make in the cache, whether they exist or not."""
    cache = Path(os.environ.get("CAMPUS_CACHE") or ROOT / "build" / "cache") / "packages"
    catalogue = json.loads((ROOT / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    texts = [resource["texts"] for resource in catalogue["resources"] if "texts" in resource]
    return [cache / f"{package['sha256']}.tgz" for recipe in texts for package in recipe["packages"]]


def install_npm(folder: str, environment: dict[str, str]) -> None:
    """Put npm in a folder, from its lock."""
    options = ["--no-cache", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--target", folder]
    command = [find_uv(), "pip", "install", "--python", str(venv_python()), *options, "-r", str(NPM_LOCK)]
    run("Téléchargement de npm, retiré ensuite", command, environment)


if __name__ == "__main__":
    sys.exit(main())
