"""The verbs `campus release`, `campus collect`, `campus grade` and `campus feedback`, in the order of a day."""

import argparse

from autograder.grading import feedback_cli, release_cli
from autograder.grading.batch import cli as batch
from autograder.grading.collect import cli as collect


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verbs and their options."""
    release_cli.add_parser(subparsers)
    collect.add_parser(subparsers)
    batch.add_parser(subparsers)
    feedback_cli.add_parser(subparsers)
