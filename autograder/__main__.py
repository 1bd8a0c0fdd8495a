"""The command `campus`, and `python -m autograder`, whatever PYTHONPATH and the locale say.

A workplace's PYTHONPATH may bring other versions of the libraries, to this process and to all that it starts.
"""

import os
import subprocess
import sys

from autograder import locales


def main() -> int:
    """Run the command, in a second start where the environment had to be mended."""
    mended = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | locales.readable()
    if mended != dict(os.environ):
        return _start_again(mended)
    from autograder import cli

    return cli.main()


def _start_again(environment: dict[str, str]) -> int:
    command = [sys.executable, *sys.orig_argv[1:]]
    if os.name == "posix":
        os.execve(sys.executable, command, environment)
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
