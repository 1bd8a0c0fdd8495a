"""Create `.venv` from the locks, on a machine that has only Python (>= 3.11) and its pip.

Standard library only: nothing is installed yet when this runs. `uv` does the work: it needs neither the
`venv` module nor write access to the system's Python, both often missing on Debian. A stamp in the
environment makes the second call immediate.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "campus-setup.json"
UV_FOLDER = ROOT / "build" / "uv"
UV_LOCK = ROOT / "requirements-uv.lock"
LINK = "site-packages/_editable_impl_campus_numerique_public.pth"
LOCKS = {
    "course": ["requirements.lock"],
    "instructor": ["requirements.lock", "requirements-stats.lock"],
    "dev": ["requirements.lock", "requirements-dev.lock"],
}
"""Each mode holds what the one before it holds."""

MIN_PYTHON = (3, 11)
MIN_UV = (0, 5)
MIN_FREE_BYTES = 2 * 10**9  # the environment takes 0.7 GB, and as much again in uv's cache

# pip's setting -> uv's variable: a workplace's mirror and certificates are usually set up for pip alone.
PIP_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
# What our own call of pip keeps: how to reach packages, never where or how to install them.
PIP_KEPT = (
    *(*PIP_SETTINGS, "client-cert", "timeout", "default-timeout", "retries"),
    *("find-links", "no-index", "keyring-provider"),
)

NETWORK = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Max retries|name resolution|No matching distribution"
    r"|error sending request|dns error|client error|timed out|connection (refused|reset|closed)|network is unreachable"
    r"|certificate|failed to (fetch|download)|not found in the package registry|HTTP (error|status)|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN",
    re.IGNORECASE,
)
FULL_DISK = re.compile(r"No space left|Disk quota|os error (28|112|122)", re.IGNORECASE)
FORBIDDEN = re.compile(
    r"Permission denied|Read-only file system|Access is denied|os error (5|13|30)\b", re.IGNORECASE
)

NETWORK_ADVICE = (
    "Le réseau ou le miroir de paquets ne répond pas : vérifiez la connexion et le serveur mandataire (proxy), puis relancez "
    "la même commande ; elle reprendra où elle s’est arrêtée.\nSi votre organisation a son miroir, déclarez-le : "
    "pip config set global.index-url ADRESSE"
)
DISK_ADVICE = "Le disque est plein : faites de la place (2 Go), puis relancez la même commande."
RIGHTS_ADVICE = (
    f"Votre compte n’a pas le droit d’écrire ici. Copiez le cours dans votre dossier personnel, ou demandez à la personne "
    f"qui l’a installé dans « {ROOT} » de lancer cette commande."
)
OTHER_ADVICE = (
    "L’étape « {label} » a échoué, et ce n’est pas le réseau. Relancez la même commande ; si elle échoue encore, transmettez "
    "le détail technique à la personne qui vous aide."
)


class SetupError(Exception):
    """Setting up cannot go on; the message says in French what to do."""


class NetworkError(SetupError):
    """The same, because packages are out of reach."""


def main() -> int:
    """Set up the environment; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Crée ou met à jour l’environnement du cours, dans le dossier .venv.", add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="affiche cette aide")
    parser.add_argument(
        "--instructor",
        action="store_const",
        const="instructor",
        dest="mode",
        help="ajoute les statistiques de « campus report »",
    )
    parser.add_argument(
        "--dev",
        action="store_const",
        const="dev",
        dest="mode",
        help="ajoute les outils de test et de contribution",
    )
    parser.set_defaults(mode="course")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONPATH", None)  # other libraries would come in
    try:
        check_machine()
        install(arguments.mode)
    except SetupError as error:
        print(f"\nInstallation impossible. {error}", file=sys.stderr)
        return 1
    return 0


def check_machine() -> None:
    """Raise SetupError when Python is too old, or the disk too full for a new environment."""
    if sys.version_info < MIN_PYTHON:
        raise SetupError(
            f"Le cours demande Python {dotted(MIN_PYTHON)} ou plus récent ; ici : Python "
            f"{dotted(sys.version_info[:2])}.\n{how_to_get('python3.11')}\n"
            "Si un Python récent est déjà là sous un autre nom : make lab PYTHON=python3.12"
        )
    if not VENV.exists() and shutil.disk_usage(ROOT).free < MIN_FREE_BYTES:
        raise SetupError("Il faut 2 Go libres sur le disque : faites de la place, puis recommencez.")


def install(mode: str) -> None:
    """Bring `.venv` to the locks of `mode`, a key of LOCKS; do nothing when it is already there."""
    done = read_stamp()
    if done.get(mode) == fingerprint(mode):
        return
    modes = list(LOCKS)
    mode = max([mode, *done], key=modes.index)  # a plain setup must not take a contributor's tools away
    STAMP.unlink(missing_ok=True)

    uv = find_uv()
    environment = {**pip_settings(), "UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", **os.environ}
    into = ["--python", str(venv_python())]
    run(
        "Création de l’environnement",
        [uv, "venv", "--allow-existing", "--python", base_python(), str(VENV)],
        environment,
    )
    # Compiled once here: where Python may not write beside its files, every kernel would compile pandas again.
    run(
        "Installation des bibliothèques (quelques minutes la première fois)",
        [
            uv,
            "pip",
            "sync",
            *into,
            "--compile-bytecode",
            "--require-hashes",
            "--only-binary",
            ":all:",
            *LOCKS[mode],
        ],
        environment,
    )
    run(
        "Installation du cours",
        [uv, "pip", "install", *into, "--no-deps", "--no-build-isolation", "--editable", "."],
        environment,
    )
    make_link_relative()
    covered = modes[: modes.index(mode) + 1]
    STAMP.write_text(json.dumps({name: fingerprint(name) for name in covered}), encoding="utf-8")
    print(f"L’environnement est prêt : {VENV.relative_to(ROOT)}")


def make_link_relative() -> None:
    """Say where the course is from where the link stands: Python 3.11 and 3.12 read the link in the locale's encoding.

    An absolute path with an accent stops every command there, under a locale that is not UTF-8.
    """
    for link in [*VENV.glob(f"lib/python*/{LINK}"), *VENV.glob(f"Lib/{LINK}")]:
        link.write_text(os.path.relpath(ROOT, link.parent) + "\n", encoding="ascii")


def read_stamp() -> dict[str, str]:
    """Return mode -> fingerprint of what `.venv` holds; empty when that is unknown or the venv is broken."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if venv_python().exists() else {}


def fingerprint(mode: str) -> str:
    """Return the SHA-256 of all that decides the content of the environment (it does not survive a move)."""
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    kernels = sorted(ROOT.glob("autograder/kernels/kernelspecs/*/kernel.json"))  # copied into the environment
    for path in [*(ROOT / name for name in LOCKS[mode]), ROOT / "pyproject.toml", *kernels]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def venv_python() -> Path:
    """Return the path of the environment's interpreter."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def base_python() -> str:
    """Return the interpreter behind this one, so that a `.venv` is never made from itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def find_uv() -> str:
    """Return uv: the one on PATH when it is recent enough, else the pinned one, got with pip."""
    on_path = shutil.which("uv")
    if on_path and uv_version(on_path) >= MIN_UV:
        return on_path
    pinned = UV_FOLDER / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    wanted = re.search(r"^uv==([\d.]+)", UV_LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if wanted and pinned.exists() and dotted(uv_version(str(pinned))) == wanted[1]:
        return str(pinned)
    if not has_pip():
        raise SetupError(f"Le module « pip » de Python manque.\n{how_to_get('python3-pip')}")
    shutil.rmtree(UV_FOLDER, ignore_errors=True)
    pip = [base_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    only = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    run(
        "Téléchargement de l’outil d’installation (uv)",
        [*pip, *only, "--target", str(UV_FOLDER), "-r", str(UV_LOCK)],
        pip_environment(),
    )
    return str(pinned)


def uv_version(uv: str) -> tuple[int, ...]:
    """Return the version of this uv, (0,) when it does not run."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return (0,)
    return tuple(int(number) for number in re.findall(r"\d+", answer)[:3])


def has_pip() -> bool:
    """Tell whether Python can run pip here."""
    return subprocess.run([base_python(), "-m", "pip", "--version"], capture_output=True).returncode == 0


def pip_settings() -> dict[str, str]:
    """Return the machine's settings of pip (mirror, certificate, proxy), as variables that uv reads."""
    values = pip_values()
    return {variable: values[name] for name, variable in PIP_SETTINGS.items() if name in values}


def pip_environment() -> dict[str, str]:
    """Return variables for our own call of pip: this machine's way to packages, and no other setting of pip."""
    values = pip_values()
    kept = {f"PIP_{name.replace('-', '_').upper()}": values[name] for name in PIP_KEPT if name in values}
    return {**without_pip(os.environ), **kept, "PIP_CONFIG_FILE": os.devnull}


def pip_values() -> dict[str, str]:
    """Return pip's settings by name (`index-url`), from its files and variables; empty without pip."""
    command = [base_python(), "-m", "pip", "config", "list"]
    # More words, fewer, or one file alone (`user`): the list could not be read.
    usual = {**os.environ, "PIP_VERBOSE": "0", "PIP_QUIET": "0", "PIP_USER": "0"}
    listing = subprocess.run(command, capture_output=True, text=True, env=usual).stdout
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(['\"].*['\"])$", listing, re.MULTILINE)
    by_section = {(section, name): str(ast.literal_eval(value)) for section, name, value in found}
    order = ["global", "install", ":env:"]  # as in pip, the last one wins
    return {name: value for one in order for (section, name), value in by_section.items() if section == one}


def without_pip(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without pip's settings."""
    return {name: value for name, value in environment.items() if not name.startswith("PIP_")}


def run(label: str, command: list[str], environment: dict[str, str]) -> None:
    """Run a step, showing its label and seconds; raise SetupError with its last words if it fails."""
    print(f"{label}…", end="", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        while process.poll() is None:
            time.sleep(0.1)
            if sys.stdout.isatty():
                print(f"\r{label}… {time.monotonic() - start:.0f} s", end="", flush=True)
        print("" if sys.stdout.isatty() else f" {time.monotonic() - start:.0f} s")
        output.seek(0)
        details = output.read().strip()
    if process.returncode != 0:
        raise failure(label, details)


def failure(label: str, details: str) -> SetupError:
    """Return what to tell of a failed step: the network is named only when its errors are seen."""
    technical = "\n\nDétail technique :\n" + "\n".join(details.splitlines()[-6:])
    if FULL_DISK.search(details):
        return SetupError(DISK_ADVICE + technical)
    if NETWORK.search(details):
        return NetworkError(NETWORK_ADVICE + technical)
    if FORBIDDEN.search(details):
        return SetupError(RIGHTS_ADVICE + technical)
    return SetupError(OTHER_ADVICE.format(label=label) + technical)


def how_to_get(debian_package: str) -> str:
    """Return the French sentence that says how to install Python, or this part of it, on this system."""
    if os.name == "nt":
        return "Installez-le avec : winget install -e --id Python.Python.3.13"
    if sys.platform == "darwin":
        return "Installez Python depuis www.python.org, ou avec : brew install python"
    if shutil.which("apt-get"):
        return f"Installez-le avec : sudo apt install {debian_package}"
    return f"Installez-le avec l’outil de votre système (paquet {debian_package})."


def dotted(version: tuple[int, ...]) -> str:
    """Return (3, 11) as "3.11"."""
    return ".".join(str(number) for number in version)


if __name__ == "__main__":
    sys.exit(main())
