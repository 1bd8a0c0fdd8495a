"""Make headless Chromium available to the browser tests; print its path.

Standard library only. Takes $CHROMIUM or a browser already on PATH; else installs Debian's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
PACKAGES = ["chromium", "fonts-dejavu-core"]
APT = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]  # another apt may be at work at start-up


def main() -> int:
    """Find or install Chromium; return the exit code."""
    browser = find_browser()
    if browser is None and install_package():
        browser = find_browser()
    if browser is None:
        print(
            "Il manque le navigateur Chromium, nécessaire aux tests.\n"
            "Sous Debian : sudo apt install chromium fonts-dejavu-core\n"
            "Ailleurs : installez Chromium ou Chrome, puis donnez son chemin dans la variable CHROMIUM.",
            file=sys.stderr,
        )
        return 1
    print(f"Navigateur de test : {browser}")
    return 0


def find_browser() -> str | None:
    """Return the path of a browser that runs, or None."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    return next((path for path in candidates if path and runs(path)), None)


def runs(path: str) -> bool:
    """Tell whether this browser answers: on Ubuntu, `chromium` may be an empty shell around a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_package() -> bool:
    """Install Debian's Chromium as root or through sudo; return False where that is not possible."""
    if shutil.which("apt-get") is None:
        return False
    prefix: list[str] = []
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            return False
        prefix = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    prefix = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    print("Installation de Chromium (paquet Debian)…", flush=True)
    commands = [["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]]
    return all(subprocess.run([*prefix, *APT, *command]).returncode == 0 for command in commands)


if __name__ == "__main__":
    sys.exit(main())
