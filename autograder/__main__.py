"""The command `campus`, and `python -m autograder`, whatever PYTHONPATH says.

A workplace's PYTHONPATH may bring other versions of the libraries, to this process and to all that it starts.
"""

import os
import subprocess
import sys


def main() -> int:
    """Run the command; without PYTHONPATH, which takes a second start where it was set."""
    if "PYTHONPATH" in os.environ:
        return _start_again()
    from autograder import cli

    return cli.main()


def _start_again() -> int:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, *sys.orig_argv[1:]]
    if os.name == "posix":
        os.execve(sys.executable, command, environment)
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
