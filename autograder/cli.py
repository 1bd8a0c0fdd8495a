"""The command `campus`: one verb, one call. Messages go to standard error, JSON alone to standard output."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from traitlets import TraitError

from autograder import paths
from autograder.data.errors import DataError
from autograder.french.commands import speak_french
from autograder.grading.errors import GradingError
from autograder.grading.refused_setting import refused_setting
from autograder.modules.errors import ModuleError
from autograder.printable import say
from autograder.sandbox.errors import SandboxError
from autograder.system_words import system_words


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit code: 0 only when all is well, 2 for a misused command."""
    speak_french()
    args = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except (DataError, GradingError, ModuleError, SandboxError) as error:
        say(str(error))
        return 1
    except TraitError as error:
        say(refused_setting(str(error)))
        return 1
    except BrokenPipeError:
        return 1
    except OSError as error:
        say(system_words(error))
        return 1
    except KeyboardInterrupt:
        say("\nInterrompu. Vous pouvez relancer la même commande.")
        return 130


def _parser() -> argparse.ArgumentParser:
    from autograder.authoring import cli as authoring
    from autograder.data import cli as data
    from autograder.followup.backup import cli as backup
    from autograder.followup.learners import cli as learners
    from autograder.followup.marks import cli as marks
    from autograder.followup.people import cli as people
    from autograder.followup.report import cli as report
    from autograder.grading import cli as grading
    from autograder.lab import cli as lab
    from autograder.proofs import cli as proofs
    from autograder.sandbox import cli as sandbox

    parser = argparse.ArgumentParser(
        prog="campus", description="Le cours : construire, vérifier, ouvrir, corriger."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERBE")

    authoring.add_parser(verbs)
    proofs.add_parser(verbs)
    lab.add_parser(verbs)
    verbs.choices["lab"].set_defaults(run=_lab)
    verbs.choices["publish"].set_defaults(run=_publish)
    learners.add_parser(verbs)
    grading.add_parser(verbs)
    marks.add_parser(verbs)
    people.add_parser(verbs)
    backup.add_parser(verbs)
    report.add_parser(verbs)
    data.add_parser(verbs)
    sandbox.add_parser(verbs)
    verbs.choices["doctor"].set_defaults(run=_doctor)
    return parser


def _lab(args: argparse.Namespace) -> int:
    from autograder.grading.release import require_usable_gradebook
    from autograder.lab import opening

    if args.instructor:
        try:
            require_usable_gradebook(paths.course())
        except GradingError as error:  # JupyterLab opens all the same: files can be put back from it
            say(str(error))
    return opening.run(args, _build_told, _release)


def _publish(args: argparse.Namespace) -> int:
    from autograder.lab import opening

    return opening.publish(_build_told, _release)


def _build_told(names: list[str]) -> None:
    from autograder.authoring.apart import build_apart

    build_apart(names, on_module=lambda name: say(f"Construction de {name}…"))


def _release(folder_name: str) -> bool:
    from autograder.grading.release import release

    try:
        release(folder_name)
    except GradingError as error:  # a module that has copies, say: what learners have stays good
        if not (paths.course() / "release" / folder_name).is_dir():
            raise
        say(f"{error}\nLa version déjà publiée est gardée.")
        return False
    return True


def _doctor(args: argparse.Namespace) -> int:
    from autograder.sandbox.cli import run

    def rehearse(tier: Any) -> Any:
        from autograder.proofs.rehearsal import rehearse

        return rehearse(paths.course(), tier)

    return run(args, rehearse)


if __name__ == "__main__":
    sys.exit(main())
