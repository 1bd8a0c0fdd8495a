"""Write environment.yml, for conda, Binder and Onyxia, from requirements.lock; `--check` compares only."""

from __future__ import annotations

import argparse
import sys

from bootstrap import MIN_PYTHON, ROOT, dotted
from lock import COURSE, Pin, read_lock

TARGET = ROOT / "environment.yml"
HEADER = """\
# Written by scripts/export_environment.py from requirements.lock: do not edit (`make lock`).
name: campus-numerique-public
channels:
  - conda-forge
dependencies:
  - python={python}
  - pip
  - pip:
"""


def main() -> int:
    """Write or compare environment.yml; return the exit code."""
    parser = argparse.ArgumentParser(description="Écrit environment.yml d’après le verrou.", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="affiche cette aide")
    parser.add_argument("--check", action="store_true", help="compare seulement")
    text = render(read_lock(ROOT / COURSE))
    if not parser.parse_args().check:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        print("environment.yml ne suit plus requirements.lock : lancez « make lock ».", file=sys.stderr)
        return 1
    return 0


def render(pins: list[Pin]) -> str:
    """Return the text of environment.yml for these pins."""
    requirements = [f"{pin.name}=={pin.version}" + (f" ; {pin.marker}" if pin.marker else "") for pin in pins]
    lines = [f'      - "{requirement}"\n' for requirement in requirements]
    return HEADER.format(python=dotted(MIN_PYTHON)) + "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
